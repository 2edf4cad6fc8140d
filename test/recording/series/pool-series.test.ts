import { describe, expect, test } from 'vitest';
import { TASK_STATES } from '../../../src/model/index.js';
import {
  chargesOf,
  countTasks,
  NODE_PARTS,
  partMs,
  partUsd,
  type Recording,
  Replay,
  type Series,
  scalingFigures,
  seriesOf,
  seriesOfPools,
  waitPoints,
} from '../../../src/recording/index.js';
import { simulate } from '../../../src/sim/index.js';
import { nodeState, tell } from '../../helpers/story.js';
import { chancyWorld, randomWorld } from '../../helpers/worlds.js';

const HOUR_MS = 3_600_000;

/** The points of a series as [second, value]. */
function told({ count, atMs, value }: Series): number[][] {
  return Array.from({ length: count }, (_, row) => [(atMs[row] as number) / 1000, value[row] as number]);
}

/** Value × time. */
function areaMs({ count, atMs, value }: Series, endMs: number): number {
  let sum = 0;
  for (let row = 0; row < count; row++) {
    const untilMs = row + 1 < count ? (atMs[row + 1] as number) : endMs;
    sum += (value[row] as number) * (untilMs - (atMs[row] as number));
  }
  return sum;
}

function valueAt({ count, atMs, value }: Series, at: number): number {
  let found = 0;
  for (let row = 0; row < count && (atMs[row] as number) <= at; row++) found = value[row] as number;
  return found;
}

const STORY = tell({
  endS: 7200,
  tasks: [{ id: 'a' }, { id: 'b' }],
  nodes: [{}, { kind: 1 }],
  resizes: [{ targetDedicatedNodes: 1, targetLowPriorityNodes: 1 }, { targetDedicatedNodes: 0 }],
  rows: [
    [0, 'poolAdded', 0],
    [0, 'resizeStarted', 0, 0],
    [0, 'jobAdded', 0],
    [0, 'taskAdded', 0, 1],
    [0, 'taskAdded', 1, 0],
    [1800, 'nodeState', 0, nodeState('creating')],
    [1800, 'nodeState', 1, nodeState('creating')],
    [3600, 'nodeState', 0, nodeState('idle')],
    [3600, 'taskStarted', 0, 0],
    [3600, 'nodeState', 1, nodeState('preempted')],
    [5400, 'taskFinished', 0, 0],
    [5400, 'taskRunnable', 1],
    [5400, 'resizeStarted', 0, 1],
    [5400, 'nodeState', 0, nodeState('gone')],
  ],
});

describe('series of a pool', () => {
  test('tell changes only, each at its moment, the world after everything of it', () => {
    const series = seriesOf(STORY, 0);
    expect(told(series.target)).toEqual([
      [0, 2],
      [5400, 0],
    ]);
    expect(told(series.nodes)).toEqual([
      [0, 0],
      [1800, 2],
      [5400, 1],
    ]);
    expect(told(series.parts.booting)).toEqual([
      [0, 0],
      [1800, 2],
      [3600, 0],
    ]);
    expect(told(series.parts.free)).toEqual([
      [0, 0],
      [3600, 1],
    ]);
    expect(told(series.queue)).toEqual([
      [0, 1],
      [3600, 0],
      [5400, 1],
    ]);
    expect(told(series.running)).toEqual([
      [0, 0],
      [3600, 1],
      [5400, 0],
    ]);
  });

  test('BILL-03 cost grows while nodes are charged: not for a preempted one, not before they are made', () => {
    expect(told(seriesOf(STORY, 0).cost as Series)).toEqual([
      [0, 0],
      [1800, 0],
      [3600, 1],
      [5400, 1.5],
      [7200, 1.5],
    ]);
  });

  test('BILL-07 a node without a price makes the cost unknown, one that never was does not', () => {
    const price = { ...(STORY.pools[0]?.price as Recording['pools'][0]['price']), spotPerHourUsd: null };
    const unpriced = { ...STORY, pools: STORY.pools.map((pool) => ({ ...pool, price })) };
    expect(seriesOf(unpriced, 0).cost).toBeNull();
    const noSpot = { ...unpriced, log: { ...(STORY.log as NonNullable<Recording['log']>), count: 5 } };
    expect(seriesOf(noSpot, 0).cost).not.toBeNull();
  });
});

