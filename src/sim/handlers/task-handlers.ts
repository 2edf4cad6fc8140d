/** What follows when a task is added, ends, or runs out of time. */
import { afterExit, effectiveRetryCount, satisfiesDependents, TASK_FAILURES } from '../../model/index.js';
import { ATTEMPT_END } from '../attempt-table.js';
import { release, scheduledEnd, start } from '../attempts.js';
import type { Dependents } from '../edge-list.js';
import { LOGGED } from '../event-log.js';
import { TASK, TASK_FLAG } from '../task-table.js';
import { enqueue, withdraw } from '../waiting.js';
import type { World } from '../world.js';

const FAILED_BY_EXIT_CODE = TASK_FAILURES.indexOf('FailureExitCode');
const ENDED = TASK_FAILURES.indexOf('TaskEnded');
const ADDED = LOGGED.taskAdded;
const FINISHED = LOGGED.taskFinished;

/** The next declared task is added to its job (phase 5). */
export function onTaskAdded(world: World): void {
  const { tasks, dependents, nowMs } = world;
  const task = tasks.count++;
  const waits = dependents !== null && (dependents.left[task] as number) > 0;
  world.log?.add(nowMs, ADDED, task, waits ? 0 : 1);
  if (waits) tasks.readyMs[task] = -1;
  else becomeRunnable(world, task);
}

/** The process exited by itself (phase 1). */
export function onTaskExit(world: World, task: number): void {
  const { tasks, nowMs } = world;
  // Only scripted tasks have an exit code other than 0.
  const exitCode = world.isPlain ? 0 : (tasks.exitCode[task] as number);
  if (exitCode !== 0 && retryFollows(world, task, exitCode)) {
    retry(world, task, exitCode);
    return;
  }
  release(world, task);
  tasks.finish(task);
  tasks.endMs[task] = nowMs;
  world.log?.add(nowMs, FINISHED, task, exitCode);
  if (exitCode !== 0) tasks.failure[task] = FAILED_BY_EXIT_CODE;
  if (world.dependents !== null && satisfiesDependents(exitCode)) satisfy(world, world.dependents, task);
}

/** TASK-11: the wall clock of the attempt expired; the process is stopped and the task not retried (phase 2). */
export function onTaskWallClock(world: World, task: number): void {
  const { tasks, nowMs } = world;
  release(world, task);
  tasks.move(task, TASK.stop);
  tasks.endMs[task] = nowMs;
  tasks.failure[task] = ENDED;
  world.log?.add(nowMs, LOGGED.taskTimedOut, task, tasks.exitCode[task] as number);
}

/** The task has reached its node (phase 4). */
export function onDispatchEnd(world: World, task: number): void {
  start(world, task, 4);
}

/** ACC-15: a task past its lifetime is stopped and keeps the state it had (phase 2). */
export function onTaskLifetime(world: World, task: number): void {
  const { tasks, nowMs } = world;
  if ((tasks.state[task] as number) === TASK.completed) return;
  const holdsSlots =
    (tasks.state[task] as number) === TASK.running || (tasks.flags[task] as number) & TASK_FLAG.dispatching;
  if (holdsSlots) {
    const end = scheduledEnd(world, task);
    world.cancellations.add(end.atMs, end.code);
    release(world, task);
  } else if ((tasks.readyMs[task] as number) >= 0) {
    withdraw(world, task);
  }
  tasks.flags[task] = (tasks.flags[task] as number) | TASK_FLAG.givenUp;
  world.log?.add(nowMs, LOGGED.taskGivenUp, task, 0);
}

/** SCH-16, TASK-10: stopped for a task of higher priority; waits again by its original place (SCH-12). */
export function displace(world: World, task: number): void {
  const { tasks, nowMs } = world;
  const end = scheduledEnd(world, task);
  world.cancellations.add(end.atMs, end.code);
  const started = (tasks.state[task] as number) === TASK.running;
  keepAttempt(world, task, started ? (tasks.startMs[task] as number) : -1, ATTEMPT_END.displaced);
  release(world, task);
  if (!started && tasks.attempt(task) === 0) tasks.startMs[task] = -1; // it never ran
  tasks.interrupt(task);
  tasks.move(task, TASK.recover);
  world.log?.add(nowMs, LOGGED.taskDisplaced, task, 0);
  if (started) tasks.readyMs[task] = nowMs;
  enqueue(world, task);
}

/** TASK-06 to TASK-08, TASK-12. */
function retryFollows(world: World, task: number, exitCode: number): boolean {
  const { set } = world.setOf(task).instance;
  const job = world.jobOf(task);
  const retries = effectiveRetryCount(set.maxTaskRetryCount, job.spec.maxTaskRetryCount);
  return afterExit(exitCode, world.tasks.retries[task] as number, retries) === 'retry';
}

function retry(world: World, task: number, exitCode: number): void {
  const { tasks, nowMs } = world;
  keepAttempt(world, task, tasks.startMs[task] as number, ATTEMPT_END.retry);
  release(world, task);
  tasks.retries[task] = (tasks.retries[task] as number) + 1;
  tasks.move(task, TASK.retry);
  tasks.readyMs[task] = nowMs;
  world.log?.add(nowMs, LOGGED.taskRetried, task, exitCode);
  enqueue(world, task);
}

function keepAttempt(world: World, task: number, startMs: number, outcome: number): void {
  const { tasks } = world;
  world.attempts.add({
    task,
    node: tasks.node[task] as number,
    readyMs: tasks.readyMs[task] as number,
    assignedMs: tasks.assigned(task),
    startMs,
    endMs: world.nowMs,
    exitCode: tasks.exitCode[task] as number,
    outcome,
  });
}

/** DEP-02, DEP-03: a parent that satisfied releases what waited for it alone. */
function satisfy(world: World, dependents: Dependents, parent: number): void {
  const { offsets, children, left, taskCount } = dependents;
  const { tasks } = world;
  for (let at = offsets[parent] as number, end = offsets[parent + 1] as number; at < end; at++) {
    const child = children[at] as number;
    const still = (left[child] as number) - 1;
    left[child] = still;
    if (still !== 0) continue;
    if (child >= taskCount) satisfy(world, dependents, child);
    else if (child < tasks.count && ((tasks.flags[child] as number) & TASK_FLAG.givenUp) === 0) {
      world.log?.add(world.nowMs, LOGGED.taskRunnable, child, 0);
      becomeRunnable(world, child);
    }
  }
}

function becomeRunnable(world: World, task: number): void {
  if (!world.tasks.isReadyOnAddition) world.tasks.readyMs[task] = world.nowMs;
  enqueue(world, task);
}
