/** Judges of scaling, on simulated pools whose every node is known. */
import { describe, expect, test } from 'vitest';
import type { Pool, ScalingProperty } from '../../../src/model/index.js';
import { judgeScaling, type Recording, SCALING_MATCHERS, scalingFigures } from '../../../src/recording/index.js';
import { answers, runDeeds } from '../../helpers/fleet.js';
import { at, job, latencies, pool, tasks } from '../../helpers/world.js';

const MINUTE = 60_000;

/** A pool whose formula wants `nodes` from minute `from` on, for each `[from, nodes]`. */
function follows(steps: readonly (readonly [number, number])[], option = 'requeue'): Pool {
  const wanted = steps.reduce((before, [from, nodes]) => `minutes >= ${from} ? ${nodes} : (${before})`, '0');
  const formula = `minutes = time().hour * 60 + time().minute; $TargetDedicatedNodes = ${wanted}; $NodeDeallocationOption = ${option};`;
  return pool(0, { ready: false, autoScale: { formula, evaluationIntervalMs: 5 * MINUTE } });
}

function run(
  steps: readonly (readonly [number, number])[],
  runtimes: readonly number[],
  untilMinutes = 60,
  option = 'requeue',
): Recording {
  const clock = { epochMs: 0, untilMs: untilMinutes * MINUTE, tailMs: null };
  return runDeeds([follows(steps, option)], [job('j', [tasks('t', runtimes)], { arrival: at(0) })], [], { clock });
}

/** `ok` or `not`, when, and in words. */
function told(recording: Recording, property: ScalingProperty): string {
  const { ok, atMs, says } = judgeScaling(recording, 0, property);
  return `${ok ? 'ok' : 'not'} ${atMs === null ? '-' : atMs / MINUTE}: ${says}`;
}

describe('reachesZeroWithin', () => {
  const within = (minutes: number) => ({ kind: 'reachesZeroWithin', withinMs: minutes * MINUTE }) as const;

  test('counts from the end of the last task to the moment without a node, which may be the last that is allowed', () => {
    const recording = run(
      [
        [0, 2],
        [20, 0],
      ],
      [3 * MINUTE, 12 * MINUTE],
    );
    const says = 'the last task ended at 0:12, and the last node left 8m later';
    expect(told(recording, within(8))).toBe(`ok 20: ${says}`);
    expect(told(recording, within(7.999))).toBe(`not 20: ${says}`);
  });

  test('a pool that has let go before is at zero at once', () => {
    const recording = run(
      [
        [0, 1],
        [10, 0],
      ],
      [10 * MINUTE],
      60,
      'taskcompletion',
    );
    expect(told(recording, within(0))).toBe('ok 10: the last task ended at 0:10, and the last node left 0 ms later');
  });

  test('nodes that never leave are told with their number; a run that ended too early says so', () => {
    const recording = run([[0, 3]], [MINUTE], 30);
    const says = 'the last task ended at 0:01, and 3 nodes were still there when the run ended 29m later';
    expect(told(recording, within(20))).toBe(`not 30: ${says}`);
    expect(told(recording, within(40))).toBe(`not 30: ${says}; give the run a longer clock.tail`);
  });

  test('tasks that never end leave nothing to be judged', () => {
    expect(told(run([[0, 0]], [MINUTE], 30), within(20))).toBe(
      'not 30: 1 task had not ended when the run ended, at 0:30',
    );
  });
});

describe('neverAbove', () => {
  const above = (nodes: number) => ({ kind: 'neverAbove', nodes }) as const;

  test('the highest target counts, and may be reached', () => {
    const recording = run(
      [
        [0, 2],
        [10, 5],
        [20, 1],
      ],
      [MINUTE],
      40,
    );
    expect(told(recording, above(5))).toBe('ok 10: its highest target was 5, at 0:10');
    expect(told(recording, above(4))).toBe('not 10: its highest target was 5, at 0:10');
  });

  test('a pool of fixed size is judged by its target', () => {
    const given = { ready: true, targetDedicatedNodes: 4 };
    const clock = { epochMs: 0, untilMs: 20 * MINUTE, tailMs: null };
    const recording = runDeeds([pool(4, given)], [], [], { clock });
    expect(told(recording, above(3))).toMatch(/^not 0: its highest target was 4, at 0:00$/);
  });
});

