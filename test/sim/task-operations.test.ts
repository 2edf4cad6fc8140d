import { describe, expect, test } from 'vitest';
import {
  type Action,
  type Job,
  NO_DEMANDS,
  type Operation,
  type TaskConstraints,
  type TaskSet,
} from '../../src/model/index.js';
import { ATTEMPT_ENDS, type Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, answers, jobMoves, taskMoves, taskResult } from '../helpers/job-events.js';
import { afterTasks, each, job, latencies, pool, tasks, world } from '../helpers/world.js';

function runJob(sets: readonly TaskSet[], actions: readonly Action[], given: Partial<Job> = {}, nodes = 1): Recording {
  return simulate(world({ pools: [pool(nodes)], jobs: [job('j', sets, given)], actions })).recording;
}

const on = (atMs: number, kind: 'terminateTask' | 'deleteTask' | 'reactivateTask', taskId: string): Action =>
  act(atMs, { kind, jobId: 'j', taskId });
const codes = (recording: Recording) => recording.operations.map(({ code, status }) => code ?? status);

describe('terminate task', () => {
  test('TASK-22: running or active, it is completed with TaskEnded and never runs again', () => {
    const recording = runJob(
      [tasks('t', [10, 10, 10])],
      [on(4, 'terminateTask', 't1'), on(5, 'terminateTask', 'T3'), on(6, 'terminateTask', 't1')],
    );
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 running n0', '4 stopped terminateTask']);
    expect(taskMoves(recording, 'j/t2')).toEqual(['4 running n0', '14 exit 0']);
    expect(taskResult(recording, 'j/t3')).toBe('completed TaskEnded retries 0 requeues 0');
    expect(codes(recording)).toEqual([204, 204, 'TaskCompleted']);
    expect(recording.tasks.exitCode[0]).toBe(-9);
  });

  test('ERR-14: unknown jobs and tasks', () => {
    const other: Operation = { kind: 'terminateTask', jobId: 'other', taskId: 't1' };
    expect(codes(runJob([tasks('t', [1])], [on(0, 'terminateTask', 'x'), act(0, other)]))).toEqual([
      'TaskNotFound',
      'JobNotFound',
    ]);
  });
});

describe('delete task', () => {
  test('TASK-23: a running one is stopped and gone; its slot and its id are free', () => {
    const again: Operation = { kind: 'addTasks', jobId: 'j', tasks: { ok: true, value: [tasks('t', [2])] } };
    const recording = runJob(
      [tasks('t', [10, 10])],
      [on(4, 'deleteTask', 't1'), on(5, 'deleteTask', 't1'), act(6, again)],
    );
    expect(taskMoves(recording, 'j/t2')).toEqual(['4 running n0', '14 exit 0']);
    expect(taskMoves(recording, 'j/t1')).toEqual(['14 running n0', '16 exit 0']);
    expect(recording.tasks.deletedMs?.[0]).toBe(4);
    expect(codes(recording)).toEqual([200, 'TaskNotFound', 200]);
  });

  test('JOB-08, TASK-23: a job whose last open task is deleted is complete', () => {
    const recording = runJob([tasks('t', [10, 5])], [on(7, 'deleteTask', 't1'), on(8, 'deleteTask', 't2')], {
      onAllTasksComplete: 'terminatejob',
    });
    expect(jobMoves(recording, 'j').at(-1)).toBe('8 completed');
  });

  test('DEP-09: a parent deleted before it satisfied leaves its children waiting, until its id is added again', () => {
    const again: Operation = { kind: 'addTasks', jobId: 'j', tasks: { ok: true, value: [tasks('a', [2])] } };
    const family = [tasks('a', [10]), tasks('b', [3], afterTasks(['a1']))];
    expect(taskResult(runJob(family, [on(4, 'deleteTask', 'a1')]), 'j/b1')).toMatch(/^active/);
    const recording = runJob(family, [on(4, 'deleteTask', 'a1'), act(20, again)]);
    expect(taskMoves(recording, 'j/b1')).toEqual(['22 running n0', '25 exit 0']);
    const after = runJob(family, [on(12, 'deleteTask', 'a1')]);
    expect(taskMoves(after, 'j/b1')).toEqual(['10 running n0', '13 exit 0']);
  });

  test('SIM-06: a deleted process holds its slot until it is gone', () => {
    const slow = pool(1, { timing: latencies({ kill: 3 }) });
    const declared = job('j', [tasks('t', [10, 10])]);
    const actions = [on(4, 'deleteTask', 't1'), on(5, 'terminateTask', 't1')];
    const { recording } = simulate(world({ pools: [slow], jobs: [declared], actions }));
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 running n0', '7 deleted']);
    expect(taskMoves(recording, 'j/t2')[0]).toBe('7 running n0');
    expect(codes(recording)).toEqual([200, 'TaskNotFound']);
  });
});

