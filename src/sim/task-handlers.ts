/** What follows when a task's process exits, its node is reached, its lifetime is over (phases 1, 2 and 4). */
import { arrive } from './attempts.js';
import { deferUntilContact } from './contact.js';
import { exitPlain, exitTask, giveUpTask } from './endings.js';
import { LOGGED } from './event-log.js';
import { SIM_EVENT } from './events.js';
import { onStepEnd } from './steps/steps.js';
import { TASK, TASK_FLAG } from './task-table.js';
import type { World } from './world.js';

/** The process exited by itself, or a step of an attempt with several is over (phase 1). */
export function onTaskExit(world: World, task: number): void {
  // Only scripted tasks have an exit code other than 0.
  if (world.isPlain) {
    exitPlain(world, task);
    return;
  }
  world.handling = SIM_EVENT.taskExit;
  if ((world.tasks.flags[task] as number) & TASK_FLAG.stepped) {
    onStepEnd(world, task);
    return;
  }
  if (!world.isCalm && deferUntilContact(world, task, SIM_EVENT.taskExit)) return;
  exitTask(world, task, world.tasks.exitCode[task] as number);
}

/** The task has reached its node (phase 4). */
export function onDispatchEnd(world: World, task: number): void {
  if (!world.isCalm && deferUntilContact(world, task, SIM_EVENT.dispatchEnd)) return;
  arrive(world, task, 4);
}

/** ACC-15: a task past its lifetime is stopped and keeps the state it had (phase 2). */
export function onTaskLifetime(world: World, task: number): void {
  const { state, flags } = world.tasks;
  if (state[task] === TASK.completed || (flags[task] as number) & TASK_FLAG.givenUp) return;
  world.log?.add(world.nowMs, LOGGED.taskGivenUp, task, 0); // first: its nodes may act on its leaving
  giveUpTask(world, task);
}
