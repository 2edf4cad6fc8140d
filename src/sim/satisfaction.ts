/** What the end of a task means for those that wait for it (DEP-02, DEP-03, EXIT-04). */
import { exitAction, TASK_FAILURES } from '../model/index.js';
import { NO_EXIT_CODE } from '../recording/index.js';
import type { Dependents } from './edge-list.js';
import { LOGGED } from './event-log.js';
import { TASK_FLAG } from './task-table.js';
import { enqueue } from './waiting.js';
import type { World } from './world.js';

/** A task was completed: those that waited for it alone become runnable, if its outcome satisfies them. */
export function satisfyDependents(world: World, task: number, exitCode: number): void {
  if (world.dependents === null && world.liveDependencies === null) return;
  if (!satisfies(world, task, exitCode)) return;
  if (world.dependents !== null) satisfyDeclared(world, world.dependents, task);
  else satisfyLive(world, task);
}

/** DEP-03, EXIT-04: whether those that wait for the task may go on. */
function satisfies(world: World, task: number, exitCode: number): boolean {
  const failure = world.tasks.failure[task] as number;
  const { exitConditions } = world.setOf(task).instance.set;
  if (exitConditions === null) return failure === 0;
  const outcome = { exitCode: exitCode === NO_EXIT_CODE ? null : exitCode, failure: TASK_FAILURES[failure] ?? '' };
  return exitAction(exitConditions, outcome).dependencyAction === 'satisfy';
}

/** DEP-02, DEP-03: a parent that satisfied releases what waited for it alone. */
export function satisfyDeclared(world: World, dependents: Dependents, parent: number): void {
  const { offsets, children, left, taskCount } = dependents;
  const { tasks } = world;
  for (let at = offsets[parent] as number, end = offsets[parent + 1] as number; at < end; at++) {
    const child = children[at] as number;
    const still = (left[child] as number) - 1;
    left[child] = still;
    if (still !== 0) continue;
    if (child >= taskCount) satisfyDeclared(world, dependents, child);
    else if (child < tasks.count && ((tasks.flags[child] as number) & TASK_FLAG.givenUp) === 0) {
      world.log?.add(world.nowMs, LOGGED.taskRunnable, child, 0);
      becomeRunnable(world, child);
    }
  }
}

function satisfyLive(world: World, parent: number): void {
  const { tasks } = world;
  const children = world.liveDependencies?.satisfy(tasks.job[parent] as number, world.taskIdOf(parent)) ?? [];
  for (const child of children) {
    if ((tasks.flags[child] as number) & TASK_FLAG.givenUp) continue;
    world.log?.add(world.nowMs, LOGGED.taskRunnable, child, 0);
    becomeRunnable(world, child);
  }
}

/** The task waits for a node from now on. */
export function becomeRunnable(world: World, task: number): void {
  if (!world.tasks.isReadyOnAddition) world.tasks.readyMs[task] = world.nowMs;
  enqueue(world, task);
}
