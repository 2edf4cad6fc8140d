/** When jobs and tasks come: `at`, `poisson`, `phases`, `every` or `trace`, with optional bounds beside it. */
import { z } from 'zod';
import { parseRate } from '../../base/index.js';
import { type FaultParams, leaf, table, text, whole } from './leaves.js';
import { duration, moment, rate, readDuration } from './units.js';

const bounds = {
  from: moment('Nothing comes before this time; default: from the start.').optional(),
  until: moment('Nothing comes after this time.').optional(),
  for: duration('Nothing comes later than so long after `from`.').optional(),
  count: whole('At most so many come.', { min: 1 }).optional(),
};

const phase = table({
  for: duration('Length of the phase.'),
  rate: rate('How many come in how long, at its beginning.'),
  rampTo: rate('The rate at its end; without it the rate is steady.').optional(),
});

const steadyRate = leaf('a rate such as 12/h', { type: 'string', examples: ['12/h'] }, (value) => {
  const read = parseRate(String(value));
  return read.ok ? read : { ok: false, error: { message: read.error, hint: 'write 12/h, 5/min or 1/30s' } };
});

const interval = leaf('a duration such as 10m', { type: 'string', examples: ['10m'] }, readDuration);

/** An arrival as it stands in a scenario; times are still texts, since they may count from `clock.start`. */
export const arrival = table({
  at: moment('All at once, at this time.').optional(),
  poisson: z
    .union([steadyRate.transform((ratePerMs) => ({ rate: ratePerMs })), table({ rate: steadyRate, ...bounds })])
    .optional()
    .meta({ description: 'A Poisson process: 12/h, or { rate: 12/h, from, until, for, count }.' }),
  phases: z.array(phase).min(1).optional().meta({ description: 'Poisson processes one after another, with ramps.' }),
  every: z
    .union([interval.transform((ms) => ({ interval: ms })), table({ interval, ...bounds })])
    .optional()
    .meta({ description: 'One each so long: 10m, or { interval: 10m, from, until, for, count }.' }),
  trace: z
    .union([
      leaf('a path', { type: 'string' }, (value) => ({ ok: true, value: String(value) })).transform((file) => ({
        file,
      })),
      table({ file: text('A file with one arrival a line.'), timeScale: scale().optional() }),
    ])
    .optional()
    .meta({ description: 'A file with one arrival a line: seconds from the start, a duration, or a column submit_s.' }),
  ...bounds,
}).superRefine((given, context) => {
  const kinds = (['at', 'poisson', 'phases', 'every', 'trace'] as const).filter((kind) => given[kind] !== undefined);
  if (kinds.length === 1) return;
  const found = kinds.length === 0 ? 'none' : kinds.join(' and ');
  const params: FaultParams = { code: 'BS2013' };
  const message = `an arrival is one of at, poisson, phases, every and trace, and there is ${found}`;
  context.addIssue({ code: 'custom', message, params: { ...params } });
});

/** What {@link arrival} gives. */
export type GivenArrival = z.infer<typeof arrival>;

/** A factor on times. */
export function scale() {
  const form = { type: 'number', exclusiveMinimum: 0, description: 'Factor on all times of the trace.' };
  return leaf('a factor such as 0.5', form, (value) => {
    if (typeof value === 'number' && value > 0 && value <= 1e6) return { ok: true, value };
    return { ok: false, error: { message: `${value} is not a factor above 0` } };
  });
}
