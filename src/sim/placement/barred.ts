/** Nodes on which the preparation of a job failed: they take none of its tasks (PREP-05). */
import { SCHEDULE_FAILURES } from '../../recording/index.js';
import type { JobState, PoolState } from '../entities.js';
import { NODE } from '../node-table.js';
import type { World } from '../world.js';

const NO_ROOM = SCHEDULE_FAILURES.indexOf('-');
const PREPARATION_FAILED = SCHEDULE_FAILURES.indexOf('JobPreparationTaskFailed');

/** Rows of a pool's nodes that are ready: idle, or running. */
export function readyNodes({ nodes }: World, pool: PoolState): number[] {
  return pool.nodeRows.filter((node) => {
    const state = nodes.state[node] as number;
    return state === NODE.idle || state === NODE.running;
  });
}

/** PREP-06: nodes are ready, and the job is barred from all of them: it hangs. */
export function isBarredEverywhere(world: World, job: JobState, pool: PoolState): boolean {
  if (job.barred.size === 0) return false;
  const ready = readyNodes(world, pool);
  return ready.length > 0 && ready.every((node) => job.barred.has(node));
}

/** PREP-06, SCH-13: why a task of the job found no place, as a number of SCHEDULE_FAILURES. */
export function whyNotPlaced(world: World, job: JobState, pool: PoolState): number {
  return isBarredEverywhere(world, job, pool) ? PREPARATION_FAILED : NO_ROOM;
}
