/** What an evaluation is given: the time, the pool's numbers, and samples. Nothing else reaches a formula. */
import type { UniformSource } from '../base/index.js';
import type { Value } from './values.js';

/** The samples of one metric, oldest first; both columns are equally long. */
export interface SampleSeries {
  /** When each was taken, in whole ms since 1970. Later ones than the evaluation may stand there: they are not seen. */
  readonly times: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Everything that a formula can see. */
export interface FormulaInputs {
  /** The time of the evaluation, in whole ms since 1970: what `time()` gives. */
  readonly nowMs: number;
  /** The pool's targets before the evaluation; a target that the formula does not set stays (formula 6.3). */
  readonly targetDedicatedNodes: number;
  readonly targetLowPriorityNodes: number;
  /** Present nodes; spot nodes include preempted ones. */
  readonly currentDedicatedNodes: number;
  readonly currentLowPriorityNodes: number;
  readonly taskSlotsPerNode: number;
  /** The samples of each metric by its name (`$PendingTasks`); a metric that is not there has none. */
  readonly samples: { get(metric: string): SampleSeries | undefined };
  /** Where `rand()` draws. */
  readonly random: UniformSource;
  /** The value of a bare metric that has no samples; without one the evaluation fails. */
  readonly constants?: { get(metric: string): number | undefined };
  /** How old a sample must be before it can be read, in ms; default 0 (ASC-07). */
  readonly sampleDelayMs?: number;
  /** The share that a window needs where the formula names none, in percent; default 10 (formula 5.6). */
  readonly defaultSamplePercent?: number;
  /** Variables of the formula that have a value before its first statement, by name; a service never hands any over. */
  readonly variables?: ReadonlyMap<string, Value>;
}

/** Time between two samples of a metric, in ms (formula 5.1, ASC-07). */
export const SAMPLE_PERIOD_MS = 30_000;

/** How far back samples are kept, in ms: 7 days (formula 5.9). */
export const SAMPLE_HISTORY_MS = 7 * 86_400_000;

/** See {@link FormulaInputs.defaultSamplePercent}. */
export const DEFAULT_SAMPLE_PERCENT = 10;
