/** Pools on their way to their targets. */
import { describe, expect, test } from 'vitest';
import { type Account, makeAccount, makeScenario, type Pool, TIMING_TYPICAL } from '../../src/model/index.js';
import type { Recording, ResizeRow } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { gantt, job, latencies, logged, pool, resizeErrors, run, tasks, world } from '../helpers/world.js';

const MINUTE = 60_000;
const growing = (count: number, given: Partial<Pool> = {}) => pool(count, { ready: false, ...given });
const runAccount = (account: Partial<Account>) => simulate(world(account)).recording;
const reserved = ({ resizes }: Recording) =>
  resizes.map(({ reservedDedicated, reservedLowPriority }) => [reservedDedicated, reservedLowPriority]);
const firstResize = ({ resizes }: Recording) => resizes[0] as ResizeRow;

describe('growth', () => {
  test('POOL-02, POOL-03 a new pool resizes; with targets of 0 it is steady at the same instant', () => {
    const recording = run([growing(0)], []);
    expect(logged(recording, 'poolAdded')).toEqual(['0 0']);
    expect(logged(recording, 'resizeStarted')).toEqual(['0 0']);
    expect(logged(recording, 'resizeEnded')).toEqual(['0 0']);
  });

  test('RSZ-04 the resize ends when all its nodes have appeared, before they are ready', () => {
    const recording = run([growing(2, { timing: latencies({ alloc: 10, create: 2, start: 3 }) })], []);
    expect(firstResize(recording)).toMatchObject({ startMs: 0, endMs: 10, reservedDedicated: 2 });
    expect(Array.from(recording.nodes.readyMs.slice(0, 2))).toEqual([15, 15]);
  });

  test('RSZ-04 quota and limits are fixed when the resize begins: earlier pools take theirs first', () => {
    const pools = [growing(2), growing(3, { id: 'q' }), growing(1, { id: 'r' })];
    const recording = runAccount({ dedicatedCoreQuota: 16, pools });
    expect(reserved(recording)).toEqual([
      [2, 0],
      [2, 0],
      [0, 0],
    ]);
    expect(resizeErrors(recording)).toEqual(['', 'AccountCoreQuotaReached', 'AccountCoreQuotaReached']);
  });

  test('RSZ-04 a pool that stands before the start takes its quota before the others', () => {
    const recording = runAccount({ dedicatedCoreQuota: 8, pools: [growing(2), pool(1, { id: 'q' })] });
    expect(recording.resizes.map(({ poolIndex }) => poolIndex)).toEqual([1, 0]);
    expect(resizeErrors(recording)).toEqual(['', 'AccountCoreQuotaReached']);
  });

  test('ACC-01 what one account holds binds no other', () => {
    const account = (name: string) => makeAccount({ name, dedicatedCoreQuota: 8, pools: [growing(2)] });
    const { recording } = simulate(makeScenario({ accounts: [account('east'), account('west')] }));
    expect(reserved(recording)).toEqual([
      [2, 0],
      [2, 0],
    ]);
    expect(resizeErrors(recording)).toEqual(['', '']);
  });
});

