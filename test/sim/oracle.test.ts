/** The oracle itself against cases worked by hand: what it says must be right before it may judge the engine. */
import { describe, expect, test } from 'vitest';
import { AT_ONCE, DEFAULT_OPTIONS, type TaskSet, TIMING_NONE } from '../../src/model/index.js';
import {
  each,
  gantt,
  job,
  latencies as latency,
  nodes,
  run,
  runAccount,
  task,
  tasks,
} from '../helpers/oracle/cases.js';

describe('placement', () => {
  test('SCH-09 one slot a node: tasks go to the lowest idle node, in order, a freed node at the very instant', () => {
    const outcome = run([nodes(2)], [job('j', [tasks('t', [5, 3, 2, 4])])]);
    expect(gantt(outcome)).toEqual(['j/t1 0-5 n0', 'j/t2 0-3 n1', 'j/t3 3-5 n1', 'j/t4 5-9 n0']);
    expect(outcome.run.get('run')).toEqual({ endMs: 9 });
  });

  test('SIM-02 a run of no length holds its node for a round and frees it in the same instant', () => {
    const outcome = run([nodes(1)], [job('j', [tasks('t', [0, 0, 2])])]);
    expect(gantt(outcome)).toEqual(['j/t1 0-0 n0', 'j/t2 0-0 n0', 'j/t3 0-2 n0']);
  });

  test('SIM-02 a run of no length that a dispatch begins ends a round later: its slot is not free to this one', () => {
    const timing = { base: 'none', overrides: { dispatch: each(2) } } as const;
    const second = tasks('u', [1], { arrival: { kind: 'at', atMs: 2 } });
    expect(gantt(run([nodes(2, { timing })], [job('j', [tasks('t', [0]), second])]))).toEqual([
      ...['j/t1 2-2 n0', 'j/u1 4-5 n1'],
    ]);
  });

  test.each([
    ['spread', ['j/t1 0-9 n0', 'j/t2 0-9 n1', 'j/t3 0-9 n2', 'j/t4 0-9 n0']],
    ['pack', ['j/t1 0-9 n0', 'j/t2 0-9 n0', 'j/t3 0-9 n1', 'j/t4 0-9 n1']],
  ] as const)('SCH-08 %s, dedicated nodes first', (nodeFillType, expected) => {
    const pool = nodes(2, { targetLowPriorityNodes: 1, taskSlotsPerNode: 2, nodeFillType });
    expect(gantt(run([pool], [job('j', [tasks('t', [9, 9, 9, 9])])]))).toEqual(expected);
  });

  test('SCH-04, SCH-06 higher priority first; what does not fit blocks nothing behind it', () => {
    const high = job('high', [tasks('t', [4], { requiredSlots: 2 })], { priority: 5 });
    const low = job('low', [tasks('t', [3, 3])]);
    const other = job('other', [tasks('t', [2])], { priority: 9 });
    const outcome = run([nodes(1, { taskSlotsPerNode: 2 })], [low, high, other]);
    expect(gantt(outcome)).toEqual(['low/t1 0-3 n0', 'low/t2 2-5 n0', 'high/t1 5-9 n0', 'other/t1 0-2 n0']);
  });

  test('SCH-05 equals take turns in creation order, and the cursor is kept between passes', () => {
    const jobs = ['a', 'b', 'c'].map((id) => job(id, [tasks('t', [1, 1])]));
    const outcome = run([nodes(2)], jobs);
    const starts = gantt(outcome).map((line) => line.split(' ').slice(0, 2).join(' '));
    expect(starts).toEqual(['a/t1 0-1', 'a/t2 1-2', 'b/t1 0-1', 'b/t2 2-3', 'c/t1 1-2', 'c/t2 2-3']);
  });

  test('SCH-05 creationtime: all of the older job first', () => {
    const jobs = ['a', 'b'].map((id) => job(id, [tasks('t', [1, 1])]));
    const outcome = run([nodes(2, { jobDefaultOrder: 'creationtime' })], jobs);
    expect(gantt(outcome)).toEqual(['a/t1 0-1 n0', 'a/t2 0-1 n1', 'b/t1 1-2 n0', 'b/t2 1-2 n1']);
  });

  test('JOB-19 at most maxParallelTasks of a job run, those being dispatched included', () => {
    const timing = { base: 'none', overrides: { dispatch: each(2) } } as const;
    const outcome = run([nodes(3, { timing })], [job('j', [tasks('t', [1, 1])], { maxParallelTasks: 1 })]);
    expect(gantt(outcome)).toEqual(['j/t1 2-3 n0', 'j/t2 5-6 n0']);
  });

  test('TASK-19 a task goes to the node it wants, and elsewhere rather than wait', () => {
    const outcome = run([nodes(3)], [job('j', [tasks('t', [2, 2], { affinityId: 'n2' })])]);
    expect(gantt(outcome)).toEqual(['j/t1 0-2 n2', 'j/t2 0-2 n0']);
  });

  test('SCH-11 a dispatch holds the slot while the task is still active', () => {
    const timing = { base: 'none', overrides: { dispatch: each(3) } } as const;
    const outcome = run([nodes(1, { timing })], [job('j', [tasks('t', [2, 2])])], {
      clock: { epochMs: 0, untilMs: 7, tailMs: null },
    });
    expect(gantt(outcome)).toEqual(['j/t1 3-5 n0', 'j/t2 active']);
    expect(outcome.nodes.get('a/p/n0')).toMatchObject({ state: 'running', runningMs: 7, slotMs: 2 });
  });

  test('SCH-16, TASK-09 a higher job displaces on the node of fewest stops; counters stay, the work is done again', () => {
    const low = job('low', [tasks('t', [9, 9, 9, 9])], { allowTaskPreemption: true });
    const high = job('high', [tasks('t', [1], { requiredSlots: 2 })], {
      priority: 1,
      arrival: { kind: 'at', atMs: 4 },
    });
    const outcome = run([nodes(2, { taskSlotsPerNode: 2 })], [low, high]);
    expect(gantt(outcome)).toEqual([
      ...['low/t1 5-14 n0', 'low/t2 0-9 n1', 'low/t3 5-14 n0', 'low/t4 0-9 n1', 'high/t1 4-5 n0'],
    ]);
    expect(task(outcome, 'low/t1')).toMatchObject({ retries: 0, interruptions: 1, readyMs: 4, waitMs: 1 });
    expect(outcome.attempts.get('a/low/t3 #1')).toMatchObject({ startMs: 0, endMs: 4, outcome: 'displaced' });
  });

  test('SCH-16 slots that a stop leaves over are given away before anything more is stopped', () => {
    const low = job('low', [tasks('t', [9, 9], { requiredSlots: 4 })], { allowTaskPreemption: true });
    const high = job('high', [tasks('t', [1, 1])], { priority: 1, arrival: { kind: 'at', atMs: 4 } });
    const outcome = run([nodes(2, { taskSlotsPerNode: 4 })], [low, high]);
    expect(gantt(outcome)).toEqual(['low/t1 5-14 n0', 'low/t2 0-9 n1', 'high/t1 4-5 n0', 'high/t2 4-5 n0']);
  });

  test('SCH-16 the lowest priority is stopped first, then the most recent start, then the last in creation order', () => {
    const given = { allowTaskPreemption: true } as const;
    const lowest = job('a', [tasks('t', [9])], { ...given, priority: -2 });
    const early = job('b', [tasks('t', [9, 9])], { ...given, priority: -1 });
    const late = job('c', [tasks('t', [9])], { ...given, priority: -1, arrival: { kind: 'at', atMs: 1 } });
    const high = (id: string, atMs: number) => job(id, [tasks('t', [20])], { arrival: { kind: 'at', atMs } });
    const jobs = [lowest, early, late, high('x', 2), high('y', 3), high('z', 4)];
    const outcome = run([nodes(1, { taskSlotsPerNode: 4 })], jobs);
    const stops = [...outcome.attempts].map(([key, { endMs }]) => `${key.slice(2)} at ${endMs}`);
    expect(stops).toEqual(['a/t1 #1 at 2', 'b/t2 #1 at 4', 'c/t1 #1 at 3']);
  });

  test('SCH-11, SCH-16 stopped while it was dispatched, a task has not begun: its wait goes on', () => {
    const timing = { base: 'none', overrides: { dispatch: each(3) } } as const;
    const low = job('low', [tasks('t', [1])], { allowTaskPreemption: true });
    const high = job('high', [tasks('t', [1])], { priority: 1, arrival: { kind: 'at', atMs: 2 } });
    const outcome = run([nodes(1, { timing })], [low, high]);
    expect(gantt(outcome)).toEqual(['low/t1 9-10 n0', 'high/t1 5-6 n0']);
    expect(task(outcome, 'low/t1')).toMatchObject({ readyMs: 0, waitMs: 9, interruptions: 1 });
    expect(outcome.attempts.get('a/low/t1 #1')).toMatchObject({ assignedMs: 0, startMs: null, endMs: 2 });
  });

  test('JOB-03 tasks of a missing pool stay active', () => {
    expect(gantt(run([nodes(1)], [job('j', [tasks('t', [1])], { poolId: 'other' })]))).toEqual(['j/t1 active']);
  });
});

