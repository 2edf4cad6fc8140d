/** When samples are taken (ASC-07), and the values of a metric as changes: little to keep, however many samples there are. */
import { SAMPLE_PERIOD_MS } from '../../autoscale/index.js';
import { combine, Uniforms } from '../../base/index.js';
import { withRoom } from '../engine/columns.js';
import { PURPOSE } from '../purposes.js';

/** Values from sample to sample: each holds from its number on. */
export interface ValueChanges {
  readonly count: number;
  /** Numbers of samples, from 1, ascending. */
  readonly numbers: Int32Array;
  /** Whole numbers, or `NO_SAMPLE`. */
  readonly values: Int32Array;
}

/** Changes as they come. */
export class ChangeList implements ValueChanges {
  count = 0;
  numbers = new Int32Array(8);
  values = new Int32Array(8);

  /** From this sample on the metric has this value. Does nothing if it has it already. */
  set(number: number, value: number): void {
    const row = this.count;
    if (row > 0 && this.values[row - 1] === value) return;
    this.count += 1;
    this.numbers = withRoom(this.numbers, this.count);
    this.values = withRoom(this.values, this.count);
    this.numbers[row] = number;
    this.values[row] = value;
  }
}

/** When the samples of a pool are taken, and which of them are lost. */
export class SampleClock {
  /** When autoscale became active, in ms since the start of the run. */
  readonly activeMs: number;
  readonly #epochMs: number;
  readonly #loss: number;
  readonly #poolKey: number;
  readonly #uniforms: Uniforms;

  /** @param loss share of samples that are lost, 0 to 1 */
  constructor(activeMs: number, epochMs: number, loss: number, poolKey: number, seed: string | number) {
    this.activeMs = activeMs;
    this.#epochMs = epochMs;
    this.#loss = loss;
    this.#poolKey = poolKey;
    this.#uniforms = new Uniforms(seed);
  }

  /** When a sample is taken, in ms since the start of the run. */
  atMs(number: number): number {
    return this.activeMs + number * SAMPLE_PERIOD_MS;
  }

  /** The same in ms since 1970. */
  unixMs(number: number): number {
    return this.#epochMs + this.atMs(number);
  }

  /** How many samples are taken up to a moment, and with it (ms since the start of the run). */
  countUpTo(atMs: number): number {
    return Math.max(0, Math.floor((atMs - this.activeMs) / SAMPLE_PERIOD_MS));
  }

  /** Row 21: whether a sample is lost, of all metrics alike; by pool and instant, in whatever order it is asked. */
  isLost(number: number): boolean {
    if (this.#loss === 0) return false;
    const key = instantKey(this.#poolKey, this.atMs(number));
    return this.#uniforms.seek(key, 0, PURPOSE.sampleLoss).next() < this.#loss;
  }
}

/** The key of what is drawn for a pool at an instant: samples are lost and `rand()` is drawn whatever was before. */
export function instantKey(poolKey: number, atMs: number): number {
  return combine(combine(poolKey, Math.floor(atMs / 2 ** 31)), atMs % 2 ** 31);
}
