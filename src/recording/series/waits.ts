/** How long tasks waited by when they began, and how such points are told as a band of percentiles over time. */
import { assert } from '../../base/index.js';
import { currentStartMs } from '../attempts.js';
import { TaskMeasures } from '../measures.js';
import type { Recording } from '../recording.js';
import { percentile } from '../statistics.js';

/** Points in no particular order. */
export interface Points {
  readonly count: number;
  /** From the start of the run, in ms. */
  readonly atMs: Float64Array;
  readonly value: Float64Array;
}

/** Percentiles column by column; NaN in a column without points. */
export interface Band {
  /** Middle of each column, in ms. */
  readonly atMs: Float64Array;
  readonly p50: Float64Array;
  readonly p95: Float64Array;
}

/** The waits of tasks of a pool's jobs (by row; null: of all tasks) that have begun, in ms, at the moment at which they began. */
export function waitPoints(recording: Recording, pool: number | null): Points {
  const { tasks, jobs } = recording;
  const measures = new TaskMeasures(recording);
  const [atMs, value] = [new Float64Array(tasks.count), new Float64Array(tasks.count)];
  let count = 0;
  for (let task = 0; task < tasks.count; task++) {
    if (pool !== null && jobs[tasks.job[task] as number]?.poolIndex !== pool) continue;
    const startMs = currentStartMs(recording, task);
    const waitMs = measures.waitMs(task);
    if (startMs < 0 || waitMs < 0) continue;
    atMs[count] = startMs;
    value[count++] = waitMs;
  }
  return { count, atMs, value };
}

/** Median and 95th percentile of the points in each of `columns` equal parts of the time. */
export function bandOf({ count, atMs, value }: Points, fromMs: number, toMs: number, columns: number): Band {
  assert(columns > 0 && toMs > fromMs, 'a picture has a width, and time passes in it');
  const columnMs = (toMs - fromMs) / columns;
  const columnOf = (row: number) => Math.min(Math.floor(((atMs[row] as number) - fromMs) / columnMs), columns - 1);
  const isInside = (row: number) => (atMs[row] as number) >= fromMs && (atMs[row] as number) <= toMs;
  const firsts = new Int32Array(columns + 1);
  for (let row = 0; row < count; row++) if (isInside(row)) firsts[columnOf(row) + 1]! += 1;
  for (let column = 0; column < columns; column++) firsts[column + 1]! += firsts[column] as number;
  const sorted = new Float64Array(firsts[columns] as number);
  const next = firsts.slice();
  for (let row = 0; row < count; row++) {
    if (!isInside(row)) continue;
    const column = columnOf(row);
    sorted[next[column] as number] = value[row] as number;
    next[column]! += 1;
  }
  const ofColumn = (percent: number) =>
    Float64Array.from({ length: columns }, (_, column) => {
      const values = sorted.subarray(firsts[column], firsts[column + 1]);
      return values.length === 0 ? Number.NaN : percentile(values, percent);
    });
  const middles = Float64Array.from({ length: columns }, (_, column) => fromMs + (column + 0.5) * columnMs);
  return { atMs: middles, p50: ofColumn(50), p95: ofColumn(95) };
}
