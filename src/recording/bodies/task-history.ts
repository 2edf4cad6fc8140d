/** What has become of each task up to a place of the log, where its state alone does not say (TASK-04, TASK-08, TASK-09). */
import { TASK_FAILURES } from '../../model/index.js';
import { TASK_PHASE } from '../phases.js';
import { ATTEMPT_ENDS, type EventKind, NO_EXIT_CODE, type Recording } from '../recording.js';
import type { WorldState } from '../world-state.js';

const FIRST_REQUEUE = ATTEMPT_ENDS.indexOf('nodeRemoved');
const LAST_REQUEUE = ATTEMPT_ENDS.indexOf('osUpgraded');
const REACTIVATED = ATTEMPT_ENDS.indexOf('reactivated');
const FAILURE_EXIT_CODE = TASK_FAILURES.indexOf('FailureExitCode');
const TASK_ENDED = TASK_FAILURES.indexOf('TaskEnded');
/** In `exitCode`: the end left it to the tables of the recording. */
const UNTOLD = NO_EXIT_CODE + 1;

/** Columns by task row; times in ms, -1 where the moment has not come. */
export class TaskHistory {
  /** The latest attempt that began to run did so then. */
  readonly startMs: Float64Array;
  /** Its node; -1: none began. */
  readonly node: Int32Array;
  /** Completed; -1 again once it is reactivated. */
  readonly endMs: Float64Array;
  /** Index in `TASK_FAILURES`, of a completed task. */
  readonly failure: Uint8Array;
  /** 1 where the wall clock ended the task (TASK-11). */
  readonly timedOut: Uint8Array;
  readonly retries: Int32Array;
  /** A retry last began to run then (TASK-08). */
  readonly lastRetryMs: Float64Array;
  readonly requeues: Int32Array;
  readonly lastRequeueMs: Float64Array;
  /** Attempts that were retried, ever: reactivation sets `retries` back, but not these. */
  readonly retriesEver: Int32Array;
  /** Time for which attempts ran that are over, in ms. */
  readonly ranMs: Float64Array;
  /** The same without what sharing the cores of its node took from it. */
  readonly workedMs: Float64Array;
  readonly #exitCode: Int32Array;
  readonly #willRetry: Uint8Array;
  /** Speed in 1/1000 since `#speedSinceMs`, of a task that runs. */
  readonly #speed: Uint16Array;
  readonly #speedSinceMs: Float64Array;
  readonly #recording: Recording;

  constructor(recording: Recording) {
    const { count } = recording.tasks;
    this.#recording = recording;
    this.startMs = new Float64Array(count).fill(-1);
    this.node = new Int32Array(count).fill(-1);
    this.endMs = new Float64Array(count).fill(-1);
    this.failure = new Uint8Array(count);
    this.timedOut = new Uint8Array(count);
    this.retries = new Int32Array(count);
    this.lastRetryMs = new Float64Array(count).fill(-1);
    this.requeues = new Int32Array(count);
    this.lastRequeueMs = new Float64Array(count).fill(-1);
    this.retriesEver = new Int32Array(count);
    this.ranMs = new Float64Array(count);
    this.workedMs = new Float64Array(count);
    this.#exitCode = new Int32Array(count);
    this.#willRetry = new Uint8Array(count);
    this.#speed = new Uint16Array(count);
    this.#speedSinceMs = new Float64Array(count);
  }

