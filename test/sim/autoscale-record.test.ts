/** What autoscale leaves in the recording: evaluations, what was followed, samples (ASC-05, ASC-07, formula 6). */
import { describe, expect, test } from 'vitest';
import { compileFormula, evaluateFormula } from '../../src/autoscale/index.js';
import { DEFAULT_OPTIONS, type Operation, type Pool } from '../../src/model/index.js';
import {
  autoScaleRunAt,
  decodeRecording,
  encodeRecording,
  evaluationAt,
  type Recording,
  SAMPLED_METRICS,
} from '../../src/recording/index.js';
import { FormulaHistory } from '../../src/sim/index.js';
import { runDeeds } from '../helpers/fleet.js';
import { at, job, latencies, pool, tasks, world } from '../helpers/world.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const INTERVAL = 5 * MINUTE;
const follows = (formula: string, given: Partial<Pool> = {}): Pool =>
  pool(0, { ready: false, autoScale: { formula, evaluationIntervalMs: INTERVAL }, ...given });
const enable = (formula: string | null, evaluationIntervalMs: number | null = null): Operation => ({
  ...{ kind: 'enableAutoScale', poolId: 'p', formula, evaluationIntervalMs },
});
const disable: Operation = { kind: 'disableAutoScale', poolId: 'p' };
const stopAt = (untilMs: number) => ({ clock: { epochMs: 0, untilMs, tailMs: null } });

/** Each evaluation: when, targets before > wanted, option, effect, least share of samples. */
function evaluations(recording: Recording): string[] {
  return Array.from({ length: recording.evaluations.count }, (_, row) => {
    const one = evaluationAt(recording, row);
    const before = `${one.targetDedicatedNodes}+${one.targetLowPriorityNodes}`;
    const wanted = `${one.wantedDedicatedNodes}+${one.wantedLowPriorityNodes}`;
    const percent = one.samplePercent === null ? '' : ` ${one.samplePercent}%`;
    return `${one.run.atMs} ${before}>${wanted} ${one.option} ${one.effect}${percent}${one.run.error === null ? '' : ' failed'}`;
  });
}

/** The samples of a metric of the only stretch, as changes: `number:value`. */
function changes({ samples }: Recording, metric: (typeof SAMPLED_METRICS)[number]): string {
  const rows = Array.from({ length: samples.count }, (_, row) => row);
  return rows
    .filter((row) => SAMPLED_METRICS[samples.metric[row] as number] === metric)
    .map((row) => `${samples.number[row]}:${samples.value[row]}`)
    .join(' ');
}

