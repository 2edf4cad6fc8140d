/** What happens to one attempt of a task, from its assignment to one of its ends (TASK, MI, SCH-10, SCH-11). */
import { comeBack, complete, failPreparation, first, held, ready } from './attempt-ends.js';
import { enter, inContact, stateOf } from './lookups.js';
import { beginPreparation, isBarred, isPrepared } from './preparation.js';
import { killedCode, shareCores } from './processes.js';
import { commandAt, exitCodeOf, latencyMs, maxRetries, runtimeMs, transferMs, wallClockMs } from './quantities.js';
import type { Attempt, JobState, NodeState, TaskState, World } from './world.js';

/** SCH-10, SCH-11: the slots are held from now on; the task is active until the dispatch is over. */
export function assign(world: World, task: TaskState, nodes: readonly NodeState[]): void {
  const [first] = nodes;
  if (first === undefined) throw new Error('a task needs a node');
  const dueMs = world.now + latencyMs(first.pool.pool.timing, 'dispatch') + task.set.dispatchExtraMs;
  const idle = { startMs: null, startRound: 0, workMs: 0, sinceMs: 0, speed: 1, exitCode: 0, fault: '', scripted: 0 };
  task.attempt = { nodes, assignedMs: world.now, step: 'dispatch', dueMs, ...idle };
  task.node = first;
  task.attempts += 1;
  for (const node of nodes) if (stateOf(node) === 'idle') enter(world, node, 'running'); // NODE-02
  world.changed = true;
  if (dueMs <= world.now) endDispatch(world, task);
}

/** The dispatch is over: the task runs, or waits for the job's preparation (PREP-03, PREP-07, MI-11). */
export function endDispatch(world: World, task: TaskState): void {
  const attempt = held(task);
  const preparation = task.job.job.jobPreparationTask;
  world.changed = true;
  if (preparation !== null) {
    for (const node of attempt.nodes) beginPreparation(world, node, task.job);
    if (preparation.waitForSuccess && !attempt.nodes.every((node) => isPrepared(world, node, task.job))) {
      task.state = 'preparing';
      attempt.step = 'preparing';
      attempt.dueMs = null;
      if (attempt.nodes.some((node) => isBarred(world, node, task.job))) failPreparation(world, task); // it came too late
      return;
    }
  }
  start(world, task);
}

/** Whoever waited for this preparation and for that of no other node runs. */
function startPrepared(world: World, job: JobState): void {
  for (const task of job.tasks) {
    if (task.attempt?.step !== 'preparing') continue;
    if (task.attempt.nodes.every((node) => isPrepared(world, node, job))) start(world, task);
  }
}

/** TASK-03: it runs; files come first, then coordination (MI-05), then the process. */
function start(world: World, task: TaskState): void {
  const attempt = held(task);
  task.state = 'running';
  task.startMs = world.now;
  attempt.startMs = world.now;
  attempt.startRound = world.round;
  task.waitMs += world.now - ready(task);
  for (const node of attempt.nodes) world.runs.push({ task, node, fromMs: world.now, toMs: null });
  world.changed = true;
  const { pool } = first(attempt);
  const { demands, multiInstance } = task.set;
  const own = transferMs(pool, 'download', demands?.downloadBytes ?? 0);
  const common = transferMs(pool, 'download', multiInstance?.commonDownloadBytes ?? 0);
  attempt.step = 'download';
  attempt.dueMs = world.now + own + common;
  if (own + common === 0) coordinate(world, task);
}

/** MI-05: on all of its nodes. */
function coordinate(world: World, task: TaskState): void {
  const attempt = held(task);
  const { multiInstance } = task.set;
  if (multiInstance === null) {
    runProcess(world, task);
    return;
  }
  const { ms, exitCode } = commandAt(first(attempt).pool, multiInstance.coordination, task.attempts - 1);
  attempt.step = 'coordination';
  // MI-07: one that fails fails them all. On a bad node the last command of an instance fails: of a subtask this one.
  const ordinals = attempt.nodes.slice(1).map(({ ordinal }) => ordinal);
  const codes = [exitCode, ...ordinals.map((ordinal) => task.set.demands?.exitCodeOnNode.get(ordinal) ?? 0)];
  attempt.exitCode = codes.find((code) => code !== 0) ?? 0;
  attempt.dueMs = world.now + ms;
}

function runProcess(world: World, task: TaskState): void {
  const attempt = held(task);
  const { demands } = task.set;
  attempt.step = 'process';
  attempt.sinceMs = world.now;
  world.changed = true;
  if (demands?.fault) {
    attempt.fault = demands.fault; // TASK-06, TASK-17: there is no process
    attempt.dueMs = world.now;
    return;
  }
  attempt.exitCode = demands?.exitCodeOnNode.get(first(attempt).ordinal) ?? exitCodeOf(task, task.attempts - 1);
  attempt.workMs = runtimeMs(task, task.attempts - 1);
  attempt.dueMs = world.now + attempt.workMs;
  shareCores(world, first(attempt), task);
}

