/**
 * How attempts and tasks end, whoever ends them: the process itself, a limit, a user, a loss. Every way goes through
 * the few functions here, so that slots, counters, log and queues cannot disagree.
 */
import { afterExit, effectiveRetryCount } from '../model/index.js';
import { ATTEMPT_ENDS, type AttemptEnd, NO_EXIT_CODE, STOP_CAUSES, type StopCause } from '../recording/index.js';
import { exitCodeWhenKilled, release, releasePlain, scheduledEnd } from './attempts.js';
import { deferUntilContact } from './contact.js';
import type { Ending } from './ending.js';
import { eventCode } from './engine/event-queue.js';
import { JOB } from './entities.js';
import { LOGGED } from './event-log.js';
import { SIM_EVENT } from './events.js';
import { noteFinished, noteUnfinished } from './finished-tasks.js';
import { killDelay } from './latencies.js';
import { satisfyDeclared, satisfyDependents } from './satisfaction.js';
import { FAILURE, TASK, TASK_FLAG } from './task-table.js';
import { enqueue, withdraw } from './waiting.js';
import { holdsSlots, waits } from './whereabouts.js';
import type { World } from './world.js';

const FINISHED = LOGGED.taskFinished;
const DISPLACED = ATTEMPT_ENDS.indexOf('displaced');
/** ATTEMPT_ENDS has interruptions first, from here on requeues, then losses of the node, which are none (TASK-09), then others. */
const FIRST_REQUEUE = ATTEMPT_ENDS.indexOf('nodeRemoved');
const FIRST_LOSS = ATTEMPT_ENDS.indexOf('nodePreempted');
const FIRST_OTHER = ATTEMPT_ENDS.indexOf('preparationFailed');

/** The process of a task exited with 0 in a run in which nothing else can happen to it: the short way of {@link exitTask}. */
export function exitPlain(world: World, task: number): void {
  const { tasks, nowMs } = world;
  releasePlain(world, task);
  tasks.finish(task);
  tasks.endMs[task] = nowMs;
  if (world.log !== null) world.log.add(nowMs, FINISHED, task, 0);
  if (world.countsTasks) countCompleted(world, task);
  if (world.dependents !== null) satisfyDeclared(world, world.dependents, task);
}

/** The process of a task exited by itself, and its output is where it belongs (TASK-04, TASK-06). */
export function exitTask(world: World, task: number, exitCode: number): void {
  if (exitCode !== 0 && retryFollows(world, task, exitCode)) {
    retry(world, task, exitCode);
    return;
  }
  const { tasks, nowMs } = world;
  release(world, task);
  tasks.finish(task);
  tasks.endMs[task] = nowMs;
  world.log?.add(nowMs, FINISHED, task, exitCode);
  if (exitCode !== 0) tasks.failure[task] = FAILURE.FailureExitCode;
  complete(world, task, exitCode);
}

/**
 * A running task failed before its process began, or after it ended: completed, not retried (TASK-06, TASK-17).
 * @param failure number of a code of TASK-16
 * @param exitCode of the process, or NO_EXIT_CODE
 */
export function failTask(world: World, task: number, failure: number, exitCode: number): void {
  const { tasks, nowMs } = world;
  release(world, task);
  tasks.exitCode[task] = exitCode;
  tasks.finish(task);
  tasks.endMs[task] = nowMs;
  tasks.failure[task] = failure;
  world.log?.add(nowMs, LOGGED.taskFailed, task, failure);
  complete(world, task, exitCode);
}

/** TASK-11: the wall clock of the attempt expired (phase 2); the process is stopped and the task not retried. */
export function onTaskWallClock(world: World, task: number): void {
  if (!world.isCalm && deferUntilContact(world, task, SIM_EVENT.taskWallClock)) return;
  const isStepped = ((world.tasks.flags[task] as number) & TASK_FLAG.stepped) !== 0;
  if (isStepped) world.steps.dueWasTaken(task);
  endAfterKill(world, task, { kind: 'timeOut' }, !isStepped);
}

/** A user stopped the task: completed with TaskEnded, never run again (TASK-15, TASK-22). It may be in any state but completed. */
export function stopTask(world: World, task: number, cause: StopCause): void {
  endAfterKill(world, task, { kind: 'stop', cause });
}

/** TASK-23: the task is gone, in whatever state it is; a process that runs is stopped first. It satisfies nobody (DEP-09). */
export function deleteTaskNow(world: World, task: number): void {
  endAfterKill(world, task, { kind: 'delete' });
}

/** Stopped, and back to the queue by its original place (TASK-09, SCH-12). The task holds slots. */
export function requeueTask(world: World, task: number, cause: AttemptEnd): void {
  endAfterKill(world, task, { kind: 'requeue', cause });
}

/**
 * The task's job runs no more, and the task is still on its way to its node: it was active and stays so (SCH-11, JOB-11,
 * JOB-15). Counts as nothing but an attempt that never began.
 */
