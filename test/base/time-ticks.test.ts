import { describe, expect, test } from 'vitest';
import { timeTicks } from '../../src/base/index.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const labels = (toMs: number, most: number) => timeTicks(0, toMs, most).map(({ label }) => label);

describe('marks of simulated time', () => {
  test.each([
    [40_000, '0:00:00 0:00:10 0:00:20 0:00:30 0:00:40'],
    [8 * MINUTE, '0:00 0:02 0:04 0:06 0:08'],
    [50 * MINUTE, '0:00 0:15 0:30 0:45'],
    [6 * HOUR, '0:00 2:00 4:00 6:00'],
    [24 * HOUR, '0:00 6:00 12:00 18:00 24:00'],
    [3 * DAY, '0d 1d 2d 3d'],
    [14 * DAY, '0d 7d 14d'],
    [365 * DAY, '0d 91d 182d 273d 364d'],
  ])('over %d ms are %s', (toMs, expected) => {
    expect(labels(toMs, 5).join(' ')).toBe(expected);
  });

  test('between days hours are told', () => {
    expect(labels(60 * HOUR, 6).join(' ')).toBe('0d 0d 12h 1d 1d 12h 2d 2d 12h');
  });

  test('are never more than wanted, for any span', () => {
    for (let span = 1; span < 1e13; span = Math.ceil(span * 1.7)) {
      for (const most of [1, 2, 5, 12]) {
        const count = timeTicks(0, span, most).length;
        expect(count).toBeGreaterThan(0);
        expect(count).toBeLessThanOrEqual(most);
      }
    }
  });

  test('of a window stand at the same moments as those of the whole', () => {
    expect(timeTicks(90 * MINUTE, 4 * HOUR, 4).map(({ label }) => label)).toEqual(['2:00', '3:00', '4:00']);
  });
});
