/** Clock, phases and latencies by the words of their rules, where other tests leave a clause open (SIM). */
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_OPTIONS,
  INSTANT_COMMAND,
  LATENCY_NAMES,
  type LatencyName,
  makeJobSchedule,
  makeScenario,
  NO_DEMANDS,
  type Operation,
  type Pool,
} from '../../src/model/index.js';
import { WAIT_CAUSES } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { answers, lifeOf, on, preempt, resize, resizesOf, runDeeds } from '../helpers/fleet.js';
import { afterTasks, at, each, gantt, job, latencies, logged, pool, tasks, world } from '../helpers/world.js';
import { loaded } from '../scenario/memory-files.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const work = (...runtimes: number[]) => [job('j', [tasks('t', runtimes)])];
const spot = (count: number, given: Partial<Pool> = {}) => pool(0, { targetLowPriorityNodes: count, ...given });
const clock = (untilMs: number | null, tailMs: number | null = null) => ({ clock: { epochMs: 0, untilMs, tailMs } });
const commandOf = (runtime: number) => ({ ...INSTANT_COMMAND, runtime: each(runtime) });

test('SIM-01 a scenario starts on 1 January 2026, 0:00 UTC, unless it says when', () => {
  expect(makeScenario({ accounts: [] }).clock.epochMs).toBe(Date.UTC(2026, 0, 1));
  const text =
    'clock: { start: 2026-03-01T12:00:00+02:00 }\npools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 }]';
  expect(loaded(text).scenario.clock.epochMs).toBe(Date.UTC(2026, 2, 1, 10));
});

describe('SIM-02 which of two things at one instant comes first', () => {
  test('SIM-02 deadlines (2) before faults (3): a wall clock that ends as the node is taken has ended the task', () => {
    const set = tasks('t', [100], { maxWallClockTimeMs: 10 });
    const recording = runDeeds([spot(1)], [job('j', [set])], [[10, preempt(1)]]);
    expect(logged(recording, 'taskTimedOut')).toEqual(['10 0']);
    expect(gantt(recording)).toEqual(['j/t1 0-10 n0']);
  });

  test('SIM-02 faults (3) before node timers (4): a node is taken at the instant at which it would be ready', () => {
    const timing = latencies({ start: 10, replace: 5 });
    const recording = runDeeds([spot(1, { ready: false, timing })], work(1), [[10, preempt(1)]]);
    expect(lifeOf(recording, 0).slice(2, 4)).toEqual(['10 preempted preempted', '15 creating replaced']);
  });

  test('SIM-02 faults (3) before resize timeouts (4): capacity that returns at the timeout brings its nodes', () => {
    const windows = [{ fromMs: 0, toMs: 5 * MINUTE, dedicatedNodes: 0, lowPriorityNodes: null }];
    const nodes = pool(1, { ready: false, capacity: windows, resizeTimeoutMs: 5 * MINUTE });
    expect(resizesOf(runDeeds([nodes], [], []))).toEqual([`0-${5 * MINUTE} created +1+0-0`]);
  });

  test('SIM-02 node timers (4) before commands (5): a resize is accepted at the instant at which one ends', () => {
    const nodes = pool(1, { ready: false, timing: latencies({ alloc: 10 }) });
    expect(answers(runDeeds([nodes], [], [[10, resize(2)]]))).toEqual(['ok']);
  });

  test('SIM-02 fate (3) before commands (5), whatever their order in the file', () => {
    const recording = runDeeds(
      [pool(1)],
      [],
      [
        [10, { kind: 'rebootNode', ...on('n0'), option: null }],
        [10, { kind: 'failNode', ...on('n0'), error: 'DiskFull', recovers: null }],
      ],
    );
    expect(lifeOf(recording, 0).slice(3)).toEqual([
      ...['10 unusable DiskFull', '10 rebooting rebootNode', '10 starting', '10 idle'],
    ]);
  });

  test('SIM-02 schedules (6) before autoscale (7): the sample counts the task of a job that is due', () => {
    const formula = '$TargetDedicatedNodes = max(0, $ActiveTasks.GetSample(1));';
    const nodes = pool(0, { ready: false, autoScale: { formula, evaluationIntervalMs: 5 * MINUTE } });
    const times = {
      doNotRunUntilMs: 5 * MINUTE,
      doNotRunAfterMs: null,
      startWindowMs: null,
      recurrenceIntervalMs: null,
    };
    const jobSchedules = [makeJobSchedule({ id: 's', schedule: times, jobSpecification: job('', [tasks('t', [1])]) })];
    const recording = runDeeds([nodes], [], [], { account: { jobSchedules }, ...clock(6 * MINUTE) });
    expect(recording.tasks.startMs[0]).toBe(5 * MINUTE);
  });

  test('SIM-02 commands (5) before schedules (6): a schedule that is disabled when it is due makes no job', () => {
    const times = { doNotRunUntilMs: 10, doNotRunAfterMs: null, startWindowMs: null, recurrenceIntervalMs: null };
    const jobSchedules = [makeJobSchedule({ id: 's', schedule: times, jobSpecification: job('', [tasks('t', [1])]) })];
    const off: Operation = { kind: 'disableJobSchedule', jobScheduleId: 's' };
    expect(runDeeds([pool(1)], [], [[10, off]], { account: { jobSchedules }, ...clock(50) }).jobs).toHaveLength(0);
  });

  test('SIM-02 settle (8) comes last: of tasks added by two commands the scheduler sees both, the urgent first', () => {
    const add = (id: string, priority: number): Operation => ({
      ...{ kind: 'addJob', job: { ok: true, value: job(id, [tasks('t', [10])], { priority }) } },
    });
    const recording = runDeeds(
      [pool(1)],
      [],
      [
        [5, add('low', 0)],
        [5, add('high', 9)],
      ],
    );
    expect(gantt(recording)).toEqual(['low/t1 15-25 n0', 'high/t1 5-15 n0']);
  });

  test('SIM-02 pools are settled in the order of their creation', () => {
    const recording = runDeeds(
      [pool(1, { id: 'q' }), pool(1)],
      [...work(5), job('k', [tasks('u', [5])], { poolId: 'q' })],
      [],
    );
    // u is the later task; its pool is the older one.
    expect(logged(recording, 'taskStarted')).toEqual(['0 1', '0 0']);
  });
});

