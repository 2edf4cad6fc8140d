/** Pools that follow a formula (ASC-01, ASC-02, ASC-04 to ASC-09). */
import { describe, expect, test } from 'vitest';
import { DEFAULT_OPTIONS, type Operation, type Pool } from '../../src/model/index.js';
import { answers, lifeOf, resize, resizesOf, runDeeds } from '../helpers/fleet.js';
import { at, gantt, job, latencies, pool, tasks } from '../helpers/world.js';

const MINUTE = 60_000;
const INTERVAL = 5 * MINUTE;
const follows = (formula: string, given: Partial<Pool> = {}): Pool =>
  pool(0, { ready: false, autoScale: { formula, evaluationIntervalMs: INTERVAL }, ...given });
/** As many nodes as the newest sample has pending tasks; none without a sample. */
const PENDING = 'p = $PendingTasks.GetSample(1); $TargetDedicatedNodes = len(p) == 0 ? 0 : val(p, 0);';
const enable = (formula: string | null, evaluationIntervalMs: number | null = null): Operation => ({
  ...{ kind: 'enableAutoScale', poolId: 'p', formula, evaluationIntervalMs },
});
const stopAt = (untilMs: number) => ({ clock: { epochMs: 0, untilMs, tailMs: null } });

describe('evaluation', () => {
  test('ASC-02 the first one comes with the pool, then one every interval', () => {
    const formula = `$TargetDedicatedNodes = time() < time("1970-01-01T00:05:00Z") ? 1 : 3;`;
    const recording = runDeeds([follows(formula)], [], [], stopAt(6 * MINUTE));
    expect(resizesOf(recording)).toEqual([
      ...['0-0 created +0+0-0', '0-0 autoscale +1+0-0', `${INTERVAL}-${INTERVAL} autoscale +2+0-0`],
    ]);
  });

  test('ASC-07 samples every 30 s: tasks that wait bring nodes at the next evaluation, and take them away after it', () => {
    const work = job('j', [tasks('t', [MINUTE, MINUTE])], { arrival: at(MINUTE) });
    const recording = runDeeds([follows(PENDING)], [work], []);
    expect(gantt(recording)).toEqual([
      `j/t1 ${INTERVAL}-${INTERVAL + MINUTE} n0`,
      `j/t2 ${INTERVAL}-${INTERVAL + MINUTE} n1`,
    ]);
    expect([recording.nodes.goneMs[0], recording.nodes.goneMs[1]]).toEqual([2 * INTERVAL, 2 * INTERVAL]);
  });

  test('SIM-10 the run goes on for an hour, so that the way down is seen; sampling alone keeps it no longer', () => {
    const work = job('j', [tasks('t', [MINUTE])], { arrival: at(MINUTE) });
    const recording = runDeeds([follows(PENDING)], [work], []);
    // The last thing that happened was the node that left at the second evaluation.
    expect(recording.run.endMs).toBe(INTERVAL + MINUTE + 60 * MINUTE);
  });

  test('ASC-05 an evaluation that fails leaves the targets alone', () => {
    const formula = '$TargetDedicatedNodes = avg($PendingTasks.GetSample(10 * TimeInterval_Minute, 50));';
    const recording = runDeeds([follows(formula)], [job('j', [tasks('t', [1])])], [], stopAt(INTERVAL - 1));
    expect(resizesOf(recording)).toEqual(['0-0 created +0+0-0']);
  });

  test('ASC-06 the option of the formula says what becomes of running tasks', () => {
    const formula = `$TargetDedicatedNodes = time() < time("1970-01-01T00:05:00Z") ? 1 : 0; $NodeDeallocationOption = taskcompletion;`;
    const recording = runDeeds([follows(formula)], [job('j', [tasks('t', [7 * MINUTE])])], [], stopAt(9 * MINUTE));
    expect(gantt(recording)).toEqual([`j/t1 0-${7 * MINUTE} n0`]);
    expect(resizesOf(recording)[2]).toBe(`${INTERVAL}-${7 * MINUTE} autoscale +0+0-1`);
  });

  test('ASC-07 with a delay samples cannot be read at once; with a loss of 1 there are none', () => {
    const work = () => [job('j', [tasks('t', [MINUTE])], { arrival: at(INTERVAL - 30_000) })];
    const begun = (options: Partial<typeof DEFAULT_OPTIONS>) =>
      gantt(
        runDeeds([follows(PENDING)], work(), [], {
          options: { ...DEFAULT_OPTIONS, ...options },
          ...stopAt(12 * MINUTE),
        }),
      )[0];
    expect(begun({})).toBe(`j/t1 ${INTERVAL}-${INTERVAL + MINUTE} n0`);
    expect(begun({ sampleDelayMs: 60_000 })).toBe(`j/t1 ${2 * INTERVAL}-${2 * INTERVAL + MINUTE} n0`);
    expect(begun({ sampleLoss: 1 })).toBe('j/t1 active');
  });
});