/** Phase 1: exits of processes, then (after the tasks around them) the ends of coordination and of transfers. */
export function exits(world: World, ...steps: readonly Attempt['step'][]): void {
  for (const task of world.tasks) if (task.attempt !== null && steps.includes(task.attempt.step)) endSteps(world, task);
}

/**
 * Steps of no time follow at once: an attempt whose steps add up to d is over d after its start, in phase 1. A node
 * takes them by itself; what they came to is heard once there is contact (NODE-13).
 */
function endSteps(world: World, task: TaskState): void {
  const { attempt } = task;
  while (attempt !== null && task.attempt === attempt && isDue(world, attempt)) {
    if (attempt.step === 'over') hear(world, task);
    else endStep(world, task);
  }
}

function isDue(world: World, attempt: Attempt): boolean {
  const { step, dueMs } = attempt;
  if (step === 'dispatch' || step === 'preparing' || dueMs === null || dueMs > world.now) return false;
  return world.round > attempt.startRound && (step !== 'over' || inContact(attempt));
}

function endStep(world: World, task: TaskState): void {
  const attempt = held(task);
  if (attempt.step !== 'upload' && isPastWallClock(world, task)) attempt.fault = 'TaskEnded';
  if (attempt.step === 'process') exit(world, task);
  else if (attempt.step === 'download') coordinate(world, task);
  else if (attempt.step === 'coordination' && attempt.exitCode === 0) runProcess(world, task);
  else attempt.step = 'over'; // uploads, MI-07
}

/** TASK-11, NODE-13: nobody stopped it in time, for there was no contact; sending its output does not count. */
function isPastWallClock(world: World, task: TaskState): boolean {
  const attempt = held(task);
  return world.now > (attempt.startMs ?? 0) + wallClockMs(task);
}

/** The process exits; its output is sent, whatever became of it (TASK-20). */
function exit(world: World, task: TaskState): void {
  const attempt = held(task);
  const { demands } = task.set;
  const on = attempt.exitCode === 0 ? 'tasksuccess' : 'taskfailure';
  const isSent = demands !== null && demands.uploadBytes > 0 && [on, 'taskcompletion'].includes(demands.uploadOn);
  attempt.step = 'over';
  world.changed = true;
  if (attempt.fault === '' && isSent) {
    const ms = transferMs(first(attempt).pool, 'upload', demands.uploadBytes);
    attempt.step = 'upload';
    attempt.fault = demands.uploadFault ?? '';
    attempt.dueMs = world.now + ms;
  }
  shareCores(world, first(attempt), null);
}

/** Zero is success, anything else is retried while retries are left (TASK-06, TASK-07); no other failure ever is. */
function hear(world: World, task: TaskState): void {
  const { exitCode, fault } = held(task);
  const most = maxRetries(task);
  if (fault !== '') {
    const ended = fault === 'TaskEnded' ? killedCode(world, task) : null;
    complete(world, task, fault, fault.startsWith('FileUpload') ? exitCode : ended);
    return;
  }
  if (exitCode === 0) {
    complete(world, task, '', 0);
    return;
  }
  if (most !== -1 && task.retries >= most) {
    complete(world, task, 'FailureExitCode', exitCode);
    return;
  }
  task.exitCode = exitCode;
  task.retries += 1; // TASK-08
  comeBack(world, task, 'retry');
}

/** Phase 2, TASK-11: the wall clock is over; the process is stopped and not run again. Output is not part of it. */
export function stopAtWallClocks(world: World): void {
  for (const task of world.tasks) stopAtWallClock(world, task);
}

/** TASK-11, of one task. */
export function stopAtWallClock(world: World, task: TaskState): void {
  if (wallClockEndMs(task) <= world.now) complete(world, task, 'TaskEnded', killedCode(world, task));
}

/** When the wall clock of the attempt at hand ends. */
export function wallClockEndMs({ attempt, ...task }: TaskState): number {
  if (attempt === null || attempt.startMs === null || attempt.step === 'upload') return Number.POSITIVE_INFINITY;
  return inContact(attempt) ? attempt.startMs + wallClockMs({ ...task, attempt }) : Number.POSITIVE_INFINITY;
}

/** PREP-04, PREP-05: the preparation of a node is over; whoever waited for it runs, or tries elsewhere. */
export function afterPreparation(world: World, node: NodeState, job: JobState, result: 'success' | 'failure'): void {
  if (result === 'success') startPrepared(world, job);
  else {
    for (const task of job.tasks) {
      if (task.attempt?.step === 'preparing' && task.attempt.nodes.includes(node)) failPreparation(world, task);
    }
  }
}
