/** Logarithm, exponential and power agree with the engine's own to a few units in the last place. */
import { describe, expect, test } from 'vitest';
import { exp, ln, pow, Uniforms } from '../../src/base/index.js';
import { ulpDistance } from '../helpers/statistics.js';

const SAMPLES = 20_000;

/** The largest distance over samples, with the argument at which it was found. */
function worst(arguments_: readonly number[], own: (x: number) => number, engine: (x: number) => number) {
  let found = { ulps: 0n, at: Number.NaN };
  for (const x of arguments_) {
    const ulps = ulpDistance(own(x), engine(x));
    if (ulps > found.ulps) found = { ulps, at: x };
  }
  return found;
}

function spread(from: number, to: number): number[] {
  const uniforms = new Uniforms('portable').seek(1, 1, 1);
  return Array.from({ length: SAMPLES }, () => from + (to - from) * uniforms.next());
}

describe('ln', () => {
  test.each([
    ['(0, 1)', spread(Number.MIN_VALUE, 1)],
    ['(1.1, 1000)', spread(1.1, 1000)],
    ['all magnitudes', spread(-1070, 1020).map((e) => 2 ** Math.floor(e) * (1 + (e - Math.floor(e))))],
    ['subnormal numbers', spread(1, 1e15).map((k) => Math.floor(k) * Number.MIN_VALUE)],
  ])('is within 2 ulp of the engine over %s', (_name, values) => {
    expect(worst(values, ln, Math.log).ulps).toBeLessThanOrEqual(2n);
  });

  test('near 1, where the result nearly vanishes, it keeps its digits: within 3 ulp', () => {
    const values = spread(-0.05, 0.05).map((x) => 1 + x);
    expect(worst(values, ln, Math.log).ulps).toBeLessThanOrEqual(3n);
  });

  test('of a power of two is that many times ln 2', () => {
    for (let e = -1000; e <= 1000; e += 50) expect(ln(2 ** e)).toBe(e * Math.LN2 + 0);
  });

  test.each([
    [1, 0],
    [0, Number.NEGATIVE_INFINITY],
    [-0, Number.NEGATIVE_INFINITY],
    [-1, Number.NaN],
    [Number.NaN, Number.NaN],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ])('ln(%d) is %d', (x, value) => {
    expect(ln(x)).toBe(value);
  });
});

describe('exp', () => {
  test.each([
    ['(-1, 1)', spread(-1, 1)],
    ['(-20, 20)', spread(-20, 20)],
    ['(-708, 709), nearly all that is finite and normal', spread(-708, 709)],
  ])('is within 2 ulp of the engine over %s', (_name, values) => {
    expect(worst(values, exp, Math.exp).ulps).toBeLessThanOrEqual(2n);
  });

  test.each([
    [0, 1],
    [-0, 1],
    [710, Number.POSITIVE_INFINITY],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [-746, 0],
    [Number.NEGATIVE_INFINITY, 0],
    [Number.NaN, Number.NaN],
  ])('exp(%d) is %d', (x, value) => {
    expect(exp(x)).toBe(value);
  });

  test('the largest finite results and the subnormal ones are reached', () => {
    expect(exp(709.7)).toBeGreaterThan(1e308);
    expect(exp(709.7)).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(exp(-744)).toBeGreaterThan(0);
    expect(exp(-744)).toBeLessThan(1e-322);
  });

  test('never falls where the argument rises', () => {
    const values = spread(-30, 30).sort((a, b) => a - b);
    for (let i = 1; i < values.length; i++) {
      expect(exp(values[i] as number) >= exp(values[i - 1] as number)).toBe(true);
    }
  });
});

describe('pow', () => {
  test.each([
    [0.5, 12],
    [3, 12],
    [-0.7, 12],
    [0.01, 12],
  ])('x to the power of %d is right to %d digits', (y, digits) => {
    for (const x of spread(1e-6, 1000).slice(0, 2000)) expect(pow(x, y) / x ** y).toBeCloseTo(1, digits);
  });

  test.each([
    [5, 0, 1],
    [0, 0, 1],
    [0, 2, 0],
    [0, -2, Number.POSITIVE_INFINITY],
    [1, 123.4, 1],
  ])('%d to the power of %d is %d', (x, y, value) => {
    expect(pow(x, y)).toBe(value);
  });
});

test('these results are the same bits on every engine: they are part of the format of results', () => {
  expect([ln(0.3), ln(12345.678), exp(1), exp(-3.3), pow(2.5, 1.7)]).toMatchInlineSnapshot(`
    [
      -1.203972804325936,
      9.421061321291832,
      2.7182818284590455,
      0.03688316740124001,
      4.747861205827336,
    ]
  `);
});
