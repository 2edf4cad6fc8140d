/** Time in formulas: members, constants, time strings. */
import { describe, expect, test } from 'vitest';
import { INTERVAL_CONSTANTS, parseTime, valueText } from '../../src/autoscale/index.js';
import { resultOf } from './helpers/evaluate.js';

describe('time strings', () => {
  test.each([
    ['2026', '2026-01-01T00:00:00.000Z'],
    ['2026-03', '2026-03-01T00:00:00.000Z'],
    ['2026-03-04', '2026-03-04T00:00:00.000Z'],
    ['2026-03-04T10:20Z', '2026-03-04T10:20:00.000Z'],
    ['2026-03-04T10:20:30Z', '2026-03-04T10:20:30.000Z'],
    ['2026-03-04T10:20:30.5Z', '2026-03-04T10:20:30.500Z'],
    ['2026-03-04T10:20:30.1234567Z', '2026-03-04T10:20:30.123Z'],
    ['2026-03-04T10:20+02:00', '2026-03-04T08:20:00.000Z'],
    ['2026-03-04T23:20:30-05:30', '2026-03-05T04:50:30.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['0001-01-01', '0001-01-01T00:00:00.000Z'],
    ['Mon, 06 Oct 2014 10:20:00 GMT', '2014-10-06T10:20:00.000Z'],
    ['Sun, 29 Feb 2032 23:59:59 GMT', '2032-02-29T23:59:59.000Z'],
  ])('%s is %s', (text, instant) => {
    const parsed = parseTime(text);
    expect(parsed === null ? null : valueText(parsed)).toBe(instant);
  });

  test.each([
    '26',
    '2026-3-4',
    '2026-13',
    '2026-02-30',
    '2025-02-29',
    '0000-01-01',
    '2026-03-04T10Z',
    '2026-03-04T10:20',
    '2026-03-04 10:20Z',
    '2026-03-04T24:00Z',
    '2026-03-04T10:60Z',
    '2026-03-04T10:20:60Z',
    '2026-03-04T10:20:30.Z',
    '2026-03-04T10:20:30.12345678Z',
    '2026-03-04T10:20+15:00',
    '2026-03-04T10:20+02:60',
    '0001-01-01T00:00+01:00',
    'Tue, 06 Oct 2014 10:20:00 GMT',
    'Mon, 6 Oct 2014 10:20:00 GMT',
    'Mon, 06 Okt 2014 10:20:00 GMT',
    'Mon, 06 Oct 2014 10:20:00 UTC',
    ' 2026',
    'now',
  ])('%j is none', (text) => {
    expect(parseTime(text)).toBe(null);
    expect(resultOf(`time("${text}")`)).toBe('BS3018');
  });
});

test.each([
  ['year', '2026'],
  ['month', '5'],
  ['day', '17'],
  ['weekday', '0'],
  ['hour', '6'],
  ['minute', '7'],
  ['second', '8'],
])('%s of a Sunday in May is %s', (member, value) => {
  expect(resultOf(`time("2026-05-17T06:07:08.999Z").${member}`)).toBe(value);
});

test('members count before 1970 as after', () => {
  expect(resultOf('time("1969-12-31T23:59:59.9999999Z").second')).toBe('59');
  expect(resultOf('time("1969-12-31T23:59:59.9999999Z").year')).toBe('1969');
});

test('weekdays run from Monday 1 to Saturday 6, and Sunday is 0', () => {
  const days = Array.from({ length: 7 }, (_, day) =>
    resultOf(`(time("2026-03-02") + ${day} * TimeInterval_Day).weekday`),
  );
  expect(days.join('')).toBe('1234560');
});

test('the constants are those of the documentation', () => {
  const texts = [...INTERVAL_CONSTANTS].map(
    ([name, value]) => `${name.replace('TimeInterval_', '')} ${valueText(value)}`,
  );
  expect(texts).toEqual([
    'Zero 00:00:00',
    '100ns 00:00:00.0000001',
    'Microsecond 00:00:00.0000010',
    'Millisecond 00:00:00.0010000',
    'Second 00:00:01',
    'Minute 00:01:00',
    'Hour 01:00:00',
    'Day 1.00:00:00',
    'Week 7.00:00:00',
    'Year 365.00:00:00',
  ]);
});
