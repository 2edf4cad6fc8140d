/** The oracle on what surrounds tasks: preparation, release, managers, schedules, several nodes, cores (PREP, JM, JS, MI). */
import { describe, expect, test } from 'vitest';
import {
  type CommandModel,
  INSTANT_COMMAND,
  makeJobManager,
  makeJobPreparation,
  makeJobRelease,
  makeJobSchedule,
  NO_BOUNDS,
  NO_DEMANDS,
  type Operation,
  type Schedule,
} from '../../src/model/index.js';
import {
  each,
  gantt,
  job,
  latencies,
  node,
  nodes,
  run,
  runAccount,
  runWith,
  task,
  tasks,
} from '../helpers/oracle/cases.js';

/** A command that takes so long and exits with these codes, attempt by attempt. */
const lasting = (ms: number, code = 0): CommandModel => ({
  ...INSTANT_COMMAND,
  runtime: each(ms),
  exitCode: each(code),
});

describe('preparation and release', () => {
  test('PREP-02, PREP-03 runs once on each node; tasks that wait for it hold their slots', () => {
    const jobPreparationTask = makeJobPreparation({ command: lasting(3) });
    const outcome = run(
      [nodes(1, { taskSlotsPerNode: 2 })],
      [job('j', [tasks('t', [4, 2, 1])], { jobPreparationTask })],
    );
    expect(gantt(outcome)).toEqual(['j/t1 3-7 n0', 'j/t2 3-5 n0', 'j/t3 5-6 n0']);
    expect(task(outcome, 'j/t1')).toMatchObject({ waitMs: 3 });
    expect(node(outcome, 'n0')).toMatchObject({ runningMs: 7, slotMs: 7 });
  });

  test('PREP-05 a node on which it fails is barred for the job; its tasks go elsewhere, their counters unchanged', () => {
    const jobPreparationTask = makeJobPreparation({ command: lasting(3, 1) });
    const outcome = run(
      [nodes(2)],
      [job('j', [tasks('t', [4])], { jobPreparationTask }), job('k', [tasks('t', [1, 1, 1])])],
    );
    expect(gantt(outcome)).toEqual(['j/t1 active', 'k/t1 0-1 n1', 'k/t2 1-2 n1', 'k/t3 2-3 n1']);
    expect(task(outcome, 'j/t1')).toMatchObject({ retries: 0, requeues: 0, interruptions: 0 });
    expect(outcome.attempts.get('a/j/t1 #2')).toMatchObject({
      node: 'a/p/n1',
      startMs: null,
      endMs: 6,
      outcome: 'preparationFailed',
    });
  });

  test('PREP-07 without waitForSuccess tasks run beside it', () => {
    const jobPreparationTask = makeJobPreparation({ command: lasting(3, 1), waitForSuccess: false });
    expect(gantt(run([nodes(1)], [job('j', [tasks('t', [1])], { jobPreparationTask })]))).toEqual(['j/t1 0-1 n0']);
  });

  test('PREP-11, PREP-13 the job is completed when release tasks have ended on the nodes it ran on', () => {
    const given = { jobPreparationTask: makeJobPreparation(), jobReleaseTask: makeJobRelease({ command: lasting(5) }) };
    const outcome = run([nodes(3)], [job('j', [tasks('t', [4, 2])], { ...given, onAllTasksComplete: 'terminatejob' })]);
    expect(outcome.jobs.get('a/j')).toMatchObject({ endMs: 9, reason: 'AllTasksComplete' });
    expect([...outcome.nodeTasks.keys()].filter((key) => key.startsWith('release'))).toEqual([
      'release a/p/n0 j',
      'release a/p/n1 j',
    ]);
    expect(node(outcome, 'n0')).toMatchObject({ runningMs: 4, idleMs: 5 });
  });

  test('PREP-12 a release task is stopped at its wall clock', () => {
    const jobReleaseTask = makeJobRelease({ command: lasting(50), maxWallClockTimeMs: 6 });
    const given = {
      jobPreparationTask: makeJobPreparation(),
      jobReleaseTask,
      onAllTasksComplete: 'terminatejob',
    } as const;
    expect(run([nodes(1)], [job('j', [tasks('t', [1])], given)]).jobs.get('a/j')).toMatchObject({ endMs: 7 });
  });

  test('PREP-09 a reboot asks for another preparation', () => {
    const reboot: Operation = { kind: 'rebootNode', poolId: 'p', node: 'n0', option: 'taskcompletion' };
    const jobPreparationTask = makeJobPreparation({ command: lasting(3) });
    const outcome = runWith([nodes(1)], [job('j', [tasks('t', [4, 1])], { jobPreparationTask })], [[5, reboot]]);
    expect(gantt(outcome)).toEqual(['j/t1 3-7 n0', 'j/t2 10-11 n0']);
  });
});

