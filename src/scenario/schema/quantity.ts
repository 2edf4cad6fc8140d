/**
 * Constants and the eleven distributions of a scenario → `Quantity` in the model's unit. A random quantity is a
 * one-key table that names its distribution, so that editors complete it; a list is one value per attempt.
 */
import { z } from 'zod';
import { ln } from '../../base/index.js';
import { type Clamp, constant, type MixPart, type Quantity, type QuantityPerOccurrence } from '../../model/index.js';
import type { ScenarioCode } from '../codes.js';
import { type FaultParams, leaf, real, table, text } from './leaves.js';
import { readDuration, readShare } from './units.js';

/** 95 % point of the standard normal distribution. */
const Z95 = 1.6448536269514722;
/** `mu` of a log-normal duration is the logarithm of seconds; the model counts ms. */
const LN_1000 = ln(1000);

/** A quantity whose values stand in a file, read when the scenario is built. */
export interface ValuesFile {
  readonly kind: 'file';
  readonly file: string;
  readonly min: number | null;
  readonly max: number | null;
}

/** A part of a mix before its files are read. */
export interface LoosePart {
  readonly weight: number;
  readonly of: LooseQuantity;
}

/** A quantity before its files are read. */
export type LooseQuantity =
  | Quantity
  | ValuesFile
  | (Clamp & { readonly kind: 'loosemix'; readonly parts: readonly LoosePart[] });

/** What a quantity's scalars are: durations become ms, plain numbers stay. */
interface Unit {
  readonly name: 'duration' | 'number';
  /** A value in this unit. */
  readonly value: z.ZodType<number>;
  readonly muShift: number;
}

const DURATION: Unit = {
  name: 'duration',
  value: leaf('a duration such as 90s', { type: 'string', examples: ['90s', '1h30m'] }, readDuration),
  muShift: LN_1000,
};
const NUMBER: Unit = { name: 'number', value: real('a number'), muShift: 0 };

/** One duration, or a distribution of durations. */
export const durationQuantity = quantityOf(DURATION);

/** One duration quantity, or a list of one per attempt. */
export const durations = perOccurrence(
  durationQuantity,
  'A duration, a distribution of durations, or a list of one per attempt.',
);

/** One exit code quantity, `{ 0: 99%, 1: 1% }` included, or a list of one per attempt. */
export const exitCodes = perOccurrence(
  z.union([quantityOf(NUMBER), choice()]).meta({ id: 'exitCodeQuantity' }),
  'An exit code, chances such as { 0: 99%, 1: 1% }, a distribution, or a list of one per attempt.',
);

function perOccurrence(one: z.ZodType<LooseQuantity>, description: string) {
  const many = z.array(one).min(1);
  return z.union([one.transform((quantity) => [quantity]), many]).meta({ description });
}

function quantityOf(unit: Unit): z.ZodType<LooseQuantity> {
  const again: z.ZodType<LooseQuantity> = z.lazy(() => self);
  const self: z.ZodType<LooseQuantity> = z
    .union([unit.value.transform((value): LooseQuantity => constant(value)), distribution(unit, again)])
    .meta({ id: `${unit.name}Quantity` });
  return self;
}

function distribution(unit: Unit, again: z.ZodType<LooseQuantity>): z.ZodType<LooseQuantity> {
  const value = unit.value;
  const bounds = { min: value.optional(), max: value.optional() };
  const positive = real('above 0', 0, true);
  const kinds = {
    constant: value.optional().meta({ description: 'The same value every time.' }),
    uniform: table({ low: value.optional(), high: value.optional(), ...bounds })
      .optional()
      .meta({ description: 'Every value from low to high alike.' }),
    exponential: table({ mean: value, ...bounds }).optional(),
    poisson: table({ mean: value, ...bounds }).optional(),
    normal: table({ mean: value, sd: value, ...bounds }).optional(),
    lognormal: table({
      median: value.optional(),
      p95: value.optional(),
      mu: real('Mean of the logarithm; for durations of their seconds.').optional(),
      sigma: real('Standard deviation of the logarithm.', 0).optional(),
      ...bounds,
    })
      .optional()
      .meta({ description: 'median and p95, or mu and sigma.' }),
    weibull: table({ scale: value, shape: positive, ...bounds }).optional(),
    gamma: table({ shape: positive, scale: value, ...bounds }).optional(),
    pareto: table({ scale: value, shape: positive, ...bounds }).optional(),
    empirical: table({
      values: z.array(value).min(1).optional(),
      file: text('A file of values.').optional(),
      ...bounds,
    }).optional(),
    mix: z
      .union([
        z
          .array(mixPart(again))
          .min(1)
          .transform((parts) => ({ parts, min: undefined, max: undefined })),
        table({ parts: z.array(mixPart(again)).min(1), ...bounds }),
      ])
      .optional(),
  };
  return table(kinds).transform((given, context) => toQuantity(given, unit, new Faults(context)));
}

