/**
 * Batch's operations as functions of the world. Scenario files reach them at the instants they declare; whatever else
 * will call the service (actions, HTTP) calls the same functions.
 */
import { LOGGED } from './event-log.js';
import type { JobState, PoolState } from './pool-state.js';
import { awaitNextNode, beginResize, RESIZING } from './resizing.js';
import type { World } from './world.js';

/** Add pool: `active` at once, `resizing` towards its targets (POOL-02, POOL-03). */
export function addPool(world: World, pool: PoolState): void {
  pool.allocationState = RESIZING;
  world.log?.add(world.nowMs, LOGGED.poolAdded, pool.row, 0);
  beginResize(world, pool);
  awaitNextNode(world, pool);
}

/** Add job: bound to the pool of that id, if there is one (JOB-03). */
export function addJob(world: World, job: JobState): void {
  job.pool = world.poolOf(job.account, job.spec.poolId);
  if (job.pool !== null) {
    job.level = job.pool.levelOf(job.spec.priority);
    if (job.spec.allowTaskPreemption) job.pool.displaceable = true;
  }
  world.log?.add(world.nowMs, LOGGED.jobAdded, job.row, 0);
}
