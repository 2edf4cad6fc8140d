/** The values of a scenario that have a unit, read into the unit of the model: ms, bytes, shares and rates per ms. */
import { ok, parseBandwidth, parseDuration, parseRate, parseShare, parseSize, type Result } from '../../base/index.js';
import { type Fault, leaf, wrong } from './leaves.js';

/** What durations look like to editors. */
const DURATION_FORM = { type: 'string', examples: ['90s', '1h30m', 'PT1H30M'] };

/** A duration in whole ms. */
export function duration(description: string) {
  return leaf('a duration such as 90s or 1h30m', { ...DURATION_FORM, description }, readDuration);
}

/** Reads a duration with its unit, in ms. */
export function readDuration(value: string | number | boolean): Result<number, Fault> {
  const read = parseDuration(String(value));
  if (read.ok) return read;
  return wrong(read.error, durationHint(value));
}

function durationHint(value: string | number | boolean): string {
  const bare = /^\d+(\.\d+)?$/.test(String(value).trim());
  return bare
    ? `write ${value}s for seconds, ${value}m for minutes or ${value}h for hours`
    : 'write 90s, 1h30m, 2d or PT1H30M';
}

/** A rate per ms. */
export function rate(description: string) {
  return leaf('a rate such as 12/h', { type: 'string', examples: ['12/h', '3/30s'], description }, (value) => {
    const read = parseRate(String(value));
    return read.ok ? read : wrong(read.error, 'write 12/h, 5/min or 1/30s');
  });
}

/** A share from 0 to 1. */
export function share(description: string) {
  return leaf('a share such as 5%', { type: ['string', 'number'], examples: ['5%', 0.05], description }, readShare);
}

/** Reads a percentage or a fraction. */
export function readShare(value: string | number | boolean): Result<number, Fault> {
  const read = parseShare(String(value));
  return read.ok ? read : wrong(read.error, 'write 5% or 0.05');
}

/** A size in bytes. */
export function size(description: string) {
  return leaf('a size such as 8GiB', { type: 'string', examples: ['8GiB', '200MB'], description }, (value) => {
    const read = parseSize(String(value));
    return read.ok ? read : wrong(read.error, 'write 8GiB (powers of 1024) or 200MB (powers of 1000)');
  });
}

/** A time of the scenario, kept as text until the start of its clock is known. */
export function moment(description: string) {
  const form = { type: 'string', examples: ['+2h', '2026-01-05T08:00:00Z'], description };
  return leaf('a time such as +2h or 2026-01-05T08:00:00Z', form, (value) => {
    if (typeof value === 'string') return ok(value);
    return wrong(`"${value}" has no unit`, durationHint(value));
  });
}

/** A time after something else began, in ms: `+30s` or `30s`. */
export function offset(description: string) {
  return leaf('an offset such as +30s', { type: 'string', examples: ['+30s'], description }, (value) =>
    readDuration(typeof value === 'string' ? value.trim().replace(/^\+/, '') : value),
  );
}

/** How much is transferred in how long, in bytes per ms. */
export function bandwidth(description: string) {
  const form = { type: 'string', examples: ['100MB/s', '1GiB/s'], description };
  return leaf('a bandwidth such as 100MB/s', form, (value) => {
    const read = parseBandwidth(String(value));
    if (!read.ok) return wrong(read.error, 'write 100MB/s or 1GiB/s');
    return read.value > 0 ? read : wrong(`"${value}" moves nothing`);
  });
}

/** A duration in ms, or null for the word `none`. */
export function durationOrNone(description: string) {
  const form = { type: 'string', examples: ['180d', 'none'], description };
  return leaf('a duration or none', form, (value): Result<number | null, Fault> => {
    if (value === 'none') return ok(null);
    const read = parseDuration(String(value));
    return read.ok ? read : wrong(`${JSON.stringify(value)} is neither a duration nor none`, 'write 180d, or none');
  });
}