export function recallTask(world: World, task: number): void {
  endNow(world, task, { kind: 'requeue', cause: 'recalled' }, false);
}

/** Its node is lost: like {@link requeueTask}, but there is no process that would take time to stop. */
export function loseTask(world: World, task: number, cause: AttemptEnd): void {
  endNow(world, task, { kind: 'requeue', cause }, false);
}

/** ACC-15, TASK-23: the task keeps its state, holds nothing and waits for nothing. */
export function giveUpTask(world: World, task: number): void {
  leave(world, task, false);
  if (!world.isCalm) announceRelease(world, task);
}

/** The process of a stopped task is gone (phase 4, SIM-06 kill). */
export function onKillEnd(world: World, task: number): void {
  const dying = world.dying.get(task) as { readonly ending: Ending };
  world.dying.delete(task);
  endNow(world, task, dying.ending, true);
}

/**
 * SIM-06 kill: a running process takes its time to go; until then the task is what it was.
 * @param isTaken the event that would end the attempt has been taken from the queue already
 */
function endAfterKill(world: World, task: number, ending: Ending, isTaken = false): void {
  const { tasks, nowMs } = world;
  const known = world.dying.get(task);
  if (known !== undefined) {
    // It is on its way out: what is stronger holds, and it takes no longer for it.
    const isStronger = known.ending.kind === 'requeue' || ending.kind === 'delete';
    if (isStronger) world.dying.set(task, { ...known, ending });
    return;
  }
  const isRunning = tasks.state[task] === TASK.running;
  const pool = isRunning ? world.poolOfNode(tasks.node[task] as number) : null;
  const delayMs = pool === null || pool.killsAtOnce ? 0 : killDelay(pool, tasks.node[task] as number, world.uniforms);
  if (delayMs === 0) {
    endNow(world, task, ending, isTaken);
    return;
  }
  if (!isTaken) cancelEnd(world, task);
  tasks.flags[task] = (tasks.flags[task] as number) | TASK_FLAG.dying;
  world.dying.set(task, { atMs: nowMs + delayMs, ending });
  world.queue.push(nowMs + delayMs, eventCode(SIM_EVENT.killEnd, task));
}

function endNow(world: World, task: number, ending: Ending, isTaken: boolean): void {
  if (ending.kind === 'requeue') requeueNow(world, task, ending.cause, isTaken);
  else if (ending.kind === 'delete') dropTask(world, task, isTaken);
  else completeStopped(world, task, ending, isTaken);
}

function requeueNow(world: World, task: number, cause: AttemptEnd, isTaken: boolean): void {
  const { tasks, nowMs } = world;
  const outcome = ATTEMPT_ENDS.indexOf(cause);
  const started = tasks.state[task] === TASK.running;
  if (!isTaken) cancelEnd(world, task);
  keepAttempt(world, task, started ? (tasks.startMs[task] as number) : -1, NO_EXIT_CODE, outcome);
  release(world, task);
  if (!started && tasks.attempt(task) === 0) tasks.startMs[task] = -1; // it never ran
  tasks.countOther(task);
  if (outcome < FIRST_REQUEUE || (outcome >= FIRST_LOSS && outcome < FIRST_OTHER)) tasks.countInterruption(task);
  else if (outcome < FIRST_LOSS) tasks.countRequeue(task);
  tasks.move(task, TASK.requeue);
  if (started) tasks.readyMs[task] = nowMs;
  if (outcome === DISPLACED) world.log?.add(nowMs, LOGGED.taskDisplaced, task, 0);
  else world.log?.add(nowMs, LOGGED.taskRequeued, task, outcome);
  restartManager(world, task);
  enqueue(world, task);
  if (!world.isCalm) announceRelease(world, task);
}

function completeStopped(
  world: World,
  task: number,
  ending: Extract<Ending, { kind: 'stop' | 'timeOut' }>,
  isTaken: boolean,
): void {
  const { tasks, nowMs } = world;
  const ran = tasks.state[task] === TASK.running;
  if (holdsSlots(world, task)) {
    if (!isTaken) cancelEnd(world, task);
    if (!ran) tasks.startMs[task] = -1; // the attempt never began; earlier ones are rows of their own
    tasks.exitCode[task] = ran ? exitCodeWhenKilled(world, task) : NO_EXIT_CODE;
    release(world, task);
  } else {
    if (waits(world, task)) withdraw(world, task);
    tasks.exitCode[task] = NO_EXIT_CODE;
    if (!ran) {
      tasks.startMs[task] = -1;
      tasks.node[task] = -1;
    } // else it ran until its lifetime was over (ACC-15), and was left as it was
  }
  world.liveDependencies?.forget(task);
  tasks.move(task, TASK.stop);
  tasks.endMs[task] = nowMs;
  tasks.failure[task] = FAILURE.TaskEnded;
  if (ending.kind === 'timeOut') world.log?.add(nowMs, LOGGED.taskTimedOut, task, tasks.exitCode[task] as number);
  else world.log?.add(nowMs, LOGGED.taskStopped, task, STOP_CAUSES.indexOf(ending.cause));
  complete(world, task, tasks.exitCode[task] as number);
}