describe('SIM-03 what happens exactly at the end counts', () => {
  test('SIM-03 a process that exits as its wall clock expires has exited; a millisecond later it has not', () => {
    const ends = (wallClock: number) => {
      const set = tasks('t', [100], { maxWallClockTimeMs: wallClock });
      const recording = runDeeds([pool(1)], [job('j', [set])], []);
      return [logged(recording, 'taskFinished').length, logged(recording, 'taskTimedOut').length];
    };
    expect(ends(100)).toEqual([1, 0]);
    expect(ends(99)).toEqual([0, 1]);
  });

  test('SIM-03 a task that exits as its job is disabled, or its node taken, has completed', () => {
    const off: Operation = { kind: 'disableJob', jobId: 'j', disableTasks: 'terminate' };
    for (const deed of [off, preempt(1)]) {
      const recording = runDeeds([spot(1)], work(10), [[10, deed]]);
      expect(logged(recording, 'taskFinished', true)).toEqual(['10 0 0']);
    }
  });

  test('SIM-03 a node that is ready exactly at an evaluation is counted', () => {
    const formula = '$TargetLowPriorityNodes = max(0, $UsableNodeCount.GetSample(1));';
    const begin: Operation = { kind: 'enableAutoScale', poolId: 'p', formula, evaluationIntervalMs: 5 * MINUTE };
    const nodes = pool(1, { ready: false, timing: latencies({ start: 5 * MINUTE }) });
    const recording = runDeeds([nodes], [], [[0, begin]], clock(5 * MINUTE));
    expect(recording.pools[0]?.targetLowPriorityNodes).toBe(1);
  });
});

test('SIM-04 ties go by creation: the task of the older job, and in it the earlier set, whatever ends first', () => {
  const jobs = [job('b', [tasks('y', [5, 5]), tasks('x', [5])]), job('a', [tasks('z', [5])])];
  const recording = runDeeds([pool(4)], jobs, []);
  expect(logged(recording, 'taskStarted')).toEqual(['0 0', '0 3', '0 1', '0 2']); // round robin between jobs (SCH-05)
  expect(logged(recording, 'taskFinished')).toEqual(['5 0', '5 1', '5 2', '5 3']);
});

