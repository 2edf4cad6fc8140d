/**
 * The schema of a state that a formula is tried on: what it would see of a pool, written by hand. Metrics stand without
 * their `$`, or with it; times count from `start`.
 */
import { z } from 'zod';
import { SERVICE_VARIABLES } from '../../autoscale/index.js';
import { ok, parseInstant, parseMoment } from '../../base/index.js';
import { leaf, real, table, whole, wrong } from '../schema/leaves.js';
import { duration } from '../schema/units.js';

const STATE_METRICS: readonly string[] = [...SERVICE_VARIABLES.values()].flatMap(({ kind, name }) =>
  kind === 'metric' ? [name.slice(1)] : [],
);

/** A time of a state, kept as text until the start is known. */
const stateMoment = leaf(
  'a time such as 30s, 3:10 or 2026-01-05T08:00:00Z',
  { type: 'string', examples: ['30s', '3:10', '2026-01-05T08:00:00Z'] },
  (value) => {
    const text = String(value);
    const read = parseMoment(text, Number.NEGATIVE_INFINITY); // it counts from a start that is not known yet
    return read.ok ? ok(text) : wrong(read.error, 'write 30s, 10m, 3:10 or an ISO time');
  },
);

/** The evaluation time. */
export const stateTime = stateMoment.meta({ description: 'When the formula is evaluated.' });

const sample = z.tuple([stateMoment, real('The value of the sample.')], { error: 'a sample is [time, value]' });
const run = table({
  values: z.array(real('A value.')).min(1),
  from: stateMoment.optional().meta({ description: 'Time of the first; default: the start.' }),
  every: duration('Time from one to the next; default 30s.').optional(),
});
const series = z.union([real('It has had this value all the time, with a sample every 30 s.'), z.array(sample), run]);

const metrics = Object.fromEntries(
  STATE_METRICS.flatMap((name) => [name, `$${name}`].map((key) => [key, series.optional()])),
) as Record<string, z.ZodOptional<typeof series>>;

/** The schema of a state. */
export const state = table({
  ...metrics,
  start: leaf('an ISO 8601 time', { type: 'string', examples: ['2026-01-05T00:00:00Z'] }, (value) => {
    const read = parseInstant(String(value));
    return read.ok ? ok(String(value)) : wrong(read.error, 'write 2026-01-05T00:00:00Z');
  })
    .optional()
    .meta({ description: 'What other times count from; default 2026-01-01T00:00:00Z.' }),
  now: stateTime.optional(),
  TargetDedicatedNodes: whole('Target before the evaluation; default 0.', { min: 0 }).optional(),
  TargetLowPriorityNodes: whole('Target before the evaluation; default 0.', { min: 0 }).optional(),
  taskSlotsPerNode: whole('The same as TaskSlotsPerNode; default 1.', { min: 1 }).optional(),
  sampleDelay: duration('How old a sample must be before it can be read; default 0s (ASC-07).').optional(),
  seed: leaf('a number or a text', { type: ['integer', 'string'] }, (value) => ok(String(value)))
    .optional()
    .meta({ description: 'What rand() draws from; default 1.' }),
}).meta({ id: 'formulaState', description: 'What the formula sees.' });

/** What a metric may be given as: a value, samples, or values at equal distances. */
export type GivenSeries = z.infer<typeof series>;
/** A state as it was written. */
export type GivenState = z.infer<typeof state>;
