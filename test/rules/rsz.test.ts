/** Resizes and removals by the words of their rules, where other tests leave a clause open (RSZ). */
import { describe, expect, test } from 'vitest';
import { makeJobManager, type Operation, type Pool } from '../../src/model/index.js';
import { answers, lifeOf, on, preempt, remove, resize, resizesOf, runDeeds } from '../helpers/fleet.js';
import { gantt, job, latencies, pool, resizeErrors, tasks } from '../helpers/world.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const STOP: Operation = { kind: 'stopResizePool', poolId: 'p' };
const enable: Operation = {
  ...{ kind: 'enableAutoScale', poolId: 'p', formula: '$TargetDedicatedNodes = 1;', evaluationIntervalMs: null },
};
const slow = (count: number, given: Partial<Pool> = {}) =>
  pool(count, { ready: false, timing: latencies({ alloc: 100 }), ...given });
const stopAt = (untilMs: number) => ({ clock: { epochMs: 0, untilMs, tailMs: null } });

describe('what a resize needs', () => {
  test('RSZ-01 resize, removal and autoscale need a steady pool; an autoscale pool is not resized by hand', () => {
    const recording = runDeeds(
      [slow(1)],
      [],
      [
        [99, resize(2)],
        [99, remove(['n0'])],
        [99, enable],
        [100, resize(1)],
        [101, enable],
        [102, resize(2)],
      ],
      stopAt(200),
    );
    expect(answers(recording)).toEqual([
      // n0 has not come yet, and existence comes before state (ERR-04).
      ...['PoolBeingResized', 'NodeNotFound', 'PoolBeingResized', 'ok', 'ok', 'OperationInvalidForCurrentState'],
    ]);
    expect(recording.operations.map(({ status }) => status)).toEqual([409, 404, 409, 202, 200, 409]);
  });

  test('RSZ-02 an omitted target stays, whichever it is', () => {
    const mixed = pool(2, { targetLowPriorityNodes: 2 });
    const recording = runDeeds(
      [mixed],
      [],
      [
        [1, resize(null, 1)],
        [2, resize(3)],
      ],
    );
    const targets = recording.resizes.map((row) => [row.targetDedicatedNodes, row.targetLowPriorityNodes]);
    expect(targets).toEqual([
      [2, 2],
      [2, 1],
      [3, 1],
    ]);
  });

  test('RSZ-03 without a timeout of its own a resize has 15 minutes, whatever the pool was added with', () => {
    const windows = [{ fromMs: 0, toMs: null, dedicatedNodes: 1, lowPriorityNodes: null }];
    const nodes = pool(1, { capacity: windows, resizeTimeoutMs: 5 * MINUTE });
    const recording = runDeeds([nodes], [], [[1000, resize(2)]]);
    expect(resizesOf(recording)[1]).toBe(`1000-${15 * MINUTE + 1000} resize +1+0-0 AllocationTimedout`);
  });

  test('RSZ-03 a pool that follows a formula has no timeout: it waits for capacity as long as it takes', () => {
    const windows = [{ fromMs: 0, toMs: 40 * MINUTE, dedicatedNodes: 0, lowPriorityNodes: null }];
    const autoScale = { formula: '$TargetDedicatedNodes = 2;', evaluationIntervalMs: 60 * MINUTE };
    const recording = runDeeds([pool(0, { ready: false, autoScale, capacity: windows })], [], [], stopAt(50 * MINUTE));
    expect(resizesOf(recording).at(-1)).toBe(`0-${40 * MINUTE} autoscale +2+0-0`);
  });
});

