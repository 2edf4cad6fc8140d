/** Attempts that were not a task's last, as columns: few beside the tasks. */
import { ATTEMPT_ENDS, type AttemptColumns } from '../recording/index.js';
import { withRoom } from './engine/columns.js';

/** How such an attempt ended, as the column holds it. */
export const ATTEMPT_END = {
  retry: ATTEMPT_ENDS.indexOf('retry'),
  displaced: ATTEMPT_ENDS.indexOf('displaced'),
} as const;

/** One attempt that is over. */
export interface Attempt {
  readonly task: number;
  readonly node: number;
  readonly readyMs: number;
  readonly assignedMs: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly exitCode: number;
  readonly outcome: number;
}

/** The table. */
export class AttemptTable implements AttemptColumns {
  count = 0;
  task = new Int32Array(16);
  node = new Int32Array(16);
  readyMs = new Float64Array(16);
  assignedMs = new Float64Array(16);
  startMs = new Float64Array(16);
  endMs = new Float64Array(16);
  exitCode = new Int32Array(16);
  outcome = new Uint8Array(16);

  /** Adds a row. */
  add(attempt: Attempt): void {
    const row = this.count++;
    if (row === this.task.length) this.grow();
    this.task[row] = attempt.task;
    this.node[row] = attempt.node;
    this.readyMs[row] = attempt.readyMs;
    this.assignedMs[row] = attempt.assignedMs;
    this.startMs[row] = attempt.startMs;
    this.endMs[row] = attempt.endMs;
    this.exitCode[row] = attempt.exitCode;
    this.outcome[row] = attempt.outcome;
  }

  private grow(): void {
    const count = this.count;
    this.task = withRoom(this.task, count);
    this.node = withRoom(this.node, count);
    this.readyMs = withRoom(this.readyMs, count);
    this.assignedMs = withRoom(this.assignedMs, count);
    this.startMs = withRoom(this.startMs, count);
    this.endMs = withRoom(this.endMs, count);
    this.exitCode = withRoom(this.exitCode, count);
    this.outcome = withRoom(this.outcome, count);
  }
}
