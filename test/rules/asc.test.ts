/** Pools that follow a formula, by the words of their rules (ASC). */
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_OPTIONS,
  type Job,
  makeJobPreparation,
  type Operation,
  type Pool,
  TASK_FAILURES,
} from '../../src/model/index.js';
import { answers, lifeOf, preempt, remove, resize, resizesOf, runDeeds } from '../helpers/fleet.js';
import { afterTasks, at, each, gantt, job, latencies, pool, tasks } from '../helpers/world.js';

const SECOND = 1000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const scaled = (formula: string, evaluationIntervalMs = 5 * MINUTE, given: Partial<Pool> = {}): Pool =>
  pool(0, { ready: false, autoScale: { formula, evaluationIntervalMs }, ...given });
const enable = (formula: string | null, evaluationIntervalMs: number | null = null): Operation => ({
  ...{ kind: 'enableAutoScale', poolId: 'p', formula, evaluationIntervalMs },
});
const disable: Operation = { kind: 'disableAutoScale', poolId: 'p' };
const stopAt = (untilMs: number) => ({ clock: { epochMs: 0, untilMs, tailMs: null } });
const created = ({ nodes }: ReturnType<typeof runDeeds>) => Array.from(nodes.createdMs.slice(0, nodes.count));
/** The newest sample of a metric is the target. */
const newest = (metric: string) => `$TargetDedicatedNodes = max(0, ${metric}.GetSample(1));`;

describe('when a formula is evaluated', () => {
  test('ASC-01 an interval of 5 minutes to 168 hours; 15 minutes if none is given', () => {
    const intervals = [5 * MINUTE - 1, 5 * MINUTE, 168 * HOUR, 168 * HOUR + 1];
    const codes = intervals.map((ms) => runDeeds([pool(1)], [], [[1, enable('1;', ms)]], stopAt(2)).operations[0]);
    expect(codes.map((row) => `${row?.status} ${row?.code}`)).toEqual([
      ...['400 InvalidPropertyValue', '200 null', '200 null', '400 InvalidPropertyValue'],
    ]);
    const growing = '$TargetDedicatedNodes = $CurrentDedicatedNodes + 1;';
    expect(created(runDeeds([pool(0)], [], [[MINUTE, enable(growing)]], stopAt(40 * MINUTE)))).toEqual([
      ...[MINUTE, 16 * MINUTE, 31 * MINUTE],
    ]);
  });

  test('ASC-02 a pool that comes during the run is evaluated when it comes, then every interval', () => {
    const growing = scaled('$TargetDedicatedNodes = $CurrentDedicatedNodes + 1;');
    const deeds = [[90 * SECOND, { kind: 'addPool', pool: { ok: true, value: growing } }]] as const;
    expect(created(runDeeds([], [], deeds, stopAt(12 * MINUTE)))).toEqual([
      ...[90 * SECOND, 90 * SECOND + 5 * MINUTE, 90 * SECOND + 10 * MINUTE],
    ]);
  });

  test('ASC-02 a new interval counts from its request', () => {
    const growing = '$TargetDedicatedNodes = $CurrentDedicatedNodes + 1;';
    const recording = runDeeds([scaled(growing)], [], [[2 * MINUTE, enable(null, 6 * MINUTE)]], stopAt(15 * MINUTE));
    expect(created(recording)).toEqual([0, 2 * MINUTE, 8 * MINUTE, 14 * MINUTE]);
  });

  test('ASC-02, SIM-10 evaluations and samples keep no run alive', () => {
    const recording = runDeeds([scaled('$TargetDedicatedNodes = 1;')], [], [], {
      clock: { epochMs: 0, untilMs: null, tailMs: 0 },
    });
    expect(recording.run.endMs).toBe(0);
  });
});

