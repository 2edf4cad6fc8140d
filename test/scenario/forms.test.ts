import { describe, expect, test } from 'vitest';
import { ln } from '../../src/base/index.js';
import type { Arrival, Job, TaskSet } from '../../src/model/index.js';
import { codesOf, loaded } from './memory-files.js';

const POOL = 'pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 2 }]';
const S = 1000;
const MIN = 60 * S;
const H = 60 * MIN;
const free = { min: null, max: null };

function job(text: string, files: Readonly<Record<string, string>> = {}): Job {
  return loaded(`${POOL}\njobs: [${text}]`, files).scenario.accounts[0]?.jobs[0] as Job;
}

function task(model: string, id = 't', files: Readonly<Record<string, string>> = {}): TaskSet {
  return job(`{ id: j, poolInfo: { poolId: p }, tasks: [{ id: "${id}", model: ${model} }] }`, files)
    .tasks[0] as TaskSet;
}

describe('distributions', () => {
  test.each([
    ['90s', { kind: 'constant', value: 90 * S }],
    ['{ constant: PT1M }', { kind: 'constant', value: MIN }],
    ['{ uniform: { low: 1s, high: 2s } }', { kind: 'uniform', low: S, high: 2 * S, ...free }],
    ['{ uniform: { min: 1s, max: 2s } }', { kind: 'uniform', low: S, high: 2 * S, min: S, max: 2 * S }],
    ['{ exponential: { mean: 1m, max: 1h } }', { kind: 'exponential', mean: MIN, min: null, max: H }],
    ['{ poisson: { mean: 1m } }', { kind: 'poisson', mean: MIN, ...free }],
    ['{ normal: { mean: 1m, sd: 5s, min: 0s } }', { kind: 'normal', mean: MIN, sd: 5 * S, min: 0, max: null }],
    ['{ lognormal: { mu: 2, sigma: 0.5 } }', { kind: 'lognormal', mu: 2 + ln(1000), sigma: 0.5, ...free }],
    ['{ weibull: { scale: 900h, shape: 0.8 } }', { kind: 'weibull', scale: 900 * H, shape: 0.8, ...free }],
    ['{ gamma: { shape: 2, scale: 30s } }', { kind: 'gamma', shape: 2, scale: 30 * S, ...free }],
    ['{ pareto: { scale: 1s, shape: 1.5 } }', { kind: 'pareto', scale: S, shape: 1.5, ...free }],
    ['{ empirical: { values: [1s, 2s] } }', { kind: 'empirical', values: Float64Array.of(S, 2 * S), ...free }],
    ['{ empirical: { file: v.csv } }', { kind: 'empirical', values: Float64Array.of(1500, 2 * S), ...free }],
    [
      '{ mix: [{ weight: 3, of: 1s }, { weight: 25%, of: { empirical: { file: v.csv } } }] }',
      {
        kind: 'mix',
        parts: [
          { weight: 3, of: { kind: 'constant', value: S } },
          { weight: 0.25, of: { kind: 'empirical', values: Float64Array.of(1500, 2 * S), ...free } },
        ],
        ...free,
      },
    ],
  ])('runtime: %s', (text, quantity) => {
    expect(task(`{ runtime: ${text} }`, 't', { 'v.csv': 'runtime_s\n1.5\n2\n' }).runtime).toEqual([quantity]);
  });

  test('lognormal by median and p95 has that median and that 95 % point', () => {
    const { runtime } = task('{ runtime: { lognormal: { median: 4m, p95: 20m } } }');
    const [quantity] = runtime as unknown as [{ mu: number; sigma: number }];
    expect(Math.exp(quantity.mu)).toBeCloseTo(4 * MIN, 6);
    expect(Math.exp(quantity.mu + 1.6448536269514722 * quantity.sigma)).toBeCloseTo(20 * MIN, 5);
  });

  test('a list is one value per attempt', () => {
    const set = task('{ runtime: [1m, { exponential: { mean: 1s } }], exitCode: [1, 0] }');
    expect(set.runtime).toEqual([
      { kind: 'constant', value: MIN },
      { kind: 'exponential', mean: S, ...free },
    ]);
    expect(set.exitCode).toEqual([
      { kind: 'constant', value: 1 },
      { kind: 'constant', value: 0 },
    ]);
  });

  test('chances of exit codes become a mix, those of 0 % left out', () => {
    const parts = (set: TaskSet) => (set.exitCode as readonly { parts: unknown }[])[0]?.parts;
    expect(parts(task('{ runtime: 1s, exitCode: { 0: 99%, 1: 1%, -9: 0% } }'))).toEqual([
      { weight: 0.99, of: { kind: 'constant', value: 0 } },
      { weight: 0.01, of: { kind: 'constant', value: 1 } },
    ]);
  });

  test.each([
    ['{ uniform: { low: 2s, high: 1s } }', 'BS2015'],
    ['{ uniform: { low: 2s } }', 'BS2006'],
    ['{ lognormal: { median: 1m } }', 'BS2013'],
    ['{ lognormal: { median: 1m, p95: 1s } }', 'BS2015'],
    ['{ normal: { mean: 1m, sd: 1m, min: 2m, max: 1m } }', 'BS2015'],
    ['{ weibull: { scale: 1s, shape: 0 } }', 'BS2005'],
    ['{ weibull: { scale: 0s, shape: 1 } }', 'BS2015'],
    ['{ empirical: {} }', 'BS2013'],
    ['{ empirical: { values: [] } }', 'BS2005'],
    ['{}', 'BS2013'],
    ['[]', 'BS2005'],
    ['true', 'BS2005'],
    ['{ exponential: 5s }', 'BS2004'],
  ])('%s is refused with %s', (text, code) => {
    const found = codesOf(
      `${POOL}\njobs: [{ id: j, poolInfo: { poolId: p }, tasks: [{ id: t, model: { runtime: ${text} } }] }]`,
    );
    expect(found.map((one) => one.split(' ')[1])).toEqual([code]);
  });
});

