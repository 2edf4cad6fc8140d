/** A recording read back as an {@link Outcome}: the same lines, taken from the columns. */
import { NODE_KINDS, NODE_STATES, TASK_FAILURES, TASK_STATES } from '../../../src/model/index.js';
import { ATTEMPT_ENDS, type Recording } from '../../../src/recording/index.js';
import { at, moment, placedMs } from './columns.js';
import type { Line, Outcome } from './outcome.js';

/** What a recording says happened. */
export function outcomeOf(recording: Recording): Outcome {
  // Jobs that were still to come when the run stopped are listed behind the others.
  const created = recording.jobs.filter(({ createdMs }) => createdMs <= recording.run.endMs).length;
  return {
    run: new Map([['run', { endMs: recording.run.endMs }]]),
    jobs: keyed(created, (job) => [jobKey(recording, job), jobLine(recording, job)]),
    tasks: keyed(recording.tasks.count, (task) => [taskKey(recording, task), taskLine(recording, task)]),
    nodes: keyed(recording.nodes.count, (node) => [nodeKey(recording, node), nodeLine(recording, node)]),
    resizes: keyed(recording.resizes.length, (resize) => resizeLine(recording, resize)),
    attempts: attemptLines(recording),
  };
}

/** `account/job/task`. */
export function taskKey(recording: Recording, task: number): string {
  return `${jobKey(recording, at(recording.tasks.job, task))}/${recording.taskNames.id(task)}`;
}

/** `account/pool/n0`. */
export function nodeKey(recording: Recording, node: number): string {
  return `${poolKey(recording, at(recording.nodes.pool, node))}/n${at(recording.nodes.ordinal, node)}`;
}

function jobKey(recording: Recording, job: number): string {
  const row = at(recording.jobs, job);
  return `${at(recording.accounts, row.accountIndex).name}/${row.id}`;
}

function poolKey(recording: Recording, pool: number): string {
  const row = at(recording.pools, pool);
  return `${at(recording.accounts, row.accountIndex).name}/${row.id}`;
}

function jobLine({ jobs }: Recording, job: number): Line {
  const { createdMs, taskCount } = at(jobs, job);
  return { createdMs, taskCount };
}

function taskLine(recording: Recording, row: number): Line {
  const { tasks } = recording;
  const state = at(TASK_STATES, at(tasks.state, row));
  const node = at(tasks.node, row);
  return {
    row,
    state,
    failure: at(TASK_FAILURES, at(tasks.failure, row)),
    // The column means something only once the task is completed.
    exitCode: state === 'completed' ? at(tasks.exitCode, row) : null,
    retries: at(tasks.retries, row),
    interruptions: tasks.interruptions === null ? 0 : at(tasks.interruptions, row),
    node: node === -1 ? null : nodeKey(recording, node),
    submitMs: at(tasks.submitMs, row),
    readyMs: moment(tasks.readyMs, row),
    startMs: moment(tasks.startMs, row),
    endMs: moment(tasks.endMs, row),
    waitMs: waitOf(recording, row),
  };
}

/** Σ of the stretches in which the task was runnable and did not run, those that a start ended. */
function waitOf({ tasks, attempts }: Recording, row: number): number {
  let wait = 0;
  for (let i = 0; i < attempts.count; i++) {
    const startMs = moment(attempts.startMs, i);
    if (at(attempts.task, i) === row && startMs !== null) wait += startMs - at(attempts.readyMs, i);
  }
  const active = at(TASK_STATES, at(tasks.state, row)) === 'active';
  return active ? wait : wait + at(tasks.startMs, row) - at(tasks.readyMs, row);
}

function nodeLine({ nodes }: Recording, row: number): Line {
  return {
    kind: at(NODE_KINDS, at(nodes.kind, row)),
    state: at(NODE_STATES, at(nodes.state, row)),
    createdMs: moment(nodes.createdMs, row),
    readyMs: moment(nodes.readyMs, row),
    bootingMs: at(nodes.bootingMs, row),
    idleMs: at(nodes.idleMs, row),
    runningMs: at(nodes.runningMs, row),
    failedMs: at(nodes.failedMs, row),
    tasksRun: at(nodes.tasksRun, row),
    slotMs: at(nodes.slotMs, row),
  };
}

function resizeLine(recording: Recording, row: number): [string, Line] {
  const { poolIndex, reservedDedicated, reservedLowPriority, errors, endMs } = at(recording.resizes, row);
  const codes = errors.map(({ code }) => code).join(' ');
  const line = { reservedDedicated, reservedLowPriority, errors: codes, endMs: endMs === -1 ? null : endMs };
  return [poolKey(recording, poolIndex), line];
}

function attemptLines(recording: Recording): Map<string, Line> {
  const { attempts } = recording;
  const seen = new Map<string, number>();
  return keyed(attempts.count, (row) => {
    const task = taskKey(recording, at(attempts.task, row));
    const count = (seen.get(task) ?? 0) + 1;
    seen.set(task, count);
    const outcome = at(ATTEMPT_ENDS, at(attempts.outcome, row));
    const line = {
      node: nodeKey(recording, at(attempts.node, row)),
      readyMs: at(attempts.readyMs, row),
      assignedMs: placedMs(attempts, row),
      startMs: moment(attempts.startMs, row),
      endMs: at(attempts.endMs, row),
      exitCode: outcome === 'retry' ? at(attempts.exitCode, row) : null,
      outcome,
    };
    return [`${task} #${count}`, line];
  });
}

function keyed(count: number, line: (row: number) => [string, Line]): Map<string, Line> {
  const lines = new Map<string, Line>();
  for (let row = 0; row < count; row++) {
    const [key, values] = line(row);
    if (lines.has(key)) throw new Error(`${key} occurs twice in the recording`);
    lines.set(key, values);
  }
  return lines;
}
