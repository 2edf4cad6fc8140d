/** Auto pools by the words of their rules, where other tests leave a clause open (AUTO). */
import { describe, expect, test } from 'vitest';
import {
  type Account,
  type AutoPool,
  DEFAULT_OPTIONS,
  type Job,
  type JobSchedule,
  LONGEST_AUTO_POOL_PREFIX,
  makeJobSchedule,
  type Operation,
  type Pool,
} from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { answers, runDeeds } from '../helpers/fleet.js';
import { job, latencies, pool, tasks } from '../helpers/world.js';
import { codesOf, problemsOf } from '../scenario/memory-files.js';

const MINUTE = 60_000;

const autoPool = (given: Partial<AutoPool> = {}, body: Partial<Pool> = {}): AutoPool => ({
  ...{ autoPoolIdPrefix: 'auto', poolLifetimeOption: 'job', keepAlive: false },
  pool: pool(1, { id: '', ready: false, ...body }),
  ...given,
});
const withPool = (given: Partial<AutoPool> = {}, body: Partial<Pool> = {}): Partial<Job> => ({
  ...{ poolId: '', autoPool: autoPool(given, body) },
});
const ending = { onAllTasksComplete: 'terminatejob' } as const;
const lives = ({ pools }: Recording) => pools.map(({ createdMs, deletedMs }) => `${createdMs}-${deletedMs}`);
const stopAt = (untilMs: number) => ({ clock: { epochMs: 0, untilMs, tailMs: null } });

/** A schedule with a job every ten minutes. */
function nightly(given: Partial<AutoPool>): JobSchedule {
  const times = {
    doNotRunUntilMs: null,
    doNotRunAfterMs: null,
    startWindowMs: null,
    recurrenceIntervalMs: 10 * MINUTE,
  };
  const jobSpecification = job('', [tasks('t', [MINUTE])], { ...withPool(given), ...ending });
  return makeJobSchedule({ id: 's', schedule: times, jobSpecification });
}

const yaml = (poolInfo: string) =>
  `jobs: [{ id: j, poolInfo: { ${poolInfo} }, tasks: [{ id: t, model: { runtime: 1m } }] }]\n`;
const SPEC = 'pool: { vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 }';

describe('AUTO-01 one of poolId and autoPoolSpecification', () => {
  test.each([
    ['AUTO-01 neither', '', 1],
    ['AUTO-01 both', `poolId: p, autoPoolSpecification: { ${SPEC} }`, 1],
    ['AUTO-01 the specification alone', `autoPoolSpecification: { ${SPEC} }`, 0],
    ['AUTO-01 the specification without a pool', 'autoPoolSpecification: { keepAlive: true }', 1],
  ])('%s', (_title, poolInfo, count) => {
    expect(codesOf(yaml(poolInfo)).filter((code) => code.includes('BS2')).length).toBe(count);
  });
});

describe('how long it lives', () => {
  test('AUTO-02 a job alone cannot have a pool for a schedule', () => {
    const text = yaml(`autoPoolSpecification: { poolLifetimeOption: jobschedule, ${SPEC} }`);
    expect(problemsOf(text)).toContain('InvalidPropertyValue');
  });

  test('AUTO-02 on a schedule each job has a pool of its own, with an id of its own', () => {
    const recording = runDeeds([], [], [], { account: { jobSchedules: [nightly({})] }, ...stopAt(15 * MINUTE) });
    expect(lives(recording)).toEqual([`0-${MINUTE}`, `${10 * MINUTE}-${11 * MINUTE}`]);
    const [first, second] = recording.pools;
    expect(first?.id).not.toBe(second?.id);
    expect(recording.jobs.map(({ poolId }) => poolId)).toEqual([first?.id, second?.id]);
  });

  test.each(['terminateJobSchedule', 'deleteJobSchedule'] as const)(
    'AUTO-02, AUTO-03 the pool of a schedule goes when %s ends it',
    (kind) => {
      const deed: Operation = { kind, jobScheduleId: 's' };
      const schedules = [nightly({ poolLifetimeOption: 'jobschedule' })];
      const recording = runDeeds([], [], [[25 * MINUTE, deed]], {
        account: { jobSchedules: schedules },
        ...stopAt(40 * MINUTE),
      });
      expect(recording.jobs).toHaveLength(3);
      expect(lives(recording)).toEqual([`0-${25 * MINUTE}`]);
    },
  );

  test('AUTO-02 it comes with the first job of the schedule, not with the schedule', () => {
    const late = nightly({ poolLifetimeOption: 'jobschedule' });
    const schedule = { ...late, schedule: { ...late.schedule, doNotRunUntilMs: 5 * MINUTE } };
    const recording = runDeeds([], [], [], { account: { jobSchedules: [schedule] }, ...stopAt(20 * MINUTE) });
    expect(lives(recording)).toEqual([`${5 * MINUTE}--1`]);
    expect(new Set(recording.jobs.map(({ poolId }) => poolId)).size).toBe(1);
  });

  test('AUTO-03 with keepAlive the pool of a schedule outlives it, until the user deletes it', () => {
    const schedules = [nightly({ poolLifetimeOption: 'jobschedule', keepAlive: true })];
    const deed: Operation = { kind: 'terminateJobSchedule', jobScheduleId: 's' };
    const account = { jobSchedules: schedules };
    const kept = runDeeds([], [], [[5 * MINUTE, deed]], { account, ...stopAt(20 * MINUTE) });
    expect(lives(kept)).toEqual(['0--1']);
    const poolId = kept.pools[0]?.id as string;
    const deeds = [
      [5 * MINUTE, deed],
      [9 * MINUTE, { kind: 'deletePool', poolId }],
    ] as const;
    expect(lives(runDeeds([], [], deeds, { account, ...stopAt(20 * MINUTE) }))).toEqual([`0-${9 * MINUTE}`]);
  });

  test('AUTO-03, AUTO-07 the pool goes when its job is completed by whatever means, and takes `leave` to do so', () => {
    const timing = latencies({ leave: 7 });
    const declared = () => job('j', [tasks('t', [100])], withPool({}, { timing }));
    const terminate: Operation = { kind: 'terminateJob', jobId: 'j', terminateReason: null, force: false };
    expect(lives(runDeeds([], [declared()], [[10, terminate]]))).toEqual(['0-17']);
    const limited = job('j', [tasks('t', [100])], { ...withPool({}, { timing }), maxWallClockTimeMs: 20 });
    expect(lives(runDeeds([], [limited], []))).toEqual(['0-27']);
  });

  test('AUTO-07 a job that is disabled keeps its pool', () => {
    const off: Operation = { kind: 'disableJob', jobId: 'j', disableTasks: 'requeue' };
    const recording = runDeeds([], [job('j', [tasks('t', [100])], withPool())], [[10, off]]);
    expect(lives(recording)).toEqual(['0--1']);
  });
});

