/** What the service answers to an operation, and what follows from it (ERR-04: existence, then state). */
import type { Account, Given, Operation, TaskSet } from '../../../src/model/index.js';
import { stopAtWallClock } from './attempts.js';
import * as jobs from './jobs.js';
import { findPool, nodesOf, stateOf } from './lookups.js';
import { accept, findNode, onNode, preempted, WRONG_STATE } from './node-operations.js';
import * as nodes from './nodes.js';
import * as pools from './pools.js';
import * as schedules from './schedules.js';
import { giveUpTask, reactivate } from './task-operations.js';
import type { JobState, NodeState, World } from './world.js';

/** Carries an operation out, or not: Batch's code of the refusal; null: it was accepted. */
export function operate(world: World, account: Account, operation: Operation): string | null {
  switch (operation.kind) {
    case 'addPool': {
      const pool = given(operation.pool);
      if (findPool(world, account, pool.id) !== null) return 'PoolExists'; // POOL-18
      pools.addPool(world, account, pool);
      return null;
    }
    case 'addJob': {
      const job = given(operation.job);
      if (findJob(world, account, job.id) !== null) return 'JobExists';
      jobs.addComingTasks(world, jobs.addJob(world, account, job, job.id, null));
      return null;
    }
    case 'addJobSchedule': {
      const schedule = given(operation.jobSchedule);
      if (findSchedule(world, account, schedule.id) !== null) return 'JobScheduleExists';
      schedules.addSchedule(world, account, schedule);
      return null;
    }
    default:
      if ('node' in operation) return onNode(world, account, operation);
      if ('poolId' in operation) return onPool(world, account, operation);
      if ('taskId' in operation) return onTask(world, account, operation);
      if ('jobId' in operation) return onJob(world, account, operation);
      if ('jobScheduleId' in operation) return onSchedule(world, account, operation);
      throw new Error(`the oracle does not know ${operation.kind}`);
  }
}

type On<K extends string> = Extract<Operation, { readonly [key in K]: unknown }>;

function onPool(world: World, account: Account, operation: Exclude<On<'poolId'>, On<'node'>>): string | null {
  const pool = findPool(world, account, operation.poolId);
  if (pool === null) return 'PoolNotFound';
  switch (operation.kind) {
    case 'preemptNodes':
      for (const node of preempted(pool, operation)) nodes.preempt(world, node);
      return null;
    case 'upgradeOs':
      for (const node of nodesOf(pool)) if (UPGRADABLE.has(stateOf(node))) nodes.upgradeOs(world, node);
      return null;
    case 'setCapacity': {
      const limit = (nodes: number | null) => nodes ?? Number.POSITIVE_INFINITY;
      pool.capacityNow = { dedicated: limit(operation.dedicatedNodes), spot: limit(operation.lowPriorityNodes) };
      world.changed = true;
      pools.takeReturnedCapacity(world, pool);
      world.roomier.add(account);
      return null;
    }
  }
  if (pool.state === 'deleting') return 'PoolBeingDeleted'; // POOL-17
  if (operation.kind === 'deletePool') return accept(() => pools.deletePool(world, pool));
  if (operation.kind === 'stopResizePool') {
    return pool.resize === null ? 'OperationInvalidForCurrentState' : accept(() => pools.stopResize(world, pool));
  }
  if (operation.kind === 'resizePool') {
    if (pool.resize !== null) return 'PoolBeingResized'; // RSZ-01
    pool.targetDedicated = operation.targetDedicatedNodes ?? pool.targetDedicated;
    pool.targetSpot = operation.targetLowPriorityNodes ?? pool.targetSpot;
    const { resizeTimeoutMs, nodeDeallocationOption } = operation;
    return accept(() => pools.resize(world, pool, resizeTimeoutMs ?? QUARTER_MS, nodeDeallocationOption ?? 'requeue'));
  }
  if (operation.kind === 'removeNodes') {
    const named = operation.nodes.map((name) => findNode(pool, name));
    const found = named.filter((node): node is NodeState => node !== null);
    if (found.length < named.length) return 'NodeNotFound';
    if (pool.resize !== null) return 'PoolBeingResized';
    const { resizeTimeoutMs, nodeDeallocationOption } = operation;
    const timeoutMs = resizeTimeoutMs ?? QUARTER_MS;
    return accept(() =>
      pools.removeNodes(world, pool, [...new Set(found)], timeoutMs, nodeDeallocationOption ?? 'requeue'),
    );
  }
  throw new Error(`the oracle does not know ${operation.kind}`);
}

/** RSZ-03. */
const QUARTER_MS = 15 * 60_000;
const UPGRADABLE: ReadonlySet<string> = new Set([
  ...['waitingforstarttask', 'starttaskfailed', 'idle', 'running', 'offline'],
]);