function mixPart(again: z.ZodType<LooseQuantity>) {
  return table({
    weight: z.union([leaf('a weight such as 3 or 30%', { type: ['number', 'string'] }, readWeight)]),
    of: again,
  });
}

function readWeight(value: string | number | boolean) {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return { ok: true, value } as const;
  return readShare(value);
}

type Bounds = { readonly min?: number | undefined; readonly max?: number | undefined };

/** What the table of distributions holds after zod has checked its shape. */
interface Given {
  readonly constant?: number | undefined;
  readonly uniform?: (Bounds & { low?: number | undefined; high?: number | undefined }) | undefined;
  readonly exponential?: (Bounds & { mean: number }) | undefined;
  readonly poisson?: (Bounds & { mean: number }) | undefined;
  readonly normal?: (Bounds & { mean: number; sd: number }) | undefined;
  readonly lognormal?:
    | (Bounds & {
        median?: number | undefined;
        p95?: number | undefined;
        mu?: number | undefined;
        sigma?: number | undefined;
      })
    | undefined;
  readonly weibull?: (Bounds & { scale: number; shape: number }) | undefined;
  readonly gamma?: (Bounds & { shape: number; scale: number }) | undefined;
  readonly pareto?: (Bounds & { scale: number; shape: number }) | undefined;
  readonly empirical?: (Bounds & { values?: number[] | undefined; file?: string | undefined }) | undefined;
  readonly mix?: (Bounds & { parts: LoosePart[] }) | undefined;
}

/** Adds our own issues below the table of distributions. */
class Faults {
  readonly #context: z.core.$RefinementCtx;

  constructor(context: z.core.$RefinementCtx) {
    this.#context = context;
  }

  add(path: readonly string[], message: string, code: ScenarioCode = 'BS2015'): LooseQuantity {
    const params: FaultParams = { code };
    this.#context.addIssue({ code: 'custom', path: [...path], message, params: { ...params } });
    return constant(0);
  }
}

function toQuantity(given: Given, unit: Unit, faults: Faults): LooseQuantity {
  const names = (Object.keys(given) as (keyof Given)[]).filter((name) => given[name] !== undefined);
  if (names.length !== 1) {
    const found = names.length === 0 ? 'none' : names.join(' and ');
    return faults.add([], `one distribution is expected here, and there is ${found}`, 'BS2013');
  }
  const name = names[0] as keyof Given;
  if (name === 'constant') return constant(given.constant as number);
  const { min = null, max = null } = given[name] as Bounds;
  if (min !== null && max !== null && min > max) return faults.add([name], 'min lies above max');
  return build(name, given, unit, { min, max }, faults);
}

function build(
  name: Exclude<keyof Given, 'constant'>,
  given: Given,
  unit: Unit,
  clamp: Clamp,
  faults: Faults,
): LooseQuantity {
  switch (name) {
    case 'uniform':
      return uniform(given.uniform as NonNullable<Given['uniform']>, clamp, faults);
    case 'exponential':
    case 'poisson':
      return withMean(name, (given[name] as { mean: number }).mean, clamp, faults);
    case 'normal': {
      const { mean, sd } = given.normal as { mean: number; sd: number };
      return sd < 0
        ? faults.add([name, 'sd'], 'a standard deviation is not negative')
        : { kind: name, mean, sd, ...clamp };
    }
    case 'lognormal':
      return logNormal(given.lognormal as NonNullable<Given['lognormal']>, unit, clamp, faults);
    case 'weibull':
    case 'gamma':
    case 'pareto': {
      const { scale, shape } = given[name] as { scale: number; shape: number };
      return scale > 0
        ? { kind: name, scale, shape, ...clamp }
        : faults.add([name, 'scale'], 'the scale must be above 0');
    }
    case 'empirical':
      return empirical(given.empirical as NonNullable<Given['empirical']>, clamp, faults);
    case 'mix':
      return mix((given.mix as { parts: LoosePart[] }).parts, clamp, faults);
  }
}

