/**
 * Independent replications of a queue: each starts empty, has a seed of its own that its name and number fix, and gives
 * one mean. Their interval is compared with the prediction.
 */
import type { TheoryCase } from './cases.js';
import type { Prediction } from './formulas.js';
import { simulateWaits } from './queue.js';
import { confidenceInterval, covers, type Interval } from './student.js';

/** Replications of each queue. */
export const REPLICATIONS = 30;
/** Share of intervals that cover the truth. */
export const CONFIDENCE = 0.99;
/**
 * Share of each replication's tasks, the first ones, that is deleted. At load 0.95 and full length that is 50 times
 * what the queue remembers; the mean over replications stands at its level long before (see {@link TRANSIENT_ENDS}).
 */
export const WARM_UP_SHARE = 0.2;
/** Ends of the stretches of task numbers by which the warm-up is looked at: each is about twice as long as the last. */
export const TRANSIENT_ENDS: readonly number[] = [500, 1_500, 3_500, 7_500, 15_000, 30_000, 80_000];

/** What was seen of a queue; times in ms. */
export interface Measurement {
  /** Over the mean waits of the replications. */
  readonly wait: Interval;
  /** Tasks after the warm-up, all replications together. */
  readonly counted: number;
  /** Those of them that did not start at once. */
  readonly waited: number;
  /** Mean wait by stretch of task numbers, warm-up included, as far as the replications are long. */
  readonly transient: readonly number[];
}

/** Runs the replications of a case. */
export function measure({ name, queue }: Pick<TheoryCase, 'name' | 'queue'>, tasks: number): Measurement {
  const warmUp = Math.floor(tasks * WARM_UP_SHARE);
  const ends = TRANSIENT_ENDS.filter((end) => end <= tasks);
  const transient = ends.map(() => 0);
  const means: number[] = [];
  let waited = 0;
  for (let replication = 1; replication <= REPLICATIONS; replication++) {
    const waits = simulateWaits(queue, tasks, `theory/${name}/${replication}`);
    means.push(meanOf(waits, warmUp, tasks));
    for (let task = warmUp; task < tasks; task++) if ((waits[task] as number) > 0) waited += 1;
    ends.forEach((end, i) => {
      transient[i] = (transient[i] as number) + meanOf(waits, ends[i - 1] ?? 0, end) / REPLICATIONS;
    });
  }
  return { wait: confidenceInterval(means, CONFIDENCE), counted: (tasks - warmUp) * REPLICATIONS, waited, transient };
}

/**
 * Whether what was seen and what is predicted can both be true. Where nobody waited there is no interval: the means are
 * all 0. Then the prediction is refused if nobody waiting has a chance of less than 1 % under it. (That chance is
 * reckoned as if tasks waited independently; in fact they wait in bursts, which makes it greater.)
 */
export function agrees(measured: Measurement, predicted: Prediction): boolean {
  if (measured.waited > 0) return covers(measured.wait, predicted.meanWait);
  return Math.exp(-predicted.waitingShare * measured.counted) >= 1 - CONFIDENCE;
}

function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i] as number;
  return sum / (to - from);
}
