/** What a pool that follows a formula knows about that (ASC). */
import type { Formula, FormulaInputs } from '../../autoscale/index.js';
import type { NodeDeallocationOption } from '../../model/index.js';
import { type AutoScaleRun, SAMPLED_METRICS } from '../../recording/index.js';
import { SHARE_SIZE } from './node-shares.js';
import { SampleWindows } from './sample-windows.js';
import { ChangeList, type SampleClock } from './sampled-series.js';

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
  /** Row of `formulas` that holds now. */
  row: number;
  /** When the next evaluation is due. */
  evaluationMs: number;
  /** ASC-04: when the schedule goes on after an evaluation out of turn; null: an interval after it. */
  resumesMs: number | null;
  readonly sampling: PoolSampling;
  /** ASC-05: the last evaluation; null: none yet. */
  run: AutoScaleRun | null;
  /** ASC-08: targets that wait until nodes have drained. */
  postponed: WantedTargets | null;
  /** The pool has become steady. */
  onSteady(): void;
}

/** The samples of one pool (ASC-07), and the counts that they are made from. */
export class PoolSampling {
  readonly clock: SampleClock;
  /** Samples that were due so far, lost ones included. */
  count = 0;
  /** The next sample stands among the events of its instant. */
  isDue = false;
  /** By metric. */
  readonly changes: readonly ChangeList[] = SAMPLED_METRICS.map(() => new ChangeList());
  /** Sums of the shares of the pool's nodes. */
  readonly sums = new Float64Array(SHARE_SIZE);
  /** Tasks of the pool's jobs that have finished, in jobs that are there. */
  succeeded = 0;
  failed = 0;
  readonly #windows: SampleWindows;

  constructor(clock: SampleClock) {
    this.clock = clock;
    this.#windows = new SampleWindows(this.changes, clock);
  }

  /** When the next sample is taken, in ms since the start of the run. */
  get nextMs(): number {
    return this.clock.atMs(this.count + 1);
  }

  /** The samples so far, as a formula reads them. */
  get samples(): FormulaInputs['samples'] {
    return this.#windows.upTo(this.count);
  }
}