describe('growth', () => {
  test('RSZ-04 the resize has ended while its nodes still boot, and the next one may begin', () => {
    const nodes = slow(1, { timing: latencies({ alloc: 100, create: 50, start: 50 }) });
    const recording = runDeeds([nodes], [], [[120, resize(2)]]);
    expect(answers(recording)).toEqual(['ok']);
    expect(resizesOf(recording)).toEqual(['0-100 created +1+0-0', '120-220 resize +1+0-0']);
    expect([recording.nodes.readyMs[0], recording.nodes.readyMs[1]]).toEqual([200, 320]);
  });

  test('RSZ-05 a later resize is cut by what is left of the quota, in whole nodes', () => {
    const nodes = pool(1, { targetLowPriorityNodes: 1 });
    const account = { dedicatedCoreQuota: 11, lowPriorityCoreQuota: 9 }; // nodes of four cores
    const recording = runDeeds([nodes], [], [[10, resize(3, 3)]], { account });
    expect(resizesOf(recording)[1]).toBe(
      '10-10 resize +1+1-0 AccountCoreQuotaReached AccountLowPriorityCoreQuotaReached',
    );
  });

  test('RSZ-06 nodes obtained before the timeout stay, and what was missing holds no cores any more', () => {
    const windows = [{ fromMs: 0, toMs: null, dedicatedNodes: 1, lowPriorityNodes: null }];
    const short = pool(2, { ready: false, capacity: windows, resizeTimeoutMs: 5 * MINUTE });
    const other = pool(1, { id: 'q' });
    const recording = runDeeds(
      [short, other],
      [],
      [[6 * MINUTE, { ...resize(2), poolId: 'q' } as Operation]],
      { account: { dedicatedCoreQuota: 12 } }, // three nodes
    );
    expect(resizeErrors(recording)).toEqual(['', 'AllocationTimedout', '']);
    expect(recording.nodes.count).toBe(3);
  });

  test('RSZ-08 what a timeout missed is not sought again, though capacity returns', () => {
    const windows = [{ fromMs: 0, toMs: 6 * MINUTE, dedicatedNodes: 1, lowPriorityNodes: null }];
    const short = pool(2, { ready: false, capacity: windows, resizeTimeoutMs: 5 * MINUTE });
    const deeds = [[8 * MINUTE, resize(2)]] as const;
    expect(runDeeds([short], [], [], stopAt(20 * MINUTE)).nodes.count).toBe(1);
    // A new resize to the same target brings it.
    const again = runDeeds([short], [], deeds, stopAt(20 * MINUTE));
    expect(again.nodes.createdMs[1]).toBe(8 * MINUTE);
  });

  test('RSZ-10 stop-resize needs a pool that is resizing; the pool is steady at the same instant', () => {
    const recording = runDeeds(
      [slow(2)],
      [],
      [
        [50, STOP],
        [50, resize(1)],
        [200, STOP],
      ],
      stopAt(300),
    );
    expect(answers(recording)).toEqual(['ok', 'ok', 'OperationInvalidForCurrentState']);
    expect(resizesOf(recording)).toEqual(['0-50 created +2+0-0 ResizeStopped', '50-150 resize +1+0-0']);
  });
});

