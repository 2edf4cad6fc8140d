/** The tasks of one list, together: whose ids must differ from each other and from those that are taken. */
import { idKey, serviceError, type TaskSet } from '../../model/index.js';
import type { GivenJobSpecification } from '../schema/job.js';
import type { GivenTasks } from '../schema/task.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { refuseBy } from './refusals.js';
import { setsOverlap, TaskIdIndex } from './task-ids.js';
import type { TaskOwner } from './task-owner.js';
import { readTask, readTraceTasks } from './tasks.js';

/** The tasks at `path`, of a job or of an action that adds them. */
export function readTasks(
  context: BuildContext,
  path: Path,
  given: GivenTasks | undefined,
  owner: TaskOwner,
): TaskSet[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) {
    const set = readTraceTasks(context, path, given, owner);
    return set === null ? [] : [set];
  }
  const sets: TaskSet[] = [];
  const paths: Path[] = [];
  given.forEach((task, i) => {
    const set = readTask(context, [...path, i], task, owner);
    if (set === null) return;
    sets.push(set);
    paths.push([...path, i, 'id']);
  });
  // In an action each task is refused or taken by itself (TASK-26).
  if (!context.inAction) checkOverlap(context, path, sets, paths);
  return sets;
}

/** TASK-26: two tasks of one list. */
function checkOverlap(context: BuildContext, path: Path, sets: readonly TaskSet[], paths: readonly Path[]): void {
  for (const { index, id } of setsOverlap(
    sets.map((set) => set.ids),
    sets.map((set) => set.count),
  )) {
    const message = `the task id "${id}" is taken in ${context.name(path.slice(0, -1))} (409 TaskExists; case does not count)`;
    context.error('BS2102', paths[index] as Path, message, 'rename one of the two');
  }
}

/** PREP-01, JM-02: ids that the job's other tasks have. */
export function checkTaken(
  context: BuildContext,
  path: Path,
  given: GivenJobSpecification,
  tasks: readonly TaskSet[],
  [preparationId, releaseId]: readonly [string | null, string | null],
): void {
  const index = new TaskIdIndex();
  let first = 0;
  const starts = tasks.map((set) => {
    index.add(set.ids, set.count, first);
    first += set.count;
    return first - set.count;
  });
  const placeOf = (id: string): Path | null => {
    const position = index.find(id);
    if (position < 0) return null;
    const set = starts.findLastIndex((start) => start <= position);
    return Array.isArray(given.tasks) ? [...path, 'tasks', set, 'id'] : [...path, 'tasks'];
  };
  const managerId = given.jobManagerTask?.id;
  if (managerId !== undefined && placeOf(managerId) !== null) {
    const message = `the task id "${managerId}" is that of the job manager of ${context.name(path)} (409 TaskExists)`;
    context.error('BS2102', placeOf(managerId) as Path, message, 'rename one of the two');
  }
  const reserved = [
    [preparationId, 'TaskIdSameAsJobPreparationTask'],
    [releaseId, 'TaskIdSameAsJobReleaseTask'],
  ] as const;
  for (const [id, code] of reserved) {
    if (id === null) continue;
    const isManager = managerId !== undefined && idKey(managerId) === idKey(id);
    const where = isManager ? [...path, 'jobManagerTask', 'id'] : placeOf(id);
    if (where !== null) refuseBy(context, where, serviceError(code));
  }
}
