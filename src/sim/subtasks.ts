/**
 * Instances of multi-instance tasks besides the primary (MI-02, MI-10): a row for each attempt and node. They hold a slot
 * from the assignment of their task until it leaves its nodes.
 */
import { SUBTASK_MOVES, SUBTASK_STATES, SUBTASK_TRIGGERS, type SubtaskTrigger } from '../model/index.js';
import type { SubtaskRow } from '../recording/index.js';
import { Transitions } from './engine/transitions.js';
import { LOGGED } from './event-log.js';
import type { World } from './world.js';

const TRANSITIONS = new Transitions('subtask', SUBTASK_STATES, SUBTASK_TRIGGERS, SUBTASK_MOVES);

/** The task was given to its nodes, the master first: one subtask on each of the others. */
export function openSubtasks(world: World, task: number, nodes: readonly number[]): void {
  const rows: number[] = [];
  for (let id = 1; id < nodes.length; id++) {
    const row = world.subtasks.length;
    world.subtasks.push({
      ...{ task, id, node: nodes[id] as number, startMs: world.nowMs, endMs: -1, state: 'preparing', exitCode: null },
    });
    world.log?.add(world.nowMs, LOGGED.subtaskStarted, row, 0);
    rows.push(row);
  }
  world.openSubtasks.set(task, rows);
}

/** The task runs, and so do its subtasks. */
export function startSubtasks(world: World, task: number): void {
  for (const subtask of subtasksOf(world, task)) move(subtask, 'start');
}

/** The subtasks of the attempt at hand, by id. */
export function subtasksOf(world: World, task: number): SubtaskRow[] {
  return (world.openSubtasks.get(task) ?? []).map((row) => world.subtasks[row] as SubtaskRow);
}

/** The task leaves its nodes: its subtasks are ended (MI-06). */
export function closeSubtasks(world: World, task: number): void {
  for (const row of world.openSubtasks.get(task) ?? []) {
    const subtask = world.subtasks[row] as SubtaskRow;
    move(subtask, 'end');
    subtask.endMs = world.nowMs;
    world.log?.add(world.nowMs, LOGGED.subtaskEnded, row, 0);
  }
  world.openSubtasks.delete(task);
}

function move(subtask: SubtaskRow, trigger: SubtaskTrigger): void {
  const next = TRANSITIONS.next(SUBTASK_STATES.indexOf(subtask.state), SUBTASK_TRIGGERS.indexOf(trigger));
  subtask.state = SUBTASK_STATES[next] as SubtaskRow['state'];
}
