/**
 * Tasks as columns: one row a task, in the order in which they are added to the service, so that the row is the
 * creation sequence (SIM-04). Where everything is declared, all tasks have their rows from the beginning, and `count`
 * says how many have been added; where a run itself may add tasks, rows come as tasks do. Columns that most runs never
 * need are made when first written.
 */
import { assert, codesOf } from '../base/index.js';
import { TASK_FAILURES, TASK_MOVES, TASK_STATES, TASK_TRIGGERS } from '../model/index.js';
import type { TaskColumns } from '../recording/index.js';
import { withRoom } from './engine/columns.js';
import { Transitions } from './engine/transitions.js';

const TRANSITIONS = new Transitions('task', TASK_STATES, TASK_TRIGGERS, TASK_MOVES);

/** States and triggers as the columns hold them. */
export const TASK = {
  active: TASK_STATES.indexOf('active'),
  preparing: TASK_STATES.indexOf('preparing'),
  running: TASK_STATES.indexOf('running'),
  completed: TASK_STATES.indexOf('completed'),
  prepare: TASK_TRIGGERS.indexOf('prepare'),
  start: TASK_TRIGGERS.indexOf('start'),
  finish: TASK_TRIGGERS.indexOf('finish'),
  retry: TASK_TRIGGERS.indexOf('retry'),
  requeue: TASK_TRIGGERS.indexOf('requeue'),
  stop: TASK_TRIGGERS.indexOf('stop'),
  reactivate: TASK_TRIGGERS.indexOf('reactivate'),
} as const;

/** The number that the column `failure` holds for a code. */
export const FAILURE = codesOf(TASK_FAILURES);

/** Bits of the column `flags`. */
export const TASK_FLAG = {
  /** Its attempts are drawn, limited or delayed: the slow way in. Otherwise `durationMs` and `exitCode` hold already. */
  scripted: 1,
  /** Given to a node, not running yet: slots are held, the state is still active (SCH-11). */
  dispatching: 2,
  /** Past its lifetime, or deleted: never runs again, keeps its state (ACC-15, TASK-23). */
  givenUp: 4,
  /** Its attempts have several steps: transfers, coordination, shared cores. */
  stepped: 8,
  /** It is the manager of its job (JM). */
  manager: 16,
  /** It runs on several nodes (MI). */
  gang: 32,
  /** It was stopped and its process is not gone yet (SIM-06 kill). */
  dying: 64,
} as const;

/** What a scenario already holds in just the form of a column, or says of all tasks. */
export interface GivenColumns {
  readonly submitMs?: Float64Array;
  readonly durationMs?: Float64Array;
  readonly isReadyOnAddition?: boolean;
  /** Tasks get their rows when they are added. */
  readonly grows?: boolean;
}

/** The table. */
export class TaskTable implements TaskColumns {
  count = 0;
  /** Rows that there is room for. */
  capacity: number;
  /** Rows that tasks have before they are added: all of them, or none. */
  readonly declared: number;
  job: Int32Array;
  state: Uint8Array;
  failure: Uint8Array;
  flags: Uint8Array;
  exitCode: Int32Array;
  slots: Uint16Array;
  retries: Int32Array;
  node: Int32Array;
  submitMs: Float64Array;
  readyMs: Float64Array;
  /** Every task becomes runnable when it is added and never again: then `readyMs` is `submitMs` itself. */
  readonly isReadyOnAddition: boolean;
  startMs: Float64Array;
  endMs: Float64Array;
  /** How long the attempt at hand runs, cut at its wall clock. */
  durationMs: Float64Array;
  assignedMs: Float64Array | null = null;
  interruptions: Uint32Array | null = null;
  requeues: Uint32Array | null = null;
  deletedMs: Float64Array | null = null;
  stretchedMs: Float64Array | null = null;
  /** Attempts that ended without being retries. */
  private others: Uint32Array | null = null;

  /**
   * @param capacity how many rows there are
   * @param given columns that a scenario holds in just this form and that are only read: shared, not copied
   */
  constructor(capacity: number, given: GivenColumns = {}) {
    this.capacity = capacity;
    this.declared = given.grows === true ? 0 : capacity;
    this.job = new Int32Array(capacity);
    this.state = new Uint8Array(capacity);
    this.failure = new Uint8Array(capacity);
    this.flags = new Uint8Array(capacity);
    this.exitCode = new Int32Array(capacity);
    this.slots = new Uint16Array(capacity);
    this.retries = new Int32Array(capacity);
    this.node = new Int32Array(capacity);
    this.submitMs = given.submitMs ?? new Float64Array(capacity);
    this.isReadyOnAddition = given.isReadyOnAddition ?? false;
    this.readyMs = this.isReadyOnAddition ? this.submitMs : new Float64Array(capacity);
    this.startMs = new Float64Array(capacity);
    this.endMs = new Float64Array(capacity);
    this.durationMs = given.durationMs ?? new Float64Array(capacity);
  }

