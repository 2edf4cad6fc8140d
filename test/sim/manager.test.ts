import { describe, expect, test } from 'vitest';
import { type Account, type Action, type Job, makeJobManager, type Operation } from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, answers, jobMoves, taskMoves, taskResult } from '../helpers/job-events.js';
import { at, each, job, pool, tasks, world } from '../helpers/world.js';

type Script = readonly (readonly [number, Operation])[];

/** A job with the manager `m`, which runs so long. */
function managed(
  runtime: number,
  given: Partial<Parameters<typeof makeJobManager>[0]> = {},
  script: Script = [],
): Partial<Job> {
  const task = { ...tasks('m', [runtime]), ...given.task, ids: { kind: 'list', values: ['m'] } as const };
  const actions = script.map(([atMs, operation]) => ({ atMs, operation }));
  return { jobManagerTask: makeJobManager({ runExclusive: false, ...given, task, actions }) };
}

function runOn(account: Partial<Account>, actions: readonly Action[] = []): Recording {
  return simulate(world({ pools: [pool(1)], actions, ...account })).recording;
}

const adding = (prefix: string, runtimes: readonly number[]): Operation => ({
  kind: 'addTasks',
  jobId: '',
  tasks: { ok: true, value: [tasks(prefix, runtimes)] },
});

describe('job manager', () => {
  test('JM-01: it is queued before the other tasks of its job', () => {
    const recording = runOn({ jobs: [job('j', [tasks('t', [10])], managed(5, { killJobOnCompletion: false }))] });
    expect(taskMoves(recording, 'j/m')).toEqual(['0 running n0', '5 exit 0']);
    expect(taskMoves(recording, 'j/t1')).toEqual(['5 running n0', '15 exit 0']);
  });

  test('JM-03: when it completes the job ends with JMComplete, also after a failure', () => {
    for (const exitCode of [0, 4]) {
      const task = { ...tasks('m', [5], { exitCode: each(exitCode) }) };
      const recording = runOn({ pools: [pool(2)], jobs: [job('j', [tasks('t', [10, 10])], managed(5, { task }))] });
      expect(jobMoves(recording, 'j')).toEqual(['0 active', '5 terminating', '5 completed']);
      expect(recording.jobs[0]?.terminateReason).toBe('JMComplete');
      expect(taskMoves(recording, 'j/t1')).toEqual(['0 running n1', '5 stopped jobTerminated']);
      expect(taskResult(recording, 'j/t2')).toBe('active retries 0 requeues 0');
    }
  });

  test('JM-03: one that is requeued has not completed', () => {
    const recording = runOn({ jobs: [job('j', [], managed(10))] }, [
      act(4, { kind: 'disableJob', jobId: 'j', disableTasks: 'requeue' }),
      act(6, { kind: 'enableJob', jobId: 'j' }),
    ]);
    expect(taskMoves(recording, 'j/m')).toEqual([
      '0 running n0',
      '4 requeued jobDisabled',
      '6 running n0',
      '16 exit 0',
    ]);
    expect(jobMoves(recording, 'j').at(-1)).toBe('16 completed');
  });

  test('JM-04, JOB-09: with killJobOnCompletion false it is one task among others', () => {
    const given = { ...managed(20, { killJobOnCompletion: false }), onAllTasksComplete: 'terminatejob' } as const;
    const recording = runOn({ pools: [pool(2)], jobs: [job('j', [tasks('t', [10])], given)] });
    expect(jobMoves(recording, 'j').slice(1)).toEqual(['20 terminating', '20 completed']);
    expect(recording.jobs[0]?.terminateReason).toBe('AllTasksComplete');
  });

  test('JM-05: exclusive, it needs an empty node and has it alone until it ends', () => {
    const roomy = pool(1, { taskSlotsPerNode: 4 });
    const exclusive = managed(10, { runExclusive: true, killJobOnCompletion: false });
    const before = job('a', [tasks('u', [3])]);
    const after = job('k', [tasks('v', [2])], { arrival: { kind: 'at', atMs: 5 } });
    const recording = runOn({ pools: [roomy], jobs: [before, job('j', [tasks('t', [1])], exclusive), after] });
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 running n0', '1 exit 0']);
    expect(taskMoves(recording, 'j/m')).toEqual(['3 running n0', '13 exit 0']);
    expect(taskMoves(recording, 'k/v1')).toEqual(['13 running n0', '15 exit 0']);
  });

  test('JM-07: restarted after a failure it comes before the other tasks of its job', () => {
    const task = tasks('m', [5], { exitCode: each(1, 0), maxTaskRetryCount: 1 });
    const given = managed(5, { task, killJobOnCompletion: false });
    const recording = runOn({ jobs: [job('j', [tasks('t', [9])], given)] });
    expect(taskMoves(recording, 'j/m')).toEqual(['0 running n0', '5 retry 1', '5 running n0', '10 exit 0']);
    expect(taskMoves(recording, 'j/t1')).toEqual(['10 running n0', '19 exit 0']);
  });
});