describe('a job manager', () => {
  const manager = (runtime: number, given: Partial<Parameters<typeof tasks>[2]> = {}) =>
    tasks('manager', [runtime], { ids: { kind: 'list', values: ['manager'] }, ...given });

  test('JM-01, JM-03 goes first, and its end ends the job', () => {
    const jobManagerTask = makeJobManager({ task: manager(3), runExclusive: false });
    const outcome = run([nodes(2)], [job('j', [tasks('t', [9, 9])], { jobManagerTask })]);
    expect(gantt(outcome)).toEqual(['j/manager 0-3 n0', 'j/t1 0-3 n1', 'j/t2 active']);
    expect(outcome.jobs.get('a/j')).toMatchObject({ endMs: 3, reason: 'JMComplete' });
  });

  test('JM-05, JM-06 exclusive and for dedicated nodes only: it waits for one without tasks and keeps it to itself', () => {
    const jobManagerTask = makeJobManager({
      task: manager(3),
      allowLowPriorityNode: false,
      killJobOnCompletion: false,
    });
    const jobs = [
      job('k', [tasks('t', [2])]),
      job('j', [tasks('t', [1])], { jobManagerTask, arrival: { kind: 'at', atMs: 1 } }),
    ];
    const outcome = run([nodes(1, { taskSlotsPerNode: 4 })], jobs);
    expect(gantt(outcome)).toEqual(['k/t1 0-2 n0', 'j/manager 2-5 n0', 'j/t1 1-2 n0']);
  });

  test('JM-07, JM-08 starting again it may stop the task of its pool that was started last', () => {
    const jobManagerTask = makeJobManager({
      task: manager(3, { exitCode: each(1, 0), maxTaskRetryCount: 1 }),
      killJobOnCompletion: false,
    });
    const outcome = run(
      [nodes(2)],
      [job('j', [tasks('t', [9, 9])], { jobManagerTask }), job('k', [tasks('t', [9])], { priority: 1 })],
    );
    // n0: k, n1: the manager until 3; it comes before its own job's tasks, so that nobody has to give way.
    expect(gantt(outcome).slice(0, 1)).toEqual(['j/manager 3-6 n1']);
    const full = makeJobManager({
      task: manager(3, { exitCode: each(1, 0), maxTaskRetryCount: 1 }),
      killJobOnCompletion: false,
    });
    const low = run(
      [nodes(1)],
      [
        job('j', [], { jobManagerTask: full }),
        job('k', [tasks('t', [9])], { priority: 0, arrival: { kind: 'at', atMs: 1 } }),
      ],
    );
    expect(gantt(low)).toEqual(['j/manager 3-6 n0', 'k/t1 6-15 n0']);
    expect(low.attempts.get('a/k/t1 #1')).toMatchObject({ startMs: 3, endMs: 3, outcome: 'evicted' });
  });

  test('JM-11 its script begins anew with each attempt, and tasks that are there already are not added twice', () => {
    const add: Operation = { kind: 'addTasks', jobId: 'j', tasks: { ok: true, value: [tasks('made', [1])] } };
    const jobManagerTask = makeJobManager({
      task: manager(4, { exitCode: each(1, 0), maxTaskRetryCount: 1 }),
      killJobOnCompletion: false,
      actions: [{ atMs: 2, operation: add }],
    });
    const outcome = run([nodes(2)], [job('j', [], { jobManagerTask })]);
    expect([...outcome.operations.values()].map(({ atMs }) => atMs)).toEqual([2, 6]);
    expect(gantt(outcome)).toEqual(['j/manager 4-8 n0', 'j/made1 2-3 n1']);
  });
});

