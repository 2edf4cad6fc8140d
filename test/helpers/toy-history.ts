/** What a toy world did, millisecond by millisecond, and the recording that says the same in columns. */
import {
  NODE_BILLING,
  NODE_STATES,
  type NodeState,
  TASK_FAILURES,
  TASK_STATES,
  type TaskFailure,
} from '../../src/model/index.js';
import {
  ATTEMPT_ENDS,
  type AttemptEnd,
  EVENT_KINDS,
  type EventKind,
  type JobRow,
  type JobScheduleRow,
  makeTaskNames,
  NODE_CAUSES,
  type NodeTaskRow,
  type OperationRow,
  PHASE_STATES,
  type PoolRow,
  type Recording,
  type ResizeRow,
  type SubtaskRow,
  type TaskNames,
  WAIT_CAUSES,
} from '../../src/recording/index.js';
import { NO_AUTOSCALE } from './no-autoscale.js';

/** What a task does in one millisecond. */
export type ToyPhase =
  | 'absent'
  | 'blocked'
  | 'ready'
  | 'assigned'
  | 'preparing'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'deleted';

/** Phases in which a task holds slots. */
export const HOLDING: ReadonlySet<ToyPhase> = new Set<ToyPhase>(['assigned', 'preparing', 'running']);
/** Phases of a completed task. */
export const COMPLETED: ReadonlySet<ToyPhase> = new Set<ToyPhase>(['succeeded', 'failed']);

/** One attempt of a task as it went; node -1: it held nothing, the task was completed while it waited. */
export interface ToyAttempt {
  readonly node: number;
  readonly readyMs: number;
  readonly assignedMs: number;
  startMs: number;
  endMs: number;
  exitCode: number;
  outcome: AttemptEnd | 'last' | null;
}

/** A task, and what it did in every millisecond. */
export interface ToyTask {
  readonly job: number;
  readonly slots: number;
  phase: ToyPhase;
  submitMs: number;
  readyMs: number;
  endMs: number;
  deletedMs: number;
  /** Phase before it was deleted. */
  kept: ToyPhase;
  failure: TaskFailure;
  requeues: number;
  readonly attempts: ToyAttempt[];
  /** By millisecond: the phase it was in, and the attempt (place in `attempts`) that held slots, or -1. */
  readonly phases: ToyPhase[];
  readonly holding: number[];
}

/** A node, and what it was in every millisecond. */
export interface ToyNode {
  readonly pool: number;
  readonly kind: number;
  readonly ordinal: number;
  state: NodeState | null;
  requestedMs: number;
  goneMs: number;
  disabled: boolean;
  preemptions: number;
  readonly states: (NodeState | null)[];
  readonly used: number[];
}

/** A row of the log. */
export interface ToyEvent {
  readonly atMs: number;
  readonly kind: EventKind;
  readonly subject: number;
  readonly detail: number;
}

/** A job that can still change. */
export type ToyJob = { -readonly [K in keyof JobRow]: JobRow[K] };

/** Everything that happened, in order. */
export interface ToyHistory {
  readonly seed: number;
  readonly lengthMs: number;
  readonly withLog: boolean;
  /** Whether rows of tasks are not in the order of their names. */
  readonly hasOrder: boolean;
  readonly pools: readonly PoolRow[];
  readonly jobs: readonly ToyJob[];
  readonly tasks: readonly ToyTask[];
  readonly nodes: readonly ToyNode[];
  readonly resizes: readonly ResizeRow[];
  readonly log: readonly ToyEvent[];
  readonly retired: readonly { readonly task: number; readonly attempt: ToyAttempt }[];
  readonly subtasks: readonly (SubtaskRow & { readonly attempt: ToyAttempt })[];
  readonly operations: readonly OperationRow[];
  readonly nodeTasks: readonly NodeTaskRow[];
  readonly schedules: readonly JobScheduleRow[];
}

const INTERRUPTING: ReadonlySet<string> = new Set(['displaced', 'nodePreempted', 'nodeFailed']);

/** BILL-06: what a node's millisecond is charged as; a busy one that leaves still runs. */
export function toyPart(state: NodeState, used: number): string {
  return state === 'leavingpool' && used > 0 ? 'running' : NODE_BILLING[state];
}

