/**
 * What a run comes to, in plain words, so that two runs can be compared line by line: the oracle's own and the one
 * read back from a recording. Times in ms, null where the moment never came.
 */

import { NODE_BILLING, type Scenario } from '../../../src/model/index.js';
import { stateOf } from './lookups.js';
import { type Ended, runOracle } from './run.js';
import type { NodeState, PoolState, Resize, TaskState, World } from './world.js';

/** One line of an outcome: what it is about, and its values; undefined: the rules do not say, anything will do. */
export type Line = Readonly<Record<string, string | number | null | undefined>>;

/** Lines by what they are about; a key occurs once. */
export interface Outcome {
  readonly run: ReadonlyMap<string, Line>;
  readonly jobs: ReadonlyMap<string, Line>;
  readonly schedules: ReadonlyMap<string, Line>;
  readonly tasks: ReadonlyMap<string, Line>;
  readonly nodes: ReadonlyMap<string, Line>;
  /** `pool #k`, counted from 1. */
  readonly resizes: ReadonlyMap<string, Line>;
  /** Attempts that were not their task's last: `task #k`, counted from 1. */
  readonly attempts: ReadonlyMap<string, Line>;
  /** Start, preparation and release tasks: `kind node job`. */
  readonly nodeTasks: ReadonlyMap<string, Line>;
  /** `#k`, counted from 1. */
  readonly operations: ReadonlyMap<string, Line>;
}

/** The oracle: what becomes of a scenario that is free of chance. */
export function oracle(scenario: Scenario): Outcome {
  const ended = runOracle(scenario);
  const { world, endMs } = ended;
  const nodes = world.pools.flatMap((pool) => pool.nodes);
  const jobs = world.jobs.filter(({ state }, i) => state !== 'deleted' || isFirst(world, i));
  const operations = world.operations.map(({ atMs, kind, code }, i): [string, Line] => [
    `#${i + 1}`,
    { atMs, kind, code },
  ]);
  return {
    run: new Map([['run', { endMs }]]),
    jobs: new Map(jobs.map((job) => [`${job.account.name}/${job.id}`, jobLine(job)])),
    schedules: new Map(
      world.schedules.map(({ account, schedule, state, createdMs, endMs: end, jobs: made }) => [
        `${account.name}/${schedule.id}`,
        { state, createdMs, endMs: end, jobCount: made.length },
      ]),
    ),
    tasks: new Map(world.tasks.map((task) => [taskKey(task), taskLine(world, task)])),
    nodes: new Map(nodes.map((node) => [nodeKey(world, node), nodeLine(ended, node)])),
    resizes: resizeLines(world),
    attempts: attemptLines(ended),
    nodeTasks: new Map(
      world.nodeTasks
        .filter(hasBegun)
        .map((row) => [`${row.kind} ${nodeKey(world, row.node)} ${row.job?.id ?? ''}`, nodeTaskLine(row)]),
    ),
    operations: new Map(operations),
  };
}

/** PREP-14: a release that begins in the instant in which its node leaves is none; which of the two comes first is open. */
function hasBegun({ kind, node, startMs }: World['nodeTasks'][number]): boolean {
  return kind !== 'release' || node.goneMs !== startMs;
}

/** Of one that runs again the exit code may be the earlier attempt's (START-07). */
function nodeTaskLine({ startMs, state, result, exitCode, retries }: World['nodeTasks'][number]): Line {
  return { startMs, state, result, exitCode: state === 'completed' ? exitCode : undefined, retries };
}

function isFirst({ jobs }: World, row: number): boolean {
  return jobs.findIndex(({ id, account }) => id === jobs[row]?.id && account === jobs[row]?.account) === row;
}

function jobLine({ createdMs, state, endMs, reason, priority, tasks }: World['jobs'][number]): Line {
  return { createdMs, state, endMs, reason, priority, taskCount: tasks.length };
}

