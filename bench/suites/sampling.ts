/** A keyed draw of each kind of quantity, as the engine takes one for every attempt. */
import { Uniforms } from '../../src/base/index.js';
import { constant, type Quantity, sample, UNCLAMPED } from '../../src/model/index.js';
import { type BenchCase, digestOf } from '../case.js';

const QUANTITIES: readonly Quantity[] = [
  constant(60_000),
  { kind: 'uniform', low: 10_000, high: 90_000, ...UNCLAMPED },
  { kind: 'exponential', mean: 60_000, ...UNCLAMPED },
  { kind: 'poisson', mean: 12, ...UNCLAMPED },
  { kind: 'normal', mean: 60_000, sd: 9_000, ...UNCLAMPED },
  { kind: 'lognormal', mu: 11, sigma: 0.4, ...UNCLAMPED },
  { kind: 'weibull', scale: 60_000, shape: 1.5, ...UNCLAMPED },
  { kind: 'gamma', shape: 2.5, scale: 20_000, ...UNCLAMPED },
  { kind: 'pareto', scale: 20_000, shape: 1.5, ...UNCLAMPED },
  { kind: 'empirical', values: Float64Array.from({ length: 1000 }, (_, i) => i * 100), ...UNCLAMPED },
  {
    kind: 'mix',
    parts: [
      { weight: 0.9, of: { kind: 'exponential', mean: 10_000, ...UNCLAMPED } },
      { weight: 0.1, of: { kind: 'exponential', mean: 500_000, ...UNCLAMPED } },
    ],
    ...UNCLAMPED,
  },
];

function drawing(quantity: Quantity): BenchCase {
  return {
    name: `sampling/${quantity.kind}`,
    unit: 'draws',
    small: 1_000,
    full: 100_000,
    prepare(size) {
      const values = new Float64Array(size);
      const uniforms = new Uniforms(1);
      return {
        run() {
          for (let i = 0; i < size; i++) values[i] = sample(quantity, uniforms.seek(i, 0, 1));
        },
        digest: () => digestOf((digest) => digest.addColumn(values, size)),
      };
    },
  };
}

/** One a kind. */
export const SAMPLING_CASES: readonly BenchCase[] = QUANTITIES.map(drawing);
