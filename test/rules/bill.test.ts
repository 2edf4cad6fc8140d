/** What nodes cost, by the words of the rules, where other tests leave a clause open (BILL). */
import { describe, expect, test } from 'vitest';
import type { Job, NodePrice, Operation, Pool } from '../../src/model/index.js';
import { summarize } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { type Deed, on, preempt, resize, runDeeds } from '../helpers/fleet.js';
import { gantt, job, latencies, pool, tasks, world } from '../helpers/world.js';
import { load, loaded } from '../scenario/memory-files.js';

const HOUR = 3_600_000;
const PRICE: NodePrice = {
  ...{
    dedicatedPerHourUsd: 2,
    spotPerHourUsd: 0.5,
    dedicatedSource: 'a test',
    spotSource: 'a test',
    spotAssumed: false,
  },
};
const charged = ({ nodes }: ReturnType<typeof runDeeds>, node = 0) => ({
  booting: nodes.bootingMs[node],
  idle: nodes.idleMs[node],
  running: nodes.runningMs[node],
  failed: nodes.failedMs[node],
});
const free = { booting: 0, idle: 0, running: 0, failed: 0 };
/** Keeps the run going until an instant. */
const lastsUntil = (atMs: number) =>
  job('late', [tasks('late', [0])], { poolId: 'none', arrival: { kind: 'at', atMs } });
/** The figures of a pool `p` and what is done to it. */
const figures = (nodes: Pool, jobs: readonly Job[], deeds: readonly Deed[] = []) => {
  const actions = deeds.map(([atMs, operation]) => ({ atMs, operation, expectError: null }));
  return summarize(simulate(world({ pools: [nodes], jobs, actions })));
};

describe('which states are charged', () => {
  test('BILL-01 nothing but nodes costs: a job without a pool is free', () => {
    const { cost } = summarize(
      simulate(
        loaded('jobs: [{ id: j, poolInfo: { poolId: none }, tasks: [{ id: t, model: { runtime: 1h } }] }]').scenario,
      ),
    );
    expect(cost.total).toBe(0);
  });

  test.each([
    ['offline', { kind: 'disableNodeScheduling', ...on('n0'), option: null }, { idle: 100 }],
    ['unusable', { kind: 'failNode', ...on('n0'), error: 'DiskFull', recovers: null }, { idle: 10, failed: 90 }],
    ['unknown', { kind: 'loseContact', ...on('n0') }, { idle: 10, failed: 90 }],
    ['rebooting', { kind: 'rebootNode', ...on('n0'), option: null }, { idle: 50, booting: 50 }],
    ['reimaging', { kind: 'reimageNode', ...on('n0'), option: null }, { idle: 40, booting: 60 }],
    ['upgradingos', { kind: 'upgradeOs', poolId: 'p', nodes: null }, { idle: 40, booting: 60 }],
    ['leavingpool', resize(0), { idle: 30 }],
    ['deallocated', { kind: 'deallocateNode', ...on('n0'), option: null }, { idle: 10 }],
  ] as readonly (readonly [string, Operation, object])[])(
    'BILL-02, BILL-05, BILL-06 a node that is %s from 10 to 100',
    (_state, deed, parts) => {
      const timing = latencies({ reboot: 50, reimage: 60, leave: 20 });
      const recording = runDeeds([pool(1, { timing })], [lastsUntil(100)], [[10, deed]]);
      expect(recording.run.endMs).toBe(100);
      expect(charged(recording)).toEqual({ ...free, ...parts });
    },
  );

  test('BILL-03 from creating to the end of leaving; allocation is free, a task while it leaves is running', () => {
    const timing = latencies({ alloc: 5, create: 10, start: 20, leave: 30 });
    const recording = runDeeds(
      [pool(1, { ready: false, timing })],
      [job('j', [tasks('t', [100])])],
      [[50, resize(0, null, 'taskcompletion')]],
    );
    expect(gantt(recording)).toEqual(['j/t1 35-135 n0']);
    expect(charged(recording)).toEqual({ booting: 30, idle: 30, running: 100, failed: 0 });
    expect(recording.nodes.goneMs[0]).toBe(165);
  });

  test('BILL-04 free while preempted, charged again from creating on', () => {
    const timing = latencies({ replace: 40, create: 10, start: 5 });
    const recording = runDeeds([pool(0, { targetLowPriorityNodes: 1, timing })], [lastsUntil(100)], [[10, preempt(1)]]);
    expect(charged(recording)).toEqual({ ...free, idle: 45, booting: 15 });
  });

  test('BILL-05 starting again is charged as booting', () => {
    const timing = latencies({ start: 15 });
    const deeds: [number, Operation][] = [
      [10, { kind: 'deallocateNode', ...on('n0'), option: null }],
      [50, { kind: 'startNode', ...on('n0') }],
    ];
    expect(charged(runDeeds([pool(1, { timing })], [lastsUntil(100)], deeds))).toEqual({
      ...free,
      idle: 45,
      booting: 15,
    });
  });
});

