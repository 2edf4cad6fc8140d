import { describe, expect, test } from 'vitest';
import { type ChartUnit, topOf, valueLabel, valueTicks } from '../../../src/report/charts/value-axis.js';

const HOUR = 3_600_000;

/** The labels of an axis for values up to `highest`. */
function axis(highest: number, unit: ChartUnit): string {
  const top = topOf(highest, unit);
  return valueTicks(top, unit)
    .map((value) => valueLabel(value, top, unit))
    .join(' ');
}

describe('the upright axis', () => {
  test.each([
    [0, 'count', '0 1'],
    [1, 'count', '0 1'],
    [3, 'count', '0 1 2 3'],
    [60, 'count', '0 20 40 60'],
    [1870, 'count', '0 500 1000 1500 2000'],
    [1_234_567, 'count', '0 500k 1M 1.5M'],
    [2.77, 'usd', '$0.00 $1.00 $2.00 $3.00'],
    [61.2, 'usd', '$0 $20 $40 $60 $80'],
    [0.0123, 'usd', '$0.0000 $0.0050 $0.0100 $0.0150'],
    [0.4, 'share', '0% 20% 40% 60% 80% 100%'],
    [9.5 * 60_000, 'duration', '0 5m 10m'],
    [5.6 * HOUR, 'duration', '0 2h 4h 6h'],
    [45, 'duration', '0 20 ms 40 ms 60 ms'],
  ] as const)('for values up to %d (%s) is %s', (highest, unit, labels) => {
    expect(axis(highest, unit)).toBe(labels);
  });

  test('ends at or above the highest value, with no more than a handful of different labels', () => {
    for (const unit of ['count', 'usd', 'duration'] as const) {
      for (let highest = 0.001; highest < 1e10; highest *= 1.37) {
        const top = topOf(highest, unit);
        const labels = valueTicks(top, unit).map((value) => valueLabel(value, top, unit));
        expect(top).toBeGreaterThanOrEqual(highest);
        expect(labels.length).toBeLessThanOrEqual(8);
        expect(new Set(labels).size).toBe(labels.length);
      }
    }
  });
});