describe('its id', () => {
  const idOf = (given: Partial<AutoPool>, seed: number | string = 1) =>
    runDeeds([], [job('j', [tasks('t', [1])], withPool(given))], [], { seed }).jobs[0]?.poolId;

  test('AUTO-04 prefix, underscore, GUID; the same for the same seed', () => {
    const prefix = 'x'.repeat(LONGEST_AUTO_POOL_PREFIX);
    expect(LONGEST_AUTO_POOL_PREFIX).toBe(20);
    expect(idOf({ autoPoolIdPrefix: prefix })).toMatch(
      /^x{20}_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    );
    expect(idOf({})).toBe(idOf({}));
    expect(idOf({})).not.toBe(idOf({}, 2));
  });

  test('AUTO-04 a prefix of 21 characters is refused', () => {
    const text = (length: number) =>
      yaml(`autoPoolSpecification: { autoPoolIdPrefix: ${'x'.repeat(length)}, ${SPEC} }`);
    expect(codesOf(text(20)).filter((code) => /BS21/.test(code))).toEqual([]);
    expect(problemsOf(text(21))).toContain('autoPoolIdPrefix');
  });
});

describe('AUTO-05 a pool that cannot be made', () => {
  const errorOf = (body: Partial<Pool>, account: Partial<Account> = {}) => {
    const recording = runDeeds([], [job('j', [tasks('t', [1])], withPool({}, body))], [], { account });
    expect(recording.tasks.count).toBe(0);
    expect(recording.jobs[0]).toMatchObject({ state: 'completed', endMs: 0 });
    return recording.jobs[0]?.schedulingError;
  };
  const unreadable = { targetDedicatedNodes: 0, autoScale: { formula: '(', evaluationIntervalMs: 5 * MINUTE } };

  test.each([
    ['AUTO-05 AutoPoolCreationFailedWithQuotaReached', {}, { poolQuota: 0 }],
    ['AUTO-05 InvalidCertificatesInAutoPool', { certificates: ['AB'] }, {}],
    [
      'AUTO-05 InvalidApplicationPackageReferencesInAutoPool',
      { applicationPackages: [{ applicationId: 'none', version: '1' }] },
      {},
    ],
    ['AUTO-05 InvalidAutoScaleFormulaInAutoPool', unreadable, {}],
    ['AUTO-05 InvalidAutoPoolSettings', { taskSlotsPerNode: 17 }, {}],
  ] as const)('%s', (title, body, account) => {
    expect(errorOf(body, account)).toBe(title.split(' ')[1]);
  });
});

test('AUTO-06 keepAlive of a schedule’s pool cannot be changed', () => {
  const change = (keepAlive: boolean): Operation => ({ kind: 'patchJob', jobId: 's:job-1', changes: { keepAlive } });
  const schedules = [nightly({ poolLifetimeOption: 'jobschedule' })];
  const recording = runDeeds([], [], [[10, change(true)]], { account: { jobSchedules: schedules }, ...stopAt(MINUTE) });
  expect(answers(recording)).toEqual(['InvalidPropertyValue']);
  const own = runDeeds(
    [],
    [job('j', [tasks('t', [100])], { ...withPool(), ...ending })],
    [[10, { kind: 'patchJob', jobId: 'j', changes: { keepAlive: true } }]],
    { options: DEFAULT_OPTIONS },
  );
  expect(lives(own)).toEqual(['0--1']);
});
