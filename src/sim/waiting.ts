/** Tasks that wait to be placed: into their job's lanes and out of them again, and jobs into their pool's queues. */
import { assert } from '../base/index.js';
import { ReadyLane } from './engine/ready-lane.js';
import { JOB, type JobState, type PoolState } from './entities.js';
import { breakPromise } from './promises.js';
import type { Lane } from './queues.js';
import { TASK_FLAG } from './task-table.js';
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
  if (pool.waiting === 1 && hasRoom && isOrdinary(world, task)) {
    pool.only = task;
    world.touch(pool);
    return;
  }
  if (pool.only !== -1) onlyIntoLane(world, pool);
  intoLane(world, job, task);
  // A full pool need not be looked at, unless others may make room or the failed placement is to be logged.
  if (hasRoom || pool.displaceable || world.log !== null || job.isManagerRestarting) world.touch(pool);
}

/** Whether a task goes to any node with room: neither a manager nor a multi-instance task. */
function isOrdinary(world: World, task: number): boolean {
  return world.isPlain || ((world.tasks.flags[task] as number) & (TASK_FLAG.manager | TASK_FLAG.gang)) === 0;
}

/** The only waiting task joins its lane after all. */
export function onlyIntoLane(world: World, pool: PoolState): void {
  const task = pool.only;
  pool.only = -1;
  intoLane(world, world.jobOf(task), task);
}

function intoLane(world: World, job: JobState, task: number): void {
  const lane = laneOf(world, job, task);
  lane.queue.push(task);
  if (lane.queue.size === 1 && !job.atLimit) offer(lane, job);
}

/** The lane's first task goes to a node. */
export function dequeue(pool: PoolState, job: JobState, lane: Lane): number {
  pool.waiting -= 1;
  const task = lane.queue.shift();
  if (lane.queue.size === 0) retract(lane, job);
  return task;
}

/** A waiting task will not run after all. */
export function withdraw(world: World, task: number): void {
  const job = world.jobOf(task);
  const { pool } = job;
  if (pool !== null) {
    if (pool.only !== -1) onlyIntoLane(world, pool);
    pool.waiting -= 1;
  }
  const lane = laneOf(world, job, task);
  const found = lane.queue.remove(task);
  assert(found, 'a waiting task stands in its lane');
  if (lane.queue.size === 0) retract(lane, job);
}

/** One more task of the job holds slots (JOB-19). */
export function countPlaced(job: JobState): void {
  job.placed += 1;
  if (job.limit < Number.POSITIVE_INFINITY && job.atLimit) for (const lane of job.lanes) retract(lane, job);
}

/** One task less of the job holds slots. */
export function countReleased(job: JobState): void {
  const wasAtLimit = job.atLimit;
  job.placed -= 1;
  if (wasAtLimit && !job.atLimit) offerAll(job);
}

/** JOB-19: the job's limit changed. */
export function changeLimit(world: World, job: JobState, limit: number): void {
  if (job.pool !== null && job.pool.only !== -1) onlyIntoLane(world, job.pool);
  job.limit = limit;
  if (job.atLimit) for (const lane of job.lanes) retract(lane, job);
  else offerAll(job);
  if (job.pool !== null) world.touch(job.pool);
}

/**
 * The job's tasks may be placed if it is active and its pool is there: they are counted and offered to the pool's
 * scheduler. Does nothing if they may not, or are already.
 */
export function attachJob(world: World, job: JobState): void {
  const pool = world.poolOf(job.account, job.spec.poolId);
  if (job.pool !== null || job.state !== JOB.active || pool === null || pool.state !== 0) return;
  if (pool.only !== -1) onlyIntoLane(world, pool);
  const level = pool.levelOf(job.spec.priority);
  job.pool = pool;
  job.level = level;
  if (job.spec.allowTaskPreemption) pool.displaceable = true;
  for (const lane of job.lanes) {
    lane.slotClass = level.classOf(lane.slots);
    pool.waiting += lane.queue.size;
    if (world.log !== null) pool.newlyWaiting.push(...lane.queue.rows());
  }
  if (!job.atLimit) offerAll(job);
  world.touch(pool);
}

/** The job's waiting tasks are out of the scheduler's sight: the job is not active any more, or is to be queued anew. */
export function detachJob(world: World, job: JobState): void {
  const { pool } = job;
  if (pool === null) return;
  if (pool.only !== -1) onlyIntoLane(world, pool);
  breakPromise(world, job);
  for (const lane of job.lanes) {
    retract(lane, job);
    pool.waiting -= lane.queue.size;
    lane.slotClass = null;
  }
  job.pool = null;
  job.level = null;
}

/** The rows of the job's tasks that wait for a node, in the order in which they would be placed. */
export function waitingTasks(world: World, job: JobState): number[] {
  if (job.pool !== null && job.pool.only !== -1) onlyIntoLane(world, job.pool);
  return job.lanes.flatMap((lane) => lane.queue.rows());
}

function offerAll(job: JobState): void {
  for (const lane of job.lanes) if (lane.queue.size > 0) offer(lane, job);
}

/** A lane that was set aside is offered again when the pass is over, whatever happens to its tasks until then. */
function offer(lane: Lane, job: JobState): void {
  if (!lane.isSetAside) lane.slotClass?.jobs.add(job.place);
}

/** The job leaves the lane's class, unless another of its lanes is of that class and still has tasks. */
function retract(lane: Lane, job: JobState): void {
  const { slotClass } = lane;
  if (slotClass === null) return;
  if (lane.isShared && !job.atLimit) {
    for (const other of job.lanes) {
      if (other !== lane && other.slotClass === slotClass && other.queue.size > 0 && !other.isSetAside) return;
    }
  }
  slotClass.jobs.remove(job.place);
}

/** No node can take the lane's first task: it is passed over for the rest of the pass (SCH-06). */
export function setAside(pool: PoolState, job: JobState, lane: Lane): void {
  lane.isSetAside = true;
  pool.setAside.push({ job, lane });
  retract(lane, job);
}

/** The pass is over: lanes that were passed over are offered again. */
export function takeBack(pool: PoolState): void {
  for (const { job, lane } of pool.setAside) {
    lane.isSetAside = false;
    if (lane.queue.size > 0 && !job.atLimit) offer(lane, job);
  }
  pool.setAside.length = 0;
}

function laneOf(world: World, job: JobState, task: number): Lane {
  const slots = world.tasks.slots[task] as number;
  const isManager = !world.isPlain && ((world.tasks.flags[task] as number) & TASK_FLAG.manager) !== 0;
  const isGang = !world.isPlain && ((world.tasks.flags[task] as number) & TASK_FLAG.gang) !== 0;
  const nodes = isGang ? (world.setOf(task).instance.set.multiInstance?.numberOfInstances ?? 1) : 1;
  const { lanes } = job;
  for (let i = 0; i < lanes.length; i++) {
    const lane = lanes[i] as Lane;
    if (lane.slots === slots && lane.isManager === isManager && lane.isGang === isGang && lane.nodes === nodes)
      return lane;
  }
  const lane: Lane = {
    slots,
    nodes,
    isManager,
    isGang,
    queue: new ReadyLane(world.laneKey),
    slotClass: job.level === null ? null : job.level.classOf(slots),
    isShared: false,
    isSetAside: false,
  };
  for (const other of lanes) {
    if (other.slots !== slots) continue;
    other.isShared = true;
    lane.isShared = true;
  }
  lanes.push(lane);
  if (nodes > 1) world.sampling.gangLanes.push({ job, lane });
  return lane;
}
