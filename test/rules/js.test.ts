import { describe, expect, test } from 'vitest';
import {
  type Account,
  type Action,
  type Job,
  type JobSchedule,
  makeJobPreparation,
  makeJobRelease,
  makeJobSchedule,
  NO_BOUNDS,
  nextDueMs,
  type Operation,
  type Schedule,
} from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, answers, jobMoves, scheduleMoves, taskMoves } from '../helpers/job-events.js';
import { gantt, job, latencies, pool, tasks, world } from '../helpers/world.js';

const MINUTE = 60_000;

/** A schedule `s` whose jobs have one task of `runtime` ms and end with it. */
function scheduled(schedule: Partial<Schedule>, runtime = 1000, given: Partial<Job> = {}): JobSchedule {
  const jobSpecification = job('', [tasks('t', [runtime])], { onAllTasksComplete: 'terminatejob', ...given });
  return makeJobSchedule({ id: 's', schedule: { ...NO_BOUNDS, ...schedule }, jobSpecification });
}

function runOn(
  jobSchedules: readonly JobSchedule[],
  actions: readonly Action[] = [],
  given: Partial<Account> = {},
  untilMs: number | null = null,
): Recording {
  const scenario = world({ pools: [pool(2)], jobSchedules, actions, ...given });
  return simulate({ ...scenario, clock: { ...scenario.clock, untilMs } }).recording;
}

type OnSchedule = 'disableJobSchedule' | 'enableJobSchedule' | 'terminateJobSchedule' | 'deleteJobSchedule';
const on = (kind: OnSchedule): Operation => ({ kind, jobScheduleId: 's' });
const createdAt = (recording: Recording) => recording.jobs.map(({ id, createdMs }) => `${id} ${createdMs}`);
const add = (value: JobSchedule): Operation => ({ kind: 'addJobSchedule', jobSchedule: { ok: true, value } });

describe('states', () => {
  test('JS-01, JS-12: a schedule goes through every state that there is', () => {
    const slow = pool(1, { timing: latencies({ kill: 5 }) });
    const recording = runOn(
      [scheduled({}, 1_000_000)],
      [
        act(10, on('disableJobSchedule')),
        act(20, on('enableJobSchedule')),
        act(30, on('terminateJobSchedule')),
        act(40, on('deleteJobSchedule')),
      ],
      { pools: [slow] },
    );
    expect(scheduleMoves(recording, 's')).toEqual([
      '0 active',
      '10 disabled',
      '20 active',
      '30 terminating',
      '35 completed',
      '40 deleting',
      '40 gone',
    ]);
    expect(recording.jobs[0]?.terminateReason).toBe('TerminateJobSchedule');
  });

  /** What brings a schedule into a state before 6; a process takes 50 ms to stop. */
  const WAYS: readonly (readonly [string, readonly Action[]])[] = [
    ['active', []],
    ['disabled', [act(5, on('disableJobSchedule'))]],
    ['terminating', [act(5, on('terminateJobSchedule'))]],
    ['completed', [act(0, on('terminateJobSchedule'))]],
    ['deleting', [act(5, on('deleteJobSchedule'))]],
  ];
  test.each([
    [
      'disableJobSchedule',
      '204 JobScheduleDisabled JobScheduleBeingTerminated JobScheduleCompleted JobScheduleBeingDeleted',
    ],
    [
      'enableJobSchedule',
      'OperationInvalidForCurrentState 204 JobScheduleBeingTerminated JobScheduleCompleted JobScheduleBeingDeleted',
    ],
    ['terminateJobSchedule', '202 202 JobScheduleBeingTerminated JobScheduleCompleted JobScheduleBeingDeleted'],
    ['deleteJobSchedule', '202 202 202 202 JobScheduleBeingDeleted'],
  ] as const)('JS-16: what %s meets in each state', (kind, expected) => {
    const found = WAYS.map(([state, way]) => {
      const untilMs = state === 'completed' ? 100 : null;
      const schedule = scheduled({ doNotRunUntilMs: untilMs }, 1_000_000);
      const slow = pool(1, { timing: latencies({ kill: 50 }) });
      const recording = runOn([schedule], [...way, act(6, on(kind))], { pools: [slow] }, 7);
      const before = scheduleMoves(recording, 's').filter((line) => Number(line.split(' ')[0]) < 6);
      expect(before.at(-1)).toContain(state);
      return answers(recording).at(-1)?.split(' ').at(-1);
    });
    expect(found.join(' ')).toBe(expected);
  });

  test('JS-16, ACC-17: ids that are taken, by schedules and by jobs, and ids that nobody has', () => {
    const given = { jobs: [job('j', [tasks('t', [100])])] };
    const asJob: Operation = { kind: 'addJob', job: { ok: true, value: job('S', []) } };
    const recording = runOn(
      [scheduled({})],
      [
        act(1, add({ ...scheduled({}), id: 'S' })),
        act(2, add({ ...scheduled({}), id: 'J' })),
        act(3, asJob),
        act(4, { kind: 'terminateJobSchedule', jobScheduleId: 'nowhere' }),
        act(5, { kind: 'patchJobSchedule', jobScheduleId: 'nowhere', changes: { ok: true, value: {} } }),
      ],
      given,
    );
    expect(recording.operations.map(({ code, status }) => `${code} ${status}`)).toEqual([
      'JobScheduleExists 409',
      'JobWithSameIdExists 409',
      'JobScheduleWithSameIdExists 409',
      'JobScheduleNotFound 404',
      'JobScheduleNotFound 404',
    ]);
  });
});

