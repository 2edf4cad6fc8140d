/** Tasks that are added by an operation, one by one or as a collection (TASK-26, TASK-27, ACC-18). */
import { err, ok } from '../../base/index.js';
import {
  checkTaskCollection,
  checkTasks,
  checkTaskValues,
  type Given,
  SUCCESS_STATUS,
  type TaskSet,
  taskIdAt,
} from '../../model/index.js';
import { addSet, addTask, feedSet } from '../additions.js';
import type { SetInstance } from '../declaration.js';
import type { AccountState, JobState } from '../entities.js';
import type { Answered, ItemAnswer } from '../service/answer.js';
import type { World } from '../world.js';
import { checkNewId, checkOpenForTasks } from './admission.js';
import { findJob } from './job-lookups.js';

/**
 * The operation: each task of a collection is taken or refused by itself. Tasks with an arrival of their own come later,
 * and are judged when they come.
 */
export function addTasks(
  world: World,
  account: AccountState,
  { jobId, tasks }: { readonly jobId: string; readonly tasks: Given<readonly TaskSet[]> },
): Answered {
  if (!tasks.ok) return tasks;
  const sets = tasks.value;
  const tooMany = checkTaskCollection(countNow(sets), 0);
  if (tooMany !== null) return err(tooMany);
  const job = findJob(account, jobId);
  if (!job.ok) return job;
  const refusal = checkOpenForTasks(world, job.value);
  if (refusal !== null) return err(refusal);
  return ok({ status: SUCCESS_STATUS.addTasks, items: sets.flatMap((set) => addAll(world, job.value, set)) });
}

function addAll(world: World, job: JobState, set: TaskSet): ItemAnswer[] {
  const error = checkTaskValues([set]) ?? checkTasks([set], job.spec);
  if (error !== null) return idsOf(set).map((taskId) => ({ taskId, status: 'clienterror', error }));
  const row = addSet(world, job, set, false);
  if (!isNow(set)) {
    feedSet(world, row);
    return [];
  }
  const instance = world.declaration.sets[row] as SetInstance;
  return Array.from({ length: set.count }, (_, index) => addOne(world, job, instance, index));
}

function addOne(world: World, job: JobState, instance: SetInstance, index: number): ItemAnswer {
  const taskId = taskIdAt(instance.ids, index);
  const error = checkNewId(job, taskId);
  if (error === null) addTask(world, job, instance, index);
  return { taskId, status: error === null ? 'success' : 'clienterror', error };
}

function idsOf({ ids, count }: TaskSet): string[] {
  return Array.from({ length: count }, (_, index) => taskIdAt(ids, index));
}

function countNow(sets: readonly TaskSet[]): number {
  return sets.reduce((sum, set) => sum + (isNow(set) ? set.count : 0), 0);
}

function isNow({ arrival }: TaskSet): boolean {
  return arrival.kind === 'at' && arrival.atMs <= 0;
}
