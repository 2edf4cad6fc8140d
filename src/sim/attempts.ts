/** An attempt of a task from its node's slots to its end. */
import { atOccurrence, killedExitCode, type Quantity, sampleInteger, sampleMs, type TaskSet } from '../model/index.js';
import { taskKey } from './declaration.js';
import { eventCode } from './engine/event-queue.js';
import { LOGGED } from './event-log.js';
import { SIM_EVENT } from './events.js';
import type { PoolState } from './pool-state.js';
import { PURPOSE } from './purposes.js';
import { TASK_FLAG } from './task-table.js';
import { countPlaced, countReleased } from './waiting.js';
import type { World } from './world.js';

const EXIT = SIM_EVENT.taskExit;
const WALL_CLOCK = SIM_EVENT.taskWallClock;
const DISPATCH_END = SIM_EVENT.dispatchEnd;
const STARTED = LOGGED.taskStarted;

/** A task is given to a node: slots are held from now on (SCH-10), the process runs after `dispatch` (SCH-11). */
export function assign(world: World, pool: PoolState, task: number, slots: number, ordinal: number): void {
  const { tasks, nowMs } = world;
  const node = pool.nodeRows[ordinal] as number;
  changeFree(world, pool, node, -slots);
  if (world.limitsJobs) countPlaced(world.jobOf(task));
  if (pool.displaceable) pool.occupants.add(task);
  tasks.node[task] = node;
  const delay = world.isPlain ? 0 : dispatchDelay(world, pool, task);
  if (delay === 0) {
    if (tasks.assignedMs !== null) tasks.setAssigned(task, nowMs);
    start(world, task, 8);
    return;
  }
  tasks.setAssigned(task, nowMs);
  tasks.flags[task] = (tasks.flags[task] as number) | TASK_FLAG.dispatching;
  world.queue.push(nowMs + delay, eventCode(DISPATCH_END, task));
  world.log?.add(nowMs, LOGGED.taskAssigned, task, node);
}

/**
 * The task's process runs.
 * @param phase 8 when the scheduler starts it, 4 at the end of its dispatch: then one that runs no time at all exits in the
 * next round of the instant, after the scheduler's pass (SIM-02)
 */
export function start(world: World, task: number, phase: 4 | 8): void {
  const { tasks, nowMs } = world;
  const end = world.isPlain ? EXIT : beginScripted(world, task, tasks.flags[task] as number);
  tasks.begin(task);
  tasks.startMs[task] = nowMs;
  const durationMs = tasks.durationMs[task] as number;
  if (durationMs === 0 && phase !== 8) deferExit(world, task, end);
  else world.queue.push(nowMs + durationMs, eventCode(end, task));
  if (world.log !== null) world.log.add(nowMs, STARTED, task, tasks.node[task] as number);
}

function deferExit(world: World, task: number, end: number): void {
  world.nextRound.push(eventCode(end, task));
  world.touch(world.poolOfNode(world.tasks.node[task] as number));
}

/** The attempt is over, however it ended: its slots are free and its job has one task less in them. */
export function release(world: World, task: number): void {
  const { tasks } = world;
  const node = tasks.node[task] as number;
  const pool = world.poolOfNode(node);
  if (!world.isPlain) tasks.flags[task] = (tasks.flags[task] as number) & ~TASK_FLAG.dispatching;
  changeFree(world, pool, node, tasks.slots[task] as number);
  if (world.limitsJobs) countReleased(world.jobOf(task));
  if (pool.displaceable) pool.occupants.delete(task);
  if (pool.waiting > 0) world.touch(pool);
}

/** When the attempt at hand would end, and by which kind of event: for taking it back. */
export function scheduledEnd(world: World, task: number): { readonly atMs: number; readonly code: number } {
  const { tasks } = world;
  if ((tasks.flags[task] as number) & TASK_FLAG.dispatching) {
    const pool = world.poolOfNode(tasks.node[task] as number);
    return {
      atMs: tasks.assigned(task) + dispatchDelay(world, pool, task),
      code: eventCode(DISPATCH_END, task),
    };
  }
  const kind = (tasks.flags[task] as number) & TASK_FLAG.scripted && isCut(world, task) ? WALL_CLOCK : EXIT;
  return {
    atMs: (tasks.startMs[task] as number) + (tasks.durationMs[task] as number),
    code: eventCode(kind, task),
  };
}

