/**
 * Queues that theory knows in closed form (docs/theory.md): the small size of `npm run theory`, and proof that the
 * comparison can fail. Seeds are fixed, so a run either always passes or never does.
 */
import { describe, expect, test } from 'vitest';
import {
  MG1_CASES,
  MMC_CASES,
  SERVICE_NAMES,
  SERVICES,
  SQUARE_RATIOS,
  type TheoryCase,
} from '../../bench/theory/cases.js';
import { erlangB, erlangC, type Prediction, predictMG1, predictMMc } from '../../bench/theory/formulas.js';
import { littlesLaw } from '../../bench/theory/little.js';
import { agrees, type Measurement, measure, REPLICATIONS } from '../../bench/theory/measure.js';
import { MEAN_SERVICE_MS, queueScenario, waitsOf } from '../../bench/theory/queue.js';
import { confidenceInterval, covers, studentBelow, studentQuantile } from '../../bench/theory/student.js';
import { namedStream } from '../../src/base/index.js';
import { type ModelOptions, type Quantity, sample, UNCLAMPED } from '../../src/model/index.js';
import { simulate } from '../../src/sim/index.js';
import { mean } from '../helpers/statistics.js';

const CASES = [...MMC_CASES, ...MG1_CASES];
const measured = new Map<string, Measurement>();

function caseOf(name: string): TheoryCase {
  return CASES.find((one) => one.name === name) as TheoryCase;
}

/** The small size of a case, run once for all tests. */
function seen(name: string): Measurement {
  const found = measured.get(name) ?? measure(caseOf(name), caseOf(name).tasks.small);
  measured.set(name, found);
  return found;
}

describe('simulated queues', () => {
  test.each(MMC_CASES)('mean wait in $name is that of Erlang C, at 99 % confidence', ({ name, predicted }) => {
    expect(agrees(seen(name), predicted), describeMiss(seen(name), predicted)).toBe(true);
  });

  test.each(MG1_CASES)('mean wait in $name is that of Pollaczek and Khinchine, at 99 %', ({ name, predicted }) => {
    expect(agrees(seen(name), predicted), describeMiss(seen(name), predicted)).toBe(true);
  });

  test("Little's law: the log's tasks in the system are rate times stay in the rows, and so for busy nodes", () => {
    const law = littlesLaw({ nodes: 10, load: 0.8, service: SERVICES.exponential }, 5_000, 'little');
    expect(law.tasksInSystem).toBeCloseTo(law.rateTimesStay, 9);
    expect(law.busyNodes).toBeCloseTo(law.rateTimesService, 9);
    expect(law.tasksInSystem).toBeGreaterThan(law.busyNodes + 0.5);
  });

  test('SIM-05 the same seeds measure the same, to the bit', () => {
    const one = caseOf('M/M/10 at 0.50');
    expect(measure(one, 500)).toEqual(measure(one, 500));
    expect(measure({ ...one, name: 'another seed' }, 500)).not.toEqual(measure(one, 500));
  });
});

describe('what the comparison refuses', () => {
  const [ten, lognormal] = ['M/M/10 at 0.80', 'M/G/1 lognormal at 0.80'];

  test.each<[string, string, Prediction]>([
    ['Erlang B, where nobody can wait', ten, waitIf(erlangB(10, 8), 10, 0.8)],
    ['one node that is ten times as fast', ten, waitIf(0.8, 10, 0.8)],
    ['a load of 0.78', ten, predictMMc(10, 0.78, MEAN_SERVICE_MS)],
    ['service that does not vary', lognormal, predictMG1(0.8, { mean: MEAN_SERVICE_MS, secondMoment: 1e12 })],
    ['exponential service', lognormal, predictMG1(0.8, { mean: MEAN_SERVICE_MS, secondMoment: 2e12 })],
  ])('%s', (_wrong, name, prediction) => {
    expect(agrees(seen(name), prediction)).toBe(false);
  });

  test.each([9, 11])('a simulator that runs %i nodes in place of ten', (nodes) => {
    const { queue, predicted, tasks } = caseOf(ten);
    const load = (queue.load * queue.nodes) / nodes;
    const other = measure({ name: `${nodes} nodes`, queue: { ...queue, nodes, load } }, tasks.small);
    expect(agrees(other, predicted)).toBe(false);
  });

  test('nobody waiting, where somebody should; not where one in three billion does', () => {
    const nobody = seen('M/M/100 at 0.50');
    expect(nobody.waited).toBe(0);
    // The same 50 busy nodes, of 65 in place of 100: one task in forty would wait.
    expect(agrees(nobody, predictMMc(65, 50 / 65, MEAN_SERVICE_MS))).toBe(false);
    expect(agrees(nobody, caseOf('M/M/100 at 0.50').predicted)).toBe(true);
  });

  test('SCH-04 another order of the line, by the share that waits long: exponential under first come, first served', () => {
    const { queue, predicted } = caseOf(ten);
    const meanOfWaiting = predicted.meanWait / predicted.waitingShare;
    const longShares = (taskOrder: ModelOptions['taskOrder']) =>
      Array.from({ length: REPLICATIONS }, (_, replication) => {
        const scenario = queueScenario(queue, 5_000, `long/${replication}`);
        const run = simulate({ ...scenario, options: { ...scenario.options, taskOrder } }, { record: 'summary' });
        return mean(waitsOf(run.recording).map((wait) => (wait > 4 * meanOfWaiting ? 1 : 0)));
      });
    const expected = predicted.waitingShare * Math.exp(-4);
    expect(covers(confidenceInterval(longShares('creation'), 0.99), expected)).toBe(true);
    expect(covers(confidenceInterval(longShares('random'), 0.99), expected)).toBe(false);
  });
});

