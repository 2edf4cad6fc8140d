/** Times of single tasks, taken from the columns alone: they need no log. */
import { TASK_STATES } from '../model/index.js';
import {
  type AttemptIndex,
  currentStartMs,
  hasCurrentAttempt,
  indexAttempts,
  lastRowOf,
  openEndMs,
} from './attempts.js';
import type { Recording } from './recording.js';

const COMPLETED = TASK_STATES.indexOf('completed');

/** The last attempt of a task; -1 where the moment never came. Milliseconds from the start. */
export interface LastAttempt {
  readonly startMs: number;
  readonly endMs: number;
}

/** Measures of one recording's tasks, by row. */
export class TaskMeasures {
  readonly index: AttemptIndex | null;
  readonly #recording: Recording;

  constructor(recording: Recording) {
    this.#recording = recording;
    this.index = indexAttempts(recording);
  }

  /**
   * Sum of all stretches in which the task was runnable and not running, earlier attempts' stretches and dispatch
   * included; a stretch that still goes on counts up to the end of the run (or of the task's lifetime). In ms; -1 if
   * the task never became runnable.
   */
  waitMs(task: number): number {
    const { tasks } = this.#recording;
    const readyMs = tasks.readyMs[task] as number;
    if (this.index === null) return readyMs < 0 ? -1 : this.#lastStretchEndMs(task) - readyMs;
    return this.#waitWithEarlierMs(task, this.index, readyMs);
  }

  /** Time the attempt that counts has run: completed, or still running. In ms; -1 if there is none. */
  runMs(task: number): number {
    const startMs = currentStartMs(this.#recording, task);
    return startMs < 0 ? -1 : this.#endMs(task) - startMs;
  }

  /** Time that earlier attempts ran: their work did not count. In ms. */
  lostMs(task: number): number {
    if (this.index === null) return 0;
    const { attempts } = this.#recording;
    let sum = 0;
    for (let k = this.index.firsts[task] as number; k < (this.index.firsts[task + 1] as number); k++) {
      const row = this.index.rows[k] as number;
      const startMs = attempts.startMs[row] as number;
      if (startMs >= 0) sum += (attempts.endMs[row] as number) - startMs;
    }
    return sum;
  }

  /** Start and end of the latest attempt, whether it counted or not. */
  lastAttempt(task: number): LastAttempt {
    const { tasks, attempts } = this.#recording;
    if (this.index === null || hasCurrentAttempt(this.#recording, task, this.index)) {
      return { startMs: currentStartMs(this.#recording, task), endMs: tasks.endMs[task] as number };
    }
    const row = lastRowOf(this.index, task);
    if (row < 0) return { startMs: -1, endMs: -1 };
    return { startMs: attempts.startMs[row] as number, endMs: attempts.endMs[row] as number };
  }

  /** How many attempts the task had before the current one. */
  earlierAttempts(task: number): number {
    return this.index === null ? 0 : (this.index.firsts[task + 1] as number) - (this.index.firsts[task] as number);
  }

  #waitWithEarlierMs(task: number, index: AttemptIndex, readyMs: number): number {
    const { attempts } = this.#recording;
    let sum = 0;
    // An attempt that never began does not end the wait: its stretch and the next one may overlap, and count once.
    let countedToMs = -1;
    for (let k = index.firsts[task] as number; k < (index.firsts[task + 1] as number); k++) {
      const row = index.rows[k] as number;
      const startMs = attempts.startMs[row] as number;
      const stretchEndMs = startMs < 0 ? (attempts.endMs[row] as number) : startMs;
      sum += stretchEndMs - Math.max(attempts.readyMs[row] as number, countedToMs);
      countedToMs = stretchEndMs;
    }
    if (readyMs < 0) return countedToMs < 0 ? -1 : sum;
    return sum + this.#lastStretchEndMs(task) - Math.max(readyMs, countedToMs);
  }

  #lastStretchEndMs(task: number): number {
    const startMs = currentStartMs(this.#recording, task);
    return startMs >= 0 ? startMs : this.#endMs(task);
  }

  #endMs(task: number): number {
    const { tasks } = this.#recording;
    return tasks.state[task] === COMPLETED ? (tasks.endMs[task] as number) : openEndMs(this.#recording, task);
  }
}
