import { describe, expect, test } from 'vitest';
import { type Account, NO_DEMANDS, type Pool, type TaskDemands } from '../../src/model/index.js';
import { decodeRecording, encodeRecording, type Summary, summarize } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { resize } from '../helpers/fleet.js';
import { each, FOUR, job, latencies, pool, tasks, world } from '../helpers/world.js';

const HOUR = 3_600_000;
const PRICE = {
  dedicatedPerHourUsd: 1,
  spotPerHourUsd: 0.2,
  dedicatedSource: null,
  spotSource: null,
  spotAssumed: false,
};

/** What some hours of an account come to: a job that comes at the end, and has no pool, keeps the run going until then. */
function hours(count: number, account: Partial<Account>): Summary {
  const last = job('last', [tasks('t', [0])], { poolId: 'none', arrival: { kind: 'at', atMs: count * HOUR } });
  return summarize(simulate(world({ ...account, jobs: [...(account.jobs ?? []), last] })));
}

describe('BILL-06 uses over the whole run', () => {
  // Two nodes of two slots; one task of an hour and one slot, repeated once.
  const nodes = pool(2, { taskSlotsPerNode: 2, price: PRICE });
  const repeated = job('j', [tasks('t', [HOUR], { exitCode: each(1, 0) })], { maxTaskRetryCount: 1 });

  test('half a node works beside a free half; the first attempt was lost; after the last work comes the tail', () => {
    const { uses, cost } = hours(4, { pools: [nodes], jobs: [repeated] });
    expect(uses).toMatchObject({
      useful: { node_s: 1800, usd: 0.5 },
      lost: { node_s: 1800, usd: 0.5 },
      freeSlots: { node_s: 3600, usd: 1 },
      idle: { node_s: 7200, usd: 2 },
      tail: { node_s: 14_400, usd: 4 },
      offline: { node_s: 0, usd: 0 },
    });
    expect(cost).toMatchObject({ running: 2, idle: 6, total: 8 });
  });

  test('a pool that never had work is idle and has no tail', () => {
    expect(hours(1, { pools: [nodes] }).uses).toMatchObject({ idle: { node_s: 7200 }, tail: { node_s: 0 } });
  });

  test('a failed last attempt is work as it is', () => {
    const failing = job('j', [tasks('t', [HOUR], { exitCode: each(1) })]);
    const { uses } = hours(1, { pools: [pool(1)], jobs: [failing] });
    expect(uses).toMatchObject({ useful: { node_s: 3600 }, lost: { node_s: 0 } });
  });

  test('BILL-07 without a price the time is known and the money is not', () => {
    expect(hours(1, { pools: [pool(1)] }).uses).toMatchObject({ idle: { node_s: 3600, usd: null }, lost: { usd: 0 } });
  });
});

describe('queue and targets of a pool', () => {
  test('three tasks of an hour on one node: two wait an hour, then one', () => {
    const { pools } = hours(4, { pools: [pool(1)], jobs: [job('j', [tasks('t', [HOUR, HOUR, HOUR])])] });
    expect(pools?.[0]?.queue).toEqual({ mean: 0.75, peak: 2, peak_s: 0 });
  });

  test('nodes that take an hour to come are missing for an hour', () => {
    const { pools } = hours(3, {
      pools: [pool(2, { ready: false, resizeTimeoutMs: 2 * HOUR, timing: latencies({ alloc: HOUR }) })],
    });
    expect(pools?.[0]?.dedicated).toEqual({ targetHours: 6, actualHours: 4, shortHours: 2, excessHours: 0 });
    expect(pools?.[0]?.spot).toEqual({ targetHours: 0, actualHours: 0, shortHours: 0, excessHours: 0 });
  });

  test('a node that takes an hour to leave is one too many for an hour', () => {
    const actions = [{ atMs: HOUR, operation: resize(0), expectError: null }];
    const { pools } = hours(3, { pools: [pool(1, { timing: latencies({ leave: HOUR }) })], actions });
    expect(pools?.[0]?.dedicated).toEqual({ targetHours: 1, actualHours: 2, shortHours: 0, excessHours: 1 });
  });
});

describe('ACC-06 quotas', () => {
  test('of 10 cores two nodes hold 8; the third did not fit, and 2 are left', () => {
    const { quotas } = hours(1, { dedicatedCoreQuota: 10, pools: [pool(3)] });
    expect(quotas).toEqual([
      {
        ...{ account: 'a', quota: 'dedicatedCores', family: null, limit: 10 },
        ...{ peak: 8, peak_s: 0, headroom: 2, bound: 1, moments: [{ at_s: 0, pool: 'p' }] },
      },
    ]);
  });

  test('a quota of a family stands beside that of all cores; spot nodes have their own', () => {
    const { quotas } = hours(1, {
      ...{ dedicatedCoreQuota: 100, lowPriorityCoreQuota: 4, dedicatedCoreQuotaPerVMFamilyEnforced: true },
      dedicatedCoreQuotaPerVMFamily: new Map([['FOURS', 4]]),
      pools: [pool(2, { targetLowPriorityNodes: 2 })],
    });
    const told = quotas.map(({ quota, family, peak, headroom, bound }) => [quota, family, peak, headroom, bound]);
    expect(told).toEqual([
      ['dedicatedCores', null, 4, 96, 0],
      ['familyCores', 'fours', 4, 0, 1],
      ['lowPriorityCores', null, 4, 0, 1],
    ]);
  });
});

describe('occupancy', () => {
  const vmSize = { ...FOUR, memoryGib: 8 };
  const demanding = (demands: Partial<TaskDemands>, given: Partial<Pool> = {}, retries = 0) => ({
    pools: [pool(1, { vmSize, ...given })],
    jobs: [
      job(
        'j',
        [
          tasks('t', [HOUR, HOUR], {
            demands: { ...NO_DEMANDS, ...demands },
            ...(retries > 0 ? { exitCode: each(1, 0) } : {}),
          }),
        ],
        { maxTaskRetryCount: retries },
      ),
    ],
  });

  test('cores and memory of tasks that declare them, over what the node had: two of four, one of eight', () => {
    const { occupancy } = hours(4, demanding({ cpu: 2, memoryBytes: 2 ** 30 }));
    expect(occupancy).toEqual({ slots: 0.5, cores: 0.25, memory: 0.0625 });
  });

  test('without a declaration a task has the cores of its slots, and memory is not known', () => {
    const run = { pools: [pool(1, { taskSlotsPerNode: 2 })], jobs: [job('j', [tasks('t', [HOUR])])] };
    expect(hours(2, run).occupancy).toEqual({ slots: 0.25, cores: 0.25, memory: null });
  });

  test('two tasks that want four cores each have four together, also in attempts that are repeated', () => {
    expect(hours(2, demanding({ cpu: 4 }, { taskSlotsPerNode: 2 })).occupancy.cores).toBe(1);
    expect(hours(8, demanding({ cpu: 4 }, { taskSlotsPerNode: 2 }, 1)).occupancy.cores).toBe(0.5);
  });

  test('a recording from a file, whose names are not those of the scenario in memory, tells the same', () => {
    const run = simulate(world(demanding({ cpu: 2, memoryBytes: 2 ** 30 }, { taskSlotsPerNode: 2 }, 1)));
    const decoded = decodeRecording(Buffer.concat([...encodeRecording(run)]));
    expect(decoded.ok && summarize({ ...run, recording: decoded.value }).occupancy).toEqual(summarize(run).occupancy);
  });
});
