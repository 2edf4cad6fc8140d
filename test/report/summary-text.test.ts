import { expect, test } from 'vitest';
import { summarize } from '../../src/recording/index.js';
import { summaryText } from '../../src/report/index.js';
import { toyWorld } from '../helpers/recordings.js';

const base = summarize(toyWorld({ seed: 1, nodes: 0 }).run);

/** The example of the documentation. */
const RENDER = {
  ...base,
  name: 'render',
  seed: 42,
  events: 412_310,
  end_s: 22_320,
  makespan_s: 22_320,
  tasks: {
    total: 20_034,
    succeeded: 20_000,
    failed: 34,
    active: 0,
    running: 0,
    deleted: 0,
    retries: 7,
    requeues: 0,
    interruptions: 212,
  },
  wait_s: { count: 20_034, sum: 1, mean: 90, p50: 64, p90: 0, p95: 571, p99: 1000, max: 1320 },
  nodes: { total: 402, peak: { total: 200, dedicated: 40, spot: 160 }, hours: 402.4, preemptions: 0 },
  coreHours: { total: 1609.6, running: 1300, idle: 200, booting: 109.6, failed: 0, lost: 30 },
  utilization: 0.813,
  cost: { ...base.cost, total: 61.2, running: 51.08, idle: 7.1, booting: 3.02, failed: 0, lost: 1.28 },
  operations: { total: 0, refused: [] },
  failures: [],
  unfinished: [],
  quotasHit: [],
  resizeErrors: [],
  warnings: [],
};

test('the figures of a run fit on a few lines', () => {
  expect(summaryText(RENDER)).toMatchInlineSnapshot(`
    "render · seed 42 · 6h 12m simulated (412,310 events)
      tasks     20,000 ok · 34 failed · 212 interrupted    makespan  6h 12m
      wait      p50 1m 04s   p95 9m 31s   max 22m          slots     81.3 % busy
      nodes     peak 40 dedicated + 160 spot · 402 node-h · 1,610 core-h
      cost      $61.20 = running 51.08 (1.28 of it lost)  idle 7.10  booting 3.02
      again     7 retries"
  `);
});

test('what went wrong is told in words: unfinished tasks, quotas, missing prices', () => {
  const text = summaryText({
    ...RENDER,
    cost: { ...RENDER.cost, total: null, byVmSize: { Standard_D2s_v5: 1, Standard_X1: null } },
    unfinished: [{ cause: 'requiresMoreSlotsThanANodeHas', count: 4, examples: ['j/a', 'j/b', 'j/c', 'j/d'] }],
    quotasHit: [
      {
        pool: 'render',
        code: 'AccountCoreQuotaReached',
        message: 'The account has cores for 40 of 60 nodes.',
        resizes: 1,
        first_s: 0,
      },
    ],
    warnings: [
      {
        code: 'priceMissing',
        message:
          'No price is known for the spot nodes of pool render (Standard_X1), so their cost and every total with it is null.',
      },
    ],
  });
  expect(text).toMatchInlineSnapshot(`
    "render · seed 42 · 6h 12m simulated (412,310 events)
      tasks     20,000 ok · 34 failed · 212 interrupted    makespan  6h 12m
      wait      p50 1m 04s   p95 9m 31s   max 22m          slots     81.3 % busy
      nodes     peak 40 dedicated + 160 spot · 402 node-h · 1,610 core-h
      cost      unknown: no price is known for Standard_X1
      again     7 retries
      waiting   4 need more slots than a node has (j/a, j/b, j/c, …)
      resize    pool render: AccountCoreQuotaReached: The account has cores for 40
                of 60 nodes.
      note      No price is known for the spot nodes of pool render (Standard_X1),
                so their cost and every total with it is null."
  `);
});

test('BILL-07 prices say where they come from, each source once, and what a node costs besides its VM', () => {
  const price = { pool: 'p', vmSize: 'S', os: 'linux', perHour: 1, extraPerHour: 0.012, assumed: false } as const;
  const listed = 'built-in table: eastus, 2026-06-18 (linux:a-list)';
  const text = summaryText({
    ...RENDER,
    prices: [
      { ...price, kind: 'dedicated', source: listed },
      { ...price, kind: 'dedicated', pool: 'q', source: listed },
      { ...price, kind: 'spot', source: `assumed: 80 % below the dedicated price (${listed})` },
    ],
  });
  expect(text.split('\n').slice(5, 8)).toEqual([
    '  prices    built-in table: eastus, 2026-06-18 · assumed: 80 % below the',
    '            dedicated price (built-in table: eastus, 2026-06-18) · $0.012 extra',
    '            per node-hour',
  ]);
});

test('no line is wider than 80 columns, whatever the world', () => {
  for (let seed = 1; seed <= 24; seed++) {
    for (const line of summaryText(summarize(toyWorld({ seed, unpriced: seed % 2 === 0 }).run)).split('\n')) {
      expect(line.length, line).toBeLessThanOrEqual(80);
    }
  }
});
