/** What comes first at one instant, and when a run ends. */
import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../src/model/index.js';
import { DEFAULT_OPTIONS } from '../../src/model/index.js';
import { type Recording, WAIT_CAUSES } from '../../src/recording/index.js';
import { afterTasks, at, each, gantt, job, latencies, logged, pool, run, tasks } from '../helpers/world.js';

const until = (untilMs: number | null, tailMs: number | null = null): Partial<Scenario> => ({
  clock: { epochMs: 0, untilMs, tailMs },
});

describe('one instant', () => {
  test('SIM-02 an exit (1) frees a slot, an arrival (5) asks for it, the pass (8) sees both', () => {
    const low = job('low', [tasks('t', [5, 5])]);
    const high = job('high', [tasks('t', [2])], { priority: 1, arrival: at(5) });
    expect(gantt(run([pool(1)], [low, high]))).toEqual(['low/t1 0-5 n0', 'low/t2 7-12 n0', 'high/t1 5-7 n0']);
  });

  test('SIM-02 a node that is ready (4) at the instant of an exit (1) is seen by the same pass', () => {
    const capacity = [{ fromMs: 0, toMs: 5, dedicatedNodes: 1, lowPriorityNodes: null }];
    const recording = run([pool(2, { ready: false, capacity })], [job('j', [tasks('t', [5, 1, 1])])]);
    expect(gantt(recording)).toEqual(['j/t1 0-5 n0', 'j/t2 5-6 n0', 'j/t3 5-6 n1']);
  });

  test('SIM-02 a node that appears (4) exactly at the resize timeout (4, after nodes) counts', () => {
    const timing = latencies({ alloc: 10 });
    const nodesAt = (resizeTimeoutMs: number) => run([pool(1, { ready: false, timing, resizeTimeoutMs })], []);
    expect(nodesAt(10).nodes.count).toBe(1);
    expect(nodesAt(9).nodes.count).toBe(0);
  });

  test('SIM-02 a run of no length is a round of its own: phases run again at the same instant', () => {
    expect(gantt(run([pool(1)], [job('j', [tasks('t', [0, 0, 2])])]))).toEqual([
      ...['j/t1 0-0 n0', 'j/t2 0-0 n0', 'j/t3 0-2 n0'],
    ]);
  });

  test('SIM-04 what ends at one instant ends in order of creation', () => {
    const trace = { kind: 'trace', atMs: Float64Array.of(0, 1, 2) } as const;
    const recording = run([pool(3)], [job('j', [tasks('t', [5, 4, 3], { arrival: trace })])]);
    expect(logged(recording, 'taskFinished')).toEqual(['5 0', '5 1', '5 2']);
  });

  test('SIM-04 tasks of one instant count by job, then by set and index', () => {
    const jobs = ['x', 'y'].map((id) => job(id, [tasks('a', [1, 1]), tasks('b', [1])]));
    const names = gantt(run([pool(9)], jobs)).map((line) => line.split(' ')[0]);
    expect(names).toEqual(['x/a1', 'x/a2', 'x/b1', 'y/a1', 'y/a2', 'y/b1']);
  });
});

describe('the end', () => {
  test('SIM-10 a run ends with its last exit', () => {
    expect(run([pool(1)], [job('j', [tasks('t', [3, 4])])]).run).toMatchObject({ endMs: 7, complete: true });
  });

  test('SIM-10 a tail is run and paid for beyond the last work', () => {
    const recording = run([pool(1)], [job('j', [tasks('t', [3])])], until(null, 6));
    expect(recording.run.endMs).toBe(9);
    expect(recording.nodes.idleMs[0]).toBe(6);
  });

  test('SIM-10 clock.until is the end: what is due just then still happens', () => {
    const recording = run([pool(2)], [job('j', [tasks('t', [4, 5])])], until(4, 9));
    expect(gantt(recording)).toEqual(['j/t1 0-4 n0', 'j/t2 0-… n1']);
    expect(recording.run.endMs).toBe(4);
  });

  test('SIM-10 ends of lifetimes and capacity changes keep no run alive', () => {
    const capacity = [{ fromMs: 50, toMs: 90, dedicatedNodes: 0, lowPriorityNodes: 0 }];
    const options = { ...DEFAULT_OPTIONS, taskLifetimeMs: 70 };
    const stuck = tasks('t', [1], { requiredSlots: 2 });
    expect(run([pool(1, { capacity })], [job('j', [stuck, tasks('u', [3])])], { options }).run.endMs).toBe(3);
  });

  test('SIM-10 a world without work ends at once', () => {
    expect(run([], []).run).toMatchObject({ endMs: 0, complete: true, eventCount: 0 });
  });

  const failing = tasks('t', [1], { exitCode: each(1) });
  test.each<[string, Recording]>([
    ['blockedByDependency', run([pool(1)], [job('j', [failing, tasks('u', [1], afterTasks(['t1']))])])],
    ['requiresMoreSlotsThanANodeHas', run([pool(1)], [job('j', [tasks('t', [1], { requiredSlots: 2 })])])],
    ['noEligibleNode', run([pool(0)], [job('j', [tasks('t', [1])])])],
    ['jobAtMaxParallelTasks', run([pool(2)], [job('j', [tasks('t', [9, 9])], { maxParallelTasks: 1 })], until(4))],
    ['poolMissing', run([pool(1)], [job('j', [tasks('t', [1])], { poolId: 'q' })])],
    ['stoppedAtUntil', run([pool(1)], [job('j', [tasks('t', [9, 9])])], until(4))],
    [
      'lifetimeExceeded',
      run([pool(1)], [job('j', [tasks('t', [9, 9]), tasks('u', [1], { arrival: at(7) })])], {
        options: { ...DEFAULT_OPTIONS, taskLifetimeMs: 6 },
      }),
    ],
  ])('SIM-10 a task that is still active is named with its reason: %s', (cause, { unfinished }) => {
    expect(Array.from(unfinished.cause, (index) => WAIT_CAUSES[index])).toEqual([cause]);
  });
});
