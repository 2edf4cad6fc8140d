/** The workloads of the floor give the figures on which every other implementation agrees, to the digit. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { differenceFrom, EXPECTED } from '../../bench/floor/expected.mjs';
import { gen } from '../../bench/floor/gen.mjs';
import { outcomeOf, workloadScenario } from '../../bench/floor/scenario.mjs';
import * as model from '../../src/model/index.js';
import { simulate } from '../../src/sim/index.js';

type Name = keyof typeof EXPECTED;

const SIZES = [
  ['W1', 100_000],
  ['W1', 1_000_000],
  ['W2', 10_000],
  ['W2', 1_000_000],
  ['W3', 200_000],
] as const;

function outcome(w: Name, n: number, record: 'summary' | 'full' = 'summary') {
  return outcomeOf(w, simulate(workloadScenario(model, gen(w, n)), { record }).recording);
}

describe('workloads', () => {
  test.each(SIZES)('SCH-04 %s with %d tasks agrees to the digit with every other implementation', (w, n) => {
    const { n: handled, ...figures } = outcome(w, n);
    expect(handled).toBe(n);
    expect(figures).toEqual(EXPECTED[w][n]);
  });

  test('W2 with the whole log kept comes to the same', () => {
    expect(outcome('W2', 10_000, 'full')).toEqual({ n: 10_000, ...EXPECTED.W2[10_000] });
  });

  test('W2 waits as long as queueing theory says a system of its kind does, to the accuracy of its sample', () => {
    const meanWaitMs = (EXPECTED.W2[1_000_000]?.sumWait as number) / 1_000_000;
    const theory = erlangMeanWaitMs(100, 60_000, 90 / 60_000);
    expect(theory).toBeCloseTo(1301.643, 2);
    expect(Math.abs(meanWaitMs / theory - 1)).toBeLessThan(0.1);
  });

  test('SCH-04 W3 in the order of creation comes to other figures, so that the order is really tested', () => {
    const ready = workloadScenario(model, gen('W3', 20_000));
    const creation: model.Scenario = { ...ready, options: { ...ready.options, taskOrder: 'creation' } };
    const [a, b] = [ready, creation].map((scenario) => outcomeOf('W3', simulate(scenario).recording));
    expect(a).not.toEqual(b);
  });
});

describe('the floor itself', () => {
  test.each(['W1', 'W2', 'W3'] as const)('%s agrees with the library at a size that no table lists', (w) => {
    const script = resolve(import.meta.dirname, '../../bench/floor/floor-soa.mjs');
    const floor = JSON.parse(execFileSync(process.execPath, [script, w, '7001'], { encoding: 'utf8' }));
    expect(differenceFrom(floor, outcome(w, 7_001))).toBe(null);
  });

  test('a difference is named, and what is above 2^53 is not compared', () => {
    const known = { makespan: 10, sumWait: 20, chk: 30 };
    expect(differenceFrom(known, known)).toBe(null);
    expect(differenceFrom(known, { ...known, sumWait: 21 })).toBe('sumWait is 21 instead of 20');
    expect(differenceFrom({ ...known, chk: null }, known)).toBe(null);
  });
});

/** Mean wait of M/M/c by Erlang's C formula; the arrival rate is per ms. */
function erlangMeanWaitMs(servers: number, meanServiceMs: number, ratePerMs: number): number {
  const load = ratePerMs * meanServiceMs;
  let term = 1;
  let sum = 0;
  for (let k = 0; k < servers; k++) {
    sum += term;
    term *= load / (k + 1);
  }
  const waiting = term / (1 - load / servers);
  return (waiting / (sum + waiting)) * (meanServiceMs / (servers - load));
}
