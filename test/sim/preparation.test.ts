import { describe, expect, test } from 'vitest';
import {
  type Account,
  type Action,
  type Job,
  type JobPreparation,
  makeJobPreparation,
  type Operation,
  type QuantityPerOccurrence,
} from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, jobMoves, nodeTasks, taskMoves, taskResult } from '../helpers/job-events.js';
import { each, job, latencies, pool, tasks, world } from '../helpers/world.js';

/** A preparation task with a run time in ms, and exit codes by attempt. */
function preparing(
  runtime: QuantityPerOccurrence,
  exitCode: QuantityPerOccurrence = each(0),
  given: Partial<JobPreparation> = {},
): Pick<Job, 'jobPreparationTask'> {
  const command = { runtime, exitCode, downloadBytes: 0, fault: null };
  return { jobPreparationTask: makeJobPreparation({ command, ...given }) };
}

function runOn(account: Partial<Account>, actions: readonly Action[] = []): Recording {
  return simulate(world({ pools: [pool(1)], actions, ...account })).recording;
}

describe('preparation', () => {
  test('PREP-02, PREP-03: it runs once per node, before the first task there, which waits holding its slot', () => {
    const recording = runOn({ jobs: [job('j', [tasks('t', [10, 10])], preparing(each(5)))] });
    expect(nodeTasks(recording)).toEqual(['preparation n0 0-5 success']);
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 preparing n0', '5 running n0', '15 exit 0']);
    expect(taskMoves(recording, 'j/t2')).toEqual(['15 running n0', '25 exit 0']);
  });

  test('PREP-02: nodes that get no task do not run it', () => {
    const recording = runOn({ pools: [pool(3)], jobs: [job('j', [tasks('t', [10, 10])], preparing(each(5)))] });
    expect(nodeTasks(recording)).toEqual(['preparation n0 0-5 success', 'preparation n1 0-5 success']);
  });

  test('PREP-03, PREP-04: one instance serves all tasks that reach the node, and they start in the same instant', () => {
    const recording = runOn({
      pools: [pool(1, { taskSlotsPerNode: 3 })],
      jobs: [job('j', [tasks('t', [10, 10, 10, 10])], preparing(each(5)))],
    });
    expect(nodeTasks(recording)).toEqual(['preparation n0 0-5 success']);
    expect(['t1', 't2', 't3'].map((id) => taskMoves(recording, `j/${id}`)[1])).toEqual(Array(3).fill('5 running n0'));
    expect(taskMoves(recording, 'j/t4')).toEqual(['15 running n0', '25 exit 0']);
  });

  test('PREP-04: one that takes no time is over within the instant', () => {
    const recording = runOn({ jobs: [job('j', [tasks('t', [10])], preparing(each(0)))] });
    expect(nodeTasks(recording)).toEqual(['preparation n0 0-0 success']);
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 preparing n0', '0 running n0', '10 exit 0']);
  });

  test('PREP-05: after a failure the node is barred for this job alone, and its tasks go elsewhere without being counted', () => {
    const failsOnFirst = preparing(each(5), each(1));
    const other = job('k', [tasks('u', [4])], { priority: -1 });
    const recording = runOn({ pools: [pool(1)], jobs: [job('j', [tasks('t', [10])], failsOnFirst), other] });
    expect(nodeTasks(recording)).toEqual(['preparation n0 0-5 failure']);
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 preparing n0', '5 requeued preparationFailed']);
    expect(taskResult(recording, 'j/t1')).toBe('active retries 0 requeues 0');
    expect(recording.tasks.interruptions?.[0] ?? 0).toBe(0);
    expect(taskMoves(recording, 'k/u1')).toEqual(['5 running n0', '9 exit 0']);
  });

  test('PREP-05, PREP-06: nodes are barred one by one; when all are, the job hangs', () => {
    const recording = runOn({ pools: [pool(2)], jobs: [job('j', [tasks('t', [10])], preparing(each(5), each(1)))] });
    expect(nodeTasks(recording)).toEqual(['preparation n0 0-5 failure', 'preparation n1 5-10 failure']);
    expect(recording.run.endMs).toBe(10);
    expect(recording.unfinished.count).toBe(1);
  });

  test('PREP-08: a failing preparation is retried, a cut one is not', () => {
    const retried = preparing(each(5, 2), each(1, 0), { maxTaskRetryCount: 1 });
    expect(taskMoves(runOn({ jobs: [job('j', [tasks('t', [10])], retried)] }), 'j/t1')).toEqual([
      '0 preparing n0',
      '7 running n0',
      '17 exit 0',
    ]);
    const cut = preparing(each(5), each(0), { maxTaskRetryCount: 1, maxWallClockTimeMs: 4 });
    expect(nodeTasks(runOn({ jobs: [job('j', [tasks('t', [10])], cut)] }))).toEqual(['preparation n0 0-4 failure']);
    const exact = preparing(each(5), each(0), { maxWallClockTimeMs: 5 });
    expect(nodeTasks(runOn({ jobs: [job('j', [tasks('t', [10])], exact)] }))).toEqual(['preparation n0 0-5 success']);
  });

  test('PREP-07: without waitForSuccess tasks run beside it, and its failure bars nothing', () => {
    const beside = preparing(each(5), each(1), { waitForSuccess: false });
    const recording = runOn({ jobs: [job('j', [tasks('t', [10, 10])], beside)] });
    expect(nodeTasks(recording)).toEqual(['preparation n0 0-5 failure']);
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 running n0', '10 exit 0']);
    expect(taskMoves(recording, 'j/t2')).toEqual(['10 running n0', '20 exit 0']);
  });

  test('JOB-15: a job that is disabled takes its preparing tasks back; the preparation itself goes on', () => {
    const actions = [
      act(3, { kind: 'disableJob', jobId: 'j', disableTasks: 'requeue' }),
      act(20, { kind: 'enableJob', jobId: 'j' }),
    ];
    const recording = runOn({ jobs: [job('j', [tasks('t', [10])], preparing(each(5)))] }, actions);
    expect(taskMoves(recording, 'j/t1')).toEqual([
      '0 preparing n0',
      '3 requeued jobDisabled',
      '20 running n0',
      '30 exit 0',
    ]);
    expect(taskResult(recording, 'j/t1')).toBe('completed success retries 0 requeues 1');
    expect(nodeTasks(recording)).toEqual(['preparation n0 0-5 success']);
  });

  test('JOB-15: disabled with wait, a preparing task still runs, and the job is disabled after it', () => {
    const actions = [act(3, { kind: 'disableJob', jobId: 'j', disableTasks: 'wait' })];
    const recording = runOn({ jobs: [job('j', [tasks('t', [10])], preparing(each(5)))] }, actions);
    expect(taskMoves(recording, 'j/t1').at(-1)).toBe('15 exit 0');
    expect(jobMoves(recording, 'j')).toEqual(['0 active', '3 disabling', '15 disabled']);
  });

  test('JOB-15: disabled with terminate, a preparing task is completed and never began to run', () => {
    const actions = [act(3, { kind: 'disableJob', jobId: 'j', disableTasks: 'terminate' })];
    const recording = runOn({ jobs: [job('j', [tasks('t', [10])], preparing(each(5)))] }, actions);
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 preparing n0', '3 stopped jobDisabled']);
    expect(recording.tasks.startMs[0]).toBe(-1);
    expect(jobMoves(recording, 'j').at(-1)).toBe('3 disabled');
  });

  test('PREP-17: when the job ends, a preparation that runs is stopped', () => {
    const actions = [act(3, { kind: 'terminateJob', jobId: 'j', terminateReason: null, force: false })];
    const recording = runOn({ jobs: [job('j', [tasks('t', [10])], preparing(each(5)))] }, actions);
    expect(nodeTasks(recording)).toEqual(['preparation n0 0-3 failure']);
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 preparing n0', '3 stopped jobTerminated']);
    expect(recording.run.endMs).toBe(3);
  });

  test('PREP-05, SCH-11: a task on its way to a node finds on arrival that the preparation there has failed, and is turned back', () => {
    const recording = runOn({
      pools: [pool(1, { taskSlotsPerNode: 2, timing: latencies({ dispatch: 4 }) })],
      jobs: [
        job(
          'j',
          [tasks('t', [10]), tasks('u', [10], { arrival: { kind: 'at', atMs: 6 } })],
          preparing(each(3), each(1)),
        ),
      ],
    });
    expect(taskMoves(recording, 'j/t1')).toEqual(['4 preparing n0', '7 requeued preparationFailed']);
    expect(taskMoves(recording, 'j/u1')).toEqual(['10 preparing n0', '10 requeued preparationFailed']);
  });

  test('MI-11: a multi-instance task prepares on all its nodes and starts when the last is ready', () => {
    const two = { numberOfInstances: 2, commonDownloadBytes: 0 };
    const coordination = { runtime: each(0), exitCode: each(0), downloadBytes: 0, fault: null };
    const first = job('j', [tasks('a', [20]), tasks('m', [10], { multiInstance: { ...two, coordination } })], {
      ...preparing(each(5)),
    });
    const recording = runOn({ pools: [pool(3, { enableInterNodeCommunication: true })], jobs: [first] });
    expect(nodeTasks(recording)).toEqual([
      'preparation n0 0-5 success',
      'preparation n1 0-5 success',
      'preparation n2 0-5 success',
    ]);
    expect(taskMoves(recording, 'j/m1').slice(0, 2)).toEqual(['0 preparing n1', '5 running n1']);
  });
});

