/** Times and exits of single tasks, taken from the columns alone: they need no log. */
import { TASK_FAILURES, TASK_STATES } from '../model/index.js';
import {
  type AttemptIndex,
  currentEndMs,
  currentStartMs,
  hasCurrentAttempt,
  indexAttempts,
  lastHeldRowOf,
} from './attempts.js';
import { ATTEMPT_ENDS, NO_EXIT_CODE, type Recording } from './recording.js';

const COMPLETED = TASK_STATES.indexOf('completed');
const RETRY = ATTEMPT_ENDS.indexOf('retry');
/** Outcomes of attempts that had an exit code; an error before the command has none (TASK-17). */
const EXITED: ReadonlySet<number> = new Set(
  TASK_FAILURES.flatMap((code, i) =>
    ['', 'FailureExitCode', 'TaskEnded'].includes(code) || code.startsWith('FileUpload') ? [i] : [],
  ),
);

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

  /** By how much sharing cores lengthened that run. In ms. */
  stretchedMs(task: number): number {
    return currentStartMs(this.#recording, task) < 0 ? 0 : (this.#recording.tasks.stretchedMs?.[task] ?? 0);
  }

  /** Start and end of the latest attempt, whether it counted or not. */
  lastAttempt(task: number): LastAttempt {
    const { tasks, attempts } = this.#recording;
    if (hasCurrentAttempt(this.#recording, task, this.index)) {
      const deletedMs = tasks.deletedMs?.[task] ?? -1;
      const endMs = tasks.endMs[task] as number;
      return { startMs: currentStartMs(this.#recording, task), endMs: endMs < 0 ? deletedMs : endMs };
    }
    const row = this.index === null ? -1 : lastHeldRowOf(this.#recording, this.index, task);
    if (row < 0) return { startMs: -1, endMs: -1 };
    return { startMs: attempts.startMs[row] as number, endMs: attempts.endMs[row] as number };
  }

  /** Node of the latest attempt, whether it counted or not; -1 if there was none. */
  latestNode(task: number): number {
    const { tasks, attempts } = this.#recording;
    const row = this.index === null ? -1 : lastHeldRowOf(this.#recording, this.index, task);
    const isEarlier = row >= 0 && !hasCurrentAttempt(this.#recording, task, this.index);
    return (isEarlier ? attempts.node[row] : tasks.node[task]) as number;
  }

  /** Of the last attempt that ended by an exit, or was stopped for good while it ran (TASK-14); null if none was. */
  exitCode(task: number): number | null {
    const own = this.completedExitCode(task);
    if (own !== null || this.index === null) return own;
    const { attempts } = this.#recording;
    for (let k = (this.index.firsts[task + 1] as number) - 1; k >= (this.index.firsts[task] as number); k--) {
      const row = this.index.rows[k] as number;
      if (attempts.outcome[row] === RETRY) return attempts.exitCode[row] as number;
    }
    return null;
  }

  /** Of the attempt that completed the task; null if there is none, or it had no exit (TASK-17). */
  completedExitCode(task: number): number | null {
    const { tasks } = this.#recording;
    if (tasks.state[task] !== COMPLETED || (tasks.startMs[task] as number) < 0) return null;
    const exitCode = tasks.exitCode[task] as number;
    return exitCode === NO_EXIT_CODE || !EXITED.has(tasks.failure[task] as number) ? null : exitCode;
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
      if ((attempts.readyMs[row] as number) < 0) continue;
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
    return currentEndMs(this.#recording, task);
  }
}
