/** What Batch refuses in the body of a job by itself, before the state of the world counts (ERR-04). */
import { PRIORITY_MAX, PRIORITY_MIN } from '../job.js';
import {
  type AutoPool,
  type Job,
  type JobChanges,
  type JobManager,
  type JobPreparation,
  type JobRelease,
  MOST_RELEASE_MS,
} from '../job-spec.js';
import { invalidProperty, missingProperty, type ServiceError, serviceError } from '../service-errors.js';
import { checkRetention, checkRetryCount, checkWallClock } from './constraints.js';
import { checkDisplayName, checkId, checkMetadata } from './names.js';
import { checkPoolSpecification } from './pool.js';
import { checkResourceFiles } from './resource-files.js';
import { checkTasks } from './tasks.js';

/** AUTO-04: characters. */
export const LONGEST_AUTO_POOL_PREFIX = 20;

/** A job as it is added, with the tasks that come with it. */
export function checkJob(job: Job): ServiceError | null {
  return checkId(nameOfFirst(job), 'id') ?? checkJobSpecification(job, 'job');
}

/** All of a job but its id, which the service makes for a job schedule (JS-10). `owner`: who names it (AUTO-02). */
export function checkJobSpecification(job: Job, owner: 'job' | 'jobSchedule'): ServiceError | null {
  return (
    checkDisplayName(job.displayName) ??
    checkJobChangeValues(job) ??
    checkPoolInfo(job, owner) ??
    checkPreparation(job.jobPreparationTask) ??
    checkRelease(job.jobReleaseTask, job.jobPreparationTask) ??
    checkManager(job.jobManagerTask, job) ??
    checkTasks(job.tasks, job)
  );
}

/** JOB-04, JOB-19, TASK-07: what a change of a job brings, whatever job it is. */
export function checkJobChangeValues(changes: Omit<JobChanges, 'poolId'>): ServiceError | null {
  return (
    checkPriority(changes.priority ?? 0) ??
    checkParallelTasks(changes.maxParallelTasks ?? -1) ??
    checkRetryCount(changes.maxTaskRetryCount) ??
    checkWallClock(changes.maxWallClockTimeMs) ??
    checkMetadata(changes.metadata)
  );
}

/**
 * JOB-08, ERR-18, AUTO-06: a change held against the job that it is for. With `update` (PUT) what is absent is reset.
 * The second half needs the job, so it comes with its state (ERR-04); {@link checkJobChangeValues} can come before.
 */
export function checkJobChanges(
  job: Pick<Job, 'onAllTasksComplete' | 'autoPool'>,
  changes: JobChanges,
  mode: 'patch' | 'update',
): ServiceError | null {
  const onAllTasksComplete = changes.onAllTasksComplete ?? (mode === 'update' ? 'noaction' : job.onAllTasksComplete);
  return (
    checkJobChangeValues(changes) ??
    (changes.poolId === undefined ? null : checkId(changes.poolId, 'poolInfo.poolId')) ??
    checkAllTasksComplete(job.onAllTasksComplete, onAllTasksComplete) ??
    checkKeepAlive(job.autoPool, changes.keepAlive)
  );
}

/** With several arrivals `{n}` stands for the count; the first of the ids speaks for all. */
function nameOfFirst(job: Job): string {
  return job.arrival.kind === 'at' ? job.id : job.id.replaceAll('{n}', '1');
}

/** JOB-04. */
function checkPriority(priority: number): ServiceError | null {
  if (Number.isInteger(priority) && priority >= PRIORITY_MIN && priority <= PRIORITY_MAX) return null;
  return serviceError('OutOfRangePriority', { PropertyName: 'priority', PropertyValue: String(priority) });
}

/** JOB-19. */
function checkParallelTasks(count: number): ServiceError | null {
  if (count === -1 || (Number.isInteger(count) && count > 0)) return null;
  return invalidProperty('maxParallelTasks', count, 'It is a whole number from 1, or -1 for no limit.');
}

/** AUTO-01, AUTO-02: a pool by name or an auto pool, and exactly one of them. */
function checkPoolInfo({ poolId, autoPool }: Job, owner: 'job' | 'jobSchedule'): ServiceError | null {
  if (autoPool === null) return poolId === '' ? missingProperty('poolInfo') : checkId(poolId, 'poolInfo.poolId');
  if (poolId !== '') return invalidProperty('poolInfo', poolId, 'Give poolId or autoPoolSpecification, not both.');
  if (autoPool.poolLifetimeOption === 'jobschedule' && owner === 'job') {
    return invalidProperty(
      'poolLifetimeOption',
      'jobschedule',
      'Only the pool of a job schedule lives as long as that.',
    );
  }
  return checkAutoPoolPrefix(autoPool.autoPoolIdPrefix) ?? checkPoolSpecification(autoPool.pool);
}

/** AUTO-04: a prefix may be empty. */
function checkAutoPoolPrefix(prefix: string): ServiceError | null {
  if (prefix === '') return null;
  if (prefix.length <= LONGEST_AUTO_POOL_PREFIX) return checkId(prefix, 'autoPoolIdPrefix');
  return invalidProperty('autoPoolIdPrefix', prefix, `It has at most ${LONGEST_AUTO_POOL_PREFIX} characters.`);
}

/** PREP-08. */
function checkPreparation(task: JobPreparation | null): ServiceError | null {
  if (task === null) return null;
  return (
    checkId(task.id, 'jobPreparationTask.id') ??
    checkRetryCount(task.maxTaskRetryCount) ??
    checkWallClock(task.maxWallClockTimeMs) ??
    checkRetention(task.retentionTimeMs) ??
    checkResourceFiles(task.command.resourceFiles ?? [])
  );
}

/** JOB-28, PREP-12. */
function checkRelease(task: JobRelease | null, preparation: JobPreparation | null): ServiceError | null {
  if (task === null) return null;
  if (preparation === null) {
    return invalidProperty('jobReleaseTask', task.id, 'A job with a release task has a preparation task.');
  }
  if (task.maxWallClockTimeMs > MOST_RELEASE_MS) {
    return invalidProperty(
      'maxWallClockTime',
      `${task.maxWallClockTimeMs} ms`,
      'A release task has at most 15 minutes.',
    );
  }
  return (
    checkId(task.id, 'jobReleaseTask.id') ??
    checkWallClock(task.maxWallClockTimeMs) ??
    checkRetention(task.retentionTimeMs) ??
    checkResourceFiles(task.command.resourceFiles ?? [])
  );
}

/** JM-02: the manager is a task of the job and goes by the rules of tasks; no other task has its id. */
function checkManager(manager: JobManager | null, job: Job): ServiceError | null {
  return manager === null ? null : checkTasks([manager.task], job);
}

/** JOB-08. */
function checkAllTasksComplete(now: string, then: string): ServiceError | null {
  if (now !== 'terminatejob' || then === 'terminatejob') return null;
  return invalidProperty('onAllTasksComplete', then, 'A job that ends with its tasks stays so.');
}

/** AUTO-06. */
function checkKeepAlive(autoPool: AutoPool | null, keepAlive: boolean | undefined): ServiceError | null {
  if (keepAlive === undefined || autoPool?.poolLifetimeOption === 'job') return null;
  return invalidProperty(
    'keepAlive',
    keepAlive,
    'It can be changed only for an auto pool that lives as long as its job.',
  );
}
