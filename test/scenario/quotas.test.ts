/** Quotas as a scenario writes them: of the account, and of the subscription where its own bind (ACC-02, ACC-04). */
import { expect, test } from 'vitest';
import type { Account } from '../../src/model/index.js';
import { codesAtMarks, loaded, problemsOf } from './memory-files.js';

const POOL = 'pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 }]\n';
const FAMILY = '{ name: standardDSv5Family, coreQuota: 8 }';
const text = (account: string) => `account: { ${account} }\n${POOL}`;
const account = (given: string): Account => loaded(text(given)).scenario.accounts[0] as Account;

test('ACC-02 the quotas of a subscription are those that are given; of the others none is known', () => {
  const mode = 'poolAllocationMode: UserSubscription';
  expect(account(`${mode}, subscription: { coreQuota: 40 }`).subscription).toEqual({
    coreQuota: 40,
    spotCoreQuota: null,
    coreQuotaPerVMFamily: new Map(),
  });
  expect(
    account(`${mode}, subscription: { spotCoreQuota: 0, coreQuotaPerVMFamily: [${FAMILY}] }`).subscription,
  ).toEqual({
    coreQuota: null,
    spotCoreQuota: 0,
    coreQuotaPerVMFamily: new Map([['standardDSv5Family', 8]]),
  });
});

test('ACC-02 they have no effect on an account whose nodes are those of Batch, and are warned of', () => {
  expect(codesAtMarks(text('subscription: { »coreQuota: 40 }'))).toEqual(['here BS2206']);
});

test.each([
  (family: string) => `dedicatedCoreQuotaPerVMFamily: [${family}]`,
  (family: string) => `poolAllocationMode: UserSubscription, subscription: { coreQuotaPerVMFamily: [${family}] }`,
])('ACC-04, ACC-02 a family that no size of the catalogue is of is warned of, with the nearest (%#)', (quotaOf) => {
  const given = text(quotaOf('{ name: »standardDSv55Family, coreQuota: 8 }'));
  expect(codesAtMarks(given)).toEqual(['here BS2206']);
  expect(problemsOf(given.replace('»', ''))).toContain('did you mean "standardDSv5Family"?');
});
