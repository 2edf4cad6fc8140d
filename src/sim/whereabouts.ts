/** Where a task is between its job's lanes and a node: what its state alone does not tell. */
import { TASK, TASK_FLAG } from './task-table.js';
import type { World } from './world.js';

/** Whether the task holds slots: preparing, running, or on its way to a node. */
export function holdsSlots(world: World, task: number): boolean {
  const state = world.tasks.state[task] as number;
  const flags = world.tasks.flags[task] as number;
  if (flags & TASK_FLAG.givenUp || state === TASK.completed) return false;
  return state !== TASK.active || (flags & TASK_FLAG.dispatching) !== 0;
}

/** Whether the task is runnable and waits in its job's lanes. */
export function waits(world: World, task: number): boolean {
  const { tasks } = world;
  return (
    tasks.state[task] === TASK.active &&
    ((tasks.flags[task] as number) & (TASK_FLAG.dispatching | TASK_FLAG.givenUp)) === 0 &&
    !world.isBlocked(task)
  );
}

/** Whether the task is on its way to its node: it holds slots there and is still active (SCH-11). */
export function isOnItsWay(world: World, task: number): boolean {
  return holdsSlots(world, task) && world.tasks.state[task] === TASK.active;
}
