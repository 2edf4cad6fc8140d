/**
 * The single values of a scenario as zod schemas: each reads text with a unit into the model's unit, says what is
 * wrong in our words, and describes itself to editors (JSON Schema by `meta`).
 */
import { z } from 'zod';
import { nearest, ok, parseDuration, parseRate, parseShare, parseSize, type Result } from '../../base/index.js';
import type { ScenarioCode } from '../codes.js';

/** A problem in our words, for zod's custom issues. */
export interface Fault {
  readonly message: string;
  readonly hint?: string;
  readonly code?: ScenarioCode;
}

/** What custom issues carry in `params`. `shape` marks that a value is of another kind altogether. */
export interface FaultParams {
  readonly code?: ScenarioCode;
  readonly hint?: string;
  readonly shape?: string;
}

/** What a value may look like to editors. */
type JsonForm = Readonly<Record<string, unknown>>;

/**
 * A scalar read by a function of ours.
 * @param what what is expected, with its article: `a duration such as 90s`
 */
export function leaf<T>(what: string, form: JsonForm, read: (value: string | number | boolean) => Result<T, Fault>) {
  return z
    .custom<string | number | boolean>((value) => ['string', 'number', 'boolean'].includes(typeof value), {
      params: { shape: what } satisfies FaultParams,
    })
    .transform((value, context): T => {
      const result = read(value);
      if (result.ok) return result.value;
      const { message, hint, code } = result.error;
      const params: FaultParams = { ...(hint === undefined ? {} : { hint }), ...(code === undefined ? {} : { code }) };
      context.addIssue({ code: 'custom', message, params: { ...params } });
      return z.NEVER;
    })
    .meta(form);
}

function wrong(message: string, hint?: string, code?: ScenarioCode): Result<never, Fault> {
  return {
    ok: false,
    error: { message, ...(hint === undefined ? {} : { hint }), ...(code === undefined ? {} : { code }) },
  };
}

/** How a value is shown in a message. */
export function shownValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a table' : String(value);
}

/** Any text. A number is taken as it is written, since YAML reads `id: 12` as one. */
export function text(description: string, options: { readonly longest?: number; readonly code?: ScenarioCode } = {}) {
  const { longest = 1024, code } = options;
  return leaf('a text', { type: 'string', maxLength: longest, description }, (value) => {
    if (typeof value === 'boolean') return wrong(`${value} is not a text`, `write it in quotes: "${value}"`, 'BS2004');
    const written = String(value);
    if (written.length > longest)
      return wrong(`the text has ${written.length} characters; at most ${longest} are accepted`, undefined, code);
    return ok(written);
  });
}

/** `true` or `false`. */
export function flag(description: string) {
  return leaf('true or false', { type: 'boolean', description }, (value) => {
    if (typeof value === 'boolean') return ok(value);
    return wrong(`${shownValue(value)} is neither true nor false`, undefined, 'BS2004');
  });
}

/** What a whole number may be, and how a wrong one is reported. */
interface WholeBounds {
  readonly min: number;
  /** Default: the largest of 32 bits. */
  readonly max?: number;
  readonly code?: ScenarioCode;
  /** The range in words. */
  readonly says?: string;
  /** The rule that sets the range, and the code with which Batch would refuse the number. */
  readonly rule?: string;
}

/** A whole number within bounds. */
export function whole(description: string, bounds: WholeBounds) {
  const { min, max = 2_147_483_647, code, says, rule } = bounds;
  const form = { type: 'integer', minimum: min, maximum: max, description };
  return leaf('a whole number', form, (value) => {
    if (typeof value !== 'number') return wrong(`${shownValue(value)} is not a whole number`, undefined, 'BS2004');
    if (Number.isInteger(value) && value >= min && value <= max) return ok(value);
    const range = says ?? `a whole number from ${min}${max === 2_147_483_647 ? '' : ` to ${max}`}`;
    return wrong(`${value} is not ${range}${rule === undefined ? '' : ` (${rule})`}`, undefined, code);
  });
}

/** Any finite number from `min` on. */
export function real(description: string, min = Number.NEGATIVE_INFINITY, exclusive = false) {
  const bound = Number.isFinite(min) ? { [exclusive ? 'exclusiveMinimum' : 'minimum']: min } : {};
  return leaf('a number', { type: 'number', ...bound, description }, (value) => {
    if (typeof value !== 'number' || !Number.isFinite(value))
      return wrong(`${shownValue(value)} is not a number`, undefined, 'BS2004');
    if (value < min || (exclusive && value === min))
      return wrong(`${value} is not ${exclusive ? 'above' : 'at least'} ${min}`);
    return ok(value);
  });
}

/** One of some words; case does not count, as in Batch. */
export function word<const W extends string>(words: readonly W[], description: string) {
  return leaf(
    `one of ${words.join(', ')}`,
    { type: 'string', enum: [...words], description },
    (value): Result<W, Fault> => {
      const known = words.find((candidate) => candidate.toLowerCase() === String(value).toLowerCase());
      if (known !== undefined) return ok(known);
      const near = nearest(String(value), words);
      const hint = near === null ? undefined : `did you mean "${near}"?`;
      return wrong(`${shownValue(value)} is not one of ${words.join(', ')}`, hint);
    },
  );
}

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

/** Anything at all, accepted and without effect in a simulation. */
export function inert(description = 'Accepted as in Batch; no effect in a simulation.') {
  return z.unknown().meta({ description }).optional();
}

/** A table with exactly these keys. */
export const table = z.strictObject;