/** SCH-10: slots change hands; a node with its first task runs, one without its last is idle (NODE-02). */
function changeFree(world: World, pool: PoolState, node: number, by: number): void {
  const { nodes } = world;
  const free = nodes.free[node] as number;
  const after = free + by;
  pool.index.update(nodes.place[node] as number, free, after);
  nodes.free[node] = after;
  const all = pool.index.slotsPerNode;
  if (free === all) nodes.occupy(node, world.nowMs);
  else if (after === all) nodes.vacate(node, world.nowMs);
}

function dispatchDelay(world: World, pool: PoolState, task: number): number {
  if (pool.dispatchesAtOnce && (world.tasks.flags[task] as number) === 0) return 0;
  const { instance, index } = world.setOf(task);
  const { uniforms, tasks } = world;
  if (pool.dispatch.kind !== 'constant') {
    uniforms.seek(taskKey(instance, index), tasks.attempt(task), PURPOSE.dispatch);
  }
  return sampleMs(pool.dispatch, uniforms) + instance.set.dispatchExtraMs;
}

/** Sets duration and exit code of an attempt that is drawn or limited; returns the kind of event that ends it. */
function beginScripted(world: World, task: number, flags: number): number {
  const { tasks } = world;
  tasks.flags[task] = flags & ~TASK_FLAG.dispatching;
  if ((flags & TASK_FLAG.scripted) === 0) return EXIT;
  const { instance, index } = world.setOf(task);
  const { set } = instance;
  const attempt = tasks.attempt(task);
  const key = taskKey(instance, index);
  const { runtime, exitCode } = set;
  const runtimeMs =
    runtime instanceof Float64Array
      ? (runtime[index] as number)
      : drawMs(world, atOccurrence(runtime, attempt), key, attempt);
  tasks.exitCode[task] =
    exitCode instanceof Int32Array
      ? (exitCode[index] as number)
      : drawExitCode(world, atOccurrence(exitCode, attempt), key, attempt);
  const limitMs = wallClockOf(set, index);
  // TASK-11, SIM-03: a process that exits exactly when its wall clock expires has exited normally.
  if (runtimeMs <= limitMs) {
    tasks.durationMs[task] = runtimeMs;
    return EXIT;
  }
  const job = world.jobOf(task);
  tasks.durationMs[task] = limitMs;
  tasks.exitCode[task] = killedExitCode((job.pool as PoolState).spec.os, world.scenario.options.killedExitCode);
  return WALL_CLOCK;
}

function isCut(world: World, task: number): boolean {
  const { instance, index } = world.setOf(task);
  const { set } = instance;
  const limitMs = wallClockOf(set, index);
  if ((world.tasks.durationMs[task] as number) < limitMs) return false;
  const { runtime } = set;
  if (runtime instanceof Float64Array) return (runtime[index] as number) > limitMs;
  const attempt = world.tasks.attempt(task);
  return drawMs(world, atOccurrence(runtime, attempt), taskKey(instance, index), attempt) > limitMs;
}

/** TASK-11: how long an attempt may run; Infinity without a limit. */
function wallClockOf(set: TaskSet, index: number): number {
  const limit = set.maxWallClockTimeMs;
  if (limit === null) return Number.POSITIVE_INFINITY;
  if (typeof limit === 'number') return limit;
  const own = limit[index] as number;
  return own < 0 ? Number.POSITIVE_INFINITY : own;
}

function drawMs(world: World, quantity: Quantity, key: number, attempt: number): number {
  return sampleMs(quantity, world.uniforms.seek(key, attempt, PURPOSE.runtime));
}

function drawExitCode(world: World, quantity: Quantity, key: number, attempt: number): number {
  return sampleInteger(quantity, world.uniforms.seek(key, attempt, PURPOSE.exitCode));
}