  /** The only writer of states; an illegal move is a bug. */
  move(task: number, trigger: number): void {
    this.state[task] = TRANSITIONS.next(this.state[task] as number, trigger);
  }

  /** {@link move} by `start`, the short way for the two moves that every task makes. */
  begin(task: number): void {
    assert((this.state[task] as number) <= TASK.preparing, 'only an active or preparing task starts');
    this.state[task] = TASK.running;
  }

  /** {@link move} by `finish`, the short way. */
  finish(task: number): void {
    assert(this.state[task] === TASK.running, 'only a running task exits');
    this.state[task] = TASK.completed;
  }

  /** Sets when the attempt was given to its node, for runs in which that differs from its start. */
  setAssigned(task: number, atMs: number): void {
    this.assignedMs ??= this.startMs.map((startMs, row) => (this.state[row] === TASK.active ? -1 : startMs));
    this.assignedMs[task] = atMs;
  }

  /** When the attempt at hand was given to its node. */
  assigned(task: number): number {
    return (this.assignedMs === null ? this.startMs[task] : this.assignedMs[task]) as number;
  }

  /** Counts that an attempt ended and was not the last; `retries` counts those that a retry followed. */
  countOther(task: number, attempts = 1): void {
    this.others ??= new Uint32Array(this.capacity);
    this.others[task] = (this.others[task] as number) + attempts;
  }

  /** Counts a loss of its node, a displacement or an eviction (TASK-09: neither a retry nor a requeue). */
  countInterruption(task: number): void {
    this.interruptions ??= new Uint32Array(this.capacity);
    this.interruptions[task] = (this.interruptions[task] as number) + 1;
  }

  /** TASK-09: counts a requeue by a user. */
  countRequeue(task: number): void {
    this.requeues ??= new Uint32Array(this.capacity);
    this.requeues[task] = (this.requeues[task] as number) + 1;
  }

  /** How much longer than alone the process of the attempt at hand ran, in ms. */
  setStretched(task: number, ms: number): void {
    if (ms === 0 && this.stretchedMs === null) return;
    this.stretchedMs ??= new Float64Array(this.capacity);
    this.stretchedMs[task] = ms;
  }

  /** TASK-23. */
  markDeleted(task: number, atMs: number): void {
    this.deletedMs ??= new Float64Array(this.capacity).fill(-1);
    this.deletedMs[task] = atMs;
  }

  /** Whether the task was deleted. */
  isDeleted(task: number): boolean {
    return this.deletedMs !== null && (this.deletedMs[task] as number) >= 0;
  }

  /** A row for one more task, in a table that grows. True when columns were moved: whoever holds one must look again. */
  addRow(): boolean {
    assert(this.declared === 0, 'rows are only added where none are declared');
    this.count += 1;
    if (this.count <= this.capacity) return false;
    this.grow();
    return true;
  }

  /**
   * Writes -1 where a moment never came: columns begin as zeros, so that memory is first touched where it is needed.
   * For a task that never ran `node` and `startMs` mean nothing before this; `endMs` likewise until it is completed.
   */
  markNever(): void {
    for (let task = 0; task < this.count; task++) {
      if (this.state[task] === TASK.completed) continue;
      this.endMs[task] = -1;
      if (this.state[task] === TASK.running || this.attempt(task) > 0) continue;
      this.startMs[task] = -1;
      if (this.assignedMs === null || (this.assignedMs[task] as number) < 0) this.node[task] = -1;
    }
  }

  /** Attempts made before the one at hand, counted from 0: the place in lists of one value per attempt. */
  attempt(task: number): number {
    return (this.retries[task] as number) + (this.others?.[task] ?? 0);
  }

  private grow(): void {
    const count = this.capacity + 1;
    this.job = withRoom(this.job, count);
    this.state = withRoom(this.state, count);
    this.failure = withRoom(this.failure, count);
    this.flags = withRoom(this.flags, count);
    this.exitCode = withRoom(this.exitCode, count);
    this.slots = withRoom(this.slots, count);
    this.retries = withRoom(this.retries, count);
    this.node = withRoom(this.node, count);
    this.submitMs = withRoom(this.submitMs, count);
    this.readyMs = withRoom(this.readyMs, count);
    this.startMs = withRoom(this.startMs, count);
    this.endMs = withRoom(this.endMs, count);
    this.durationMs = withRoom(this.durationMs, count);
    this.capacity = this.job.length;
    if (this.assignedMs !== null) this.assignedMs = withRoom(this.assignedMs, this.capacity);
    if (this.interruptions !== null) this.interruptions = withRoom(this.interruptions, this.capacity);
    if (this.requeues !== null) this.requeues = withRoom(this.requeues, this.capacity);
    if (this.stretchedMs !== null) this.stretchedMs = withRoom(this.stretchedMs, this.capacity);
    if (this.others !== null) this.others = withRoom(this.others, this.capacity);
    if (this.deletedMs !== null) {
      const before = this.deletedMs.length;
      this.deletedMs = withRoom(this.deletedMs, this.capacity).fill(-1, before);
    }
  }
}
