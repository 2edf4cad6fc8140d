/** An attempt of a task from its node's slots to its end. */
import { atOccurrence, killedExitCode, type Quantity, sampleInteger, sampleMs, type TaskSet } from '../model/index.js';
import { taskKey } from './declaration.js';
import { eventCode } from './engine/event-queue.js';
import type { JobState, PoolState } from './entities.js';
import { LOGGED } from './event-log.js';
import { SIM_EVENT } from './events.js';
import { breakPromise } from './promises.js';
import { PURPOSE } from './purposes.js';
import { closeSubtasks, openSubtasks } from './subtasks.js';
import { TASK_FLAG } from './task-table.js';
import { countPlaced, countReleased } from './waiting.js';
import type { World } from './world.js';

const EXIT = SIM_EVENT.taskExit;
const WALL_CLOCK = SIM_EVENT.taskWallClock;
const DISPATCH_END = SIM_EVENT.dispatchEnd;
const STARTED = LOGGED.taskStarted;

/** A task is given to a node: slots are held from now on (SCH-10), the process runs after `dispatch` (SCH-11). */
export function assign(world: World, pool: PoolState, task: number, slots: number, ordinal: number): void {
  const node = pool.nodeRows[ordinal] as number;
  if (world.isPlain) {
    assignPlain(world, pool, task, slots, node);
    return;
  }
  changeFree(world, pool, node, -slots);
  if (!world.isCalm) world.seat(node, task);
  dispatch(world, pool, task, node);
}

/** {@link assign} where nothing comes between the node and the process, in one piece: it runs for every task. */
function assignPlain(world: World, pool: PoolState, task: number, slots: number, node: number): void {
  const { tasks, nodes, nowMs } = world;
  const free = nodes.free[node] as number;
  pool.index.update(nodes.place[node] as number, free, free - slots);
  nodes.free[node] = free - slots;
  if (free === pool.index.slotsPerNode) nodes.occupy(node, nowMs);
  if (world.countsTasks) countPlaced(world.jobOf(task));
  tasks.node[task] = node;
  tasks.begin(task);
  tasks.startMs[task] = nowMs;
  world.queue.push(nowMs + (tasks.durationMs[task] as number), eventCode(EXIT, task));
  if (world.log !== null) world.log.add(nowMs, STARTED, task, node);
}

/** MI-02, MI-03: a multi-instance task is given to its nodes, the first of which is the master (MI-04). */
export function assignGang(world: World, pool: PoolState, task: number, ordinals: readonly number[]): void {
  const nodes = ordinals.map((ordinal) => pool.nodeRows[ordinal] as number);
  for (const node of nodes) {
    changeFree(world, pool, node, -1);
    world.seat(node, task);
  }
  world.gangs.set(task, nodes);
  openSubtasks(world, task, nodes);
  dispatch(world, pool, task, nodes[0] as number);
}

function dispatch(world: World, pool: PoolState, task: number, node: number): void {
  const { tasks, nowMs } = world;
  if (world.countsTasks) countPlaced(world.jobOf(task));
  if ((tasks.flags[task] as number) & TASK_FLAG.manager) seatManager(world, world.jobOf(task));
  tasks.node[task] = node;
  const delay = dispatchDelay(world, pool, task);
  if (delay === 0) {
    if (tasks.assignedMs !== null || !world.isCalm) tasks.setAssigned(task, nowMs);
    arrive(world, task, 8);
    return;
  }
  tasks.setAssigned(task, nowMs);
  tasks.flags[task] = (tasks.flags[task] as number) | TASK_FLAG.dispatching;
  world.queue.push(nowMs + delay, eventCode(DISPATCH_END, task));
  world.log?.add(nowMs, LOGGED.taskAssigned, task, node);
}

/** JM-07: the manager has a node, and needs nobody's place any more. */
function seatManager(world: World, job: JobState): void {
  job.isManagerRestarting = false;
  breakPromise(world, job);
}

/** The task has reached its node: it starts, unless the job has to prepare the node first (PREP-02). */
export function arrive(world: World, task: number, phase: 4 | 8): void {
  world.tasks.flags[task] = (world.tasks.flags[task] as number) & ~TASK_FLAG.dispatching;
  if (!world.isCalm) touchNodes(world, task);
  if (world.isCalm || world.hooks.mayStart(world, task, phase)) start(world, task, phase);
}

/**
 * The task's process runs.
 * @param phase 8 when the scheduler starts it; else one that runs no time at all exits in the next round of the instant,
 * after the scheduler's pass (SIM-02)
 */
export function start(world: World, task: number, phase: 1 | 4 | 8): void {
  const { tasks, nowMs } = world;
  const isStepped = ((tasks.flags[task] as number) & TASK_FLAG.stepped) !== 0;
  const end = isStepped ? EXIT : beginScripted(world, task, tasks.flags[task] as number);
  tasks.begin(task);
  if (!world.isCalm) touchNodes(world, task);
  tasks.startMs[task] = nowMs;
  if (world.log !== null) world.log.add(nowMs, STARTED, task, tasks.node[task] as number);
  if ((tasks.flags[task] as number) & TASK_FLAG.manager) world.hooks.onManagerStarted(world, task);
  if (isStepped) {
    world.hooks.beginSteps(world, task, phase);
    return;
  }
  const durationMs = tasks.durationMs[task] as number;
  if (durationMs === 0 && phase !== 8) deferEvent(world, task, eventCode(end, task));
  else world.queue.push(nowMs + durationMs, eventCode(end, task));
}

