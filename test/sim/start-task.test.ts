/** Start tasks on nodes (START, PKG-02, PKG-05, POOL-13, POOL-15). */
import { describe, expect, test } from 'vitest';
import { INSTANT_COMMAND, type StartTask } from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { lifeOf, on, preempt, resize, runDeeds } from '../helpers/fleet.js';
import { each, gantt, job, latencies, pool, run, tasks } from '../helpers/world.js';

const startTask = (given: Partial<StartTask> = {}): StartTask => ({
  ...{ maxTaskRetryCount: 0, waitForSuccess: true, command: { ...INSTANT_COMMAND, runtime: each(20) } },
  ...given,
});
const failing = (...exitCodes: readonly [number, ...number[]]) => ({
  ...{ ...INSTANT_COMMAND, runtime: each(20), exitCode: each(...exitCodes) },
});
const growing = (count: number, given: Parameters<typeof pool>[1] = {}) => pool(count, { ready: false, ...given });
const reboot = { kind: 'rebootNode', ...on('n0'), option: null } as const;
const startTasks = ({ nodeTasks }: Recording) =>
  nodeTasks.map(({ node, startMs, endMs, result, exitCode, retries }) => [
    node,
    startMs,
    endMs,
    result,
    exitCode,
    retries,
  ]);

describe('waiting for success', () => {
  const work = () => [job('j', [tasks('t', [10])])];

  test('START-03 the node takes no task until the start task has exited with 0; it is booting meanwhile', () => {
    const recording = run([growing(1, { startTask: startTask(), timing: latencies({ start: 5 }) })], work());
    expect(lifeOf(recording, 0)).toEqual(['0 creating', '0 starting', '5 waitingforstarttask', '25 idle']);
    expect(gantt(recording)).toEqual(['j/t1 25-35 n0']);
    expect(recording.nodes.bootingMs[0]).toBe(25);
    expect(startTasks(recording)).toEqual([[0, 5, 25, 'success', 0, 0]]);
  });

  test('START-06 without waiting the node is idle at once and tasks run beside it; its failure changes only itself', () => {
    const beside = startTask({ waitForSuccess: false, command: failing(3) });
    const recording = run([growing(1, { startTask: beside })], [job('j', [tasks('t', [50])])]);
    expect(gantt(recording)).toEqual(['j/t1 0-50 n0']);
    expect(lifeOf(recording, 0)).toEqual(['0 creating', '0 starting', '0 idle']);
    expect(startTasks(recording)).toEqual([[0, 0, 20, 'failure', 3, 0]]);
  });

  test('START-04 a nonzero exit is retried: n retries are n + 1 attempts, each with its own exit code', () => {
    const retried = startTask({ maxTaskRetryCount: 2, command: failing(1, 1, 0) });
    const recording = run([growing(1, { startTask: retried })], work());
    expect(gantt(recording)).toEqual(['j/t1 60-70 n0']);
    expect(startTasks(recording)).toEqual([[0, 40, 60, 'success', 0, 2]]);
  });

  test('START-05, BILL-02 after the last attempt the node is starttaskfailed: no tasks, still charged, still in the pool', () => {
    const broken = startTask({ maxTaskRetryCount: 1, command: failing(1) });
    const clock = { epochMs: 0, untilMs: 100, tailMs: null };
    const waits = job('k', [tasks('u', [1])], { arrival: { kind: 'at', atMs: 100 } });
    const recording = run([growing(1, { startTask: broken })], [...work(), waits], { clock });
    expect(lifeOf(recording, 0).slice(2)).toEqual(['0 waitingforstarttask', '40 starttaskfailed startTaskFailed']);
    expect([recording.nodes.bootingMs[0], recording.nodes.failedMs[0]]).toEqual([40, 60]);
    expect(gantt(recording)[0]).toBe('j/t1 active');
  });

  test('START-04 a download that fails is not retried', () => {
    const unfetched = startTask({ maxTaskRetryCount: 5, command: { ...INSTANT_COMMAND, fault: 'BlobNotFound' } });
    const recording = run([growing(1, { startTask: unfetched })], work());
    expect(lifeOf(recording, 0)).toContain('0 starttaskfailed startTaskFailed');
    expect(recording.nodeTasks[0]).toMatchObject({ failure: 'BlobNotFound', exitCode: null, retries: 0 });
  });

  test('START-02 resource files are fetched before the command, at the bandwidth of the pool', () => {
    const command = { ...INSTANT_COMMAND, runtime: each(20), downloadBytes: 3_000 };
    const recording = run([growing(1, { startTask: startTask({ command }), bandwidth: 100 })], work());
    expect(gantt(recording)).toEqual(['j/t1 50-60 n0']);
  });

  test('START-03 what holds for one node alone is its own: the third node fails', () => {
    const nodeModels = new Map([[2, { startTask: failing(7) }]]);
    const recording = run([growing(3, { startTask: startTask(), nodeModels })], work());
    expect([0, 1, 2].map((node) => lifeOf(recording, node)[3])).toEqual([
      ...['20 idle', '20 idle', '20 starttaskfailed startTaskFailed'],
    ]);
  });
});

