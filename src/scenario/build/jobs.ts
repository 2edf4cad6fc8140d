/** Jobs with their tasks: what Batch would refuse is told, the rest becomes the model's job. */
import {
  type Arrival,
  AT_ONCE,
  checkDisplayName,
  checkJobChangeValues,
  checkJobSpecification,
  idKey,
  type Job,
  makeJob,
  type Pool,
} from '../../model/index.js';
import type { GivenJob, GivenJobSpecification } from '../schema/job.js';
import type { Path } from '../text/tree.js';
import { MOST_ARRIVALS, readArrival } from './arrivals.js';
import type { BuildContext } from './context.js';
import { checkId } from './ids.js';
import { type JobParts, readManager, readPreparation, readRelease } from './job-tasks.js';
import { readPoolInfo } from './pool-info.js';
import { refuseBy } from './refusals.js';
import { readMetadata, readNameValues, readRetries, readWallClock } from './settings.js';
import type { Surroundings } from './surroundings.js';
import { checkTaken, readTasks } from './task-lists.js';
import type { TaskOwner } from './task-owner.js';

/** A number no larger than any count of arrivals, to try a job's id with. */
const LONGEST_COUNT = String(MOST_ARRIVALS);

/** The job at `path`, of the file itself or of an action that happens at `atMs` (null: more than once). */
export function readJob(
  context: BuildContext,
  path: Path,
  given: GivenJob,
  around: Surroundings,
  atMs: number | null = 0,
): Job {
  const before = context.problems.errorCount;
  const arrival = readArrivalOf(context, [...path, 'model', 'arrival'], given);
  checkJobId(context, path, given, arrival);
  const isFed = context.inAction || around.fedJobs.has(idKey(given.id));
  if (!isFed && isWithoutTasks(given)) context.warning('BS2204', path, `${context.name(path)} has no tasks`);
  const createdMs = arrival.kind === 'at' && atMs !== null ? atMs + arrival.atMs : null;
  const parts = { path, modelPath: [...path, 'model'], given, model: given.model };
  const specification = readSpecification(context, parts, { createdMs, owner: 'job' }, around);
  const job = makeJob({ ...specification, id: given.id, arrival });
  if (!context.inAction && context.problems.errorCount === before)
    refuseBy(context, path, checkJobSpecification(job, 'job'));
  return context.placed(job, path);
}

/** When the job comes; the job of an action comes with it. */
function readArrivalOf(context: BuildContext, path: Path, given: GivenJob): Arrival {
  const arrival = given.model?.arrival;
  if (arrival === undefined) return AT_ONCE;
  if (context.inAction) {
    const message = `${context.name(path)}: the job comes when the action happens`;
    context.error('BS2013', path, message, 'take the arrival out, or write an action for each time');
  }
  return readArrival(context, path, arrival, { endsByItself: false, originMs: 0 });
}

/** Whose the specification is: its jobs come once (at `createdMs`) or more often (null). */
interface SpecificationOwner {
  readonly owner: 'job' | 'jobSchedule';
  readonly createdMs: number | null;
}

/** All of a job but its id and arrival, which a job schedule has not (JS-10). */
export function readSpecification(
  context: BuildContext,
  parts: JobParts,
  { owner: ownerKind, createdMs }: SpecificationOwner,
  around: Surroundings,
): Omit<Job, 'id' | 'arrival'> {
  const { path, given } = parts;
  checkProperties(context, path, given);
  const { poolId, autoPool } = readPoolInfo(context, [...path, 'poolInfo'], given.poolInfo, ownerKind, around);
  const owner: TaskOwner = {
    path,
    usesTaskDependencies: given.usesTaskDependencies ?? false,
    onTaskFailure: given.onTaskFailure ?? 'noaction',
    pool: autoPool?.pool ?? around.pools.get(idKey(poolId)) ?? null,
    timing: around.timing,
    createdMs,
  };
  const limits = [...path, 'constraints'];
  const manager = readManager(context, parts, owner, around);
  const preparation = readPreparation(context, parts);
  const release = readRelease(context, parts);
  const tasks = readTasks(context, [...path, 'tasks'], given.tasks, owner);
  checkTaken(context, path, given, tasks, [preparation?.id ?? null, release?.id ?? null]);
  return {
    displayName: given.displayName ?? null,
    poolId,
    autoPool,
    priority: given.priority ?? 0,
    maxParallelTasks: given.maxParallelTasks ?? -1,
    allowTaskPreemption: given.allowTaskPreemption ?? false,
    usesTaskDependencies: owner.usesTaskDependencies,
    maxTaskRetryCount: readRetries(context, [...limits, 'maxTaskRetryCount'], given.constraints?.maxTaskRetryCount),
    maxWallClockTimeMs: readWallClock(context, [...limits, 'maxWallClockTime'], given.constraints?.maxWallClockTime),
    onAllTasksComplete: given.onAllTasksComplete ?? 'noaction',
    onTaskFailure: owner.onTaskFailure,
    jobManagerTask: manager,
    jobPreparationTask: preparation,
    jobReleaseTask: release,
    commonEnvironmentSettings: readNameValues(given.commonEnvironmentSettings),
    metadata: readMetadata(context, [...path, 'metadata'], given.metadata),
    tasks,
  };
}

function checkProperties(context: BuildContext, path: Path, given: GivenJobSpecification): void {
  refuseBy(context, [...path, 'displayName'], checkDisplayName(given.displayName ?? null));
  const { priority, maxParallelTasks } = given;
  if (priority !== undefined) refuseBy(context, [...path, 'priority'], checkJobChangeValues({ priority }), 'priority');
  if (maxParallelTasks !== undefined)
    refuseBy(context, [...path, 'maxParallelTasks'], checkJobChangeValues({ maxParallelTasks }));
}

/** Several arrivals need several ids: `{n}` counts them. */
function checkJobId(context: BuildContext, path: Path, given: GivenJob, arrival: Arrival): void {
  const idPath = [...path, 'id'];
  const comesOnce = arrival.kind === 'at' || (arrival.kind === 'trace' && arrival.atMs.length === 1);
  if (!comesOnce && !given.id.includes('{n}')) {
    const message = `job "${given.id}" comes more than once, and each time needs an id of its own`;
    context.error('BS2102', idPath, message, `write id: ${given.id}-{n}`);
    return;
  }
  const tried = given.id.replaceAll('{n}', comesOnce ? '1' : LONGEST_COUNT);
  // A long id is only too long if the count really gets that far, which a process does not tell beforehand.
  checkId(context, idPath, comesOnce || tried.length <= 64 ? tried : given.id.replaceAll('{n}', '1'));
}

/** A job manager is a task, and may add others. */
export function isWithoutTasks({ tasks, jobManagerTask }: GivenJobSpecification): boolean {
  return jobManagerTask === undefined && (tasks === undefined || (Array.isArray(tasks) && tasks.length === 0));
}

/** Pools that jobs run on, for tasks that are added to them later. */
export function poolOf(job: Pick<Job, 'poolId' | 'autoPool'>, around: Surroundings): Pool | null {
  return job.autoPool?.pool ?? around.pools.get(idKey(job.poolId)) ?? null;
}
