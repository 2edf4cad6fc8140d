/** Draws are even, depend on their key alone, and no draw shifts another. */
import { describe, expect, test } from 'vitest';
import { combine, keyOf, mix32, namedStream, type UniformSource, Uniforms } from '../../src/base/index.js';
import { chiSquare, mean, variance } from '../helpers/statistics.js';

const TASKS = 2_000;
const BINS = 64;
/** 99.99 % of even samples stay below this for 63 degrees of freedom; the seeds are fixed, so it never wavers. */
const CHI_SQUARE_LIMIT = 113;

function take(source: UniformSource, count: number): number[] {
  return Array.from({ length: count }, () => source.next());
}

function binned(values: readonly number[]): number[] {
  const counts = new Array<number>(BINS).fill(0);
  for (const value of values) counts[Math.floor(value * BINS)] = (counts[Math.floor(value * BINS)] as number) + 1;
  return counts;
}

describe('SIM-05 keyed draws', () => {
  const forms: readonly [string, (i: number, uniforms: Uniforms) => number][] = [
    ['the first draw of neighbouring entities', (i, uniforms) => uniforms.seek(i, 0, 0).next()],
    ['the first draw of neighbouring attempts', (i, uniforms) => uniforms.seek(7, i, 0).next()],
    ['the first draw of neighbouring purposes', (i, uniforms) => uniforms.seek(7, 0, i).next()],
    ['the first draw of hashed names', (i, uniforms) => uniforms.seek(keyOf(`task-${i}`), 0, 3).next()],
    ['the low bits', (i, uniforms) => (uniforms.seek(i, 1, 2).next() * 2 ** 20) % 1],
    ['consecutive draws of one key', (i, uniforms) => (i === 0 ? uniforms.seek(1, 2, 3) : uniforms).next()],
  ];

  test.each(forms)('SIM-05 %s are even', (_name, draw) => {
    const uniforms = new Uniforms(1);
    const values = Array.from({ length: 10 * TASKS }, (_, i) => draw(i, uniforms));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(chiSquare(binned(values))).toBeLessThan(CHI_SQUARE_LIMIT);
    expect(mean(values)).toBeCloseTo(0.5, 2);
    expect(variance(values)).toBeCloseTo(1 / 12, 2);
  });

  test('the chi-square test would notice a generator that favours some bins', () => {
    const skewed = take(new Uniforms(1).seek(0, 0, 0), 10 * TASKS).map((value) => value ** 1.1);
    expect(chiSquare(binned(skewed))).toBeGreaterThan(CHI_SQUARE_LIMIT);
  });

  test('draws of neighbouring keys do not follow each other', () => {
    const uniforms = new Uniforms('seed');
    const values = Array.from({ length: 10 * TASKS }, (_, i) => uniforms.seek(i, 0, 0).next());
    expect(Math.abs(correlation(values.slice(1), values.slice(0, -1)))).toBeLessThan(0.02);
    const second = Array.from({ length: 10 * TASKS }, (_, i) => {
      uniforms.seek(i, 0, 0).next();
      return uniforms.next();
    });
    expect(Math.abs(correlation(values, second))).toBeLessThan(0.02);
  });

  test('SIM-05 the draws of a key do not depend on what was drawn before', () => {
    const uniforms = new Uniforms(42);
    const forwards = Array.from({ length: TASKS }, (_, i) => uniforms.seek(i, 1, 2).next());
    const backwards = Array.from({ length: TASKS }, (_, i) => {
      const entity = TASKS - 1 - i;
      take(uniforms.seek(entity, 0, 5), i % 7);
      return uniforms.seek(entity, 1, 2).next();
    });
    expect(backwards.reverse()).toEqual(forwards);
  });

  test('seed, entity, occurrence, purpose and position each give other draws', () => {
    const one = (seed: string | number, ...key: [number, number, number]) => take(new Uniforms(seed).seek(...key), 2);
    const draws = [
      ...one(1, 1, 1, 1),
      ...one(2, 1, 1, 1),
      ...one(1, 2, 1, 1),
      ...one(1, 1, 2, 1),
      ...one(1, 1, 1, 2),
      ...one(1, 0, 0, 0),
    ];
    expect(new Set(draws).size).toBe(draws.length);
  });

  test('a number and its text are the same seed, so that a flag and a file agree', () => {
    expect(take(new Uniforms(17).seek(1, 2, 3), 3)).toEqual(take(new Uniforms('17').seek(1, 2, 3), 3));
  });

  test('SIM-05 these draws are part of the format of results: they must not change', () => {
    expect(take(new Uniforms(1).seek(0, 0, 0), 3)).toMatchInlineSnapshot(`
      [
        0.07841964741589891,
        0.38007827225240864,
        0.21346614572834843,
      ]
    `);
    expect(take(new Uniforms('night').seek(-5, 2, 9), 2)).toMatchInlineSnapshot(`
      [
        0.5196781087629987,
        0.905959326795882,
      ]
    `);
    expect(take(namedStream(1, 'arrivals/job-1'), 3)).toMatchInlineSnapshot(`
      [
        0.3715549791348257,
        0.8479102558065365,
        0.11792103613411808,
      ]
    `);
  });
});