describe('removal', () => {
  test('RSZ-11 a call names 1 to 100 nodes', () => {
    const recording = runDeeds(
      [pool(101)],
      [],
      [
        [1, remove(Array.from({ length: 101 }, (_, i) => `n${i}`))],
        [2, remove([])],
        [3, remove(Array.from({ length: 100 }, (_, i) => `n${i}`))],
      ],
      { account: { dedicatedCoreQuota: 404 } },
    );
    expect(answers(recording)).toEqual(['InvalidPropertyValue', 'InvalidPropertyValue', 'ok']);
    expect(recording.pools[0]?.targetDedicatedNodes).toBe(1);
  });

  test('RSZ-12 requeue is the default of removals and resizes', () => {
    const work = () => [job('j', [tasks('t', [100])])];
    for (const deed of [remove(['n0']), resize(0)]) {
      const recording = runDeeds([pool(1)], work(), [[10, deed]]);
      expect(gantt(recording)).toEqual(['j/t1 active']);
      expect(recording.tasks.requeues?.[0]).toBe(1);
    }
  });

  test('RSZ-12 retaineddata: a task without a retention time keeps its node for 7 days', () => {
    const recording = runDeeds(
      [pool(1)],
      [job('j', [tasks('t', [1000])])],
      [[2000, resize(0, null, 'retaineddata', 167 * 60 * MINUTE)]],
    );
    // 7 days are 168 hours: a timeout of 167 gives up first (RSZ-14), one of 168 does not.
    expect(resizesOf(recording)[1]).toBe(`2000-${167 * 60 * MINUTE + 2000} resize +0+0-1 RemoveNodesFailed`);
    const longest = runDeeds(
      [pool(1)],
      [job('j', [tasks('t', [1000])])],
      [[2000, resize(0, null, 'retaineddata', 168 * 60 * MINUTE)]],
    );
    expect(resizesOf(longest)[1]).toBe(`2000-${7 * DAY + 1000} resize +0+0-1`);
  });

  test('RSZ-13 the node is leaving from its selection on, and takes nothing while its task still runs', () => {
    const jobs = [job('j', [tasks('t', [100, 10])])];
    const nodes = pool(1, { taskSlotsPerNode: 2, timing: latencies({ leave: 7 }) });
    const late = job('k', [tasks('u', [1])], { arrival: { kind: 'at', atMs: 20 } });
    const recording = runDeeds([nodes], [...jobs, late], [[5, resize(0, null, 'taskcompletion')]]);
    expect(lifeOf(recording, 0).slice(3)).toEqual(['5 leavingpool resize', '107 gone resize']);
    expect(gantt(recording)).toEqual(['j/t1 0-100 n0', 'j/t2 0-10 n0', 'k/u1 active']);
  });

  test('RSZ-14 a formula has no timeout: it waits for its tasks beyond 15 minutes', () => {
    const formula = '$TargetDedicatedNodes = 0; $NodeDeallocationOption = taskcompletion;';
    const begin: Operation = { kind: 'enableAutoScale', poolId: 'p', formula, evaluationIntervalMs: 60 * MINUTE };
    const recording = runDeeds(
      [pool(1)],
      [job('j', [tasks('t', [50 * MINUTE])])],
      [[MINUTE, begin]],
      stopAt(55 * MINUTE),
    );
    expect(resizesOf(recording)[1]).toBe(`${MINUTE}-${50 * MINUTE} autoscale +0+0-1`);
  });

  test('RSZ-15 first to last: preempted, failed, offline, booting, idle, running by slots, job manager', () => {
    const nodes = pool(0, {
      targetLowPriorityNodes: 9,
      taskSlotsPerNode: 2,
      nodeFillType: 'pack',
      timing: latencies({ replace: 10_000, reboot: 10_000 }),
    });
    const manager = makeJobManager({ task: tasks('m', [5000]), runExclusive: false, killJobOnCompletion: false });
    const jobs = [
      job('j', [tasks('t', [5000])], { jobManagerTask: manager }), // n0: the manager and a task
      job('k', [tasks('t', [5000, 5000, 5000])]), // n1: two, n2: one
    ];
    const failed = { kind: 'failNode', error: 'DiskFull', recovers: null } as const;
    const recording = runDeeds(
      [nodes],
      jobs,
      [
        [1, { kind: 'preemptNodes', poolId: 'p', count: null, nodes: ['n4'] }],
        [2, { ...failed, ...on('n5') }],
        [3, { kind: 'disableNodeScheduling', ...on('n6'), option: null }],
        [4, { kind: 'rebootNode', ...on('n7'), option: null }],
        ...[8, 7, 6, 5, 4, 3, 2, 1, 0].map((target, i) => [10 + i, resize(null, target)] as const),
      ],
      stopAt(100),
    );
    const left = Array.from({ length: 9 }, (_, node) => [recording.nodes.goneMs[node] as number, node] as const);
    left.sort((a, b) => a[0] - b[0]);
    expect(left.map(([, node]) => node)).toEqual([4, 5, 6, 7, 8, 3, 2, 1, 0]);
  });

  test('RSZ-16 a removal leaves the count of retries as it was', () => {
    const set = tasks('t', [10], {
      count: 1,
      runtime: [
        { kind: 'constant', value: 10 },
        { kind: 'constant', value: 90 },
      ],
      exitCode: [
        { kind: 'constant', value: 1 },
        { kind: 'constant', value: 1 },
      ],
      maxTaskRetryCount: 2,
    });
    const recording = runDeeds([pool(2)], [job('j', [set])], [[50, remove(['n0'])]], stopAt(1000));
    // 0-10 fails, 10-100 is cut at 50, then 50-140 and 140-230 fail: two retries in all, of three attempts that failed.
    expect([recording.tasks.retries[0], recording.tasks.requeues?.[0], recording.tasks.endMs[0]]).toEqual([2, 1, 230]);
  });

  test('RSZ-17 what a removed node held is gone: its id names nothing', () => {
    const recording = runDeeds(
      [pool(2)],
      [],
      [
        [1, remove(['n1'])],
        [2, resize(2)],
        [3, remove(['n1'])],
        [4, { kind: 'rebootNode', ...on('n1'), option: null }],
      ],
    );
    expect(answers(recording)).toEqual(['ok', 'ok', 'NodeNotFound', 'NodeNotFound']);
  });

  test('RSZ-18 one kind shrinks while the other grows; the resize lasts as long as the slower', () => {
    const timing = latencies({ alloc: 30, leave: 50 });
    const mixed = pool(2, { targetLowPriorityNodes: 0, timing });
    const recording = runDeeds([mixed], [], [[10, resize(1, 1)]]);
    expect(resizesOf(recording)[1]).toBe('10-60 resize +0+1-1');
    expect(lifeOf(recording, 1).slice(3)).toEqual(['10 leavingpool resize', '60 gone resize']);
    expect(recording.nodes.createdMs[2]).toBe(40);
  });

  test('RSZ-09 a preempted node that a resize takes back is replaced by none', () => {
    const spot = pool(0, { targetLowPriorityNodes: 2, timing: latencies({ replace: 100 }) });
    const recording = runDeeds(
      [spot],
      [],
      [
        [1, preempt(1)],
        [2, resize(null, 1)],
      ],
      stopAt(500),
    );
    expect([recording.nodes.count, recording.nodes.goneMs[0], recording.nodes.goneMs[1]]).toEqual([2, 2, -1]);
  });
});

