/** Operations on one task (TASK-22 to TASK-24). */
import { giveUp, letGo, stopForGood } from './attempt-ends.js';
import { noticeRunnable } from './dependencies.js';
import { lifetimeEndMs } from './lookups.js';
import type { TaskState, World } from './world.js';

/** TASK-22, TASK-23. */
export function giveUpTask(world: World, task: TaskState, how: 'terminate' | 'delete'): void {
  if (how === 'terminate') stopForGood(world, task);
  else letGo(world, task);
}

/** TASK-24: active again, from the beginning; only the requeues are remembered. */
export function reactivate(world: World, task: TaskState): void {
  const { exitCode, readyMs } = task;
  const attempt = task.last ?? { node: null, readyMs: readyMs ?? -1, assignedMs: -1, startMs: null };
  world.earlier.push({ task, ...attempt, endMs: task.endMs ?? world.now, exitCode, outcome: 'reactivated' });
  task.state = 'active';
  task.retries = 0;
  task.exitCode = null;
  task.failure = '';
  task.endMs = null;
  // It was runnable before unless it was ended while it waited for others (DEP-09).
  if (task.readyMs !== null) task.readyMs = world.now;
  world.changed = true;
  noticeRunnable(world);
  // ACC-15: its life counts from its addition.
  task.givenUp = false;
  if (lifetimeEndMs(world, task) <= world.now) giveUp(world, task);
}