describe('tasks', () => {
  test('TASK-06, TASK-08, SCH-12 a failure is retried from its old place in the order, each attempt its own length', () => {
    const failing = tasks('t', [0], { runtime: each(2, 3), exitCode: each(7, 0), maxTaskRetryCount: 1 });
    const outcome = run([nodes(1)], [job('j', [failing, tasks('u', [4])])]);
    expect(gantt(outcome)).toEqual(['j/t1 2-5 n0', 'j/u1 5-9 n0']);
    expect(task(outcome, 'j/t1')).toMatchObject({ retries: 1, exitCode: 0, failure: '', readyMs: 2 });
    expect(outcome.attempts.get('a/j/t1 #1')).toMatchObject({ startMs: 0, endMs: 2, exitCode: 7, outcome: 'retry' });
  });

  test.each([
    [null, 2, 2],
    [0, 2, 0],
    [1, 0, 1],
  ])('TASK-07, TASK-12 own retries %s, the job’s %i: %i retries', (own, ofJob, expected) => {
    const failing = tasks('t', [1], { exitCode: each(3), maxTaskRetryCount: own });
    const outcome = run([nodes(1)], [job('j', [failing], { maxTaskRetryCount: ofJob })]);
    expect(task(outcome, 'j/t1')).toMatchObject({ retries: expected, exitCode: 3, failure: 'FailureExitCode' });
  });

  test('TASK-11, SIM-03 the wall clock stops what runs longer; an exit just at the limit is an exit', () => {
    const limited = tasks('t', [3, 4], { maxWallClockTimeMs: 3, exitCode: each(1), maxTaskRetryCount: 1 });
    const outcome = run([nodes(2)], [job('j', [limited])]);
    expect(task(outcome, 'j/t1')).toMatchObject({ failure: 'FailureExitCode', exitCode: 1, retries: 1 });
    expect(task(outcome, 'j/t2')).toMatchObject({ failure: 'TaskEnded', exitCode: -9, retries: 0, endMs: 3 });
  });

  test('ACC-15 a task is given up at its lifetime: it keeps its state, its slots go to the next', () => {
    const options = { ...DEFAULT_OPTIONS, taskOrder: 'creation', taskLifetimeMs: 3 } as const;
    const late = tasks('u', [1], { arrival: { kind: 'at', atMs: 1 } });
    const outcome = run([nodes(1)], [job('j', [tasks('t', [9, 1]), late])], { options });
    expect(gantt(outcome)).toEqual(['j/t1 0-running n0', 'j/t2 active', 'j/u1 3-4 n0']);
  });
});