describe('while the pool is resized', () => {
  const steps = (first: number, second: number) =>
    `$TargetDedicatedNodes = time() < time("1970-01-01T00:05:00Z") ? ${first} : ${second};`;

  test('ASC-08, RSZ-03 a new target replaces that of a pool that grows, without a timeout; nodes on their way still come', () => {
    const nodes = follows(steps(2, 3), { timing: latencies({ alloc: 8 * MINUTE }), resizeTimeoutMs: INTERVAL });
    const recording = runDeeds([nodes], [], [], stopAt(20 * MINUTE));
    expect(resizesOf(recording).slice(1)).toEqual([
      ...[`0-${INTERVAL} autoscale +2+0-0`, `${INTERVAL}-${13 * MINUTE} autoscale +3+0-0`],
    ]);
    expect(Array.from(recording.nodes.createdMs.slice(0, 3))).toEqual([8 * MINUTE, 8 * MINUTE, 13 * MINUTE]);
  });

  test('ASC-08 a lower target gives up what has not come', () => {
    const nodes = follows(steps(3, 1), { timing: latencies({ alloc: 8 * MINUTE }) });
    const recording = runDeeds([nodes], [], [], stopAt(20 * MINUTE));
    expect(recording.nodes.count).toBe(1);
    expect(resizesOf(recording).at(-1)).toBe(`${INTERVAL}-${8 * MINUTE} autoscale +1+0-0`);
  });

  test('ASC-08 while nodes drain new targets wait until the pool is steady', () => {
    const formula = `
      t = time();
      $TargetDedicatedNodes = t < time("1970-01-01T00:05:00Z") ? 1 : (t < time("1970-01-01T00:10:00Z") ? 0 : 2);
      $NodeDeallocationOption = taskcompletion;`;
    const recording = runDeeds([follows(formula)], [job('j', [tasks('t', [12 * MINUTE])])], [], stopAt(14 * MINUTE));
    expect(resizesOf(recording).slice(2)).toEqual([
      ...[`${INTERVAL}-${12 * MINUTE} autoscale +0+0-1`, `${12 * MINUTE}-${12 * MINUTE} autoscale +2+0-0`],
    ]);
    expect(lifeOf(recording, 1)[0]).toBe(`${12 * MINUTE} creating`);
  });
});

describe('operations', () => {
  const TWO = '$TargetDedicatedNodes = 2;';

  test('ASC-04, ASC-09 enabled it follows the formula at once; disabled it keeps its targets', () => {
    const recording = runDeeds(
      [pool(1)],
      [],
      [
        [10, enable(TWO)],
        [20, resize(3)],
        [30, { kind: 'disableAutoScale', poolId: 'p' }],
        [40, resize(3)],
      ],
      stopAt(MINUTE),
    );
    expect(answers(recording)).toEqual(['ok', 'OperationInvalidForCurrentState', 'ok', 'ok']); // RSZ-01
    expect(resizesOf(recording).slice(1)).toEqual(['10-10 autoscale +1+0-0', '40-40 resize +1+0-0']);
  });

  test('ASC-01, ASC-03, ASC-04 refusals', () => {
    const recording = runDeeds(
      [pool(1), pool(2, { id: 'q', ready: false, timing: latencies({ alloc: 100 }) })],
      [],
      [
        [10, enable(null)],
        [10, enable(TWO, 1000)],
        [10, enable('$TargetDedicatedNodes = ;')],
        [10, enable('x'.repeat(8193))],
        [10, enable(null, INTERVAL)],
        [10, { ...enable(TWO), poolId: 'q' } as Operation],
        [10, enable(TWO)],
        [30_009, enable(TWO)],
        [30_010, enable(null, INTERVAL)],
      ],
      stopAt(MINUTE),
    );
    expect(answers(recording)).toEqual([
      ...[
        'MissingRequiredProperty',
        'InvalidPropertyValue',
        'AutoScalingFormulaSyntaxError',
        'AutoScaleFormulaTooLong',
      ],
      ...['MissingRequiredProperty', 'PoolBeingResized', 'ok', 'TooManyEnableAutoScaleRequests', 'ok'],
    ]);
  });

  test('ASC-02 a new interval restarts the schedule from the request; a new formula alone keeps it', () => {
    const counted = (deeds: Parameters<typeof runDeeds>[2]) => {
      const formula = '$TargetDedicatedNodes = $CurrentDedicatedNodes + 1;';
      return resizesOf(runDeeds([follows(formula)], [], deeds, stopAt(8 * MINUTE))).slice(2);
    };
    expect(counted([])).toEqual([`${INTERVAL}-${INTERVAL} autoscale +1+0-0`]);
    expect(counted([[2 * MINUTE, enable(null, INTERVAL)]])).toEqual([
      ...[`${2 * MINUTE}-${2 * MINUTE} autoscale +1+0-0`, `${7 * MINUTE}-${7 * MINUTE} autoscale +1+0-0`],
    ]);
    expect(counted([[2 * MINUTE, enable('$TargetDedicatedNodes = 9;')]])).toEqual([
      `${2 * MINUTE}-${2 * MINUTE} autoscale +8+0-0`,
    ]);
  });

  test('ASC-05 evaluate tries a formula and changes nothing; without autoscale it is refused', () => {
    const evaluate = { kind: 'evaluateAutoScale', poolId: 'p', formula: '$TargetDedicatedNodes = 7;' } as const;
    const recording = runDeeds(
      [follows(TWO), pool(1, { id: 'q' })],
      [],
      [
        [10, evaluate],
        [20, { ...evaluate, poolId: 'q' }],
        [30, { ...evaluate, formula: '' }],
      ],
      stopAt(MINUTE),
    );
    expect(answers(recording)).toEqual(['ok', 'OperationInvalidForCurrentState', 'MissingRequiredProperty']);
    expect(recording.nodes.count).toBe(3);
  });
});