/** The recording that says the same as the history. */
export function toyRecording(toy: ToyHistory): Recording {
  const endMs = toy.lengthMs;
  const jobs = toy.jobs.map((job, row) => ({
    ...job,
    taskCount: toy.tasks.filter((task) => task.job === row).length,
  }));
  return {
    run: {
      name: 'toy',
      seed: toy.seed,
      epochMs: 0,
      endMs,
      complete: true,
      taskLifetimeMs: null,
      eventCount: toy.log.length,
      digest: '0'.repeat(32),
    },
    accounts: [{ name: 'account' }],
    pools: toy.pools,
    jobs,
    jobSchedules: toy.schedules,
    nodeTasks: toy.nodeTasks,
    subtasks: toy.subtasks.map(({ attempt, ...row }) => row),
    operations: toy.operations,
    resizes: toy.resizes,
    nodes: nodeColumns(toy),
    tasks: taskColumns(toy),
    taskNames: names(toy),
    attempts: attemptColumns(toy),
    unfinished: unfinishedColumns(toy),
    ...NO_AUTOSCALE,
    log: toy.withLog ? logColumns(toy) : null,
  };
}

function nodeColumns(toy: ToyHistory): Recording['nodes'] {
  const nodes = toy.nodes;
  const spent = (part: string) =>
    Float64Array.from(
      nodes,
      (node) => node.states.filter((s, ms) => s && toyPart(s, node.used[ms] ?? 0) === part).length,
    );
  const firstMs = (state: NodeState) =>
    Float64Array.from(nodes, (_, row) => {
      const wanted = NODE_STATES.indexOf(state);
      const isIt = (e: ToyEvent) => e.kind === 'nodeState' && e.subject === row && (e.detail & 255) === wanted;
      return toy.log.find(isIt)?.atMs ?? -1;
    });
  const attemptsOn = (row: number) =>
    toy.tasks.flatMap((task) =>
      task.attempts.filter((a) => a.node === row && a.startMs >= 0).map((a) => ({ task, a })),
    );
  return {
    count: nodes.length,
    pool: Int32Array.from(nodes, (node) => node.pool),
    ordinal: Int32Array.from(nodes, (node) => node.ordinal),
    kind: Uint8Array.from(nodes, (node) => node.kind),
    state: Uint8Array.from(nodes, (node) => NODE_STATES.indexOf(node.states.at(-1) ?? 'leavingpool')),
    requestedMs: Float64Array.from(nodes, (node) => node.requestedMs),
    createdMs: firstMs('creating'),
    readyMs: firstMs('idle'),
    goneMs: Float64Array.from(nodes, (node) => node.goneMs),
    endReason: Uint8Array.from(nodes, (node) => (node.goneMs < 0 ? 0 : NODE_CAUSES.indexOf('resize'))),
    preemptions: Uint32Array.from(nodes, (node) => node.preemptions),
    bootingMs: spent('booting'),
    idleMs: spent('idle'),
    runningMs: spent('running'),
    failedMs: spent('failed'),
    tasksRun: Int32Array.from(nodes, (_, row) => attemptsOn(row).length),
    slotMs: Float64Array.from(nodes, (_, row) =>
      attemptsOn(row).reduce((sum, { task, a }) => {
        return sum + task.slots * ((a.endMs < 0 ? toy.lengthMs : a.endMs) - a.startMs);
      }, 0),
    ),
  };
}

