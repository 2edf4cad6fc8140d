/** NODE-13: nodes that the service has lost contact with: whatever happens on them is heard of when contact is back. */
import { eventCode } from './engine/event-queue.js';
import { NODE } from './node-table.js';
import type { NodeLife } from './nodes/node-lives.js';
import { TASK, TASK_FLAG } from './task-table.js';
import type { World } from './world.js';

/**
 * An exit, a wall clock or the end of a dispatch is due. In `unknown` a task stays what it is in the service's eyes: the
 * event is kept until contact is back with all nodes of the task, and happens then. Whether it is not to happen now.
 * @param kind number of the event's kind
 */
export function deferUntilContact(world: World, task: number, kind: number): boolean {
  const node = silentNode(world, task);
  if (node !== -1) {
    world.lives.of(node).unheard.push({ code: eventCode(kind, task), attempt: attemptOf(world, task) });
    return true;
  }
  const { heard } = world;
  const attempt = heard.get(eventCode(kind, task));
  if (attempt === undefined) return false;
  heard.delete(eventCode(kind, task));
  // What was told late may be about an attempt that was stopped before it was told.
  const { state, flags } = world.tasks;
  const isEnded = state[task] === TASK.completed || ((flags[task] as number) & TASK_FLAG.givenUp) !== 0;
  return isEnded || attempt !== attemptOf(world, task) || world.dying.has(task);
}

/** The same for an exit or wall clock of a start, preparation or release task. */
export function deferNodeTaskUntilContact(world: World, row: number, kind: number): boolean {
  const { node } = world.nodeTasks[row] as { readonly node: number };
  const code = eventCode(kind, row);
  if (world.nodes.state[node] === NODE.unknown) {
    world.lives.of(node).unheard.push({ code, attempt: -1 });
    return true;
  }
  if (!world.heard.delete(code)) return false;
  return !world.liveNodeTasks.has(row);
}

/** Contact is back, or the node is to be dealt with as if it were: what happened meanwhile is heard of in the next round. */
export function hearFrom(world: World, node: number): void {
  const { unheard } = world.lives.of(node);
  for (const { code, attempt } of unheard) {
    world.heard.set(code, attempt);
    world.nextRound.push(code);
  }
  if (unheard.length > 0) world.touch(world.poolOfNode(node));
  unheard.length = 0;
}

/** Nobody will ever know what happened there. */
export function forgetUnheard(life: NodeLife): void {
  life.unheard.length = 0;
}

/** The node of the task, or one of them (MI-02), that there is no contact with; -1: none. */
function silentNode(world: World, task: number): number {
  const { nodes, tasks } = world;
  const gang = world.gangs.get(task);
  if (gang !== undefined) return gang.find((node) => nodes.state[node] === NODE.unknown) ?? -1;
  const node = tasks.node[task] as number;
  return nodes.state[node] === NODE.unknown ? node : -1;
}

function attemptOf(world: World, task: number): number {
  return world.tasks.attempt(task);
}
