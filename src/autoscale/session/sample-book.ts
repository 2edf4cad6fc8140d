/** Samples that grow: what a session adds to those that it began with. */
import { type FormulaInputs, SAMPLE_HISTORY_MS, SAMPLE_PERIOD_MS, type SampleSeries } from '../inputs.js';

interface Pages {
  readonly times: number[];
  readonly values: number[];
}

/** The samples of all metrics. */
export class SampleBook {
  readonly #pages = new Map<string, Pages>();

  /** Copies what is there of the metrics named. */
  constructor(given: FormulaInputs['samples'], metrics: Iterable<string>) {
    for (const metric of metrics) {
      const series = given.get(metric);
      if (series === undefined) continue;
      this.#pages.set(metric, { times: Array.from(series.times), values: Array.from(series.values) });
    }
  }

  /** The samples of a metric. */
  get(metric: string): SampleSeries | undefined {
    return this.#pages.get(metric);
  }

  /** A sample of now; it takes the place of one of the same time, and of any later one. */
  put(metric: string, nowMs: number, value: number): void {
    const pages = this.#pages.get(metric) ?? { times: [], values: [] };
    this.#pages.set(metric, pages);
    while ((pages.times.at(-1) ?? Number.NEGATIVE_INFINITY) >= nowMs) {
      pages.times.pop();
      pages.values.pop();
    }
    pages.times.push(nowMs);
    pages.values.push(value);
  }

  /** Samples after `fromMs` up to `toMs`, each worth what the newest was. */
  goOn(fromMs: number, toMs: number): void {
    // Nobody can see what is older than the history.
    const sinceMs = Math.max(fromMs, toMs - SAMPLE_HISTORY_MS);
    for (const { times, values } of this.#pages.values()) {
      const lastMs = times.at(-1);
      const value = values.at(-1);
      if (lastMs === undefined || value === undefined) continue;
      const skipped = Math.max(1, Math.floor((sinceMs - lastMs) / SAMPLE_PERIOD_MS) + 1);
      for (let atMs = lastMs + skipped * SAMPLE_PERIOD_MS; atMs <= toMs; atMs += SAMPLE_PERIOD_MS) {
        times.push(atMs);
        values.push(value);
      }
    }
  }
}