  /** Takes one row of the log that speaks of a task; `state` is the world before it. */
  note(kind: EventKind, task: number, detail: number, atMs: number, state: WorldState): void {
    if (kind === 'taskScheduleFail') return;
    const isRunning = state.taskPhase[task] === TASK_PHASE.running;
    if (isRunning) this.#leaveSpeed(task, atMs, kind === 'taskSpeed');
    switch (kind) {
      case 'taskSpeed':
        this.#enterSpeed(task, detail, atMs);
        break;
      case 'taskStarted':
        this.#noteStart(task, detail, atMs);
        break;
      case 'taskRetried':
        this.retries[task]! += 1;
        this.retriesEver[task]! += 1;
        this.#willRetry[task] = 1;
        break;
      case 'taskRequeued':
        if (detail < FIRST_REQUEUE || detail > LAST_REQUEUE) break;
        this.requeues[task]! += 1;
        this.lastRequeueMs[task] = atMs;
        break;
      case 'taskReactivated':
        this.#noteReactivation(task);
        break;
      case 'taskFinished':
        this.#noteEnd(task, atMs, detail === 0 ? 0 : FAILURE_EXIT_CODE, detail);
        break;
      case 'taskTimedOut':
        this.#noteEnd(task, atMs, TASK_ENDED, detail);
        this.timedOut[task] = 1;
        break;
      case 'taskStopped':
        this.#noteEnd(task, atMs, TASK_ENDED, isRunning ? UNTOLD : NO_EXIT_CODE);
        break;
      case 'taskFailed':
        this.#noteEnd(task, atMs, detail, UNTOLD);
        break;
    }
  }

  /** Exit code of a completed task; null: no process of it ran to an end. */
  exitCode(task: number): number | null {
    const told = this.#exitCode[task] as number;
    const code = told === UNTOLD ? this.#recordedExitCode(task) : told;
    return code === NO_EXIT_CODE ? null : code;
  }

  /** Time for which attempts of the task ran up to an instant, that at hand included, in ms (JOB-25). */
  ranUntil(task: number, atMs: number, state: WorldState): number {
    const isRunning = state.taskPhase[task] === TASK_PHASE.running;
    return (this.ranMs[task] as number) + (isRunning ? atMs - (this.startMs[task] as number) : 0);
  }

  /** The same in ms of work done at full speed. */
  workedUntil(task: number, atMs: number, state: WorldState): number {
    const isRunning = state.taskPhase[task] === TASK_PHASE.running;
    return (this.workedMs[task] as number) + (isRunning ? this.#sinceSpeed(task, atMs) : 0);
  }

  #noteStart(task: number, node: number, atMs: number): void {
    this.startMs[task] = atMs;
    this.node[task] = node;
    if (this.#willRetry[task] === 1) this.lastRetryMs[task] = atMs;
    this.#willRetry[task] = 0;
    this.#enterSpeed(task, 1000, atMs);
  }

  #noteEnd(task: number, atMs: number, failure: number, exitCode: number): void {
    this.endMs[task] = atMs;
    this.failure[task] = failure;
    this.#exitCode[task] = exitCode;
    this.#willRetry[task] = 0;
  }

  /** TASK-24: what the end said is cleared, and retries begin anew; requeues stay counted. */
  #noteReactivation(task: number): void {
    this.endMs[task] = -1;
    this.timedOut[task] = 0;
    this.retries[task] = 0;
    this.lastRetryMs[task] = -1;
  }

  #enterSpeed(task: number, speed: number, atMs: number): void {
    this.#speed[task] = speed;
    this.#speedSinceMs[task] = atMs;
  }

  /** Books what the running attempt did since its last change of speed; unless it goes on, all of its time too. */
  #leaveSpeed(task: number, atMs: number, goesOn: boolean): void {
    this.workedMs[task]! += this.#sinceSpeed(task, atMs);
    if (!goesOn) this.ranMs[task]! += atMs - (this.startMs[task] as number);
  }

  #sinceSpeed(task: number, atMs: number): number {
    return ((atMs - (this.#speedSinceMs[task] as number)) * (this.#speed[task] as number)) / 1000;
  }

  /** The row of the task holds its last end; an end before that stands with the attempts, as reactivated. */
  #recordedExitCode(task: number): number {
    const { tasks, attempts } = this.#recording;
    const endMs = this.endMs[task] as number;
    if (tasks.endMs[task] === endMs) return tasks.exitCode[task] as number;
    for (let row = 0; row < attempts.count; row++) {
      const isIt = attempts.task[row] === task && attempts.endMs[row] === endMs;
      if (isIt && attempts.outcome[row] === REACTIVATED) return attempts.exitCode[row] as number;
    }
    return NO_EXIT_CODE;
  }
}