describe('sums', () => {
  test('BILL-06, BILL-09 hours are exact to the end of the run, without a lag and rounded to 6 decimals', () => {
    // A second of four cores is 4 / 3600 core-hours.
    const { coreHours } = figures(pool(1, { price: PRICE }), [job('j', [tasks('t', [1000])])]);
    expect(coreHours.total).toBe(0.001111);
  });

  test('BILL-06 the work of a requeued attempt is lost', () => {
    const reboot: Operation = { kind: 'rebootNode', ...on('n0'), option: null };
    const { coreHours } = figures(pool(1), [job('j', [tasks('t', [HOUR])])], [[HOUR / 2, reboot]]);
    expect(coreHours).toMatchObject({ total: 6, running: 6, lost: 2 });
  });

  test('BILL-09 statsDelay is accepted and delays nothing in a simulation', () => {
    const text = (options: string) =>
      `model: { timing: none${options} }\npools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 }]\njobs: [{ id: j, poolInfo: { poolId: p }, tasks: [{ id: t, model: { runtime: 1h } }] }]`;
    const one = simulate(loaded(text(', options: { statsDelay: 30m }')).scenario);
    const two = simulate(loaded(text('')).scenario);
    expect(one.recording.run.digest).toBe(two.recording.run.digest);
    expect(summarize(one).coreHours.total).toBe(4);
  });
});

