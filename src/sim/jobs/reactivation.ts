/** TASK-24: a task that failed is active again, as if it had not run. */
import { ATTEMPT_ENDS } from '../../recording/index.js';
import type { SetInstance } from '../declaration.js';
import { eventCode } from '../engine/event-queue.js';
import type { JobState } from '../entities.js';
import { LOGGED } from '../event-log.js';
import { SIM_EVENT } from '../events.js';
import { noteUnfinished } from '../finished-tasks.js';
import { becomeRunnable } from '../satisfaction.js';
import { onTaskLifetime } from '../task-handlers.js';
import { TASK, TASK_FLAG } from '../task-table.js';
import type { World } from '../world.js';

const REACTIVATED = ATTEMPT_ENDS.indexOf('reactivated');

/** The task is active, its attempt that counted an earlier one; retries begin anew, requeues stay counted. */
export function reactivate(world: World, job: JobState, task: number): void {
  const { tasks } = world;
  const heldSlots = heldSlotsAtLast(world, task);
  keepCompletedAttempt(world, task, heldSlots);
  // Attempts go on being counted, so that lists of one value per attempt go on where they were (SIM-08).
  tasks.countOther(task, (tasks.retries[task] as number) + (heldSlots ? 1 : 0));
  tasks.retries[task] = 0;
  noteUnfinished(world, task);
  tasks.failure[task] = 0;
  tasks.exitCode[task] = 0;
  tasks.endMs[task] = -1;
  tasks.move(task, TASK.reactivate);
  tasks.flags[task] = (tasks.flags[task] as number) & ~TASK_FLAG.givenUp;
  job.open += 1;
  waitAgain(world, job, task);
  const isBlocked = world.isBlocked(task);
  world.log?.add(world.nowMs, LOGGED.taskReactivated, task, isBlocked ? 0 : 1);
  if (isBlocked) tasks.readyMs[task] = -1;
  else becomeRunnable(world, task);
  limitLife(world, task);
}

/** ACC-15: the task's life still counts from its addition; one that is past it is given up as soon as it is active again. */
function limitLife(world: World, task: number): void {
  const { taskLifetimeMs } = world.scenario.options;
  if (taskLifetimeMs === null) return;
  const untilMs = (world.tasks.submitMs[task] as number) + taskLifetimeMs;
  if (untilMs <= world.nowMs) onTaskLifetime(world, task);
  else world.background.push(untilMs, eventCode(SIM_EVENT.taskLifetime, task));
}

/** A task that was completed without holding slots leaves a row without a node: its wait until then. */
function keepCompletedAttempt(world: World, task: number, heldSlots: boolean): void {
  const { tasks } = world;
  world.attempts.add({
    task,
    node: heldSlots ? (tasks.node[task] as number) : -1,
    readyMs: tasks.readyMs[task] as number,
    assignedMs: heldSlots ? tasks.assigned(task) : -1,
    startMs: tasks.startMs[task] as number,
    endMs: tasks.endMs[task] as number,
    exitCode: tasks.exitCode[task] as number,
    outcome: REACTIVATED,
  });
}

/** Whether the task was on a node when it was completed: if it was not, what the columns say of one is from before. */
function heldSlotsAtLast({ tasks, attempts }: World, task: number): boolean {
  if ((tasks.startMs[task] as number) >= 0) return true;
  if (tasks.node[task] === -1 || tasks.assignedMs === null) return false;
  let last = attempts.count - 1;
  while (last >= 0 && attempts.task[last] !== task) last -= 1;
  return last === -1 || attempts.assignedMs[last] !== tasks.assigned(task);
}

/** DEP-02: one that was stopped while it waited for others waits for them again. */
function waitAgain(world: World, job: JobState, task: number): void {
  const { instance, index } = world.setOf(task);
  if (instance.set.dependsOn === null) return;
  const parents = job.setRows.map((row) => world.declaration.sets[row] as SetInstance);
  world.liveDependencies?.add(task, instance, index, parents);
}