test('RSZ-09 a missed spot node is sought while the pool is steady; only once it comes is there a resize, with cause restore', () => {
  const capacity = [{ fromMs: 0, toMs: 10 * MINUTE, dedicatedNodes: null, lowPriorityNodes: 0 }];
  const missed = { capacity, resizeTimeoutMs: 5 * MINUTE, timing: latencies({ alloc: MINUTE }) };
  const nodes = pool(0, { targetLowPriorityNodes: 1, ready: false, ...missed });
  const later = job('late', [tasks('late', [0])], { poolId: 'none', arrival: { kind: 'at', atMs: 20 * MINUTE } });
  const recording = runDeeds(
    [nodes],
    [later],
    [
      [7 * MINUTE, { kind: 'stopResizePool', poolId: 'p' }], // sought, and steady: nothing to stop
      [10 * MINUTE + 1, resize(2)], // on its way
      [11 * MINUTE, resize(2)], // there
    ],
  );
  expect(answers(recording)).toEqual(['OperationInvalidForCurrentState', 'PoolBeingResized', 'ok']);
  const minutes = resizesOf(recording).map((line) => line.replace(/\d+0000/g, (ms) => `${Number(ms) / MINUTE}m`));
  expect(minutes).toEqual([
    ...['0-5m created +0+1-0 AllocationTimedout', '10m-11m restore +0+1-0', '11m-12m resize +2+0-0'],
  ]);
});
