/** Tasks that fail and run again. */
import { expect, test } from 'vitest';
import { TASK_FAILURES, TASK_STATES } from '../../src/model/index.js';
import { ATTEMPT_ENDS } from '../../src/recording/index.js';
import { each, gantt, job, logged, pool, run, tasks } from '../helpers/world.js';

test('TASK-02, TASK-06 a non-zero exit goes back to active and runs again; code 0 ends it', () => {
  const recording = run([pool(1)], [job('j', [tasks('t', [2], { exitCode: each(7, 0), maxTaskRetryCount: 5 })])]);
  expect(gantt(recording)).toEqual(['j/t1 2-4 n0']);
  expect([recording.tasks.retries[0], recording.tasks.exitCode[0]]).toEqual([1, 0]);
  expect(logged(recording, 'taskRetried', true)).toEqual(['2 0 7']);
});

test.each([
  [0, 1],
  [1, 2],
  [4, 5],
])('TASK-07 %i retries are %i attempts', (maxTaskRetryCount, attempts) => {
  const recording = run([pool(1)], [job('j', [tasks('t', [3], { exitCode: each(1), maxTaskRetryCount })])]);
  expect(recording.tasks.endMs[0]).toBe(3 * attempts);
  expect(recording.nodes.tasksRun[0]).toBe(attempts);
  expect(recording.tasks.retries[0]).toBe(attempts - 1);
});

test('TASK-07 -1 is no limit', () => {
  const set = tasks('t', [1], { exitCode: each(...(Array(50).fill(1) as [number]), 0), maxTaskRetryCount: -1 });
  expect(gantt(run([pool(1)], [job('j', [set])]))).toEqual(['j/t1 50-51 n0']);
});

test.each([
  [null, 2, 2],
  [0, 2, 0],
  [1, 0, 1],
  [null, 0, 0],
])('JOB-07, TASK-12 own retries %s, the job’s %i: %i', (own, maxTaskRetryCount, expected) => {
  const set = tasks('t', [1], { exitCode: each(3), maxTaskRetryCount: own });
  expect(run([pool(1)], [job('j', [set], { maxTaskRetryCount })]).tasks.retries[0]).toBe(expected);
});

test('TASK-08, SCH-12 a retried task keeps its place in the order of its job', () => {
  const set = tasks('t', [2, 5], { exitCode: Int32Array.of(1, 0), maxTaskRetryCount: 1 });
  expect(gantt(run([pool(1)], [job('j', [set, tasks('u', [4])])]))).toEqual([
    ...['j/t1 2-4 n0', 'j/t2 4-9 n0', 'j/u1 9-13 n0'],
  ]);
});

test('TASK-08 between attempts a task is active, counts its retry at once, and may go to another node', () => {
  const first = tasks('t', [2], { exitCode: each(1, 0), maxTaskRetryCount: 1 });
  const top = job('top', [tasks('u', [9])], { priority: 1, arrival: { kind: 'at', atMs: 2 } });
  const jobs = [job('j', [first, tasks('v', [6])]), top];
  const recording = run([pool(2)], jobs);
  expect(gantt(recording)).toEqual(['j/t1 6-8 n1', 'j/v1 0-6 n1', 'top/u1 2-11 n0']);
  const midway = run([pool(2)], jobs, { clock: { epochMs: 0, untilMs: 3, tailMs: null } });
  expect(TASK_STATES[midway.tasks.state[0] as number]).toBe('active');
  expect(midway.tasks.retries[0]).toBe(1);
});

test('TASK-03, TASK-08 start and end are those of the latest attempt, earlier ones are kept apart', () => {
  const set = tasks('t', [0], { runtime: each(2, 3), exitCode: each(7, 0), maxTaskRetryCount: 1 });
  const { tasks: rows, attempts } = run([pool(1)], [job('j', [set])]);
  expect([rows.readyMs[0], rows.startMs[0], rows.endMs[0]]).toEqual([2, 2, 5]);
  expect(attempts.count).toBe(1);
  expect([attempts.task[0], attempts.startMs[0], attempts.endMs[0], attempts.exitCode[0]]).toEqual([0, 0, 2, 7]);
  expect(ATTEMPT_ENDS[attempts.outcome[0] as number]).toBe('retry');
});

test('SIM-08 a list has a value per attempt, and the last holds for all that follow', () => {
  const set = tasks('t', [0], { runtime: each(5, 2), exitCode: each(1, 1, 1, 0), maxTaskRetryCount: 9 });
  expect(gantt(run([pool(1)], [job('j', [set])]))).toEqual(['j/t1 9-11 n0']);
});

test('TASK-04 a failure has a code, a success none', () => {
  const set = tasks('t', [1, 1, 9], { exitCode: Int32Array.of(0, 4, 0), maxWallClockTimeMs: 5 });
  const { tasks: rows } = run([pool(3)], [job('j', [set])]);
  const failures = Array.from(rows.failure.slice(0, 3), (index) => TASK_FAILURES[index]);
  expect(failures).toEqual(['', 'FailureExitCode', 'TaskEnded']);
});