describe('a job schedule', () => {
  const MINUTE = 60_000;
  const created = (
    schedule: Partial<Schedule>,
    runtime: number,
    happenings: readonly (readonly [number, Operation])[] = [],
  ) => {
    const jobSpecification = job('x', [tasks('t', [runtime])], { onAllTasksComplete: 'terminatejob' });
    const actions = happenings.map(([atMs, operation]) => ({ atMs, operation, expectError: null }));
    const jobSchedules = [makeJobSchedule({ id: 's', schedule: { ...NO_BOUNDS, ...schedule }, jobSpecification })];
    const outcome = runAccount({ pools: [nodes(1)], jobSchedules, actions });
    const jobs = [...outcome.jobs].map(([key, { createdMs }]) => `${key.slice(2)} ${Number(createdMs) / MINUTE}`);
    const line = outcome.schedules.get('a/s');
    return [...jobs, `${line?.['state']} ${line?.['endMs'] === null ? '' : Number(line?.['endMs']) / MINUTE}`];
  };

  test('JS-02, JS-09, JS-10 makes a job at each due time up to its end', () => {
    const schedule = { doNotRunUntilMs: MINUTE, doNotRunAfterMs: 4 * MINUTE, recurrenceIntervalMs: 2 * MINUTE };
    expect(created(schedule, MINUTE)).toEqual(['s:job-1 1', 's:job-2 3', 'completed 4']);
  });

  test('JS-05, JS-06 a due time that finds the job before unfinished stays open until the next or for its window', () => {
    const schedule = { doNotRunAfterMs: 9 * MINUTE, recurrenceIntervalMs: 4 * MINUTE };
    // Due at 4 and 8: the first comes true at 5, the second lapses at 9, before the job ends.
    expect(created(schedule, 5 * MINUTE)).toEqual(['s:job-1 0', 's:job-2 5', 'completed 10']);
  });

  test('JS-05 … and is lost when the window ends before', () => {
    const schedule = { doNotRunAfterMs: 9 * MINUTE, recurrenceIntervalMs: 4 * MINUTE, startWindowMs: MINUTE };
    expect(created(schedule, 6 * MINUTE)).toEqual(['s:job-1 0', 's:job-2 8', 'completed 14']);
  });

  test('JS-07 a job that ends just as the window does is followed by the next', () => {
    const schedule = { doNotRunAfterMs: 5 * MINUTE, recurrenceIntervalMs: 4 * MINUTE, startWindowMs: MINUTE };
    expect(created(schedule, 5 * MINUTE)).toEqual(['s:job-1 0', 's:job-2 5', 'completed 10']);
  });

  test('JS-08, JS-12 without recurrence one job; terminated it ends its job', () => {
    expect(created({}, 3 * MINUTE)).toEqual(['s:job-1 0', 'completed 3']);
    const end: Operation = { kind: 'terminateJobSchedule', jobScheduleId: 's' };
    expect(created({}, 3 * MINUTE, [[MINUTE, end]])).toEqual(['s:job-1 0', 'completed 1']);
  });
});

