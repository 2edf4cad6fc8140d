/** From a world to the recording of its run, at the end or before it. */
import { Digest } from '../base/index.js';
import {
  makeTaskNames,
  type NodeColumns,
  type Recording,
  type RunInfo,
  type UnfinishedColumns,
  WAIT_CAUSES,
  type WaitCause,
} from '../recording/index.js';
import { NODE } from './node-table.js';
import { TASK, TASK_FLAG } from './task-table.js';
import type { World } from './world.js';

/** What the run itself knows. */
export type RunEnd = Pick<RunInfo, 'complete' | 'endMs' | 'eventCount'>;

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
    pools: world.pools.map(({ spec, account }) => ({
      id: spec.id,
      accountIndex: account.row,
      vmSize: spec.vmSize,
      os: spec.os,
      taskSlotsPerNode: spec.taskSlotsPerNode,
      targetDedicatedNodes: spec.targetDedicatedNodes,
      targetLowPriorityNodes: spec.targetLowPriorityNodes,
      price: spec.price,
    })),
    jobs: world.jobs.map((job) => ({
      id: job.id,
      displayName: job.spec.displayName,
      accountIndex: job.account.row,
      poolId: job.spec.poolId,
      poolIndex: world.poolOf(job.account, job.spec.poolId)?.row ?? -1,
      priority: job.spec.priority,
      state: 'active',
      createdMs: job.createdMs,
      taskCount: taskCounts[job.row] as number,
    })),
    resizes: [...world.resizes],
    nodes,
    tasks,
    taskNames: makeTaskNames(declaration.sets, declaration.order),
    attempts,
    unfinished: unfinishedTasks(world, end),
    log: world.log,
  };
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
    if (state === TASK.active) continue;
    const slots = tasks.slots[task] as number;
    const lastMs = state === TASK.completed ? (tasks.endMs[task] as number) : lastMoment(world, task, endMs);
    ran(tasks.node[task] as number, slots, tasks.startMs[task] as number, lastMs);
  }
  for (let row = 0; row < attempts.count; row++) {
    const startMs = attempts.startMs[row] as number;
    if (startMs < 0) continue;
    const slots = tasks.slots[attempts.task[row] as number] as number;
    ran(attempts.node[row] as number, slots, startMs, attempts.endMs[row] as number);
  }
  return closed;
}

/** How long a task in `running` held its slots: to the end of the run, or of its lifetime (ACC-15). */
function lastMoment(world: World, task: number, endMs: number): number {
  const { tasks, scenario } = world;
  if (((tasks.flags[task] as number) & TASK_FLAG.givenUp) === 0) return endMs;
  return (tasks.submitMs[task] as number) + (scenario.options.taskLifetimeMs ?? Number.POSITIVE_INFINITY);
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
  const { tasks, dependents, nodes } = world;
  if ((tasks.flags[task] as number) & TASK_FLAG.givenUp) return 'lifetimeExceeded';
  if (dependents !== null && (dependents.left[task] as number) > 0) return 'blockedByDependency';
  const job = world.jobOf(task);
  const { pool } = job;
  if (pool === null) return 'poolMissing';
  if ((tasks.slots[task] as number) > pool.spec.taskSlotsPerNode) return 'requiresMoreSlotsThanANodeHas';
  const usable = pool.nodeRows.some((node) => {
    const state = nodes.state[node] as number;
    return state === NODE.idle || state === NODE.running;
  });
  if (usable && job.atLimit) return 'jobAtMaxParallelTasks';
  return usable || !end.complete ? 'stoppedAtUntil' : 'noEligibleNode';
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
