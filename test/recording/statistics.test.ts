import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentile, roundParts, roundTo, timeStatistics } from '../../src/recording/index.js';

test('percentiles are by nearest rank: of ten values the 5th, 9th, 10th and 10th', () => {
  const values = Float64Array.of(9000, 1000, 3000, 7000, 5000, 2000, 8000, 4000, 10_000, 6000);
  expect(timeStatistics(values)).toEqual({ count: 10, sum: 55, mean: 5.5, p50: 5, p90: 9, p95: 10, p99: 10, max: 10 });
});

test('one value is every percentile, and none is null', () => {
  expect(timeStatistics(Float64Array.of(1500))).toEqual({
    count: 1,
    sum: 1.5,
    mean: 1.5,
    p50: 1.5,
    p90: 1.5,
    p95: 1.5,
    p99: 1.5,
    max: 1.5,
  });
  const nothing = { count: 0, sum: 0, mean: null, p50: null, p90: null, p95: null, p99: null, max: null };
  expect(timeStatistics(new Float64Array(0))).toEqual(nothing);
});

test('percentile picks what sorting picks, whatever the order and however many values are equal', () => {
  const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 1e9 })), {
    minLength: 1,
    maxLength: 200,
  });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 100 }), (list, percent) => {
      const sorted = [...list].sort((a, b) => a - b);
      const wanted = sorted[Math.ceil((percent / 100) * sorted.length - 1e-9) - 1];
      expect(percentile(Float64Array.from(list), percent)).toBe(wanted);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('percentile of a million equal or sorted values takes no quadratic time', () => {
  expect(percentile(new Float64Array(1e6).fill(7), 95)).toBe(7);
  expect(
    percentile(
      Float64Array.from({ length: 1e6 }, (_, i) => i),
      50,
    ),
  ).toBe(499_999);
});

test('rounded parts sum to the rounded whole and none is off by more than a unit', () => {
  const parts = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(parts, fc.integer({ min: 2, max: 9 }), (list, decimals) => {
      const scale = 10 ** decimals;
      const total = roundTo(
        list.reduce((a, b) => a + b, 0),
        decimals,
      );
      const rounded = roundParts(list, total, decimals);
      const units = rounded.map((part) => Math.round(part * scale));
      expect(units.reduce((a, b) => a + b, 0)).toBe(Math.round(total * scale));
      rounded.forEach((part, i) => {
        expect(Math.abs(part - (list[i] as number))).toBeLessThan(1.0001 / scale);
      });
    }),
    { seed: 2, numRuns: 300 },
  );
});

test('three thirds of 1 at 2 decimals: the first gets the cent that is missing', () => {
  expect(roundParts([1 / 3, 1 / 3, 1 / 3], 1, 2)).toEqual([0.34, 0.33, 0.33]);
});