describe('enabling', () => {
  test('ASC-03 8,192 characters and 100 statements are taken, one more is not', () => {
    const padded = (length: number) => '$TargetDedicatedNodes = 1;'.padEnd(length, ' ');
    const statements = (count: number) => 'a = 1;'.repeat(count);
    const formulas = [padded(8192), padded(8193), statements(100), statements(101)];
    const rows = formulas.map((formula) => runDeeds([pool(1)], [], [[1, enable(formula)]], stopAt(2)).operations[0]);
    expect(rows.map((row) => row?.status)).toEqual([200, 400, 200, 400]);
    expect(rows[1]?.code).toBe('AutoScaleFormulaTooLong');
  });

  test('ASC-04 once in 30 seconds for each pool; a refused call is not counted', () => {
    const recording = runDeeds(
      [pool(1), pool(1, { id: 'q' })],
      [],
      [
        [0, enable('bad (;')],
        [1 * SECOND, enable('$TargetDedicatedNodes = 1;')],
        [2 * SECOND, { ...enable('$TargetDedicatedNodes = 1;'), poolId: 'q' } as Operation],
        [31 * SECOND - 1, enable(null, 10 * MINUTE)],
        [31 * SECOND, enable(null, 10 * MINUTE)],
      ],
      stopAt(40 * SECOND),
    );
    expect(recording.operations.map(({ status, code }) => `${status} ${code}`)).toEqual([
      ...['400 AutoScalingFormulaSyntaxError', '200 null', '200 null'],
      ...['503 TooManyEnableAutoScaleRequests', '200 null'],
    ]);
  });

  test('ASC-04 with neither formula nor interval, and without a formula where there was none, it is refused', () => {
    const recording = runDeeds(
      [pool(1), scaled('$TargetDedicatedNodes = 1;', 5 * MINUTE, { id: 'q' })],
      [],
      [
        [1, enable(null)],
        [1, enable(null, 10 * MINUTE)],
        [1, { ...enable(null, 10 * MINUTE), poolId: 'q' } as Operation],
      ],
      stopAt(2),
    );
    expect(answers(recording)).toEqual(['MissingRequiredProperty', 'MissingRequiredProperty', 'ok']);
  });

  test('ASC-09 disabled, it keeps its target, and a resize that goes on goes on until a stop-resize', () => {
    const nodes = pool(0, { timing: latencies({ alloc: 100 * SECOND }) });
    const both = (stop: boolean) => {
      const deeds: [number, Operation][] = [
        [10 * SECOND, enable('$TargetDedicatedNodes = 2;')],
        [20 * SECOND, disable],
      ];
      if (stop) deeds.push([30 * SECOND, { kind: 'stopResizePool', poolId: 'p' }]);
      return runDeeds([nodes], [], deeds, stopAt(20 * MINUTE));
    };
    expect(resizesOf(both(false)).at(-1)).toBe('10000-110000 autoscale +2+0-0');
    expect(resizesOf(both(true)).at(-1)).toBe('10000-30000 autoscale +2+0-0 ResizeStopped');
    for (const recording of [both(false), both(true)]) expect(recording.pools[0]?.targetDedicatedNodes).toBe(2);
  });
});

