/**
 * Quantities with units, as people write them in scenarios and read them in reports. Readers return whole
 * milliseconds, whole bytes or plain fractions, or a sentence that says what is wrong; a bare number is never taken
 * for a time. Writers know no locale.
 */
import { err, ok, type Result } from './result.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const TIME_UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: SECOND,
  sec: SECOND,
  m: MINUTE,
  min: MINUTE,
  h: HOUR,
  hour: HOUR,
  d: DAY,
  day: DAY,
};

/** Longest duration read, in ms: Batch's own "infinite" (P10675199DT2H48M5.4775807S) just fits. */
export const LONGEST_DURATION_MS = 922_337_203_685_478;

/** Numbers without sign, as they stand before a unit. */
const NUMBER = String.raw`\d{1,16}(?:\.\d{1,9})?`;
const TERMS = new RegExp(`^(?:${NUMBER} ?(?:ms|s|m|h|d) ?){1,5}$`);
const TERM = new RegExp(`(${NUMBER}) ?(ms|s|m|h|d)`, 'g');
const ISO_DURATION = new RegExp(
  `^P(?:(${NUMBER})Y)?(?:(${NUMBER})M)?(?:(${NUMBER})W)?(?:(${NUMBER})D)?(?:T(?:(${NUMBER})H)?(?:(${NUMBER})M)?(?:(${NUMBER})S)?)?$`,
);
/** A year is 365 days and a month 30, as the Batch clients read them. */
const ISO_UNITS = [365 * DAY, 30 * DAY, 7 * DAY, DAY, HOUR, MINUTE, SECOND] as const;
const CLOCK = /^(?:(\d{1,8}) days?, )?(\d{1,8}):(\d\d)(?::(\d\d(?:\.\d{1,9})?))?$/;

/** Reads `90s`, `1h30m`, `250ms`, `2d`, `PT1H30M`, `P1D` or `0:15:00` as whole milliseconds (halves go up). */
export function parseDuration(text: string): Result<number, string> {
  const trimmed = text.trim();
  if (/^[+-]?\d+(\.\d+)?$/.test(trimmed)) return err(`"${trimmed}" has no unit`);
  if (trimmed.startsWith('-')) return err(`"${shown(trimmed)}" is negative, and a duration is not`);
  const ms = sumOfTerms(trimmed) ?? isoDuration(trimmed) ?? clockTime(trimmed);
  if (ms === null) return err(`"${shown(trimmed)}" is not a duration`);
  const rounded = Math.floor(ms + 0.5);
  if (rounded > LONGEST_DURATION_MS) return err(`"${shown(trimmed)}" is longer than Batch can express`);
  return ok(rounded);
}

function sumOfTerms(text: string): number | null {
  if (!TERMS.test(text)) return null;
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(TERM)) sum += Number(amount) * (TIME_UNITS[unit as string] as number);
  return sum;
}

function isoDuration(text: string): number | null {
  const parts = ISO_DURATION.exec(text.toUpperCase());
  if (parts === null || parts.slice(1).every((part) => part === undefined)) return null;
  return ISO_UNITS.reduce((sum, unit, i) => sum + Number(parts[i + 1] ?? 0) * unit, 0);
}

function clockTime(text: string): number | null {
  const parts = CLOCK.exec(text);
  if (parts === null || Number(parts[3]) > 59 || Number(parts[4] ?? 0) >= 60) return null;
  return (
    Number(parts[1] ?? 0) * DAY + Number(parts[2]) * HOUR + Number(parts[3]) * MINUTE + Number(parts[4] ?? 0) * SECOND
  );
}

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(Z|z|[+-]\d\d:?\d\d)?$/;

/** Reads an ISO 8601 instant as Unix time in ms; without a zone it is UTC. */
export function parseInstant(text: string): Result<number, string> {
  const parts = INSTANT.exec(text.trim());
  if (parts === null) return err(`"${shown(text)}" is not an ISO 8601 time`);
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const midnight = Date.UTC(year, month - 1, day);
  const lastDay = month === 12 ? 31 : (Date.UTC(year, month, 1) - Date.UTC(year, month - 1, 1)) / DAY;
  if (month < 1 || month > 12 || day < 1 || day > lastDay || hour > 23 || minute > 59 || second > 59) {
    return err(`"${shown(text)}" is not a time that exists`);
  }
  const fraction = Math.floor(Number(`0.${parts[7] ?? '0'}`) * SECOND + 0.5);
  return ok(midnight + hour * HOUR + minute * MINUTE + second * SECOND + fraction - zoneMs(parts[8]));
}

function zoneMs(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '');
  const size = Number(digits.slice(0, 2)) * HOUR + Number(digits.slice(2)) * MINUTE;
  return zone.startsWith('-') ? -size : size;
}

/** Reads a time of a scenario, `+2h`, `2h` or an ISO instant, as ms from its start at Unix time `epochMs`. */
export function parseOffset(text: string, epochMs: number): Result<number, string> {
  const trimmed = text.trim();
  if (/^\d{4}-/.test(trimmed)) {
    const instant = parseInstant(trimmed);
    if (!instant.ok) return instant;
    if (instant.value < epochMs) return err(`${trimmed} lies before the start of the scenario`);
    return ok(instant.value - epochMs);
  }
  return parseDuration(trimmed.startsWith('+') ? trimmed.slice(1) : trimmed);
}

/** Reads a moment of a run: `3:10`, `03:10:24` (hours first), `+2h` or an ISO instant, as ms from the start. */
export function parseMoment(text: string, epochMs: number): Result<number, string> {
  const clock = clockTime(text.trim());
  return clock === null ? parseOffset(text, epochMs) : ok(Math.floor(clock + 0.5));
}

