/** Each of the eleven kinds of quantity has the mean, spread and quantiles that its parameters promise. */
import { describe, expect, test } from 'vitest';
import { namedStream, Uniforms } from '../../src/base/index.js';
import {
  atOccurrence,
  constant,
  type Quantity,
  type QuantityPerOccurrence,
  sample,
  sampleInteger,
  sampleMs,
  UNCLAMPED,
} from '../../src/model/index.js';
import { chiSquare, mean, quantile, variance } from '../helpers/statistics.js';

const DRAWS = 20_000;

/** One keyed draw each, as the engine takes them. */
function draws(quantity: Quantity, count = DRAWS): Float64Array {
  const uniforms = new Uniforms('quantity');
  return Float64Array.from({ length: count }, (_, i) => sample(quantity, uniforms.seek(i, 0, 1)));
}

interface Expected {
  readonly name: string;
  readonly quantity: Quantity;
  readonly mean: number;
  readonly sd: number;
  /** Share → value, from the distribution's own formula or table. */
  readonly quantiles: readonly (readonly [number, number])[];
}

const NONE = UNCLAMPED;
const EXPECTED: readonly Expected[] = [
  {
    name: 'uniform 10 to 30',
    quantity: { kind: 'uniform', low: 10, high: 30, ...NONE },
    mean: 20,
    sd: 20 / Math.sqrt(12),
    quantiles: [0.1, 0.5, 0.9].map((q) => [q, 10 + 20 * q] as const),
  },
  {
    name: 'exponential, mean 60,000',
    quantity: { kind: 'exponential', mean: 60_000, ...NONE },
    mean: 60_000,
    sd: 60_000,
    quantiles: [0.1, 0.5, 0.9].map((q) => [q, -60_000 * Math.log(1 - q)] as const),
  },
  {
    name: 'poisson, mean 3.5',
    quantity: { kind: 'poisson', mean: 3.5, ...NONE },
    mean: 3.5,
    sd: Math.sqrt(3.5),
    quantiles: [],
  },
  {
    name: 'poisson, mean 800 (several chunks)',
    quantity: { kind: 'poisson', mean: 800, ...NONE },
    mean: 800,
    sd: Math.sqrt(800),
    quantiles: [],
  },
  {
    name: 'poisson, mean 9,000 (by the normal)',
    quantity: { kind: 'poisson', mean: 9_000, ...NONE },
    mean: 9_000,
    sd: Math.sqrt(9_000),
    quantiles: [[0.8413, 9_000 + Math.sqrt(9_000)]],
  },
  {
    name: 'normal 100, 15',
    quantity: { kind: 'normal', mean: 100, sd: 15, ...NONE },
    mean: 100,
    sd: 15,
    quantiles: [
      [0.02275, 70],
      [0.15866, 85],
      [0.5, 100],
      [0.84134, 115],
      [0.97725, 130],
    ],
  },
  {
    name: 'lognormal, median 3,000, sigma 0.32',
    quantity: { kind: 'lognormal', mu: Math.log(3_000), sigma: 0.32, ...NONE },
    mean: 3_000 * Math.exp(0.32 ** 2 / 2),
    sd: 3_000 * Math.exp(0.32 ** 2 / 2) * Math.sqrt(Math.exp(0.32 ** 2) - 1),
    quantiles: [
      [0.15866, 3_000 * Math.exp(-0.32)],
      [0.5, 3_000],
      [0.95, 3_000 * Math.exp(1.6448536 * 0.32)],
    ],
  },
  {
    name: 'weibull, scale 50, shape 2 (a Rayleigh)',
    quantity: { kind: 'weibull', scale: 50, shape: 2, ...NONE },
    mean: (50 * Math.sqrt(Math.PI)) / 2,
    sd: 50 * Math.sqrt(1 - Math.PI / 4),
    quantiles: [0.1, 0.5, 0.9].map((q) => [q, 50 * Math.sqrt(-Math.log(1 - q))] as const),
  },
  {
    name: 'gamma, shape 3, scale 20 (an Erlang)',
    quantity: { kind: 'gamma', shape: 3, scale: 20, ...NONE },
    mean: 60,
    sd: 20 * Math.sqrt(3),
    quantiles: [
      [0.1, 20 * 1.10207],
      [0.5, 20 * 2.67406],
      [0.9, 20 * 5.32232],
    ],
  },
  {
    name: 'gamma, shape 0.5, scale 2 (a chi-square of one degree)',
    quantity: { kind: 'gamma', shape: 0.5, scale: 2, ...NONE },
    mean: 1,
    sd: Math.sqrt(2),
    quantiles: [
      [0.5, 0.454936],
      [0.9, 2.705543],
      [0.95, 3.841459],
    ],
  },
  {
    name: 'pareto, scale 10, shape 5',
    quantity: { kind: 'pareto', scale: 10, shape: 5, ...NONE },
    mean: 12.5,
    sd: Math.sqrt((100 * 5) / (16 * 3)),
    quantiles: [0.1, 0.5, 0.9].map((q) => [q, 10 / (1 - q) ** 0.2] as const),
  },
  {
    name: 'empirical 1, 2, 2, 7',
    quantity: { kind: 'empirical', values: Float64Array.of(1, 2, 2, 7), ...NONE },
    mean: 3,
    sd: Math.sqrt(5.5),
    quantiles: [
      [0.2, 1],
      [0.5, 2],
      [0.8, 7],
    ],
  },
  {
    name: 'mix of 3 parts 5 and 1 part uniform 9 to 11',
    quantity: {
      kind: 'mix',
      parts: [
        { weight: 3, of: constant(5) },
        { weight: 1, of: { kind: 'uniform', low: 9, high: 11, ...NONE } },
      ],
      ...NONE,
    },
    mean: 6.25,
    sd: Math.sqrt(0.75 * 1.25 ** 2 + 0.25 * (3.75 ** 2 + 1 / 3)),
    quantiles: [
      [0.7, 5],
      [0.875, 10],
    ],
  },
];

