/** What the service answers when it does what it was asked for. */
import type { Result } from '../../base/index.js';
import type { ServiceError } from '../../model/index.js';
import type { AutoScaleRun } from '../../recording/index.js';

/** An operation that was accepted. */
export interface Answer {
  /** HTTP status (ERR-06 to ERR-09). */
  readonly status: number;
  /** TASK-26: what became of each task of a collection, in its order. */
  readonly items?: readonly ItemAnswer[];
  /** ASC-05: what a formula that was only tried came to. */
  readonly autoScaleRun?: AutoScaleRun;
}

/** What became of an operation: the answer, or why it was refused. */
export type Answered = Result<Answer, ServiceError>;

/** Fate gives no answer; this stands for that it was done. */
export const DONE: Answer = { status: 200 };

/** TASK-26: one task of a collection. */
export interface ItemAnswer {
  readonly taskId: string;
  readonly status: 'success' | 'clienterror' | 'servererror';
  /** null: it was added. */
  readonly error: ServiceError | null;
}
