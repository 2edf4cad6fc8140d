import { expect, test } from 'vitest';
import {
  type Account,
  type Action,
  type AutoPool,
  type Job,
  makeJobPreparation,
  makeJobRelease,
  makeJobSchedule,
  NO_BOUNDS,
} from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, jobMoves, scheduleMoves, taskMoves } from '../helpers/job-events.js';
import { at, each, job, pool, tasks, world } from '../helpers/world.js';

const MINUTE = 60_000;

function withAutoPool(given: Partial<AutoPool> = {}): Pick<Job, 'poolId' | 'autoPool'> {
  const made = { ...pool(1, { id: '', ready: false }) };
  const autoPool = {
    autoPoolIdPrefix: 'auto',
    poolLifetimeOption: 'job',
    keepAlive: false,
    pool: made,
    ...given,
  } as const;
  return { poolId: '', autoPool };
}

function runOn(account: Partial<Account>, actions: readonly Action[] = [], untilMs: number | null = null): Recording {
  const clock = { epochMs: 0, untilMs, tailMs: null };
  return simulate(world({ actions, ...account }, { clock })).recording;
}

const ending = { onAllTasksComplete: 'terminatejob' } as const;
/** When each pool came and went. */
const pools = (recording: Recording) => recording.pools.map(({ createdMs, deletedMs }) => `${createdMs}-${deletedMs}`);

test('AUTO-02, AUTO-03, AUTO-04: the pool comes with its job and goes with it', () => {
  const declared = job('j', [tasks('t', [10])], { ...withAutoPool(), ...ending, arrival: at(5) });
  const recording = runOn({ jobs: [declared] });
  expect(taskMoves(recording, 'j/t1')).toEqual(['5 running n0', '15 exit 0']);
  expect(pools(recording)).toEqual(['5-15']);
  expect(recording.pools[0]).toMatchObject({ isAutoPool: true, state: 'deleted' });
  expect(recording.jobs[0]?.poolId).toMatch(/^auto_/);
});

test('AUTO-03: with keepAlive it stays', () => {
  const declared = job('j', [tasks('t', [10])], { ...withAutoPool({ keepAlive: true }), ...ending });
  expect(pools(runOn({ jobs: [declared] }))).toEqual(['0--1']);
});

test('AUTO-06: keepAlive can be changed while the job is there', () => {
  const declared = job('j', [tasks('t', [10])], { ...withAutoPool({ keepAlive: true }), ...ending });
  const patch = act(4, { kind: 'patchJob', jobId: 'j', changes: { keepAlive: false } });
  expect(pools(runOn({ jobs: [declared] }, [patch]))).toEqual(['0-10']);
});

test('AUTO-07: it is asked to go when the job is completed, after its release tasks', () => {
  const command = { runtime: each(6), exitCode: each(0), downloadBytes: 0, fault: null };
  const tasksAround = { jobPreparationTask: makeJobPreparation(), jobReleaseTask: makeJobRelease({ command }) };
  const declared = job('j', [tasks('t', [10])], { ...withAutoPool(), ...ending, ...tasksAround });
  const recording = runOn({ jobs: [declared] });
  expect(jobMoves(recording, 'j')).toEqual(['0 active', '10 terminating', '16 completed']);
  expect(pools(recording)).toEqual(['0-16']);
});

test('JOB-14: the pool of a job that is deleted goes too', () => {
  const declared = job('j', [tasks('t', [10])], withAutoPool());
  const recording = runOn({ jobs: [declared] }, [act(4, { kind: 'deleteJob', jobId: 'j', force: false })]);
  expect(pools(recording)).toEqual(['0-4']);
});

test('AUTO-05, ERR-20: a pool that cannot be made completes the job with its scheduling error, and no task runs', () => {
  const declared = job('j', [tasks('t', [10])], withAutoPool());
  const recording = runOn({ jobs: [declared], pools: [pool(1)], poolQuota: 1 });
  expect(jobMoves(recording, 'j')).toEqual(['0 active', '0 completed']);
  expect(recording.jobs[0]).toMatchObject({ schedulingError: 'AutoPoolCreationFailedWithQuotaReached', endMs: 0 });
  expect(recording.tasks.count).toBe(0);
  expect(recording.operations.map(({ code }) => code)).toEqual(['JobCompleted']);
});

test('AUTO-02: on a schedule each job has a pool of its own, or all share one that goes with the schedule', () => {
  const times = { ...NO_BOUNDS, doNotRunAfterMs: 15 * MINUTE, recurrenceIntervalMs: 10 * MINUTE };
  const runWith = (autoPool: Partial<AutoPool>) => {
    const jobSpecification = job('', [tasks('t', [MINUTE])], { ...withAutoPool(autoPool), ...ending });
    const jobSchedules = [makeJobSchedule({ id: 's', schedule: times, jobSpecification })];
    return runOn({ jobSchedules }, [act(20 * MINUTE, { kind: 'enableJob', jobId: 'nobody' })]);
  };
  expect(pools(runWith({}))).toEqual([`0-${MINUTE}`, `${10 * MINUTE}-${11 * MINUTE}`]);
  const shared = runWith({ poolLifetimeOption: 'jobschedule' });
  expect(scheduleMoves(shared, 's')).toEqual(['0 active', `${15 * MINUTE} completed`]);
  expect(pools(shared)).toEqual([`0-${15 * MINUTE}`]);
  expect(new Set(shared.jobs.map(({ poolId }) => poolId)).size).toBe(1);
});
