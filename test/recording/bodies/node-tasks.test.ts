import { describe, expect, test } from 'vitest';
import {
  type Account,
  makeJobManager,
  makeJobPreparation,
  makeJobRelease,
  type Operation,
} from '../../../src/model/index.js';
import { executionInfoOf, MOST_RECENT_TASKS, nodeTaskCounts, recentTasks } from '../../../src/recording/index.js';
import { on } from '../../helpers/fleet.js';
import { act } from '../../helpers/job-events.js';
import { momentOf } from '../../helpers/moments.js';
import { afterTasks, each, job, latencies, pool, tasks } from '../../helpers/world.js';

const instant = (ms: number) => `1970-01-01T00:00:00${ms === 0 ? '' : `.${String(ms).padStart(3, '0')}`}Z`;
const command = { runtime: each(5), exitCode: each(0), downloadBytes: 0, fault: null };
const reboot: Operation = { kind: 'rebootNode', ...on('n0'), option: null };

describe('counts', () => {
  const around = {
    jobManagerTask: makeJobManager({ task: tasks('m', [10]), runExclusive: false, killJobOnCompletion: false }),
    jobPreparationTask: makeJobPreparation(),
    jobReleaseTask: makeJobRelease(),
  };
  const startTask = { maxTaskRetryCount: 0, waitForSuccess: true, command };
  const nodes = pool(1, { ready: false, taskSlotsPerNode: 4, startTask });
  const set = tasks('t', [10, 50], { requiredSlots: 2, exitCode: each(0) });
  const countsAt = (atMs: number) =>
    nodeTaskCounts(momentOf({ pools: [nodes], jobs: [job('j', [set], around)] }, atMs), 0);

  test('NODE-17 the manager and normal tasks run and have run; start, preparation and release tasks count nowhere', () => {
    expect(countsAt(4)).toEqual({ ...counts(0, 0), ...running(0, 0) });
    // The manager takes one slot and the first task two; the second waits for room.
    expect(countsAt(6)).toEqual({ ...counts(0, 0), ...running(2, 3) });
    expect(countsAt(15)).toEqual({ ...counts(2, 2), ...running(1, 2) });
    expect(countsAt(1000)).toEqual({ ...counts(3, 3), ...running(0, 0) });
  });

  test('NODE-17 a task that failed has run and did not succeed; one that is retried has not completed', () => {
    const failing = tasks('f', [10], { exitCode: each(1, 2), maxTaskRetryCount: 1 });
    const at = (ms: number) => nodeTaskCounts(momentOf({ jobs: [job('j', [failing])] }, ms), 0);
    expect(at(15)).toEqual({ ...counts(0, 0), ...running(1, 1) });
    expect(at(20)).toEqual({ ...counts(1, 0), ...running(0, 0) });
  });

  test('NODE-17 the instances of a multi-instance task count on their own nodes', () => {
    const gang = { numberOfInstances: 2, coordination: command, commonDownloadBytes: 0 };
    const account = gangAccount(gang);
    const at = (ms: number, node: number) => nodeTaskCounts(momentOf(account, ms), node);
    expect([at(3, 0), at(3, 1)]).toEqual([
      { ...counts(0, 0), ...running(1, 1) },
      { ...counts(0, 0), ...running(1, 1) },
    ]);
    expect([at(99, 0), at(99, 1)]).toEqual([
      { ...counts(1, 1), ...running(0, 0) },
      { ...counts(1, 1), ...running(0, 0) },
    ]);
  });
});

describe('the latest tasks of a node', () => {
  const recent = (account: Partial<Account>, atMs: number) => recentTasks(momentOf(account, atMs), 0);

  test('NODE-18 absent before the first task', () => {
    const late = job('j', [tasks('t', [5], { arrival: { kind: 'at', atMs: 10 } })]);
    expect(recent({ jobs: [late] }, 9)).toBeUndefined();
    expect(recent({ jobs: [late] }, 10)).toHaveLength(1);
  });

  test('NODE-18 ten of them, the last change first', () => {
    const found = recent({ jobs: [job('j', [tasks('t', Array(12).fill(10))])] }, 115) ?? [];
    expect(found).toHaveLength(MOST_RECENT_TASKS);
    expect(found.map(({ taskId, taskState }) => `${taskId} ${taskState}`)).toEqual([
      't12 running',
      ...[11, 10, 9, 8, 7, 6, 5, 4, 3].map((n) => `t${n} completed`),
    ]);
    expect(found[1]).toEqual({
      ...{ jobId: 'j', taskId: 't11', taskState: 'completed' },
      executionInfo: {
        ...{ startTime: instant(100), endTime: instant(110), exitCode: 0, result: 'success' },
        ...{ retryCount: 0, requeueCount: 0 },
      },
    });
  });

  test('NODE-18 an instance has the id of its subtask and the state of its attempt', () => {
    const coordination = { ...command, exitCode: each(0) };
    const account = gangAccount({ numberOfInstances: 2, coordination, commonDownloadBytes: 0 });
    const at = (ms: number) => [0, 1].map((node) => recentTasks(momentOf(account, ms), node)?.[0]);
    expect(at(3)).toMatchObject([
      { taskId: 'g1', subtaskId: 0, taskState: 'running' },
      { taskId: 'g1', subtaskId: 1, taskState: 'running', executionInfo: { retryCount: 0, requeueCount: 0 } },
    ]);
    expect(at(99)).toMatchObject([
      { subtaskId: 0, taskState: 'completed', executionInfo: { exitCode: 0, endTime: instant(15), result: 'success' } },
      { subtaskId: 1, taskState: 'completed', executionInfo: { exitCode: 0, endTime: instant(15), result: 'success' } },
    ]);
  });

  test('NODE-18 a deleted task is no longer told of', () => {
    const drop: Operation = { kind: 'deleteTask', jobId: 'j', taskId: 't1' };
    const account = { jobs: [job('j', [tasks('t', [5, 5])])], actions: [act(20, drop)] };
    expect(recent(account, 19)?.map(({ taskId }) => taskId)).toEqual(['t2', 't1']);
    expect(recent(account, 20)?.map(({ taskId }) => taskId)).toEqual(['t2']);
  });
});

