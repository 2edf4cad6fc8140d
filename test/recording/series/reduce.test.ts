import { expect, test } from 'vitest';
import {
  bandOf,
  columnMeans,
  highestOf,
  reduceSteps,
  reduceStraight,
  type Series,
  SeriesBuilder,
  seriesFrom,
} from '../../../src/recording/index.js';

function told({ count, atMs, value }: Series): number[][] {
  return Array.from({ length: count }, (_, row) => [atMs[row] as number, value[row] as number]);
}

test('a builder keeps changes only, and of one moment the last', () => {
  const builder = new SeriesBuilder();
  for (const [at, value] of [
    [0, 2],
    [10, 2],
    [20, 5],
    [20, 7],
    [30, 1],
    [30, 7],
  ] as const)
    builder.hold(at, value);
  expect(told(builder.series())).toEqual([
    [0, 2],
    [20, 7],
  ]);
});

test('a builder holds as many points as come', () => {
  const builder = new SeriesBuilder();
  for (let i = 1; i <= 1000; i++) builder.hold(i, i);
  expect(builder.series().count).toBe(1001);
  expect(highestOf(builder.series())).toBe(1000);
});

test('few points are kept as they are', () => {
  const series = seriesFrom([
    [0, 1],
    [250, 4],
    [900, 2],
  ]);
  expect(told(reduceSteps(series, 0, 1000, 10))).toEqual(told(series));
});

test('a column with many changes keeps its lowest, its highest and its last value', () => {
  const series = seriesFrom([
    [0, 5],
    [101, 9],
    [120, 1],
    [150, 20],
    [199, 6],
    [350, 7],
  ]);
  expect(told(reduceSteps(series, 0, 1000, 10))).toEqual([
    [0, 5],
    [101, 1],
    [101, 20],
    [101, 6],
    [350, 7],
  ]);
});

test('a million points become a few for each column, peaks kept, in well under a second', () => {
  const count = 1_000_000;
  const series = {
    count,
    atMs: Float64Array.from({ length: count }, (_, i) => i * 10),
    value: Float64Array.from({ length: count }, (_, i) => (i === 654_321 ? 999 : i % 7)),
  };
  const reduced = reduceSteps(series, 0, count * 10, 700);
  expect(reduced.count).toBeLessThanOrEqual(3 * 700 + 1);
  expect(highestOf(reduced)).toBe(999);
});

test('a window begins with the value that holds there and leaves out what comes after it', () => {
  const series = seriesFrom([
    [0, 1],
    [100, 2],
    [500, 3],
    [900, 4],
  ]);
  expect(told(reduceSteps(series, 300, 800, 10))).toEqual([
    [300, 2],
    [500, 3],
  ]);
});

test('means of columns keep the area, whatever the columns', () => {
  const series = seriesFrom([
    [0, 0],
    [130, 10],
    [480, 3],
    [505, 0],
  ]);
  for (const columns of [1, 3, 10, 77]) {
    const means = columnMeans(series, 0, 1000, columns);
    const area = means.reduce((sum, mean) => sum + mean * (1000 / columns), 0);
    expect(area).toBeCloseTo(350 * 10 + 25 * 3, 6);
  }
  expect([...columnMeans(series, 0, 1000, 10)].slice(0, 3)).toEqual([0, 7, 10].map((n) => expect.closeTo(n, 9)));
});

test('a straight series is sampled at the borders of columns, on its lines', () => {
  const series = seriesFrom(Array.from({ length: 101 }, (_, i) => [i * 10, i < 50 ? 0 : i - 50] as const));
  const reduced = reduceStraight(series, 0, 1000, 4);
  expect(told(reduced)).toEqual([
    [0, 0],
    [250, 0],
    [500, 0],
    [750, 25],
    [1000, 50],
  ]);
  expect(reduceStraight(series, 0, 1000, 101)).toBe(series);
});

test('a band has median and 95th percentile of each column, and gaps where nothing began', () => {
  const atMs = Float64Array.from([...Array.from({ length: 100 }, (_, i) => i), 1000]);
  const value = Float64Array.from([...Array.from({ length: 100 }, (_, i) => i + 1), 7]);
  const band = bandOf({ count: 101, atMs, value }, 0, 1000, 4);
  expect([...band.atMs]).toEqual([125, 375, 625, 875]);
  expect([...band.p50]).toEqual([50, Number.NaN, Number.NaN, 7]);
  expect([...band.p95]).toEqual([95, Number.NaN, Number.NaN, 7]);
});