describe('evaluations', () => {
  test('ASC-05 each is recorded: targets before, targets wanted, option, what it did', () => {
    const formula = `
      t = time();
      $TargetDedicatedNodes = t < time("1970-01-01T00:05:00Z") ? 2 : (t < time("1970-01-01T00:15:00Z") ? 0 : 3);
      $NodeDeallocationOption = t < time("1970-01-01T00:05:00Z") ? requeue : taskcompletion;`;
    const work = job('j', [tasks('t', [17 * MINUTE, 17 * MINUTE])]);
    expect(evaluations(runDeeds([follows(formula)], [work], [], stopAt(21 * MINUTE)))).toEqual([
      ...['0 0+0>2+0 requeue resized', '300000 2+0>0+0 taskcompletion resized', '600000 0+0>0+0 taskcompletion none'],
      // ASC-08: the nodes drain until 17 min; what waited is done then, and found done at the next.
      ...['900000 0+0>3+0 taskcompletion postponed', '1200000 3+0>3+0 taskcompletion none'],
    ]);
  });

  test('ASC-05, formula 6.5 autoScaleRun: nothing before autoscale, a failure in the words of the service, results, then nothing', () => {
    const formula = 'a = avg($RunningTasks.GetSample(2 * TimeInterval_Minute, 50));\n$TargetDedicatedNodes = a;';
    const recording = runDeeds(
      [pool(1)],
      [job('j', [tasks('t', [20 * MINUTE])])],
      [
        [MINUTE, enable(formula, INTERVAL)],
        [8 * MINUTE, disable],
      ],
      stopAt(10 * MINUTE),
    );
    const shown = (atMs: number) => autoScaleRunAt(recording, 0, atMs);
    const failure = {
      atMs: MINUTE,
      results: '$TargetDedicatedNodes=1;$TargetLowPriorityNodes=0;$NodeDeallocationOption=requeue',
      error: {
        code: 'InsufficientSampleData',
        message: 'Autoscale evaluation failed due to insufficient sample data',
        values: [
          {
            name: 'Message',
            value: 'Line 1, Col 32: Insufficient data from data set: $RunningTasks wanted 50%, received 0%',
          },
        ],
      },
    };
    const success = {
      atMs: 6 * MINUTE,
      results: '$TargetDedicatedNodes=1;$TargetLowPriorityNodes=0;$NodeDeallocationOption=requeue;a=1',
      error: null,
    };
    expect([MINUTE - 1, MINUTE, 6 * MINUTE - 1, 6 * MINUTE, 8 * MINUTE - 1, 8 * MINUTE].map(shown)).toEqual([
      ...[null, failure, failure, success, success, null],
    ]);
    expect(evaluations(recording)).toEqual([
      '60000 1+0>1+0 requeue none 0% failed',
      '360000 1+0>1+0 requeue none 100%',
    ]);
  });

  test('ASC-05 what is only tried is not recorded, and is no autoScaleRun', () => {
    const tried: Operation = { kind: 'evaluateAutoScale', poolId: 'p', formula: '$TargetDedicatedNodes = 7;' };
    const recording = runDeeds([follows('$TargetDedicatedNodes = 1;')], [], [[MINUTE, tried]], stopAt(2 * MINUTE));
    expect(evaluations(recording)).toEqual(['0 0+0>1+0 requeue resized']);
    expect(autoScaleRunAt(recording, 0, 2 * MINUTE)?.atMs).toBe(0);
  });

  test('ASC-05 the same outcome is kept once, however often a formula comes to it', () => {
    const day = job('j', [tasks('t', [24 * 60 * MINUTE])]);
    const recording = runDeeds([follows('$TargetDedicatedNodes = 1;')], [day], [], stopAt(24 * 60 * MINUTE));
    expect(recording.evaluations.count).toBe(1 + 24 * 12);
    expect(recording.outcomes).toHaveLength(1);
    expect(recording.formulas).toHaveLength(1);
  });

  test('ASC-02, ASC-04 what a pool followed, and from when to when', () => {
    const deeds = [
      [MINUTE, enable('$TargetDedicatedNodes = 1;')],
      [2 * MINUTE, enable(null, 6 * MINUTE)],
      [3 * MINUTE, disable],
      [4 * MINUTE, enable('$TargetDedicatedNodes = 2;')],
    ] as const;
    const recording = runDeeds([pool(0)], [], deeds, stopAt(5 * MINUTE));
    const rows = recording.formulas.map((row) => {
      const { startMs, endMs, activeMs, evaluationIntervalMs, formula, sampleCount } = row;
      return `${startMs}-${endMs} since ${activeMs} every ${evaluationIntervalMs} ${formula} ${sampleCount}`;
    });
    expect(rows).toEqual([
      '60000-120000 since 60000 every 900000 $TargetDedicatedNodes = 1; 1',
      '120000-180000 since 60000 every 360000 $TargetDedicatedNodes = 1; 3',
      // The sample of the end of the run is taken, that of the instant at which autoscale ends is not (SIM-02).
      '240000--1 since 240000 every 900000 $TargetDedicatedNodes = 2; 2',
    ]);
  });

  test('ASC-06, ACC-06 a target above the quota stands, and the next evaluation finds it so', () => {
    const account = { dedicatedCoreQuota: 8 };
    const recording = runDeeds([follows('$TargetDedicatedNodes = 5;')], [], [], { ...stopAt(6 * MINUTE), account });
    expect(evaluations(recording)).toEqual(['0 0+0>5+0 requeue resized', '300000 5+0>5+0 requeue none']);
    expect(recording.nodes.count).toBe(2);
    expect(recording.resizes.at(-1)?.errors.map(({ code }) => code)).toEqual(['AccountCoreQuotaReached']);
  });
});

