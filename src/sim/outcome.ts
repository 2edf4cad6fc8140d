/** From a world to the recording of its run, at the end or before it. */
import { Digest } from '../base/index.js';
import { JOB_STATES, type JobState as JobLife, POOL_STATES, type PoolLife } from '../model/index.js';
import {
  type JobRow,
  makeTaskNames,
  type NodeColumns,
  type Recording,
  type RunInfo,
  type UnfinishedColumns,
  WAIT_CAUSES,
  type WaitCause,
} from '../recording/index.js';
import { JOB, type JobState, type PoolState } from './entities.js';
import { scheduleRows } from './jobs/schedules.js';
import { isBarredEverywhere, readyNodes } from './placement/barred.js';
import { takeAutoscale } from './pools/autoscale-outcome.js';
import { TASK, TASK_FLAG } from './task-table.js';
import type { World } from './world.js';

/** What the run itself knows. */
export type RunEnd = Pick<RunInfo, 'complete' | 'failure' | 'endMs' | 'eventCount'>;

/** The recording of a run. Columns are shared with the world, not copied, save those of the nodes. */
export function takeRecording(world: World, end: RunEnd): Recording {
  const { scenario, tasks, attempts, declaration } = world;
  tasks.markNever();
  const nodes = closedNodes(world, end.endMs);
  const taskCounts = new Int32Array(world.jobs.length);
  for (let task = 0; task < tasks.count; task++) {
    const job = tasks.job[task] as number;
    taskCounts[job] = (taskCounts[job] as number) + 1;
  }
  return {
    run: {
      name: scenario.name,
      seed: scenario.seed,
      epochMs: scenario.clock.epochMs,
      taskLifetimeMs: scenario.options.taskLifetimeMs,
      ...end,
      digest: digestOf(world, nodes, end.endMs),
    },
    accounts: world.accounts.map(({ spec }) => ({ name: spec.name })),
    pools: world.pools.map(({ spec, account, state, isAdded, createdMs, deletedMs, isAutoPool }) => ({
      id: spec.id,
      accountIndex: account.row,
      vmSize: spec.vmSize,
      os: spec.os,
      taskSlotsPerNode: spec.taskSlotsPerNode,
      targetDedicatedNodes: spec.targetDedicatedNodes,
      targetLowPriorityNodes: spec.targetLowPriorityNodes,
      price: spec.price,
      state: isAdded ? (deletedMs >= 0 ? 'deleted' : (POOL_STATES[state] as PoolLife)) : 'absent',
      createdMs,
      deletedMs,
      isAutoPool,
    })),
    jobs: world.jobs.map((job) => ({
      id: job.id,
      displayName: job.spec.displayName,
      accountIndex: job.account.row,
      poolId: job.spec.poolId,
      poolIndex: world.poolOf(job.account, job.spec.poolId)?.row ?? -1,
      priority: job.spec.priority,
      state: stateOfJob(job),
      createdMs: job.createdMs,
      endMs: job.endMs,
      deletedMs: job.deletedMs,
      terminateReason: job.terminateReason,
      schedulingError: job.schedulingError,
      scheduleIndex: job.schedule,
      ...(job.addedWith === null ? {} : { addedWith: job.addedWith }),
      taskCount: taskCounts[job.row] as number,
    })),
    jobSchedules: scheduleRows(world),
    resizes: [...world.resizes],
    nodeTasks: world.nodeTasks.map((row) => ({ ...row })),
    subtasks: world.subtasks.map((row) => ({ ...row })),
    operations: [...world.operations],
    nodes,
    tasks,
    taskNames: makeTaskNames(declaration.sets, world.taskNumbers),
    attempts,
    unfinished: unfinishedTasks(world, end),
    ...takeAutoscale(world),
    log: world.log,
  };
}

function stateOfJob({ isAdded, deletedMs, state }: JobState): JobRow['state'] {
  if (!isAdded) return 'absent';
  return deletedMs >= 0 ? 'deleted' : (JOB_STATES[state] as JobLife);
}

/** The nodes with their time booked up to the end, on copies so that the run can go on. */
function closedNodes(world: World, endMs: number): NodeColumns {
  const { nodes, tasks, attempts } = world;
  const closed = Object.assign(nodes.copy(), {
    tasksRun: new Int32Array(nodes.count),
    slotMs: new Float64Array(nodes.count),
  });
  for (let node = 0; node < closed.count; node++) closed.book(node, endMs);
  function ran(node: number, slots: number, fromMs: number, toMs: number): void {
    closed.tasksRun[node] = (closed.tasksRun[node] as number) + 1;
    closed.slotMs[node] = (closed.slotMs[node] as number) + slots * (toMs - fromMs);
  }
  for (let task = 0; task < tasks.count; task++) {
    const state = tasks.state[task] as number;
    if (state === TASK.active || state === TASK.preparing || (tasks.startMs[task] as number) < 0) continue;
    const slots = tasks.slots[task] as number;
    const lastMs = Math.min(lastMoment(world, task), state === TASK.completed ? (tasks.endMs[task] as number) : endMs);
    ran(tasks.node[task] as number, slots, tasks.startMs[task] as number, lastMs);
  }
  for (let row = 0; row < attempts.count; row++) {
    const startMs = attempts.startMs[row] as number;
    if (startMs < 0) continue;
    const task = attempts.task[row] as number;
    const lastMs = Math.min(lastMoment(world, task), attempts.endMs[row] as number);
    ran(attempts.node[row] as number, tasks.slots[task] as number, startMs, lastMs);
  }
  for (const { node, startMs, endMs: ended } of world.subtasks) ran(node, 1, startMs, ended < 0 ? endMs : ended);
  return closed;
}