describe.each(EXPECTED)('$name', ({ quantity, mean: expectedMean, sd, quantiles }) => {
  const values = draws(quantity);

  test('has its mean', () => {
    // Four standard errors: a wrong parameter lies far outside, and the seed is fixed.
    expect(Math.abs(mean(values) - expectedMean)).toBeLessThan((4 * sd) / Math.sqrt(DRAWS));
  });

  test('has its standard deviation', () => {
    expect(Math.sqrt(variance(values)) / sd).toBeCloseTo(1, 1);
    expect(Math.abs(Math.sqrt(variance(values)) / sd - 1)).toBeLessThan(0.04);
  });

  test('has its quantiles', () => {
    const sorted = values.slice().sort();
    for (const [share, value] of quantiles) {
      const below = quantile(sorted, Math.max(0.0001, share - 0.012));
      const above = quantile(sorted, Math.min(0.9999, share + 0.012));
      expect(value, `share ${share}`).toBeGreaterThanOrEqual(below - 1e-9);
      expect(value, `share ${share}`).toBeLessThanOrEqual(above + 1e-9);
    }
  });

  test('gives the same draws again, whatever was drawn in between', () => {
    const uniforms = new Uniforms('quantity');
    for (let i = 99; i >= 0; i--) {
      const again = sample(quantity, uniforms.seek(i, 0, 1));
      expect(again).toBe(values[i]);
      sample(quantity, uniforms.seek(i, 1, 1));
    }
  });
});

describe('bounds', () => {
  test.each(EXPECTED)('$name never leaves them, and keeps what lies inside', ({ quantity, mean: middle, sd }) => {
    const [min, max] = [middle - sd / 2, middle + sd / 2];
    const free = draws(quantity, 2_000);
    const clamped = draws({ ...quantity, min, max } as Quantity, 2_000);
    for (let i = 0; i < free.length; i++) {
      expect(clamped[i]).toBe(Math.min(max, Math.max(min, free[i] as number)));
    }
  });

  test('each of them may stand alone', () => {
    const normal = { kind: 'normal', mean: 0, sd: 1 } as const;
    expect(Math.min(...draws({ ...normal, min: 0, max: null }, 500))).toBe(0);
    expect(Math.max(...draws({ ...normal, min: 0, max: null }, 500))).toBeGreaterThan(1);
    expect(Math.max(...draws({ ...normal, min: null, max: 0 }, 500))).toBe(0);
    expect(Math.min(...draws({ ...normal, min: null, max: 0 }, 500))).toBeLessThan(-1);
  });

  test('bounds of a part of a mix are its own', () => {
    const part: Quantity = { kind: 'normal', mean: 0, sd: 100, min: 3, max: 4 };
    const values = draws({ kind: 'mix', parts: [{ weight: 1, of: part }], ...NONE }, 500);
    expect([Math.min(...values), Math.max(...values)]).toEqual([3, 4]);
  });
});