describe('formulas', () => {
  test.each([
    [1, 0.5, 0.5],
    [1, 0.95, 0.95],
    [2, 0.5, 1 / 3],
    [3, 2 / 3, 4 / 9],
    [10, 0.8, byDefinition(10, 8)],
    [100, 0.95, byDefinition(100, 95)],
  ])('Erlang C of %i servers at load %d', (servers, load, expected) => {
    expect(erlangC(servers, load)).toBeCloseTo(expected, 12);
  });

  test('M/M/1 is M/G/1 with exponential service, and service that does not vary halves the wait', () => {
    const exponential = predictMG1(0.8, { mean: 3, secondMoment: 18 });
    expect(exponential.meanWait).toBeCloseTo(12, 12);
    expect(predictMMc(1, 0.8, 3).meanWait).toBeCloseTo(exponential.meanWait, 12);
    expect(predictMG1(0.8, { mean: 3, secondMoment: 9 }).meanWait).toBeCloseTo(6, 12);
  });

  test.each(SERVICE_NAMES)('%s service has the moments that its prediction assumes', (name) => {
    const uniforms = namedStream(1, name);
    const draws = Array.from({ length: 40_000 }, () => sample(SERVICES[name], uniforms) / MEAN_SERVICE_MS);
    expect(Math.abs(mean(draws) - 1)).toBeLessThan(0.03);
    expect(Math.abs(mean(draws.map((draw) => draw ** 2)) / SQUARE_RATIOS[name] - 1)).toBeLessThan(0.15);
  });
});

describe("Student's t", () => {
  test.each([
    [1, 0.975, 12.7062],
    [2, 0.995, 9.9248],
    [4, 0.95, 2.1318],
    [29, 0.995, 2.7564],
    [30, 0.995, 2.75],
    [120, 0.975, 1.9799],
  ])('with %i degrees of freedom has the tables’ quantile at %d', (freedom, share, expected) => {
    expect(studentQuantile(share, freedom)).toBeCloseTo(expected, 4);
    expect(studentBelow(studentQuantile(share, freedom), freedom)).toBeCloseTo(share, 12);
  });

  test('99 of 100 intervals of 30 normal draws cover the mean behind them', () => {
    const normal: Quantity = { ...UNCLAMPED, kind: 'normal', mean: 5, sd: 2 };
    const uniforms = namedStream(1, 'intervals');
    let misses = 0;
    for (let trial = 0; trial < 4_000; trial++) {
      const draws = Array.from({ length: 30 }, () => sample(normal, uniforms));
      if (!covers(confidenceInterval(draws, 0.99), 5)) misses += 1;
    }
    // 40 are expected; four standard deviations are 25.
    expect(Math.abs(misses - 40)).toBeLessThan(25);
  });
});

/** The wait of those who wait in M/M/c, given a wrong share of them. */
function waitIf(waitingShare: number, servers: number, load: number): Prediction {
  return { waitingShare, meanWait: (waitingShare * MEAN_SERVICE_MS) / (servers * (1 - load)) };
}

/** Erlang C by its definition, a sum over states, each term reckoned from the one before. */
function byDefinition(servers: number, offered: number): number {
  let term = 1;
  let below = 0;
  for (let n = 0; n < servers; n++) {
    below += term;
    term *= offered / (n + 1);
  }
  const waiting = term * (servers / (servers - offered));
  return waiting / (below + waiting);
}

function describeMiss({ wait, waited }: Measurement, { meanWait }: Prediction): string {
  return `predicted ${meanWait} ms, measured ${wait.mean} ± ${wait.halfWidth} ms, ${waited} tasks waited`;
}
