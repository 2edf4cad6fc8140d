/** What nodes cost while they run, wait and start. */
import { expect, test } from 'vitest';
import type { NodePrice, Scenario } from '../../src/model/index.js';
import { chargesOf, coreHours, summarize } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { each, job, latencies, pool, run, tasks, world } from '../helpers/world.js';

const HOUR = 3_600_000;
const price: NodePrice = {
  dedicatedPerHourUsd: 2,
  spotPerHourUsd: 0.5,
  dedicatedSource: 'a test',
  spotSource: 'a test',
  spotAssumed: false,
};
const tail = (tailMs: number): Partial<Scenario> => ({ clock: { epochMs: 0, untilMs: null, tailMs } });

test('BILL-01, BILL-03 allocation is free, charging begins with creating', () => {
  const timing = latencies({ alloc: HOUR, create: HOUR, start: HOUR });
  const { nodes } = run([pool(1, { ready: false, timing, resizeTimeoutMs: 2 * HOUR })], []);
  expect([nodes.bootingMs[0], nodes.idleMs[0], nodes.runningMs[0]]).toEqual([2 * HOUR, 0, 0]);
});

test('BILL-02 a node that never ran a task is charged all the same', () => {
  const { nodes } = run([pool(2)], [job('j', [tasks('t', [HOUR])])]);
  expect([nodes.idleMs[1], nodes.runningMs[1]]).toEqual([HOUR, 0]);
});

test('BILL-06 charged time falls into booting, running, idle and failed, which sum to the whole', () => {
  const nodes = pool(1, { ready: false, timing: latencies({ create: HOUR, start: HOUR }), price });
  const scenario = world({ pools: [nodes], jobs: [job('j', [tasks('t', [3 * HOUR])])] }, tail(4 * HOUR));
  const { coreHours: hours, cost, utilization } = summarize(simulate(scenario));
  expect(hours).toEqual({ total: 36, running: 12, idle: 16, booting: 8, failed: 0, lost: 0 });
  expect([cost.total, cost.running, cost.idle, cost.booting]).toEqual([18, 6, 8, 4]);
  expect(utilization).toBe(0.333333);
});

test('BILL-06 lost is a part of running: attempts whose work did not count', () => {
  const set = tasks('t', [HOUR], { exitCode: each(1, 0), maxTaskRetryCount: 1 });
  const { coreHours: hours } = summarize(simulate(world({ pools: [pool(1)], jobs: [job('j', [set])] })));
  expect(hours).toMatchObject({ total: 8, running: 8, lost: 4 });
});

test('BILL-06 utilization is by slots, cost by nodes', () => {
  const nodes = pool(1, { taskSlotsPerNode: 4, price });
  const scenario = world({ pools: [nodes], jobs: [job('j', [tasks('t', [HOUR], { requiredSlots: 3 })])] });
  const { cost, utilization, coreHours: hours } = summarize(simulate(scenario));
  expect(utilization).toBe(0.75);
  expect([cost.total, hours.total]).toEqual([2, 4]);
});

test('BILL-06 node time is split by pool and kind', () => {
  const recording = run([pool(1, { targetLowPriorityNodes: 2, price }), pool(1, { id: 'q' })], [], tail(HOUR));
  const charges = chargesOf(recording, null);
  expect(coreHours(recording, charges).total).toBe(16);
  const idle = charges.groups.map((group) => group.idleMs / HOUR).filter((hours) => hours > 0);
  expect(idle.sort()).toEqual([1, 1, 2]);
});

test('BILL-07 each kind has its own price, and a size without any costs null, never 0', () => {
  const priced = world({ pools: [pool(1, { targetLowPriorityNodes: 2, price })] }, tail(HOUR));
  expect(summarize(simulate(priced)).cost).toMatchObject({ total: 3, byKind: { dedicated: 2, spot: 1 } });
  expect(summarize(simulate(world({ pools: [pool(1)] }, tail(HOUR)))).cost.total).toBe(null);
});
