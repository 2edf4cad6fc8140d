import { expect, test } from 'vitest';
import { NO_DEMANDS, type Pool, TASK_FAILURES, type TaskSet } from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { at, each, FOUR, gantt, job, latencies, pool, run, tasks } from '../helpers/world.js';

const GIB = 1024 ** 3;
/** One node of 8 GiB with four slots. */
const EIGHT: Partial<Pool> = { vmSize: { ...FOUR, memoryGib: 8 }, taskSlotsPerNode: 4 };

/** Tasks that occupy so many GiB each. */
function occupying(gib: number, runtimes: readonly number[], given: Partial<TaskSet> = {}): TaskSet {
  return tasks('t', runtimes, { demands: { ...NO_DEMANDS, memoryBytes: gib * GIB }, ...given });
}

function runOn(given: Partial<Pool>, ...sets: readonly TaskSet[]): Recording {
  return run([pool(1, { ...EIGHT, ...given })], [job('j', sets)]);
}

/** Failure and exit code of each task. */
function ends({ tasks: rows }: Recording): string[] {
  return Array.from(
    { length: rows.count },
    (_, i) => `${TASK_FAILURES[rows.failure[i] as number]} ${rows.exitCode[i]}`,
  );
}

test('memory: what fits exactly runs; the newest beyond it is killed as it begins, a failing exit (TASK-14)', () => {
  const recording = runOn({}, occupying(4, [10, 10, 10]));
  expect(gantt(recording)).toEqual(['j/t1 0-10 n0', 'j/t2 0-10 n0', 'j/t3 0-0 n0']);
  expect(ends(recording)).toEqual([' 0', ' 0', 'FailureExitCode -9']);
});

test('memory: a killed process is retried like any failing exit (TASK-06), here after 4 ms on its way to the node', () => {
  const timing = latencies({ dispatch: 4 });
  const recording = runOn({ timing }, occupying(5, [6, 3], { maxTaskRetryCount: 2 }));
  // t2 dies at 4 and at 8 beside t1, which runs from 4 to 10; its third attempt, at 12, has the node for itself.
  expect(gantt(recording)).toEqual(['j/t1 4-10 n0', 'j/t2 12-15 n0']);
  expect(ends(recording)).toEqual([' 0', ' 0']);
  expect([...recording.attempts.exitCode.subarray(0, 2)]).toEqual([-9, -9]);
  expect([...recording.attempts.endMs.subarray(0, 2)]).toEqual([4, 8]);
});

test('memory: only the process occupies it, not the transfers around it', () => {
  const demands = { ...NO_DEMANDS, memoryBytes: 5 * GIB, downloadBytes: 1, uploadBytes: 1 };
  const sets = [tasks('t', [10], { demands }), tasks('u', [10], { demands, arrival: at(10) })];
  const recording = runOn({ timing: latencies({ download: 5, upload: 5 }) }, ...sets);
  // The process of t1 runs from 5 to 15, that of u1 from 15 to 25.
  expect(gantt(recording)).toEqual(['j/t1 0-20 n0', 'j/u1 10-30 n0']);
  expect(ends(recording)).toEqual([' 0', ' 0']);
});

test('memory: a killed process sends its output where that is meant for failures (TASK-20)', () => {
  const demands = { ...NO_DEMANDS, memoryBytes: 9 * GIB, uploadBytes: 1 };
  const recording = runOn({ timing: latencies({ upload: 5 }) }, tasks('t', [10], { demands }));
  expect(gantt(recording)).toEqual(['j/t1 0-5 n0']);
  expect(ends(recording)).toEqual(['FailureExitCode -9']);
});

test('memory: the exit code is that of a stopped process on the system of the node (TASK-14)', () => {
  expect(ends(runOn({ os: 'windows' }, occupying(9, [10])))).toEqual(['FailureExitCode -1073741510']);
});

test('memory: a size whose memory is not known has enough', () => {
  expect(ends(run([pool(1)], [job('j', [occupying(900, [10])])]))).toEqual([' 0']);
});

test('memory: tasks that declare none are never killed', () => {
  const recording = runOn({}, occupying(8, [10]), tasks('u', [10, 10, 10], { exitCode: each(0) }));
  expect(ends(recording)).toEqual([' 0', ' 0', ' 0', ' 0']);
});
