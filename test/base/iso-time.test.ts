import { expect, test } from 'vitest';
import { isoDuration, isoInstant, parseDuration, parseInstant } from '../../src/base/index.js';

test.each([
  [0, '1970-01-01T00:00:00Z'],
  [951_782_399_999, '2000-02-28T23:59:59.999Z'],
  [951_782_400_000, '2000-02-29T00:00:00Z'],
  [1_772_323_200_000, '2026-03-01T00:00:00Z'],
  [-1, '1969-12-31T23:59:59.999Z'],
])('instant %i is written %s', (unixMs, text) => {
  expect(isoInstant(unixMs)).toBe(text);
});

test.each([
  [0, 'PT0S'],
  [250, 'PT0.25S'],
  [5_400_000, 'PT1H30M'],
  [86_400_000, 'P1D'],
  [90_061_001, 'P1DT1H1M1.001S'],
])('duration %i is written %s', (ms, text) => {
  expect(isoDuration(ms)).toBe(text);
});

test('what is written is read back', () => {
  for (const ms of [1, 59_999, 3_600_000, 1_772_323_200_123]) {
    expect(parseDuration(isoDuration(ms))).toEqual({ ok: true, value: ms });
    expect(parseInstant(isoInstant(ms))).toEqual({ ok: true, value: ms });
  }
});