describe('what an evaluation leaves', () => {
  test('ASC-05 one that fails changes no target, though a later one may', () => {
    // Fewer than 30 % of the samples of the last 10 minutes are there at 0, all of them at 10 minutes.
    const formula = 'a = $CurrentDedicatedNodes.GetSample(10 * TimeInterval_Minute, 100); $TargetDedicatedNodes = 3;';
    const recording = runDeeds([scaled(formula)], [], [], stopAt(12 * MINUTE));
    expect(created(recording)).toEqual([10 * MINUTE, 10 * MINUTE, 10 * MINUTE]);
  });

  test('ASC-06 both targets are set; requeue is the option if the formula names none', () => {
    const formula =
      'n = time() < time("1970-01-01T00:05:00Z") ? 1 : 0; $TargetDedicatedNodes = n; $TargetLowPriorityNodes = n;';
    const work = job('j', [tasks('t', [10 * MINUTE, 10 * MINUTE])]);
    const recording = runDeeds([scaled(formula)], [work], [], stopAt(6 * MINUTE));
    expect(resizesOf(recording).slice(1)).toEqual(['0-0 autoscale +1+1-0', '300000-300000 autoscale +0+0-2']);
    expect([recording.tasks.requeues?.[0], recording.tasks.requeues?.[1]]).toEqual([1, 1]);
  });

  test('ASC-06, RSZ-12 terminate ends running tasks at the instant of the evaluation, for good', () => {
    const formula = `$NodeDeallocationOption = terminate;
      $TargetDedicatedNodes = time() < time("1970-01-01T00:05:00Z") ? 1 : 0;`;
    const recording = runDeeds([scaled(formula)], [job('j', [tasks('t', [10 * MINUTE])])], [], stopAt(12 * MINUTE));
    expect(gantt(recording)).toEqual([`j/t1 0-${5 * MINUTE} n0`]);
    expect(TASK_FAILURES[recording.tasks.failure[0] as number]).toBe('TaskEnded');
    expect(lifeOf(recording, 0).at(-1)).toBe('300000 gone autoscale');
  });

  test('ASC-06, RSZ-12 retaineddata waits for tasks and then for what they left: 2 min of work, kept for 6', () => {
    const formula = `$NodeDeallocationOption = retaineddata;
      $TargetDedicatedNodes = time() < time("1970-01-01T00:05:00Z") ? 1 : 0;`;
    const work = job('j', [tasks('t', [2 * MINUTE], { retentionTimeMs: 6 * MINUTE })]);
    const recording = runDeeds([scaled(formula)], [work], [], stopAt(12 * MINUTE));
    expect(lifeOf(recording, 0).slice(-2)).toEqual(['300000 leavingpool autoscale', '480000 gone autoscale']);
  });

  test('ASC-06, POOL-19 a formula makes up for preempted nodes, and gives that back when they return', () => {
    const formula = `$TargetLowPriorityNodes = 3;
      $TargetDedicatedNodes = max(0, $PreemptedNodeCount.GetSample(1));`;
    const nodes = scaled(formula, 5 * MINUTE, { timing: latencies({ replace: 6 * MINUTE }) });
    const recording = runDeeds([nodes], [], [[2 * MINUTE, preempt(2)]], stopAt(11 * MINUTE));
    // Two are taken at 2 min, and back at 8.
    expect(resizesOf(recording).slice(1)).toEqual([
      ...['0-0 autoscale +0+3-0', '300000-300000 autoscale +2+0-0', '600000-600000 autoscale +0+0-2'],
    ]);
  });

  test('ASC-08, RSZ-03 an evaluation that wants what is sought already leaves the resize alone', () => {
    const nodes = scaled('$TargetDedicatedNodes = 2;', 5 * MINUTE, { timing: latencies({ alloc: 17 * MINUTE }) });
    const recording = runDeeds([nodes], [], [], stopAt(18 * MINUTE));
    expect(resizesOf(recording).slice(1)).toEqual([`0-${17 * MINUTE} autoscale +2+0-0`]);
  });

  test('ASC-06 a target that the formula leaves out stays', () => {
    const mixed = pool(1, { targetLowPriorityNodes: 2 });
    const recording = runDeeds([mixed], [], [[MINUTE, enable('$TargetDedicatedNodes = 3;')]], stopAt(2 * MINUTE));
    expect(recording.pools[0]).toMatchObject({ targetDedicatedNodes: 3, targetLowPriorityNodes: 2 });
  });

  test('ASC-08 a target that is reached by the nodes on their way brings no others', () => {
    const nodes = scaled('$TargetDedicatedNodes = 2;', 5 * MINUTE, { timing: latencies({ alloc: 8 * MINUTE }) });
    const recording = runDeeds([nodes], [], [], stopAt(20 * MINUTE));
    expect(created(recording)).toEqual([8 * MINUTE, 8 * MINUTE]);
    expect(recording.resizes).toHaveLength(2);
  });

  test('ASC-08 of two evaluations while nodes drain the later one holds', () => {
    const formula = `t = time(); $NodeDeallocationOption = taskcompletion;
      $TargetDedicatedNodes = t < time("1970-01-01T00:05:00Z") ? 1 : (t < time("1970-01-01T00:10:00Z") ? 0 :
        (t < time("1970-01-01T00:15:00Z") ? 3 : 2));`;
    const recording = runDeeds([scaled(formula)], [job('j', [tasks('t', [18 * MINUTE])])], [], stopAt(19 * MINUTE));
    expect(resizesOf(recording).slice(2)).toEqual([
      ...[`${5 * MINUTE}-${18 * MINUTE} autoscale +0+0-1`, `${18 * MINUTE}-${18 * MINUTE} autoscale +2+0-0`],
    ]);
  });

  test('ASC-08 removing nodes by hand lowers the target; the next evaluation sets it again', () => {
    const recording = runDeeds(
      [scaled('$TargetDedicatedNodes = 2;')],
      [],
      [[MINUTE, remove(['n0'])]],
      stopAt(6 * MINUTE),
    );
    expect(answers(recording)).toEqual(['ok']);
    expect(created(recording)).toEqual([0, 0, 5 * MINUTE]);
  });
});

