import { describe, expect, test } from 'vitest';
import {
  type Account,
  CoreUse,
  dedicatedHeadroom,
  familyQuotaOf,
  lowPriorityHeadroom,
  makeAccount,
  NO_SUBSCRIPTION_QUOTAS,
  type SubscriptionQuotas,
} from '../../src/model/index.js';
import { FOUR } from '../helpers/world.js';

function held(dedicatedNodes: number, lowPriorityNodes = 0): CoreUse {
  const use = new CoreUse();
  use.add(FOUR, dedicatedNodes, lowPriorityNodes);
  return use;
}

test('ACC-04, ACC-05 an account has these quotas by default, and families are not enforced', () => {
  expect(makeAccount({})).toMatchObject({
    dedicatedCoreQuota: 900,
    lowPriorityCoreQuota: 100,
    activeJobAndJobScheduleQuota: 300,
    poolQuota: 100,
    dedicatedCoreQuotaPerVMFamily: new Map(),
    dedicatedCoreQuotaPerVMFamilyEnforced: false,
  });
});

describe('dedicated', () => {
  const families = (cores: number): Partial<Account> => ({
    dedicatedCoreQuotaPerVMFamily: new Map([['FOURS', cores]]),
    dedicatedCoreQuotaPerVMFamilyEnforced: true,
  });

  test.each([
    [40, {}, 0, 10, 'AccountCoreQuotaReached'],
    [43, {}, 3, 7, 'AccountCoreQuotaReached'],
    [8, {}, 5, 0, 'AccountCoreQuotaReached'],
    [40, families(20), 0, 5, 'AccountVMSeriesCoreQuotaReached'],
    [40, families(40), 0, 10, 'AccountCoreQuotaReached'],
    [12, families(20), 0, 3, 'AccountCoreQuotaReached'],
    [40, families(20), 5, 0, 'AccountVMSeriesCoreQuotaReached'],
    [40, { ...families(20), dedicatedCoreQuotaPerVMFamilyEnforced: false }, 0, 10, 'AccountCoreQuotaReached'],
  ] as const)('ACC-06 total %i, %j, %i nodes held: %i more, bound by %s', (total, given, nodes, more, code) => {
    const account = makeAccount({ dedicatedCoreQuota: total, ...given });
    expect(dedicatedHeadroom(account, held(nodes), FOUR)).toEqual({ nodes: more, code });
  });

  test('ACC-06 a family that is not listed has none where families are enforced', () => {
    const account = makeAccount({ dedicatedCoreQuotaPerVMFamilyEnforced: true });
    expect(familyQuotaOf(account, 'fours')).toBe(0);
    expect(dedicatedHeadroom(account, held(0), FOUR).nodes).toBe(0);
  });

  test('ACC-06 preemptible nodes take nothing of it', () => {
    expect(dedicatedHeadroom(makeAccount({ dedicatedCoreQuota: 8 }), held(0, 20), FOUR).nodes).toBe(2);
  });
});

describe('preemptible', () => {
  test.each([
    [100, 0, 25],
    [100, 24, 1],
    [3, 0, 0],
    [8, 9, 0],
  ])('ACC-06 one total of %i cores, %i nodes held: %i more', (total, nodes, more) => {
    const account = makeAccount({ lowPriorityCoreQuota: total, dedicatedCoreQuotaPerVMFamilyEnforced: true });
    expect(lowPriorityHeadroom(account, held(0, nodes), FOUR)).toEqual({
      nodes: more,
      code: 'AccountLowPriorityCoreQuotaReached',
    });
  });
});

describe('subscriptions', () => {
  const subscribed = (subscription: Partial<SubscriptionQuotas>) =>
    makeAccount({
      ...{ poolAllocationMode: 'UserSubscription', dedicatedCoreQuota: 0, lowPriorityCoreQuota: 0 },
      dedicatedCoreQuotaPerVMFamilyEnforced: true,
      subscription: { ...NO_SUBSCRIPTION_QUOTAS, ...subscription },
    });

  test('ACC-02 in user-subscription mode no quota of Batch binds', () => {
    expect(dedicatedHeadroom(subscribed({}), held(9), FOUR).nodes).toBe(Number.POSITIVE_INFINITY);
    expect(lowPriorityHeadroom(subscribed({}), held(0, 9), FOUR).nodes).toBe(Number.POSITIVE_INFINITY);
  });

  test.each([
    [40, 100, 0, 10, 'AccountCoreQuotaReached'],
    [40, 100, 9, 1, 'AccountCoreQuotaReached'],
    [40, 24, 4, 2, 'AccountVMSeriesCoreQuotaReached'],
    [40, 40, 4, 6, 'AccountCoreQuotaReached'],
    [null, 7, 0, 1, 'AccountVMSeriesCoreQuotaReached'],
    [3, null, 0, 0, 'AccountCoreQuotaReached'],
  ])(
    'ACC-02, RSZ-05 %s cores in the region, %s of the family, %i nodes held: %i more',
    (all, family, nodes, more, code) => {
      const coreQuotaPerVMFamily = new Map(family === null ? [['others', 0]] : [['fOURs', family]]);
      const account = subscribed({ coreQuota: all, coreQuotaPerVMFamily });
      expect(dedicatedHeadroom(account, held(nodes, 99), FOUR)).toEqual({ nodes: more, code });
    },
  );

  test('ACC-02, RSZ-05 spot nodes have one total over all families, and an error of their own', () => {
    const account = subscribed({ coreQuota: 0, spotCoreQuota: 14, coreQuotaPerVMFamily: new Map([['fours', 0]]) });
    const room = { nodes: 2, code: 'AccountSpotCoreQuotaReached' };
    expect(lowPriorityHeadroom(account, held(99, 1), FOUR)).toEqual(room);
  });
});

test('ACC-07 cores are counted by kind, and by family for dedicated nodes; what is given back is free again', () => {
  const use = held(3, 2);
  expect([use.dedicated, use.lowPriority, use.ofFamily('Fours')]).toEqual([12, 8, 12]);
  use.add(FOUR, -2, -2);
  expect([use.dedicated, use.lowPriority, use.ofFamily('fours')]).toEqual([4, 0, 4]);
  expect(use.ofFamily('other')).toBe(0);
});
