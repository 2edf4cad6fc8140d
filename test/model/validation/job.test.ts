import { describe, expect, test } from 'vitest';
import {
  type AutoPool,
  checkJob,
  checkJobChanges,
  checkJobSpecification,
  type Job,
  type JobChanges,
  makeJob,
  makeJobManager,
  makeJobPreparation,
  makeJobRelease,
  makePool,
  makeTasks,
} from '../../../src/model/index.js';
import { FOUR, refusal } from './refusals.js';

const MINUTE = 60_000;

function check(given: Partial<Job>): string {
  return refusal(checkJob(makeJob({ id: 'j', poolId: 'p', ...given })));
}

function autoPool(given: Partial<AutoPool> = {}): Partial<Job> {
  const pool = makePool({ id: '', vmSize: FOUR });
  const auto: AutoPool = {
    ...{ autoPoolIdPrefix: 'auto', poolLifetimeOption: 'job', keepAlive: false, pool },
    ...given,
  };
  return { poolId: '', autoPool: auto };
}

const task = (id: string) => makeTasks({ count: 1, ids: { kind: 'list', values: [id] } });
const prepared = (release: Parameters<typeof makeJobRelease>[0] = {}): Partial<Job> => ({
  jobPreparationTask: makeJobPreparation(),
  jobReleaseTask: makeJobRelease(release),
});

test.each<[string, Partial<Job>, string]>([
  ['ACC-17 an id', { id: 'a:b' }, 'InvalidPropertyValue id'],
  ['ACC-17 a count of arrivals', { id: 'j-{n}', arrival: every() }, 'accepted'],
  ['ACC-17 the same once only', { id: 'j-{n}' }, 'InvalidPropertyValue id'],
  ['ACC-17 a display name of 1025', { displayName: 'x'.repeat(1025) }, 'InvalidPropertyValue displayName'],
  ['JOB-04 priority 1000', { priority: 1000 }, 'accepted'],
  ['JOB-04 priority -1000', { priority: -1000 }, 'accepted'],
  ['JOB-04 priority 1001', { priority: 1001 }, 'OutOfRangePriority priority'],
  ['JOB-04 priority -1001', { priority: -1001 }, 'OutOfRangePriority priority'],
  ['JOB-04 priority 0.5', { priority: 0.5 }, 'OutOfRangePriority priority'],
  ['JOB-19 unlimited tasks', { maxParallelTasks: -1 }, 'accepted'],
  ['JOB-19 one task', { maxParallelTasks: 1 }, 'accepted'],
  ['JOB-19 no task', { maxParallelTasks: 0 }, 'InvalidPropertyValue maxParallelTasks'],
  ['JOB-19 -2 tasks', { maxParallelTasks: -2 }, 'InvalidPropertyValue maxParallelTasks'],
  ['TASK-07 endless retries', { maxTaskRetryCount: -1 }, 'accepted'],
  ['TASK-07 -2 retries', { maxTaskRetryCount: -2 }, 'InvalidConstraintValue maxTaskRetryCount'],
  ['JOB-06 no time', { maxWallClockTimeMs: 0 }, 'InvalidConstraintValue maxWallClockTime'],
  ['JOB-03 neither pool nor auto pool', { poolId: '' }, 'MissingRequiredProperty poolInfo'],
  ['JOB-03 a pool that need not exist', { poolId: 'nowhere' }, 'accepted'],
  ['AUTO-01 an auto pool', autoPool(), 'accepted'],
  ['AUTO-01 both', { ...autoPool(), poolId: 'p' }, 'InvalidPropertyValue poolInfo'],
  [
    'AUTO-02 a pool for a schedule, on a job',
    autoPool({ poolLifetimeOption: 'jobschedule' }),
    'InvalidPropertyValue poolLifetimeOption',
  ],
  ['AUTO-04 a prefix of 20', autoPool({ autoPoolIdPrefix: 'x'.repeat(20) }), 'accepted'],
  ['AUTO-04 no prefix', autoPool({ autoPoolIdPrefix: '' }), 'accepted'],
  ['AUTO-04 a prefix of 21', autoPool({ autoPoolIdPrefix: 'x'.repeat(21) }), 'InvalidPropertyValue autoPoolIdPrefix'],
  ['AUTO-04 a bad prefix', autoPool({ autoPoolIdPrefix: 'a b' }), 'InvalidPropertyValue autoPoolIdPrefix'],
  [
    'AUTO-01 an auto pool that is no pool',
    autoPool({ pool: makePool({ id: '', vmSize: FOUR, taskSlotsPerNode: 99 }) }),
    'InvalidPropertyValue taskSlotsPerNode',
  ],
  ['JOB-28 release after preparation', prepared(), 'accepted'],
  ['JOB-28 release without preparation', { jobReleaseTask: makeJobRelease() }, 'InvalidPropertyValue jobReleaseTask'],
  ['PREP-12 a release of 15 minutes', prepared({ maxWallClockTimeMs: 15 * MINUTE }), 'accepted'],
  ['PREP-12 a longer one', prepared({ maxWallClockTimeMs: 15 * MINUTE + 1 }), 'InvalidPropertyValue maxWallClockTime'],
  ['PREP-01 a bad id', prepared({ id: 'a b' }), 'InvalidPropertyValue jobReleaseTask.id'],
  [
    'PREP-08 -2 retries',
    { jobPreparationTask: makeJobPreparation({ maxTaskRetryCount: -2 }) },
    'InvalidConstraintValue maxTaskRetryCount',
  ],
  ['JM-02 a manager', { jobManagerTask: makeJobManager({ task: task('manager') }) }, 'accepted'],
  [
    'JM-02 a manager with a long id',
    { jobManagerTask: makeJobManager({ task: task('m'.repeat(65)) }) },
    'InvalidPropertyValue id',
  ],
  [
    'JM-02, PREP-01 a manager with the id of the preparation',
    { ...prepared(), jobManagerTask: makeJobManager({ task: task('JobPreparation') }) },
    'TaskIdSameAsJobPreparationTask',
  ],
  [
    'PREP-01 a task with the id of the release',
    { ...prepared(), tasks: [task('jobrelease')] },
    'TaskIdSameAsJobReleaseTask',
  ],
  ['POOL-11 metadata without a key', { metadata: [{ name: '', value: '' }] }, 'EmptyMetadataKey'],
])('JOB-03, ERR-18 %s', (_, given, expected) => {
  expect(check(given)).toBe(expected);
});

