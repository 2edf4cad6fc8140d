/** The statistics by which runs are compared. */
import { expect, test } from 'vitest';
import { median, round, spread } from '../../bench/floor/ratios.mjs';

test('the median is the middle one, or the mean of the two in the middle, and sorts by number', () => {
  expect(median([10, 9, 100])).toBe(10);
  expect(median([1, 2, 10, 100])).toBe(6);
  expect(median([7])).toBe(7);
});

test('a spread is median, least and greatest to three decimals', () => {
  expect(spread([2, 1.23456, 3])).toEqual({ median: 2, min: 1.235, max: 3 });
  expect(round(1.0005)).toBe(1.001);
});