describe('samples', () => {
  test('ASC-07 only changes are kept: a node from the start, a task from 45 s to 105 s', () => {
    const work = job('j', [tasks('t', [MINUTE])], { arrival: at(45 * SECOND) });
    const recording = runDeeds([follows('$TargetDedicatedNodes = 1;')], [work], [], stopAt(5 * MINUTE));
    expect(changes(recording, '$CurrentDedicatedNodes')).toBe('1:1');
    expect(changes(recording, '$RunningTasks')).toBe('1:0 2:1 4:0');
    expect(changes(recording, '$SucceededTasks')).toBe('1:0 4:1');
    expect(changes(recording, '$CPUPercent')).toBe('1:0 2:10000 4:0');
  });

  test('ASC-07 without a node there is no sample of $CPUPercent', () => {
    const recording = runDeeds([pool(0)], [], [[0, enable('a = 1;')]], stopAt(MINUTE));
    expect(changes(recording, '$CPUPercent')).toBe('1:-1');
  });

  test('ASC-07, TASK-23, TASK-24, JOB-14 finished tasks are those that are there: reactivated and deleted ones are not', () => {
    const onTask = (taskId: string) => ({ jobId: 'j', taskId });
    const command = { exitCode: Int32Array.of(0, 1, 1) };
    const work = [job('j', [tasks('t', [10, 10, 10], command)]), job('k', [tasks('t', [10, 10])])];
    const deeds = [
      [0, enable('a = 1;')],
      [40 * SECOND, { kind: 'deleteTask', ...onTask('t1') }],
      [70 * SECOND, { kind: 'deleteTask', ...onTask('t2') }],
      [100 * SECOND, { kind: 'reactivateTask', ...onTask('t3') }],
      [130 * SECOND, { kind: 'deleteJob', jobId: 'k', force: false }],
    ] as const;
    const recording = runDeeds([pool(5)], work, deeds, stopAt(160 * SECOND));
    expect(changes(recording, '$SucceededTasks')).toBe('1:3 2:2 5:0');
    // It fails again within 10 ms: that is one as before.
    expect(changes(recording, '$FailedTasks')).toBe('1:2 3:1');
  });

  test('ASC-07 a formula that is enabled after others had finished counts those; one that is patched sees samples of before', () => {
    const read = '$TargetLowPriorityNodes = sum($SucceededTasks.GetSample(2));';
    const recording = runDeeds(
      [pool(1)],
      [job('j', [tasks('t', [10, 10])])],
      [
        [MINUTE, enable('a = 1;')],
        [MINUTE + 65 * SECOND, enable(read)],
      ],
      stopAt(3 * MINUTE),
    );
    expect(evaluations(recording)).toEqual(['60000 1+0>1+0 requeue none', '125000 1+0>1+4 requeue resized 100%']);
  });

  test('ASC-07, ASC-09 switched off and on again it counts anew: nothing is left of nodes that went in between', () => {
    const formula = '$TargetDedicatedNodes = time() < time("1970-01-01T00:05:00Z") ? 2 : 0;';
    const deeds = [
      [5 * MINUTE + 10 * SECOND, disable],
      [6 * MINUTE, enable('a = 1;')],
    ] as const;
    const work = [job('j', [tasks('t', [20 * MINUTE, 20 * MINUTE])])];
    const recording = runDeeds([follows(formula)], work, deeds, stopAt(7 * MINUTE));
    // Two nodes run two tasks until 5:00; samples of 0:30 to 5:00, then of 6:30 and 7:00.
    expect(changes(recording, '$RunningTasks')).toBe('1:2 1:0');
    expect(changes(recording, '$ActiveTasks')).toBe('1:0 1:2');
    expect(changes(recording, '$UsableNodeCount')).toBe('1:2 1:0');
  });

  test('ASC-07 what is lost is lost by pool and instant, however often and in whatever order it is asked', () => {
    const options = { ...DEFAULT_OPTIONS, sampleLoss: 0.5 };
    const formula = 'n = $RunningTasks.GetSample(1000); $TargetDedicatedNodes = 1;';
    const at10 = (deeds: Parameters<typeof runDeeds>[2]) =>
      autoScaleRunAt(runDeeds([follows(formula)], [], deeds, { ...stopAt(11 * MINUTE), options }), 0, 10 * MINUTE)
        ?.results;
    const seen = at10([]) as string;
    const count = seen.split(';n=')[1]?.split(',').length ?? 0;
    expect(count).toBeGreaterThan(4);
    expect(count).toBeLessThan(16);
    expect(at10([[2 * MINUTE, enable(formula)]])).toBe(seen);
  });
});

