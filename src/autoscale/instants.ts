/**
 * Time in formulas (formula 2.6, 2.7, 3): interval constants, members of timestamps, time strings. All is UTC; there
 * is no other zone, and the machine's own is never asked.
 */
import { Complaint } from './complaints.js';
import { TICKS_PER_MS, type TimeInterval, type Timestamp, wholeMs } from './values.js';

const SECOND = 10_000_000n;
const DAY = 86_400n * SECOND;

/** The constants (formula 2.6), by name. A year has 365 days. */
export const INTERVAL_CONSTANTS: ReadonlyMap<string, TimeInterval> = new Map(
  Object.entries({
    TimeInterval_Zero: 0n,
    TimeInterval_100ns: 1n,
    TimeInterval_Microsecond: 10n,
    TimeInterval_Millisecond: TICKS_PER_MS,
    TimeInterval_Second: SECOND,
    TimeInterval_Minute: 60n * SECOND,
    TimeInterval_Hour: 3600n * SECOND,
    TimeInterval_Day: DAY,
    TimeInterval_Week: 7n * DAY,
    TimeInterval_Year: 365n * DAY,
  }).map(([name, ticks]) => [name, { type: 'timeinterval', ticks }]),
);

/** The members of a timestamp (formula 2.7), by name: months and days count from 1, Monday is 1, Sunday is 0. */
export const TIMESTAMP_MEMBERS: ReadonlyMap<string, (date: Date) => number> = new Map([
  ['year', (date) => date.getUTCFullYear()],
  ['month', (date) => date.getUTCMonth() + 1],
  ['day', (date) => date.getUTCDate()],
  ['weekday', (date) => date.getUTCDay()],
  ['hour', (date) => date.getUTCHours()],
  ['minute', (date) => date.getUTCMinutes()],
  ['second', (date) => date.getUTCSeconds()],
]);

/** A member of a timestamp, or null where there is no such member. */
export function memberOf(timestamp: Timestamp, member: string): number | null {
  const read = TIMESTAMP_MEMBERS.get(member);
  return read === undefined ? null : read(new Date(wholeMs(timestamp.ticks)));
}

/** A timestamp of whole milliseconds since 1970. */
export function timestampOfMs(ms: number): Timestamp {
  return { type: 'timestamp', ticks: BigInt(ms) * TICKS_PER_MS };
}

const FIRST_TICKS = BigInt(Date.parse('0001-01-01T00:00:00.000Z')) * TICKS_PER_MS;
const LAST_TICKS = (BigInt(Date.parse('9999-12-31T23:59:59.999Z')) + 1n) * TICKS_PER_MS - 1n;

/** A timestamp in the years 1 to 9999. */
export function timestamp(ticks: bigint): Timestamp {
  if (ticks < FIRST_TICKS || ticks > LAST_TICKS) throw outOfRange('a timestamp', 'the years 1 to 9999');
  return { type: 'timestamp', ticks };
}

const LONGEST_TICKS = 2n ** 63n - 1n;
const LONGEST_BACK = -LONGEST_TICKS;

/** An interval of at most about 29,000 years. */
export function interval(ticks: bigint): TimeInterval {
  if (ticks > LONGEST_TICKS || ticks < LONGEST_BACK) throw outOfRange('a timeinterval', 'about 29,000 years');
  return { type: 'timeinterval', ticks };
}

/** An interval times a number, to the nearest 100 ns; exact for whole numbers. */
export function scaled(by: number, { ticks }: TimeInterval): TimeInterval {
  return Number.isSafeInteger(by) ? interval(BigInt(by) * ticks) : nearestInterval(by * Number(ticks));
}

/** An interval divided by a number, to the nearest 100 ns. */
export function divided({ ticks }: TimeInterval, by: number): TimeInterval {
  return nearestInterval(Number(ticks) / by);
}

function nearestInterval(ticks: number): TimeInterval {
  // Beyond 2^64 nothing can be in range, and neither NaN nor an infinity has a BigInt.
  if (!(Math.abs(ticks) < 2 ** 64)) throw outOfRange('a timeinterval', 'about 29,000 years');
  return interval(BigInt(Math.round(ticks)));
}

function outOfRange(what: string, range: string): Complaint {
  return new Complaint('BS3026', `${what} lies outside of ${range}`, 'check the numbers that go into it');
}

const W3C = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?(?:Z|([+-])(\d\d):(\d\d)))?)?)?$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const RFC1123 = /^([A-Z][a-z]{2}), (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/;

/**
 * The instant that a time string names, or null: W3C-DTF, whose missing parts are the first instant and whose time of
 * day has a zone, or RFC 1123. More than seven digits of a second are refused, as the service does (formula 3).
 */
export function parseTime(text: string): Timestamp | null {
  const w3c = W3C.exec(text);
  if (w3c !== null) return w3cTime(w3c);
  const [, weekday = '', day, month = '', year, hour, minute, second] = RFC1123.exec(text) ?? [];
  if (year === undefined) return null;
  const ms = civilMs(year, String(MONTHS.indexOf(month) + 1), day, hour, minute, second);
  if (ms === null || new Date(ms).getUTCDay() !== WEEKDAYS.indexOf(weekday)) return null;
  return timestampOfMs(ms);
}

function w3cTime(parts: RegExpExecArray): Timestamp | null {
  const [, year = '', month, day, hour, minute, second, fraction = '', sign, zoneHour = '0', zoneMinute = '0'] = parts;
  const ms = civilMs(year, month, day, hour, minute, second);
  if (ms === null || Number(zoneHour) > 14 || Number(zoneMinute) > 59) return null;
  const offset = BigInt(Number(zoneHour) * 60 + Number(zoneMinute)) * 60n * SECOND;
  const local = BigInt(ms) * TICKS_PER_MS + BigInt(fraction.padEnd(7, '0'));
  const ticks = sign === '-' ? local + offset : local - offset;
  return ticks < FIRST_TICKS || ticks > LAST_TICKS ? null : { type: 'timestamp', ticks };
}

/** Milliseconds since 1970 of a date of the calendar, or null where there is no such date. */
function civilMs(year: string, month = '1', day = '1', hour = '0', minute = '0', second = '0'): number | null {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const [h, min, s] = [Number(hour), Number(minute), Number(second)];
  const date = new Date(0);
  date.setUTCFullYear(y, m - 1, d);
  const isDate = y >= 1 && date.getUTCMonth() === m - 1 && date.getUTCDate() === d;
  if (!isDate || h > 23 || min > 59 || s > 59) return null;
  return date.getTime() + ((h * 60 + min) * 60 + s) * 1000;
}