describe('neverBelowRunning', () => {
  const property = { kind: 'neverBelowRunning' } as const;

  test('asking for fewer nodes than run tasks is told, whatever becomes of the tasks', () => {
    for (const option of ['requeue', 'terminate', 'taskcompletion']) {
      const recording = run(
        [
          [0, 3],
          [10, 1],
        ],
        [20 * MINUTE, 20 * MINUTE, 4 * MINUTE],
        30,
        option,
      );
      expect(told(recording, property), option).toBe('not 10: at 0:10 it asked for 1 node while tasks ran on 2');
    }
  });

  test('a task that ended by itself at that very moment did not run any more', () => {
    expect(
      told(
        run(
          [
            [0, 2],
            [10, 1],
          ],
          [10 * MINUTE, 30 * MINUTE],
          60,
        ),
        property,
      ),
    ).toBe('ok -: it never asked for fewer nodes than ran tasks');
  });

  test('several times are counted', () => {
    const recording = run(
      [
        [0, 2],
        [10, 1],
        [15, 2],
        [20, 1],
      ],
      [50 * MINUTE, 50 * MINUTE],
      60,
    );
    expect(told(recording, property)).toBe(
      'not 10: at 0:10 it asked for 1 node while tasks ran on 2; so it did 2 times',
    );
  });
});

describe('neverInterrupts', () => {
  const property = { kind: 'neverInterrupts' } as const;
  const shrinks = (option: string) =>
    run(
      [
        [0, 3],
        [10, 1],
        [15, 3],
        [20, 2],
      ],
      [30 * MINUTE, 31 * MINUTE, 32 * MINUTE],
      90,
      option,
    );

  test.each(['requeue', 'terminate'])('every task that a shrink takes from its node counts: %s', (option) => {
    // At 0:10 two of three tasks lose their nodes; under requeue they run again from 0:15, and one loses its node at 0:20.
    const count = option === 'requeue' ? 3 : 2;
    const says = `shrinks took ${count} running tasks from their nodes, first at 0:10`;
    expect(told(shrinks(option), property)).toBe(`not 10: ${says}`);
  });

  test('nodes that wait for their tasks take none', () => {
    expect(told(shrinks('taskcompletion'), property)).toBe('ok -: no shrink took a running task from its node');
  });

  test('a preemption, or a task that somebody ends, is no shrink', () => {
    const clock = { epochMs: 0, untilMs: 40 * MINUTE, tailMs: null };
    const recording = runDeeds(
      [follows([[0, 2]])],
      [job('j', [tasks('t', [30 * MINUTE, 30 * MINUTE])], { arrival: at(0) })],
      [
        [10 * MINUTE, { kind: 'terminateTask', jobId: 'j', taskId: 't1' }],
        [12 * MINUTE, { kind: 'failNode', poolId: 'p', node: 'n1', error: null, recovers: false }],
      ],
      { clock },
    );
    expect(answers(recording)).toEqual(['ok', 'ok']);
    expect(told(recording, property)).toBe('ok -: no shrink took a running task from its node');
  });
});

test('all figures of a pool at once', () => {
  const recording = run(
    [
      [0, 2],
      [10, 1],
      [40, 0],
    ],
    [9 * MINUTE, 21 * MINUTE],
    60,
  );
  expect(scalingFigures(recording, 0)).toMatchObject({
    peakNodes: 2,
    changesPerHour: 3,
    changes: 3,
    p95WaitMs: 0,
    takenTasks: 0,
    zeroAfterMs: 19 * MINUTE,
    endMs: 21 * MINUTE,
    unended: 0,
  });
  expect(scalingFigures(run([[0, 0]], [MINUTE], 60), 0)).toMatchObject({ peakNodes: 0, zeroAfterMs: null });
});

