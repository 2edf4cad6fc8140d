/** What a pool that follows a formula knows about that (ASC). */
import type { Formula, SampleSeries } from '../../autoscale/index.js';
import type { NodeDeallocationOption } from '../../model/index.js';

/** ASC-05: the last evaluation. */
export interface AutoScaleRun {
  /** Simulated time in ms. */
  readonly atMs: number;
  /** `$name=value` joined by `;`. */
  readonly results: string;
  /** null: it succeeded. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** What an evaluation wants of the pool. */
export interface WantedTargets {
  readonly dedicated: number;
  readonly lowPriority: number;
  readonly option: NodeDeallocationOption;
}

/** Autoscale of one pool, from its becoming active to its end. */
export interface ScalingState {
  formula: Formula;
  intervalMs: number;
  /** Evaluations so far: the place in the stream of `rand()`. */
  evaluations: number;
  /** When the next evaluation and sample are due. */
  evaluationMs: number;
  /** ASC-04: when the schedule goes on after an evaluation out of turn; null: an interval after it. */
  resumesMs: number | null;
  sampleMs: number;
  /** Samples by metric, oldest first. */
  readonly samples: Map<string, SampleColumns>;
  /** Times that samples were taken, or lost. */
  sampleCount: number;
  run: AutoScaleRun | null;
  /** ASC-08: targets that wait until nodes have drained. */
  postponed: WantedTargets | null;
  /** The pool has become steady. */
  onSteady(): void;
}

/** The samples of one metric, as far as they were taken. */
export interface SampleColumns extends SampleSeries {
  readonly times: number[];
  readonly values: number[];
}