describe('reactivate task', () => {
  test('TASK-24: a failed task runs again with all its retries; the attempt that failed is an earlier one', () => {
    const failing = tasks('t', [5], { exitCode: each(1, 1, 1, 0), maxTaskRetryCount: 1 });
    const recording = runJob([failing], [on(20, 'reactivateTask', 't1')]);
    expect(taskMoves(recording, 'j/t1')).toEqual([
      '0 running n0',
      '5 retry 1',
      '5 running n0',
      '10 exit 1',
      '20 reactivated',
      '20 running n0',
      '25 retry 1',
      '25 running n0',
      '30 exit 0',
    ]);
    expect(taskResult(recording, 'j/t1')).toBe('completed success retries 1 requeues 0');
    const { attempts } = recording;
    const outcomes = Array.from({ length: attempts.count }, (_, row) => ATTEMPT_ENDS[attempts.outcome[row] as number]);
    expect(outcomes).toEqual(['retry', 'reactivated', 'retry']);
    expect([attempts.startMs[1], attempts.endMs[1], attempts.exitCode[1]]).toEqual([5, 10, 1]);
  });

  test('TASK-24: only a completed task that failed, and only while its job has not ended', () => {
    const terminate: Operation = { kind: 'terminateJob', jobId: 'j', terminateReason: null, force: false };
    const recording = runJob(
      [tasks('a', [5]), tasks('b', [10], { exitCode: each(1) })],
      [
        on(3, 'reactivateTask', 'a1'),
        on(6, 'reactivateTask', 'a1'),
        act(20, terminate),
        on(21, 'reactivateTask', 'b1'),
      ],
    );
    expect(codes(recording)).toEqual(['TaskNotCompleted', 'TaskSucceeded', 202, 'JobCompleted']);
  });

  test('DEP-12: a reactivated parent that then satisfies releases its children', () => {
    const family = [tasks('a', [5], { exitCode: each(1, 0) }), tasks('b', [3], afterTasks(['a1']))];
    const recording = runJob(family, [on(20, 'reactivateTask', 'a1')]);
    expect(taskMoves(recording, 'j/b1')).toEqual(['25 running n0', '28 exit 0']);
  });

  test('DEP-02, TASK-24: one that was ended while it waited for others waits for them again', () => {
    const family = [tasks('a', [30]), tasks('b', [3], afterTasks(['a1']))];
    const recording = runJob(family, [on(5, 'terminateTask', 'b1'), on(8, 'reactivateTask', 'b1')], {}, 2);
    expect(taskMoves(recording, 'j/b1')).toEqual([
      '5 stopped terminateTask',
      '8 reactivated',
      '30 running n0',
      '33 exit 0',
    ]);
    expect(recording.attempts.node[0]).toBe(-1);
  });

  test('TASK-24: the exit code of a task that was ended is forgotten', () => {
    const recording = runJob([tasks('t', [10])], [on(4, 'terminateTask', 't1'), on(8, 'reactivateTask', 't1')]);
    expect(taskMoves(recording, 'j/t1').at(-1)).toBe('18 exit 0');
    expect(taskResult(recording, 'j/t1')).toBe('completed success retries 0 requeues 0');
  });
});

