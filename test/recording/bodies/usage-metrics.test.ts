import { describe, expect, test } from 'vitest';
import { makeAccount, makeScenario, type Operation } from '../../../src/model/index.js';
import { chargedMs, momentAt, poolUsageMetrics, USAGE_INTERVAL_MS } from '../../../src/recording/index.js';
import { simulate } from '../../../src/sim/index.js';
import { on, resize } from '../../helpers/fleet.js';
import { act } from '../../helpers/job-events.js';
import { momentOf } from '../../helpers/moments.js';
import { at, FOUR, job, latencies, pool, tasks } from '../../helpers/world.js';

const MINUTE = 60_000;
const lasting = (minutes: number) =>
  job('late', [tasks('late', [0])], { poolId: 'none', arrival: at(minutes * MINUTE) });
const everything = { startMs: 0, endMs: 24 * 60 * MINUTE };
/** `00:30 p 2` for each row. */
const lines = (rows: ReturnType<typeof poolUsageMetrics>) =>
  rows.map(({ startTime, poolId, totalCoreHours }) => `${startTime.slice(11, 16)} ${poolId} ${totalCoreHours}`);

describe('half hours', () => {
  const actions = [act(45 * MINUTE, resize(2))];
  const account = { pools: [pool(1)], jobs: [lasting(100)], actions };

  test('BILL-08 core hours by pool and interval, only of what is over', () => {
    // Four cores for half an hour are two core hours; the second node comes at 0:45.
    expect(lines(poolUsageMetrics(momentOf(account, 95 * MINUTE), 0, everything))).toEqual([
      '00:00 p 2',
      '00:30 p 3',
      '01:00 p 4',
    ]);
  });

  test('BILL-08 without a filter only the last interval that is over', () => {
    expect(poolUsageMetrics(momentOf(account, 29 * MINUTE), 0)).toEqual([]);
    expect(poolUsageMetrics(momentOf(account, 61 * MINUTE), 0)).toEqual([
      {
        ...{ poolId: 'p', startTime: '1970-01-01T00:30:00Z', endTime: '1970-01-01T01:00:00Z' },
        ...{ vmSize: FOUR.name, totalCoreHours: 3 },
      },
    ]);
  });

  test('BILL-08 a filter takes the intervals that lie wholly within', () => {
    const filter = { startMs: MINUTE, endMs: 89 * MINUTE };
    expect(lines(poolUsageMetrics(momentOf(account, 95 * MINUTE), 0, filter))).toEqual(['00:30 p 3']);
  });

  test('BILL-08 they begin on the hour and half past, wherever the scenario starts', () => {
    const clock = { epochMs: 10 * MINUTE, untilMs: null, tailMs: null };
    const moment = momentOf({ jobs: [lasting(60)] }, 60 * MINUTE, { clock });
    expect(lines(poolUsageMetrics(moment, 0, { startMs: -10 * MINUTE, endMs: 60 * MINUTE }))).toEqual([
      '00:00 p 1.333333',
      '00:30 p 2',
    ]);
  });

  test('BILL-08, BILL-05 a deallocated node uses nothing, and a pool without charged nodes has no row', () => {
    const off: Operation = { kind: 'deallocateNode', ...on('n0'), option: null };
    const moment = momentOf({ jobs: [lasting(70)], actions: [act(15 * MINUTE, off)] }, 70 * MINUTE);
    expect(lines(poolUsageMetrics(moment, 0, everything))).toEqual(['00:00 p 1']);
  });
});

test('BILL-08, ACC-01 each account sees its own pools', () => {
  const accounts = ['a', 'b'].map((name) => makeAccount({ name, pools: [pool(1, { id: name })], jobs: [lasting(40)] }));
  const run = simulate(makeScenario({ accounts, clock: { epochMs: 0, untilMs: null, tailMs: null } }));
  const moment = momentAt(run, 40 * MINUTE);
  expect(lines(poolUsageMetrics(moment, 1))).toEqual(['00:00 b 2']);
});

test('BILL-08, BILL-03 the intervals of a whole run sum to its charged node time', () => {
  const timing = latencies({ alloc: 7 * MINUTE, create: 11 * MINUTE, start: 3 * MINUTE, leave: 13 * MINUTE });
  const actions = [act(50 * MINUTE, resize(3)), act(130 * MINUTE, resize(0))];
  const moment = momentOf({ pools: [pool(2, { ready: false, timing })], jobs: [lasting(240)], actions }, 240 * MINUTE);
  const { recording } = moment;
  const hours = poolUsageMetrics(moment, 0, everything).reduce((sum, row) => sum + row.totalCoreHours, 0);
  const charged = Array.from({ length: recording.nodes.count }, (_, node) => chargedMs(recording, node));
  expect(hours).toBeCloseTo((charged.reduce((a, b) => a + b, 0) * FOUR.vcpus) / (2 * USAGE_INTERVAL_MS), 5);
});
