import { describe, expect, test } from 'vitest';
import {
  durationText,
  formatBytes,
  formatCount,
  formatDuration,
  formatShare,
  formatUsd,
  LONGEST_DURATION_MS,
  parseBandwidth,
  parseDuration,
  parseInstant,
  parseMoment,
  parseOffset,
  parseRate,
  parseShare,
  parseSize,
} from '../../src/base/index.js';

const EPOCH = Date.UTC(2026, 0, 1);

describe('bandwidths', () => {
  test.each([
    ['100MB/s', 100_000],
    ['1 GiB / min', 1024 ** 3 / 60_000],
    ['5B/ms', 5],
  ])('%s is %d bytes per ms', (text, value) => {
    expect(parseBandwidth(text)).toEqual({ ok: true, value });
  });

  test.each([
    ['100MB', '"100MB" does not say per what'],
    ['100/s', '"100/s" is not a bandwidth'],
    ['1MB/s/s', '"1MB/s/s" is not a bandwidth'],
    ['1MB/parsec', '"1MB/parsec" is not a bandwidth'],
  ])('%s is refused', (text, reason) => {
    expect(parseBandwidth(text)).toEqual({ ok: false, error: reason });
  });
});

describe('durations', () => {
  test.each([
    ['90s', 90_000],
    ['250ms', 250],
    ['1h30m', 5_400_000],
    ['1h 30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['2d', 172_800_000],
    ['0s', 0],
    ['0.0005s', 1],
    ['PT1H30M', 5_400_000],
    ['P1D', 86_400_000],
    ['P1DT00H00M00S', 86_400_000],
    ['PT0.25S', 250],
    ['P3Y6M4DT12H30M5S', 1279 * 86_400_000 + 45_005_000],
    ['0:15:00', 900_000],
    ['1 day, 2:00:00', 93_600_000],
    ['P10675199DT2H48M5.4775807S', LONGEST_DURATION_MS],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text)).toEqual({ ok: true, value: ms });
  });

  test.each([
    ['90', '"90" has no unit'],
    ['-5s', '"-5s" is negative, and a duration is not'],
    ['P', '"P" is not a duration'],
    ['PT', '"PT" is not a duration'],
    ['5 parsecs', '"5 parsecs" is not a duration'],
    ['0:60:00', '"0:60:00" is not a duration'],
    ['', '"" is not a duration'],
    ['9999999d9999999d', '"9999999d9999999d" is longer than Batch can express'],
  ])('%j is refused', (text, reason) => {
    expect(parseDuration(text)).toEqual({ ok: false, error: reason });
  });

  test('what durationText writes is read back to the millisecond', () => {
    for (const ms of [0, 1, 999, 1000, 61_001, 3_600_000, 90_061_001, 15_552_000_000]) {
      expect(parseDuration(durationText(ms))).toEqual({ ok: true, value: ms });
    }
  });

  test.each([
    [250, '250 ms'],
    [12_340, '12.3 s'],
    [5_000, '5 s'],
    [59_999, '1m'],
    [64_000, '1m 04s'],
    [1_320_000, '22m'],
    [22_320_000, '6h 12m'],
    [270_000_000, '3d 03h'],
  ])('%d ms reads %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe('times', () => {
  test.each([
    ['2026-01-01T00:00:00Z', 0],
    ['2026-01-01', 0],
    ['2026-01-01T02:00:00+02:00', 0],
    ['2026-01-01T00:00:00.250Z', 250],
    ['2026-03-01T00:00:00Z', 59 * 86_400_000],
  ])('%s is %d ms after the epoch', (text, ms) => {
    expect(parseInstant(text)).toEqual({ ok: true, value: EPOCH + ms });
  });

  test('a day that does not exist is refused', () => {
    expect(parseInstant('2026-02-29').ok).toBe(false);
    expect(parseInstant('2028-02-29').ok).toBe(true);
    expect(parseInstant('2026-01-01T24:00:00Z').ok).toBe(false);
  });

  test('an offset is +2h, 2h or an instant; a moment may also be h:mm', () => {
    expect(parseOffset('+2h', EPOCH)).toEqual({ ok: true, value: 7_200_000 });
    expect(parseOffset('2h', EPOCH)).toEqual({ ok: true, value: 7_200_000 });
    expect(parseOffset('2026-01-01T02:00:00Z', EPOCH)).toEqual({ ok: true, value: 7_200_000 });
    expect(parseOffset('2025-12-31T00:00:00Z', EPOCH).ok).toBe(false);
    expect(parseMoment('03:10', EPOCH)).toEqual({ ok: true, value: 11_400_000 });
    expect(parseMoment('3:10:24', EPOCH)).toEqual({ ok: true, value: 11_424_000 });
  });
});

describe('other quantities', () => {
  test('sizes are powers of 1024 with i, of 1000 without', () => {
    expect(parseSize('8GiB')).toEqual({ ok: true, value: 8 * 2 ** 30 });
    expect(parseSize('200MB')).toEqual({ ok: true, value: 200_000_000 });
    expect(parseSize('5')).toEqual({ ok: false, error: '"5" has no unit' });
    expect(parseSize('5 XB').ok).toBe(false);
  });

  test('rates are per millisecond', () => {
    expect(parseRate('12/h')).toEqual({ ok: true, value: 12 / 3_600_000 });
    expect(parseRate('3%/h')).toEqual({ ok: true, value: 0.03 / 3_600_000 });
    expect(parseRate('1/30s')).toEqual({ ok: true, value: 1 / 30_000 });
    expect(parseRate('12')).toEqual({ ok: false, error: '"12" does not say per what' });
    expect(parseRate('1/0s').ok).toBe(false);
  });

  test('shares are percentages or fractions up to the whole', () => {
    expect(parseShare('5%')).toEqual({ ok: true, value: 0.05 });
    expect(parseShare('0.05')).toEqual({ ok: true, value: 0.05 });
    expect(parseShare('101%').ok).toBe(false);
  });

  test('bytes, money, counts and shares for people', () => {
    expect([512, 8 * 2 ** 30, 1.5 * 2 ** 20].map(formatBytes)).toEqual(['512 B', '8 GiB', '1.5 MiB']);
    expect([61.2, 1234567.891, 0.000123, 0, -3].map(formatUsd)).toEqual([
      '$61.20',
      '$1,234,567.89',
      '$0.000123',
      '$0.00',
      '-$3.00',
    ]);
    expect([412310, 999].map(formatCount)).toEqual(['412,310', '999']);
    expect(formatShare(0.8134)).toBe('81.3 %');
  });
});
