import { describe, expect, test } from 'vitest';
import type { Account, Action, JobChanges } from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, jobMoves, taskMoves } from '../helpers/job-events.js';
import { at, each, gantt, job, logged, pool, tasks, world } from '../helpers/world.js';

function runOn(account: Partial<Account>, actions: readonly Action[]): Recording {
  return simulate(world({ pools: [pool(1)], actions, ...account })).recording;
}

const patch = (atMs: number, changes: JobChanges, jobId = 'j'): Action =>
  act(atMs, { kind: 'patchJob', jobId, changes });
const update = (atMs: number, changes: JobChanges): Action => act(atMs, { kind: 'updateJob', jobId: 'j', changes });
const codes = (recording: Recording) => recording.operations.map(({ code, status }) => code ?? status);

describe('priority', () => {
  test('JOB-04, JOB-05: a change acts from the next pass and stops nothing', () => {
    const jobs = [job('j', [tasks('t', [10, 10])]), job('k', [tasks('u', [10, 10])])];
    const recording = runOn({ jobs }, [patch(5, { priority: 9 }, 'k')]);
    expect(gantt(recording)).toEqual(['j/t1 0-10 n0', 'j/t2 30-40 n0', 'k/u1 10-20 n0', 'k/u2 20-30 n0']);
    expect(logged(recording, 'jobPriority', true)).toEqual(['5 1 9']);
    expect(recording.jobs[1]?.priority).toBe(9);
  });

  test('JOB-04: PUT resets a priority that is left out, patch keeps it; out of range is refused', () => {
    const jobs = [job('j', [], { priority: 5, maxParallelTasks: 2 })];
    expect(runOn({ jobs }, [patch(1, { maxParallelTasks: 3 })]).jobs[0]?.priority).toBe(5);
    expect(runOn({ jobs }, [update(1, { maxParallelTasks: 3 })]).jobs[0]?.priority).toBe(0);
    expect(codes(runOn({ jobs }, [patch(1, { priority: 1001 }), patch(2, { priority: -1000 })]))).toEqual([
      'OutOfRangePriority',
      200,
    ]);
  });
});

test('JOB-19: a lower limit stops nothing, a higher one lets tasks start at once', () => {
  const jobs = [job('j', [tasks('t', [10, 10, 10, 10])], { maxParallelTasks: 2 })];
  const higher = runOn({ pools: [pool(4)], jobs }, [patch(3, { maxParallelTasks: -1 })]);
  expect(gantt(higher)).toEqual(['j/t1 0-10 n0', 'j/t2 0-10 n1', 'j/t3 3-13 n2', 'j/t4 3-13 n3']);
  const lower = runOn({ pools: [pool(4)], jobs }, [patch(3, { maxParallelTasks: 1 })]);
  expect(gantt(lower)).toEqual(['j/t1 0-10 n0', 'j/t2 0-10 n1', 'j/t3 10-20 n0', 'j/t4 20-30 n0']);
  expect(codes(runOn({ jobs }, [patch(3, { maxParallelTasks: 0 })]))).toEqual(['InvalidPropertyValue']);
});

test('JOB-07: a changed retry count holds for exits from then on', () => {
  const jobs = [job('j', [tasks('t', [5], { exitCode: each(1, 0) })])];
  expect(taskMoves(runOn({ jobs }, [patch(3, { maxTaskRetryCount: 1 })]), 'j/t1').at(-1)).toBe('10 exit 0');
});

describe('the end of the job', () => {
  test('JOB-08, ERR-18: terminatejob can be switched on, where all is done the job ends at once; never off', () => {
    const jobs = [job('j', [tasks('t', [5])])];
    const on = { onAllTasksComplete: 'terminatejob' } as const;
    expect(jobMoves(runOn({ jobs }, [patch(8, on)]), 'j').at(-1)).toBe('8 completed');
    const refused = runOn({ jobs }, [
      patch(1, on),
      patch(2, { onAllTasksComplete: 'noaction' }),
      update(3, { priority: 1 }),
    ]);
    expect(codes(refused)).toEqual([200, 'InvalidPropertyValue', 'InvalidPropertyValue']);
  });

  test('JOB-06: a changed wall clock counts from creation; one that has passed ends the job at once', () => {
    const jobs = [job('j', [tasks('t', [50])], { maxWallClockTimeMs: 30, arrival: at(2) })];
    expect(jobMoves(runOn({ jobs }, [patch(10, { maxWallClockTimeMs: 40 })]), 'j').at(-1)).toBe('42 completed');
    expect(jobMoves(runOn({ jobs }, [patch(10, { maxWallClockTimeMs: 5 })]), 'j').at(-1)).toBe('10 completed');
    expect(jobMoves(runOn({ jobs }, [patch(10, { maxWallClockTimeMs: null })]), 'j')).toEqual(['2 active']);
  });
});

describe('pool', () => {
  const pools = [pool(1), pool(1, { id: 'q' })];

  test('JOB-21: only while the job is disabled; then its active tasks run on the new pool', () => {
    const jobs = [job('j', [tasks('t', [10, 10])])];
    const actions = [
      patch(2, { poolId: 'q' }),
      act(4, { kind: 'disableJob', jobId: 'j', disableTasks: 'requeue' }),
      patch(5, { poolId: 'q' }),
      act(6, { kind: 'enableJob', jobId: 'j' }),
      patch(7, { poolId: 'Q' }),
    ];
    const recording = runOn({ pools, jobs }, actions);
    expect(codes(recording)).toEqual(['OperationInvalidForCurrentState', 202, 200, 202, 200]);
    expect(gantt(recording)).toEqual(['j/t1 6-16 n0', 'j/t2 16-26 n0']);
    expect(recording.nodes.pool[recording.tasks.node[0] as number]).toBe(1);
    expect(recording.jobs[0]?.poolIndex).toBe(1);
    expect(logged(recording, 'jobPool', true)).toEqual(['5 0 1']);
  });

  test('JOB-03, JOB-21: a pool that is not there keeps the tasks waiting', () => {
    const jobs = [job('j', [tasks('t', [10])], { arrival: at(0) })];
    const actions = [
      act(4, { kind: 'disableJob', jobId: 'j', disableTasks: 'requeue' }),
      patch(5, { poolId: 'nowhere' }),
      act(6, { kind: 'enableJob', jobId: 'j' }),
    ];
    expect(gantt(runOn({ pools, jobs }, actions))).toEqual(['j/t1 active']);
  });
});

test('AUTO-06: keepAlive can be changed only for the pool of a job', () => {
  expect(codes(runOn({ jobs: [job('j', [])] }, [patch(1, { keepAlive: true })]))).toEqual(['InvalidPropertyValue']);
});