describe('again', () => {
  test('START-01, START-09 a reboot runs it again; attempts go on counting over all boots of the node', () => {
    const mended = startTask({ command: failing(1, 0) });
    const timing = latencies({ reboot: 10 });
    const recording = runDeeds([growing(1, { startTask: mended, timing })], [], [[50, reboot]]);
    expect(lifeOf(recording, 0).slice(2)).toEqual([
      ...['0 waitingforstarttask', '20 starttaskfailed startTaskFailed', '50 rebooting rebootNode', '60 starting'],
      ...['60 waitingforstarttask', '80 idle'],
    ]);
  });

  test('START-01, NODE-12 a preempted node that returns runs it', () => {
    const spot = growing(0, { targetLowPriorityNodes: 1, startTask: startTask(), timing: latencies({ replace: 30 }) });
    const recording = runDeeds([spot], [], [[50, preempt(1)]]);
    expect(lifeOf(recording, 0).slice(4)).toEqual([
      ...['50 preempted preempted', '80 creating replaced', '80 starting', '80 waitingforstarttask', '100 idle'],
    ]);
  });

  test('START-01 one that is interrupted by a reboot ends without an exit code and begins anew', () => {
    const long = startTask({ waitForSuccess: false, command: { ...INSTANT_COMMAND, runtime: each(100) } });
    const recording = runDeeds([growing(1, { startTask: long })], [], [[10, reboot]]);
    expect(startTasks(recording)).toEqual([
      [0, 0, 10, 'failure', null, 0],
      [0, 10, 110, 'success', 0, 0],
    ]);
  });

  test('POOL-14, POOL-15 a changed start task holds for nodes that join later, and for others after a reboot', () => {
    const slower = startTask({ command: { ...INSTANT_COMMAND, runtime: each(70) } });
    const recording = runDeeds(
      [growing(1, { startTask: startTask() })],
      [],
      [
        [30, { kind: 'patchPool', poolId: 'p', changes: { startTask: slower } }],
        [40, resize(2)],
        [200, reboot],
      ],
    );
    expect(lifeOf(recording, 1).at(-1)).toBe('110 idle');
    expect(lifeOf(recording, 0).slice(-2)).toEqual(['200 waitingforstarttask', '270 idle']);
  });

  test('POOL-14 an update of all properties removes the start task that it does not name', () => {
    const recording = runDeeds(
      [growing(1, { startTask: startTask() })],
      [],
      [
        [30, { kind: 'updatePoolProperties', poolId: 'p', changes: {} }],
        [40, resize(2)],
      ],
    );
    expect(lifeOf(recording, 1)).toEqual(['40 creating', '40 starting', '40 idle']);
  });
});

test('NODE-17, START-08 it takes no slot: the node runs as many tasks beside it as it has slots', () => {
  const beside = startTask({ waitForSuccess: false });
  const nodes = growing(1, { startTask: beside, taskSlotsPerNode: 2 });
  expect(gantt(run([nodes], [job('j', [tasks('t', [5, 5])])]))).toEqual(['j/t1 0-5 n0', 'j/t2 0-5 n0']);
});