/** What the task is on its nodes has changed, and with it what they add to the metrics of their pool (ASC-07). */
function touchNodes({ sampling, gangs, tasks }: World, task: number): void {
  if (sampling.pools.length === 0) return;
  for (const node of gangs.get(task) ?? [tasks.node[task] as number]) sampling.touch(node);
}

/** The event is due in the next round of this instant, after the scheduler's pass. */
export function deferEvent(world: World, task: number, code: number): void {
  world.nextRound.push(code);
  world.touch(world.poolOfNode(world.tasks.node[task] as number));
}

/**
 * The attempt is over, however it ended: its slots are free and its job has one task less in them. What follows for node
 * and job waits until the task is what it is to be: see `announceRelease` in `endings.ts`.
 */
export function release(world: World, task: number): void {
  const { tasks } = world;
  const node = tasks.node[task] as number;
  const pool = world.poolOfNode(node);
  tasks.flags[task] = (tasks.flags[task] as number) & ~(TASK_FLAG.dispatching | TASK_FLAG.dying);
  if (world.countsTasks) countReleased(world.jobOf(task));
  if (world.isCalm) changeFree(world, pool, node, tasks.slots[task] as number);
  else leaveNodes(world, pool, task);
  if (pool.waiting > 0) world.touch(pool);
}

function leaveNodes(world: World, pool: PoolState, task: number): void {
  const { tasks } = world;
  const gang = world.gangs.get(task);
  const nodes = gang ?? [tasks.node[task] as number];
  const slots = tasks.slots[task] as number;
  if (gang !== undefined) closeSubtasks(world, task);
  world.gangs.delete(task);
  for (const node of nodes) world.unseat(node, task);
  if ((tasks.flags[task] as number) & TASK_FLAG.manager) world.hooks.onManagerReleased(world, task, nodes[0] as number);
  for (const node of nodes) {
    changeFree(world, pool, node, slots);
    if (!world.nodes.isBusy(node)) world.emptied.push(node);
  }
}

/** {@link release} of a task that {@link assignPlain} placed. */
export function releasePlain(world: World, task: number): void {
  const { tasks, nodes } = world;
  const node = tasks.node[task] as number;
  const pool = world.poolOfNode(node);
  const free = nodes.free[node] as number;
  const after = free + (tasks.slots[task] as number);
  pool.index.update(nodes.place[node] as number, free, after);
  nodes.free[node] = after;
  if (after === pool.index.slotsPerNode) nodes.vacate(node, world.nowMs);
  if (world.countsTasks) countReleased(world.jobOf(task));
  if (pool.waiting > 0) world.touch(pool);
}

/** When the attempt at hand would end, and by which kind of event: for taking it back. Not for one with steps. */
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
  if (nodes.closed[node] === 0) pool.index.update(nodes.place[node] as number, free, after);
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
  if ((flags & TASK_FLAG.scripted) === 0) return EXIT;
  const runtimeMs = drawRuntime(world, task);
  tasks.exitCode[task] = drawExitCode(world, task);
  const limitMs = wallClockOf(world, task);
  // TASK-11, SIM-03: a process that exits exactly when its wall clock expires has exited normally.
  if (runtimeMs <= limitMs) {
    tasks.durationMs[task] = runtimeMs;
    return EXIT;
  }
  tasks.durationMs[task] = limitMs;
  tasks.exitCode[task] = exitCodeWhenKilled(world, task);
  return WALL_CLOCK;
}

function isCut(world: World, task: number): boolean {
  const limitMs = wallClockOf(world, task);
  return (world.tasks.durationMs[task] as number) >= limitMs && drawRuntime(world, task) > limitMs;
}

/** TASK-14: what the process of a task reports when it is stopped. */
export function exitCodeWhenKilled(world: World, task: number): number {
  const { os } = world.poolOfNode(world.tasks.node[task] as number).spec;
  return killedExitCode(os, world.scenario.options.killedExitCode);
}

/** TASK-11, TASK-25: how long an attempt may run, in ms; Infinity without a limit. */
export function wallClockOf(world: World, task: number): number {
  const changed = world.constraints.get(task);
  if (changed !== undefined) return changed.maxWallClockTimeMs ?? Number.POSITIVE_INFINITY;
  const { instance, index } = world.setOf(task);
  return declaredWallClock(instance.set, index);
}

function declaredWallClock(set: TaskSet, index: number): number {
  const limit = set.maxWallClockTimeMs;
  if (limit === null) return Number.POSITIVE_INFINITY;
  if (typeof limit === 'number') return limit;
  const own = limit[index] as number;
  return own < 0 ? Number.POSITIVE_INFINITY : own;
}

/** How long the process of the attempt at hand runs, in ms. The same at every call. */
export function drawRuntime(world: World, task: number): number {
  const { instance, index } = world.setOf(task);
  const { runtime } = instance.set;
  if (runtime instanceof Float64Array) return runtime[index] as number;
  const attempt = world.tasks.attempt(task);
  const quantity: Quantity = atOccurrence(runtime, attempt);
  return sampleMs(quantity, world.uniforms.seek(taskKey(instance, index), attempt, PURPOSE.runtime));
}

/** How the process of the attempt at hand exits by itself. The same at every call. */
export function drawExitCode(world: World, task: number): number {
  const { instance, index } = world.setOf(task);
  const { exitCode } = instance.set;
  if (exitCode instanceof Int32Array) return exitCode[index] as number;
  const attempt = world.tasks.attempt(task);
  const quantity: Quantity = atOccurrence(exitCode, attempt);
  return sampleInteger(quantity, world.uniforms.seek(taskKey(instance, index), attempt, PURPOSE.exitCode));
}