describe('execution of a task', () => {
  const infoAt = (account: Partial<Account>, atMs: number) => executionInfoOf(momentOf(account, atMs), 0);

  test('TASK-04, TASK-08 retries and requeues are counted apart, each with its latest time', () => {
    const failing = tasks('t', [10], { exitCode: each(1, 0, 0), maxTaskRetryCount: 3 });
    const slow = pool(1, { timing: latencies({ reboot: 20 }) });
    const account = { pools: [slow], jobs: [job('j', [failing])], actions: [act(15, reboot)] };
    expect(infoAt(account, 12)).toEqual({
      ...{ startTime: instant(10), retryCount: 1, lastRetryTime: instant(10), requeueCount: 0 },
    });
    expect(infoAt(account, 20)).toEqual({
      ...{ retryCount: 1, lastRetryTime: instant(10), requeueCount: 1, lastRequeueTime: instant(15) },
    });
    expect(infoAt(account, 45)).toEqual({
      ...{ startTime: instant(35), endTime: instant(45), exitCode: 0, result: 'success' },
      ...{ retryCount: 1, lastRetryTime: instant(10), requeueCount: 1, lastRequeueTime: instant(15) },
    });
  });

  test('TASK-04, TASK-11 a failure has Batch’s own information, and that of a wall clock says so', () => {
    const cut = tasks('t', [50], { maxWallClockTimeMs: 10 });
    expect(infoAt({ jobs: [job('j', [cut])] }, 10)).toMatchObject({
      ...{ endTime: instant(10), exitCode: -9, result: 'failure' },
      failureInfo: { category: 'usererror', code: 'TaskEnded', details: [{ name: 'Message' }] },
    });
    const failing = tasks('t', [5], { exitCode: each(7) });
    expect(infoAt({ jobs: [job('j', [failing])] }, 5)).toMatchObject({
      ...{ exitCode: 7, result: 'failure', failureInfo: { category: 'usererror', code: 'FailureExitCode' } },
    });
  });

  test('TASK-22, TASK-24 one that is stopped while it waits has no exit code; reactivation clears its end', () => {
    const stop: Operation = { kind: 'terminateTask', jobId: 'j', taskId: 't1' };
    const again: Operation = { kind: 'reactivateTask', jobId: 'j', taskId: 't1' };
    const account = {
      jobs: [job('j', [tasks('t', [50])]), job('k', [tasks('b', [100])])].reverse(),
      actions: [act(10, stop), act(20, again)],
    };
    const info = (atMs: number) => executionInfoOf(momentOf(account, atMs), 1);
    expect(info(10)).toMatchObject({ endTime: instant(10), result: 'failure', failureInfo: { code: 'TaskEnded' } });
    expect(info(10)).not.toHaveProperty('exitCode');
    expect(info(20)).toEqual({ retryCount: 0, requeueCount: 0 });
    expect(info(150)).toMatchObject({ startTime: instant(100), endTime: instant(150), exitCode: 0 });
  });

  test('TASK-24 the exit code of before a reactivation is told at that time', () => {
    const again: Operation = { kind: 'reactivateTask', jobId: 'j', taskId: 't1' };
    const stop: Operation = { kind: 'terminateTask', jobId: 'j', taskId: 't1' };
    const account = { jobs: [job('j', [tasks('t', [50])])], actions: [act(10, stop), act(20, again)] };
    expect(infoAt(account, 15)).toMatchObject({ exitCode: -9, failureInfo: { code: 'TaskEnded' } });
    expect(infoAt(account, 70)).toMatchObject({ startTime: instant(20), exitCode: 0, result: 'success' });
  });

  test('DEP-02 a blocked task has not begun', () => {
    const account = { jobs: [job('j', [tasks('u', [1], afterTasks(['t1'])), tasks('t', [10])])] };
    expect(infoAt(account, 5)).toEqual({ retryCount: 0, requeueCount: 0 });
  });
});

function gangAccount(multiInstance: NonNullable<ReturnType<typeof tasks>['multiInstance']>): Partial<Account> {
  return {
    pools: [pool(2, { enableInterNodeCommunication: true })],
    jobs: [job('j', [tasks('g', [10], { multiInstance })])],
  };
}

function counts(totalTasksRun: number, totalTasksSucceeded: number) {
  return { totalTasksRun, totalTasksSucceeded };
}

function running(runningTasksCount: number, runningTaskSlotsCount: number) {
  return { runningTasksCount, runningTaskSlotsCount };
}