function onJob(world: World, account: Account, operation: Exclude<On<'jobId'>, On<'taskId'>>): string | null {
  const job = findJob(world, account, operation.jobId);
  if (job === null) return 'JobNotFound';
  if (job.state === 'deleting') return 'JobBeingDeleted'; // ERR-15
  switch (operation.kind) {
    case 'deleteJob':
      return accept(() => jobs.deleteJob(world, job, operation.force));
    case 'enableJob':
      return job.state === 'disabled' ? accept(() => jobs.enableJob(world, job)) : WRONG_STATE; // JOB-17
    case 'disableJob':
      return endedCode(job, null) ?? accept(() => jobs.disableJob(world, job, operation.disableTasks ?? 'requeue'));
    case 'terminateJob':
      return (
        endedCode(job, null) ??
        accept(() => jobs.terminateJob(world, job, operation.terminateReason ?? 'UserTerminate', operation.force))
      );
    case 'patchJob': {
      const { changes } = operation;
      const ended = endedCode(job, null);
      if (ended !== null) return ended;
      const moves = changes.poolId !== undefined && changes.poolId.toLowerCase() !== job.poolId.toLowerCase();
      if (moves && job.state !== 'disabled') return WRONG_STATE; // JOB-21
      if (changes.onAllTasksComplete === 'noaction' && job.onAllTasksComplete === 'terminatejob') {
        return 'InvalidPropertyValue'; // JOB-08
      }
      job.poolId = changes.poolId ?? job.poolId;
      job.priority = changes.priority ?? job.priority;
      job.maxParallelTasks = changes.maxParallelTasks ?? job.maxParallelTasks;
      job.onAllTasksComplete = changes.onAllTasksComplete ?? job.onAllTasksComplete;
      if (changes.maxWallClockTimeMs !== undefined) job.maxWallClockTimeMs = changes.maxWallClockTimeMs;
      jobs.endJobsAtWallClock(world); // a wall clock that is over already ends it at once
      return note(world);
    }
    case 'addTasks': {
      const sets = given<readonly TaskSet[]>(operation.tasks);
      const ended = endedCode(job, null);
      if (ended !== null) return ended; // TASK-27
      if (job.state !== 'active' && !world.scenario.options.addToDisabledJob) return 'JobDisabled'; // JOB-18
      for (const set of sets) jobs.addTaskSet(world, job, set);
      jobs.addComingTasks(world, job);
      return null;
    }
    default:
      throw new Error(`the oracle does not know ${operation.kind}`);
  }
}

/** JOB-13, JOB-26. */
function endedCode({ state }: JobState, otherwise: string | null): string | null {
  if (state === 'terminating') return 'JobBeingTerminated';
  return state === 'completed' ? 'JobCompleted' : otherwise;
}

function onTask(world: World, account: Account, operation: On<'taskId'>): string | null {
  const job = findJob(world, account, operation.jobId);
  if (job === null) return 'JobNotFound'; // ERR-14
  const is = (id: string) => id.toLowerCase() === operation.taskId.toLowerCase();
  const task = job.tasks.find((candidate) => candidate.deletedMs === null && is(candidate.id));
  if (task === undefined) return 'TaskNotFound';
  if (job.state === 'deleting') return 'JobBeingDeleted';
  switch (operation.kind) {
    case 'terminateTask':
      return task.state === 'completed' ? 'TaskCompleted' : accept(() => giveUpTask(world, task, 'terminate'));
    case 'deleteTask':
      return accept(() => giveUpTask(world, task, 'delete'));
    case 'updateTask':
      if (task.state === 'completed') return 'TaskCompleted'; // TASK-25
      task.constraints = operation.constraints;
      stopAtWallClock(world, task); // one that is over already ends it at once
      return note(world);
    case 'reactivateTask':
      if (job.state === 'terminating' || job.state === 'completed') return endedCode(job, null);
      if (task.state !== 'completed') return 'TaskNotCompleted';
      return task.failure === '' ? 'TaskSucceeded' : accept(() => reactivate(world, task));
  }
}

function onSchedule(world: World, account: Account, operation: On<'jobScheduleId'>): string | null {
  const schedule = findSchedule(world, account, operation.jobScheduleId);
  if (schedule === null) return 'JobScheduleNotFound';
  if (operation.kind === 'deleteJobSchedule') return accept(() => schedules.deleteSchedule(world, schedule));
  if (schedule.state === 'completed') return 'JobScheduleCompleted';
  if (schedule.state === 'terminating') return 'JobScheduleBeingTerminated';
  switch (operation.kind) {
    case 'disableJobSchedule':
      if (schedule.state === 'disabled') return 'JobScheduleDisabled';
      schedule.state = 'disabled';
      return note(world);
    case 'enableJobSchedule':
      if (schedule.state === 'active') return WRONG_STATE;
      return accept(() => schedules.enableSchedule(world, schedule));
    case 'terminateJobSchedule':
      return accept(() => schedules.terminateSchedule(world, schedule));
    default:
      throw new Error(`the oracle does not know ${operation.kind}`);
  }
}

/** Accepted: a property has changed, which may matter to the passes of this instant. */
function note(world: World): null {
  world.changed = true;
  return null;
}

function given<T>(value: Given<T>): T {
  if (!value.ok) throw new Error(`the worlds give what is valid, not ${value.error.code}`);
  return value.value;
}

function findJob(world: World, account: Account, id: string): JobState | null {
  const is = (job: JobState) => job.state !== 'deleted' && job.id.toLowerCase() === id.toLowerCase();
  return world.jobs.find((job) => job.account === account && is(job)) ?? null;
}

function findSchedule(world: World, account: Account, id: string) {
  const key = id.toLowerCase();
  const there = world.schedules.filter((schedule) => schedule.account === account && schedule.state !== 'deleted');
  return there.find(({ schedule }) => schedule.id.toLowerCase() === key) ?? null;
}
