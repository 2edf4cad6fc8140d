/**
 * What pools that follow a formula leave behind: what they followed and from when on, every evaluation, and the samples
 * of their metrics. Enough to evaluate again what was evaluated (ASC-05, ASC-07).
 */

/** The metrics that are sampled, in the order in which recordings number them (ASC-07). */
export const SAMPLED_METRICS = [
  '$ActiveTasks',
  '$RunningTasks',
  '$PendingTasks',
  '$SucceededTasks',
  '$FailedTasks',
  '$TaskSlotsPerNode',
  '$CurrentDedicatedNodes',
  '$CurrentLowPriorityNodes',
  '$PreemptedNodeCount',
  '$UsableNodeCount',
  '$CPUPercent',
] as const;
export type SampledMetric = (typeof SAMPLED_METRICS)[number];

/** In a column of sampled values: the metric has no sample there. */
export const NO_SAMPLE = -1;

/** `$CPUPercent`, 0 to 1, is sampled in so many steps: hundredths of a percent. */
export const CPU_STEPS = 10_000;

/** What a pool followed, from its beginning or a change of formula or interval to the next (ASC-01, ASC-04). */
export interface FormulaRow {
  readonly poolIndex: number;
  /** Followed from then on. */
  readonly startMs: number;
  /** Replaced, disabled, or the pool was deleted; -1: followed until the end. */
  readonly endMs: number;
  /** The formula's text. */
  readonly formula: string;
  readonly evaluationIntervalMs: number;
  /** When autoscale became active: sample number n is of 30 n seconds later. Rows of one pool with the same share samples. */
  readonly activeMs: number;
  /** How many samples were due by its end, lost ones included, since autoscale became active. */
  readonly sampleCount: number;
  /** Samples can be read so long after they were taken, in ms. */
  readonly sampleDelayMs: number;
  /** Share of samples that are lost, 0 to 1. */
  readonly sampleLoss: number;
}

/** What an evaluation came to, in the service's words; evaluations that came to the same share a row (ASC-05). */
export interface OutcomeRow {
  /** `$name=value` joined by `;`. */
  readonly results: string;
  /** Code of the error; null: it succeeded, and the next two are empty. */
  readonly code: string | null;
  readonly message: string;
  /** The error's only value, `Message`: line, column and reason. */
  readonly detail: string;
}

/**
 * What an evaluation did to its pool. `postponed`: its targets wait until nodes have drained (ASC-08) · `none`: they were
 * those of the pool, or it failed.
 */
export const EVALUATION_EFFECTS = ['none', 'resized', 'postponed'] as const;
export type EvaluationEffect = (typeof EVALUATION_EFFECTS)[number];

/** In `samplePercent`: the formula asked for no samples. */
export const NO_PERCENT = 255;

/** Every evaluation by the service, in order. */
export interface EvaluationColumns {
  readonly count: number;
  readonly atMs: Float64Array;
  /** Row of `formulas`: which pool, and what it followed. */
  readonly formula: Int32Array;
  /** Row of `outcomes`. */
  readonly outcome: Int32Array;
  /** The pool's targets before it. */
  readonly targetDedicated: Int32Array;
  readonly targetLowPriority: Int32Array;
  /** What it wants of the pool; the targets before it if it failed. */
  readonly wantedDedicated: Int32Array;
  readonly wantedLowPriority: Int32Array;
  /** Index in `NODE_DEALLOCATION_OPTIONS`; `requeue` if it failed. */
  readonly option: Uint8Array;
  /** Index in `EVALUATION_EFFECTS`. */
  readonly effect: Uint8Array;
  /** Nodes of the pool then; spot nodes include preempted ones. */
  readonly currentDedicated: Int32Array;
  readonly currentLowPriority: Int32Array;
  /** Of the samples that its calls asked for, the least share that was there, in whole percent; or `NO_PERCENT`. */
  readonly samplePercent: Uint8Array;
}

/** The samples of all metrics, changes only: by row of `formulas`, metric, and number of the sample. */
export interface SampleColumns {
  readonly count: number;
  /** The first row of `formulas` of the stretch in which autoscale was active. */
  readonly formula: Int32Array;
  /** Index in `SAMPLED_METRICS`. */
  readonly metric: Uint8Array;
  /** The first sample, from 1, that has the value; all that follow have it too, up to the next row. */
  readonly number: Int32Array;
  /** In steps of 1 / `CPU_STEPS` for `$CPUPercent`; or `NO_SAMPLE`. */
  readonly value: Int32Array;
}