describe('BILL-07 where a price comes from', () => {
  const NAME = 'Standard_D4s_v5';
  const costs = (prices: string, files: Readonly<Record<string, string>> = {}, size = NAME, more = '') => {
    const text = `${prices}\nclock: { tail: 1h }\nmodel: { timing: none }\npools: [{ id: p, vmSize: ${size}, targetDedicatedNodes: 1, targetLowPriorityNodes: 1, model: { ready: true }${more} }]`;
    return summarize(simulate(loaded(text, files).scenario)).cost.byKind;
  };
  const file = { 'prices.csv': `vmSize,os,dedicatedPerHour,preemptiblePerHour\n${NAME},linux,3,0.7\n` };

  test('BILL-07 overrides come before the file, the file before the built-in table', () => {
    const overrides = `prices: { file: prices.csv, overrides: { ${NAME}: { dedicated: 5, spot: 1 } } }`;
    expect(costs(overrides, file)).toEqual({ dedicated: 5, spot: 1 });
    expect(costs('prices: { file: prices.csv }', file)).toEqual({ dedicated: 3, spot: 0.7 });
    const builtin = costs('');
    expect(builtin.dedicated).toBeGreaterThan(0);
    expect(builtin.spot).toBeLessThan(builtin.dedicated as number);
  });

  test('BILL-07 without a spot price it is the list price less 80 % on Linux, 60 % on Windows, or the discount given', () => {
    const given = (discount: string) => `prices: { table: none${discount}, overrides: { ${NAME}: { dedicated: 10 } } }`;
    const windows =
      ', virtualMachineConfiguration: { imageReference: { publisher: MicrosoftWindowsServer, offer: o, sku: s }, nodeAgentSKUId: batch.node.windows amd64 }';
    expect(costs(given('')).spot).toBe(2);
    expect(costs(given(''), {}, NAME, windows).spot).toBe(4);
    expect(costs(given(', preemptibleDiscount: 50%')).spot).toBe(5);
  });

  test('BILL-07 what a node costs besides its VM: of the size, of the file, of all; it is a part of every total', () => {
    const summaryOf = (prices: string, files: Readonly<Record<string, string>> = {}) => {
      const text = `prices: ${prices}\nclock: { tail: 1h }\nmodel: { timing: none }\npools: [{ id: p, vmSize: ${NAME}, targetDedicatedNodes: 1, model: { ready: true } }]`;
      return summarize(simulate(loaded(text, files).scenario));
    };
    const table = { 'prices.csv': `vmSize,dedicatedPerHour,extraPerHour\n${NAME},3,0.25\n` };
    const { cost, prices } = summaryOf(`{ extraPerNodeHour: 0.5, overrides: { ${NAME}: { dedicated: 2 } } }`);
    expect(cost).toMatchObject({ total: 2.5, idle: 2.5, extras: 0.5, byPool: { p: 2.5 }, byJob: { '(none)': 2.5 } });
    const source = 'prices.overrides of the scenario';
    expect(prices).toEqual([
      {
        pool: 'p',
        kind: 'dedicated',
        vmSize: NAME,
        os: 'linux',
        perHour: 2,
        extraPerHour: 0.5,
        source,
        assumed: false,
      },
    ]);
    expect(summaryOf('{ extraPerNodeHour: 0.5, file: prices.csv }', table).cost.total).toBe(3.25);
    const both = `{ file: prices.csv, overrides: { ${NAME}: { extra: 0 } } }`;
    expect(summaryOf(both, table).cost).toMatchObject({ total: 3, extras: 0 });
  });

  test('BILL-07 overrides may tell Windows from Linux', () => {
    const given = `prices: { overrides: { ${NAME}: { dedicated: 1, spot: 0.5, windows: { dedicated: 4 } } } }`;
    const windows =
      ', virtualMachineConfiguration: { imageReference: { publisher: MicrosoftWindowsServer, offer: o, sku: s }, nodeAgentSKUId: batch.node.windows amd64 }';
    expect(costs(given)).toEqual({ dedicated: 1, spot: 0.5 });
    // The spot price beside it is one of Linux: a Windows node has the discount.
    expect(costs(given, {}, NAME, windows)).toEqual({ dedicated: 4, spot: 1.6 });
  });

  test('BILL-07 every price says where it comes from, with region and date where they are known', () => {
    const text = (prices: string) =>
      `${prices}\nclock: { tail: 1h }\nmodel: { timing: none }\npools: [{ id: p, vmSize: ${NAME}, targetDedicatedNodes: 1, targetLowPriorityNodes: 1, model: { ready: true } }]`;
    const sources = (prices: string) => {
      const run = simulate(loaded(text(prices), file).scenario);
      return summarize(run).prices.map(({ kind, source, assumed }) => [kind, source, assumed]);
    };
    for (const [, source] of sources('')) expect(source).toMatch(/^built-in table: eastus, \d{4}-\d\d-\d\d \(linux:/);
    expect(sources('prices: { file: prices.csv, region: westeurope }')).toEqual([
      ['dedicated', 'prices.csv, line 2, westeurope', false],
      ['spot', 'prices.csv, line 2, westeurope', false],
    ]);
    const assumed = sources(`prices: { table: none, overrides: { ${NAME}: { dedicated: 10 } } }`)[1];
    expect(assumed).toEqual([
      'spot',
      'assumed: 80 % below the dedicated price (prices.overrides of the scenario)',
      true,
    ]);
  });

  test('BILL-07 no price at all costs null, and a warning says so', () => {
    const text = `prices: { table: none }\nclock: { tail: 1h }\npools: [{ id: p, vmSize: ${NAME}, targetDedicatedNodes: 1 }]`;
    const result = load(text);
    if (!result.ok) throw new Error('it loads');
    expect(result.value.warnings.map(({ code }) => code)).toEqual(['BS2202']);
    expect(summarize(simulate(result.value.scenario)).cost.total).toBeNull();
  });
});

describe('nodes without a VM', () => {
  const timing = latencies({ replace: 1000, leave: 30 });

  test('BILL-04 a preempted node that is removed is not charged while it leaves', () => {
    const recording = runDeeds(
      [pool(0, { targetLowPriorityNodes: 1, timing })],
      [lastsUntil(100)],
      [
        [10, preempt(1)],
        [20, resize(null, 0)],
      ],
    );
    expect(recording.nodes.idleMs[0]).toBe(10);
  });

  test('BILL-05 neither is a deallocated one', () => {
    const off: Operation = { kind: 'deallocateNode', ...on('n0'), option: null };
    const recording = runDeeds(
      [pool(1, { timing })],
      [lastsUntil(100)],
      [
        [10, off],
        [20, resize(0)],
      ],
    );
    expect(recording.nodes.idleMs[0]).toBe(10);
  });
});
