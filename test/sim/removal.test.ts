/** Pools that shrink, and nodes that leave them (RSZ-11 to RSZ-18). */
import { describe, expect, test } from 'vitest';
import { answers, lifeOf, on, preempt, remove, resize, resizesOf, runDeeds } from '../helpers/fleet.js';
import { each, gantt, job, latencies, pool, type run, tasks } from '../helpers/world.js';

const MINUTE = 60_000;

describe('the four options', () => {
  const timing = latencies({ leave: 5 });
  const work = () => [job('j', [tasks('t', [100, 100])])];

  test('RSZ-12 requeue: the task goes back and counts a requeue, the node leaves at once', () => {
    const recording = runDeeds([pool(2, { timing })], work(), [[10, resize(1)]]);
    expect(gantt(recording)).toEqual(['j/t1 0-100 n0', 'j/t2 100-200 n0']);
    expect(recording.tasks.requeues?.[1]).toBe(1);
    expect(recording.tasks.retries[1]).toBe(0); // RSZ-16
    expect(lifeOf(recording, 1).slice(3)).toEqual(['10 leavingpool resize', '15 gone resize']);
  });

  test('RSZ-12 terminate: the task is completed and never runs again', () => {
    const recording = runDeeds([pool(2, { timing })], work(), [[10, resize(1, null, 'terminate')]]);
    expect(gantt(recording)).toEqual(['j/t1 0-100 n0', 'j/t2 0-10 n1']);
  });

  test('RSZ-12, RSZ-13, RSZ-14 taskcompletion: it takes no new task and is gone `leave` after its last one', () => {
    const jobs = [job('j', [tasks('t', [100, 40, 1])])];
    const recording = runDeeds([pool(2, { timing })], jobs, [[10, resize(1, null, 'taskcompletion')]]);
    expect(gantt(recording)).toEqual(['j/t1 0-100 n0', 'j/t2 0-40 n1', 'j/t3 100-101 n0']);
    expect(lifeOf(recording, 1).slice(3)).toEqual(['10 leavingpool resize', '45 gone resize']);
    expect(resizesOf(recording)[1]).toBe('10-45 resize +0+0-1');
  });

  test('RSZ-12, TASK-13 retaineddata: it also waits until the retention time of its last task has passed', () => {
    const set = tasks('t', [100, 40], { retentionTimeMs: 500 });
    const recording = runDeeds([pool(2, { timing })], [job('j', [set])], [[10, resize(1, null, 'retaineddata')]]);
    expect(resizesOf(recording)[1]).toBe('10-545 resize +0+0-1');
  });
});

describe('which nodes go', () => {
  const gone = (recording: ReturnType<typeof run>) =>
    Array.from({ length: recording.nodes.count }, (_, node) => node).filter(
      (node) => (recording.nodes.goneMs[node] as number) >= 0,
    );

  test('RSZ-15 idle before running, fewest used slots first, then the highest ordinal', () => {
    const jobs = [job('j', [tasks('t', [100, 100, 100])])];
    const nodes = pool(4, { taskSlotsPerNode: 2, nodeFillType: 'pack' });
    // n0 has two tasks, n1 one, n2 and n3 are idle.
    expect(gone(runDeeds([nodes], jobs, [[10, resize(3)]]))).toEqual([3]);
    expect(gone(runDeeds([nodes], jobs, [[10, resize(1)]]))).toEqual([1, 2, 3]);
  });

  test('RSZ-15 offline before idle, unusable before offline, preempted before all', () => {
    const spot = pool(0, { targetLowPriorityNodes: 4, timing: latencies({ replace: 1000 }) });
    const deeds = [
      [1, { kind: 'preemptNodes', poolId: 'p', count: null, nodes: ['n0'] }],
      [1, { kind: 'failNode', ...on('n1'), error: 'DiskFull', recovers: null }],
      [2, { kind: 'disableNodeScheduling', ...on('n2'), option: null }],
    ] as const;
    const left = [3, 2, 1].map((target) => gone(runDeeds([spot], [], [...deeds, [10, resize(null, target)]])));
    expect(left).toEqual([[0], [0, 1], [0, 1, 2]]);
  });

  test('RSZ-17, SIM-07 an ordinal is not given twice', () => {
    const recording = runDeeds(
      [pool(2)],
      [],
      [
        [1, resize(1)],
        [2, resize(2)],
      ],
    );
    expect(Array.from(recording.nodes.ordinal.slice(0, recording.nodes.count))).toEqual([0, 1, 2]);
  });

  test('RSZ-11 named nodes leave and the target comes down with them', () => {
    const recording = runDeeds(
      [pool(3)],
      [],
      [
        [1, remove(['n0', 'n1', 'N0'.toLowerCase()])],
        [2, resize(2)],
      ],
    );
    expect(resizesOf(recording).slice(1)).toEqual(['1-1 removeNodes +0+0-2', '2-2 resize +1+0-0']);
    expect(recording.pools[0]?.targetDedicatedNodes).toBe(2);
  });
});