describe('dependencies', () => {
  const waitingFor = (taskIds: string[], given: Partial<NonNullable<TaskSet['dependsOn']>> = {}): Partial<TaskSet> => ({
    dependsOn: { taskIds, taskIdRanges: [], columns: null, ...given },
  });

  test('DEP-02, DEP-11 a task runs when all it waits for has succeeded; ids ignore case', () => {
    const outcome = run([nodes(3)], [job('j', [tasks('t', [2, 5]), tasks('u', [1], waitingFor(['T1', 't2']))])]);
    expect(task(outcome, 'j/u1')).toMatchObject({ readyMs: 5, startMs: 5, waitMs: 0 });
  });

  test('DEP-03, DEP-04 a parent that failed leaves its children active', () => {
    const outcome = run(
      [nodes(1)],
      [job('j', [tasks('t', [1], { exitCode: each(1) }), tasks('u', [1], waitingFor(['t1']))])],
    );
    expect(gantt(outcome)).toEqual(['j/t1 0-1 n0', 'j/u1 active']);
  });

  test('DEP-06, DEP-07 leading zeros are one member, the first to succeed counts; a missing member keeps waiting', () => {
    const plain = tasks('', [5, 2]);
    const padded = tasks('0', [3, 9], { exitCode: each(0) });
    const both = tasks('u', [1], waitingFor([], { taskIdRanges: [{ start: 1, end: 2 }] }));
    const more = tasks('v', [1], waitingFor([], { taskIdRanges: [{ start: 2, end: 3 }] }));
    const outcome = run([nodes(6)], [job('j', [plain, padded, both, more])]);
    expect(task(outcome, 'j/u1')).toMatchObject({ readyMs: 3 });
    expect(task(outcome, 'j/v1')).toMatchObject({ readyMs: null, state: 'active' });
  });

  test('SCH-04 taskOrder ready: whoever became runnable first runs first', () => {
    const options = { ...DEFAULT_OPTIONS, taskOrder: 'ready', taskLifetimeMs: null } as const;
    const columns = { offsets: Int32Array.of(0, 1, 2), parents: Int32Array.of(0, 1) };
    const children = tasks('u', [7, 7], waitingFor([], { columns }));
    const outcome = run([nodes(2)], [job('j', [tasks('t', [3, 2, 4]), children])], { options });
    expect(gantt(outcome).slice(2)).toEqual(['j/t3 2-6 n1', 'j/u1 6-13 n1', 'j/u2 3-10 n0']);
  });
});

