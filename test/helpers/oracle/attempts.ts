/** What happens to one attempt of a task: assigned, started, ended in one of five ways (TASK, SCH-10, SCH-11). */

import { enter } from './pools.js';
import { exitCodeOf, latencyMs, runtimeMs, wallClockMs } from './quantities.js';
import { type NodeState, stateOf, type TaskState, tasksOn, type World } from './world.js';

/** SCH-10, SCH-11: the slots are held from now on; the task is active until the dispatch is over. */
export function assign(world: World, task: TaskState, node: NodeState): void {
  task.holds = node;
  task.node = node;
  task.assignedMs = world.now;
  task.attempts += 1;
  if (stateOf(node) === 'idle') enter(world, node, 'running'); // NODE-02
  world.changed = true;
  if (dispatchedMs(task) <= world.now) start(world, task);
}

/** When the dispatch of an assigned task is over. */
export function dispatchedMs(task: TaskState): number {
  const { node, assignedMs } = held(task);
  return assignedMs + latencyMs(node.pool.pool.timing, 'dispatch') + task.set.dispatchExtraMs;
}

/** TASK-03: the process runs. */
export function start(world: World, task: TaskState): void {
  task.state = 'running';
  task.startMs = world.now;
  task.stopMs = null;
  task.waitMs += world.now - ready(task);
  world.changed = true;
}

/** When a running task exits by itself; null: its wall clock stops it before (TASK-11, SIM-03). */
export function exitMs(task: TaskState): number | null {
  const runtime = runtimeMs(task, task.attempts - 1);
  return runtime <= wallClockMs(task) ? started(task) + runtime : null;
}

/** When the wall clock stops a running task; null: it exits by itself before or just then. */
export function wallClockEndMs(task: TaskState): number | null {
  return exitMs(task) === null ? started(task) + wallClockMs(task) : null;
}

/** Phase 1: the process exits. Zero is success, anything else is retried while retries are left (TASK-06, TASK-07). */
export function exit(world: World, task: TaskState): void {
  const exitCode = exitCodeOf(task, task.attempts - 1);
  task.exitCode = exitCode;
  const retries = task.set.maxTaskRetryCount ?? task.job.job.maxTaskRetryCount; // TASK-12
  if (exitCode !== 0 && (retries === -1 || task.retries < retries)) {
    comeBack(world, task, 'retry');
    task.retries += 1; // TASK-08
  } else {
    complete(world, task, exitCode === 0 ? '' : 'FailureExitCode');
  }
}

/** Phase 2, TASK-11: the wall clock is over; the process is stopped and not run again. */
export function stopAtWallClock(world: World, task: TaskState): void {
  const killed = held(task).node.pool.pool.os === 'windows' ? -1073741510 : -9; // TASK-14
  task.exitCode = world.scenario.options.killedExitCode ?? killed;
  complete(world, task, 'TaskEnded'); // TASK-15
}

/** SCH-16: stopped for another task; it is active again and its counters do not change (TASK-09). */
export function displace(world: World, task: TaskState): void {
  comeBack(world, task, 'displaced');
  task.interruptions += 1;
}

/** Phase 2, ACC-15: the service stops the task and leaves it in the state it had. */
export function giveUp(world: World, task: TaskState): void {
  task.givenUp = true;
  world.changed = true;
  if (task.holds !== null) release(world, task);
}

function complete(world: World, task: TaskState, failure: TaskState['failure']): void {
  task.state = 'completed';
  task.failure = failure;
  task.endMs = world.now;
  release(world, task);
}

function comeBack(world: World, task: TaskState, outcome: 'retry' | 'displaced'): void {
  const { node, assignedMs } = held(task);
  const startMs = task.state === 'running' ? task.startMs : null;
  const exitCode = outcome === 'retry' ? task.exitCode : null;
  const times = { readyMs: ready(task), assignedMs, startMs, endMs: world.now };
  world.earlier.push({ task, node, ...times, exitCode, outcome });
  // An attempt that never began to run was a part of the wait, which goes on.
  if (task.state === 'running') task.readyMs = world.now;
  task.state = 'active';
  release(world, task);
}

function release(world: World, task: TaskState): void {
  const { node } = held(task);
  task.holds = null;
  task.stopMs = world.now;
  if (tasksOn(world, node).length === 0) enter(world, node, 'idle'); // NODE-02
  world.changed = true;
}

function held(task: TaskState): { node: NodeState; assignedMs: number } {
  if (task.holds === null || task.assignedMs === null) throw new Error('the task holds no node');
  return { node: task.holds, assignedMs: task.assignedMs };
}

function started(task: TaskState): number {
  if (task.startMs === null) throw new Error('the task never started');
  return task.startMs;
}

function ready(task: TaskState): number {
  if (task.readyMs === null) throw new Error('the task never became runnable');
  return task.readyMs;
}
