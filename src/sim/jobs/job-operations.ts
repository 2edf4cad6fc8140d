/** Batch's operations on jobs (JOB-12 to JOB-17); each checks properties, existence and state in this order (ERR-04). */
import { err, ok } from '../../base/index.js';
import { missingProperty, SUCCESS_STATUS, serviceError } from '../../model/index.js';
import { type AccountState, JOB } from '../entities.js';
import type { Answered } from '../service/answer.js';
import type { World } from '../world.js';
import { type DisableTasks, disableLive, endJob, forceEnd, removeJob } from './job-ends.js';
import { endedError, findJob } from './job-lookups.js';
import { moveJob } from './job-moves.js';

export { addJob } from './admission.js';
export { patchJob, updateJob } from './job-changes.js';

/** JOB-15, JOB-17: the option has no default. */
export function disableJob(
  world: World,
  account: AccountState,
  { jobId, disableTasks }: { readonly jobId: string; readonly disableTasks: DisableTasks | null },
): Answered {
  if (disableTasks === null) return err(missingProperty('disableTasks'));
  const job = findJob(account, jobId);
  if (!job.ok) return job;
  const refusal = endedError(job.value);
  if (refusal !== null) return err(refusal);
  disableLive(world, job.value, disableTasks);
  return ok({ status: SUCCESS_STATUS.disableJob });
}

/** JOB-02, JOB-17: enabled again at once. */
export function enableJob(world: World, account: AccountState, { jobId }: { readonly jobId: string }): Answered {
  const job = findJob(account, jobId);
  if (!job.ok) return job;
  const { state } = job.value;
  if (state === JOB.deleting) return err(serviceError('JobBeingDeleted'));
  if (state !== JOB.disabled) return err(serviceError('OperationInvalidForCurrentState'));
  moveJob(world, job.value, 'enable');
  moveJob(world, job.value, 'settle');
  return ok({ status: SUCCESS_STATUS.enableJob });
}

/** JOB-11 to JOB-13. Forced, it also completes a job that is terminating. */
export function terminateJob(
  world: World,
  account: AccountState,
  { jobId, terminateReason, force }: { jobId: string; terminateReason: string | null; force: boolean },
): Answered {
  const job = findJob(account, jobId);
  if (!job.ok) return job;
  const refusal = endedError(job.value);
  const isForced = force && job.value.state === JOB.terminating;
  if (refusal !== null && !isForced) return err(refusal);
  endJob(world, job.value, terminateReason ?? 'UserTerminate');
  if (force) forceEnd(world, job.value);
  return ok({ status: SUCCESS_STATUS.terminateJob });
}

/** JOB-14. */
export function deleteJob(
  world: World,
  account: AccountState,
  { jobId, force }: { readonly jobId: string; readonly force: boolean },
): Answered {
  const job = findJob(account, jobId);
  if (!job.ok) return job;
  const isDeleting = job.value.state === JOB.deleting;
  if (isDeleting && !force) return err(serviceError('JobBeingDeleted'));
  if (!isDeleting) removeJob(world, job.value);
  if (force) forceEnd(world, job.value);
  return ok({ status: SUCCESS_STATUS.deleteJob });
}