describe('pools', () => {
  const latencies = latency({ alloc: 10, create: 2, start: 3 });

  test('SIM-06, NODE-01, BILL-03, BILL-06 a node is free while allocated, boots, idles, runs', () => {
    const outcome = run([nodes(1, { ready: false, timing: latencies })], [job('j', [tasks('t', [4])])], {
      clock: { epochMs: 0, untilMs: null, tailMs: 6 },
    });
    expect(outcome.nodes.get('a/p/n0')).toMatchObject({
      createdMs: 10,
      readyMs: 15,
      bootingMs: 5,
      runningMs: 4,
      idleMs: 6,
    });
    expect(outcome.resizes.get('a/p #1')).toMatchObject({ endMs: 10, errors: '' });
    expect(outcome.run.get('run')).toEqual({ endMs: 25 });
  });

  test('RSZ-05, ACC-06 earlier pools take their quota first; as many whole nodes as fit', () => {
    const pools = [nodes(2), nodes(2, { id: 'q', targetLowPriorityNodes: 3 })];
    const outcome = runAccount({ dedicatedCoreQuota: 15, lowPriorityCoreQuota: 4, pools });
    expect(outcome.resizes.get('a/q #1')).toMatchObject({
      ...{ reservedDedicated: 1, reservedLowPriority: 1, endMs: 0 },
      errors: 'AccountCoreQuotaReached AccountLowPriorityCoreQuotaReached',
    });
  });

  test('RSZ-06 a node without capacity waits for the end of the window, the other kind does not', () => {
    const capacity = [{ fromMs: 0, toMs: 30, dedicatedNodes: 1, lowPriorityNodes: null }];
    const pool = nodes(2, { ready: false, timing: latencies, targetLowPriorityNodes: 1, capacity });
    const { nodes: rows, resizes } = run([pool], []);
    expect([...rows.values()].map(({ kind, createdMs }) => `${kind} ${createdMs}`)).toEqual([
      ...['dedicated 10', 'spot 10', 'dedicated 30'],
    ]);
    expect(resizes.get('a/p #1')).toMatchObject({ endMs: 30, errors: '' });
  });

  test('SIM-02, RSZ-06 a node that comes with returning capacity is there for the pass of that very instant', () => {
    const capacity = [{ fromMs: 0, toMs: 5, dedicatedNodes: 1, lowPriorityNodes: null }];
    const pool = nodes(2, { ready: false, timing: TIMING_NONE, taskSlotsPerNode: 2, capacity });
    const outcome = run([pool], [job('j', [tasks('t', [5, 5, 1, 1])])]);
    expect(gantt(outcome).slice(2)).toEqual(['j/t3 5-6 n0', 'j/t4 5-6 n1']);
  });

  test('RSZ-06 a resize short of capacity ends at its timeout and keeps the nodes it got', () => {
    const capacity = [{ fromMs: 0, toMs: null, dedicatedNodes: 1, lowPriorityNodes: null }];
    const outcome = run([nodes(2, { ready: false, timing: latencies, capacity, resizeTimeoutMs: 50 })], []);
    expect(outcome.resizes.get('a/p #1')).toMatchObject({ endMs: 50, errors: 'AllocationTimedout' });
    expect([...outcome.nodes.keys()]).toEqual(['a/p/n0']);
  });

  test.each([
    [10, '', 1],
    [9, 'AllocationTimedout', 0],
  ])('SIM-02 nodes come after 10, the timeout after %i: error %j, %i node', (resizeTimeoutMs, errors, count) => {
    const outcome = run([nodes(1, { ready: false, timing: latencies, resizeTimeoutMs })], []);
    expect([outcome.resizes.get('a/p #1')?.['errors'], outcome.nodes.size]).toEqual([errors, count]);
  });

  test('RSZ-07 a provider error ends the resize at once', () => {
    const outcome = run([nodes(1, { ready: false, allocationFailure: true, timing: latencies })], []);
    expect(outcome.resizes.get('a/p #1')).toMatchObject({ endMs: 0, errors: 'AllocationFailed' });
    expect(outcome.nodes.size).toBe(0);
  });
});

