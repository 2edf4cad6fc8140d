/** The oracle on jobs that change, end and come back, against cases worked by hand (JOB, TASK, EXIT). */
import { describe, expect, test } from 'vitest';
import type { ExitConditions, Operation } from '../../src/model/index.js';
import {
  codes,
  each,
  gantt,
  job,
  NO_EXIT_CONDITIONS,
  nodes,
  run,
  runWith,
  task,
  tasks,
} from '../helpers/oracle/cases.js';

const disable = (disableTasks: 'requeue' | 'terminate' | 'wait'): Operation => ({
  kind: 'disableJob',
  jobId: 'j',
  disableTasks,
});
const enable: Operation = { kind: 'enableJob', jobId: 'j' };
const terminate: Operation = { kind: 'terminateJob', jobId: 'j', terminateReason: null, force: false };

describe('a job that is disabled', () => {
  test('JOB-15, TASK-09 requeue: what runs starts anew after enable, its attempt counts as a requeue', () => {
    const outcome = runWith(
      [nodes(1)],
      [job('j', [tasks('t', [4, 1])])],
      [
        [3, disable('requeue')],
        [10, enable],
      ],
    );
    expect(gantt(outcome)).toEqual(['j/t1 10-14 n0', 'j/t2 14-15 n0']);
    expect(task(outcome, 'j/t1')).toMatchObject({ requeues: 1, interruptions: 0, retries: 0 });
    expect(outcome.attempts.get('a/j/t1 #1')).toMatchObject({ startMs: 0, endMs: 3, outcome: 'jobDisabled' });
  });

  test('JOB-15, TASK-15 terminate: what runs is completed with TaskEnded', () => {
    const outcome = runWith(
      [nodes(1)],
      [job('j', [tasks('t', [4, 1])])],
      [
        [3, disable('terminate')],
        [10, enable],
      ],
    );
    expect(gantt(outcome)).toEqual(['j/t1 0-3 n0', 'j/t2 10-11 n0']);
    expect(task(outcome, 'j/t1')).toMatchObject({ failure: 'TaskEnded', exitCode: -9, requeues: 0 });
  });

  test('JOB-15, JOB-16 wait: it finishes what it has begun; a retry waits for enable', () => {
    const failing = tasks('t', [4, 1], { exitCode: each(1, 0), maxTaskRetryCount: 1 });
    const outcome = runWith(
      [nodes(1)],
      [job('j', [failing])],
      [
        [3, disable('wait')],
        [9, enable],
      ],
    );
    expect(gantt(outcome)).toEqual(['j/t1 9-13 n0', 'j/t2 14-15 n0']);
    expect(outcome.attempts.get('a/j/t1 #1')).toMatchObject({ endMs: 4, outcome: 'retry' });
  });

  test('JOB-17 it is enabled once it is disabled, not while it still runs', () => {
    const happenings = [
      [1, enable],
      [2, disable('wait')],
      [3, enable],
      [5, enable],
    ] as const;
    expect(codes(runWith([nodes(1)], [job('j', [tasks('t', [4])])], happenings))).toEqual([
      ...['OperationInvalidForCurrentState', 'ok', 'OperationInvalidForCurrentState', 'ok'],
    ]);
  });

  test('SIM-03 a task that exits at the instant of the disable has completed', () => {
    const outcome = runWith([nodes(1)], [job('j', [tasks('t', [3, 1])])], [[3, disable('requeue')]]);
    expect(gantt(outcome)).toEqual(['j/t1 0-3 n0', 'j/t2 active']);
  });

  test('JOB-21 its pool may change only then; the tasks run on the new one', () => {
    const move: Operation = { kind: 'patchJob', jobId: 'j', changes: { poolId: 'q' } };
    const happenings = [
      [1, move],
      [2, disable('requeue')],
      [2, move],
      [3, enable],
    ] as const;
    const outcome = runWith([nodes(1), nodes(1, { id: 'q' })], [job('j', [tasks('t', [4])])], happenings);
    expect(codes(outcome)).toEqual(['OperationInvalidForCurrentState', 'ok', 'ok', 'ok']);
    expect(task(outcome, 'j/t1')).toMatchObject({ node: 'a/q/n0', startMs: 3, endMs: 7 });
  });
});

describe('a job that ends', () => {
  test('JOB-11, JOB-12 terminate: what runs is ended, what waits stays active for ever, nothing is added', () => {
    const add: Operation = { kind: 'addTasks', jobId: 'j', tasks: { ok: true, value: [tasks('u', [1])] } };
    const outcome = runWith(
      [nodes(1)],
      [job('j', [tasks('t', [4, 1])])],
      [
        [2, terminate],
        [3, terminate],
        [4, add],
      ],
    );
    expect(gantt(outcome)).toEqual(['j/t1 0-2 n0', 'j/t2 active']);
    expect(outcome.jobs.get('a/j')).toMatchObject({
      state: 'completed',
      endMs: 2,
      reason: 'UserTerminate',
      taskCount: 2,
    });
    expect(codes(outcome)).toEqual(['ok', 'JobCompleted', 'JobCompleted']);
  });

  test('JOB-06 at its wall clock, from its creation', () => {
    const outcome = run([nodes(1)], [job('j', [tasks('t', [4, 4])], { maxWallClockTimeMs: 6 })]);
    expect(gantt(outcome)).toEqual(['j/t1 0-4 n0', 'j/t2 4-6 n0']);
    expect(outcome.jobs.get('a/j')).toMatchObject({ endMs: 6, reason: 'MaxWallClockTimeExpiry' });
  });

  test('JOB-08 when all tasks are complete: at once without any, and not while one that came in time is there', () => {
    const given = { onAllTasksComplete: 'terminatejob' } as const;
    const late = tasks('u', [2], { arrival: { kind: 'at', atMs: 3 } });
    const outcome = run([nodes(1)], [job('j', [tasks('t', [3]), late], given), job('k', [], given)]);
    expect(outcome.jobs.get('a/j')).toMatchObject({ endMs: 5, reason: 'AllTasksComplete' });
    expect(outcome.jobs.get('a/k')).toMatchObject({ endMs: 0, reason: 'AllTasksComplete' });
  });

  test('JOB-14 a deleted job is gone with its tasks', () => {
    const outcome = runWith(
      [nodes(1)],
      [job('j', [tasks('t', [4])])],
      [
        [2, { kind: 'deleteJob', jobId: 'j', force: false }],
        [3, terminate],
      ],
    );
    expect(outcome.jobs.get('a/j')).toMatchObject({ state: 'deleted', endMs: null });
    expect(codes(outcome)).toEqual(['ok', 'JobNotFound']);
  });
});