describe('SIM-05 named streams', () => {
  test('SIM-05 the same seed and name give the same stream, interleaved or not', () => {
    const alone = take(namedStream(1, 'a'), TASKS);
    const [a, b] = [namedStream(1, 'a'), namedStream(1, 'b')];
    const interleaved = Array.from({ length: TASKS }, () => {
      b.next();
      return a.next();
    });
    expect(interleaved).toEqual(alone);
  });

  test('names and seeds give streams of their own, even where their texts run together', () => {
    const firsts = [
      [1, 'a'],
      [1, 'b'],
      [2, 'a'],
      [1, '1/a'],
      ['1/1', 'b'],
      [11, 'a'],
    ].map(([seed, name]) => namedStream(seed as number, name as string).next());
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  test('a stream is even', () => {
    const values = take(namedStream(3, 'arrivals'), 10 * TASKS);
    expect(chiSquare(binned(values))).toBeLessThan(CHI_SQUARE_LIMIT);
    expect(Math.abs(correlation(values.slice(1), values.slice(0, -1)))).toBeLessThan(0.02);
  });
});

describe('hashes', () => {
  test('mix32 is one to one on what it was tried on, and moves half of the bits when one moves', () => {
    const seen = new Set(Array.from({ length: TASKS }, (_, i) => mix32(i)));
    expect(seen.size).toBe(TASKS);
    let moved = 0;
    for (let i = 0; i < TASKS; i++) moved += bitCount(mix32(i) ^ mix32(i ^ (1 << (i % 32))));
    expect(moved / TASKS).toBeCloseTo(16, 0);
  });

  test('combine minds the order', () => {
    expect(combine(1, 2)).not.toBe(combine(2, 1));
    const pairs = new Set<number>();
    for (let a = 0; a < 60; a++) for (let b = 0; b < 60; b++) pairs.add(combine(a, b));
    expect(pairs.size).toBe(3600);
  });

  test('keyOf tells texts apart that differ in order, length or case', () => {
    const texts = ['', 'a', 'A', 'ab', 'ba', 'aa', 'aaa', 'a\0', '\0a', 'ü', 'u'];
    expect(new Set(texts.map(keyOf)).size).toBe(texts.length);
    const many = new Set(Array.from({ length: 20_000 }, (_, i) => keyOf(`task-${i}`)));
    expect(many.size).toBeGreaterThanOrEqual(19_998); // two texts of 20,000 may share one of 2^32 keys
  });

  test('hashes are int32', () => {
    for (const hash of [mix32(-1), mix32(2 ** 31), combine(-1, 1), keyOf('text')]) expect(hash).toBe(hash | 0);
  });
});

function bitCount(word: number): number {
  return [...(word >>> 0).toString(2)].filter((digit) => digit === '1').length;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  const products = a.map((value, i) => (value - ma) * ((b[i] as number) - mb));
  return mean(products) / Math.sqrt(variance(a) * variance(b));
}
