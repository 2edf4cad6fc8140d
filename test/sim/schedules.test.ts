import { describe, expect, test } from 'vitest';
import {
  type Account,
  type Action,
  type Job,
  type JobSchedule,
  makeJobManager,
  makeJobSchedule,
  NO_BOUNDS,
  type Operation,
  type Schedule,
} from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, answers, jobMoves, scheduleMoves, taskMoves } from '../helpers/job-events.js';
import { job, pool, tasks, world } from '../helpers/world.js';

const MINUTE = 60_000;

/** A schedule `s` by minutes, whose jobs have one task of so many minutes and end with it. */
function schedule(given: Partial<Schedule>, runtimeMin: number, specification: Partial<Job> = {}): JobSchedule {
  const minutes = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, (value as number) * MINUTE]));
  return makeJobSchedule({
    id: 's',
    schedule: { ...NO_BOUNDS, ...minutes },
    jobSpecification: job('', [tasks('t', [runtimeMin * MINUTE])], {
      onAllTasksComplete: 'terminatejob',
      ...specification,
    }),
  });
}

function runOn(account: Partial<Account>, untilMin: number | null = null): Recording {
  const clock = { epochMs: 0, untilMs: untilMin === null ? null : untilMin * MINUTE, tailMs: null };
  return simulate(world({ pools: [pool(3)], ...account }, { clock })).recording;
}

/** When each job came and ended, in minutes: `s:job-1 0-5`. */
function jobsOf(recording: Recording): string[] {
  return recording.jobs.map(
    ({ id, createdMs, endMs }) => `${id} ${createdMs / MINUTE}-${endMs < 0 ? '…' : endMs / MINUTE}`,
  );
}

/** The moves of the schedule, in minutes. */
function moves(recording: Recording): string[] {
  return scheduleMoves(recording, 's').map((line) => {
    const [atMs, state] = line.split(' ');
    return `${Number(atMs) / MINUTE} ${state}`;
  });
}

const on = (
  atMin: number,
  kind: 'disableJobSchedule' | 'enableJobSchedule' | 'terminateJobSchedule' | 'deleteJobSchedule',
) => act(atMin * MINUTE, { kind, jobScheduleId: 's' });

