/** Tasks that wait to be placed: into their job's lanes and out of them again. */
import { assert } from '../base/index.js';
import { ReadyLane } from './engine/ready-lane.js';
import type { JobState, Lane, PoolState } from './pool-state.js';
import type { World } from './world.js';

/**
 * A task became runnable: it waits in its job's lane, and its pool is to be looked at (SCH-03). One that finds nobody
 * waiting and a node with room goes through no lane, for it will most likely be placed when the instant settles.
 */
export function enqueue(world: World, task: number): void {
  const job = world.jobOf(task);
  const { pool } = job;
  if (pool === null) {
    intoLane(world, job, task);
    return;
  }
  if (world.log !== null) pool.newlyWaiting.push(task);
  pool.waiting += 1;
  const hasRoom = pool.index.mostFree > 0;
  if (pool.waiting === 1 && hasRoom) {
    pool.only = task;
    world.touch(pool);
    return;
  }
  if (pool.only !== -1) onlyIntoLane(world, pool);
  intoLane(world, job, task);
  // A full pool need not be looked at, unless others may make room or the failed placement is to be logged.
  if (hasRoom || pool.displaceable || world.log !== null) world.touch(pool);
}

/** The only waiting task joins its lane after all. */
export function onlyIntoLane(world: World, pool: PoolState): void {
  const task = pool.only;
  pool.only = -1;
  intoLane(world, world.jobOf(task), task);
}

function intoLane(world: World, job: JobState, task: number): void {
  const lane = laneOf(world, job, world.tasks.slots[task] as number);
  lane.queue.push(task);
  if (lane.queue.size === 1 && !job.atLimit) offer(lane, job);
}

/** The lane's first task goes to a node. */
export function dequeue(pool: PoolState, job: JobState, lane: Lane): number {
  pool.waiting -= 1;
  const task = lane.queue.shift();
  if (lane.queue.size === 0) lane.slotClass?.jobs.remove(job.row);
  return task;
}

/** A waiting task will not run after all. */
export function withdraw(world: World, task: number): void {
  const job = world.jobOf(task);
  if (job.pool !== null) {
    if (job.pool.only !== -1) onlyIntoLane(world, job.pool);
    job.pool.waiting -= 1;
  }
  const lane = laneOf(world, job, world.tasks.slots[task] as number);
  const found = lane.queue.remove(task);
  assert(found, 'a waiting task stands in its lane');
  if (lane.queue.size === 0) lane.slotClass?.jobs.remove(job.row);
}

/** One more task of the job holds slots (JOB-19). */
export function countPlaced(job: JobState): void {
  job.placed += 1;
  if (job.spec.maxParallelTasks !== -1 && job.atLimit)
    for (const lane of job.lanes) lane.slotClass?.jobs.remove(job.row);
}

/** One task less of the job holds slots. */
export function countReleased(job: JobState): void {
  const wasAtLimit = job.atLimit;
  job.placed -= 1;
  if (!wasAtLimit) return;
  for (const lane of job.lanes) if (lane.queue.size > 0) offer(lane, job);
}

function offer(lane: Lane, job: JobState): void {
  lane.slotClass?.jobs.add(job.row);
}

function laneOf(world: World, job: JobState, slots: number): Lane {
  const { lanes } = job;
  for (let i = 0; i < lanes.length; i++) {
    const lane = lanes[i] as Lane;
    if (lane.slots === slots) return lane;
  }
  const lane: Lane = {
    slots,
    queue: new ReadyLane(world.laneKey),
    slotClass: job.level === null ? null : job.level.classOf(slots),
  };
  lanes.push(lane);
  return lane;
}
