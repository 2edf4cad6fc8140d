/** What tasks wait for (DEP-01, DEP-08). */
import { formatCount } from '../../base/index.js';
import {
  invalidProperty,
  LONGEST_DEPENDENCIES,
  MOST_DEPENDENCY_RANGES,
  type ServiceError,
  serviceError,
  type TaskDependencies,
} from '../../model/index.js';
import type { GivenTask } from '../schema/task.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import type { TaskOwner } from './task-owner.js';

/** The dependencies of the task at `path`; null: none. */
export function readDependencies(
  context: BuildContext,
  path: Path,
  given: GivenTask['dependsOn'],
  owner: TaskOwner,
): TaskDependencies | null {
  const { taskIds = [], taskIdRanges = [] } = given ?? {};
  if (given === undefined || (taskIds.length === 0 && taskIdRanges.length === 0)) return null;
  const where = [...path, 'dependsOn'];
  checkUses(context, path, owner, 'dependsOn', serviceError('TaskDependenciesNotSpecifiedOnJob'));
  const length = taskIds.reduce((sum, id) => sum + id.length, 0);
  if (length >= LONGEST_DEPENDENCIES) {
    const message = `taskIds of ${context.name(path)} have ${formatCount(length)} characters together; Batch accepts fewer than 64,000 (DEP-08, TaskDependencyListTooLong)`;
    const hint = 'use taskIdRanges, or a task that collects the parents';
    context.refuse('BS2113', [...where, 'taskIds'], message, hint, serviceError('TaskDependencyListTooLong'));
  }
  if (taskIdRanges.length > MOST_DEPENDENCY_RANGES) {
    const message = `${context.name(path)} has ${taskIdRanges.length} ranges; at most ${MOST_DEPENDENCY_RANGES} are accepted (DEP-08, TaskDependencyRangesTooLong)`;
    context.refuse('BS2113', [...where, 'taskIdRanges'], message, null, serviceError('TaskDependencyRangesTooLong'));
  }
  taskIdRanges.forEach(({ start, end }, i) => {
    if (start <= end) return;
    const refusal = invalidProperty('taskIdRanges', `${start}-${end}`, 'A range ends where it starts, or later.');
    const message = `the range from ${start} to ${end} counts down`;
    context.refuse('BS2117', [...where, 'taskIdRanges', i], message, 'swap the two', refusal);
  });
  return { taskIds, taskIdRanges, columns: null };
}

/** DEP-01; of a job that stands elsewhere the service judges. */
export function checkUses(
  context: BuildContext,
  path: Path,
  owner: Pick<TaskOwner, 'path' | 'usesTaskDependencies'>,
  key: string,
  refusal: ServiceError,
): void {
  if (owner.usesTaskDependencies || owner.path === null) return;
  const message = `${context.name(path)} depends on other tasks and ${context.name(owner.path)} has no usesTaskDependencies: true (DEP-01, TaskDependenciesNotSpecifiedOnJob)`;
  const hint = 'add usesTaskDependencies: true to the job';
  if (context.inAction) context.refuse('BS2111', path, message, hint, refusal);
  else context.keyError('BS2111', path, key, message, hint);
}
