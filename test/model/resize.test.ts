import { expect, test } from 'vitest';
import {
  type Account,
  ALLOCATION_FAILED,
  allocationTimedout,
  CoreUse,
  makeAccount,
  planGrowth,
} from '../../src/model/index.js';
import { pool } from '../helpers/world.js';

function plan(account: Partial<Account>, dedicated: number, lowPriority: number, interNode = false) {
  const spec = pool(0, { enableInterNodeCommunication: interNode });
  const grown = planGrowth(makeAccount(account), new CoreUse(), spec, dedicated, lowPriority);
  return [grown.dedicated, grown.lowPriority, ...grown.errors.map(({ code }) => code)];
}

test('RSZ-04 what fits is reserved without an error', () => {
  expect(plan({}, 225, 25)).toEqual([225, 25]);
});

test.each([
  [226, 25, [225, 25, 'AccountCoreQuotaReached']],
  [225, 26, [225, 25, 'AccountLowPriorityCoreQuotaReached']],
  [999, 999, [225, 25, 'AccountCoreQuotaReached', 'AccountLowPriorityCoreQuotaReached']],
])('RSZ-05, ERR-22 %i dedicated and %i preemptible nodes of the default quotas', (dedicated, lowPriority, expected) => {
  expect(plan({}, dedicated, lowPriority)).toEqual(expected);
});

const LARGE = { dedicatedCoreQuota: 4000, lowPriorityCoreQuota: 4000 };
const LIMIT = 'CommunicationEnabledPoolReachedMaxVMCount';

test.each([
  [100, 0, {}, [100, 0]],
  [101, 0, {}, [100, 0, LIMIT]],
  [90, 20, {}, [90, 10, LIMIT]],
  [120, 20, {}, [100, 0, LIMIT]],
  [81, 0, { poolAllocationMode: 'UserSubscription' }, [80, 0, LIMIT]],
] as const)('POOL-10, ACC-12 inter-node: %i and %i nodes, %j', (dedicated, lowPriority, given, expected) => {
  expect(plan({ ...LARGE, ...given }, dedicated, lowPriority, true)).toEqual(expected);
});

test('POOL-10 the size limit cuts first, then the quota', () => {
  expect(plan({ dedicatedCoreQuota: 40 }, 120, 0, true)).toEqual([10, 0, LIMIT, 'AccountCoreQuotaReached']);
  expect(plan({ dedicatedCoreQuota: 400 }, 120, 0, true)).toEqual([100, 0, LIMIT]);
});

test('RSZ-06, RSZ-07, ERR-22 codes are spelled as on the wire', () => {
  expect(allocationTimedout(1)).toEqual({
    code: 'AllocationTimedout',
    message: 'The resize timeout passed before 1 node was allocated.',
  });
  expect(allocationTimedout(2).message).toContain('2 nodes were');
  expect(ALLOCATION_FAILED.code).toBe('AllocationFailed');
});
