/** Nodes that wait for their tasks to end: to be removed, rebooted, reimaged, deallocated, taken offline. */
import { filesUntilMs, type NodeDeallocationOption } from '../../model/index.js';
import type { AttemptEnd, StopCause } from '../../recording/index.js';
import { loseTask, requeueTask, stopTask } from '../endings.js';
import { eventCode } from '../engine/event-queue.js';
import { SIM_EVENT } from '../events.js';
import { closeNode } from '../node-doors.js';
import { CLOSED, NODE } from '../node-table.js';
import { TASK } from '../task-table.js';
import { holdsSlots } from '../whereabouts.js';
import type { World } from '../world.js';
import { cancelStep, moveNode } from './moves.js';
import type { NodeLife } from './node-lives.js';

/** Why the node is freed of its tasks, in the words of the attempts that end by it. */
export interface FreeingCause {
  readonly requeue: AttemptEnd;
  readonly stop: StopCause;
}

/**
 * RSZ-12, NODE-04, NODE-07: what becomes of the node's tasks, and what follows once it is free of them. Free at once, it
 * follows at once. The node takes no new tasks until then.
 */
export function freeNode(
  world: World,
  node: number,
  option: NodeDeallocationOption,
  cause: FreeingCause,
  carryOut: () => void,
): void {
  const life = world.lives.of(node);
  cancelStep(world, node);
  closeNode(world, node, CLOSED.draining);
  life.change = { retainsData: option === 'retaineddata', carryOut };
  if (option === 'requeue' || option === 'terminate') stopTasks(world, node, option, cause);
  if (!world.nodes.isBusy(node)) settleChange(world, node, life);
}

/** Stops whatever tasks hold slots of the node; the end of one may take others with it. */
export function stopTasks(world: World, node: number, option: 'requeue' | 'terminate', cause: FreeingCause): void {
  for (const task of world.tasksOn(node)) {
    if (!holdsSlots(world, task) || !world.tasksOn(node).includes(task)) continue;
    if (option === 'requeue') requeueTask(world, task, cause.requeue);
    else stopTask(world, task, cause.stop);
  }
}

/**
 * The node is lost while it waits to leave: its tasks go back to the queue, its data are waited for no longer, and it
 * leaves (NODE-11, NODE-13). Whether it was still waiting.
 */
export function loseWhileLeaving(world: World, node: number, cause: AttemptEnd): boolean {
  const life = world.lives.of(node);
  if (life.change === null) return false;
  cancelStep(world, node);
  life.change = { ...life.change, retainsData: false };
  for (const task of world.tasksOn(node)) {
    if (holdsSlots(world, task) && world.tasksOn(node).includes(task)) loseTask(world, task, cause);
  }
  if (life.change !== null && !world.nodes.isBusy(node)) settleChange(world, node, life);
  return true;
}

/** TASK-13, TASK-23: data on the node were deleted: it may have waited for them alone. */
export function reviewRetention(world: World, node: number): void {
  const life = world.lives.find(node);
  if (life === undefined || life.change?.retainsData !== true || world.nodes.isBusy(node)) return;
  cancelStep(world, node);
  settleChange(world, node, life);
}

/** The last task left the node. Called at every such moment in runs that are not calm, whatever state the node is in. */
export function onNodeEmptied(world: World, node: number): void {
  const { nodes } = world;
  if (nodes.isBusy(node)) return;
  const life = world.lives.find(node);
  if (life !== undefined && life.change !== null) settleChange(world, node, life);
  else if (nodes.state[node] === NODE.idle && (nodes.closed[node] as number) & CLOSED.schedulingDisabled)
    moveNode(world, node, 'takeOffline', 'disableScheduling'); // NODE-04
}

/** RSZ-12 retaineddata: the last retention time on the node has passed, as far as is known (phase 2). */
export function onRetentionOver(world: World, node: number): void {
  const life = world.lives.of(node);
  life.timer = null;
  if (!world.nodes.isBusy(node)) settleChange(world, node, life);
}

/** The node is free of tasks: what is to be done with it is done, or waits for the data of its tasks. */
function settleChange(world: World, node: number, life: NodeLife): void {
  const { change } = life;
  // What is unknown cannot be told to do anything (NODE-13).
  if (change === null || life.timer !== null || world.nodes.state[node] === NODE.unknown) return;
  const untilMs = change.retainsData ? dataUntilMs(world, node, life) : 0;
  if (untilMs > world.nowMs) {
    life.timer = { atMs: untilMs, code: eventCode(SIM_EVENT.retention, node) };
    world.queue.push(untilMs, life.timer.code); // a step of a resize keeps the run alive (SIM-10)
    return;
  }
  life.change = null;
  change.carryOut();
}

/** TASK-13: when the retention time of the last task with data on the node ends, in ms; 0: there is none. */
function dataUntilMs(world: World, node: number, life: NodeLife): number {
  const { tasks } = world;
  let untilMs = 0;
  for (let task = 0; task < tasks.count; task++) {
    if (tasks.node[task] !== node || tasks.state[task] !== TASK.completed || tasks.isDeleted(task)) continue;
    const endMs = tasks.endMs[task] as number;
    if (endMs < life.diskSinceMs) continue;
    const changed = world.constraints.get(task);
    const retentionMs =
      changed === undefined ? world.setOf(task).instance.set.retentionTimeMs : changed.retentionTimeMs;
    untilMs = Math.max(untilMs, filesUntilMs(endMs, retentionMs));
  }
  return untilMs;
}