const WORLDS = Array.from({ length: 8 }, (_, seed) => [randomWorld(seed), chancyWorld(seed)]).flat();

describe.each(WORLDS.map((world, i) => ({ i, recording: simulate(world).recording })))(
  'series of random world $i',
  ({ recording }) => {
    const rows = recording.pools.map((_, pool) => pool);
    const all = seriesOfPools(recording, rows);

    test('BILL-06 hold as much node time in each part as is charged, and cost as much in the end', () => {
      const { groups } = chargesOf(recording, null);
      for (const { pool, parts, cost, endMs } of all) {
        const own = groups.filter((group) => group.pool === pool);
        for (const part of NODE_PARTS) {
          if (part === 'free') continue;
          const chargedMs = own.reduce((sum, group) => sum + partMs(group, part), 0);
          expect(areaMs(parts[part], endMs)).toBe(chargedMs);
        }
        const usd = own.flatMap((group) =>
          (['running', 'idle', 'booting', 'failed'] as const).map((p) => partUsd(group, p)),
        );
        const total = usd.reduce((a, b) => a + b, 0);
        if (cost === null) expect(total).toBeNaN();
        else expect(cost.value[cost.count - 1]).toBeCloseTo(total, 9);
        const figures = scalingFigures(recording, pool).costUsd;
        if (figures === null) expect(total).toBeNaN();
        else expect(figures).toBeCloseTo(total, 9);
      }
    });

    test('agree with the world replayed to moments of the run', () => {
      const replay = new Replay(recording);
      for (const share of [0.1, 0.25, 0.5, 0.75, 0.9, 1]) {
        const atMs = Math.floor(recording.run.endMs * share);
        replay.toTime(atMs);
        for (const { pool, parts, queue, running } of all) {
          const nodes = (part: (typeof NODE_PARTS)[number]) =>
            replay.state.nodesIn(pool, 0, part) + replay.state.nodesIn(pool, 1, part);
          for (const part of NODE_PARTS) expect(valueAt(parts[part], atMs)).toBe(nodes(part));
          const { state } = replay;
          expect(valueAt(queue, atMs)).toBe(state.poolTasksIn(pool, 'ready') + state.poolTasksIn(pool, 'assigned'));
          expect(valueAt(running, atMs)).toBe(
            state.poolTasksIn(pool, 'preparing') + state.poolTasksIn(pool, 'running'),
          );
        }
      }
      expect(countTasks(recording).total).toBeGreaterThan(0);
    });
  },
);

test('an hour of one node costs its price', () => {
  const one = tell({
    endS: 3600,
    nodes: [{}],
    rows: [[0, 'nodeState', 0, nodeState('idle')]],
  });
  const { cost } = seriesOf(one, 0);
  expect(cost?.atMs[cost.count - 1]).toBe(HOUR_MS);
  expect(cost?.value[cost.count - 1]).toBe(1);
});

describe.each(WORLDS.slice(0, 4).map((world, i) => ({ i, recording: simulate(world).recording })))(
  'waits of random world $i',
  ({ recording }) => {
    test('are those of the tasks that have begun, when they began', () => {
      const { count, atMs, value } = waitPoints(recording, null);
      const begun = Array.from({ length: recording.tasks.count }, (_, task) => task).filter(
        (task) =>
          (recording.tasks.startMs[task] as number) >= 0 &&
          ['running', 'completed'].includes(TASK_STATES[recording.tasks.state[task] as number] ?? ''),
      );
      expect(count).toBe(begun.length);
      expect(value.subarray(0, count).every((wait, row) => wait >= 0 && wait <= (atMs[row] as number))).toBe(true);
      const byPool = recording.pools.map((_, pool) => waitPoints(recording, pool).count);
      expect(byPool.reduce((a, b) => a + b, 0)).toBe(count);
    });
  },
);