describe('time', () => {
  test('SIM-10 what is due exactly at the end is still handled, nothing is charged beyond', () => {
    const clock = { epochMs: 0, untilMs: 4, tailMs: 9 };
    const outcome = run([nodes(2)], [job('j', [tasks('t', [4, 5])])], { clock });
    expect(gantt(outcome)).toEqual(['j/t1 0-4 n0', 'j/t2 0-running n1']);
    expect(outcome.nodes.get('a/p/n1')).toMatchObject({ runningMs: 4, slotMs: 4 });
  });

  test('SIM-10 work that would come after the end makes the run last until the end', () => {
    const clock = { epochMs: 0, untilMs: 4, tailMs: null };
    const outcome = run([nodes(1)], [job('j', [], { arrival: { kind: 'at', atMs: 9 } })], { clock });
    expect(outcome.run.get('run')).toEqual({ endMs: 4 });
    expect(outcome.nodes.get('a/p/n0')).toMatchObject({ idleMs: 4 });
  });

  test('SIM-10 lifetimes and capacity do not keep a run alive', () => {
    const capacity = [{ fromMs: 50, toMs: 90, dedicatedNodes: 0, lowPriorityNodes: 0 }];
    const options = { ...DEFAULT_OPTIONS, taskOrder: 'creation', taskLifetimeMs: 70 } as const;
    const stuck = tasks('t', [1], { requiredSlots: 2 });
    const outcome = run([nodes(1, { capacity })], [job('j', [stuck, tasks('u', [3])])], { options });
    expect(outcome.run.get('run')).toEqual({ endMs: 3 });
  });

  test('a job that arrives several times is counted, its tasks come at offsets from each arrival', () => {
    const arrival = { kind: 'every', intervalMs: 10, fromMs: 5, untilMs: null, count: 2 } as const;
    const set = tasks('t', [1, 1], { arrival: { kind: 'trace', atMs: Float64Array.of(2, 0) } });
    const outcome = run([nodes(1)], [job('j-{n}', [set], { arrival }), job('k', [], { arrival: AT_ONCE })]);
    expect(gantt(outcome)).toEqual(['j-1/t2 5-6 n0', 'j-1/t1 7-8 n0', 'j-2/t2 15-16 n0', 'j-2/t1 17-18 n0']);
    expect([...outcome.jobs.keys()]).toEqual(['a/k', 'a/j-1', 'a/j-2']);
  });
});