describe('SIM-05 chance', () => {
  test('SIM-05 default policies draw nothing: the seed does not matter where nothing is drawn', () => {
    const digest = (seed: number) =>
      runDeeds([pool(2, { targetLowPriorityNodes: 2 })], work(5, 9, 3, 7, 2), [[4, preempt(1)]], { seed }).run.digest;
    expect(digest(1)).toBe(digest(2));
  });

  test('SIM-05 taskOrder random draws: another seed, another order; the same seed, the same', () => {
    const order = (seed: number) =>
      logged(
        runDeeds([pool(1)], work(...new Array<number>(20).fill(1)), [], {
          ...{ seed, options: { ...DEFAULT_OPTIONS, taskOrder: 'random' as const } },
        }),
        'taskStarted',
      ).join(' ');
    expect(order(1)).toBe(order(1));
    expect(order(1)).not.toBe(order(2));
  });
});

describe('SIM-06 each latency stands between its two moments', () => {
  const reboot: Operation = { kind: 'rebootNode', ...on('n0'), option: null };
  const timed = (name: LatencyName) => latencies({ [name]: 10 });
  const states = (name: LatencyName, deeds: Parameters<typeof runDeeds>[2], ready = true) =>
    lifeOf(runDeeds([spot(1, { ready, timing: timed(name) })], [], deeds), 0).slice(ready ? 3 : 0);
  const download = {
    ...NO_DEMANDS,
    downloadBytes: 1,
    uploadBytes: 1,
    applicationPackages: [{ applicationId: 'a', version: '1' }],
  };
  const account = { applications: [{ id: 'a', defaultVersion: null, versions: ['1'] }] };
  const begun = (name: LatencyName) =>
    gantt(
      runDeeds([pool(1, { timing: timed(name) })], [job('j', [tasks('t', [5], { demands: download })])], [], {
        account,
      }),
    );
  const fail: Operation = { kind: 'failNode', ...on('n0'), error: null, recovers: null };

  const CASES: Readonly<Record<LatencyName, () => readonly [unknown, unknown]>> = {
    alloc: () => [states('alloc', [], false), ['10 creating', '10 starting', '10 idle']],
    create: () => [states('create', [], false), ['0 creating', '10 starting', '10 idle']],
    start: () => [states('start', [], false), ['0 creating', '0 starting', '10 idle']],
    reboot: () => [states('reboot', [[5, reboot]]), ['5 rebooting rebootNode', '15 starting', '15 idle']],
    reimage: () => [
      states('reimage', [[5, { ...reboot, kind: 'reimageNode' } as Operation]]),
      ['5 reimaging reimageNode', '15 starting', '15 idle'],
    ],
    leave: () => [states('leave', [[5, resize(null, 0)]]), ['5 leavingpool resize', '15 gone resize']],
    replace: () => [
      states('replace', [[5, preempt(1)]]),
      ['5 preempted preempted', '15 creating replaced', '15 starting', '15 idle'],
    ],
    recover: () => [
      states('recover', [[5, fail]]),
      ['5 unusable hostFailure', '15 rebooting recovered', '15 starting', '15 idle'],
    ],
    dispatch: () => [begun('dispatch'), ['j/t1 10-15 n0']],
    kill: () => {
      const set = tasks('t', [100, 1], { maxWallClockTimeMs: 20 });
      return [
        gantt(runDeeds([pool(1, { timing: timed('kill') })], [job('j', [set])], [])),
        ['j/t1 0-30 n0', 'j/t2 30-31 n0'],
      ];
    },
    download: () => [begun('download'), ['j/t1 0-15 n0']],
    upload: () => [begun('upload'), ['j/t1 0-15 n0']],
    install: () => [begun('install'), ['j/t1 0-15 n0']],
  };

  test.each(LATENCY_NAMES)('SIM-06 %s', (name) => {
    const [found, expected] = CASES[name]();
    expect(found).toEqual(expected);
  });

  test('SIM-06 with none there is no other delay: all that follows from a world happens at its instants', () => {
    const recording = runDeeds(
      [pool(1, { ready: false })],
      [job('j', [tasks('t', [5], { demands: download })])],
      [[2, reboot]],
      { account },
    );
    expect(gantt(recording)).toEqual(['j/t1 2-7 n0']);
  });
});