function dropTask(world: World, task: number, isTaken: boolean): void {
  const { tasks } = world;
  leave(world, task, isTaken);
  tasks.markDeleted(task, world.nowMs);
  world.liveDependencies?.forget(task);
  world.log?.add(world.nowMs, LOGGED.taskDeleted, task, 0);
  if (tasks.state[task] === TASK.completed) noteUnfinished(world, task);
  else countCompleted(world, task);
  announceRelease(world, task);
}

/** The task has no part in anything any more: it holds no slots and waits for none. */
function leave(world: World, task: number, isTaken: boolean): void {
  const { flags } = world.tasks;
  if (holdsSlots(world, task)) {
    if (!isTaken) cancelEnd(world, task);
    release(world, task);
  } else if (waits(world, task)) withdraw(world, task);
  flags[task] = (flags[task] as number) | TASK_FLAG.givenUp;
}

/** Takes back whatever is scheduled for the attempt at hand. The task holds slots and goes on holding them. */
function cancelEnd(world: World, task: number): void {
  const { tasks } = world;
  const dying = world.dying.get(task);
  if (dying !== undefined) {
    world.cancel(dying.atMs, eventCode(SIM_EVENT.killEnd, task));
    world.dying.delete(task);
    return;
  }
  const flags = tasks.flags[task] as number;
  if (tasks.state[task] === TASK.preparing) {
    world.hooks.leavePreparation(world, task);
  } else if (tasks.state[task] === TASK.running && flags & TASK_FLAG.stepped) {
    world.hooks.abandonSteps(world, task);
  } else {
    const end = scheduledEnd(world, task);
    world.cancel(end.atMs, end.code);
  }
}

/** TASK-06 to TASK-08, TASK-12, TASK-25. */
function retryFollows(world: World, task: number, exitCode: number): boolean {
  const changed = world.constraints.get(task);
  const own = changed === undefined ? world.setOf(task).instance.set.maxTaskRetryCount : changed.maxTaskRetryCount;
  const retries = effectiveRetryCount(own, world.jobOf(task).spec.maxTaskRetryCount);
  return afterExit(exitCode, world.tasks.retries[task] as number, retries) === 'retry';
}

function retry(world: World, task: number, exitCode: number): void {
  const { tasks, nowMs } = world;
  tasks.exitCode[task] = exitCode;
  keepAttempt(world, task, tasks.startMs[task] as number, exitCode, ATTEMPT_ENDS.indexOf('retry'));
  release(world, task);
  tasks.retries[task] = (tasks.retries[task] as number) + 1;
  tasks.move(task, TASK.retry);
  tasks.readyMs[task] = nowMs;
  world.log?.add(nowMs, LOGGED.taskRetried, task, exitCode);
  restartManager(world, task);
  enqueue(world, task);
  if (!world.isCalm) announceRelease(world, task);
}

/** JM-07: a manager that has to run again has the right to evict another task. */
function restartManager(world: World, task: number): void {
  if (world.isCalm || ((world.tasks.flags[task] as number) & TASK_FLAG.manager) === 0) return;
  world.jobOf(task).isManagerRestarting = true;
}

/** Keeps the attempt at hand as an earlier one. `startMs` -1: it did not begin to run. */
export function keepAttempt(world: World, task: number, startMs: number, exitCode: number, outcome: number): void {
  const { tasks } = world;
  world.attempts.add({
    task,
    node: tasks.node[task] as number,
    readyMs: tasks.readyMs[task] as number,
    assignedMs: tasks.assigned(task),
    startMs,
    endMs: world.nowMs,
    exitCode,
    outcome,
  });
}

/** What follows when a task is completed, however it came to it. */
function complete(world: World, task: number, exitCode: number): void {
  if (world.countsTasks) countCompleted(world, task);
  satisfyDependents(world, task, exitCode);
  if (world.isCalm) return;
  noteFinished(world, task);
  world.hooks.onTaskCompleted(world, task);
  announceRelease(world, task);
}

/** The task is what it is to be: now its nodes and its job may act on its leaving. */
function announceRelease(world: World, task: number): void {
  const { emptied } = world;
  const job = world.jobOf(task);
  if (job.state !== JOB.active) world.hooks.onJobTaskReleased(world, job);
  while (emptied.length > 0) world.hooks.onNodeEmptied(world, emptied.shift() as number);
}

function countCompleted(world: World, task: number): void {
  const job = world.jobOf(task);
  job.open -= 1;
  if (job.open === 0) world.checkLater(job);
}
