/**
 * Tasks as columns: one row a task, in the order in which they are added to the service, so that the row is the
 * creation sequence (SIM-04). All tasks of a scenario have their rows from the beginning; `count` says how many have
 * been added. Columns that most runs never need are made when first written.
 */
import { assert } from '../base/index.js';
import { TASK_MOVES, TASK_STATES, TASK_TRIGGERS } from '../model/index.js';
import type { TaskColumns } from '../recording/index.js';
import { Transitions } from './engine/transitions.js';

const TRANSITIONS = new Transitions('task', TASK_STATES, TASK_TRIGGERS, TASK_MOVES);

/** States and triggers as the columns hold them. */
export const TASK = {
  active: TASK_STATES.indexOf('active'),
  running: TASK_STATES.indexOf('running'),
  completed: TASK_STATES.indexOf('completed'),
  start: TASK_TRIGGERS.indexOf('start'),
  finish: TASK_TRIGGERS.indexOf('finish'),
  retry: TASK_TRIGGERS.indexOf('retry'),
  recover: TASK_TRIGGERS.indexOf('recover'),
  stop: TASK_TRIGGERS.indexOf('stop'),
} as const;

/** Bits of the column `flags`. */
export const TASK_FLAG = {
  /** Its attempts are drawn, limited or delayed: the slow way in. Otherwise `durationMs` and `exitCode` hold already. */
  scripted: 1,
  /** Given to a node, not running yet: slots are held, the state is still active (SCH-11). */
  dispatching: 2,
  /** Past its lifetime: never runs again, keeps its state (ACC-15). */
  givenUp: 4,
} as const;

/** What a scenario already holds in just the form of a column, or says of all tasks. */
export interface GivenColumns {
  readonly submitMs?: Float64Array;
  readonly durationMs?: Float64Array;
  readonly isReadyOnAddition?: boolean;
}

/** The table. */
export class TaskTable implements TaskColumns {
  count = 0;
  readonly capacity: number;
  readonly job: Int32Array;
  readonly state: Uint8Array;
  readonly failure: Uint8Array;
  readonly flags: Uint8Array;
  readonly exitCode: Int32Array;
  readonly slots: Uint16Array;
  readonly retries: Int32Array;
  readonly node: Int32Array;
  readonly submitMs: Float64Array;
  readonly readyMs: Float64Array;
  /** Every task becomes runnable when it is added and never again: then `readyMs` is `submitMs` itself. */
  readonly isReadyOnAddition: boolean;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  /** How long the attempt at hand runs, cut at its wall clock. */
  readonly durationMs: Float64Array;
  assignedMs: Float64Array | null = null;
  interruptions: Uint32Array | null = null;
  readonly requeues = null;

  /**
   * @param capacity how many rows there are
   * @param given columns that a scenario holds in just this form and that are only read: shared, not copied
   */
  constructor(capacity: number, given: GivenColumns = {}) {
    this.capacity = capacity;
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
    assert(this.state[task] === TASK.active, 'only an active task starts');
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

  /** Counts a displacement (TASK-09: neither a retry nor a requeue). */
  interrupt(task: number): void {
    this.interruptions ??= new Uint32Array(this.capacity);
    this.interruptions[task] = (this.interruptions[task] as number) + 1;
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
    return (this.retries[task] as number) + (this.interruptions?.[task] ?? 0);
  }
}