describe('timeouts', () => {
  const busy = () => [job('j', [tasks('t', [10 * MINUTE, 10 * MINUTE])])];

  test('RSZ-14 nodes still busy at the timeout return, and take tasks again', () => {
    const nodes = pool(2, { taskSlotsPerNode: 1 });
    const late = job('k', [tasks('u', [1])], { priority: 5, arrival: { kind: 'at', atMs: 9 * MINUTE } });
    const recording = runDeeds([nodes], [...busy(), late], [[10, resize(1, null, 'taskcompletion', 5 * MINUTE)]]);
    expect(resizesOf(recording)[1]).toBe(`10-${5 * MINUTE + 10} resize +0+0-1 RemoveNodesFailed`);
    expect(lifeOf(recording, 1).slice(3)).toEqual(['10 leavingpool resize', `${5 * MINUTE + 10} idle resizeTimeout`]);
    expect(gantt(recording)).toContain(`k/u1 ${10 * MINUTE}-${10 * MINUTE + 1} n0`);
    expect(recording.nodes.goneMs[1]).toBe(-1);
  });

  test('RSZ-14 a task that ends exactly at the timeout lets its node go', () => {
    const recording = runDeeds(
      [pool(1)],
      [job('j', [tasks('t', [5 * MINUTE + 10])])],
      [[10, resize(0, null, 'taskcompletion', 5 * MINUTE)]],
    );
    expect(resizesOf(recording)[1]).toBe(`10-${5 * MINUTE + 10} resize +0+0-1`);
  });

  test('RSZ-01, RSZ-14 a pool that drains refuses resizes until it is steady', () => {
    const recording = runDeeds(
      [pool(1)],
      [job('j', [tasks('t', [100])])],
      [
        [1, resize(0, null, 'taskcompletion')],
        [50, resize(2)],
        [50, remove(['n0'])],
        [100, resize(2)],
      ],
    );
    expect(answers(recording)).toEqual(['ok', 'PoolBeingResized', 'PoolBeingResized', 'ok']);
  });
});

describe('both ways at once', () => {
  test('RSZ-18 removals are selected at once, growth runs beside them, the resize ends when both are done', () => {
    const nodes = pool(2, { timing: latencies({ alloc: 30 }) });
    const recording = runDeeds([nodes], [job('j', [tasks('t', [50, 50])])], [[10, resize(1, 1, 'taskcompletion')]]);
    expect(lifeOf(recording, 2)).toEqual(['40 creating', '40 starting', '40 idle']);
    expect(resizesOf(recording)[1]).toBe('10-50 resize +0+1-1');
  });

  test('RSZ-02 a target that is not given stays', () => {
    const recording = runDeeds([pool(2, { targetLowPriorityNodes: 1 })], [], [[1, resize(null, 2)]]);
    expect(recording.pools[0]).toMatchObject({ targetDedicatedNodes: 2, targetLowPriorityNodes: 2 });
    expect(recording.nodes.count).toBe(4);
  });

  test('RSZ-18, ACC-07 quota that a removed node gives back serves the same kind only', () => {
    const account = { dedicatedCoreQuota: 8, lowPriorityCoreQuota: 4 };
    const recording = runDeeds([pool(2)], [], [[1, resize(1, 2)]], { account });
    expect(resizesOf(recording)[1]).toBe('1-1 resize +0+1-1 AccountLowPriorityCoreQuotaReached');
  });
});

