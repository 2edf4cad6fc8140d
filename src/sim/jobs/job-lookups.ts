/** Jobs, tasks and job schedules by the ids that callers give, with Batch's words where there is none (ERR-14, ERR-15). */
import { err, ok, type Result } from '../../base/index.js';
import { idKey, type ServiceError, serviceError } from '../../model/index.js';
import { type AccountState, JOB, type JobState, SCHEDULE, type ScheduleState } from '../entities.js';

/** The job of this id. */
export function findJob(account: AccountState, jobId: string): Result<JobState, ServiceError> {
  const job = account.jobs.get(idKey(jobId));
  return job === undefined ? err(serviceError('JobNotFound')) : ok(job);
}

/** The row of a task of a job; one that was deleted is not there any more. */
export function findTask(
  account: AccountState,
  jobId: string,
  taskId: string,
): Result<{ readonly job: JobState; readonly task: number }, ServiceError> {
  const job = findJob(account, jobId);
  if (!job.ok) return job;
  const task = job.value.taskRows.get(idKey(taskId));
  if (task === undefined) return err(serviceError('TaskNotFound'));
  if (job.value.state === JOB.deleting) return err(serviceError('JobBeingDeleted'));
  return ok({ job: job.value, task });
}

/** The job schedule of this id. */
export function findSchedule(account: AccountState, id: string): Result<ScheduleState, ServiceError> {
  const schedule = account.schedules.get(idKey(id));
  return schedule === undefined ? err(serviceError('JobScheduleNotFound')) : ok(schedule);
}

/** What the service says of a job that has ended, is about to, or is being deleted; null: none of these (JOB-13, JOB-14, JOB-26). */
export function endedError({ state }: JobState): ServiceError | null {
  switch (state) {
    case JOB.deleting:
      return serviceError('JobBeingDeleted');
    case JOB.completed:
      return serviceError('JobCompleted');
    case JOB.terminating:
      return serviceError('JobBeingTerminated');
    default:
      return null;
  }
}

/** The same of a job schedule (JS-16). */
export function endedScheduleError({ state }: ScheduleState): ServiceError | null {
  switch (state) {
    case SCHEDULE.deleting:
      return serviceError('JobScheduleBeingDeleted');
    case SCHEDULE.completed:
      return serviceError('JobScheduleCompleted');
    case SCHEDULE.terminating:
      return serviceError('JobScheduleBeingTerminated');
    default:
      return null;
  }
}
