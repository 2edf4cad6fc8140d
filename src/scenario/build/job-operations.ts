/** Operations on jobs, tasks and job schedules → the model's. */
import { err, ok } from '../../base/index.js';
import {
  checkJob,
  checkJobSchedule,
  checkJobScheduleChanges,
  checkTasks,
  checkTaskValues,
  idKey,
  type JobChanges,
  type Operation,
} from '../../model/index.js';
import type { GivenOperations } from '../schema/action.js';
import { OWN_JOB } from '../schema/job-operations.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { readJobSchedule, readJobScheduleChanges } from './job-schedules.js';
import { readJob } from './jobs.js';
import type { Readers, Reading } from './operation-readers.js';
import { isNoLimit, readConstraints, readMetadata } from './settings.js';
import { readTasks } from './task-lists.js';
import type { TaskOwner } from './task-owner.js';

type JobKind =
  | 'addJob'
  | 'patchJob'
  | 'updateJob'
  | 'disableJob'
  | 'enableJob'
  | 'terminateJob'
  | 'deleteJob'
  | 'addTasks'
  | 'updateTask'
  | 'terminateTask'
  | 'deleteTask'
  | 'reactivateTask'
  | 'addJobSchedule'
  | 'patchJobSchedule'
  | 'updateJobSchedule'
  | 'disableJobSchedule'
  | 'enableJobSchedule'
  | 'terminateJobSchedule'
  | 'deleteJobSchedule';

/** The job stands elsewhere: what depends on it the service judges. */
const ANY_JOB: Parameters<typeof checkTasks>[1] = {
  usesTaskDependencies: true,
  onTaskFailure: 'performexitoptionsjobaction',
  jobPreparationTask: null,
  jobReleaseTask: null,
  autoPool: null,
};

/** One reader for each operation. */
export const JOB_READERS: Readers<JobKind> = {
  addJob: ({ context, path, around, atMs }, given) => ({
    kind: 'addJob',
    job: context.asked(() => readJob(context, path, given, around, atMs), checkJob),
  }),
  patchJob: ({ context, path }, given) => ({
    kind: 'patchJob',
    jobId: given.jobId,
    changes: changesOf(context, path, given),
  }),
  updateJob: ({ context, path }, given) => ({
    kind: 'updateJob',
    jobId: given.jobId,
    changes: changesOf(context, path, given),
  }),
  disableJob: (_, { jobId, disableTasks = null }) => ({ kind: 'disableJob', jobId, disableTasks }),
  enableJob: (_, given) => ({ kind: 'enableJob', ...given }),
  terminateJob: (_, { jobId, terminateReason = null, force = false }) => ({
    kind: 'terminateJob',
    jobId,
    terminateReason,
    force,
  }),
  deleteJob: (_, { jobId, force = false }) => ({ kind: 'deleteJob', jobId, force }),
  addTasks: (reading, given) => {
    const { context, path } = reading;
    const where = [...path, 'tasks'];
    const { value: sets, refusal } = context.judged(() =>
      readTasks(context, where, given.tasks, ownerOf(reading, given.jobId)),
    );
    // TASK-26: each task is judged by itself, by the service; only what it cannot see in them counts against the whole.
    const isSeen =
      refusal === null || sets.some((set) => (checkTaskValues([set]) ?? checkTasks([set], ANY_JOB)) !== null);
    return { kind: 'addTasks', jobId: given.jobId, tasks: isSeen ? ok(sets) : err(refusal) };
  },
  updateTask: ({ context, path }, { jobId, taskId, constraints }) => ({
    kind: 'updateTask',
    jobId,
    taskId,
    constraints:
      constraints === undefined
        ? null
        : context.unjudged(() => readConstraints(context, [...path, 'constraints'], constraints)),
  }),
  terminateTask: (_, given) => ({ kind: 'terminateTask', ...given }),
  deleteTask: (_, given) => ({ kind: 'deleteTask', ...given }),
  reactivateTask: (_, given) => ({ kind: 'reactivateTask', ...given }),
  addJobSchedule: ({ context, path, around }, given) => ({
    kind: 'addJobSchedule',
    jobSchedule: context.asked(() => readJobSchedule(context, path, given, around), checkJobSchedule),
  }),
  patchJobSchedule: (reading, given) => changeSchedule('patchJobSchedule', reading, given),
  updateJobSchedule: (reading, given) => changeSchedule('updateJobSchedule', reading, given),
  disableJobSchedule: (_, given) => ({ kind: 'disableJobSchedule', ...given }),
  enableJobSchedule: (_, given) => ({ kind: 'enableJobSchedule', ...given }),
  terminateJobSchedule: (_, given) => ({ kind: 'terminateJobSchedule', ...given }),
  deleteJobSchedule: (_, given) => ({ kind: 'deleteJobSchedule', ...given }),
};

function ownerOf({ around, atMs, pool }: Reading, jobId: string): TaskOwner {
  return {
    path: null,
    usesTaskDependencies: true,
    onTaskFailure: ANY_JOB.onTaskFailure,
    pool: jobId === OWN_JOB ? pool : (around.poolsOfJobs.get(idKey(jobId)) ?? null),
    timing: around.timing,
    createdMs: atMs,
  };
}

/** `constraints` are replaced as a whole: what is not given in them is reset. The service checks the values. */
function changesOf(context: BuildContext, path: Path, given: NonNullable<GivenOperations['patchJob']>): JobChanges {
  const { priority, maxParallelTasks, allowTaskPreemption, constraints, onAllTasksComplete, poolInfo, metadata } =
    given;
  const keepAlive = poolInfo?.autoPoolSpecification?.keepAlive;
  if (poolInfo?.autoPoolSpecification !== undefined && keepAlive === undefined) {
    const where = [...path, 'poolInfo', 'autoPoolSpecification'];
    const message = `${context.name(where)}: only keepAlive of an auto pool can be changed (AUTO-06)`;
    context.error('BS2006', where, message, 'add keepAlive');
  }
  return {
    ...(priority === undefined ? {} : { priority }),
    ...(maxParallelTasks === undefined ? {} : { maxParallelTasks }),
    ...(allowTaskPreemption === undefined ? {} : { allowTaskPreemption }),
    ...(constraints === undefined ? {} : limitsOf(constraints)),
    ...(onAllTasksComplete === undefined ? {} : { onAllTasksComplete }),
    ...(poolInfo?.poolId === undefined ? {} : { poolId: poolInfo.poolId }),
    ...(keepAlive === undefined ? {} : { keepAlive }),
    ...(metadata === undefined
      ? {}
      : { metadata: context.unjudged(() => readMetadata(context, [...path, 'metadata'], metadata)) }),
  };
}

function limitsOf({
  maxTaskRetryCount = 0,
  maxWallClockTime,
}: NonNullable<NonNullable<GivenOperations['patchJob']>['constraints']>): Pick<
  Required<JobChanges>,
  'maxTaskRetryCount' | 'maxWallClockTimeMs'
> {
  const isLimited = maxWallClockTime !== undefined && !isNoLimit(maxWallClockTime);
  return { maxTaskRetryCount, maxWallClockTimeMs: isLimited ? maxWallClockTime : null };
}

function changeSchedule(
  kind: 'patchJobSchedule' | 'updateJobSchedule',
  { context, path, around }: Reading,
  given: NonNullable<GivenOperations['patchJobSchedule']>,
): Operation {
  const changes = context.asked(() => readJobScheduleChanges(context, path, given, around), checkJobScheduleChanges);
  return { kind, jobScheduleId: given.jobScheduleId, changes };
}
