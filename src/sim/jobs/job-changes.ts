/** Changes of a job: patch keeps what is not given, update (PUT) resets it (JOB-04, JOB-08, JOB-19, JOB-21, AUTO-06). */
import { err, ok } from '../../base/index.js';
import {
  checkJobChanges,
  checkJobChangeValues,
  idKey,
  type Job,
  type JobChanges,
  type ServiceError,
  SUCCESS_STATUS,
  serviceError,
} from '../../model/index.js';
import { type AccountState, JOB, type JobState, limitOf } from '../entities.js';
import { LOGGED } from '../event-log.js';
import { noteJobFinished } from '../finished-tasks.js';
import type { Answered } from '../service/answer.js';
import { attachJob, changeLimit, detachJob } from '../waiting.js';
import type { World } from '../world.js';
import { endedError, findJob } from './job-lookups.js';
import { setWallClock, takeBackWallClock } from './job-wall-clock.js';

interface Arguments {
  readonly jobId: string;
  readonly changes: JobChanges;
}

/** Changes what is given. */
export function patchJob(world: World, account: AccountState, given: Arguments): Answered {
  return change(world, account, given, 'patch');
}

/** Replaces all that can be changed; the pool stays if none is given. */
export function updateJob(world: World, account: AccountState, given: Arguments): Answered {
  return change(world, account, given, 'update');
}

function change(
  world: World,
  account: AccountState,
  { jobId, changes }: Arguments,
  mode: 'patch' | 'update',
): Answered {
  const badValue = checkJobChangeValues(changes);
  if (badValue !== null) return err(badValue);
  const job = findJob(account, jobId);
  if (!job.ok) return job;
  const refusal =
    endedError(job.value) ?? checkJobChanges(job.value.spec, changes, mode) ?? checkPoolChange(job.value, changes);
  if (refusal !== null) return err(refusal);
  apply(world, job.value, specWith(job.value.spec, changes, mode));
  return ok({ status: mode === 'patch' ? SUCCESS_STATUS.patchJob : SUCCESS_STATUS.updateJob });
}

/** JOB-21: the pool changes only while the job is disabled. */
function checkPoolChange(job: JobState, { poolId }: JobChanges): ServiceError | null {
  if (poolId === undefined || isSamePool(poolId, job.spec.poolId) || job.state === JOB.disabled) return null;
  return serviceError('OperationInvalidForCurrentState');
}

/** What an update resets (JOB-04, JOB-19, JOB-20, JOB-07, JOB-06, JOB-08). */
const RESET = {
  priority: 0,
  maxParallelTasks: -1,
  allowTaskPreemption: false,
  maxTaskRetryCount: 0,
  maxWallClockTimeMs: null,
  onAllTasksComplete: 'noaction',
  metadata: [],
} as const satisfies Partial<Job>;

function specWith(spec: Job, changes: JobChanges, mode: 'patch' | 'update'): Job {
  const { keepAlive, ...properties } = changes;
  const kept = mode === 'patch' ? spec : { ...spec, ...RESET };
  const autoPool = keepAlive === undefined || spec.autoPool === null ? spec.autoPool : { ...spec.autoPool, keepAlive };
  return { ...kept, ...properties, autoPool };
}

/** The job is as the new specification says; the scheduler sees it so from its next pass (JOB-04). */
function apply(world: World, job: JobState, spec: Job): void {
  const before = job.spec;
  const isRequeued =
    spec.priority !== before.priority ||
    spec.allowTaskPreemption !== before.allowTaskPreemption ||
    !isSamePool(spec.poolId, before.poolId);
  if (isRequeued) rememberFirst(world, job);
  if (isRequeued) detachJob(world, job);
  if (isRequeued) noteJobFinished(world, job, -1);
  job.spec = spec;
  if (isRequeued) noteJobFinished(world, job, 1);
  if (isRequeued) attachJob(world, job);
  if (spec.maxParallelTasks !== before.maxParallelTasks) changeLimit(world, job, limitOf(spec));
  if (spec.maxWallClockTimeMs !== before.maxWallClockTimeMs) {
    takeBackWallClock(world, job);
    setWallClock(world, job);
  }
  world.checkLater(job);
  logChanges(world, job, before);
}

function rememberFirst(world: World, job: JobState): void {
  job.addedWith ??= { priority: job.spec.priority, poolIndex: poolRow(world, job) };
}

function logChanges(world: World, job: JobState, before: Job): void {
  const { priority, poolId } = job.spec;
  if (priority !== before.priority) world.log?.add(world.nowMs, LOGGED.jobPriority, job.row, priority);
  if (!isSamePool(poolId, before.poolId)) world.log?.add(world.nowMs, LOGGED.jobPool, job.row, poolRow(world, job));
}

function poolRow(world: World, job: JobState): number {
  return world.poolOf(job.account, job.spec.poolId)?.row ?? -1;
}

function isSamePool(one: string, other: string): boolean {
  return idKey(one) === idKey(other);
}