describe('when jobs come', () => {
  test('JS-08, JS-10: without recurrence one job comes at once, and the schedule is completed with it', () => {
    const recording = runOn({ jobSchedules: [schedule({}, 5)] });
    expect(jobsOf(recording)).toEqual(['s:job-1 0-5']);
    expect(moves(recording)).toEqual(['0 active', '5 completed']);
    expect(recording.jobSchedules[0]).toMatchObject({ state: 'completed', endMs: 5 * MINUTE, jobCount: 1 });
    expect(recording.jobs[0]?.scheduleIndex).toBe(0);
  });

  test('JS-02: due times are doNotRunUntil and every interval after it', () => {
    const recording = runOn({ jobSchedules: [schedule({ doNotRunUntilMs: 3, recurrenceIntervalMs: 10 }, 5)] }, 30);
    expect(jobsOf(recording)).toEqual(['s:job-1 3-8', 's:job-2 13-18', 's:job-3 23-28']);
    expect(taskMoves(recording, 's:job-2/t1')).toEqual([`${13 * MINUTE} running n0`, `${18 * MINUTE} exit 0`]);
  });

  test('JS-02, SIM-02: times from before the start count: a window that is still open is used when pools and jobs are there', () => {
    const early = schedule({ doNotRunUntilMs: -25, recurrenceIntervalMs: 10 }, 1);
    const recording = runOn({ jobSchedules: [early], jobs: [job('j', [])] }, 14);
    expect(jobsOf(recording)).toEqual(['j 0-…', 's:job-1 0-1', 's:job-2 5-6']);
  });

  test('JS-04, JS-05: a due time that finds a job waits for its end, within the window', () => {
    const recording = runOn({ jobSchedules: [schedule({ recurrenceIntervalMs: 10 }, 14)] }, 45);
    expect(jobsOf(recording)).toEqual(['s:job-1 0-14', 's:job-2 14-28', 's:job-3 28-42', 's:job-4 42-…']);
  });

  test('JS-05: beyond its window the opportunity is lost', () => {
    const recording = runOn({ jobSchedules: [schedule({ recurrenceIntervalMs: 10, startWindowMs: 3 }, 14)] }, 45);
    expect(jobsOf(recording)).toEqual(['s:job-1 0-14', 's:job-2 20-34', 's:job-3 40-…']);
  });

  test('JS-06: an opportunity never outlives the next due time', () => {
    const recording = runOn({ jobSchedules: [schedule({ recurrenceIntervalMs: 10, startWindowMs: 25 }, 25)] }, 60);
    expect(jobsOf(recording)).toEqual(['s:job-1 0-25', 's:job-2 25-50', 's:job-3 50-…']);
  });

  test('JS-07: a job that ends exactly with the window still makes room for the next', () => {
    const window = { recurrenceIntervalMs: 10, startWindowMs: 4 };
    expect(jobsOf(runOn({ jobSchedules: [schedule(window, 14)] }, 25)).slice(0, 2)).toEqual([
      's:job-1 0-14',
      's:job-2 14-…',
    ]);
    const late = schedule(window, 14, { tasks: [tasks('t', [14 * MINUTE + 1])] });
    expect(jobsOf(runOn({ jobSchedules: [late] }, 25))[1]).toBe('s:job-2 20-…');
  });

  test('JS-07, JM-03: the same when a manager ends the job, and by the wall clock of the job', () => {
    const window = { recurrenceIntervalMs: 10, startWindowMs: 4 };
    const manager = makeJobManager({ task: tasks('m', [14 * MINUTE]) });
    const byManager = schedule(window, 99, { jobManagerTask: manager, onAllTasksComplete: 'noaction' });
    expect(jobsOf(runOn({ jobSchedules: [byManager] }, 25))[1]).toBe('s:job-2 14-…');
    const byClock = schedule(window, 99, { maxWallClockTimeMs: 14 * MINUTE });
    expect(jobsOf(runOn({ jobSchedules: [byClock] }, 25))[1]).toBe('s:job-2 14-…');
  });

  test('JS-09: after doNotRunAfter no job comes; the schedule is completed when the last one is', () => {
    const bounded = schedule({ recurrenceIntervalMs: 10, doNotRunAfterMs: 25 }, 14);
    const recording = runOn({ jobSchedules: [bounded] });
    expect(jobsOf(recording)).toEqual(['s:job-1 0-14', 's:job-2 14-28']);
    expect(moves(recording)).toEqual(['0 active', '28 completed']);
  });

  test('JS-09: a due time exactly at doNotRunAfter still counts', () => {
    const bounded = schedule({ recurrenceIntervalMs: 10, doNotRunAfterMs: 20 }, 5);
    expect(jobsOf(runOn({ jobSchedules: [bounded] }))).toEqual(['s:job-1 0-5', 's:job-2 10-15', 's:job-3 20-25']);
  });

  test('SIM-10: due times keep the run going, the end of the schedule does not', () => {
    const bounded = schedule({ recurrenceIntervalMs: 10, doNotRunAfterMs: 18 }, 2);
    const recording = runOn({ jobSchedules: [bounded] });
    expect(recording.run.endMs).toBe(12 * MINUTE);
    expect(recording.jobSchedules[0]?.state).toBe('active');
  });

  test('JS-15: a quota error is tried again while the opportunity is open', () => {
    const other = job('other', [tasks('o', [6 * MINUTE])], { onAllTasksComplete: 'terminatejob' });
    const quota = { activeJobAndJobScheduleQuota: 2, jobs: [other] };
    const open = schedule({ recurrenceIntervalMs: 20, startWindowMs: 8 }, 1);
    expect(jobsOf(runOn({ ...quota, jobSchedules: [open] }, 30)).slice(1)).toEqual(['s:job-1 6-7', 's:job-2 20-21']);
    const short = schedule({ recurrenceIntervalMs: 20, startWindowMs: 5 }, 1);
    expect(jobsOf(runOn({ ...quota, jobSchedules: [short] }, 30)).slice(1)).toEqual(['s:job-1 20-21']);
  });

  test('JS-10: jobs are counted, and one that is deleted does not hold up the next', () => {
    const deletes = act(4 * MINUTE, { kind: 'deleteJob', jobId: 's:job-1', force: false });
    const recording = runOn({ jobSchedules: [schedule({ recurrenceIntervalMs: 10 }, 30)], actions: [deletes] }, 12);
    expect(jobsOf(recording)).toEqual(['s:job-1 0-…', 's:job-2 10-…']);
    expect(jobMoves(recording, 's:job-1').at(-1)).toBe(`${4 * MINUTE} gone`);
  });
});

