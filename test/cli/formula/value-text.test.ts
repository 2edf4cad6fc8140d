/** Values and samples of formulas in words. */
import { describe, expect, test } from 'vitest';
import { numbersText, samplesText, shownValue, valueDocument } from '../../../src/cli/formula/value-text.js';

describe('numbers', () => {
  test.each([
    [[], ''],
    [[1, 1, 2], '1, 1, 2'],
    [[1, 1, 1, 2, 2, 2, 2], '1 x3, 2 x4'],
    [[Number.NaN, Number.NaN, Number.NaN], 'NaN x3'],
    [Array.from({ length: 30 }, (_, i) => i), '0, 1, 2, 3, 4, 5, ..., 24, 25, 26, 27, 28, 29'],
  ])('%j', (numbers, text) => {
    expect(numbersText(numbers)).toBe(text);
  });
});

test('values look as they would be written', () => {
  const minute = { type: 'timeinterval', ticks: 600_000_000n } as const;
  expect([1.5, 'a "b"', [1, 2], minute].map((value) => shownValue(value))).toEqual([
    '1.5',
    '"a \\"b\\""',
    '[1, 2]',
    '00:01:00',
  ]);
});

test('JSON has no infinity: it is a text there', () => {
  expect([valueDocument(1 / 0), valueDocument([0, Number.NaN]), valueDocument('x')]).toEqual([
    { type: 'double', value: 'Infinity' },
    { type: 'doubleVec', value: [0, 'NaN'] },
    { type: 'string', value: 'x' },
  ]);
});

test('what a call saw: how many of how many, what it needs, when, and which', () => {
  const atMs = Date.parse('2026-01-01T12:00:00Z');
  const none = { metric: '$M', present: 0, expected: 6, percent: 0, wantedPercent: 10, times: [], values: [] };
  expect(samplesText(none)).toBe('0 of 6 samples (0 %, needs 10 %)');
  const one = { ...none, present: 1, expected: 3, percent: 100 / 3, wantedPercent: null, times: [atMs], values: [7] };
  expect(samplesText(one)).toBe('1 of 3 samples (33.33 %), 12:00:00: 7');
  const two = { ...one, present: 2, percent: 200 / 3, times: [atMs, atMs + 30_000], values: [7, 8] };
  expect(samplesText(two)).toBe('2 of 3 samples (66.67 %), 12:00:00 to 12:00:30: 7, 8');
});
