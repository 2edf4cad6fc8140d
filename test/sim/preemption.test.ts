/** Spot nodes that are taken away and come back (NODE-11, NODE-12, NODE-21, RSZ-09, ACC-08, rows 23 to 26). */
import { describe, expect, test } from 'vitest';
import { DEFAULT_OPTIONS, NO_FAULTS, type Preemption, TIMING_TYPICAL } from '../../src/model/index.js';
import { answers, lifeOf, preempt, resize, resizesOf, runDeeds } from '../helpers/fleet.js';
import { gantt, job, latencies, logged, pool, run, tasks } from '../helpers/world.js';

const spot = (count: number, given: Parameters<typeof pool>[1] = {}) =>
  pool(0, { targetLowPriorityNodes: count, ...given });
const work = (...runtimes: number[]) => [job('j', [tasks('t', runtimes)])];

describe('one by one', () => {
  test('NODE-11 the task goes back as interrupted: neither a retry nor a requeue', () => {
    const recording = runDeeds([spot(1, { timing: latencies({ replace: 30 }) })], work(100), [[10, preempt(1)]]);
    expect(gantt(recording)).toEqual(['j/t1 40-140 n0']);
    expect([recording.tasks.retries[0], recording.tasks.requeues?.[0] ?? 0]).toEqual([0, 0]);
    expect(recording.tasks.interruptions?.[0]).toBe(1);
    expect(recording.nodes.preemptions?.[0]).toBe(1);
  });

  test('NODE-12, BILL-04 the same node returns through its first steps; while it is away it is not charged', () => {
    const timing = latencies({ replace: 30, create: 2, start: 3 });
    const recording = runDeeds([spot(1, { timing })], work(100), [[10, preempt(1)]]);
    expect(lifeOf(recording, 0).slice(3)).toEqual([
      ...['10 preempted preempted', '40 creating replaced', '42 starting', '45 idle'],
    ]);
    expect(recording.nodes.count).toBe(1);
    expect(recording.nodes.createdMs[0]).toBe(0); // NODE-19: allocated once
    expect([recording.nodes.runningMs[0], recording.nodes.bootingMs[0], recording.nodes.idleMs[0]]).toEqual([
      110, 5, 0,
    ]);
  });

  test('NODE-21, NODE-11 dedicated nodes are passed over; the lowest ordinals go first', () => {
    const mixed = pool(1, { targetLowPriorityNodes: 3, timing: latencies({ replace: 1000 }) });
    const recording = runDeeds([mixed], [], [[10, preempt(2)]]);
    expect([0, 1, 2, 3].map((node) => lifeOf(recording, node)[3])).toEqual([
      ...[undefined, '10 preempted preempted', '10 preempted preempted', undefined],
    ]);
    const named = runDeeds([mixed], [], [[10, { kind: 'preemptNodes', poolId: 'p', count: null, nodes: ['n0'] }]]);
    expect(answers(named)).toEqual(['OperationNotValidOnNode']);
  });

  test('SIM-03 a task that exits exactly when its node is taken has completed', () => {
    const recording = runDeeds([spot(1)], work(10), [[10, preempt(1)]]);
    expect(gantt(recording)).toEqual(['j/t1 0-10 n0']);
  });

  test('SIM-06 row 26: with typical timing a node waits for capacity, minutes in the middle', () => {
    const recording = runDeeds([spot(9, { timing: TIMING_TYPICAL })], work(...new Array(9).fill(7_200_000)), [
      [600_000, preempt(9)],
    ]);
    const away = logged(recording, 'nodeState', true).flatMap((line) => {
      const [atMs, , detail] = line.split(' ').map(Number) as [number, number, number];
      return detail >> 8 === 6 ? [atMs - 600_000] : [];
    });
    expect(away).toHaveLength(9);
    expect([...away].sort((a, b) => a - b)[4]).toBeGreaterThan(300_000);
    expect([...away].sort((a, b) => a - b)[4]).toBeLessThan(2_700_000);
  });
});

