import { describe, expect, test } from 'vitest';
import {
  type Account,
  type Action,
  type ExitConditions,
  type ExitOptions,
  type Job,
  NO_DEMANDS,
  type Operation,
  type TaskSet,
} from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, jobMoves, taskMoves, taskResult } from '../helpers/job-events.js';
import { afterTasks, each, gantt, job, latencies, NO_EXIT_CONDITIONS, pool, tasks, world } from '../helpers/world.js';

const SATISFY: ExitOptions = { dependencyAction: 'satisfy', jobAction: null };
const BLOCK: ExitOptions = { dependencyAction: 'block', jobAction: null };
const jobAction = (action: ExitOptions['jobAction']): ExitOptions => ({ dependencyAction: null, jobAction: action });
const ACTS: Partial<Job> = { onTaskFailure: 'performexitoptionsjobaction' };

function runOn(jobs: readonly Job[], actions: readonly Action[] = [], given: Partial<Account> = {}): Recording {
  return simulate(world({ pools: [pool(1)], jobs, actions, ...given })).recording;
}

/** Whether a task with these conditions lets the one that waits for it go on. */
function satisfies(
  set: Partial<TaskSet>,
  conditions: Partial<ExitConditions> | null,
  actions: readonly Action[] = [],
): boolean {
  const exitConditions = conditions === null ? null : { ...NO_EXIT_CONDITIONS, ...conditions };
  const sets = [tasks('t', [10], { ...set, exitConditions }), tasks('u', [1], afterTasks(['t1']))];
  return !gantt(runOn([job('j', sets)], actions))[1]?.endsWith('active');
}

const exits = (code: number): Partial<TaskSet> => ({ exitCode: each(code) });
const missing: Partial<TaskSet> = { demands: { ...NO_DEMANDS, fault: 'BlobNotFound' } };
const uploadFails: Partial<TaskSet> = { demands: { ...NO_DEMANDS, uploadFault: 'FileUploadMiscError' } };
const stop: Action = act(5, { kind: 'terminateTask', jobId: 'j', taskId: 't1' });

describe('what counts', () => {
  test('EXIT-01: once, when the task is completed: not for attempts that are retried, requeued or lost', () => {
    const conditions = { ...NO_EXIT_CONDITIONS, exitCodes: [{ code: 1, exitOptions: jobAction('disable') }] };
    const set = tasks('t', [10], { exitCode: each(1, 1, 0), maxTaskRetryCount: 2, exitConditions: conditions });
    const recording = runOn(
      [job('j', [set], ACTS)],
      [act(15, { kind: 'rebootNode', poolId: 'p', node: 'n0', option: 'requeue' })],
    );
    expect(taskMoves(recording, 'j/t1').at(-1)).toBe('25 exit 0');
    expect(jobMoves(recording, 'j')).toEqual(['0 active']);
  });

  test('EXIT-02: the code goes before its range, a range includes both its ends', () => {
    const range = { start: 3, end: 5, exitOptions: SATISFY };
    const found = [2, 3, 4, 5, 6].map((code) => satisfies(exits(code), { exitCodeRanges: [range] }));
    expect(found).toEqual([false, true, true, true, false]);
    expect(satisfies(exits(4), { exitCodeRanges: [range], exitCodes: [{ code: 4, exitOptions: BLOCK }] })).toBe(false);
  });

  test('EXIT-02: errors before and after the process have entries of their own, before default', () => {
    expect(satisfies(missing, { preProcessingError: SATISFY, default: BLOCK })).toBe(true);
    expect(satisfies(uploadFails, { fileUploadError: SATISFY, default: BLOCK })).toBe(true);
    expect(satisfies(missing, { fileUploadError: SATISFY })).toBe(false);
    expect(satisfies(uploadFails, { preProcessingError: SATISFY })).toBe(false);
  });

  test('EXIT-02: a code that is listed wins over the upload error that follows it', () => {
    const listed = { exitCodes: [{ code: 0, exitOptions: SATISFY }], fileUploadError: BLOCK };
    expect(satisfies(uploadFails, listed)).toBe(true);
  });

  test('EXIT-03: default covers other codes, errors without an entry and tasks that were ended, never code 0', () => {
    expect(satisfies(exits(9), { default: SATISFY })).toBe(true);
    expect(satisfies(missing, { default: SATISFY })).toBe(true);
    expect(satisfies(uploadFails, { default: SATISFY })).toBe(true);
    expect(satisfies({}, { default: SATISFY }, [stop])).toBe(true);
    expect(satisfies({ maxWallClockTimeMs: 5 }, { default: SATISFY })).toBe(true);
    expect(satisfies(exits(0), { default: BLOCK })).toBe(true);
  });

  test('EXIT-04, EXIT-08: without a word about it, exit code 0 with its output sent satisfies, all else blocks', () => {
    expect(satisfies(exits(0), null)).toBe(true);
    expect(satisfies(exits(0), { exitCodes: [{ code: 0, exitOptions: jobAction('none') }] })).toBe(true);
    expect(satisfies(exits(1), { exitCodes: [{ code: 1, exitOptions: jobAction('none') }] })).toBe(false);
    for (const set of [exits(1), missing, uploadFails, { maxWallClockTimeMs: 5 }])
      expect(satisfies(set, null)).toBe(false);
    expect(satisfies({}, null, [stop])).toBe(false);
  });
});

