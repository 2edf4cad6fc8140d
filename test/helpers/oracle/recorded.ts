/** A recording read back as an {@link Outcome}: the same lines, taken from the columns. */
import { NODE_KINDS, NODE_STATES, TASK_FAILURES, TASK_STATES } from '../../../src/model/index.js';
import { ATTEMPT_ENDS, type Recording } from '../../../src/recording/index.js';
import { at, moment, placedMs } from './columns.js';
import type { Line, Outcome } from './outcome.js';

/** What a recording says happened. */
export function outcomeOf(recording: Recording): Outcome {
  // Jobs that were still to come when the run stopped have rows of their own.
  const created = recording.jobs.map((_, row) => row).filter((row) => isCreated(recording, row));
  return {
    run: new Map([['run', { endMs: recording.run.endMs }]]),
    jobs: keyed(created.length, (i) => [jobKey(recording, at(created, i)), jobLine(recording, at(created, i))]),
    schedules: keyed(recording.jobSchedules.length, (schedule) => scheduleLine(recording, schedule)),
    tasks: keyed(recording.tasks.count, (task) => [rowKey(recording, task), taskLine(recording, task)]),
    nodes: keyed(recording.nodes.count, (node) => [nodeKey(recording, node), nodeLine(recording, node)]),
    resizes: resizeLines(recording),
    attempts: attemptLines(recording),
    // A rerun may have a row of its own: the last one says how things stand.
    nodeTasks: new Map(nodeTaskRows(recording).map((row) => nodeTaskLine(recording, row))),
    operations: keyed(recording.operations.length, (row) => {
      const { atMs, kind, code } = at(recording.operations, row);
      return [`#${row + 1}`, { atMs, kind, code }];
    }),
  };
}

/** `account/job/task`. */
export function taskKey(recording: Recording, task: number): string {
  return `${jobKey(recording, at(recording.tasks.job, task))}/${recording.taskNames.id(task)}`;
}

/** Like {@link taskKey}; tasks of one id, of which all but the last were deleted, are told apart by their addition. */
function rowKey(recording: Recording, task: number): string {
  const { tasks } = recording;
  const key = taskKey(recording, task);
  if (tasks.deletedMs === null) return key;
  let same = 0;
  for (let other = 0; other < tasks.count; other++) if (taskKey(recording, other) === key) same += 1;
  return same > 1 ? `${key}@${at(tasks.submitMs, task)}` : key;
}

/** `account/pool/n0`. */
export function nodeKey(recording: Recording, node: number): string {
  return `${poolKey(recording, at(recording.nodes.pool, node))}/n${at(recording.nodes.ordinal, node)}`;
}

function isCreated({ jobs, run }: Recording, row: number): boolean {
  return at(jobs, row).createdMs <= run.endMs;
}

function jobKey(recording: Recording, job: number): string {
  const row = at(recording.jobs, job);
  return `${at(recording.accounts, row.accountIndex).name}/${row.id}`;
}

/** Pools of one id that came one after another are told apart. */
function poolKey({ pools, accounts }: Recording, pool: number): string {
  const row = at(pools, pool);
  const isSame = (other: number) =>
    at(pools, other).id === row.id && at(pools, other).accountIndex === row.accountIndex;
  const before = Array.from({ length: pool }, (_, other) => other).filter(isSame).length;
  return `${at(accounts, row.accountIndex).name}/${row.id}${before === 0 ? '' : `'${before}`}`;
}

function jobLine({ jobs }: Recording, job: number): Line {
  const { createdMs, taskCount, state, endMs, terminateReason, priority } = at(jobs, job);
  return { createdMs, state, endMs: endMs === -1 ? null : endMs, reason: terminateReason, priority, taskCount };
}

function scheduleLine({ jobSchedules, accounts }: Recording, row: number): [string, Line] {
  const { id, accountIndex, state, createdMs, endMs, jobCount } = at(jobSchedules, row);
  const line = { state, createdMs, endMs: endMs === -1 ? null : endMs, jobCount };
  return [`${at(accounts, accountIndex).name}/${id}`, line];
}