test('AUTO-02, JS-10 the job of a schedule has no id and may use a pool for all of them', () => {
  const job = makeJob({ id: '', ...autoPool({ poolLifetimeOption: 'jobschedule' }), poolId: '' });
  expect(refusal(checkJobSpecification(job, 'jobSchedule'))).toBe('accepted');
  expect(refusal(checkJobSpecification(job, 'job'))).toBe('InvalidPropertyValue poolLifetimeOption');
});

describe('JOB-08, ERR-18 changes', () => {
  const changed = (now: Partial<Job>, changes: JobChanges, mode: 'patch' | 'update' = 'patch') =>
    refusal(checkJobChanges(makeJob({ id: 'j', poolId: 'p', ...now }), changes, mode));
  const ends: Partial<Job> = { onAllTasksComplete: 'terminatejob' };

  test.each<[string, Partial<Job>, JobChanges, 'patch' | 'update', string]>([
    ['to terminatejob', {}, { onAllTasksComplete: 'terminatejob' }, 'patch', 'accepted'],
    ['back', ends, { onAllTasksComplete: 'noaction' }, 'patch', 'InvalidPropertyValue onAllTasksComplete'],
    ['a patch that leaves it out', ends, {}, 'patch', 'accepted'],
    ['an update that leaves it out', ends, {}, 'update', 'InvalidPropertyValue onAllTasksComplete'],
    ['an update that keeps it', ends, { onAllTasksComplete: 'terminatejob' }, 'update', 'accepted'],
    ['an update of a job that had none', {}, {}, 'update', 'accepted'],
  ])('JOB-08 %s', (_, now, changes, mode, expected) => {
    expect(changed(now, changes, mode)).toBe(expected);
  });

  test.each<[string, JobChanges, string]>([
    ['JOB-04', { priority: 1001 }, 'OutOfRangePriority priority'],
    ['JOB-19', { maxParallelTasks: 0 }, 'InvalidPropertyValue maxParallelTasks'],
    ['TASK-07', { maxTaskRetryCount: -2 }, 'InvalidConstraintValue maxTaskRetryCount'],
    ['JOB-06', { maxWallClockTimeMs: -1 }, 'InvalidConstraintValue maxWallClockTime'],
    ['JOB-06 no limit', { maxWallClockTimeMs: null }, 'accepted'],
    ['JOB-21', { poolId: 'a b' }, 'InvalidPropertyValue poolInfo.poolId'],
    ['POOL-11', { metadata: [{ name: '', value: '' }] }, 'EmptyMetadataKey'],
  ])('%s holds for changes as well', (_, changes, expected) => {
    expect(changed({}, changes)).toBe(expected);
  });

  test('AUTO-06 keepAlive may change only for a pool that lives as long as its job', () => {
    expect(changed(autoPool(), { keepAlive: true })).toBe('accepted');
    expect(changed(autoPool({ poolLifetimeOption: 'jobschedule' }), { keepAlive: true })).toContain('keepAlive');
    expect(changed({}, { keepAlive: true })).toBe('InvalidPropertyValue keepAlive');
  });
});

function every(): Job['arrival'] {
  return { kind: 'every', intervalMs: MINUTE, fromMs: 0, untilMs: null, count: 12 };
}