describe('update task', () => {
  const update = (atMs: number, constraints: Partial<TaskConstraints> | null): Action =>
    act(atMs, {
      ...{ kind: 'updateTask', jobId: 'j', taskId: 't1' },
      constraints:
        constraints === null
          ? null
          : { maxTaskRetryCount: null, maxWallClockTimeMs: null, retentionTimeMs: null, ...constraints },
    });

  test('TASK-25, TASK-11: a new wall clock holds for the attempt that runs, from its start', () => {
    expect(taskMoves(runJob([tasks('t', [10])], [update(3, { maxWallClockTimeMs: 7 })]), 'j/t1')).toEqual([
      '0 running n0',
      '7 timed out',
    ]);
    expect(taskMoves(runJob([tasks('t', [10])], [update(5, { maxWallClockTimeMs: 4 })]), 'j/t1')).toEqual([
      '0 running n0',
      '5 timed out',
    ]);
    const limited = tasks('t', [10], { maxWallClockTimeMs: 6 });
    expect(taskMoves(runJob([limited], [update(3, null)]), 'j/t1')).toEqual(['0 running n0', '10 exit 0']);
    expect(taskMoves(runJob([limited], [update(3, { maxWallClockTimeMs: 10 })]), 'j/t1')[1]).toBe('10 exit 0');
  });

  test('TASK-25, TASK-11: the same for an attempt that fetches files before its process runs', () => {
    const fetching = tasks('t', [10], { demands: { ...NO_DEMANDS, downloadBytes: 4 } });
    const slow = pool(1, { bandwidth: 1 });
    const limit = (atMs: number, maxWallClockTimeMs: number | null) => update(atMs, { maxWallClockTimeMs });
    const runWith = (...actions: Action[]) =>
      taskMoves(simulate(world({ pools: [slow], jobs: [job('j', [fetching])], actions })).recording, 'j/t1');
    expect(runWith()).toEqual(['0 running n0', '14 exit 0']);
    expect(runWith(limit(2, 3))).toEqual(['0 running n0', '3 timed out']);
    expect(runWith(limit(5, 12))).toEqual(['0 running n0', '12 timed out']);
    expect(runWith(limit(5, 12), limit(6, null))).toEqual(['0 running n0', '14 exit 0']);
  });

  test('TASK-25, TASK-12: retries count as told last: none if constraints leave them out, the job’s without constraints', () => {
    const failing = tasks('t', [5], { exitCode: each(1, 0), maxTaskRetryCount: 0 });
    expect(taskMoves(runJob([failing], [update(3, { maxTaskRetryCount: 1 })]), 'j/t1').at(-1)).toBe('10 exit 0');
    const job = { maxTaskRetryCount: 1 };
    expect(taskMoves(runJob([failing], [update(3, null)], job), 'j/t1').at(-1)).toBe('10 exit 0');
    expect(taskMoves(runJob([failing], [update(3, {})], job), 'j/t1').at(-1)).toBe('5 exit 1');
  });

  test('TASK-25, TASK-07: refused on a completed task, and with a count that means nothing', () => {
    const recording = runJob([tasks('t', [5])], [update(2, { maxTaskRetryCount: -2 }), update(6, null)]);
    expect(codes(recording)).toEqual(['InvalidConstraintValue', 'TaskCompleted']);
  });

  test('TASK-25: changed twice, the last word holds and nothing else ends the attempt', () => {
    const actions = [update(1, { maxWallClockTimeMs: 4 }), update(2, { maxWallClockTimeMs: 8 }), update(3, null)];
    expect(taskMoves(runJob([tasks('t', [10])], actions), 'j/t1')).toEqual(['0 running n0', '10 exit 0']);
  });
});

describe('add tasks', () => {
  const add = (atMs: number, ...value: TaskSet[]): Action =>
    act(atMs, { kind: 'addTasks', jobId: 'j', tasks: { ok: true, value } });

  test('TASK-26: each task of a collection is taken or refused by itself', () => {
    const recording = runJob([tasks('t', [5])], [add(6, tasks('t', [2, 2]), tasks('u', [3]))]);
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 running n0', '5 exit 0']);
    expect(taskMoves(recording, 'j/t2')).toEqual(['6 running n0', '8 exit 0']);
    expect(taskMoves(recording, 'j/u1')).toEqual(['8 running n0', '11 exit 0']);
    expect(recording.operations[0]).toMatchObject({ status: 200, code: 'TaskExists' });
  });

  test('DEP-01, PREP-01, ERR-16: what the job and the call do not allow is refused as a whole', () => {
    const dependent = tasks('d', [1], afterTasks(['t1']));
    const many = tasks('m', Array<number>(101).fill(1));
    expect(codes(runJob([tasks('t', [5])], [add(1, dependent), add(2, many)]))).toEqual([
      'TaskDependenciesNotSpecifiedOnJob',
      'InvalidPropertyValue',
    ]);
  });

  test('JOB-18: a disabled job takes tasks, which wait; with the option off it refuses them', () => {
    const actions = [
      act(1, { kind: 'disableJob', jobId: 'j', disableTasks: 'wait' }),
      add(6, tasks('u', [3])),
      act(9, { kind: 'enableJob', jobId: 'j' }),
    ];
    expect(taskMoves(runJob([tasks('t', [5])], actions), 'j/u1')).toEqual(['9 running n0', '12 exit 0']);
    const scenario = world({ pools: [pool(1)], jobs: [job('j', [tasks('t', [5])])], actions });
    const strict = { ...scenario, options: { ...scenario.options, addToDisabledJob: false } };
    expect(answers(simulate(strict).recording)[1]).toBe('6 addTasks job j JobDisabled');
  });
});