describe('what the job does', () => {
  const withCode = (code: number, options: ExitOptions) => [
    tasks('t', [10], {
      ...exits(code),
      exitConditions: { ...NO_EXIT_CONDITIONS, exitCodes: [{ code, exitOptions: options }] },
    }),
    tasks('u', [100]),
  ];

  test('EXIT-05: a failure terminates by default, an entry can say none, and exit code 0 can say terminate', () => {
    const endOf = (code: number, options: ExitOptions) =>
      jobMoves(runOn([job('j', withCode(code, options), ACTS)]), 'j').at(-1);
    expect(endOf(1, SATISFY)).toBe('10 completed');
    expect(endOf(1, jobAction('none'))).toBe('0 active');
    expect(endOf(0, BLOCK)).toBe('0 active');
    expect(endOf(0, jobAction('terminate'))).toBe('10 completed');
  });

  test('EXIT-06, ERR-18: an action for a job that performs none is 400 InvalidPropertyValue, with the job and later', () => {
    const value = withCode(1, jobAction('none'));
    const recording = runOn(
      [job('j', [])],
      [
        act(1, { kind: 'addTasks', jobId: 'j', tasks: { ok: true, value } }),
        act(2, { kind: 'addJob', job: { ok: true, value: job('k', value) } }),
        act(3, { kind: 'addJob', job: { ok: true, value: job('l', value, ACTS) } }),
      ],
    );
    expect(recording.operations.map(({ code, status }) => `${code} ${status}`)).toEqual([
      'InvalidPropertyValue 200', // of the task: the call adds a collection (TASK-26)
      'InvalidPropertyValue 400',
      'null 201',
    ]);
  });

  test('EXIT-07: disable requeues what runs, in the phase of the exit: nothing is placed at that instant', () => {
    const enable: Operation = { kind: 'enableJob', jobId: 'j' };
    const sets = [...withCode(1, jobAction('disable')), tasks('v', [1])];
    const recording = runOn([job('j', sets, ACTS)], [act(30, enable)], { pools: [pool(2)] });
    expect(jobMoves(recording, 'j').slice(0, 3)).toEqual(['0 active', '10 disabling', '10 disabled']);
    expect(taskMoves(recording, 'j/u1').slice(0, 3)).toEqual([
      '0 running n1',
      '10 requeued jobDisabled',
      '30 running n0',
    ]);
    expect(taskMoves(recording, 'j/v1')).toEqual(['30 running n1', '31 exit 0']);
    expect(taskResult(recording, 'j/u1')).toMatch(/requeues 1$/);
  });

  test('EXIT-07: terminate has the reason TaskFailed, and waits for processes to stop', () => {
    const slow = pool(2, { timing: latencies({ kill: 4 }) });
    const recording = runOn([job('j', withCode(1, jobAction('terminate')), ACTS)], [], { pools: [slow] });
    expect(jobMoves(recording, 'j').slice(1)).toEqual(['10 terminating', '14 completed']);
    expect(recording.jobs[0]?.terminateReason).toBe('TaskFailed');
  });
});