describe('changesPerHour', () => {
  const changes = (operator: '<' | '<=', value: number) =>
    ({ kind: 'changesPerHour', limit: { operator, value } }) as const;

  test('the busiest 60 minutes count, wherever they begin', () => {
    const steps = [
      [0, 1],
      [40, 2],
      [85, 3],
      [90, 2],
      [95, 3],
    ] as const;
    const recording = run(steps, [140 * MINUTE], 150, 'taskcompletion');
    const says = '4 changes in the hour from 0:40, of 5 in all';
    expect(told(recording, changes('<=', 4))).toBe(`ok 40: ${says}`);
    expect(told(recording, changes('<', 4))).toBe(`not 40: ${says}`);
  });

  test('a formula that never moves has no change', () => {
    expect(told(run([[0, 0]], [], 60), changes('<=', 0))).toBe('ok -: it never changed the targets');
  });
});

describe('p95Wait', () => {
  const wait = (operator: '<' | '<=', minutes: number) =>
    ({ kind: 'p95Wait', limit: { operator, value: minutes * MINUTE } }) as const;

  test('the 95th percentile of the waits of the pool by nearest rank', () => {
    // One node, 20 tasks of a minute each: they wait 0 to 19 minutes, and 95 of 100 wait at most 18.
    const recording = run([[0, 1]], new Array(20).fill(MINUTE), 60);
    expect(told(recording, wait('<=', 18))).toBe('ok -: the 95th percentile of 20 waits is 18m');
    expect(told(recording, wait('<', 18))).toBe('not -: the 95th percentile of 20 waits is 18m');
  });

  test('tasks of other pools do not count', () => {
    const clock = { epochMs: 0, untilMs: 30 * MINUTE, tailMs: null };
    const other = pool(0, { id: 'q', ready: false, timing: latencies({}) });
    const recording = runDeeds([follows([[0, 1]]), other], [job('k', [tasks('u', [MINUTE])], { poolId: 'q' })], [], {
      clock,
    });
    expect(told(recording, wait('<', 1))).toBe('ok -: no task of the pool ever waited');
  });
});

describe('matchers', () => {
  const recording = run(
    [
      [0, 2],
      [20, 0],
    ],
    [12 * MINUTE],
  );

  test('pass and fail as the judges say, with a message of the same figures', () => {
    const good = SCALING_MATCHERS.toScaleToZeroWithin(recording, '8m');
    const bad = SCALING_MATCHERS.toNeverExceed(recording, 1, { pool: 'P' });
    expect([good.pass, bad.pass]).toEqual([true, false]);
    expect(bad.message()).toBe('pool p: neverAbove: 1 does not hold: its highest target was 2, at 0:00');
    expect(good.message()).toContain('holds, and was not to');
    expect(SCALING_MATCHERS.toNeverDropBelowRunning(recording).pass).toBe(true);
    expect(SCALING_MATCHERS.toNeverInterruptTasks(recording).pass).toBe(true);
    expect(SCALING_MATCHERS.toChangeAtMostPerHour(recording, 2).pass).toBe(true);
    expect(SCALING_MATCHERS.toKeepP95WaitWithin(recording, '1s').pass).toBe(true);
  });

  test('what cannot be judged is an error that says what to write', () => {
    expect(() => SCALING_MATCHERS.toScaleToZeroWithin(recording, '8')).toThrow(`"8" has no unit; write '20m'`);
    expect(() => SCALING_MATCHERS.toNeverExceed(recording, 1, { pool: 'pp' })).toThrow("did you mean 'p'?");
    expect(() => SCALING_MATCHERS.toNeverExceed({} as Recording, 1)).toThrow('takes what simulate() returns');
  });
});
