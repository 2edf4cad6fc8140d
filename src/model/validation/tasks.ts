/**
 * What Batch refuses in the bodies of tasks by themselves and beside the fixed properties of their job. Sets may hold a
 * million tasks: columns are read once, and ids that follow a pattern are judged by the pattern.
 */
import type { Job } from '../job-spec.js';
import { invalidProperty, missingProperty, type ServiceError, serviceError } from '../service-errors.js';
import type { TaskDependencies, TaskSet } from '../task-spec.js';
import { checkRetention, checkRetryCount, checkWallClock } from './constraints.js';
import { checkExitCodeRanges, checkJobActions } from './exit-conditions.js';
import { checkResourceFiles } from './resource-files.js';
import { checkReservedIds, checkTaskIds } from './task-ids.js';

/** DEP-08: fewer characters than this in all `taskIds` of a task together. */
export const LONGEST_DEPENDENCIES = 64_000;
/** DEP-08: Batch publishes no limit, this one is ours. */
export const MOST_DEPENDENCY_RANGES = 1000;
/** ACC-18: tasks of one collection. */
export const MOST_TASKS_IN_COLLECTION = 100;
/** ACC-18: a collection has fewer bytes than this. */
export const COLLECTION_BYTES = 1_048_576;

/** The properties of a job that its tasks are held against. */
export type TaskOwner = Pick<
  Job,
  'usesTaskDependencies' | 'onTaskFailure' | 'jobPreparationTask' | 'jobReleaseTask' | 'autoPool'
>;

/** Tasks as they are added to a job; the first problem of the first set that has one. */
export function checkTasks(sets: readonly TaskSet[], job: TaskOwner): ServiceError | null {
  return firstRefusal(sets, (set) => checkValues(set) ?? checkAgainstJob(set, job));
}

/** The part of {@link checkTasks} that needs no job, and so comes before the question whether there is one (ERR-04). */
export function checkTaskValues(sets: readonly TaskSet[]): ServiceError | null {
  return firstRefusal(sets, checkValues);
}

/** TASK-29: container settings stand exactly where the pool has containers; for tasks whose pool is known. */
export function checkContainerSettings(sets: readonly TaskSet[], hasContainers: boolean): ServiceError | null {
  for (const { demands } of sets) {
    const container = demands?.container ?? null;
    if (hasContainers && container === null) return missingProperty('containerSettings');
    if (!hasContainers && container !== null) {
      return invalidProperty('containerSettings', container.image, 'The pool has no container configuration.');
    }
  }
  return null;
}

/** ACC-18, ERR-16: how much one call of add-task-collection may bring. */
export function checkTaskCollection(taskCount: number, bodyBytes: number): ServiceError | null {
  if (bodyBytes >= COLLECTION_BYTES) return serviceError('RequestBodyTooLarge');
  if (taskCount <= MOST_TASKS_IN_COLLECTION) return null;
  return invalidProperty('value', `${taskCount} tasks`, `One call adds at most ${MOST_TASKS_IN_COLLECTION} tasks.`);
}

function firstRefusal(sets: readonly TaskSet[], check: (set: TaskSet) => ServiceError | null): ServiceError | null {
  for (const set of sets) {
    const refusal = check(set);
    if (refusal !== null) return refusal;
  }
  return null;
}

function checkValues(set: TaskSet): ServiceError | null {
  return (
    checkTaskIds(set) ??
    checkRequiredSlots(set) ??
    checkRetryCount(set.maxTaskRetryCount) ??
    checkWallClocks(set.maxWallClockTimeMs) ??
    checkRetention(set.retentionTimeMs) ??
    checkExitCodeRanges(set.exitConditions) ??
    checkDependencies(set.dependsOn) ??
    checkResourceFiles(set.resourceFiles) ??
    checkResourceFiles(set.multiInstance?.commonResourceFiles ?? []) ??
    checkInstances(set)
  );
}

function checkAgainstJob(set: TaskSet, job: TaskOwner): ServiceError | null {
  if (set.dependsOn !== null && !job.usesTaskDependencies) return serviceError('TaskDependenciesNotSpecifiedOnJob'); // DEP-01
  return (
    checkJobActions(set.exitConditions, job.onTaskFailure) ??
    (job.autoPool === null ? null : checkContainerSettings([set], job.autoPool.pool.hasContainers)) ??
    checkReservedIds(set, job)
  );
}

/** TASK-18: more slots than a node has are accepted. */
function checkRequiredSlots({ requiredSlots }: TaskSet): ServiceError | null {
  const least = typeof requiredSlots === 'number' ? requiredSlots : leastOf(requiredSlots);
  if (Number.isInteger(least) && least >= 1) return null;
  return invalidProperty('requiredSlots', least, 'It is a whole number from 1.');
}

function leastOf(column: Uint16Array): number {
  return column.reduce((least, value) => Math.min(least, value), 1);
}

/** A column holds -1 where there is no limit. */
function checkWallClocks(wallClock: TaskSet['maxWallClockTimeMs']): ServiceError | null {
  if (!(wallClock instanceof Float64Array)) return checkWallClock(wallClock);
  const wrong = wallClock.find((ms) => ms <= 0 && ms !== -1);
  return wrong === undefined ? null : checkWallClock(wrong);
}

/** TASK-18, MI-02. */
function checkInstances({ multiInstance, requiredSlots }: TaskSet): ServiceError | null {
  if (multiInstance === null) return null;
  const { numberOfInstances } = multiInstance;
  if (!Number.isInteger(numberOfInstances) || numberOfInstances < 1) {
    return invalidProperty('numberOfInstances', numberOfInstances, 'It is a whole number from 1.');
  }
  const most = typeof requiredSlots === 'number' ? requiredSlots : requiredSlots.reduce((a, b) => Math.max(a, b), 1);
  return most === 1 ? null : invalidProperty('requiredSlots', most, 'A multi-instance task requires 1 slot.');
}

/**
 * DEP-08. Parents that come as columns have no ids that were sent, and no length: a trace or a library may hold wider
 * graphs than one request could.
 */
function checkDependencies(dependsOn: TaskDependencies | null): ServiceError | null {
  if (dependsOn === null) return null;
  const length = dependsOn.taskIds.reduce((sum, id) => sum + id.length, 0);
  if (length >= LONGEST_DEPENDENCIES) return serviceError('TaskDependencyListTooLong');
  if (dependsOn.taskIdRanges.length > MOST_DEPENDENCY_RANGES) return serviceError('TaskDependencyRangesTooLong');
  const backwards = dependsOn.taskIdRanges.find(({ start, end }) => start > end);
  if (backwards === undefined) return null;
  return invalidProperty(
    'taskIdRanges',
    `${backwards.start}-${backwards.end}`,
    'A range ends where it starts, or later.',
  );
}
