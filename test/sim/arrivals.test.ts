/** When jobs and tasks come. */
import { describe, expect, test } from 'vitest';
import { Uniforms } from '../../src/base/index.js';
import type { Arrival } from '../../src/model/index.js';
import { arrivalTimes } from '../../src/sim/arrivals.js';
import { at, gantt, job, logged, nameOf, pool, run, tasks } from '../helpers/world.js';

const HOUR = 3_600_000;
const times = (arrival: Arrival, untilMs = Number.POSITIVE_INFINITY, count: number | null = null, seed = 1) => [
  ...arrivalTimes(arrival, { untilMs, count }, new Uniforms(seed).seek(1, 0, 1)),
];

describe('processes', () => {
  const every = (given: { untilMs?: number; count?: number }): Arrival => ({
    ...{ kind: 'every', intervalMs: 10, fromMs: 5, untilMs: given.untilMs ?? null, count: given.count ?? null },
  });

  test.each([
    ['a count', times(every({ count: 3 })), [5, 15, 25]],
    ['an end, which is excluded', times(every({ untilMs: 25 })), [5, 15]],
    ['whichever comes first', times(every({ untilMs: 100, count: 2 })), [5, 15]],
    ['the bound on tasks', times(every({}), Number.POSITIVE_INFINITY, 4), [5, 15, 25, 35]],
    ['the horizon, of what is beyond only the first', times(every({}), 20), [5, 15, 25]],
    ['a single instant', times(at(7)), [7]],
  ])('every: %s', (_name, given, expected) => {
    expect(given).toEqual(expected);
  });

  test('SIM-01 instants are whole milliseconds in order', () => {
    const poisson: Arrival = { kind: 'poisson', ratePerMs: 0.3, fromMs: 100, untilMs: 2000, count: null };
    const given = times(poisson);
    expect(given.every((ms) => Number.isInteger(ms) && ms >= 100 && ms < 2000)).toBe(true);
    expect(given).toEqual([...given].sort((a, b) => a - b));
  });

  test('a Poisson process has its rate, within four standard deviations', () => {
    const ratePerMs = 5000 / HOUR;
    const given = times({ kind: 'poisson', ratePerMs, fromMs: 0, untilMs: HOUR, count: null });
    expect(Math.abs(given.length - 5000)).toBeLessThan(4 * Math.sqrt(5000));
  });

  test('phases: a ramp from nothing has a quarter of its arrivals in its first half, and silence has none', () => {
    const phases = [
      { forMs: HOUR, ratePerMs: 0, rampToPerMs: 8000 / HOUR },
      { forMs: HOUR, ratePerMs: 0, rampToPerMs: null },
      { forMs: HOUR, ratePerMs: 1000 / HOUR, rampToPerMs: null },
    ];
    const given = times({ kind: 'phases', fromMs: 0, phases, count: null }, 4 * HOUR);
    const within = (from: number, to: number) => given.filter((ms) => ms >= from * HOUR && ms < to * HOUR).length;
    expect(Math.abs(within(0, 0.5) - 1000)).toBeLessThan(4 * Math.sqrt(1000));
    expect(Math.abs(within(0.5, 1) - 3000)).toBeLessThan(4 * Math.sqrt(3000));
    expect(within(1, 2)).toBe(0);
    expect(Math.abs(within(2, 3) - 1000)).toBeLessThan(4 * Math.sqrt(1000));
    expect(within(3, 4)).toBe(0);
  });

  test('SIM-05 the same draws give the same arrivals, other draws others', () => {
    const poisson: Arrival = { kind: 'poisson', ratePerMs: 0.01, fromMs: 0, untilMs: null, count: 50 };
    expect(times(poisson)).toEqual(times(poisson));
    expect(times(poisson)).not.toEqual(times(poisson, Number.POSITIVE_INFINITY, null, 2));
  });
});

describe('jobs and tasks', () => {
  test('JOB-01, SIM-04 jobs that arrive are numbered, and rows go by arrival, in file order at one instant', () => {
    const arrival: Arrival = { kind: 'every', intervalMs: 10, fromMs: 5, untilMs: null, count: 2 };
    const recording = run([pool(1)], [job('j-{n}', [], { arrival }), job('k', []), job('l', [], { arrival: at(5) })]);
    expect(recording.jobs.map(({ id, createdMs }) => `${id} ${createdMs}`)).toEqual([
      ...['k 0', 'j-1 5', 'l 5', 'j-2 15'],
    ]);
    expect(recording.jobs.every(({ state }) => state === 'active')).toBe(true);
    expect(logged(recording, 'jobAdded')).toEqual(['0 0', '5 1', '5 2', '15 3']);
  });

  test('tasks come at offsets from each arrival of their job, and rows go by the instant', () => {
    const set = tasks('t', [1, 1], { arrival: { kind: 'trace', atMs: Float64Array.of(2, 0) } });
    const arrival: Arrival = { kind: 'every', intervalMs: 10, fromMs: 5, untilMs: null, count: 2 };
    expect(gantt(run([pool(1)], [job('j-{n}', [set], { arrival })]))).toEqual([
      ...['j-1/t2 5-6 n0', 'j-1/t1 7-8 n0', 'j-2/t2 15-16 n0', 'j-2/t1 17-18 n0'],
    ]);
  });

  test('a task that would come after the end was never added', () => {
    const late = tasks('u', [1], { arrival: at(9) });
    const recording = run([pool(1)], [job('j', [tasks('t', [1]), late])], {
      clock: { epochMs: 0, untilMs: 5, tailMs: null },
    });
    expect(recording.tasks.count).toBe(1);
    expect(recording.run.endMs).toBe(5);
  });

  test('ACC-16 a job may have a hundred thousand tasks', () => {
    const recording = run(
      [pool(20)],
      [
        job('j', [
          tasks(
            't',
            Array.from({ length: 100_000 }, () => 2),
          ),
        ]),
      ],
    );
    expect(recording.run.endMs).toBe(10_000);
    expect(nameOf(recording, 99_999)).toBe('j/t100000');
  });
});