describe('nodes that boot again', () => {
  const reboot = (atMs: number): Action => act(atMs, { kind: 'rebootNode', poolId: 'p', node: 'n0', option: null });
  const reimage = (atMs: number): Action => act(atMs, { kind: 'reimageNode', poolId: 'p', node: 'n0', option: null });

  test('PREP-09: after a reboot it runs again before the next task, if it is to or had not completed', () => {
    const both = [true, false].map((rerunOnNodeRebootAfterSuccess) => {
      const prepared = preparing(each(5), each(0), { rerunOnNodeRebootAfterSuccess });
      return runOn({ jobs: [job('j', [tasks('t', [10])], prepared)] }, [reboot(8)]);
    });
    expect(nodeTasks(both[0] as Recording)).toEqual(['preparation n0 0-5 success', 'preparation n0 8-13 success']);
    expect(taskMoves(both[0] as Recording, 'j/t1').slice(2)).toEqual([
      '8 requeued nodeRebooted',
      '8 preparing n0',
      '13 running n0',
      '23 exit 0',
    ]);
    expect(nodeTasks(both[1] as Recording)).toEqual(['preparation n0 0-5 success']);
    const early = runOn(
      { jobs: [job('j', [tasks('t', [10])], preparing(each(5), each(0), { rerunOnNodeRebootAfterSuccess: false }))] },
      [reboot(3)],
    );
    expect(nodeTasks(early)).toEqual(['preparation n0 0-3 failure', 'preparation n0 3-8 success']);
  });

  test('PREP-05, PREP-09: a reboot lifts no bar, a reimage does', () => {
    const failing = preparing(each(5), each(1, 0));
    const rebooted = runOn({ jobs: [job('j', [tasks('t', [10])], failing)] }, [reboot(8)]);
    expect(nodeTasks(rebooted)).toEqual(['preparation n0 0-5 failure']);
    const reimaged = runOn({ jobs: [job('j', [tasks('t', [10])], failing)] }, [reimage(8)]);
    expect(nodeTasks(reimaged)[1]).toMatch(/^preparation n0 8-13/);
  });

  test('PREP-05, NODE-12: a preempted node comes back as reimaged: prepared anew, and barred no more', () => {
    const spot = pool(0, { targetLowPriorityNodes: 1 });
    const preempt: Operation = { kind: 'preemptNodes', poolId: 'p', count: 1, nodes: null };
    const recording = runOn({ pools: [spot], jobs: [job('j', [tasks('t', [10])], preparing(each(5)))] }, [
      act(3, preempt),
    ]);
    expect(nodeTasks(recording)).toEqual(['preparation n0 0-3 failure', 'preparation n0 3-8 success']);
    expect(taskMoves(recording, 'j/t1')).toEqual([
      '0 preparing n0',
      '3 requeued nodePreempted',
      '3 preparing n0',
      '8 running n0',
      '18 exit 0',
    ]);
  });
});