describe('quota and capacity', () => {
  const full = { lowPriorityCoreQuota: 4 };

  test('ACC-08 a preempted node holds its cores: nobody else can have them', () => {
    const pools = [spot(1, { timing: latencies({ replace: 100 }) }), pool(0, { id: 'q', ready: false })];
    const toQ = { ...resize(null, 1), poolId: 'q' } as ReturnType<typeof resize>;
    const held = runDeeds(
      pools,
      [],
      [
        [10, preempt(1)],
        [20, toQ],
      ],
      { account: full },
    );
    expect(resizesOf(held)[2]).toBe('20-20 resize +0+0-0 AccountLowPriorityCoreQuotaReached');
    const options = { ...DEFAULT_OPTIONS, preemptedHoldsQuota: false };
    const free = runDeeds(
      pools,
      [],
      [
        [10, preempt(1)],
        [20, toQ],
      ],
      { account: full, options },
    );
    expect(resizesOf(free)[2]).toBe('20-20 resize +0+1-0');
    // And then the first node finds no quota when it wants to return.
    expect(lifeOf(free, 0).at(-1)).toBe('10 preempted preempted');
  });

  test('RSZ-09 what quota cut is sought again as soon as cores come free, also while steady', () => {
    const pools = [
      pool(0, { targetLowPriorityNodes: 1, id: 'q' }),
      spot(2, { ready: false, timing: latencies({ alloc: 5 }) }),
    ];
    const shrinkQ = { ...resize(null, 0), poolId: 'q' } as ReturnType<typeof resize>;
    const recording = runDeeds(pools, [], [[50, shrinkQ]], { account: { lowPriorityCoreQuota: 8 } });
    expect(resizesOf(recording)).toEqual([
      '0-0 created +0+1-0',
      '0-5 created +0+1-0 AccountLowPriorityCoreQuotaReached',
      '50-50 resize +0+0-1',
      '50-55 restore +0+1-0',
    ]);
  });

  test('RSZ-09 spot nodes that missed their timeout are sought on; dedicated ones are not', () => {
    const late = pool(1, {
      ready: false,
      targetLowPriorityNodes: 1,
      resizeTimeoutMs: 50,
      timing: latencies({ alloc: 60 }),
    });
    const recording = run([late], []);
    expect(resizesOf(recording)).toEqual(['0-50 created +1+1-0 AllocationTimedout', '50-110 restore +0+1-0']);
    expect([recording.nodes.count, recording.nodes.createdMs[0]]).toEqual([1, 110]);
  });

  test('NODE-12, ACC-09 without capacity the node waits for it, and returns when it is there', () => {
    const none = { kind: 'setCapacity', poolId: 'p', dedicatedNodes: null, lowPriorityNodes: 0 } as const;
    const recording = runDeeds([spot(2)], work(100), [
      [10, none],
      [20, preempt(2)],
      [70, { ...none, lowPriorityNodes: 1 }],
      [90, { ...none, lowPriorityNodes: null }],
    ]);
    expect([0, 1].map((node) => lifeOf(recording, node)[4])).toEqual(['70 creating replaced', '90 creating replaced']);
    expect(gantt(recording)).toEqual(['j/t1 70-170 n0']);
  });

  test('RSZ-09 restoreWindow: beyond it a lost node is sought no more', () => {
    const options = { ...DEFAULT_OPTIONS, restoreWindowMs: 20 };
    const timing = latencies({ replace: 30 });
    const recording = runDeeds([spot(1, { timing })], work(100), [[10, preempt(1)]], { options });
    expect(lifeOf(recording, 0).at(-1)).toBe('10 preempted preempted');
    expect(gantt(recording)).toEqual(['j/t1 active']);
  });
});

describe('by rate and by trace', () => {
  const faults = (preemption: Preemption) => ({ faults: { ...NO_FAULTS, preemption } });
  const HOUR = 3_600_000;

  test('NODE-22 a trace takes so many nodes at each of its instants', () => {
    const trace = { kind: 'trace', atMs: Float64Array.of(10, 20), count: Int32Array.of(1, 2) } as const;
    const recording = run([spot(3, { ...faults(trace), timing: latencies({ replace: 100 }) })], work(50));
    expect([0, 1, 2].map((node) => lifeOf(recording, node)[3])).toEqual([
      ...['10 preempted preempted', '20 preempted preempted', '20 preempted preempted'],
    ]);
  });

  test('rows 23 and 24: the hazard of a node is the rate, however large the share that one event takes', () => {
    for (const share of [0.1, 0.5, 1]) {
      const rate = { kind: 'rate', ratePerMs: 1 / HOUR, share, spreadMs: 0 } as const;
      const long = job('j', [tasks('t', [200 * HOUR])], { maxWallClockTimeMs: null });
      const recording = run([pool(1, { targetLowPriorityNodes: 20, ...faults(rate) })], [long]);
      const events = Array.from(recording.nodes.preemptions?.slice(0, 21) ?? []).reduce((a, b) => a + b, 0);
      // 20 nodes for 200 hours at one an hour: 4,000 expected; groups of 20 have a deviation of at most 7 %.
      expect(events).toBeGreaterThan(3_000);
      expect(events).toBeLessThan(5_000);
    }
  });

  test('row 24 the nodes of one event go within the spread', () => {
    const rate = { kind: 'rate', ratePerMs: 1 / HOUR, share: 1, spreadMs: 180_000 } as const;
    const timing = latencies({ replace: 100 * HOUR });
    const recording = run([pool(1, { targetLowPriorityNodes: 10, ...faults(rate), timing })], work(50 * HOUR));
    const taken = logged(recording, 'nodeState', true).flatMap((line) => {
      const [atMs, , detail] = line.split(' ').map(Number) as [number, number, number];
      return detail >> 8 === 5 ? [atMs] : [];
    });
    expect(taken).toHaveLength(10);
    expect((taken.at(-1) as number) - (taken[0] as number)).toBeLessThanOrEqual(180_000);
    expect(new Set(taken).size).toBeGreaterThan(5);
  });

  test('SIM-10 fate keeps no run alive: with nothing to do it ends at once, with a task at its end', () => {
    const rate = { kind: 'rate', ratePerMs: 1 / HOUR, share: 1, spreadMs: 0 } as const;
    expect(run([spot(5, faults(rate))], []).run.endMs).toBe(0);
    const clock = { epochMs: 0, untilMs: null, tailMs: 10 * HOUR };
    const recording = run([pool(1, { targetLowPriorityNodes: 50, ...faults(rate) })], work(5), { clock });
    expect(recording.run.endMs).toBe(10 * HOUR + 5);
    expect(recording.nodes.preemptions?.slice(0, 51).some((count) => count > 0)).toBe(true);
  });
});
