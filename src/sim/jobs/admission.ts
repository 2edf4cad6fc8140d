/** What comes with a job, and which jobs and tasks are taken (JM-01, JOB-06, JOB-11, JOB-18, ACC-10, AUTO). */
import { err, ok } from '../../base/index.js';
import {
  checkJob,
  type Given,
  idKey,
  type Job,
  type ServiceError,
  SUCCESS_STATUS,
  serviceError,
  taskIdAt,
} from '../../model/index.js';
import { addSetsOfJob, admitJob } from '../additions.js';
import type { SetInstance } from '../declaration.js';
import { type AccountState, JOB, type JobState, type PoolState } from '../entities.js';
import { createAutoPool } from '../pools/auto-pools.js';
import type { Answered } from '../service/answer.js';
import { recordOperation } from '../service/operation-rows.js';
import type { World } from '../world.js';
import { checkJobAdmission } from './active-quota.js';
import { failJob } from './job-ends.js';
import { endedError } from './job-lookups.js';
import { setWallClock } from './job-wall-clock.js';

/** The operation: adds a job with its tasks. */
export function addJob(world: World, account: AccountState, { job }: { readonly job: Given<Job> }): Answered {
  if (!job.ok) return job;
  const refusal = checkJob(job.value) ?? checkJobAdmission(account, job.value.id);
  if (refusal !== null) return err(refusal);
  const made = world.makeJob(account, job.value, job.value.id, -1);
  addSetsOfJob(world, made);
  admitJob(world, made);
  return ok({ status: SUCCESS_STATUS.addJob });
}

/** Adds a job that the scenario declares, unless the account refuses it, and says why it does; null: it is there. */
export function addDeclaredJobChecked(world: World, job: JobState): ServiceError | null {
  const refusal = checkJobAdmission(job.account, job.id);
  if (refusal === null) admitJob(world, job);
  return refusal;
}

/** The job was just added: its clock runs, and its own pool is made (JOB-06, AUTO-02, AUTO-05). */
export function onJobAdmitted(world: World, job: JobState): void {
  job.account.activeCount += 1;
  setWallClock(world, job);
  const { autoPool } = job.spec;
  if (autoPool === null) return;
  const made = autoPool.poolLifetimeOption === 'job' ? makeOwnPool(world, job) : sharedPool(world, job);
  if (made.ok) job.spec = { ...job.spec, poolId: made.value.spec.id };
  else failJob(world, job, made.error);
}

/** Whether a declared task is taken by its job now; if not, the refusal is a row of `operations`. */
export function mayAddTask(world: World, job: JobState, { ids }: SetInstance, index: number): boolean {
  const taskId = taskIdAt(ids, index);
  const refusal = checkOpenForTasks(world, job) ?? checkNewId(job, taskId);
  if (refusal === null) return true;
  const target = { kind: 'addTasks', target: `job ${job.id} task ${taskId}` };
  recordOperation(world, job.account, target, err(refusal), { expectError: null, byTask: -1 });
  return false;
}

/** Whether the state of the job lets tasks be added (JOB-11, JOB-18, TASK-27). */
export function checkOpenForTasks(world: World, job: JobState): ServiceError | null {
  if (job.deletedMs >= 0) return serviceError('JobNotFound');
  const isDisabled = job.state === JOB.disabled || job.state === JOB.disabling;
  const mayAdd = !isDisabled || world.scenario.options.addToDisabledJob;
  return endedError(job) ?? (mayAdd ? null : serviceError('JobDisabled'));
}

/** TASK-26. */
export function checkNewId(job: JobState, taskId: string): ServiceError | null {
  return job.taskRows.has(idKey(taskId)) ? serviceError('TaskExists') : null;
}

type MadePool = ReturnType<typeof createAutoPool>;

function makeOwnPool(world: World, job: JobState): MadePool {
  const made = createAutoPool(world, job.account, job.spec.autoPool as NonNullable<Job['autoPool']>, job.id);
  if (made.ok) job.autoPool = made.value;
  return made;
}

/** AUTO-02: made with the first job of the schedule. One that was deleted meanwhile is made anew. */
function sharedPool(world: World, job: JobState): MadePool {
  const schedule = world.schedules[job.schedule];
  const known: PoolState | null = schedule?.autoPool ?? null;
  if (known !== null && known.deletedMs < 0) return ok(known);
  const owner = schedule?.spec.id ?? job.id;
  const made = createAutoPool(world, job.account, job.spec.autoPool as NonNullable<Job['autoPool']>, owner);
  if (made.ok && schedule !== undefined) schedule.autoPool = made.value;
  return made;
}