describe('whole numbers', () => {
  test('a Poisson of mean 4 has the frequencies of its formula', () => {
    const values = draws({ kind: 'poisson', mean: 4, ...NONE });
    const counts = new Array<number>(10).fill(0);
    for (const value of values) {
      expect(Number.isInteger(value)).toBe(true);
      const bin = Math.min(9, value);
      counts[bin] = (counts[bin] as number) + 1;
    }
    const shares = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((k) => (Math.exp(-4) * 4 ** k) / factorial(k));
    const expected = [...shares, 1 - shares.reduce((a, b) => a + b)].map((share) => share * DRAWS);
    expect(chiSquare(counts, expected)).toBeLessThan(33.7); // 99.99 % of 9 degrees of freedom
  });

  test.each([0, 0.5, 499.999, 500, 500.001, 1_500])(
    'a Poisson of mean %d has that mean, at the edges of its chunks too',
    (m) => {
      const values = draws({ kind: 'poisson', mean: m, ...NONE }, 4_000);
      expect(Math.abs(mean(values) - m)).toBeLessThanOrEqual(4 * Math.sqrt(m / 4_000));
    },
  );

  test('an empirical quantity gives each of its values the same chance', () => {
    const values = draws({ kind: 'empirical', values: Float64Array.of(0, 1, 2, 3, 4), ...NONE });
    const counts = [0, 1, 2, 3, 4].map((k) => values.filter((value) => value === k).length);
    expect(chiSquare(counts)).toBeLessThan(23.5); // 99.99 % of 4 degrees of freedom
  });

  test('a mix takes its parts by weight, whatever the weights sum to', () => {
    const parts = [1, 2, 5].map((weight, i) => ({ weight: weight / 3, of: constant(i) }));
    const values = draws({ kind: 'mix', parts, ...NONE });
    const counts = [0, 1, 2].map((k) => values.filter((value) => value === k).length);
    expect(
      chiSquare(
        counts,
        [1, 2, 5].map((w) => (w / 8) * DRAWS),
      ),
    ).toBeLessThan(18.5); // 99.99 % of 2 degrees
  });

  test('SIM-01 a sampled duration is a whole number of milliseconds and never negative; halves go up', () => {
    const uniforms = new Uniforms(1);
    expect([0, 0.49, 0.5, 1.5, 2.5, -0.4, -7].map((value) => sampleMs(constant(value), uniforms))).toEqual([
      0, 0, 1, 2, 3, 0, 0,
    ]);
    const normal: Quantity = { kind: 'normal', mean: 0, sd: 50, ...NONE };
    for (let i = 0; i < 500; i++) {
      const ms = sampleMs(normal, uniforms.seek(i, 0, 0));
      expect(ms >= 0 && Number.isInteger(ms)).toBe(true);
    }
  });

  test('a sampled exit code is whole and may be negative; halves go up', () => {
    const uniforms = new Uniforms(1);
    expect([-9, -1.5, -1.4, 0.5, 137].map((value) => sampleInteger(constant(value), uniforms))).toEqual([
      -9, -1, -1, 1, 137,
    ]);
  });
});

describe('constants and occurrences', () => {
  test('SIM-05 a constant takes nothing from the stream', () => {
    const [a, b] = [namedStream(1, 'x'), namedStream(1, 'x')];
    expect(sample(constant(42), a)).toBe(42);
    expect(a.next()).toBe(b.next());
  });

  test('SIM-08 a quantity per attempt: the last one holds for all that follow', () => {
    const quantities: QuantityPerOccurrence = [constant(1), constant(2), constant(3)];
    expect([0, 1, 2, 3, 99].map((i) => sample(atOccurrence(quantities, i), new Uniforms(1)))).toEqual([1, 2, 3, 3, 3]);
    expect(atOccurrence([constant(5)], 7)).toEqual(constant(5));
  });
});

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}