describe('a failing task', () => {
  const conditions = (given: Partial<ExitConditions>): ExitConditions => ({
    ...NO_EXIT_CONDITIONS,
    ...given,
  });

  test('EXIT-05, EXIT-07 ends its job unless its exit is listed with another action; a code comes before a range', () => {
    const listed = conditions({
      exitCodes: [{ code: 3, exitOptions: { dependencyAction: null, jobAction: 'none' } }],
      exitCodeRanges: [{ start: 1, end: 9, exitOptions: { dependencyAction: null, jobAction: 'disable' } }],
    });
    const failing = tasks('t', [1, 2, 4, 1], { exitCode: Int32Array.of(3, 4, 0, 0), exitConditions: listed });
    const given = { onTaskFailure: 'performexitoptionsjobaction' } as const;
    const outcome = run(
      [nodes(3)],
      [job('j', [failing], given), job('k', [tasks('t', [5], { exitCode: each(1) })], given)],
    );
    expect(gantt(outcome)).toEqual([
      ...['j/t1 0-1 n0', 'j/t2 0-2 n2', 'j/t3 1-active n0', 'j/t4 active', 'k/t1 0-5 n1'],
    ]);
    expect(outcome.jobs.get('a/j')).toMatchObject({ state: 'disabled' });
    expect(outcome.jobs.get('a/k')).toMatchObject({ state: 'completed', endMs: 5, reason: 'TaskFailed' });
  });

  test('EXIT-02, EXIT-04, DEP-03 satisfies those that wait for it if its exit says so', () => {
    const satisfy = conditions({ default: { dependencyAction: 'satisfy', jobAction: null } });
    const parent = tasks('t', [1], { exitCode: each(7), exitConditions: satisfy });
    const child = tasks('u', [1], { dependsOn: { taskIds: ['t1'], taskIdRanges: [], columns: null } });
    expect(gantt(run([nodes(1)], [job('j', [parent, child])]))).toEqual(['j/t1 0-1 n0', 'j/u1 1-2 n0']);
  });
});

describe('operations on a task', () => {
  const on = (kind: 'terminateTask' | 'deleteTask' | 'reactivateTask', taskId: string): Operation => ({
    kind,
    jobId: 'j',
    taskId,
  });

  test('TASK-22, TASK-24 terminated it is completed, reactivated it runs from the beginning', () => {
    const happenings = [
      [2, on('terminateTask', 't1')],
      [2, on('terminateTask', 'T1')],
      [5, on('reactivateTask', 't1')],
    ] as const;
    const outcome = runWith([nodes(1)], [job('j', [tasks('t', [4, 1])])], happenings);
    expect(codes(outcome)).toEqual(['ok', 'TaskCompleted', 'ok']);
    expect(gantt(outcome)).toEqual(['j/t1 5-9 n0', 'j/t2 2-3 n0']);
    expect(outcome.attempts.get('a/j/t1 #1')).toMatchObject({ startMs: 0, endMs: 2, outcome: 'reactivated' });
  });

  test('TASK-24 one that succeeded or is active is not reactivated', () => {
    const happenings = [
      [2, on('reactivateTask', 't1')],
      [2, on('reactivateTask', 't2')],
    ] as const;
    expect(codes(runWith([nodes(2)], [job('j', [tasks('t', [1, 9])])], happenings))).toEqual([
      'TaskSucceeded',
      'TaskNotCompleted',
    ]);
  });

  test('TASK-23, DEP-09 a deleted parent leaves its children waiting until its id is added again', () => {
    const child = tasks('u', [1], { dependsOn: { taskIds: ['t1'], taskIdRanges: [], columns: null } });
    const again: Operation = { kind: 'addTasks', jobId: 'j', tasks: { ok: true, value: [tasks('t', [2])] } };
    const outcome = runWith(
      [nodes(1)],
      [job('j', [tasks('t', [4]), child])],
      [
        [1, on('deleteTask', 't1')],
        [6, again],
      ],
    );
    expect(task(outcome, 'j/u1')).toMatchObject({ readyMs: 8, startMs: 8 });
    expect(task(outcome, 'j/t1@0')).toMatchObject({ deletedMs: 1 });
  });

  test('JOB-04, SCH-04 a new priority counts from the next pass on', () => {
    const jobs = [job('k', [tasks('t', [2, 2])]), job('j', [tasks('t', [2])], { priority: -1 })];
    const outcome = runWith([nodes(1)], jobs, [[1, { kind: 'patchJob', jobId: 'j', changes: { priority: 5 } }]]);
    expect(gantt(outcome)).toEqual(['k/t1 0-2 n0', 'k/t2 4-6 n0', 'j/t1 2-4 n0']);
  });
});