describe('read again', () => {
  const formula = 'n = $PendingTasks.GetSample(3); r = rand(); $TargetDedicatedNodes = min(3, max(0, n));';
  const work = [job('j', [tasks('t', [MINUTE, MINUTE, 20 * MINUTE])], { arrival: at(MINUTE) })];
  const run = () => runDeeds([follows(formula)], work, [], stopAt(16 * MINUTE));
  const evaluated = (moment: ReturnType<FormulaHistory['moment']>) => {
    const compiled = compileFormula(moment?.formula.formula ?? '');
    if (!compiled.ok || moment === null) throw new Error('autoscale is on');
    return evaluateFormula(compiled.value, moment.inputs);
  };

  test('ASC-05 the file of a recording gives back evaluations, formulas, outcomes and samples', () => {
    const recording = run();
    const bytes = Buffer.concat([...encodeRecording({ scenario: world({}), recording })]);
    const decoded = decodeRecording(bytes);
    if (!decoded.ok) throw new Error(decoded.error);
    expect(evaluations(decoded.value)).toEqual(evaluations(recording));
    expect(decoded.value.formulas).toEqual(recording.formulas);
    expect(decoded.value.outcomes).toEqual(recording.outcomes);
    for (const metric of SAMPLED_METRICS) expect(changes(decoded.value, metric)).toBe(changes(recording, metric));
  });

  test('ASC-05 the last evaluation at a moment is made again from the recording, draws included', () => {
    const recording = run();
    const history = new FormulaHistory(recording, 0);
    for (const atMs of [16 * MINUTE, 9 * MINUTE, INTERVAL, 0]) {
      const past = history.lastEvaluation(atMs);
      expect([past?.atMs, evaluated(past).results]).toEqual([
        Math.min(15, Math.floor(atMs / INTERVAL) * 5) * MINUTE,
        past?.outcome.run.results,
      ]);
    }
  });

  test('ASC-05 a formula is tried at a moment between: targets, nodes and samples are those of the moment', () => {
    const history = new FormulaHistory(run(), 0);
    // At 5 min three nodes for three tasks, of which one is left at 7 min: samples of 6:00, 6:30 and 7:00.
    expect(history.moment(5 * MINUTE - 1)?.inputs).toMatchObject({ targetDedicatedNodes: 0, currentDedicatedNodes: 0 });
    const moment = history.moment(7 * MINUTE);
    expect(moment?.inputs).toMatchObject({ targetDedicatedNodes: 3, currentDedicatedNodes: 3, nowMs: 7 * MINUTE });
    expect(evaluated(moment).results).toContain(';n=[1,1,1];');
    expect(history.moment(6 * MINUTE - 1) && evaluated(history.moment(6 * MINUTE - 1)).results).toContain(
      ';n=[3,3,3];',
    );
  });

  test('ASC-09 there is nothing to try while autoscale is off', () => {
    const history = new FormulaHistory(runDeeds([pool(1)], [], [], stopAt(MINUTE)), 0);
    expect([history.moment(0), history.lastEvaluation(MINUTE)]).toEqual([null, null]);
  });

  test('SIM-06 a pool whose nodes take their time is tried with the nodes that it has', () => {
    const slow = follows('$TargetDedicatedNodes = 2;', { timing: latencies({ alloc: 4 * MINUTE }) });
    const history = new FormulaHistory(runDeeds([slow], [], [], stopAt(6 * MINUTE)), 0);
    const held = [4 * MINUTE - 1, 4 * MINUTE].map((atMs) => history.moment(atMs)?.inputs.currentDedicatedNodes);
    expect(held).toEqual([0, 2]);
  });
});
