/** The queues that are compared with theory: M/M/c with Erlang C, M/G/1 with Pollaczek and Khinchine. */
import { ln } from '../../src/base/index.js';
import { type Quantity, UNCLAMPED } from '../../src/model/index.js';
import { type Prediction, predictMG1, predictMMc } from './formulas.js';
import { MEAN_SERVICE_MS, type Queue } from './queue.js';

/** One queue and what theory says of it. */
export interface TheoryCase {
  /** `M/M/10 at 0.80`; part of the seed, so it stays. */
  readonly name: string;
  readonly queue: Queue;
  /** Times in ms. */
  readonly predicted: Prediction;
  /** Tasks of one replication: long ones for `npm run theory`, short ones for the tests. */
  readonly tasks: { readonly full: number; readonly small: number };
}

/** Distributions of service, in the order in which they are printed. */
export const SERVICE_NAMES = ['deterministic', 'exponential', 'lognormal'] as const;
type ServiceName = (typeof SERVICE_NAMES)[number];

/** Each has the mean of all. */
export const SERVICES = {
  deterministic: { kind: 'constant', value: MEAN_SERVICE_MS },
  exponential: { ...UNCLAMPED, kind: 'exponential', mean: MEAN_SERVICE_MS },
  lognormal: { ...UNCLAMPED, kind: 'lognormal', mu: ln(MEAN_SERVICE_MS) - 0.5, sigma: 1 },
} as const satisfies Record<ServiceName, Quantity>;

/**
 * Mean of the square over the square of the mean, by the definition of each distribution: 1 + squared coefficient of
 * variation.
 */
export const SQUARE_RATIOS: Readonly<Record<ServiceName, number>> = {
  deterministic: 1,
  exponential: 2,
  lognormal: Math.E,
};

/**
 * Loads, and how many tasks make a replication. What a queue remembers grows with 1 ÷ (1 − √load)²: 12, 90 and 1,560
 * mean services of one node, and so must the lengths, or the means of replications would depend on luck at a few bursts.
 */
const LOADS = [
  { load: 0.5, tasks: { full: 50_000, small: 2_500 } },
  { load: 0.8, tasks: { full: 150_000, small: 7_500 } },
  { load: 0.95, tasks: { full: 400_000, small: 20_000 } },
] as const;

/** Of a hundred nodes at load 0.8 one task in fifty waits; there it takes longer replications to see enough of them. */
const RARE_WAITS = { full: 600_000, small: 30_000 };

const NODE_COUNTS = [1, 10, 100] as const;

/** M/M/c, in the order in which they are printed. */
export const MMC_CASES: readonly TheoryCase[] = NODE_COUNTS.flatMap((nodes) =>
  LOADS.map(({ load, tasks }) => ({
    name: `M/M/${nodes} at ${load.toFixed(2)}`,
    queue: { nodes, load, service: SERVICES.exponential },
    predicted: predictMMc(nodes, load, MEAN_SERVICE_MS),
    tasks: nodes === 100 && load === 0.8 ? RARE_WAITS : tasks,
  })),
);

/** M/G/1, in the order in which they are printed. */
export const MG1_CASES: readonly TheoryCase[] = SERVICE_NAMES.flatMap((name) =>
  LOADS.map(({ load, tasks }) => ({
    name: `M/G/1 ${name} at ${load.toFixed(2)}`,
    queue: { nodes: 1, load, service: SERVICES[name] },
    predicted: predictMG1(load, { mean: MEAN_SERVICE_MS, secondMoment: SQUARE_RATIOS[name] * MEAN_SERVICE_MS ** 2 }),
    tasks,
  })),
);
