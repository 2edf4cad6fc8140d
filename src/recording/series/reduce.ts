/**
 * Series cut down to what a picture can show: a million points drawn on 700 columns of pixels are 700 columns. Time goes
 * from `fromMs` to `toMs` in `columns` equal columns; what lies outside is left out, but for the value that holds at the
 * beginning.
 */
import { assert } from '../../base/index.js';
import { type Series, seriesFrom } from './series.js';

/**
 * At most three points a column, at one moment: its lowest value, its highest and its last, so that no peak is lost. A
 * column with a single change keeps it as it is.
 */
export function reduceSteps(series: Series, fromMs: number, toMs: number, columns: number): Series {
  const columnMs = columnLength(fromMs, toMs, columns);
  const points: { atMs: number[]; value: number[] } = { atMs: [], value: [] };
  const add = (atMs: number, value: number): void => {
    if (points.value.at(-1) === value) return;
    points.atMs.push(atMs);
    points.value.push(value);
  };
  let row = lastRowAt(series, fromMs);
  add(fromMs, row < 0 ? 0 : (series.value[row] as number));
  for (row += 1; row < series.count && (series.atMs[row] as number) <= toMs; ) {
    const firstMs = series.atMs[row] as number;
    const endMs = fromMs + (Math.floor((firstMs - fromMs) / columnMs) + 1) * columnMs;
    let [low, high, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
    for (; row < series.count && (series.atMs[row] as number) < endMs && (series.atMs[row] as number) <= toMs; row++) {
      last = series.value[row] as number;
      low = Math.min(low, last);
      high = Math.max(high, last);
    }
    if (low < last) add(firstMs, low);
    if (high > last) add(firstMs, high);
    add(firstMs, last);
  }
  return { count: points.atMs.length, atMs: Float64Array.from(points.atMs), value: Float64Array.from(points.value) };
}

/**
 * The mean of each column over its time: areas keep their size, so that stacked areas show node time as it is. After
 * `endMs`, the end of a run that is shorter than the axis, there is nothing.
 */
export function columnMeans(
  series: Series,
  fromMs: number,
  toMs: number,
  columns: number,
  endMs: number = toMs,
): Float64Array {
  const columnMs = columnLength(fromMs, toMs, columns);
  const means = new Float64Array(columns);
  const first = lastRowAt(series, fromMs);
  for (let row = Math.max(first, 0); row < series.count; row++) {
    const startMs = Math.max(series.atMs[row] as number, fromMs);
    const nextMs = row + 1 < series.count ? (series.atMs[row + 1] as number) : endMs;
    if (startMs >= endMs) break;
    const untilMs = Math.min(nextMs, endMs, toMs);
    spread(means, series.value[row] as number, (startMs - fromMs) / columnMs, (untilMs - fromMs) / columnMs);
  }
  return means;
}

/** Adds a value that holds from one place to another, both counted in columns, by the share of each column. */
export function spread(sums: Float64Array, value: number, from: number, to: number): void {
  for (let column = Math.floor(from); column < to && column < sums.length; column++) {
    sums[column]! += value * (Math.min(to, column + 1) - Math.max(from, column));
  }
}

/** A series whose values change evenly between its points: at most so many columns, a point at each border. */
export function reduceStraight(series: Series, fromMs: number, toMs: number, columns: number): Series {
  if (series.count <= columns) return series;
  const columnMs = columnLength(fromMs, toMs, columns);
  const points: (readonly [number, number])[] = [];
  for (let column = 0, row = 0; column <= columns; column++) {
    const atMs = fromMs + column * columnMs;
    while (row + 1 < series.count && (series.atMs[row + 1] as number) <= atMs) row++;
    points.push([atMs, between(series, row, atMs)]);
  }
  return seriesFrom(points);
}

/** The value at a moment of a series whose values change evenly between its points. */
export function straightValueAt(series: Series, atMs: number): number {
  return between(series, Math.max(lastRowAt(series, atMs), 0), atMs);
}

function between({ count, atMs, value }: Series, row: number, at: number): number {
  const [startMs, start] = [atMs[row] as number, value[row] as number];
  if (row + 1 >= count || at <= startMs) return start;
  const share = (at - startMs) / ((atMs[row + 1] as number) - startMs);
  return start + share * ((value[row + 1] as number) - start);
}

/** The last row at or before a moment; -1: there is none. */
export function lastRowAt({ count, atMs }: Series, at: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((atMs[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function columnLength(fromMs: number, toMs: number, columns: number): number {
  assert(columns > 0 && toMs > fromMs, 'a picture has a width, and time passes in it');
  return (toMs - fromMs) / columns;
}
