/** Limits on how long an attempt may run. */
import { expect, test } from 'vitest';
import { DEFAULT_OPTIONS, TASK_FAILURES } from '../../src/model/index.js';
import { each, gantt, job, latencies, logged, pool, run, tasks } from '../helpers/world.js';

test('TASK-11, TASK-15 a process that runs too long is stopped at its wall clock and failed with TaskEnded', () => {
  const recording = run([pool(1)], [job('j', [tasks('t', [9, 1], { maxWallClockTimeMs: 3 })])]);
  expect(gantt(recording)).toEqual(['j/t1 0-3 n0', 'j/t2 3-4 n0']);
  expect(TASK_FAILURES[recording.tasks.failure[0] as number]).toBe('TaskEnded');
  expect(logged(recording, 'taskTimedOut', true)).toEqual(['3 0 -9']);
});

test('SIM-03, TASK-11 a process that exits exactly when its wall clock expires has exited normally', () => {
  const recording = run([pool(2)], [job('j', [tasks('t', [3, 4], { maxWallClockTimeMs: 3 })])]);
  expect(logged(recording, 'taskFinished')).toEqual(['3 0']);
  expect(logged(recording, 'taskTimedOut')).toEqual(['3 1']);
});

test('TASK-06, TASK-11 what the wall clock ended is not retried', () => {
  const recording = run([pool(1)], [job('j', [tasks('t', [9], { maxWallClockTimeMs: 3, maxTaskRetryCount: 4 })])]);
  expect([recording.tasks.retries[0], recording.tasks.endMs[0]]).toEqual([0, 3]);
});

test('TASK-11 every attempt has the full time', () => {
  const set = tasks('t', [0], {
    runtime: each(3, 3, 9),
    exitCode: each(1),
    maxTaskRetryCount: 4,
    maxWallClockTimeMs: 4,
  });
  const recording = run([pool(1)], [job('j', [set])]);
  expect(gantt(recording)).toEqual(['j/t1 6-10 n0']);
  expect(recording.tasks.retries[0]).toBe(2);
});

test('TASK-11 the time counts from the start of the process, not from its assignment', () => {
  const nodes = pool(1, { timing: latencies({ dispatch: 5 }) });
  expect(gantt(run([nodes], [job('j', [tasks('t', [9], { maxWallClockTimeMs: 3 })])]))).toEqual(['j/t1 5-8 n0']);
});

test('TASK-11 a column has a limit for each task, -1 for none', () => {
  const set = tasks('t', [9, 9], { maxWallClockTimeMs: Float64Array.of(2, -1) });
  expect(gantt(run([pool(2)], [job('j', [set])]))).toEqual(['j/t1 0-2 n0', 'j/t2 0-9 n1']);
});

test.each([
  ['linux', null, -9],
  ['windows', null, -1073741510],
  ['windows', 77, 77],
] as const)('TASK-14 a process stopped on %s with option %s exits with %i', (os, killedExitCode, expected) => {
  const options = { ...DEFAULT_OPTIONS, killedExitCode };
  const { tasks: rows } = run([pool(1, { os })], [job('j', [tasks('t', [9], { maxWallClockTimeMs: 1 })])], { options });
  expect(rows.exitCode[0]).toBe(expected);
});
