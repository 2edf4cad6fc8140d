import { describe, expect, test } from 'vitest';
import { parseDecimal, parseMs, scaleMs, wasRounded } from '../../../src/scenario/traces/numbers.js';

describe('times of traces', () => {
  test.each([
    ['1451', 1000, 1_451_000],
    ['0.001', 1000, 1],
    ['12.3456', 1000, 12_346],
    ['12.3454999', 1000, 12_345],
    ['0.0005', 1000, 1],
    ['1.0005', 1000, 1001],
    ['1.00049999999999999999', 1000, 1000],
    ['8.0585', 1000, 8059],
    ['5e-4', 1000, 1],
    ['0.00005e1', 1000, 1],
    ['4.9999e-4', 1000, 0],
    ['1.5e3', 1000, 1_500_000],
    ['.5', 1, 1],
    ['2.5', 1, 3],
    ['+7', 1, 7],
    ['-1', 1000, -1000],
  ] as const)('%s in units of %d ms is %d ms', (text, unit, ms) => {
    expect(parseMs(text, unit)).toBe(ms);
  });

  test.each(['', ' ', 'abc', '0x10', 'nan', 'Infinity', '1,5', '1.2.3', '1e', '--1', '1e99999'])(
    '%j is no number',
    (text) => {
      expect(parseDecimal(text)).toBeNaN();
    },
  );

  test('a number is rounded when its milliseconds do not give it back', () => {
    expect(wasRounded('0.1', 1000, 100)).toBe(false);
    expect(wasRounded('128.126', 1000, 128_126)).toBe(false);
    expect(wasRounded('128.1264', 1000, 128_126)).toBe(true);
  });

  test('scaling keeps whole milliseconds', () => {
    expect([scaleMs(3, 0.5), scaleMs(1, 0.3), scaleMs(7, 1), scaleMs(10, 2.25)]).toEqual([2, 0, 7, 23]);
  });
});

test.each(['1e400', '-1e400', '1e308'])('%s is a number too large for any time, not a slow one', (text) => {
  expect(Math.abs(parseMs(text, 1000))).toBeGreaterThan(1e300);
});