describe('short of the target', () => {
  test('RSZ-05, POOL-23 as many whole nodes as fit, and an error for each kind that was cut', () => {
    const pools = [growing(4, { targetLowPriorityNodes: 4 })];
    const recording = runAccount({ dedicatedCoreQuota: 15, lowPriorityCoreQuota: 7, pools });
    expect(reserved(recording)).toEqual([[3, 1]]);
    expect(resizeErrors(recording)).toEqual(['AccountCoreQuotaReached AccountLowPriorityCoreQuotaReached']);
    expect(firstResize(recording).endMs).toBe(0);
  });

  test('POOL-10 an inter-node pool ends at its size limit with an error', () => {
    const recording = runAccount({
      dedicatedCoreQuota: 4000,
      pools: [growing(120, { enableInterNodeCommunication: true })],
    });
    expect(recording.nodes.count).toBe(100);
    expect(resizeErrors(recording)).toEqual(['CommunicationEnabledPoolReachedMaxVMCount']);
  });

  test('RSZ-06, RSZ-08 without capacity the pool tries until its timeout, keeps what it got and gives the rest up', () => {
    const capacity = [{ fromMs: 0, toMs: 60, dedicatedNodes: 1, lowPriorityNodes: null }];
    const late = [job('j', [tasks('t', [90])])];
    const recording = run([growing(3, { capacity, resizeTimeoutMs: 50 })], late);
    expect(firstResize(recording)).toMatchObject({ endMs: 50 });
    expect(resizeErrors(recording)).toEqual(['AllocationTimedout']);
    // Capacity returned at 60, while the run went on to 90: nobody asks again.
    expect(recording.nodes.count).toBe(1);
    expect(gantt(recording)).toEqual(['j/t1 0-90 n0']);
  });

  test('RSZ-06, ACC-09 what capacity allows comes at once, the rest when the window closes', () => {
    const capacity = [{ fromMs: 0, toMs: 30, dedicatedNodes: 1, lowPriorityNodes: null }];
    const { nodes, resizes } = run([growing(2, { capacity, targetLowPriorityNodes: 1 })], []);
    expect(Array.from({ length: nodes.count }, (_, i) => `${nodes.kind[i]} ${nodes.createdMs[i]}`)).toEqual([
      ...['0 0', '1 0', '0 30'],
    ]);
    expect(resizes[0]).toMatchObject({ endMs: 30, errors: [] });
  });

  test('RSZ-07 a provider error ends the resize at once and is its only error', () => {
    const pools = [growing(9, { allocationFailure: true, timing: latencies({ alloc: 10 }) })];
    const recording = runAccount({ dedicatedCoreQuota: 4, pools });
    expect(firstResize(recording)).toMatchObject({ endMs: 0, reservedDedicated: 0 });
    expect(resizeErrors(recording)).toEqual(['AllocationFailed']);
  });

  test('RSZ-07, ACC-07 it reserves nothing: the next pool has the whole quota', () => {
    const pools = [growing(2, { allocationFailure: true }), growing(2, { id: 'q' })];
    expect(resizeErrors(runAccount({ dedicatedCoreQuota: 8, pools }))).toEqual(['AllocationFailed', '']);
  });
});

describe('typical timing', () => {
  const typical = (count: number) =>
    simulate(world({ dedicatedCoreQuota: 8000, pools: [growing(count, { timing: TIMING_TYPICAL })] })).recording;

  test('RSZ-06 1,000 nodes at 70 a minute do not arrive within 15 minutes', () => {
    const recording = typical(1000);
    expect(firstResize(recording).endMs).toBe(15 * MINUTE);
    expect(resizeErrors(recording)).toEqual(['AllocationTimedout']);
    expect(recording.nodes.count).toBeGreaterThan(400);
    expect(recording.nodes.count).toBeLessThan(1000);
  });

  test('SIM-06 no minute of a resize brings more than 70 nodes and the 35 that their own part may shift', () => {
    const { nodes } = typical(600);
    const created = Array.from(nodes.createdMs.slice(0, nodes.count));
    const first = Math.min(...created);
    for (let minute = 0; minute < 9; minute++) {
      const within = created.filter((ms) => ms >= first + minute * MINUTE && ms < first + (minute + 1) * MINUTE);
      expect(within.length).toBeLessThanOrEqual(105);
    }
  });

  test('RSZ-04 a pool of 10 nodes is complete within its timeout', () => {
    const recording = typical(10);
    expect(recording.nodes.count).toBe(10);
    expect(resizeErrors(recording)).toEqual(['']);
    expect(firstResize(recording).endMs).toBe(Math.max(...recording.nodes.createdMs.slice(0, 10)));
  });
});