function taskLine(world: World, task: TaskState): Line {
  const { state, failure, retries, requeues, interruptions, submitMs, readyMs, startMs, endMs, waitMs } = task;
  const node = task.node === null ? null : nodeKey(world, task.node);
  const always = { submitMs, retries, requeues, interruptions, node, startMs, deletedMs: task.deletedMs };
  if (task.deletedMs !== null) return always;
  const exitCode = state === 'completed' && task.exitCode !== null ? task.exitCode : undefined;
  return { ...always, state, failure, exitCode, readyMs, endMs, waitMs };
}

/** BILL-06: a node's time by what it is charged as, from each state to the next. */
function nodeLine({ world, endMs }: Ended, node: NodeState): Line {
  const spent = { booting: 0, idle: 0, running: 0, failed: 0, free: 0 };
  const lastMs = node.goneMs ?? endMs;
  node.history.forEach(({ state, busy, atMs }, i) => {
    const part = state === 'leavingpool' && busy ? 'running' : NODE_BILLING[state];
    spent[part] += (node.history[i + 1]?.atMs ?? lastMs) - atMs;
  });
  const runs = world.runs.filter((run) => run.node === node);
  // What of a multi-instance task counts on the nodes of its other instances is nowhere said.
  const hasInstances =
    node.pool.pool.enableInterNodeCommunication && world.tasks.some(({ set }) => set.multiInstance !== null);
  return {
    kind: node.kind,
    state: node.goneMs === null ? stateOf(node) : undefined,
    createdMs: node.history[0]?.atMs ?? null,
    readyMs: node.history.find(({ state }) => state === 'idle')?.atMs ?? null,
    goneMs: node.goneMs,
    preemptions: node.preemptions,
    bootingMs: spent.booting,
    idleMs: spent.idle,
    runningMs: spent.running,
    failedMs: spent.failed,
    tasksRun: hasInstances ? undefined : runs.length,
    slotMs: hasInstances
      ? undefined
      : runs.reduce((sum, { task, fromMs, toMs }) => sum + task.slots * ((toMs ?? endMs) - fromMs), 0),
  };
}

function resizeLines(world: World): Map<string, Line> {
  const lines = new Map<string, Line>();
  for (const pool of world.pools) {
    world.resizes
      .filter((row) => row.pool === pool)
      .forEach((row, k) => {
        lines.set(`${poolKey(world, pool)} #${k + 1}`, resizeLine(row));
      });
  }
  return lines;
}

function resizeLine({ cause, startMs, endMs, reservedDedicated, reservedSpot, removed, errors }: Resize): Line {
  const sizes = { reservedDedicated, reservedLowPriority: reservedSpot, removed };
  return { cause, startMs, endMs, ...sizes, errors: [...errors].sort().join(' ') };
}

function attemptLines({ world }: Ended): Map<string, Line> {
  const lines = new Map<string, Line>();
  for (const task of world.tasks) {
    world.earlier
      .filter((attempt) => attempt.task === task)
      .forEach(({ node, readyMs, assignedMs, startMs, endMs, exitCode, outcome }, k) => {
        const times = { readyMs, assignedMs, startMs, endMs };
        const code = outcome === 'retry' ? exitCode : undefined;
        lines.set(`${taskKey(task)} #${k + 1}`, {
          node: node === null ? null : nodeKey(world, node),
          ...times,
          exitCode: code,
          outcome,
        });
      });
  }
  return lines;
}

/** A task that was deleted and one of the same id that came later are told apart by when they were added. */
function taskKey({ job, id, submitMs }: TaskState): string {
  const again = job.tasks.filter((other) => other.id === id).length > 1;
  return `${job.account.name}/${job.id}/${id}${again ? `@${submitMs}` : ''}`;
}

function nodeKey(world: World, { pool, ordinal }: NodeState): string {
  return `${poolKey(world, pool)}/n${ordinal}`;
}

/** Pools of one id that came one after another are told apart. */
function poolKey(world: World, pool: PoolState): string {
  const same = world.pools.filter((other) => other.account === pool.account && other.pool.id === pool.pool.id);
  const before = same.indexOf(pool);
  return `${pool.account.name}/${pool.pool.id}${before === 0 ? '' : `'${before}`}`;
}
