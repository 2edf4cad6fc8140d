/**
 * Tasks that have finished, as $SucceededTasks and $FailedTasks count them: those of the jobs on a pool that are there.
 * Counted once when sampling begins, then kept up with every task that finishes or goes.
 */
import type { JobState, PoolState } from './entities.js';
import { TASK } from './task-table.js';
import type { World } from './world.js';

/** Counts all tasks of the jobs on a pool that have finished so far. */
export function countFinished(world: World, pool: PoolState): void {
  const { tasks } = world;
  for (let task = 0; task < tasks.count; task++) {
    if (tasks.state[task] !== TASK.completed || tasks.isDeleted(task)) continue;
    const job = world.jobOf(task);
    if (job.deletedMs < 0 && poolNamedBy(world, job) === pool) add(world, pool, task, 1);
  }
}

/** A task has finished. */
export function noteFinished(world: World, task: number): void {
  if (world.sampling.pools.length > 0) add(world, poolNamedBy(world, world.jobOf(task)), task, 1);
}

/** A task that had finished is to run again, or goes: before anything of it is changed. */
export function noteUnfinished(world: World, task: number): void {
  if (world.sampling.pools.length > 0) add(world, poolNamedBy(world, world.jobOf(task)), task, -1);
}

/** A job goes with its tasks, or to another pool (-1, before it does), or has come to one (1). */
export function noteJobFinished(world: World, job: JobState, sign: 1 | -1): void {
  if (world.sampling.pools.length === 0) return;
  const pool = poolNamedBy(world, job);
  for (const task of job.taskRows.values()) {
    if (world.tasks.state[task] === TASK.completed) add(world, pool, task, sign);
  }
}

function add({ tasks }: World, pool: PoolState | null, task: number, by: 1 | -1): void {
  if (pool === null || pool.scaling === null) return;
  const { sampling } = pool.scaling;
  if (tasks.failure[task] === 0) sampling.succeeded += by;
  else sampling.failed += by;
}

/** The pool that a job names, whether or not it is active. */
function poolNamedBy(world: World, job: JobState): PoolState | null {
  return world.poolOf(job.account, job.spec.poolId);
}
