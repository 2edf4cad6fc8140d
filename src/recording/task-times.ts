/** How long tasks waited, ran and took: figures over all tasks of a run, or over those of one job. */
import { TASK_STATES } from '../model/index.js';
import type { TaskMeasures } from './measures.js';
import type { Recording } from './recording.js';
import { type TimeStatistics, timeStatistics } from './statistics.js';

/** What can be said of many tasks' times. */
export interface TimesSummary {
  /** Tasks that became runnable: all their time runnable and not running, up to the end of the run. */
  readonly wait_s: TimeStatistics;
  /** Completed tasks that ran: the attempt that counts. */
  readonly run_s: TimeStatistics;
  /** The same: from the addition to the end. */
  readonly turnaround_s: TimeStatistics;
  /** Those that ran for some time: turnaround ÷ run, a plain number of 3 decimals. Also called stretch. */
  readonly slowdown: TimeStatistics;
}

const COMPLETED = TASK_STATES.indexOf('completed');

/** Times of one recording's tasks. Room for all tasks is made once, whatever is asked. */
export class TaskTimes {
  readonly #recording: Recording;
  readonly #measures: TaskMeasures;
  readonly #values: readonly Float64Array[];

  constructor(recording: Recording, measures: TaskMeasures) {
    this.#recording = recording;
    this.#measures = measures;
    this.#values = Array.from({ length: 4 }, () => new Float64Array(recording.tasks.count));
  }

  /** Over all tasks. */
  all(): TimesSummary {
    return this.#over(this.#recording.tasks.count, (i) => i);
  }

  /** Over some tasks, by row. */
  of(rows: Int32Array): TimesSummary {
    return this.#over(rows.length, (i) => rows[i] as number);
  }

  #over(count: number, rowAt: (i: number) => number): TimesSummary {
    const { tasks } = this.#recording;
    const [waits, runs, turnarounds, slowdowns] = this.#values as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    let [waited, ran, slowed] = [0, 0, 0];
    for (let i = 0; i < count; i++) {
      const task = rowAt(i);
      const waitMs = this.#measures.waitMs(task);
      if (waitMs >= 0) waits[waited++] = waitMs;
      const runMs = tasks.state[task] === COMPLETED ? this.#measures.runMs(task) : -1;
      if (runMs < 0) continue;
      const turnaroundMs = (tasks.endMs[task] as number) - (tasks.submitMs[task] as number);
      runs[ran] = runMs;
      turnarounds[ran++] = turnaroundMs;
      // In thousandths, as times are in thousandths of a second.
      if (runMs > 0) slowdowns[slowed++] = Math.round((turnaroundMs / runMs) * 1000);
    }
    return {
      wait_s: timeStatistics(waits.subarray(0, waited)),
      run_s: timeStatistics(runs.subarray(0, ran)),
      turnaround_s: timeStatistics(turnarounds.subarray(0, ran)),
      slowdown: timeStatistics(slowdowns.subarray(0, slowed)),
    };
  }
}
