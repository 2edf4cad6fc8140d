/** Nodes from their VM to their tasks. */
import { describe, expect, test } from 'vitest';
import { NODE_KINDS, NODE_STATES } from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { each, gantt, job, latencies, logged, pool, run, tasks } from '../helpers/world.js';

const growing = (count: number, given: Parameters<typeof pool>[1] = {}) => pool(count, { ready: false, ...given });
const states = (recording: Recording, node: number) =>
  logged(recording, 'nodeState', true)
    .map((line) => line.split(' ').map(Number))
    .filter(([, subject]) => subject === node)
    .map(([atMs, , state]) => `${atMs} ${NODE_STATES[state as number]}`);

describe('start', () => {
  test('NODE-01, SIM-06 creating → starting → idle, each as long as its latency', () => {
    const recording = run([growing(1, { timing: latencies({ alloc: 10, create: 2, start: 3 }) })], []);
    expect(states(recording, 0)).toEqual(['10 creating', '12 starting', '15 idle']);
    const { nodes } = recording;
    expect([nodes.requestedMs[0], nodes.createdMs[0], nodes.readyMs[0]]).toEqual([0, 10, 15]);
  });

  test('SIM-06 with no latency a node is ready at the instant of its pool', () => {
    expect(states(run([growing(1)], []), 0)).toEqual(['0 creating', '0 starting', '0 idle']);
  });

  test('a pool that stands before the start has no latencies', () => {
    expect(states(run([pool(1, { timing: latencies({ alloc: 9, create: 9, start: 9 }) })], []), 0)).toEqual([
      ...['0 creating', '0 starting', '0 idle'],
    ]);
  });

  test('SCH-02, SCH-07 nodes are used one by one as they become ready, never before', () => {
    const capacity = [{ fromMs: 0, toMs: 7, dedicatedNodes: 1, lowPriorityNodes: null }];
    const timing = latencies({ create: 2, start: 2 });
    const recording = run([growing(2, { capacity, timing })], [job('j', [tasks('t', [20, 20])])]);
    expect(gantt(recording)).toEqual(['j/t1 4-24 n0', 'j/t2 11-31 n1']);
  });
});

describe('numbers and kinds', () => {
  test('SIM-07 nodes count from 0, dedicated before preemptible, in each pool anew', () => {
    const { nodes } = run([growing(2, { targetLowPriorityNodes: 1 }), growing(1, { id: 'q' })], []);
    const rows = Array.from({ length: nodes.count }, (_, i) => [
      ...[nodes.pool[i], nodes.ordinal[i], NODE_KINDS[nodes.kind[i] as number]],
    ]);
    expect(rows).toEqual([
      [0, 0, 'dedicated'],
      [0, 1, 'dedicated'],
      [0, 2, 'spot'],
      [1, 0, 'dedicated'],
    ]);
  });

  test('ACC-03 preemptible nodes do what dedicated ones do', () => {
    const work = [job('j', [tasks('t', [3, 4, 2])])];
    expect(gantt(run([pool(0, { targetLowPriorityNodes: 2 })], work))).toEqual(gantt(run([pool(2)], work)));
  });
});

describe('idle and running', () => {
  test('NODE-02 a node runs from its first assignment, also while only dispatching, until its last task has left', () => {
    const nodes = pool(1, { taskSlotsPerNode: 2, timing: latencies({ dispatch: 3 }) });
    const recording = run([nodes], [job('j', [tasks('t', [2, 6])])], {
      clock: { epochMs: 0, untilMs: null, tailMs: 4 },
    });
    expect(gantt(recording)).toEqual(['j/t1 3-5 n0', 'j/t2 3-9 n0']);
    expect([recording.nodes.runningMs[0], recording.nodes.idleMs[0], recording.nodes.bootingMs[0]]).toEqual([9, 4, 0]);
    expect(NODE_STATES[recording.nodes.state[0] as number]).toBe('idle');
  });

  test('NODE-02 attempts that fail count among the tasks that a node ran', () => {
    const set = tasks('t', [2], { exitCode: each(1, 0), maxTaskRetryCount: 1 });
    expect(run([pool(1)], [job('j', [set])]).nodes.tasksRun[0]).toBe(2);
  });
});
