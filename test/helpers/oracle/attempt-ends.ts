/** How attempts end, whatever ended them: what is left of them, and what becomes of the task (TASK-08, TASK-09, TASK-15). */
import { tasksOn } from './lookups.js';
import { killedCode, shareCores } from './processes.js';
import type { Attempt, NodeState, TaskState, World } from './world.js';
/** TASK-15: stopped by user or service and not run again; of a process there is an exit code (TASK-14). */
export function stopForGood(world: World, task: TaskState): void {
  complete(world, task, 'TaskEnded', task.attempt?.startMs == null ? null : killedCode(world, task));
}

/** TASK-09: stopped by what a user asked for; it is active again. */
export function requeue(world: World, task: TaskState, outcome: string): void {
  task.requeues += 1;
  comeBack(world, task, outcome);
}

/** NODE-11, NODE-13, SCH-16, JM-07: its node or place is lost; neither count changes. */
export function interrupt(world: World, task: TaskState, outcome: string): void {
  task.interruptions += 1;
  comeBack(world, task, outcome);
}

/** SCH-11: it was on its way to the node when its job stopped; it was active all the time, and no counter changes. */
export function recall(world: World, task: TaskState): void {
  comeBack(world, task, 'recalled');
}

/** PREP-05: no counter changes. */
export function failPreparation(world: World, task: TaskState): void {
  comeBack(world, task, 'preparationFailed');
}

/** Phase 2, ACC-15: the service stops the task and leaves it in the state it had. */
export function giveUp(world: World, task: TaskState): void {
  task.givenUp = true;
  world.changed = true;
  task.last = lastOf(task);
  if (task.attempt !== null) release(world, task);
}

/** TASK-23: nothing is left of it but its row. */
export function letGo(world: World, task: TaskState): void {
  task.deletedMs = world.now;
  world.changed = true;
  if (task.attempt !== null) release(world, task);
}

/** It is over for good; one that held no slots just ends. */
export function complete(world: World, task: TaskState, failure: string, exitCode: number | null): void {
  const { attempt } = task;
  task.state = 'completed';
  task.failure = failure;
  task.exitCode = exitCode;
  task.endMs = world.now;
  // The attempt that completed it, if there was one: at hand, or cut short by the end of its lifetime.
  if (attempt !== null || !task.givenUp) task.last = lastOf(task);
  else if (task.last?.startMs == null) task.last = null;
  task.startMs = task.last?.startMs ?? null;
  if (task.last === null) task.node = null;
  world.changed = true;
  if (attempt !== null) release(world, task);
  world.tell.taskEnded(world, task);
}

function lastOf(task: TaskState): TaskState['last'] {
  const { attempt } = task;
  if (attempt === null) return null;
  return { node: first(attempt), readyMs: ready(task), assignedMs: attempt.assignedMs, startMs: attempt.startMs };
}

/** The attempt is over, and the task is active again. */
export function comeBack(world: World, task: TaskState, outcome: string): void {
  const attempt = held(task);
  const { assignedMs, startMs } = attempt;
  const exitCode = outcome === 'retry' ? task.exitCode : null;
  const times = { readyMs: ready(task), assignedMs, startMs, endMs: world.now };
  world.earlier.push({ task, node: first(attempt), ...times, exitCode, outcome });
  // An attempt that never began to run was a part of the wait, which goes on.
  if (startMs !== null) task.readyMs = world.now;
  task.state = 'active';
  release(world, task);
}

function release(world: World, task: TaskState): void {
  const { nodes } = held(task);
  task.attempt = null;
  world.changed = true;
  for (const run of world.runs) if (run.task === task) run.toMs ??= world.now;
  shareCores(world, nodes[0] as NodeState, null);
  for (const node of nodes) if (tasksOn(world, node).length === 0) world.tell.nodeFreed(world, node);
  world.tell.jobFreed(world, task.job);
}

/** The attempt at hand. */
export function held(task: TaskState): Attempt {
  if (task.attempt === null) throw new Error('the task holds no node');
  return task.attempt;
}

/** The node of the primary. */
export function first(attempt: Attempt): NodeState {
  return attempt.nodes[0] as NodeState;
}

/** When it last became runnable. */
export function ready(task: TaskState): number {
  if (task.readyMs === null) throw new Error('the task never became runnable');
  return task.readyMs;
}