describe('due times', () => {
  test('JS-02: the grid starts at doNotRunUntil, also when that has passed', () => {
    const recording = runOn(
      [],
      [
        act(
          90_000,
          add(
            scheduled({
              doNotRunUntilMs: 0,
              recurrenceIntervalMs: MINUTE,
              doNotRunAfterMs: 200_000,
              startWindowMs: MINUTE,
            }),
          ),
        ),
      ],
    );
    // Due at 0, 60, 120, 180 s. Added at 90 s, within the window of the one at 60 s.
    expect(createdAt(recording)).toEqual(['s:job-1 90000', 's:job-2 120000', 's:job-3 180000']);
  });

  test('JS-03, ERR-18: windows and intervals below a minute are 400', () => {
    const recording = runOn(
      [],
      [
        act(1, add(scheduled({ startWindowMs: MINUTE - 1 }))),
        act(2, add(scheduled({ recurrenceIntervalMs: MINUTE - 1 }))),
        act(3, add(scheduled({ startWindowMs: MINUTE, recurrenceIntervalMs: MINUTE, doNotRunAfterMs: 4 }))),
      ],
    );
    expect(recording.operations.map(({ code, status }) => `${code} ${status}`)).toEqual([
      'InvalidPropertyValue 400',
      'InvalidPropertyValue 400',
      'null 201',
    ]);
  });

  test('JS-04, JS-05: a job that waits for its release tasks is not completed, and the next one waits for it', () => {
    const command = {
      runtime: [{ kind: 'constant', value: 20_000 }],
      exitCode: [{ kind: 'constant', value: 0 }],
      downloadBytes: 0,
      fault: null,
    } as const;
    const given = { jobPreparationTask: makeJobPreparation(), jobReleaseTask: makeJobRelease({ command }) };
    const recording = runOn([scheduled({ recurrenceIntervalMs: MINUTE, doNotRunAfterMs: 100_000 }, 50_000, given)]);
    // The task ends at 50 s and its release at 70 s: the opportunity of 60 s is used then.
    expect(createdAt(recording)).toEqual(['s:job-1 0', 's:job-2 70000']);
  });

  test('JS-05, JS-06: without a window an opportunity stays open up to the next due time, which takes its place', () => {
    const recording = runOn([scheduled({ recurrenceIntervalMs: MINUTE, doNotRunAfterMs: 200_000 }, 130_000)]);
    // Of the due times 60 and 120 s, that of 120 s is open when the job ends at 130 s; 180 s lies open at 260 s no more.
    expect(createdAt(recording)).toEqual(['s:job-1 0', 's:job-2 130000']);
    expect(scheduleMoves(recording, 's').at(-1)).toBe('260000 completed');
  });

  test('JS-09: the opportunity that is open at doNotRunAfter lapses', () => {
    const recording = runOn([scheduled({ recurrenceIntervalMs: MINUTE, doNotRunAfterMs: 70_000 }, 71_000)]);
    expect(createdAt(recording)).toEqual(['s:job-1 0']);
    expect(scheduleMoves(recording, 's')).toEqual(['0 active', '71000 completed']);
    const justInTime = runOn([scheduled({ recurrenceIntervalMs: MINUTE, doNotRunAfterMs: 70_000 }, 70_000)]);
    expect(createdAt(justInTime)).toEqual(['s:job-1 0', 's:job-2 70000']);
  });

  test('JS-11: what is still inside its window is used when the schedule is enabled again, the rest is lost', () => {
    const given = scheduled({ recurrenceIntervalMs: MINUTE, startWindowMs: MINUTE, doNotRunAfterMs: 190_000 });
    const recording = runOn([given], [act(30_000, on('disableJobSchedule')), act(130_000, on('enableJobSchedule'))]);
    // Due at 60 s: lost. Due at 120 s: open until 180 s.
    expect(createdAt(recording)).toEqual(['s:job-1 0', 's:job-2 130000', 's:job-3 180000']);
  });

  test('JS-12: deleted, it takes all its jobs and their tasks with it, also those that had ended', () => {
    const given = scheduled({ recurrenceIntervalMs: MINUTE, doNotRunAfterMs: 300_000 }, 50_000);
    const recording = runOn([given], [act(80_000, on('deleteJobSchedule'))]);
    expect(recording.jobs.map(({ id, state, deletedMs }) => `${id} ${state} ${deletedMs}`)).toEqual([
      's:job-1 deleted 80000',
      's:job-2 deleted 80000',
    ]);
    expect(scheduleMoves(recording, 's').slice(1)).toEqual(['80000 deleting', '80000 gone']);
  });

  test('JS-13: a changed specification is that of later jobs, the one that is there keeps its own', () => {
    const given = scheduled({ recurrenceIntervalMs: MINUTE, doNotRunAfterMs: 70_000 }, 40_000);
    const jobSpecification = job('', [tasks('u', [5000])], { priority: 5, onAllTasksComplete: 'terminatejob' });
    const recording = runOn(
      [given],
      [
        act(10_000, {
          kind: 'patchJobSchedule',
          jobScheduleId: 's',
          changes: { ok: true, value: { jobSpecification } },
        }),
      ],
    );
    expect(gantt(recording)).toEqual(['s:job-1/t1 0-40000 n0', 's:job-2/u1 60000-65000 n0']);
    expect(recording.jobs.map(({ priority }) => priority)).toEqual([0, 5]);
  });

  test('JS-14: nextRunTime goes by the grid, the recent job is the last that was made, the end is when it was completed', () => {
    const given = scheduled({ recurrenceIntervalMs: MINUTE, doNotRunAfterMs: 130_000 });
    expect(nextDueMs(given.schedule, 0, 0)).toBe(60_000);
    expect(nextDueMs(given.schedule, 0, 60_000)).toBe(120_000);
    expect(nextDueMs(given.schedule, 0, 120_000)).toBe(null);
    const recording = runOn([{ ...given, jobSpecification: scheduled({}, 15_000).jobSpecification }]);
    expect(recording.jobs.findLast(({ scheduleIndex }) => scheduleIndex === 0)?.id).toBe('s:job-3');
    expect(recording.jobSchedules[0]).toMatchObject({ state: 'completed', endMs: 135_000, jobCount: 3 });
  });

  test('JS-15: refused by the quota, a job comes when there is room, as long as its opportunity is open', () => {
    const given = {
      activeJobAndJobScheduleQuota: 2,
      jobs: [job('k', [tasks('u', [30_000])], { onAllTasksComplete: 'terminatejob' })],
    };
    const open = runOn([scheduled({ doNotRunUntilMs: 10_000, startWindowMs: MINUTE })], [], given);
    expect(createdAt(open)).toEqual(['k 0', 's:job-1 30000']);
    const busy = { ...given, jobs: [job('k', [tasks('u', [80_000])], { onAllTasksComplete: 'terminatejob' })] };
    const lost = runOn([scheduled({ doNotRunUntilMs: 10_000, startWindowMs: MINUTE })], [], busy);
    expect(createdAt(lost)).toEqual(['k 0']);
    expect(scheduleMoves(lost, 's').at(-1)).toBe('70000 completed');
  });

  test('JS-15, ACC-10: the end of another schedule makes room too', () => {
    const given = { activeJobAndJobScheduleQuota: 3, jobs: [job('k', [tasks('u', [100_000])])] };
    const other = { ...scheduled({ doNotRunUntilMs: 900_000 }), id: 'other' };
    const mine = scheduled({ doNotRunUntilMs: 10_000, startWindowMs: MINUTE });
    const end: Operation = { kind: 'terminateJobSchedule', jobScheduleId: 'other' };
    expect(createdAt(runOn([other, mine], [act(20_000, end)], given))).toEqual(['k 0', 's:job-1 20000']);
  });

  test('JS-08, JS-10: one job without recurrence, and the schedule is completed with it', () => {
    const recording = runOn([scheduled({ doNotRunUntilMs: 7 }, 5)]);
    expect(taskMoves(recording, 's:job-1/t1')).toEqual(['7 running n0', '12 exit 0']);
    expect(jobMoves(recording, 's:job-1').at(-1)).toBe('12 completed');
    expect(scheduleMoves(recording, 's')).toEqual(['0 active', '12 completed']);
  });
});
