/** Samples one by one, as a formula reads them (formula 5): made from the changes when it asks, for the last 7 days. */
import { type FormulaInputs, SAMPLE_HISTORY_MS, SAMPLE_PERIOD_MS, type SampleSeries } from '../../autoscale/index.js';
import { CPU_STEPS, NO_SAMPLE, SAMPLED_METRICS } from '../../recording/index.js';
import { withRoom } from '../engine/columns.js';
import type { SampleClock, ValueChanges } from './sampled-series.js';

/** The windows of all metrics of a pool, made when they are first asked for. */
export class SampleWindows {
  readonly #changes: readonly ValueChanges[];
  readonly #clock: SampleClock;
  readonly #windows: (SampleWindow | undefined)[] = [];
  #number = 0;

  /** @param changes by metric */
  constructor(changes: readonly ValueChanges[], clock: SampleClock) {
    this.#changes = changes;
    this.#clock = clock;
  }

  /** The number of the last sample that was asked for. */
  get number(): number {
    return this.#number;
  }

  /** All samples up to this number, which never falls from call to call. Good until the next call. */
  upTo(number: number): FormulaInputs['samples'] {
    this.#number = number;
    return {
      get: (name) => {
        const metric = METRIC_NUMBERS.get(name);
        return metric === undefined ? undefined : this.#windowOf(metric).upTo(number);
      },
    };
  }

  #windowOf(metric: number): SampleWindow {
    const units = SAMPLED_METRICS[metric] === '$CPUPercent' ? CPU_STEPS : 1;
    const window = this.#windows[metric] ?? new SampleWindow(this.#changes[metric] as ValueChanges, this.#clock, units);
    this.#windows[metric] = window;
    return window;
  }
}

const METRIC_NUMBERS: ReadonlyMap<string, number> = new Map(SAMPLED_METRICS.map((name, number) => [name, number]));

/** No older samples can be read, whatever the delay. */
const MOST_SAMPLES = SAMPLE_HISTORY_MS / SAMPLE_PERIOD_MS + 1;

/** The samples of one metric as a formula reads them: those of the last 7 days, as far as it was asked to fill them in. */
export class SampleWindow {
  readonly #changes: ValueChanges;
  readonly #clock: SampleClock;
  /** How many units of the values make 1. */
  readonly #units: number;
  #times = new Float64Array(64);
  #values = new Float64Array(64);
  #length = 0;
  /** The last sample that was looked at, and the change that holds there; 0 and -1: none. */
  #number = 0;
  #change = -1;

  constructor(changes: ValueChanges, clock: SampleClock, units: number) {
    this.#changes = changes;
    this.#clock = clock;
    this.#units = units;
  }

  /** All samples up to this number, which never falls from call to call. Good until the next call. */
  upTo(number: number): SampleSeries {
    // What was out of the window before anybody asked is passed over.
    this.#number = Math.max(this.#number, number - MOST_SAMPLES);
    while (this.#number < number) this.#take(++this.#number);
    return { times: this.#times.subarray(0, this.#length), values: this.#values.subarray(0, this.#length) };
  }

  #take(number: number): void {
    const { count, numbers, values } = this.#changes;
    while (this.#change + 1 < count && (numbers[this.#change + 1] as number) <= number) this.#change += 1;
    const value = this.#change < 0 ? NO_SAMPLE : (values[this.#change] as number);
    if (value === NO_SAMPLE || this.#clock.isLost(number)) return;
    if (this.#length >= 2 * MOST_SAMPLES) this.#forget();
    this.#times = withRoom(this.#times, this.#length + 1);
    this.#values = withRoom(this.#values, this.#length + 1);
    this.#times[this.#length] = this.#clock.unixMs(number);
    this.#values[this.#length] = value / this.#units;
    this.#length += 1;
  }

  /** The older half is out of the window. */
  #forget(): void {
    for (const column of [this.#times, this.#values]) column.copyWithin(0, this.#length - MOST_SAMPLES, this.#length);
    this.#length = MOST_SAMPLES;
  }
}