/** Until when a task may have held slots, whatever its state says: to the end of its lifetime (ACC-15), or until it was deleted. */
function lastMoment({ tasks, scenario }: World, task: number): number {
  const lifetimeMs = scenario.options.taskLifetimeMs ?? Number.POSITIVE_INFINITY;
  const deletedMs = tasks.isDeleted(task) ? (tasks.deletedMs?.[task] as number) : Number.POSITIVE_INFINITY;
  return Math.min((tasks.submitMs[task] as number) + lifetimeMs, deletedMs);
}

/** SIM-10: every task that is still active, and why. */
function unfinishedTasks(world: World, end: RunEnd): UnfinishedColumns {
  const { tasks } = world;
  const rows: number[] = [];
  const causes: number[] = [];
  for (let task = 0; task < tasks.count; task++) {
    if ((tasks.state[task] as number) !== TASK.active) continue;
    rows.push(task);
    causes.push(WAIT_CAUSES.indexOf(waitCause(world, task, end)));
  }
  return { count: rows.length, task: Int32Array.from(rows), cause: Uint8Array.from(causes) };
}

function waitCause(world: World, task: number, end: RunEnd): WaitCause {
  const { tasks } = world;
  if ((tasks.flags[task] as number) & TASK_FLAG.givenUp) return 'lifetimeExceeded';
  const job = world.jobOf(task);
  if (job.state === JOB.disabled || job.state === JOB.disabling) return 'jobDisabled';
  if (job.state !== JOB.active) return 'jobEnded';
  if (world.isBlocked(task)) return 'blockedByDependency';
  const pool = world.poolOf(job.account, job.spec.poolId);
  if (pool === null) return 'poolMissing';
  if (pool.state !== 0) return 'poolBeingDeleted';
  if ((tasks.slots[task] as number) > pool.spec.taskSlotsPerNode) return 'requiresMoreSlotsThanANodeHas';
  const usable = readyNodes(world, pool);
  const particular = particularCause(world, task, job, pool, usable);
  if (particular !== null) return particular;
  if (usable.length > 0 && job.atLimit) return 'jobAtMaxParallelTasks';
  return usable.length > 0 || !end.complete ? 'stoppedAtUntil' : 'noEligibleNode';
}

/** Causes that concern some tasks alone: managers, multi-instance tasks, jobs whose preparation failed. */
function particularCause(
  world: World,
  task: number,
  job: JobState,
  pool: PoolState,
  usable: readonly number[],
): WaitCause | null {
  const flags = world.tasks.flags[task] as number;
  if (flags & TASK_FLAG.gang) {
    if (!pool.spec.enableInterNodeCommunication || pool.spec.taskSlotsPerNode !== 1) return 'needsInterNodePool';
    const instances = world.setOf(task).instance.set.multiInstance?.numberOfInstances ?? 1;
    if (usable.length < instances) return 'waitsForInstances';
  }
  const needsDedicated = flags & TASK_FLAG.manager && job.spec.jobManagerTask?.allowLowPriorityNode === false;
  if (needsDedicated && !usable.some((node) => world.nodes.kind[node] === 0)) return 'needsDedicatedNode';
  if (isBarredEverywhere(world, job, pool)) return 'allNodesBarredByPreparation';
  return null;
}

/** The outcome in 32 digits: what happened to every task, attempt and node. The log adds nothing to it. */
function digestOf(world: World, nodes: NodeColumns, endMs: number): string {
  const { tasks, attempts } = world;
  const digest = new Digest();
  digest.addInt(endMs % 2147483647);
  for (const column of [tasks.job, tasks.state, tasks.failure, tasks.exitCode, tasks.retries, tasks.node]) {
    digest.addColumn(column, tasks.count);
  }
  for (const column of [tasks.submitMs, tasks.readyMs, tasks.startMs, tasks.endMs])
    digest.addColumn(column, tasks.count);
  for (const column of [attempts.task, attempts.node, attempts.startMs, attempts.endMs])
    digest.addColumn(column, attempts.count);
  for (const column of [nodes.pool, nodes.ordinal, nodes.kind, nodes.state]) digest.addColumn(column, nodes.count);
  for (const column of [nodes.createdMs, nodes.readyMs, nodes.runningMs, nodes.idleMs])
    digest.addColumn(column, nodes.count);
  return digest.hex();
}