describe('generators', () => {
  test.each([
    ['t-{1..40}', 40, { kind: 'pattern', prefix: 't-', first: 1, digits: 0, suffix: '' }],
    ['a{001..100}-x', 100, { kind: 'pattern', prefix: 'a', first: 1, digits: 3, suffix: '-x' }],
    ['{0..9}', 10, { kind: 'pattern', prefix: '', first: 0, digits: 0, suffix: '' }],
    ['one', 1, { kind: 'list', values: ['one'] }],
  ])('%s makes %d tasks', (id, count, ids) => {
    const set = task('{ runtime: 1s }', id);
    expect([set.count, set.ids]).toEqual([count, ids]);
  });

  test('ids that two generators share are found without writing them all out', () => {
    const text = (second: string) =>
      `${POOL}\njobs: [{ id: j, poolInfo: { poolId: p }, tasks: [{ id: "t-{1..9000000}", model: { runtime: 1s } }, { id: "${second}", model: { runtime: 1s } }] }]`;
    expect(codesOf(text('T-{8999999..9000005}'))).toEqual(['2:106 BS2102']);
    expect(codesOf(text('t-1{1..9}'))).toEqual(['2:106 BS2102']);
    expect(codesOf(text('t-0{1..9}'))).toEqual([]);
    expect(codesOf(text('u-{1..9000000}'))).toEqual([]);
  });
});

describe('arrivals', () => {
  const arrival = (text: string, files: Readonly<Record<string, string>> = {}): Arrival =>
    job(
      `{ id: "j-{n}", poolInfo: { poolId: p }, model: { arrival: ${text} }, tasks: [{ id: t, model: { runtime: 1s } }] }`,
      files,
    ).arrival;

  test.each<[string, Arrival]>([
    ['{ at: +2h }', { kind: 'at', atMs: 2 * H }],
    ['{ at: 2026-01-01T01:00:00Z }', { kind: 'at', atMs: H }],
    ['{ poisson: 12/h, for: 2h }', { kind: 'poisson', ratePerMs: 12 / H, fromMs: 0, untilMs: 2 * H, count: null }],
    [
      '{ poisson: { rate: 12/h, from: +1h, until: +3h, count: 7 } }',
      { kind: 'poisson', ratePerMs: 12 / H, fromMs: H, untilMs: 3 * H, count: 7 },
    ],
    ['{ every: 10m, count: 6 }', { kind: 'every', intervalMs: 10 * MIN, fromMs: 0, untilMs: null, count: 6 }],
    [
      '{ phases: [{ for: 2h, rate: 30/h }, { for: 1h, rate: 30/h, rampTo: 120/h }] }',
      {
        kind: 'phases',
        fromMs: 0,
        count: null,
        phases: [
          { forMs: 2 * H, ratePerMs: 30 / H, rampToPerMs: null },
          { forMs: H, ratePerMs: 30 / H, rampToPerMs: 120 / H },
        ],
      },
    ],
    ['{ trace: a.csv }', { kind: 'trace', atMs: Float64Array.of(0, 90 * S) }],
    ['{ trace: { file: a.csv, timeScale: 0.5 } }', { kind: 'trace', atMs: Float64Array.of(0, 45 * S) }],
  ])('%s', (text, expected) => {
    expect(arrival(text, { 'a.csv': 'user,submit_s\nx,0\ny,90\n' })).toEqual(expected);
  });

  test('SIM-10 a process of jobs needs an end, which clock.until may be', () => {
    const text = `jobs: [{ id: "j-{n}", poolInfo: { poolId: p }, model: { arrival: { poisson: 1/h } }, tasks: [{ id: t, model: { runtime: 1s } }] }]`;
    expect(codesOf(`${POOL}\n${text}`)).toEqual(['2:68 BS2005']);
    expect(codesOf(`clock: { until: 5h }\n${POOL}\n${text}`)).toEqual([]);
  });

  test('more arrivals than can be simulated are refused before the run', () => {
    const text = `jobs: [{ id: "j-{n}", poolInfo: { poolId: p }, model: { arrival: { poisson: 1000000/ms, for: 100d } }, tasks: [{ id: t, model: { runtime: 1s } }] }]`;
    expect(codesOf(`${POOL}\n${text}`)).toEqual(['2:68 BS2008']);
  });
});

describe('timing', () => {
  test('a pool timing overrides the scenario one; what a map leaves out is typical', () => {
    const { scenario } = loaded(`model: { timing: none }
pools:
  - { id: a, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 }
  - { id: b, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1, model: { timing: { create: [1m, 2m] } } }
  - { id: c, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1, model: { timing: { base: none, leave: 5s } } }
`);
    const minute = (value: number) => ({ kind: 'constant', value: value * MIN });
    expect(scenario.accounts[0]?.pools.map((pool) => pool.timing)).toEqual([
      { base: 'none', overrides: {} },
      { base: 'typical', overrides: { create: [minute(1), minute(2)] } },
      { base: 'none', overrides: { leave: [{ kind: 'constant', value: 5 * S }] } },
    ]);
  });

  test('ACC-09 capacity windows count from the start', () => {
    const text = POOL.replace(
      'Nodes: 2',
      'Nodes: 2, model: { capacity: [{ from: +3h, for: 20m, lowPriorityNodes: 40 }] }',
    );
    expect(loaded(text).scenario.accounts[0]?.pools[0]?.capacity).toEqual([
      { fromMs: 3 * H, toMs: 3 * H + 20 * MIN, dedicatedNodes: null, lowPriorityNodes: 40 },
    ]);
  });
});