function uniform(given: NonNullable<Given['uniform']>, clamp: Clamp, faults: Faults): LooseQuantity {
  const low = given.low ?? clamp.min;
  const high = given.high ?? clamp.max;
  if (low === null || high === null) return faults.add(['uniform'], 'uniform needs low and high', 'BS2006');
  return low > high ? faults.add(['uniform'], 'low lies above high') : { kind: 'uniform', low, high, ...clamp };
}

function withMean(kind: 'exponential' | 'poisson', mean: number, clamp: Clamp, faults: Faults): LooseQuantity {
  return mean >= 0 ? { kind, mean, ...clamp } : faults.add([kind, 'mean'], 'the mean must not be negative');
}

function logNormal(given: NonNullable<Given['lognormal']>, unit: Unit, clamp: Clamp, faults: Faults): LooseQuantity {
  const { median, p95, mu, sigma } = given;
  const path = ['lognormal'];
  if (mu !== undefined && sigma !== undefined && median === undefined && p95 === undefined) {
    return { kind: 'lognormal', mu: mu + unit.muShift, sigma, ...clamp };
  }
  if (median === undefined || p95 === undefined || mu !== undefined || sigma !== undefined) {
    return faults.add(path, 'lognormal needs median and p95, or mu and sigma', 'BS2013');
  }
  if (median <= 0) return faults.add([...path, 'median'], 'the median must be above 0');
  if (p95 < median) return faults.add([...path, 'p95'], 'p95 lies below the median');
  return { kind: 'lognormal', mu: ln(median), sigma: (ln(p95) - ln(median)) / Z95, ...clamp };
}

function empirical(given: NonNullable<Given['empirical']>, clamp: Clamp, faults: Faults): LooseQuantity {
  if ((given.values === undefined) === (given.file === undefined)) {
    return faults.add(['empirical'], 'empirical needs values or file', 'BS2013');
  }
  if (given.file !== undefined) return { kind: 'file', file: given.file, ...clamp };
  return { kind: 'empirical', values: Float64Array.from(given.values as number[]), ...clamp };
}

function mix(parts: readonly LoosePart[], clamp: Clamp, faults: Faults): LooseQuantity {
  const used = parts.filter((part) => part.weight > 0);
  if (used.length === 0) return faults.add(['mix'], 'the weights sum to nothing');
  if (used.every((part): part is MixPart => part.of.kind !== 'file' && part.of.kind !== 'loosemix')) {
    return { kind: 'mix', parts: used, ...clamp };
  }
  return { kind: 'loosemix', parts: used, ...clamp };
}

/** `{ 0: 99%, 1: 1% }`: chances of whole numbers, which sum to the whole. */
function choice(): z.ZodType<LooseQuantity> {
  const key = z.string().regex(/^-?\d{1,10}$/);
  const chance = leaf('a share such as 1%', { type: ['string', 'number'], examples: ['1%'] }, readShare);
  return z
    .record(key, chance)
    .transform((chances, context) => {
      const faults = new Faults(context);
      const entries = Object.entries(chances).map(([value, weight]) => ({ value: Number(value), weight }));
      const total = entries.reduce((sum, { weight }) => sum + weight, 0);
      if (Math.abs(total - 1) > 1e-6) {
        return faults.add([], `the chances sum to ${Math.round(total * 1e6) / 1e4} %, not to 100 %`);
      }
      return mix(
        entries.map(({ value, weight }) => ({ weight, of: constant(value) })),
        { min: null, max: null },
        faults,
      );
    })
    .meta({ description: 'Chances of exit codes: { 0: 99%, 1: 1% }.' });
}

/** Type of what {@link durations} and {@link exitCodes} give: never empty. */
export type LooseQuantities = readonly LooseQuantity[];

/** The quantities with their files read by `valuesOf`, which gives null after a problem. */
export function settled(
  loose: LooseQuantities,
  valuesOf: (file: string) => Float64Array | null,
): QuantityPerOccurrence {
  return loose.map((quantity) => settle(quantity, valuesOf)) as unknown as QuantityPerOccurrence;
}

function settle(loose: LooseQuantity, valuesOf: (file: string) => Float64Array | null): Quantity {
  if (loose.kind === 'file') {
    const values = valuesOf(loose.file);
    return values === null ? constant(0) : { kind: 'empirical', values, min: loose.min, max: loose.max };
  }
  if (loose.kind !== 'loosemix') return loose;
  const parts = loose.parts.map((part) => ({ weight: part.weight, of: settle(part.of, valuesOf) }));
  return { kind: 'mix', parts, min: loose.min, max: loose.max };
}
