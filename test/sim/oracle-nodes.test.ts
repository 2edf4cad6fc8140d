/** The oracle on nodes that come, go, fail and return, against cases worked by hand (NODE, RSZ, START, BILL). */
import { describe, expect, test } from 'vitest';
import {
  type CommandModel,
  INSTANT_COMMAND,
  type NodeDeallocationOption,
  type Operation,
  type StartTask,
  TIMING_NONE,
} from '../../src/model/index.js';
import { codes, each, gantt, job, latencies, node, nodes, run, runWith, task, tasks } from '../helpers/oracle/cases.js';

const TIMEOUT_MS = 300_000;

function resize(dedicated: number, option: NodeDeallocationOption | null = null, spot = 0): Operation {
  return {
    ...{ kind: 'resizePool', poolId: 'p', targetDedicatedNodes: dedicated, targetLowPriorityNodes: spot },
    ...{ resizeTimeoutMs: TIMEOUT_MS, nodeDeallocationOption: option },
  };
}

const onNode = <K extends string>(kind: K, name = 'n0') => ({ kind, poolId: 'p', node: name });

describe('a pool that shrinks', () => {
  const jobs = [job('j', [tasks('t', [6, 8])])];
  const timing = latencies({ leave: 2 });

  test('RSZ-12, RSZ-15 requeue: the highest of equals goes, its task runs elsewhere, it is charged while it leaves', () => {
    const outcome = runWith([nodes(2, { timing })], jobs, [[3, resize(1)]]);
    expect(gantt(outcome)).toEqual(['j/t1 0-6 n0', 'j/t2 6-14 n0']);
    expect(task(outcome, 'j/t2')).toMatchObject({ requeues: 1 });
    expect(node(outcome, 'n1')).toMatchObject({ goneMs: 5, runningMs: 3, idleMs: 2 });
    expect(outcome.resizes.get('a/p #2')).toMatchObject({ startMs: 3, endMs: 5, removed: 1, errors: '' });
  });

  test('RSZ-12, RSZ-13 taskcompletion: it leaves after its task and takes no other; the pool is resized until then', () => {
    const happenings = [
      [3, resize(1, 'taskcompletion')],
      [4, resize(2)],
    ] as const;
    const outcome = runWith([nodes(2, { timing })], [job('j', [tasks('t', [6, 8, 1])])], happenings);
    expect(gantt(outcome)).toEqual(['j/t1 0-6 n0', 'j/t2 0-8 n1', 'j/t3 6-7 n0']);
    expect(node(outcome, 'n1')).toMatchObject({ goneMs: 10, runningMs: 8, idleMs: 2 });
    expect(codes(outcome)).toEqual(['ok', 'PoolBeingResized']);
  });

  test('RSZ-12 terminate: its task is completed with TaskEnded', () => {
    const outcome = runWith([nodes(2, { timing })], jobs, [[3, resize(1, 'terminate')]]);
    expect(task(outcome, 'j/t2')).toMatchObject({ failure: 'TaskEnded', endMs: 3, requeues: 0 });
  });

  test('RSZ-14 at the timeout a busy node returns and takes tasks again', () => {
    const long = [job('j', [tasks('t', [TIMEOUT_MS + 50, 60]), tasks('u', [5])])];
    const outcome = runWith([nodes(1)], long, [[10, resize(0, 'taskcompletion')]]);
    expect(outcome.resizes.get('a/p #2')).toMatchObject({ endMs: TIMEOUT_MS + 10, errors: 'RemoveNodesFailed' });
    expect(task(outcome, 'j/t2')).toMatchObject({ startMs: TIMEOUT_MS + 50, node: 'a/p/n0' });
  });

  test('RSZ-11 removing nodes lowers the target: a later growth counts from there, with new ordinals', () => {
    const remove: Operation = {
      ...{ kind: 'removeNodes', poolId: 'p', nodes: ['n0'], resizeTimeoutMs: TIMEOUT_MS },
      nodeDeallocationOption: null,
    };
    const outcome = runWith(
      [nodes(2, { timing: TIMING_NONE })],
      [],
      [
        [3, remove],
        [4, resize(2)],
      ],
    );
    expect([...outcome.nodes].map(([key, { createdMs, goneMs }]) => [key, createdMs, goneMs])).toEqual([
      ['a/p/n0', 0, 3],
      ['a/p/n1', 0, null],
      ['a/p/n2', 4, null],
    ]);
  });

  test('POOL-16 a deleted pool requeues its tasks and is gone when its nodes are; one of its name may come after it', () => {
    const again: Operation = { kind: 'addPool', pool: { ok: true, value: nodes(1, { ready: false }) } };
    const happenings = [
      [3, { kind: 'deletePool', poolId: 'p' }],
      [4, again],
      [7, again],
    ] as const;
    const outcome = runWith([nodes(1, { timing })], [job('j', [tasks('t', [6])])], happenings);
    expect(codes(outcome)).toEqual(['ok', 'PoolExists', 'ok']);
    expect(task(outcome, 'j/t1')).toMatchObject({ node: "a/p'1/n0", startMs: 7, requeues: 1 });
  });

  test('RSZ-10 a stopped resize keeps what it got and drops the rest', () => {
    const capacity = [{ fromMs: 0, toMs: 50, dedicatedNodes: 1, lowPriorityNodes: null }];
    const outcome = runWith([nodes(3, { ready: false, capacity })], [], [[9, { kind: 'stopResizePool', poolId: 'p' }]]);
    expect(outcome.resizes.get('a/p #1')).toMatchObject({ endMs: 9, errors: 'ResizeStopped' });
    expect(outcome.nodes.size).toBe(1);
  });

  test('RSZ-09 preemptible nodes that the quota cut come when another pool gives its cores back', () => {
    const pools = [nodes(0, { targetLowPriorityNodes: 20 }), nodes(0, { id: 'q', targetLowPriorityNodes: 10 })];
    const outcome = runWith(pools, [], [[5, resize(0, null, 18)]]);
    expect(outcome.resizes.get('a/q #1')).toMatchObject({
      reservedLowPriority: 5,
      errors: 'AccountLowPriorityCoreQuotaReached',
    });
    expect(outcome.resizes.get('a/q #2')).toMatchObject({
      startMs: 5,
      endMs: 5,
      reservedLowPriority: 2,
      cause: 'restore',
    });
  });
});