describe('what is sampled', () => {
  /** The target that the sample of 30 s of `metric` sets at 45 s, in a pool of one dedicated node. */
  const sampled = (
    metric: string,
    jobs: Parameters<typeof runDeeds>[1],
    given: Partial<Pool> = {},
    deeds: Parameters<typeof runDeeds>[2] = [],
  ) => {
    // Evaluated first at 0 (no samples: stays), then by a new formula at 45 s.
    const nodes = pool(1, { taskSlotsPerNode: 2, ...given });
    const formula = newest(metric).replaceAll('TargetDedicated', 'TargetLowPriority');
    const all = [[0, enable('a = 1;')], ...deeds, [45 * SECOND, enable(formula)]] as const;
    const recording = runDeeds([nodes], jobs, all, { ...stopAt(46 * SECOND) });
    return recording.pools[0]?.targetLowPriorityNodes;
  };
  const long = (count: number) => [job('j', [tasks('t', new Array<number>(count).fill(HOUR))])];

  test('ASC-07 active, running and pending tasks: pending is the sum of the others', () => {
    expect(sampled('$ActiveTasks', long(5))).toBe(3);
    expect(sampled('$RunningTasks', long(5))).toBe(2);
    expect(sampled('$PendingTasks', long(5))).toBe(5);
  });

  test('ASC-07 tasks whose dependencies are not satisfied are not active', () => {
    const first = tasks('a', [HOUR]);
    const later = tasks('b', [HOUR, HOUR], afterTasks(['a1']));
    expect(sampled('$ActiveTasks', [job('j', [first, later])])).toBe(0);
    expect(sampled('$PendingTasks', [job('j', [first, later])])).toBe(1);
  });

  test('ASC-07 a multi-instance task counts with its instances, while it waits and while it runs', () => {
    const command = { runtime: each(0), exitCode: each(0), downloadBytes: 0, fault: null };
    const gang = tasks('m', [HOUR], {
      multiInstance: { numberOfInstances: 3, coordination: command, commonDownloadBytes: 0 },
    });
    const nodes = { taskSlotsPerNode: 1, enableInterNodeCommunication: true }; // MI-01
    expect(sampled('$ActiveTasks', [job('j', [gang])], nodes)).toBe(3);
    expect(sampled('$RunningTasks', [job('j', [gang])], { ...nodes, targetDedicatedNodes: 3 })).toBe(3);
  });

  test('ASC-07 a task on its way to its node is active, one that prepares is running', () => {
    const work = (given: Partial<Job> = {}) => [job('j', [tasks('t', [HOUR])], given)];
    const dispatching = { timing: latencies({ dispatch: HOUR }) };
    expect(sampled('$ActiveTasks', work(), dispatching)).toBe(1);
    expect(sampled('$RunningTasks', work(), dispatching)).toBe(0);
    const command = { runtime: each(HOUR), exitCode: each(0), downloadBytes: 0, fault: null };
    expect(sampled('$RunningTasks', work({ jobPreparationTask: makeJobPreparation({ command }) }))).toBe(1);
  });

  test('ASC-07 tasks that wait for maxParallelTasks are active', () => {
    expect(sampled('$ActiveTasks', [job('j', [tasks('t', [HOUR, HOUR, HOUR])], { maxParallelTasks: 1 })])).toBe(2);
  });

  test('ASC-07, POOL-19 current low-priority nodes include preempted ones, which are counted beside', () => {
    const spot = { targetLowPriorityNodes: 3, timing: latencies({ replace: HOUR }) };
    const taken = [[10 * SECOND, preempt(2)]] as const;
    expect(sampled('$CurrentLowPriorityNodes', [], spot, taken)).toBe(3);
    expect(sampled('$PreemptedNodeCount', [], spot, taken)).toBe(2);
    expect(sampled('$CurrentDedicatedNodes', [], spot, taken)).toBe(1);
  });

  test('ASC-07, SIM-03 the sample of 30 s counts what happens at 30 s: a node that is ready, a task that exits', () => {
    const booting = { ready: false, timing: latencies({ start: 30 * SECOND }) };
    const deed: Parameters<typeof runDeeds>[2] = [];
    expect(sampled('$UsableNodeCount', [], { ...booting }, deed)).toBe(1);
    expect(sampled('$RunningTasks', [job('j', [tasks('t', [30 * SECOND, HOUR])])])).toBe(1);
  });

  test('ASC-07, SIM-02 a task that comes at 30 s is active in the sample of 30 s, for it is placed in the last phase', () => {
    expect(sampled('$ActiveTasks', [job('j', [tasks('t', [HOUR])], { arrival: at(30 * SECOND) })])).toBe(1);
  });

  test('ASC-07 the first sample is 30 s after autoscale became active, not before', () => {
    const formula = '$TargetDedicatedNodes = 1 + len($CurrentDedicatedNodes.GetSample(100));';
    const deeds: Parameters<typeof runDeeds>[2] = [
      [10 * SECOND, enable(formula)],
      [10 * SECOND + 119 * SECOND, enable(formula)],
    ];
    const recording = runDeeds([pool(0)], [], deeds, stopAt(130 * SECOND));
    // Samples at 40, 70 and 100 s.
    expect(resizesOf(recording).slice(1)).toEqual(['10000-10000 autoscale +1+0-0', '129000-129000 autoscale +3+0-0']);
  });

  test('ASC-07 sampleDelay holds samples back', () => {
    const formula = '$TargetDedicatedNodes = 1 + len($CurrentDedicatedNodes.GetSample(100));';
    const options = { ...DEFAULT_OPTIONS, sampleDelayMs: 60 * SECOND };
    const deeds = [[130 * SECOND, enable(formula)]] as const;
    const nodes = scaled('$TargetDedicatedNodes = 1;');
    const recording = runDeeds([nodes], [], deeds, { ...stopAt(131 * SECOND), options });
    // Of those at 30, 60, 90 and 120 s the first two are a minute old at 130.
    expect(recording.pools[0]?.targetDedicatedNodes).toBe(3);
  });
});

