/**
 * SCH-16, JOB-20: after the normal pass a task that could not be placed may displace tasks of jobs that allow it and
 * have a lower priority.
 */
import { assign } from '../attempts.js';
import { requeueTask } from '../endings.js';
import type { JobState, PoolState } from '../entities.js';
import type { Lane, Level } from '../queues.js';
import { dequeue } from '../waiting.js';
import type { World } from '../world.js';
import { neededSlots } from './eviction.js';
import { holdExclusively } from './particular.js';
import { leastCostly, type Victims } from './victims.js';

/**
 * Places what can be placed by stopping others, highest priority first. Slots that a stop leaves over are given in the
 * usual way before anything more is stopped.
 * @param place the usual way: places what fits at a level
 */
export function displaceFor(world: World, pool: PoolState, place: (level: Level) => void): void {
  if (!pool.killsAtOnce) {
    clearSlowly(world, pool);
    return;
  }
  for (const level of pool.levels) {
    do place(level);
    while (displaceForOne(world, pool, level));
  }
}

/** Makes room for the first task of a level that some node could host; false when there is none. */
function displaceForOne(world: World, pool: PoolState, level: Level): boolean {
  for (const job of waitingJobs(world, level)) {
    const lane = nextHostable(world, pool, job);
    if (lane === null) continue;
    const victims = leastCostly(world, pool, job, lane) as Victims;
    for (const victim of victims.tasks) requeueTask(world, victim, 'displaced');
    assign(world, pool, dequeue(pool, job, lane), lane.slots, victims.ordinal);
    if (lane.isManager) holdExclusively(world, pool, job, victims.ordinal);
    return true;
  }
  return false;
}

/** In order of creation. Lanes that were set aside in this pass are out of their classes, yet their tasks still wait. */
function waitingJobs(world: World, level: Level): JobState[] {
  return world.admitted.filter((job) => job.level === level && job.lanes.some(({ queue }) => queue.size > 0));
}

/** The job's first waiting task, lane by lane, that some node could host. */
function nextHostable(world: World, pool: PoolState, job: JobState): Lane | null {
  if (job.atLimit) return null;
  const lanes = waitingLanes(world, job);
  return lanes.find((lane) => leastCostly(world, pool, job, lane) !== null) ?? null;
}

/** Lanes with waiting tasks, the manager's first (JM-01), then by the first task of each. */
function waitingLanes(world: World, job: JobState): Lane[] {
  const key = world.laneKey;
  const lanes = job.lanes.filter((lane) => lane.queue.size > 0 && !lane.isGang);
  return lanes.sort((a, b) => {
    if (a.isManager !== b.isManager) return a.isManager ? -1 : 1;
    const first = a.queue.first();
    const other = b.queue.first();
    return (key[first] as number) - (key[other] as number) || first - other;
  });
}

/**
 * Where processes take time to stop, each waiting task is promised a node that is being cleared, or one is cleared for it; it is
 * placed in the usual way when its slots are free. What an earlier pass has stopped counts for the first that wait.
 */
function clearSlowly(world: World, pool: PoolState): void {
  const promised = new Map<number, number>();
  for (const level of pool.levels) {
    for (const job of waitingJobs(world, level)) {
      let room = job.limit - job.placed;
      for (const lane of waitingLanes(world, job)) {
        for (let left = lane.queue.size; left > 0 && room > 0; left--) {
          const victims = leastCostly(world, pool, job, lane, promised);
          if (victims === null) break;
          for (const victim of victims.tasks) requeueTask(world, victim, 'displaced');
          const node = pool.nodeRows[victims.ordinal] as number;
          promised.set(node, (promised.get(node) ?? 0) + neededSlots(pool, job, lane));
          room -= 1;
        }
      }
    }
  }
}
