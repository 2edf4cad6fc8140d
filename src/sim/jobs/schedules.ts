/** Job schedules: when they make jobs, and when they are over (JS). */
import { err } from '../../base/index.js';
import { isScheduleOver, JOB_SCHEDULE_STATES, type Job } from '../../model/index.js';
import type { JobScheduleRow } from '../../recording/index.js';
import { addSetsOfJob, admitJob } from '../additions.js';
import { type AccountState, type JobState, SCHEDULE, ScheduleState } from '../entities.js';
import { releaseAutoPool } from '../pools/auto-pools.js';
import { recordOperation } from '../service/operation-rows.js';
import type { World } from '../world.js';
import { checkScheduleAdmission, hasRoom } from './active-quota.js';
import { closeWindow, deferWindow, stopClock, tick, windowEnd, windUp } from './schedule-clock.js';
import { admitSchedule, markScheduleGone, moveSchedule } from './schedule-moves.js';

/** Schedules that a scenario declares are there from the start. What the account refuses leaves a row. */
export function startSchedules(world: World): void {
  for (const account of world.accounts) {
    for (const spec of account.spec.jobSchedules) {
      const refusal = checkScheduleAdmission(account, spec.id);
      const target = { kind: 'addJobSchedule', target: `jobSchedule ${spec.id}` };
      if (refusal === null) addSchedule(world, account, spec);
      else recordOperation(world, account, target, err(refusal), { expectError: null, byTask: -1 });
    }
  }
}

/** Adds a schedule that the account takes. */
export function addSchedule(world: World, account: AccountState, spec: ScheduleState['spec']): void {
  const schedule = new ScheduleState(world.schedules.length, spec, account, world.nowMs);
  admitSchedule(world, schedule);
  windUp(world, schedule);
  deferWindow(world, schedule);
  world.checkLater(schedule);
}

/** The schedule goes by its times from now on; an opportunity that is open already is used at once (JS-11). */
export function startClock(world: World, schedule: ScheduleState): void {
  windUp(world, schedule);
  useWindow(world, schedule);
  world.checkLater(schedule);
}

/** A due time, the end of an open window, or the end of the schedule (phase 6). */
export function onScheduleDue(world: World, row: number): void {
  const schedule = world.schedules[row] as ScheduleState;
  tick(world, schedule);
  useWindow(world, schedule);
  world.checkLater(schedule);
}

/** A job of the account was completed or is gone: its schedule goes on (JS-05, JS-08, JS-12), and others find room in the quota (JS-15). */
export function onJobOver(world: World, job: JobState): void {
  const own = world.schedules[job.schedule];
  if (own !== undefined) {
    if (own.job === job) own.job = null;
    useWindow(world, own);
    finishIfOver(world, own, isUsedUp(world, own));
    world.checkLater(own);
  }
  useWindows(world, job.account);
}

/** JS-05, JS-15: opportunities of the account that are still open are used as far as the quota allows. */
function useWindows(world: World, account: AccountState): void {
  for (const schedule of world.schedules) if (schedule.account === account) useWindow(world, schedule);
}

/** Phase 8: windows that end now lapse, and schedules that will make no more jobs are completed (SIM-02, JS-08, JS-09). */
export function settleSchedule(world: World, schedule: ScheduleState): void {
  const { nowMs } = world;
  if (schedule.openDueMs !== null && nowMs >= windowEnd(schedule)) closeWindow(world, schedule);
  const { spec, createdMs, usedDueMs } = schedule;
  finishIfOver(world, schedule, isScheduleOver(spec.schedule, createdMs, nowMs, usedDueMs));
}

/** The schedule is on its way out and has no job any more: it is completed or gone (JS-12). */
export function finishEnding(world: World, schedule: ScheduleState): void {
  if (schedule.deletedMs >= 0) return;
  if (schedule.state === SCHEDULE.terminating && schedule.job === null) moveSchedule(world, schedule, 'settle');
  else if (schedule.state === SCHEDULE.deleting && jobsOf(world, schedule).every(({ deletedMs }) => deletedMs >= 0))
    markScheduleGone(world, schedule);
  else return;
  useWindows(world, schedule.account); // JS-15: it counts for the quota no more
  releasePool(world, schedule);
}

/** The jobs that a schedule made, gone ones included. */
export function jobsOf(world: World, schedule: ScheduleState): JobState[] {
  return world.jobs.filter((job) => job.schedule === schedule.row);
}

/** The schedules as the recording shows them. */
export function scheduleRows(world: World): JobScheduleRow[] {
  return world.schedules.map(({ spec, account, state, createdMs, endMs, deletedMs, jobCount }) => ({
    id: spec.id,
    accountIndex: account.row,
    state: deletedMs >= 0 ? 'deleted' : (JOB_SCHEDULE_STATES[state] as JobScheduleRow['state']),
    createdMs,
    endMs,
    jobCount,
  }));
}

/** JS-04, JS-05, JS-07, JS-15: a job of the open opportunity, unless one is active or the quota is reached. */
function useWindow(world: World, schedule: ScheduleState): void {
  const { openDueMs, account, spec } = schedule;
  if (schedule.state !== SCHEDULE.active || schedule.job !== null || openDueMs === null) return;
  if (world.nowMs > windowEnd(schedule) || !hasRoom(account)) return;
  closeWindow(world, schedule);
  schedule.usedDueMs = openDueMs;
  schedule.jobCount += 1;
  const id = `${spec.id}:job-${schedule.jobCount}`; // JS-10
  const job = world.makeJob(account, specOf(spec.jobSpecification, id), id, schedule.row);
  schedule.job = job;
  addSetsOfJob(world, job);
  admitJob(world, job);
}

function specOf(specification: Job, id: string): Job {
  return { ...specification, id };
}

function finishIfOver(world: World, schedule: ScheduleState, isOver: boolean): void {
  finishEnding(world, schedule);
  const canFinish = schedule.state === SCHEDULE.active || schedule.state === SCHEDULE.disabled;
  if (!canFinish || !isOver || schedule.job !== null) return;
  stopClock(world, schedule);
  moveSchedule(world, schedule, 'finish');
  releasePool(world, schedule);
}

/** What is known at once, before the instant settles: there is one job without recurrence (JS-08), and none after the end (JS-09). */
function isUsedUp(world: World, { spec, usedDueMs }: ScheduleState): boolean {
  const { recurrenceIntervalMs, doNotRunAfterMs } = spec.schedule;
  const isPast = doNotRunAfterMs !== null && world.nowMs > doNotRunAfterMs;
  return isPast || (recurrenceIntervalMs === null && usedDueMs !== null);
}

/** AUTO-02, AUTO-03: the pool that the jobs shared goes with the schedule, unless it is to be kept. */
function releasePool(world: World, schedule: ScheduleState): void {
  const pool = schedule.autoPool;
  schedule.autoPool = null;
  if (pool !== null && schedule.spec.jobSpecification.autoPool?.keepAlive !== true) releaseAutoPool(world, pool);
}
