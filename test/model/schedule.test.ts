import { describe, expect, test } from 'vitest';
import {
  effectiveWindowMs,
  firstDueMs,
  isScheduleOver,
  nextDueMs,
  opportunityAt,
  type Schedule,
} from '../../src/model/index.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Times in minutes; a dash: not given. */
function schedule(until: number | '-', after: number | '-', window: number | '-', recurrence: number | '-'): Schedule {
  const ms = (minutes: number | '-') => (minutes === '-' ? null : minutes * MINUTE);
  return {
    doNotRunUntilMs: ms(until),
    doNotRunAfterMs: ms(after),
    startWindowMs: ms(window),
    recurrenceIntervalMs: ms(recurrence),
  };
}

/** When the opportunity that stands open opened and when it ends, in minutes. */
function open(of: Schedule, createdMin: number, nowMin: number): string {
  const found = opportunityAt(of, createdMin * MINUTE, nowMin * MINUTE);
  return found === null ? 'none' : `${found.dueMs / MINUTE} to ${found.endsMs / MINUTE}`;
}

test('JS-02 the first due time is doNotRunUntil, or the creation', () => {
  expect(firstDueMs(schedule(30, '-', '-', '-'), 5 * MINUTE)).toBe(30 * MINUTE);
  expect(firstDueMs(schedule('-', '-', '-', '-'), 5 * MINUTE)).toBe(5 * MINUTE);
});

test.each([
  ['-', '-', Number.POSITIVE_INFINITY],
  [10, '-', 10 * MINUTE],
  ['-', 60, HOUR],
  [10, 60, 10 * MINUTE],
  [90, 60, HOUR],
] as const)('JS-03, JS-06 window %s and recurrence %s: effectively %d ms', (window, recurrence, expected) => {
  expect(effectiveWindowMs(schedule('-', '-', window, recurrence))).toBe(expected);
});

describe('JS-02, JS-14 nextRunTime', () => {
  test.each<[string, Schedule, number, number, number | null]>([
    ['before the first', schedule(30, '-', '-', 60), 0, 29, 30],
    ['at the first: the one after', schedule(30, '-', '-', 60), 0, 30, 90],
    ['just before the second', schedule(30, '-', '-', 60), 0, 89, 90],
    ['on a grid that starts at the creation', schedule('-', '-', '-', 60), 7, 200, 247],
    ['on a grid that starts before the creation', schedule(0, '-', '-', 60), 90, 90, 120],
    ['without recurrence, before', schedule(30, '-', '-', '-'), 0, 0, 30],
    ['without recurrence, after', schedule(30, '-', '-', '-'), 0, 30, null],
    ['exactly at doNotRunAfter', schedule('-', 120, '-', 60), 0, 60, 120],
    ['never after doNotRunAfter', schedule('-', 119, '-', 60), 0, 60, null],
  ])('JS-02, JS-09, JS-14 %s', (_, of, created, now, expected) => {
    expect(nextDueMs(of, created * MINUTE, now * MINUTE)).toBe(expected === null ? null : expected * MINUTE);
  });
});

describe('JS-05 an opportunity', () => {
  test.each<[string, Schedule, number, number, string]>([
    ['is not there before its due time', schedule(30, '-', 10, 60), 0, 29, 'none'],
    ['opens at its due time', schedule(30, '-', 10, 60), 0, 30, '30 to 40'],
    ['is open at the very end of its window', schedule(30, '-', 10, 60), 0, 40, '30 to 40'],
    ['is lost after it', schedule(30, '-', 10, 60), 0, 41, 'none'],
    ['comes again', schedule(30, '-', 10, 60), 0, 95, '90 to 100'],
    ['lasts to the next due time without a window', schedule(30, '-', '-', 60), 0, 89, '30 to 90'],
    ['is replaced there', schedule(30, '-', '-', 60), 0, 90, '90 to 150'],
    ['of a longer window is replaced too', schedule(30, '-', 90, 60), 0, 100, '90 to 150'],
    ['without recurrence or window never ends', schedule('-', '-', '-', '-'), 5, 9999, '5 to Infinity'],
    ['that opened before the creation counts while its window lasts', schedule(0, '-', 30, 60), 80, 80, '60 to 90'],
    ['and not after it', schedule(0, '-', 10, 60), 80, 80, 'none'],
    ['lapses at doNotRunAfter', schedule(0, 70, 30, 60), 0, 65, '60 to 70'],
    ['is still open exactly then', schedule(0, 70, 30, 60), 0, 70, '60 to 70'],
    ['is not after it', schedule(0, 70, 30, 60), 0, 71, 'none'],
    ['never opens after it', schedule(80, 70, '-', '-'), 0, 80, 'none'],
  ])('JS-05, JS-06, JS-07, JS-09, JS-11 %s', (_, of, created, now, expected) => {
    expect(open(of, created, now)).toBe(expected);
  });
});

describe('JS-08, JS-09 the end of a schedule', () => {
  test.each<[string, Schedule, number, number | null, boolean]>([
    ['JS-08 without recurrence: not before its job', schedule('-', '-', '-', '-'), 999, null, false],
    ['JS-08 with its job', schedule('-', '-', '-', '-'), 0, 0, true],
    ['JS-08 or when its window passed without one', schedule('-', '-', 10, '-'), 10, null, true],
    ['JS-08 and no minute earlier', schedule('-', '-', 10, '-'), 9, null, false],
    ['JS-09 with recurrence: never by itself', schedule('-', '-', 10, 60), 99_999, 99_960, false],
    ['JS-09 before doNotRunAfter not, whatever is due', schedule('-', 119, '-', 60), 118, 60, false],
    ['JS-09 at doNotRunAfter', schedule('-', 119, '-', 60), 119, 60, true],
    ['JS-09 doNotRunAfter ends it without a job', schedule(30, 20, '-', '-'), 20, null, true],
  ])('%s', (_, of, now, used, expected) => {
    expect(isScheduleOver(of, 0, now * MINUTE, used === null ? null : used * MINUTE)).toBe(expected);
  });
});