describe('a node', () => {
  test('NODE-11, NODE-12, BILL-04 is taken and comes back: free meanwhile, then it boots; its task runs elsewhere at once', () => {
    const timing = latencies({ replace: 3, create: 2, start: 1 });
    const pool = nodes(0, { targetLowPriorityNodes: 2, timing });
    const take: Operation = { kind: 'preemptNodes', poolId: 'p', count: 1, nodes: null };
    const outcome = runWith([pool], [job('j', [tasks('t', [9])])], [[4, take]]);
    expect(task(outcome, 'j/t1')).toMatchObject({ startMs: 4, node: 'a/p/n1', interruptions: 1, requeues: 0 });
    expect(node(outcome, 'n0')).toMatchObject({ preemptions: 1, runningMs: 4, bootingMs: 3, idleMs: 3, state: 'idle' });
  });

  test('NODE-12 … but not before there is capacity for it', () => {
    const pool = nodes(0, { targetLowPriorityNodes: 1 });
    const limit = (lowPriorityNodes: number | null): Operation => ({
      ...{ kind: 'setCapacity', poolId: 'p' },
      dedicatedNodes: null,
      lowPriorityNodes,
    });
    const take: Operation = { kind: 'preemptNodes', poolId: 'p', count: 1, nodes: null };
    const outcome = runWith(
      [pool],
      [job('j', [tasks('t', [9])])],
      [
        [2, limit(0)],
        [4, take],
        [7, limit(null)],
      ],
    );
    expect(gantt(outcome)).toEqual(['j/t1 7-16 n0']);
  });

  test('NODE-04, NODE-05, SCH-07 takes nothing while its scheduling is disabled; taskcompletion lets its task end', () => {
    const off: Operation = { ...onNode('disableNodeScheduling'), option: 'taskcompletion' };
    const outcome = runWith(
      [nodes(1)],
      [job('j', [tasks('t', [4, 1])])],
      [
        [2, off],
        [3, off],
        [9, onNode('enableNodeScheduling')],
      ],
    );
    expect(gantt(outcome)).toEqual(['j/t1 0-4 n0', 'j/t2 9-10 n0']);
    expect(codes(outcome)).toEqual(['ok', 'NodeAlreadyInTargetSchedulingState', 'ok']);
    expect(node(outcome, 'n0')).toMatchObject({ runningMs: 5, idleMs: 5 });
  });

  test('NODE-06, NODE-07, TASK-09 reboots: what ran is requeued and the node boots again', () => {
    const reboot: Operation = { ...onNode('rebootNode'), option: null };
    const outcome = runWith(
      [nodes(1, { timing: latencies({ reboot: 5 }) })],
      [job('j', [tasks('t', [4])])],
      [
        [2, reboot],
        [3, reboot],
      ],
    );
    expect(gantt(outcome)).toEqual(['j/t1 7-11 n0']);
    expect(task(outcome, 'j/t1')).toMatchObject({ requeues: 1, interruptions: 0 });
    expect(codes(outcome)).toEqual(['ok', 'NodeBeingRebooted']);
    expect(node(outcome, 'n0')).toMatchObject({ bootingMs: 5 });
  });

  test('NODE-10, BILL-05 is stopped and started again; it is free in between', () => {
    const stop: Operation = { ...onNode('deallocateNode'), option: 'taskcompletion' };
    const outcome = runWith(
      [nodes(1, { timing: latencies({ start: 2 }) })],
      [job('j', [tasks('t', [4, 1])])],
      [
        [1, stop],
        [9, onNode('startNode')],
      ],
    );
    expect(gantt(outcome)).toEqual(['j/t1 0-4 n0', 'j/t2 11-12 n0']);
    expect(node(outcome, 'n0')).toMatchObject({ runningMs: 5, bootingMs: 2, idleMs: 0 });
  });

  test('NODE-13, NODE-14 fails: its task is interrupted, and it recovers by a reboot unless it has an error', () => {
    const timing = latencies({ recover: 3, reboot: 2 });
    const failing = (name: string, error: string | null): Operation => ({
      ...onNode('failNode', name),
      error,
      recovers: null,
    });
    const outcome = runWith(
      [nodes(2, { timing })],
      [job('j', [tasks('t', [4, 4])])],
      [
        [1, failing('n0', null)],
        [2, failing('n1', 'DiskFull')],
      ],
    );
    expect(gantt(outcome)).toEqual(['j/t1 6-10 n0', 'j/t2 10-14 n0']);
    expect(node(outcome, 'n0')).toMatchObject({ failedMs: 3, bootingMs: 2 });
    expect(node(outcome, 'n1')).toMatchObject({ failedMs: 12, state: 'unusable' });
  });

  test('NODE-13 out of contact its task is still running; its end is heard of when contact is back', () => {
    const outcome = runWith(
      [nodes(1)],
      [job('j', [tasks('t', [4])])],
      [
        [2, onNode('loseContact')],
        [9, onNode('recoverNode')],
      ],
    );
    expect(gantt(outcome)).toEqual(['j/t1 0-9 n0']);
    expect(node(outcome, 'n0')).toMatchObject({ failedMs: 7, runningMs: 2 });
  });
});

