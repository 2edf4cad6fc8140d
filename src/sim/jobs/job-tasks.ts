/** The tasks of one job, as far as they hold slots. */

import type { JobState } from '../entities.js';
import { holdsSlots } from '../whereabouts.js';
import type { World } from '../world.js';

/**
 * Tasks of the job that hold slots, in order of creation: those that prepare and run, and those on their way to a node,
 * which go with them in all that happens to a job. They are on the pool that the job is bound to, for it changes pools
 * only when none is left (JOB-21).
 */
export function placedTasks(world: World, job: JobState): number[] {
  const pool = world.poolOf(job.account, job.spec.poolId);
  if (pool === null || job.placed === 0) return [];
  const found = new Set<number>();
  for (const node of pool.nodeRows) for (const task of tasksOnNode(world, job, node)) found.add(task);
  return [...found].sort((a, b) => a - b);
}

/** Tasks of the job that hold slots on the node, in order of creation. */
export function tasksOnNode(world: World, job: JobState, node: number): number[] {
  return world.tasksOn(node).filter((task) => world.tasks.job[task] === job.row);
}

/** Does something to each task that holds slots, unless what was done to an earlier one has ended it (EXIT-07). */
export function forPlaced(world: World, job: JobState, act: (task: number) => void): void {
  for (const task of placedTasks(world, job)) if (holdsSlots(world, task)) act(task);
}