function taskColumns(toy: ToyHistory): Recording['tasks'] {
  const tasks = toy.tasks;
  const last = (task: ToyTask) => task.attempts.findLast((attempt) => attempt.node >= 0);
  const ended = (task: ToyTask) => task.attempts.findLast((attempt) => attempt.endMs >= 0);
  const phaseOf = (task: ToyTask) => (task.phase === 'deleted' ? task.kept : task.phase);
  const isCompleted = (task: ToyTask) => COMPLETED.has(phaseOf(task));
  // Of a completed task, the attempt that completed it and no other.
  const told = (task: ToyTask) => (isCompleted(task) && last(task)?.outcome !== 'last' ? undefined : last(task));
  const startMs = (task: ToyTask) => {
    if (isCompleted(task)) return told(task)?.startMs ?? -1;
    // Of an attempt before the one at hand where that has not begun, as the engine leaves it.
    return task.attempts.findLast((a) => a.startMs >= 0)?.startMs ?? -1;
  };
  return {
    count: tasks.length,
    job: Int32Array.from(tasks, (task) => task.job),
    state: Uint8Array.from(tasks, (task) => TASK_STATES.indexOf(PHASE_STATES[phaseOf(task)] ?? 'active')),
    failure: Uint8Array.from(tasks, (task) => TASK_FAILURES.indexOf(task.failure)),
    exitCode: Int32Array.from(tasks, (task) => ended(task)?.exitCode ?? 0),
    slots: Uint16Array.from(tasks, (task) => task.slots),
    retries: Int32Array.from(tasks, (task) => task.attempts.filter((a) => a.outcome === 'retry').length),
    requeues: Uint32Array.from(tasks, (task) => task.requeues),
    interruptions: Uint32Array.from(
      tasks,
      (task) => task.attempts.filter((a) => INTERRUPTING.has(a.outcome ?? '')).length,
    ),
    node: Int32Array.from(tasks, (task) => told(task)?.node ?? -1),
    submitMs: Float64Array.from(tasks, (task) => task.submitMs),
    readyMs: Float64Array.from(tasks, (task) => task.readyMs),
    assignedMs: Float64Array.from(tasks, (task) => told(task)?.assignedMs ?? -1),
    startMs: Float64Array.from(tasks, startMs),
    endMs: Float64Array.from(tasks, (task) => task.endMs),
    deletedMs: Float64Array.from(tasks, (task) => task.deletedMs),
    stretchedMs: null,
  };
}

function attemptColumns(toy: ToyHistory): Recording['attempts'] {
  const rows = toy.retired;
  return {
    count: rows.length,
    task: Int32Array.from(rows, (row) => row.task),
    node: Int32Array.from(rows, ({ attempt }) => attempt.node),
    readyMs: Float64Array.from(rows, ({ attempt }) => attempt.readyMs),
    assignedMs: Float64Array.from(rows, ({ attempt }) => attempt.assignedMs),
    startMs: Float64Array.from(rows, ({ attempt }) => attempt.startMs),
    endMs: Float64Array.from(rows, ({ attempt }) => attempt.endMs),
    exitCode: Int32Array.from(rows, ({ attempt }) => attempt.exitCode),
    outcome: Uint8Array.from(rows, ({ attempt }) => ATTEMPT_ENDS.indexOf(attempt.outcome as AttemptEnd)),
  };
}

function unfinishedColumns(toy: ToyHistory): Recording['unfinished'] {
  const rows = toy.tasks.flatMap((task, row) => (task.phase === 'blocked' || task.phase === 'ready' ? [row] : []));
  const cause = (row: number) =>
    WAIT_CAUSES.indexOf(toy.tasks[row]?.phase === 'blocked' ? 'blockedByDependency' : 'noEligibleNode');
  return { count: rows.length, task: Int32Array.from(rows), cause: Uint8Array.from(rows, cause) };
}

function logColumns(toy: ToyHistory): Recording['log'] {
  const rows = toy.log;
  return {
    count: rows.length,
    atMs: Float64Array.from(rows, (row) => row.atMs),
    kind: Uint8Array.from(rows, (row) => EVENT_KINDS.indexOf(row.kind)),
    subject: Int32Array.from(rows, (row) => row.subject),
    detail: Int32Array.from(rows, (row) => row.detail),
  };
}

function names(toy: ToyHistory): TaskNames {
  const count = toy.tasks.length;
  const half = Math.floor(count / 2);
  const values = Array.from({ length: half }, (_, i) => `päir,${i}"`);
  const displayNames = values.map((_, i) => (i % 2 ? `original ${i}` : ''));
  const pattern = { kind: 'pattern' as const, prefix: 't-', first: 1, digits: 3, suffix: '' };
  const sets = [
    { count: half, ids: { kind: 'list' as const, values }, displayNames },
    { count: count - half, ids: pattern, displayNames: null },
  ];
  const order = Int32Array.from({ length: count }, (_, i) => count - 1 - i);
  return makeTaskNames(sets, toy.hasOrder ? order : null);
}