describe('refusals', () => {
  test('RSZ-03, RSZ-11, ERR-04 properties come before existence, existence before state', () => {
    const many = Array.from({ length: 101 }, (_, i) => `n${i}`);
    const recording = runDeeds(
      [pool(1)],
      [],
      [
        [1, { ...resize(1, null, null, 1000), poolId: 'nowhere' } as ReturnType<typeof resize>],
        [1, { ...resize(1), poolId: 'nowhere' } as ReturnType<typeof resize>],
        [1, resize(null)],
        [1, remove(many)],
        [1, remove(['n7'])],
        [1, { kind: 'stopResizePool', poolId: 'p' }],
      ],
    );
    expect(answers(recording)).toEqual([
      ...['InvalidPropertyValue', 'PoolNotFound', 'MissingRequiredProperty', 'InvalidPropertyValue', 'NodeNotFound'],
      'OperationInvalidForCurrentState',
    ]);
  });
});

describe('stopping', () => {
  test('RSZ-10 what has come stays, what has not is dropped, the target is kept', () => {
    const capacity = [{ fromMs: 0, toMs: null, dedicatedNodes: 1, lowPriorityNodes: null }];
    const recording = runDeeds(
      [pool(3, { ready: false, capacity })],
      [],
      [[20, { kind: 'stopResizePool', poolId: 'p' }]],
    );
    expect(resizesOf(recording)).toEqual(['0-20 created +3+0-0 ResizeStopped']);
    expect(recording.nodes.count).toBe(1);
    expect(recording.pools[0]?.targetDedicatedNodes).toBe(3);
  });

  test('RSZ-10, ACC-07 the cores of dropped nodes are free', () => {
    const nodes = pool(2, { ready: false, timing: latencies({ alloc: 100 }) });
    const other = pool(0, { id: 'q' });
    const recording = runDeeds(
      [nodes, other],
      [],
      [
        [10, { kind: 'stopResizePool', poolId: 'p' }],
        [10, { ...resize(2), poolId: 'q' } as ReturnType<typeof resize>],
      ],
      { account: { dedicatedCoreQuota: 8 } },
    );
    expect(resizesOf(recording)[2]).toBe('10-10 resize +2+0-0');
  });
});

describe('preempted nodes', () => {
  test('RSZ-15 a resize takes a preempted node first, and with it its wait for capacity', () => {
    const spot = pool(0, { targetLowPriorityNodes: 2, timing: latencies({ replace: 100 }) });
    const recording = runDeeds(
      [spot],
      [],
      [
        [1, preempt(1)],
        [5, resize(null, 1)],
      ],
    );
    expect(lifeOf(recording, 0).slice(3)).toEqual(['1 preempted preempted', '5 leavingpool resize', '5 gone resize']);
    expect(recording.run.endMs).toBe(5);
  });
});

test('SIM-06 kill: a process that takes time to stop keeps its node that long', () => {
  const timing = latencies({ kill: 7, leave: 2 });
  const recording = runDeeds([pool(1, { timing })], [job('j', [tasks('t', [100])])], [[10, resize(0)]]);
  expect(lifeOf(recording, 0).slice(3)).toEqual(['10 leavingpool resize', '19 gone resize']);
  expect(recording.tasks.requeues?.[0]).toBe(1);
});

test('SIM-06 a list of latencies is walked by occurrence: each boot its own', () => {
  const timing = { base: 'none' as const, overrides: { reboot: each(10, 20) } };
  const reboot = { kind: 'rebootNode', ...on('n0'), option: null } as const;
  const recording = runDeeds(
    [pool(1, { timing })],
    [],
    [
      [0, reboot],
      [100, reboot],
    ],
  );
  const idle = lifeOf(recording, 0).filter((line) => line.endsWith('idle'));
  expect(idle).toEqual(['0 idle', '10 idle', '120 idle']);
});