test('ASC-08, RSZ-09 a formula that wants fewer spot nodes than are preempted takes those first', () => {
  const formula = '$TargetLowPriorityNodes = time() < time("1970-01-01T00:05:00Z") ? 3 : 1;';
  const nodes = scaled(formula, 5 * MINUTE, { timing: latencies({ replace: HOUR }) });
  const recording = runDeeds([nodes], [], [[MINUTE, preempt(2)]], stopAt(6 * MINUTE));
  expect(lifeOf(recording, 2).at(-1)).toBe('0 idle');
  expect([0, 1].map((node) => lifeOf(recording, node).at(-1))).toEqual([
    '300000 gone autoscale',
    '300000 gone autoscale',
  ]);
});

test('ASC-09, RSZ-01 once it is disabled the pool is resized by hand again', () => {
  const recording = runDeeds(
    [scaled('$TargetDedicatedNodes = 1;')],
    [],
    [
      [MINUTE, resize(2)],
      [2 * MINUTE, disable],
      [3 * MINUTE, resize(2)],
    ],
    stopAt(20 * MINUTE),
  );
  expect(answers(recording)).toEqual(['OperationInvalidForCurrentState', 'ok', 'ok']);
  expect(created(recording)).toEqual([0, 3 * MINUTE]);
});

test('ASC-09 a pool that never followed a formula is disabled without harm', () => {
  const recording = runDeeds([pool(2)], [job('j', [tasks('t', [10])])], [[5, disable]]);
  expect(answers(recording)).toEqual(['ok']);
  expect(gantt(recording)).toEqual(['j/t1 0-10 n0']);
});

test('SIM-02, ASC-02 a formula that is enabled at the instant of a sample is evaluated (7) after it', () => {
  const work = [job('j', [tasks('t', [10 * MINUTE])])];
  const sampled = enable('$TargetLowPriorityNodes = max(0, $RunningTasks.GetSample(1));');
  const recording = runDeeds(
    [pool(1)],
    work,
    [
      [0, enable('a = 1;')],
      [30_000, sampled],
    ],
    stopAt(31_000),
  );
  expect(recording.pools[0]?.targetLowPriorityNodes).toBe(1);
});

test('ASC-07 every metric is sampled from the beginning, also one that only a later formula names', () => {
  const ended = [job('j', [tasks('t', [10])])];
  const later = enable('$TargetLowPriorityNodes = max(0, $SucceededTasks.GetSample(1));');
  const recording = runDeeds(
    [pool(1)],
    ended,
    [
      [0, enable('a = 1;')],
      [45_000, later],
    ],
    stopAt(46_000),
  );
  expect(recording.pools[0]?.targetLowPriorityNodes).toBe(1);
});