describe('operations', () => {
  const every10 = schedule({ recurrenceIntervalMs: 10 }, 3);

  test('JS-11: disabled it makes no jobs, the active one goes on; due times are not made up but for the last', () => {
    const actions = [on(2, 'disableJobSchedule'), on(34, 'enableJobSchedule')];
    const recording = runOn({ jobSchedules: [every10], actions }, 45);
    expect(jobsOf(recording)).toEqual(['s:job-1 0-3', 's:job-2 34-37', 's:job-3 40-43']);
    expect(moves(recording)).toEqual(['0 active', '2 disabled', '34 active']);
  });

  test('JS-11: an opportunity that was used is not used again, nor one whose window has passed', () => {
    const actions = [on(2, 'disableJobSchedule'), on(5, 'enableJobSchedule')];
    expect(jobsOf(runOn({ jobSchedules: [every10], actions }, 9))).toEqual(['s:job-1 0-3']);
    const windowed = schedule({ recurrenceIntervalMs: 10, startWindowMs: 3 }, 3);
    const later = [on(2, 'disableJobSchedule'), on(34, 'enableJobSchedule')];
    expect(jobsOf(runOn({ jobSchedules: [windowed], actions: later }, 45))[1]).toBe('s:job-2 40-43');
  });

  test('JS-11, SIM-02: enabled exactly at a due time it uses the opportunity before, and that of now comes after it', () => {
    const actions = [on(2, 'disableJobSchedule'), on(20, 'enableJobSchedule')];
    const recording = runOn({ jobSchedules: [every10], actions }, 29);
    expect(jobsOf(recording)).toEqual(['s:job-1 0-3', 's:job-2 20-23', 's:job-3 23-26']);
  });

  test('SIM-10: a disabled schedule keeps no run going', () => {
    const actions = [on(5, 'disableJobSchedule')];
    expect(runOn({ jobSchedules: [every10], actions }).run.endMs).toBe(5 * MINUTE);
  });

  test('JS-12: terminate ends its active job with TerminateJobSchedule, then it is completed', () => {
    const recording = runOn({ jobSchedules: [every10], actions: [on(11, 'terminateJobSchedule')] });
    expect(moves(recording)).toEqual(['0 active', '11 terminating', '11 completed']);
    expect(recording.jobs.map(({ terminateReason }) => terminateReason)).toEqual([
      'AllTasksComplete',
      'TerminateJobSchedule',
    ]);
    expect(recording.run.endMs).toBe(11 * MINUTE);
  });

  test('JS-12: delete takes all its jobs and tasks with it', () => {
    const recording = runOn({ jobSchedules: [every10], actions: [on(11, 'deleteJobSchedule')] });
    expect(moves(recording)).toEqual(['0 active', '11 deleting', '11 gone']);
    expect(recording.jobSchedules[0]?.state).toBe('deleted');
    expect(recording.jobs.map(({ state }) => state)).toEqual(['deleted', 'deleted']);
    expect(Array.from(recording.tasks.deletedMs?.slice(0, 2) ?? [])).toEqual([11 * MINUTE, 11 * MINUTE]);
  });

  test('JS-13: changes concern jobs to come, by the new times', () => {
    const { jobSpecification } = schedule({}, 1);
    const times = { ...NO_BOUNDS, recurrenceIntervalMs: 4 * MINUTE };
    const patch: Operation = {
      kind: 'patchJobSchedule',
      jobScheduleId: 's',
      changes: { ok: true, value: { schedule: times, jobSpecification } },
    };
    const recording = runOn({ jobSchedules: [every10], actions: [act(2 * MINUTE, patch)] }, 9);
    expect(jobsOf(recording)).toEqual(['s:job-1 0-3', 's:job-2 4-5', 's:job-3 8-9']);
  });

  test('JS-16: refusals by state', () => {
    const kinds = ['disableJobSchedule', 'enableJobSchedule', 'terminateJobSchedule', 'deleteJobSchedule'] as const;
    const actions: Action[] = [
      on(1, 'enableJobSchedule'),
      on(1, 'disableJobSchedule'),
      on(1, 'disableJobSchedule'),
      on(2, 'terminateJobSchedule'),
      ...kinds.slice(0, 3).map((kind) => on(3, kind)),
      on(4, 'deleteJobSchedule'),
      ...kinds.map((kind) => on(5, kind)),
    ];
    const recording = runOn({ jobSchedules: [every10], actions });
    expect(recording.operations.map(({ code, status }) => code ?? status)).toEqual([
      'OperationInvalidForCurrentState',
      204,
      'JobScheduleDisabled',
      202,
      ...Array(3).fill('JobScheduleCompleted'),
      202,
      ...Array(4).fill('JobScheduleNotFound'),
    ]);
  });

  test('JS-16, ACC-10, ACC-17: ids of jobs and schedules are one name space, and both count in the quota', () => {
    const adds = (id: string): Operation => ({
      kind: 'addJobSchedule',
      jobSchedule: { ok: true, value: { ...every10, id } },
    });
    const addJob: Operation = { kind: 'addJob', job: { ok: true, value: job('S', []) } };
    const recording = runOn(
      {
        jobSchedules: [every10],
        jobs: [job('j', [])],
        activeJobAndJobScheduleQuota: 3,
        actions: [act(1, adds('S')), act(1, adds('J')), act(1, addJob), act(1, adds('x'))],
      },
      1,
    );
    expect(answers(recording).map((line) => line.split(' ').pop())).toEqual([
      'JobScheduleExists',
      'JobWithSameIdExists',
      'JobScheduleWithSameIdExists',
      'ActiveJobAndScheduleQuotaReached',
    ]);
  });
});
