/** Job schedules (JS). */
import type { Account, JobSchedule } from '../../../src/model/index.js';
import { addComingTasks, addJob, deleteJob, terminateJob } from './jobs.js';
import type { JobState, ScheduleState, World } from './world.js';

/** JS-02. */
export function addSchedule(world: World, account: Account, schedule: JobSchedule): void {
  const nextMs = schedule.schedule.doNotRunUntilMs ?? world.now;
  const nothing = { state: 'active' as const, endMs: null, jobs: [], openMs: null };
  world.schedules.push({ account, schedule, createdMs: world.now, nextMs, ...nothing });
  world.changed = true;
}

/** Phase 6: due times open an opportunity and replace the one before (JS-05, JS-06). */
export function openDue(world: World): void {
  for (const schedule of world.schedules.filter(isOpen)) {
    while (schedule.nextMs !== null && schedule.nextMs <= world.now) {
      schedule.openMs = schedule.nextMs <= lastMs(schedule) ? schedule.nextMs : null;
      const { recurrenceIntervalMs } = schedule.schedule.schedule;
      schedule.nextMs = recurrenceIntervalMs === null ? null : schedule.nextMs + recurrenceIntervalMs;
      if (schedule.nextMs !== null && schedule.nextMs > lastMs(schedule)) schedule.nextMs = null;
      world.changed = true;
    }
    createIfPossible(world, schedule);
  }
}

/** JS-04, JS-10. */
function createIfPossible(world: World, schedule: ScheduleState): void {
  if (schedule.state !== 'active' || schedule.openMs === null || activeJob(schedule) !== null) return;
  schedule.openMs = null;
  const { account, schedule: declared } = schedule;
  const id = `${declared.id}:job-${schedule.jobs.length + 1}`;
  const job = addJob(world, account, declared.jobSpecification, id, schedule);
  schedule.jobs.push(job);
  addComingTasks(world, job);
}

/** JS-05: the next job is made the moment the one before completes. */
export function jobCompleted(world: World, job: JobState): void {
  const { schedule } = job;
  if (schedule === null) return;
  if (schedule.state === 'terminating') {
    end(world, schedule);
    return;
  }
  createIfPossible(world, schedule);
  endIfOver(world, schedule);
}

/** Phase 8: windows that end now lapse, and schedules with nothing to come are over (JS-08, JS-09). */
export function lapse(world: World): void {
  for (const schedule of world.schedules.filter(isOpen)) {
    if (schedule.openMs !== null && windowEndMs(schedule) <= world.now) {
      schedule.openMs = null;
      world.changed = true;
    }
    endIfOver(world, schedule);
  }
}

function endIfOver(world: World, schedule: ScheduleState): void {
  if (!isOpen(schedule) || schedule.nextMs !== null || schedule.openMs !== null || activeJob(schedule) !== null) return;
  const { recurrenceIntervalMs } = schedule.schedule.schedule;
  const hadItsJob = recurrenceIntervalMs === null && schedule.jobs.length > 0; // JS-08
  if (hadItsJob || lastMs(schedule) <= world.now) end(world, schedule);
}

function end(world: World, schedule: ScheduleState): void {
  schedule.state = 'completed';
  schedule.endMs = world.now;
  world.changed = true;
}

/** JS-12. */
export function terminateSchedule(world: World, schedule: ScheduleState): void {
  schedule.state = 'terminating';
  world.changed = true;
  const job = activeJob(schedule);
  if (job === null) end(world, schedule);
  else if (job.state !== 'terminating' && job.state !== 'deleting') {
    terminateJob(world, job, 'TerminateJobSchedule', false);
  }
}

/** JS-12. */
export function deleteSchedule(world: World, schedule: ScheduleState): void {
  schedule.state = 'deleted';
  world.changed = true;
  for (const job of schedule.jobs) {
    if (job.state !== 'deleted' && job.state !== 'deleting') deleteJob(world, job, false);
  }
}

/** JS-11. */
export function enableSchedule(world: World, schedule: ScheduleState): void {
  schedule.state = 'active';
  world.changed = true;
  createIfPossible(world, schedule);
}

/** When something is due of a schedule; `active`: that may make a job, so that it keeps a run alive (SIM-10). */
export function scheduleDueMs(schedule: ScheduleState, which: 'active' | 'disabled'): number[] {
  if (schedule.state !== which) return [];
  const { openMs, nextMs } = schedule;
  return [nextMs ?? Infinity, openMs === null ? Infinity : windowEndMs(schedule)];
}

/** JS-09: when it ends for good; that alone keeps no run alive (SIM-10). */
export function scheduleEndMs(schedule: ScheduleState): number {
  return isOpen(schedule) ? lastMs(schedule) : Number.POSITIVE_INFINITY;
}

function isOpen({ state }: ScheduleState): boolean {
  return state === 'active' || state === 'disabled';
}

/** JS-06, JS-09. */
function windowEndMs(schedule: ScheduleState): number {
  const { startWindowMs, recurrenceIntervalMs } = schedule.schedule.schedule;
  const openMs = schedule.openMs ?? 0;
  return Math.min(openMs + (startWindowMs ?? Infinity), openMs + (recurrenceIntervalMs ?? Infinity), lastMs(schedule));
}

function lastMs({ schedule }: ScheduleState): number {
  return schedule.schedule.doNotRunAfterMs ?? Number.POSITIVE_INFINITY;
}

function activeJob({ jobs }: ScheduleState): JobState | null {
  return jobs.find(({ state }) => state !== 'completed' && state !== 'deleted') ?? null;
}