describe('a start task', () => {
  const command = (given: Partial<CommandModel>): CommandModel => ({ ...INSTANT_COMMAND, ...given });
  const startTask = (given: Partial<StartTask>): StartTask => ({
    maxTaskRetryCount: 0,
    waitForSuccess: true,
    command: command({ runtime: each(5) }),
    ...given,
  });
  const cold = { ready: false, timing: latencies({ alloc: 1, create: 2, start: 3 }) };

  test('START-01, START-03 runs before the node takes tasks', () => {
    const outcome = run([nodes(1, { ...cold, startTask: startTask({}) })], [job('j', [tasks('t', [1])])]);
    expect(gantt(outcome)).toEqual(['j/t1 11-12 n0']);
    expect(node(outcome, 'n0')).toMatchObject({ bootingMs: 10, readyMs: 11 });
  });

  test('START-04, START-05 is retried; after its last failure the node takes no tasks', () => {
    const failing = command({ runtime: each(5), exitCode: each(1) });
    const outcome = run(
      [nodes(1, { ...cold, startTask: startTask({ maxTaskRetryCount: 1, command: failing }) })],
      [job('j', [tasks('t', [1])])],
    );
    expect(gantt(outcome)).toEqual(['j/t1 active']);
    expect(node(outcome, 'n0')).toMatchObject({ state: 'starttaskfailed', bootingMs: 15 });
    expect(outcome.nodeTasks.get('start a/p/n0 ')).toMatchObject({
      result: 'failure',
      retries: 1,
      startMs: 11,
      exitCode: 1,
    });
  });

  test('START-06 without waitForSuccess tasks run beside it', () => {
    const outcome = run(
      [nodes(1, { ...cold, startTask: startTask({ waitForSuccess: false }) })],
      [job('j', [tasks('t', [1])])],
    );
    expect(gantt(outcome)).toEqual(['j/t1 6-7 n0']);
    expect(outcome.run.get('run')).toEqual({ endMs: 11 });
  });

  test('START-09 a reboot runs it again', () => {
    const once = command({ runtime: each(5), exitCode: each(1, 0) });
    const reboot: Operation = { ...onNode('rebootNode'), option: null };
    const outcome = runWith(
      [nodes(1, { ...cold, startTask: startTask({ command: once }) })],
      [job('j', [tasks('t', [1])])],
      [[20, reboot]],
    );
    expect(gantt(outcome)).toEqual(['j/t1 25-26 n0']);
  });
});
