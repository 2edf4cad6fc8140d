import { expect, test } from 'vitest';
import { NO_DEMANDS, type Pool, TASK_FAILURES, type TaskSet } from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { commandOf, parallel } from '../helpers/parallel-tasks.js';
import { at, each, gantt, job, latencies, logged, pool, run, tasks } from '../helpers/world.js';

const MPI: Partial<Pool> = { enableInterNodeCommunication: true };

function runOn(nodes: number, given: Partial<Pool>, ...sets: readonly TaskSet[]): Recording {
  return run([pool(nodes, { ...MPI, ...given })], [job('j', sets)]);
}

/** `task.id node from-to state exit` of each subtask. */
function subtasks({ subtasks: rows, nodes }: Recording): string[] {
  return rows.map(
    ({ task, id, node, startMs, endMs, state, exitCode }) =>
      `${task}.${id} n${nodes.ordinal[node]} ${startMs}-${endMs} ${state} ${exitCode}`,
  );
}

function ends({ tasks: rows }: Recording): string[] {
  return Array.from(
    { length: rows.count },
    (_, i) => `${TASK_FAILURES[rows.failure[i] as number]} ${rows.exitCode[i]}`,
  );
}

test('MI-02, MI-05, MI-06 it runs on N nodes: coordination on all, the command on the master, then all are free', () => {
  const recording = runOn(3, {}, parallel(3), tasks('t', [1]));
  expect(gantt(recording)).toEqual(['j/m1 0-12 n0', 'j/t1 12-13 n0']);
  expect(subtasks(recording)).toEqual(['0.1 n1 0-12 completed 0', '0.2 n2 0-12 completed 0']);
  expect(logged(recording, 'subtaskStarted')).toEqual(['0 0', '0 1']);
  expect(logged(recording, 'subtaskEnded')).toEqual(['12 0', '12 1']);
});

test('MI-03 it waits until enough nodes are idle at once, and holds none back', () => {
  const sets = [tasks('t', [5, 7]), parallel(2, { arrival: at(1) }), tasks('u', [4], { arrival: at(2) })];
  // n0 is idle at 5 and taken by u1 until 9; n1 is idle at 7: both at 9.
  expect(gantt(runOn(2, {}, ...sets))).toEqual(['j/t1 0-5 n0', 'j/t2 0-7 n1', 'j/m1 9-21 n0', 'j/u1 5-9 n0']);
});

test('MI-04 it takes the lowest idle nodes, dedicated before spot ones', () => {
  const recording = runOn(1, { targetLowPriorityNodes: 2 }, tasks('t', [3]), parallel(2, { arrival: at(1) }));
  expect(gantt(recording)[1]).toBe('j/m1 1-13 n1');
  expect(subtasks(recording)).toEqual(['1.1 n2 1-13 completed 0']);
});

test('MI-05 common files come to every node first; the files of the task concern the primary alone (MI-09)', () => {
  const demands = { ...NO_DEMANDS, downloadBytes: 30, uploadBytes: 10 };
  const recording = runOn(2, { bandwidth: 10 }, parallel(2, { demands }, { commonDownloadBytes: 50 }));
  expect(gantt(recording)).toEqual(['j/m1 0-21 n0']); // 3 + 5 + 2 + 10 + 1
  expect(subtasks(recording)).toEqual(['0.1 n1 0-21 completed 0']);
});

test('MI-07 a coordination command that fails on the primary fails the task with its exit code', () => {
  const recording = runOn(2, {}, parallel(2, {}, { coordination: commandOf(2, 9) }));
  expect(gantt(recording)).toEqual(['j/m1 0-2 n0']);
  expect(ends(recording)).toEqual(['FailureExitCode 9']);
});

test('MI-07 a failing subtask stops the task on all nodes, and it is retried on all of them', () => {
  const demands = { ...NO_DEMANDS, exitCodeOnNode: new Map([[1, 7]]) };
  const recording = runOn(2, {}, parallel(2, { demands, maxTaskRetryCount: 1 }));
  expect(gantt(recording)).toEqual(['j/m1 2-4 n0']);
  expect(ends(recording)).toEqual(['FailureExitCode 7']);
  expect(recording.tasks.retries[0]).toBe(1);
  expect(subtasks(recording)).toEqual(['0.1 n1 0-2 completed 7', '0.1 n1 2-4 completed 7']);
});

test('MI-07 a list of exit codes has one value per attempt: the second succeeds', () => {
  const coordination = { ...commandOf(2), runtime: each(2, 3), exitCode: each(1, 0) };
  const recording = runOn(2, {}, parallel(2, { maxTaskRetryCount: 1 }, { coordination }));
  expect(gantt(recording)).toEqual(['j/m1 2-15 n0']);
  expect(ends(recording)).toEqual([' 0']);
});

test('MI-07, TASK-06 a fault before the coordination command is not retried', () => {
  const coordination = { ...commandOf(2), downloadBytes: 40, fault: 'BlobNotFound' } as const;
  const recording = runOn(2, { bandwidth: 10 }, parallel(2, { maxTaskRetryCount: 3 }, { coordination }));
  expect(gantt(recording)).toEqual(['j/m1 0-4 n0']);
  expect(ends(recording)).toEqual(['BlobNotFound -2147483648']);
});

test('MI-09, TASK-11 the wall clock counts coordination and command; what is stopped has no exit code of its own', () => {
  const recording = runOn(2, {}, parallel(2, { maxWallClockTimeMs: 11 }));
  expect([gantt(recording)[0], ends(recording)[0]]).toEqual(['j/m1 0-11 n0', 'TaskEnded -9']);
  const early = runOn(2, {}, parallel(2, { maxWallClockTimeMs: 1 }));
  expect(subtasks(early)).toEqual(['0.1 n1 0-1 completed null']);
  expect(gantt(runOn(2, {}, parallel(2, { maxWallClockTimeMs: 12 })))).toEqual(['j/m1 0-12 n0']);
});

test('MI-01 on a pool without inter-node communication, or with several slots, it stays active', () => {
  for (const given of [{ enableInterNodeCommunication: false }, { taskSlotsPerNode: 2 }]) {
    const recording = runOn(2, given, parallel(2));
    expect(gantt(recording)).toEqual(['j/m1 active']);
    expect(recording.unfinished.count).toBe(1);
  }
});

test('MI-02 one instance is a primary alone', () => {
  const recording = runOn(1, {}, parallel(1));
  expect(gantt(recording)).toEqual(['j/m1 0-12 n0']);
  expect(recording.subtasks).toEqual([]);
});

test('SCH-11, MI-10 subtasks are given to their nodes with the primary, and hold their slots from then on', () => {
  const recording = runOn(2, { timing: latencies({ dispatch: 5 }) }, parallel(2));
  expect(gantt(recording)).toEqual(['j/m1 5-17 n0']);
  expect(subtasks(recording)).toEqual(['0.1 n1 0-17 completed 0']);
  expect([...recording.nodes.runningMs.subarray(0, 2)]).toEqual([17, 17]);
});

test('SIM-06 kill, MI-10 the nodes are held until the stopped processes are gone', () => {
  const recording = runOn(2, { timing: latencies({ kill: 3 }) }, parallel(2, { maxWallClockTimeMs: 4 }));
  expect(gantt(recording)).toEqual(['j/m1 0-7 n0']);
  expect(subtasks(recording)).toEqual(['0.1 n1 0-7 completed 0']);
});