function taskLine(recording: Recording, row: number): Line {
  const { tasks } = recording;
  const state = at(TASK_STATES, at(tasks.state, row));
  const node = at(tasks.node, row);
  return {
    state,
    failure: at(TASK_FAILURES, at(tasks.failure, row)),
    // The column means something only once the task is completed.
    exitCode: state === 'completed' ? at(tasks.exitCode, row) : null,
    retries: at(tasks.retries, row),
    requeues: tasks.requeues === null ? 0 : at(tasks.requeues, row),
    interruptions: tasks.interruptions === null ? 0 : at(tasks.interruptions, row),
    node: node === -1 ? null : nodeKey(recording, node),
    submitMs: at(tasks.submitMs, row),
    readyMs: moment(tasks.readyMs, row),
    startMs: moment(tasks.startMs, row),
    endMs: moment(tasks.endMs, row),
    deletedMs: tasks.deletedMs === null ? null : moment(tasks.deletedMs, row),
    waitMs: waitOf(recording, row),
  };
}

/** Σ of the stretches in which the task was runnable and did not run, those that a start ended. */
function waitOf({ tasks, attempts }: Recording, row: number): number {
  let wait = 0;
  let latestMs = -1;
  for (let i = 0; i < attempts.count; i++) {
    const startMs = moment(attempts.startMs, i);
    if (at(attempts.task, i) !== row || startMs === null) continue;
    wait += startMs - at(attempts.readyMs, i);
    latestMs = at(attempts.endMs, i);
  }
  // The latest start is one more unless it belongs to an attempt that is listed.
  const active = at(TASK_STATES, at(tasks.state, row)) === 'active';
  const startMs = at(tasks.startMs, row);
  const readyMs = at(tasks.readyMs, row);
  return active || startMs === -1 || startMs < readyMs || startMs < latestMs ? wait : wait + startMs - readyMs;
}

function nodeLine({ nodes }: Recording, row: number): Line {
  return {
    kind: at(NODE_KINDS, at(nodes.kind, row)),
    state: at(NODE_STATES, at(nodes.state, row)),
    createdMs: moment(nodes.createdMs, row),
    readyMs: moment(nodes.readyMs, row),
    goneMs: moment(nodes.goneMs, row),
    preemptions: nodes.preemptions === null ? 0 : at(nodes.preemptions, row),
    bootingMs: at(nodes.bootingMs, row),
    idleMs: at(nodes.idleMs, row),
    runningMs: at(nodes.runningMs, row),
    failedMs: at(nodes.failedMs, row),
    tasksRun: at(nodes.tasksRun, row),
    slotMs: at(nodes.slotMs, row),
  };
}

function resizeLines(recording: Recording): Map<string, Line> {
  const counts = new Map<number, number>();
  return keyed(recording.resizes.length, (row) => {
    const resize = at(recording.resizes, row);
    const { poolIndex, cause, startMs, endMs, reservedDedicated, reservedLowPriority, removedNodes } = resize;
    const count = (counts.get(poolIndex) ?? 0) + 1;
    counts.set(poolIndex, count);
    const codes = resize.errors.map(({ code }) => code).sort();
    const sizes = { reservedDedicated, reservedLowPriority, removed: removedNodes };
    const line = { cause, startMs, endMs: endMs === -1 ? null : endMs, ...sizes, errors: codes.join(' ') };
    return [`${poolKey(recording, poolIndex)} #${count}`, line];
  });
}

/** All but releases that begin in the instant in which their node leaves (PREP-14). */
function nodeTaskRows({ nodeTasks, nodes }: Recording): number[] {
  const rows = nodeTasks.map((_, row) => row);
  return rows.filter((row) => {
    const { kind, node, startMs } = at(nodeTasks, row);
    return kind !== 'release' || at(nodes.goneMs, node) !== startMs;
  });
}

function nodeTaskLine(recording: Recording, row: number): [string, Line] {
  const { kind, node, job, startMs, state, result, exitCode, retries } = at(recording.nodeTasks, row);
  const jobId = job === -1 ? '' : at(recording.jobs, job).id;
  return [`${kind} ${nodeKey(recording, node)} ${jobId}`, { startMs, state, result, exitCode, retries }];
}

function attemptLines(recording: Recording): Map<string, Line> {
  const { attempts } = recording;
  const seen = new Map<string, number>();
  return keyed(attempts.count, (row) => {
    const task = rowKey(recording, at(attempts.task, row));
    const count = (seen.get(task) ?? 0) + 1;
    seen.set(task, count);
    const outcome = at(ATTEMPT_ENDS, at(attempts.outcome, row));
    const line = {
      node: at(attempts.node, row) === -1 ? null : nodeKey(recording, at(attempts.node, row)),
      readyMs: at(attempts.readyMs, row),
      assignedMs: at(attempts.node, row) === -1 ? -1 : placedMs(attempts, row),
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
