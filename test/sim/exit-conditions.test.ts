import { describe, expect, test } from 'vitest';
import type { Action, ExitConditions, ExitOptions, Job } from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, jobMoves, taskMoves, taskResult } from '../helpers/job-events.js';
import { afterTasks, each, job, NO_EXIT_CONDITIONS, pool, tasks, world } from '../helpers/world.js';

function options(
  jobAction: ExitOptions['jobAction'],
  dependencyAction: ExitOptions['dependencyAction'] = null,
): ExitOptions {
  return { jobAction, dependencyAction };
}

/** One node: a task that exits with `exitCode` at 5 beside a long one on a second node, then one that waits. */
function runWith(
  exitCode: number,
  conditions: ExitConditions | null,
  given: Partial<Job> = {},
  actions: Action[] = [],
): Recording {
  const first = tasks('a', [5], { exitCode: each(exitCode), exitConditions: conditions });
  const declared = job('j', [first, tasks('b', [20]), tasks('c', [10])], {
    onTaskFailure: 'performexitoptionsjobaction',
    ...given,
  });
  return simulate(world({ pools: [pool(2)], jobs: [declared], actions })).recording;
}

describe('what the end of a task does to its job', () => {
  test('EXIT-05, EXIT-07: without conditions a failure terminates the job with TaskFailed, in the phase of the exit', () => {
    const recording = runWith(1, null);
    expect(jobMoves(recording, 'j')).toEqual(['0 active', '5 terminating', '5 completed']);
    expect(recording.jobs[0]?.terminateReason).toBe('TaskFailed');
    expect(taskMoves(recording, 'j/b1')).toEqual(['0 running n1', '5 stopped jobTerminated']);
    expect(taskResult(recording, 'j/c1')).toBe('active retries 0 requeues 0');
  });

  test('JOB-10: with noaction a failure means nothing to the job', () => {
    expect(jobMoves(runWith(1, null, { onTaskFailure: 'noaction' }), 'j')).toEqual(['0 active']);
  });

  test('EXIT-05: exit code 0 means nothing to the job', () => {
    expect(jobMoves(runWith(0, null), 'j')).toEqual(['0 active']);
  });

  test('EXIT-07: disable is a disable with requeue', () => {
    const recording = runWith(3, { ...NO_EXIT_CONDITIONS, exitCodes: [{ code: 3, exitOptions: options('disable') }] });
    expect(jobMoves(recording, 'j')).toEqual(['0 active', '5 disabling', '5 disabled']);
    expect(taskMoves(recording, 'j/b1')).toEqual(['0 running n1', '5 requeued jobDisabled']);
    expect(taskResult(recording, 'j/a1')).toBe('completed FailureExitCode retries 0 requeues 0');
  });

  test('EXIT-02: the code itself counts before its range, the range before default', () => {
    const conditions: ExitConditions = {
      ...NO_EXIT_CONDITIONS,
      exitCodes: [{ code: 7, exitOptions: options('none') }],
      exitCodeRanges: [{ start: 5, end: 9, exitOptions: options('disable') }],
      default: options('terminate'),
    };
    expect(jobMoves(runWith(7, conditions), 'j')).toEqual(['0 active']);
    expect(jobMoves(runWith(9, conditions), 'j').at(-1)).toBe('5 disabled');
    expect(jobMoves(runWith(10, conditions), 'j').at(-1)).toBe('5 completed');
  });

  test('EXIT-03: default covers tasks that a user ended', () => {
    const ended = [act(3, { kind: 'terminateTask', jobId: 'j', taskId: 'a1' })];
    const conditions = { ...NO_EXIT_CONDITIONS, default: options('disable') };
    expect(jobMoves(runWith(0, conditions, {}, ended), 'j').at(-1)).toBe('3 disabled');
    expect(jobMoves(runWith(0, conditions), 'j')).toEqual(['0 active']);
  });

  test('EXIT-01: a failure that is retried is not the end', () => {
    const first = tasks('a', [5], { exitCode: each(1, 0), maxTaskRetryCount: 1 });
    const declared = job('j', [first], { onTaskFailure: 'performexitoptionsjobaction' });
    const { recording } = simulate(world({ pools: [pool(1)], jobs: [declared] }));
    expect(jobMoves(recording, 'j')).toEqual(['0 active']);
    expect(taskMoves(recording, 'j/a1')).toEqual(['0 running n0', '5 retry 1', '5 running n0', '10 exit 0']);
  });

  test('EXIT-07, JOB-15: a task that is ended with the others by a disable ends the job as its conditions say', () => {
    const stops = [act(3, { kind: 'disableJob', jobId: 'j', disableTasks: 'terminate' })];
    const recording = runWith(0, null, {}, stops);
    expect(jobMoves(recording, 'j')).toEqual(['0 active', '3 disabling', '3 terminating', '3 completed']);
    expect(taskMoves(recording, 'j/b1')).toEqual(['0 running n1', '3 stopped jobTerminated']);
  });

  test('EXIT-04, DEP-03: a condition may let dependents go on although the task failed, in a world with actions too', () => {
    const conditions = { ...NO_EXIT_CONDITIONS, exitCodes: [{ code: 2, exitOptions: options('none', 'satisfy') }] };
    const parent = tasks('a', [5], { exitCode: each(2), exitConditions: conditions });
    const declared = job('j', [parent, tasks('b', [3], afterTasks(['a1']))]);
    for (const actions of [[], [act(100, { kind: 'enableJob', jobId: 'j' })]]) {
      const { recording } = simulate(world({ pools: [pool(1)], jobs: [declared], actions }));
      expect(taskMoves(recording, 'j/b1')).toEqual(['5 running n0', '8 exit 0']);
    }
  });
});
