import { expect, test } from 'vitest';
import { NO_DEMANDS, type Operation } from '../../../src/model/index.js';
import { jobStatistics, momentAt } from '../../../src/recording/index.js';
import { simulate } from '../../../src/sim/index.js';
import { act } from '../../helpers/job-events.js';
import { momentOf } from '../../helpers/moments.js';
import { at, each, job, pool, tasks } from '../../helpers/world.js';
import { randomWorld } from '../../helpers/worlds.js';

const SECOND = 1000;
const disable: Operation = { kind: 'disableJob', jobId: 'j', disableTasks: 'requeue' };
const enable: Operation = { kind: 'enableJob', jobId: 'j' };

test('JOB-25 attempts that did not count are in the times; retries are counted, requeues are not', () => {
  const failing = tasks('t', [10 * SECOND], { exitCode: each(1, 0, 0), maxTaskRetryCount: 3 });
  const actions = [act(15 * SECOND, disable), act(20 * SECOND, enable)];
  const moment = momentOf({ jobs: [job('j', [failing])], actions }, 60 * SECOND);
  expect(jobStatistics(moment, 0)).toEqual({
    startTime: '1970-01-01T00:00:00Z',
    lastUpdateTime: '1970-01-01T00:01:00Z',
    // 10 s, 5 s and 10 s on all four cores of a node with one slot.
    wallClockTime: 'PT25S',
    userCPUTime: 'PT1M40S',
    kernelCPUTime: 'PT0S',
    ...{ readIOps: 0, writeIOps: 0, readIOGiB: 0, writeIOGiB: 0 },
    ...{ numSucceededTasks: 1, numFailedTasks: 0, numTaskRetries: 1 },
    waitTime: 'PT20S',
  });
});

test('JOB-25, BILL-09 a task that runs counts up to the moment; its wait is over, that of the next has not begun to count', () => {
  const one = job('j', [tasks('t', [10 * SECOND, 10 * SECOND, 10 * SECOND], { exitCode: each(0) })], {
    arrival: at(5 * SECOND),
  });
  const moment = momentOf({ jobs: [one] }, 18 * SECOND);
  expect(jobStatistics(moment, 0)).toMatchObject({
    startTime: '1970-01-01T00:00:05Z',
    ...{ wallClockTime: 'PT13S', waitTime: 'PT10S', numSucceededTasks: 1, numFailedTasks: 0 },
  });
});

test('JOB-25 processor time is the cores that a process keeps busy, and what sharing takes away is not in it', () => {
  const hungry = tasks('t', [10 * SECOND, 10 * SECOND], { demands: { ...NO_DEMANDS, cpu: 4 } });
  const shared = pool(1, { taskSlotsPerNode: 2 });
  const statisticsAt = (seconds: number) =>
    jobStatistics(momentOf({ pools: [shared], jobs: [job('j', [hungry])] }, seconds * SECOND), 0);
  // Both want all four cores: they run at half speed, for 20 s each.
  expect(statisticsAt(10)).toMatchObject({ wallClockTime: 'PT20S', userCPUTime: 'PT40S' });
  expect(statisticsAt(60)).toMatchObject({ wallClockTime: 'PT40S', userCPUTime: 'PT1M20S' });
});

test('JOB-25 a failure counts once it is final, and stays when the task is deleted', () => {
  const drop: Operation = { kind: 'deleteTask', jobId: 'j', taskId: 't1' };
  const failing = tasks('t', [10 * SECOND], { exitCode: each(1), maxTaskRetryCount: 1 });
  const account = { jobs: [job('j', [failing])], actions: [act(30 * SECOND, drop)] };
  const countsAt = (seconds: number) => jobStatistics(momentOf(account, seconds * SECOND), 0);
  expect(countsAt(15)).toMatchObject({ numFailedTasks: 0, numTaskRetries: 1 });
  expect(countsAt(20)).toMatchObject({ numFailedTasks: 1, numTaskRetries: 1 });
  expect(countsAt(40)).toMatchObject({ numFailedTasks: 1, numTaskRetries: 1, wallClockTime: 'PT20S' });
});

test('JOB-25 at the end of random worlds the counts are those of the recording', () => {
  for (const seed of [21, 22, 23, 24]) {
    const run = simulate(randomWorld(seed));
    const { attempts, jobs, tasks: rows } = run.recording;
    const moment = momentAt(run, run.recording.run.endMs);
    const told = jobs.map((_, row) => jobStatistics(moment, row));
    const retried = Array.from({ length: attempts.count }, (_, row) => attempts.outcome[row] === 0).filter(Boolean);
    expect(told.reduce((sum, one) => sum + one.numTaskRetries, 0)).toBe(retried.length);
    const ended = Array.from({ length: rows.count }, (_, task) => (rows.endMs[task] as number) >= 0).filter(Boolean);
    expect(told.reduce((sum, one) => sum + one.numSucceededTasks + one.numFailedTasks, 0)).toBe(ended.length);
  }
});
