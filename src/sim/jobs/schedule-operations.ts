/** Batch's operations on job schedules (JS-11 to JS-13, JS-16); each checks in the order of ERR-04. */
import { err, ok } from '../../base/index.js';
import {
  checkJobSchedule,
  checkJobScheduleChanges,
  type Given,
  type JobSchedule,
  type JobScheduleChanges,
  missingProperty,
  NO_BOUNDS,
  SUCCESS_STATUS,
  serviceError,
} from '../../model/index.js';
import { type AccountState, JOB, SCHEDULE, type ScheduleState } from '../entities.js';
import type { Answered } from '../service/answer.js';
import type { World } from '../world.js';
import { checkScheduleAdmission } from './active-quota.js';
import { endJob, removeJob } from './job-ends.js';
import { endedScheduleError, findSchedule } from './job-lookups.js';
import { awaitLast, pauseClock, stopClock } from './schedule-clock.js';
import { moveSchedule } from './schedule-moves.js';
import { addSchedule, finishEnding, jobsOf, startClock } from './schedules.js';

interface OnSchedule {
  readonly jobScheduleId: string;
}

/** Adds a job schedule. */
export function addJobSchedule(
  world: World,
  account: AccountState,
  { jobSchedule }: { readonly jobSchedule: Given<JobSchedule> },
): Answered {
  if (!jobSchedule.ok) return jobSchedule;
  const refusal = checkJobSchedule(jobSchedule.value) ?? checkScheduleAdmission(account, jobSchedule.value.id);
  if (refusal !== null) return err(refusal);
  addSchedule(world, account, jobSchedule.value);
  return ok({ status: SUCCESS_STATUS.addJobSchedule });
}

/** JS-11: no new jobs; the active one goes on. */
export function disableJobSchedule(world: World, account: AccountState, { jobScheduleId }: OnSchedule): Answered {
  const schedule = findSchedule(account, jobScheduleId);
  if (!schedule.ok) return schedule;
  const { state } = schedule.value;
  const refusal =
    endedScheduleError(schedule.value) ?? (state === SCHEDULE.disabled ? serviceError('JobScheduleDisabled') : null);
  if (refusal !== null) return err(refusal);
  pauseClock(world, schedule.value);
  moveSchedule(world, schedule.value, 'disable');
  return ok({ status: SUCCESS_STATUS.disableJobSchedule });
}

/** JS-11: an opportunity that is still open is used. */
export function enableJobSchedule(world: World, account: AccountState, { jobScheduleId }: OnSchedule): Answered {
  const schedule = findSchedule(account, jobScheduleId);
  if (!schedule.ok) return schedule;
  const isDisabled = schedule.value.state === SCHEDULE.disabled;
  const refusal =
    endedScheduleError(schedule.value) ?? (isDisabled ? null : serviceError('OperationInvalidForCurrentState'));
  if (refusal !== null) return err(refusal);
  moveSchedule(world, schedule.value, 'enable');
  startClock(world, schedule.value);
  return ok({ status: SUCCESS_STATUS.enableJobSchedule });
}

/** JS-12: its active job is terminated first. */
export function terminateJobSchedule(world: World, account: AccountState, { jobScheduleId }: OnSchedule): Answered {
  const schedule = findSchedule(account, jobScheduleId);
  if (!schedule.ok) return schedule;
  const refusal = endedScheduleError(schedule.value);
  if (refusal !== null) return err(refusal);
  stopClock(world, schedule.value);
  moveSchedule(world, schedule.value, 'terminate');
  if (schedule.value.job !== null) endJob(world, schedule.value.job, 'TerminateJobSchedule');
  finishEnding(world, schedule.value);
  return ok({ status: SUCCESS_STATUS.terminateJobSchedule });
}

/** JS-12: deleted with all jobs that it made. */
export function deleteJobSchedule(world: World, account: AccountState, { jobScheduleId }: OnSchedule): Answered {
  const schedule = findSchedule(account, jobScheduleId);
  if (!schedule.ok) return schedule;
  if (schedule.value.state === SCHEDULE.deleting) return err(serviceError('JobScheduleBeingDeleted'));
  stopClock(world, schedule.value);
  moveSchedule(world, schedule.value, 'delete');
  for (const job of jobsOf(world, schedule.value))
    if (job.deletedMs < 0 && job.state !== JOB.deleting) removeJob(world, job);
  finishEnding(world, schedule.value);
  return ok({ status: SUCCESS_STATUS.deleteJobSchedule });
}

/** JS-13: changes what is given, for jobs to come. */
export function patchJobSchedule(
  world: World,
  account: AccountState,
  { jobScheduleId, changes }: OnSchedule & { readonly changes: Given<JobScheduleChanges> },
): Answered {
  return change(world, account, jobScheduleId, changes, 'patch');
}

/** JS-13: replaces all that can be changed; a job specification has to be among it. */
export function updateJobSchedule(
  world: World,
  account: AccountState,
  { jobScheduleId, changes }: OnSchedule & { readonly changes: Given<JobScheduleChanges> },
): Answered {
  return change(world, account, jobScheduleId, changes, 'update');
}

function change(
  world: World,
  account: AccountState,
  jobScheduleId: string,
  changes: Given<JobScheduleChanges>,
  mode: 'patch' | 'update',
): Answered {
  if (!changes.ok) return changes;
  const isIncomplete = mode === 'update' && changes.value.jobSpecification === undefined;
  const badValue = isIncomplete ? missingProperty('jobSpecification') : checkJobScheduleChanges(changes.value);
  if (badValue !== null) return err(badValue);
  const schedule = findSchedule(account, jobScheduleId);
  if (!schedule.ok) return schedule;
  const refusal = endedScheduleError(schedule.value);
  if (refusal !== null) return err(refusal);
  apply(world, schedule.value, mode === 'patch' ? changes.value : { ...RESET, ...changes.value });
  return ok({ status: mode === 'patch' ? SUCCESS_STATUS.patchJobSchedule : SUCCESS_STATUS.updateJobSchedule });
}

/** What an update resets. */
const RESET: JobScheduleChanges = { schedule: NO_BOUNDS, metadata: [] };

/** Other times hold from now on: opportunities of due times that have a job are used up, also by the new times. */
function apply(world: World, schedule: ScheduleState, changes: JobScheduleChanges): void {
  schedule.spec = { ...schedule.spec, ...changes };
  if (changes.schedule === undefined) return;
  stopClock(world, schedule);
  if (schedule.state === SCHEDULE.active) startClock(world, schedule);
  else awaitLast(world, schedule);
  world.checkLater(schedule);
}