const SIZE = new RegExp(`^(${NUMBER}) ?([KMGTP]i?)?B$`);
const SIZE_POWERS = ['', 'K', 'M', 'G', 'T', 'P'];

/** Reads `8GiB` (powers of 1024) or `200MB` (powers of 1000) as whole bytes. */
export function parseSize(text: string): Result<number, string> {
  const parts = SIZE.exec(text.trim());
  if (parts === null) {
    if (/^\d+(\.\d+)?$/.test(text.trim())) return err(`"${text.trim()}" has no unit`);
    return err(`"${shown(text)}" is not a size`);
  }
  const prefix = parts[2] ?? '';
  const bytes = Number(parts[1]) * (prefix.endsWith('i') ? 1024 : 1000) ** SIZE_POWERS.indexOf(prefix.slice(0, 1));
  return bytes > Number.MAX_SAFE_INTEGER ? err(`"${shown(text)}" is too large`) : ok(Math.floor(bytes + 0.5));
}

const RATE = new RegExp(`^(${NUMBER}) ?(%?) ?/ ?(${NUMBER})? ?(ms|s|sec|m|min|h|hour|d|day)$`);

/** Reads `12/h`, `3%/h` or `1/30s` as a number per millisecond. */
export function parseRate(text: string): Result<number, string> {
  const parts = RATE.exec(text.trim());
  if (parts === null) {
    if (/^\d+(\.\d+)?$/.test(text.trim())) return err(`"${text.trim()}" does not say per what`);
    return err(`"${shown(text)}" is not a rate`);
  }
  const period = Number(parts[3] ?? 1) * (TIME_UNITS[parts[4] as string] as number);
  if (period === 0) return err(`"${shown(text)}" divides by no time`);
  return ok((Number(parts[1]) * (parts[2] === '%' ? 0.01 : 1)) / period);
}

/** Reads `100MB/s` or `1GiB/min` as bytes per millisecond. */
export function parseBandwidth(text: string): Result<number, string> {
  const [amount = '', period, ...rest] = text.split('/');
  const bytes = parseSize(amount);
  const ms = TIME_UNITS[(period ?? '').trim()];
  if (period === undefined && bytes.ok) return err(`"${shown(text)}" does not say per what`);
  if (!bytes.ok || ms === undefined || rest.length > 0) return err(`"${shown(text)}" is not a bandwidth`);
  return ok(bytes.value / ms);
}

/** Reads `5%` or `0.05` as a fraction from 0 to 1. */
export function parseShare(text: string): Result<number, string> {
  const parts = new RegExp(`^(${NUMBER}) ?(%?)$`).exec(text.trim());
  if (parts === null) return err(`"${shown(text)}" is not a share`);
  const share = parts[2] === '%' ? Number(parts[1]) / 100 : Number(parts[1]);
  return share > 1 ? err(`"${shown(text)}" is more than the whole`) : ok(share);
}

/** A duration as scenarios write it, exactly: `1h30m`, `250ms`; {@link parseDuration} reads it back. */
export function durationText(ms: number): string {
  let left = ms;
  let text = '';
  for (const [unit, size] of [
    ['d', DAY],
    ['h', HOUR],
    ['m', MINUTE],
    ['s', SECOND],
    ['ms', 1],
  ] as const) {
    const count = Math.floor(left / size);
    if (count > 0) text += `${count}${unit}`;
    left -= count * size;
  }
  return text === '' ? '0s' : text;
}

/** A duration for people, to about three digits: `250 ms`, `12.3 s`, `1m 04s`, `6h 12m`, `3d 04h`. */
export function formatDuration(ms: number): string {
  if (ms < 0) return `-${formatDuration(-ms)}`;
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${trimZero((ms / SECOND).toFixed(1))} s`;
  const seconds = Math.round(ms / SECOND);
  if (seconds < 3600) return twoParts(Math.floor(seconds / 60), 'm', seconds % 60, 's');
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 48 * 60) return twoParts(Math.floor(minutes / 60), 'h', minutes % 60, 'm');
  const hours = Math.round(ms / HOUR);
  return twoParts(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function twoParts(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit} ${String(small).padStart(2, '0')}${smallUnit}`;
}

function trimZero(text: string): string {
  return text.endsWith('.0') ? text.slice(0, -2) : text;
}

/** Bytes for people, in powers of 1024: `512 B`, `8 GiB`, `1.5 MiB`. */
export function formatBytes(bytes: number): string {
  let amount = bytes;
  let power = 0;
  while (amount >= 1024 && power < 5) {
    amount /= 1024;
    power += 1;
  }
  return power === 0 ? `${amount} B` : `${trimZero(amount.toFixed(1))} ${SIZE_POWERS[power]}iB`;
}

/** US dollars for people: cents, and up to six decimals for amounts below one cent. */
export function formatUsd(usd: number): string {
  const digits = usd !== 0 && Math.abs(usd) < 0.01 ? 6 : 2;
  return `${usd < 0 ? '-' : ''}$${grouped(Math.abs(usd).toFixed(digits))}`;
}

/** A count for people, with commas between thousands. */
export function formatCount(count: number): string {
  return grouped(String(count));
}

/** A fraction for people: `81.3 %`. */
export function formatShare(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`;
}

function grouped(digits: string): string {
  const [whole = '', rest] = digits.split('.');
  const withCommas = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return rest === undefined ? withCommas : `${withCommas}.${rest}`;
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
