/**
 * The single values of a scenario as zod schemas: each says what is wrong in our words, and describes itself to editors
 * (JSON Schema by `meta`). Those with a unit are in `units.ts`.
 */
import { z } from 'zod';
import { nearest, ok, type Result } from '../../base/index.js';
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

/** A value that is not good, with what to do about it. */
export function wrong(message: string, hint?: string, code?: ScenarioCode): Result<never, Fault> {
  return {
    ok: false,
    error: { message, ...(hint === undefined ? {} : { hint }), ...(code === undefined ? {} : { code }) },
  };
}

/** Characters of a text whose bound is Batch's. */
export const LONGEST_TEXT = 100_000;

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
}

/** A whole number within bounds. */
export function whole(description: string, bounds: WholeBounds) {
  const { min, max = 2_147_483_647, code, says } = bounds;
  const form = { type: 'integer', minimum: min, maximum: max, description };
  return leaf('a whole number', form, (value) => {
    if (typeof value !== 'number') return wrong(`${shownValue(value)} is not a whole number`, undefined, 'BS2004');
    if (Number.isInteger(value) && value >= min && value <= max) return ok(value);
    const range = says ?? `a whole number from ${min}${max === 2_147_483_647 ? '' : ` to ${max}`}`;
    return wrong(`${value} is not ${range}`, undefined, code);
  });
}

/**
 * A whole number whose bounds are Batch's. Editors are shown them; here every whole number passes, since what Batch
 * refuses is an error in the file itself but the outcome of an action (ERR-04): builders tell the two apart.
 */
export function count(description: string, bounds: { readonly min: number; readonly max?: number }) {
  const form = { type: 'integer', minimum: bounds.min, maximum: bounds.max ?? 2_147_483_647, description };
  return leaf('a whole number', form, (value) => {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return ok(value);
    return wrong(`${shownValue(value)} is not a whole number`, undefined, 'BS2004');
  });
}

/** `displayName`; how long it may be is told by builders. */
export function displayName() {
  return text('For people; at most 1,024 characters.', { longest: LONGEST_TEXT }).meta({ maxLength: 1024 });
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

/** Anything at all, accepted and without effect in a simulation. */
export function inert(description = 'Accepted as in Batch; no effect in a simulation.') {
  return z.unknown().meta({ description }).optional();
}

/** A table with exactly these keys. */
export const table = z.strictObject;