test('SIM-07 numbers go by allocation: a resize of its own counts on, and of two kinds dedicated comes first', () => {
  const recording = runDeeds([pool(1, { targetLowPriorityNodes: 1 })], [], [[10, resize(2, 2)]]);
  const kinds = Array.from(recording.nodes.kind.slice(0, 4));
  expect(Array.from(recording.nodes.ordinal.slice(0, 4))).toEqual([0, 1, 2, 3]);
  expect(kinds).toEqual([0, 1, 0, 1]);
});

test('SIM-08 run time and exit code one per attempt, the last for all that follow', () => {
  const set = tasks('t', [], { count: 1, runtime: each(10, 20), exitCode: each(1, 2, 0), maxTaskRetryCount: 5 });
  const recording = runDeeds([pool(1)], [job('j', [set])], []);
  expect(logged(recording, 'taskRetried', true)).toEqual(['10 0 1', '30 0 2']);
  expect(gantt(recording)).toEqual(['j/t1 30-50 n0']);
});

describe('SIM-10 when a run ends', () => {
  test('SIM-10 a pool that autoscales gives it a tail of an hour, any other none; a tail that is given holds', () => {
    const autoScale = { formula: '$TargetDedicatedNodes = 1;', evaluationIntervalMs: 5 * MINUTE };
    const end = (given: Partial<Pool>, tailMs: number | null = null) =>
      runDeeds([pool(0, { ready: false, ...given })], [], [], clock(null, tailMs)).run.endMs;
    expect([end({ autoScale }), end({}), end({ autoScale }, 5), end({}, 7)]).toEqual([HOUR, 0, 5, 7]);
  });

  test('SIM-10 the wall clock of a job with unfinished tasks keeps it going, that of another does not', () => {
    const blocked = job('j', [tasks('t', [5], { requiredSlots: 9 })], { maxWallClockTimeMs: 1000 });
    expect(runDeeds([pool(1)], [blocked], []).run.endMs).toBe(1000);
    const done = job('j', [tasks('t', [5])], { maxWallClockTimeMs: 1000 });
    expect(runDeeds([pool(1)], [done], []).run.endMs).toBe(5);
  });

  test('SIM-10 actions, arrivals and steps of nodes keep it going', () => {
    expect(runDeeds([pool(1)], [], [[70, resize(1)]]).run.endMs).toBe(70);
    expect(runDeeds([pool(1)], [job('j', [], { arrival: at(80) })], []).run.endMs).toBe(80);
    expect(runDeeds([pool(1, { ready: false, timing: latencies({ start: 90 }) })], [], []).run.endMs).toBe(90);
    expect(runDeeds([pool(1, { timing: latencies({ leave: 40 }) })], [], [[10, resize(0)]]).run.endMs).toBe(50);
  });

  test('SIM-10 every task that is left is named with its reason', () => {
    const off: Operation = { kind: 'disableJob', jobId: 'off', disableTasks: 'requeue' };
    const gang = { numberOfInstances: 2, coordination: commandOf(0), commonDownloadBytes: 0 };
    const jobs = [
      job('dep', [tasks('a', [1], { exitCode: each(1) }), tasks('b', [1], afterTasks(['a1']))]),
      job('big', [tasks('t', [1], { requiredSlots: 9 })]),
      job('off', [tasks('t', [1])], { arrival: at(2) }),
      job('lost', [tasks('t', [1])], { poolId: 'none' }),
      job('gang', [tasks('t', [1], { multiInstance: gang })]),
    ];
    const { recording } = simulate(
      world({ pools: [pool(1)], jobs, actions: [{ atMs: 2, operation: off, expectError: null }] }),
    );
    const { count, task, cause } = recording.unfinished;
    const named = Array.from({ length: count }, (_, row) => {
      const { job: jobs } = recording.tasks;
      return `${recording.jobs[jobs[task[row] as number] as number]?.id} ${WAIT_CAUSES[cause[row] as number]}`;
    });
    expect(named.sort()).toEqual([
      ...['big requiresMoreSlotsThanANodeHas', 'dep blockedByDependency', 'gang needsInterNodePool'],
      ...['lost poolMissing', 'off jobDisabled'],
    ]);
  });
});