describe('several nodes for one task', () => {
  const multiInstance = { numberOfInstances: 2, coordination: lasting(3), commonDownloadBytes: 0 };
  const pool = (count: number) => nodes(count, { enableInterNodeCommunication: true });

  test('MI-03, MI-05, MI-06 waits for as many idle nodes at once; coordination first, then the primary', () => {
    const jobs = [job('k', [tasks('t', [4])], { priority: 1 }), job('j', [tasks('t', [5], { multiInstance })])];
    const outcome = run([pool(2)], jobs);
    expect(gantt(outcome)).toEqual(['k/t1 0-4 n0', 'j/t1 4-12 n0']);
    expect(node(outcome, 'n1')).toMatchObject({ runningMs: 8, idleMs: 4 });
  });

  test('MI-07 a failing coordination fails the task; MI-01 a pool without communication never runs it', () => {
    const failing = { ...multiInstance, coordination: lasting(3, 6) };
    const set = tasks('t', [5], { multiInstance: failing });
    expect(task(run([pool(2)], [job('j', [set])]), 'j/t1')).toMatchObject({
      endMs: 3,
      exitCode: 6,
      failure: 'FailureExitCode',
    });
    expect(gantt(run([nodes(2)], [job('j', [set])]))).toEqual(['j/t1 active']);
  });

  test('MI-08 the loss of any of its nodes requeues it', () => {
    const fail: Operation = { kind: 'failNode', poolId: 'p', node: 'n1', error: 'x', recovers: null };
    const outcome = runWith([pool(3)], [job('j', [tasks('t', [5], { multiInstance })])], [[4, fail]]);
    expect(gantt(outcome)).toEqual(['j/t1 4-12 n0']);
    expect(task(outcome, 'j/t1')).toMatchObject({ interruptions: 1 });
  });
});

describe('cores, memory, transfers', () => {
  const demands = (given: Partial<typeof NO_DEMANDS>) => ({ demands: { ...NO_DEMANDS, ...given } });

  test('processes that want more cores than there are share them: 6 on 4 run at two thirds', () => {
    const set = tasks('t', [4, 8, 2], { ...demands({ cpu: 2 }) });
    // All at 2/3: t3 ends at 3. Then two want 4 of 4: t1 has 2 left and ends at 5, t2 has 6 left and ends at 9.
    const outcome = run([nodes(1, { taskSlotsPerNode: 4 })], [job('j', [set])]);
    expect(gantt(outcome)).toEqual(['j/t1 0-5 n0', 'j/t2 0-9 n0', 'j/t3 0-3 n0']);
  });

  test('the process that makes memory short dies as killed by the system', () => {
    const set = tasks('t', [4, 8], { ...demands({ memoryBytes: 5 * 1024 ** 3 }) });
    const outcome = run([nodes(1, { taskSlotsPerNode: 4 })], [job('j', [set])]);
    expect(gantt(outcome)).toEqual(['j/t1 0-4 n0', 'j/t2 0-0 n0']);
    expect(task(outcome, 'j/t2')).toMatchObject({ exitCode: -9, failure: 'FailureExitCode' });
  });

  test('TASK-03, TASK-20 downloads and uploads are time of the task; a failed upload is not retried', () => {
    const timing = latencies({ download: 3, upload: 2 });
    const set = tasks('t', [4], {
      maxTaskRetryCount: 5,
      ...demands({ downloadBytes: 1, uploadBytes: 1, uploadFault: 'FileUploadAccessDenied' }),
    });
    const outcome = run([nodes(1, { timing })], [job('j', [set])]);
    expect(task(outcome, 'j/t1')).toMatchObject({
      startMs: 0,
      endMs: 9,
      exitCode: 0,
      failure: 'FileUploadAccessDenied',
    });
  });

  test('TASK-06, TASK-17 a program that is not found ends the task at once, whatever its retries', () => {
    const set = tasks('t', [4], { maxTaskRetryCount: 5, ...demands({ fault: 'CommandProgramNotFound' }) });
    expect(task(run([nodes(1)], [job('j', [set])]), 'j/t1')).toMatchObject({
      endMs: 0,
      failure: 'CommandProgramNotFound',
      retries: 0,
    });
  });
});
