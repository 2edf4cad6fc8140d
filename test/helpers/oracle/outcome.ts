/**
 * What a run comes to, in plain words, so that two runs can be compared line by line: the oracle's own and the one
 * read back from a recording. Times in ms, null where the moment never came.
 */

import type { Scenario } from '../../../src/model/index.js';
import { type Ended, runOracle } from './run.js';
import { type NodeState, stateOf, type TaskState } from './world.js';

/** One line of an outcome: what it is about, and its values. */
export type Line = Readonly<Record<string, string | number | null>>;

/** Lines by what they are about; a key occurs once. */
export interface Outcome {
  readonly run: ReadonlyMap<string, Line>;
  readonly jobs: ReadonlyMap<string, Line>;
  readonly tasks: ReadonlyMap<string, Line>;
  readonly nodes: ReadonlyMap<string, Line>;
  readonly resizes: ReadonlyMap<string, Line>;
  /** Attempts that were not their task's last: `task #k`, counted from 1. */
  readonly attempts: ReadonlyMap<string, Line>;
}

/** The oracle: what becomes of a scenario that is free of chance. */
export function oracle(scenario: Scenario): Outcome {
  const ended = runOracle(scenario);
  const { world, endMs } = ended;
  return {
    run: new Map([['run', { endMs }]]),
    jobs: new Map(
      world.jobs.map(({ account, id, createdMs, tasks }) => [
        `${account.name}/${id}`,
        { createdMs, taskCount: tasks.length },
      ]),
    ),
    tasks: new Map(world.tasks.map((task, row) => [taskKey(task), { row, ...taskLine(task) }])),
    nodes: new Map(world.pools.flatMap((pool) => pool.nodes.map((node) => [nodeKey(node), nodeLine(ended, node)]))),
    resizes: new Map(
      world.pools.map((pool) => [
        `${pool.account.name}/${pool.pool.id}`,
        {
          reservedDedicated: pool.reservedDedicated,
          reservedLowPriority: pool.reservedLowPriority,
          errors: pool.errors.join(' '),
          endMs: pool.steadyMs,
        },
      ]),
    ),
    attempts: attemptLines(ended),
  };
}

function taskLine(task: TaskState): Line {
  const { state, failure, retries, interruptions, submitMs, readyMs, startMs, endMs, waitMs } = task;
  const exitCode = state === 'completed' ? task.exitCode : null;
  const node = task.node === null ? null : nodeKey(task.node);
  return {
    ...{ state, failure, exitCode, retries, interruptions, node },
    ...{ submitMs, readyMs, startMs, endMs, waitMs },
  };
}

/** BILL-06: a node's time by what it is charged as, from each state to the next. */
function nodeLine({ world, endMs }: Ended, node: NodeState): Line {
  const spent = { creating: 0, starting: 0, idle: 0, running: 0 };
  node.history.forEach(({ state, atMs }, i) => {
    spent[state] += (node.history[i + 1]?.atMs ?? endMs) - atMs;
  });
  const attempts = attemptsOn({ world, endMs }, node);
  return {
    kind: node.kind,
    state: stateOf(node),
    createdMs: node.history[0]?.atMs ?? null,
    readyMs: node.history.find(({ state }) => state === 'idle')?.atMs ?? null,
    bootingMs: spent.creating + spent.starting,
    idleMs: spent.idle,
    runningMs: spent.running,
    failedMs: 0,
    tasksRun: attempts.length,
    slotMs: attempts.reduce((sum, { slots, startMs, stopMs }) => sum + slots * (stopMs - startMs), 0),
  };
}

/** Attempts that ran on a node, up to the end of the run. */
function attemptsOn({ world, endMs }: Ended, node: NodeState): { slots: number; startMs: number; stopMs: number }[] {
  const attempts: { slots: number; startMs: number; stopMs: number }[] = [];
  for (const { task, node: on, startMs, endMs: stopMs } of world.earlier) {
    if (on === node && startMs !== null) attempts.push({ slots: task.slots, startMs, stopMs });
  }
  for (const { state, node: on, slots, startMs, stopMs } of world.tasks) {
    if (on !== node || state === 'active' || startMs === null) continue;
    attempts.push({ slots, startMs, stopMs: stopMs ?? endMs });
  }
  return attempts;
}

function attemptLines({ world }: Ended): Map<string, Line> {
  const lines = new Map<string, Line>();
  for (const task of world.tasks) {
    world.earlier
      .filter((attempt) => attempt.task === task)
      .forEach(({ node, readyMs, assignedMs, startMs, endMs, exitCode, outcome }, k) => {
        const times = { readyMs, assignedMs, startMs, endMs };
        lines.set(`${taskKey(task)} #${k + 1}`, { node: nodeKey(node), ...times, exitCode, outcome });
      });
  }
  return lines;
}

function taskKey(task: TaskState): string {
  return `${task.job.account.name}/${task.job.id}/${task.id}`;
}

function nodeKey({ pool, ordinal }: NodeState): string {
  return `${pool.account.name}/${pool.pool.id}/n${ordinal}`;
}