describe('a manager whose node is lost', () => {
  const fails = act(5, { kind: 'failNode', poolId: 'p', node: 'n0', error: null, recovers: false });
  const manager = managed(10, { killJobOnCompletion: false });

  test('JM-07, JM-08: it evicts the task that started last, of a priority that is not higher', () => {
    const low = job('k', [tasks('u', [30])], { arrival: at(1) });
    const jobs = [job('j', [tasks('t', [30])], manager), low];
    const recording = runOn({ pools: [pool(3)], jobs }, [fails]);
    expect(taskMoves(recording, 'j/m')).toEqual(['0 running n0', '5 requeued nodeFailed', '5 running n2', '15 exit 0']);
    expect(taskMoves(recording, 'k/u1')).toEqual(['1 running n2', '5 requeued evicted', '15 running n2', '45 exit 0']);
    expect(taskResult(recording, 'k/u1')).toBe('completed success retries 0 requeues 0');
  });

  test('JM-07: tasks of a job of higher priority are safe from it', () => {
    const high = job('k', [tasks('u', [30])], { priority: 5 });
    const recording = runOn({ pools: [pool(2)], jobs: [job('j', [], { ...manager, priority: 3 }), high] }, [
      { ...fails, operation: { ...fails.operation, node: 'n1' } as Operation },
    ]);
    expect(taskMoves(recording, 'j/m')).toEqual([
      '0 running n1',
      '5 requeued nodeFailed',
      '30 running n0',
      '40 exit 0',
    ]);
  });
});

describe('scripted manager', () => {
  test('JM-11: it adds tasks at offsets from its start, and they run while it does', () => {
    const script: Script = [
      [0, adding('a', [3])],
      [4, adding('b', [2, 2])],
    ];
    const recording = runOn({ pools: [pool(2)], jobs: [job('j', [], managed(20, {}, script))] });
    expect(taskMoves(recording, 'j/a1')).toEqual(['0 running n1', '3 exit 0']);
    expect(taskMoves(recording, 'j/b2')).toEqual(['6 running n1', '8 exit 0']);
    expect(answers(recording)).toEqual(['0 addTasks job j 200', '4 addTasks job j 200']);
    expect(recording.operations.map(({ byTask }) => byTask)).toEqual([0, 0]);
    expect(jobMoves(recording, 'j').at(-1)).toBe('20 completed');
  });

  test('JM-11: offsets begin anew with each attempt, and ids that are there are skipped without a word', () => {
    const script: Script = [
      [2, adding('a', [1])],
      [6, adding('b', [1])],
    ];
    const task = tasks('m', [4, 9], { exitCode: each(1, 0), maxTaskRetryCount: 1 });
    const twice = { ...task, count: 1, runtime: each(4, 9) };
    const recording = runOn({ pools: [pool(2)], jobs: [job('j', [], managed(4, { task: twice }, script))] });
    expect(recording.operations.map(({ atMs, code }) => `${atMs} ${code}`)).toEqual(['2 null', '6 null', '10 null']);
    expect(taskMoves(recording, 'j/a1')).toEqual(['2 running n1', '3 exit 0']);
    expect(taskMoves(recording, 'j/b1')).toEqual(['10 running n1', '11 exit 0']);
  });

  test('JM-11, SIM-02: a line that is due when the manager exits comes too late', () => {
    const recording = runOn({ jobs: [job('j', [], managed(5, {}, [[5, adding('a', [1])]]))] });
    expect(recording.operations).toEqual([]);
    expect(recording.tasks.count).toBe(1);
  });

  test('JM-11: it may change and end its own job', () => {
    const script: Script = [
      [3, { kind: 'patchJob', jobId: '', changes: { priority: 7 } }],
      [5, { kind: 'terminateJob', jobId: '', terminateReason: 'done', force: false }],
    ];
    const recording = runOn({ jobs: [job('j', [], managed(20, {}, script))] });
    expect(recording.jobs[0]).toMatchObject({ priority: 7, terminateReason: 'done', endMs: 5 });
    expect(taskMoves(recording, 'j/m')).toEqual(['0 running n0', '5 stopped jobTerminated']);
    expect(recording.run.endMs).toBe(5);
  });
});
