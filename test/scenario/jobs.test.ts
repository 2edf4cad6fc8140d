import { describe, expect, test } from 'vitest';
import { type Job, makeJobPreparation, makeJobRelease, type TaskSet } from '../../src/model/index.js';
import { codesAtMarks, loaded, problemsOf } from './memory-files.js';

const S = 1000;
const MIN = 60 * S;
const constant = (value: number) => ({ kind: 'constant', value });
const POOL = 'pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 2 }]';
const TASK = '{ id: t, model: { runtime: 1s } }';

/** A scenario with one job that has `more` in its body. */
const text = (more: string, tasks = `[${TASK}]`, pool = POOL) =>
  `${pool}\njobs: [{ id: j, poolInfo: { poolId: p }, ${more === '' ? '' : `${more}, `}tasks: ${tasks} }]`;

function job(more: string, tasks = `[${TASK}]`): Job {
  return loaded(text(more, tasks)).scenario.accounts[0]?.jobs[0] as Job;
}

function task(more: string, ofJob = ''): TaskSet {
  return job(ofJob, `[{ id: t, ${more} }]`).tasks[0] as TaskSet;
}

describe('jobs', () => {
  test('JOB-06, JOB-08, JOB-10, JOB-22 ends, limits and settings', () => {
    const more =
      'onAllTasksComplete: terminateJob, onTaskFailure: performExitOptionsJobAction, constraints: { maxWallClockTime: PT2H }, commonEnvironmentSettings: [{ name: A, value: 1 }], metadata: [{ name: m }]';
    expect(job(more)).toMatchObject({
      onAllTasksComplete: 'terminatejob',
      onTaskFailure: 'performexitoptionsjobaction',
      maxWallClockTimeMs: 120 * MIN,
      maxTaskRetryCount: 0,
      commonEnvironmentSettings: [{ name: 'A', value: '1' }],
      metadata: [{ name: 'm', value: '' }],
    });
  });

  test('JM-02 to JM-06 a job manager is a task with rights of its own', () => {
    const manager = job(
      `jobManagerTask: { id: jm, requiredSlots: 2, killJobOnCompletion: false, authenticationTokenSettings: { access: [job] } },
       model: { jobManagerTask: { runtime: 2m, exitCode: [1, 0], actions: [
         { at: +30s, addTasks: { tasks: [{ id: "n-{1..50}", model: { runtime: 3m } }] } },
         { at: 1m, terminateJob: { jobId: other } } ] } }`,
      '[]',
    ).jobManagerTask;
    expect(manager).toMatchObject({ killJobOnCompletion: false, runExclusive: true, allowLowPriorityNode: true });
    expect(manager?.task).toMatchObject({
      count: 1,
      ids: { kind: 'list', values: ['jm'] },
      runtime: [constant(2 * MIN)],
      exitCode: [constant(1), constant(0)],
      requiredSlots: 2,
      hasJobAccess: true,
      demands: null,
    });
    const [add, terminate] = manager?.actions ?? [];
    // A line that names no job means the manager's own.
    expect(add).toMatchObject({ atMs: 30 * S, operation: { kind: 'addTasks', jobId: '', tasks: { ok: true } } });
    expect(terminate).toMatchObject({ atMs: MIN, operation: { kind: 'terminateJob', jobId: 'other', force: false } });
  });

  test('PREP-01, PREP-08, PREP-12 preparation and release, with the defaults of Batch', () => {
    const given = job(
      `jobPreparationTask: { constraints: { maxTaskRetryCount: 2, maxWallClockTime: 5m }, waitForSuccess: false },
       jobReleaseTask: { id: bye, maxWallClockTime: 2m, retentionTime: 1d },
       model: { jobPreparationTask: { runtime: 10s, download: 1MB }, jobReleaseTask: { exitCode: 3 } }`,
    );
    expect(given.jobPreparationTask).toMatchObject({
      id: 'jobpreparation',
      maxTaskRetryCount: 2,
      maxWallClockTimeMs: 5 * MIN,
      waitForSuccess: false,
      rerunOnNodeRebootAfterSuccess: true,
      command: { runtime: [constant(10 * S)], downloadBytes: 1_000_000 },
    });
    expect(given.jobReleaseTask).toMatchObject({
      id: 'bye',
      maxWallClockTimeMs: 2 * MIN,
      retentionTimeMs: 86_400_000,
      command: { exitCode: [constant(3)] },
    });
    const bare = job('jobPreparationTask: {}, jobReleaseTask: {}');
    expect([bare.jobPreparationTask, bare.jobReleaseTask]).toEqual([makeJobPreparation(), makeJobRelease()]);
  });

  test('AUTO-01 a pool that is made for the job has all of a pool but the id', () => {
    const pool = '{ vmSize: Standard_D2s_v5, targetLowPriorityNodes: 3, model: { timing: none } }';
    const poolInfo = `{ autoPoolSpecification: { autoPoolIdPrefix: mine, poolLifetimeOption: job, keepAlive: true, pool: ${pool} } }`;
    const given = loaded(`jobs: [{ id: j, poolInfo: ${poolInfo}, tasks: [${TASK}] }]`).scenario.accounts[0]?.jobs[0];
    expect(given?.poolId).toBe('');
    expect(given?.autoPool).toMatchObject({
      autoPoolIdPrefix: 'mine',
      poolLifetimeOption: 'job',
      keepAlive: true,
      pool: { targetLowPriorityNodes: 3, timing: { base: 'none' } },
    });
  });
});

describe('tasks', () => {
  test('without transfers, faults, cores and memory a task has no demands', () => {
    const more =
      'resourceFiles: [{ httpUrl: "https://x", filePath: x }], outputFiles: [{ uploadOptions: { uploadCondition: taskFailure } }], commandLine: x, model: { runtime: 1s, missingFile: false, uploadError: false }';
    expect(task(more).demands).toBeNull();
  });

  test.each([
    ['model: { download: 200MB }', { downloadBytes: 200_000_000 }],
    ['model: { upload: 1MiB }', { uploadBytes: 1_048_576, uploadOn: 'taskcompletion' }],
    ['model: { missingFile: true }', { fault: 'BlobNotFound' }],
    ['model: { programNotFound: true }', { fault: 'CommandProgramNotFound' }],
    ['model: { uploadError: true }', { uploadFault: 'FileUploadContainerNotFound' }],
    ['model: { uploadError: FileUploadMiscError }', { uploadFault: 'FileUploadMiscError' }],
    ['model: { cpu: 1.5, memory: 8GiB }', { cpu: 1.5, memoryBytes: 8 * 1024 ** 3 }],
    ['model: { nodes: { n0: { exitCode: 1 } } }', { exitCodeOnNode: new Map([[0, 1]]) }],
    [
      'containerSettings: { imageName: img }, model: { imageSize: 2GB }',
      { container: { image: 'img', imageBytes: 2e9 } },
    ],
    [
      'applicationPackageReferences: [{ applicationId: a }]',
      { applicationPackages: [{ applicationId: 'a', version: null }] },
    ],
  ])('%s', (more, demands) => {
    expect(task(more).demands).toMatchObject(demands);
  });

  test('TASK-20 listed files are sent by pattern, each entry under its own condition', () => {
    const outputs =
      'outputFiles: [{ filePattern: "*.csv", uploadOptions: { uploadCondition: taskSuccess } }, { filePattern: "logs/**" }]';
    expect(task(`${outputs}, model: { files: { a.csv: 2MB, logs/x: 1KB } }`).demands).toMatchObject({
      files: [
        { path: 'a.csv', bytes: 2_000_000 },
        { path: 'logs/x', bytes: 1000 },
      ],
      outputFiles: [
        { filePattern: '*.csv', uploadCondition: 'tasksuccess' },
        { filePattern: 'logs/**', uploadCondition: 'taskcompletion' },
      ],
    });
    const wrong = (more: string) => problemsOf(text('', `[{ id: t, ${more} }]`));
    expect(wrong('model: { runtime: 1s, upload: 1MB, files: { a: 1MB } }')).toContain('BS2013');
    expect(wrong('outputFiles: [{}], model: { runtime: 1s, files: { a: 1MB } }')).toContain(
      'give each entry its filePattern',
    );
  });

  test('TASK-20 output is sent under the condition of its files, and under any where they differ', () => {
    const sent = (...conditions: string[]) =>
      task(
        `outputFiles: [${conditions.map((one) => `{ uploadOptions: { uploadCondition: ${one} } }`).join(', ')}], model: { upload: 1MB }`,
      ).demands?.uploadOn;
    expect([sent('taskSuccess'), sent('taskFailure', 'taskFailure'), sent('taskSuccess', 'taskFailure')]).toEqual([
      'tasksuccess',
      'taskfailure',
      'taskcompletion',
    ]);
  });

  test('EXIT-02 exit conditions; what is not said is left to the defaults', () => {
    const conditions = `exitConditions: { exitCodes: [{ code: 3, exitOptions: { dependencyAction: satisfy } }],
      exitCodeRanges: [{ start: -9, end: -1, exitOptions: { jobAction: disable } }], default: {} }`;
    expect(task(conditions, 'onTaskFailure: performexitoptionsjobaction').exitConditions).toEqual({
      exitCodes: [{ code: 3, exitOptions: { dependencyAction: 'satisfy', jobAction: null } }],
      exitCodeRanges: [{ start: -9, end: -1, exitOptions: { dependencyAction: null, jobAction: 'disable' } }],
      preProcessingError: null,
      fileUploadError: null,
      default: { dependencyAction: null, jobAction: null },
    });
  });

  test('MI-02, MI-05 a multi-instance task, and what runs on every node before it', () => {
    const more =
      'multiInstanceSettings: { numberOfInstances: 4, coordinationCommandLine: x }, model: { runtime: 1h, coordination: { runtime: 5s, exitCode: 0, download: 3MB } }';
    expect(task(more).multiInstance).toEqual({
      numberOfInstances: 4,
      coordination: { runtime: [constant(5 * S)], exitCode: [constant(0)], downloadBytes: 0, fault: null },
      commonDownloadBytes: 3_000_000,
    });
  });

  test('TASK-13 retention, ENV-14 settings', () => {
    const given = task('constraints: { retentionTime: 2h }, environmentSettings: [{ name: A, value: b }]');
    expect([given.retentionTimeMs, given.environmentSettings]).toEqual([120 * MIN, [{ name: 'A', value: 'b' }]]);
  });
});

describe('what Batch refuses', () => {
  test.each([
    ['JOB-04 a priority', 'priority: »1001', 'BS2107'],
    ['JOB-19 no parallel task', 'maxParallelTasks: »0', 'BS2110'],
    ['TASK-07 a retry count', 'constraints: { maxTaskRetryCount: »-5 }', 'BS2112'],
    ['JOB-06 no time at all', 'constraints: { maxWallClockTime: »0s }', 'BS2116'],
    ['JOB-28 a release without a preparation', 'jobReleaseTask: { »maxWallClockTime: 1m }', 'BS2120'],
    ['PREP-12 a long release', 'jobPreparationTask: {}, jobReleaseTask: { maxWallClockTime: »16m }', 'BS2120'],
    ['ACC-17 an id', 'jobManagerTask: { id: »"a b" }, model: { jobManagerTask: { runtime: 1s } }', 'BS2101'],
    ['a manager that is not there', 'model: { jobManagerTask: { »runtime: 1s } }', 'BS2016'],
    ['a release that is not there', 'jobPreparationTask: {}, model: { jobReleaseTask: »{} }', 'BS2016'],
  ])('%s', (_what, more, code) => {
    expect(codesAtMarks(text(more))).toEqual([`here ${code}`]);
  });

  test.each([
    ['TASK-18 no slot', 'requiredSlots: »0, model: { runtime: 1s }', 'BS2115'],
    [
      'EXIT-06 a job action',
      'exitConditions: { default: { jobAction: »terminate } }, model: { runtime: 1s }',
      'BS2122',
    ],
    [
      'a range that counts down',
      'exitConditions: { exitCodeRanges: [{ »start: 2, end: 1, exitOptions: {} }] }, model: { runtime: 1s }',
      'BS2122',
    ],
    ['MI-02 no instance', 'multiInstanceSettings: { numberOfInstances: »0 }, model: { runtime: 1s }', 'BS2124'],
    ['TASK-18 two slots', 'multiInstanceSettings: {}, requiredSlots: »2, model: { runtime: 1s }', 'BS2124'],
    ['no instances to coordinate', 'model: { runtime: 1s, coordination: { »runtime: 1s } }', 'BS2016'],
    ['no container with an image', 'model: { runtime: 1s, imageSize: »1GB }', 'BS2016'],
    ['cores of nothing', 'model: { runtime: 1s, cpu: »0 }', 'BS2005'],
  ])('%s', (_what, more, code) => {
    expect(codesAtMarks(text('', `[{ id: t, ${more} }]`))).toEqual([`here ${code}`]);
  });

  test.each([
    ['AUTO-01 no pool', '»{}', ['here BS2119']],
    [
      'AUTO-01 two pools',
      '{ poolId: »p, autoPoolSpecification: { pool: { vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 } } }',
      ['here BS2119'],
    ],
    ['AUTO-01 an auto pool of nothing', '{ autoPoolSpecification: { »keepAlive: true } }', ['here BS2119']],
    [
      'AUTO-02 a lifetime',
      '{ autoPoolSpecification: { poolLifetimeOption: »jobschedule, pool: { vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 } } }',
      ['here BS2119'],
    ],
    [
      'AUTO-04 a long prefix',
      `{ autoPoolSpecification: { autoPoolIdPrefix: »${'x'.repeat(21)}, pool: { vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 } } }`,
      ['here BS2119'],
    ],
    [
      'POOL-06 an auto pool without a target',
      '{ autoPoolSpecification: { pool: { »vmSize: Standard_D4s_v5 } } }',
      ['here BS2108'],
    ],
  ])('%s', (_what, poolInfo, codes) => {
    expect(codesAtMarks(`jobs: [{ id: j, poolInfo: ${poolInfo}, tasks: [${TASK}] }]`)).toEqual(codes);
  });

  test('PREP-01, TASK-26 ids that are taken', () => {
    const more =
      'jobPreparationTask: {}, jobReleaseTask: { id: bye }, jobManagerTask: { id: t-7 }, model: { jobManagerTask: { runtime: 1s } }';
    const tasks =
      '[{ id: »JobPreparation, model: { runtime: 1s } }, { id: »"t-{1..9}", model: { runtime: 1s } }, { id: »bye, model: { runtime: 1s } }]';
    expect(codesAtMarks(text(more, tasks))).toEqual(['here BS2121', 'here BS2102', 'here BS2121']);
  });

  test('the message names the rule and what Batch would answer', () => {
    expect(problemsOf(text('jobReleaseTask: { maxWallClockTime: 1m }'))).toBe(`
s.yaml:2:60: error BS2120: jobs.j.jobReleaseTask: a job with a release task has a preparation task (JOB-28, InvalidPropertyValue)
  |
2 | jobs: [{ id: j, poolInfo: { poolId: p }, jobReleaseTask: { maxWallClockTime: 1m }, tasks: [{ id: t, model: { runtime: 1s } }] }]
  |                                                            ^^^^^^^^^^^^^^^^
  = hint: add jobPreparationTask: {}
`);
  });
});

describe('job schedules', () => {
  const schedule = (more: string, clock = 'clock: { until: 12h }') =>
    `${clock}\n${POOL}\njobSchedules: [{ id: s, ${more}, jobSpecification: { poolInfo: { poolId: p }, tasks: [${TASK}] } }]`;

  test('JS-02 times count from the start of the clock, before it too', () => {
    const given =
      'schedule: { doNotRunUntil: 2025-12-31T23:00:00Z, doNotRunAfter: +5h, startWindow: 10m, recurrenceInterval: 1h }';
    const [read] = loaded(schedule(given)).scenario.accounts[0]?.jobSchedules ?? [];
    expect(read?.schedule).toEqual({
      doNotRunUntilMs: -60 * MIN,
      doNotRunAfterMs: 300 * MIN,
      startWindowMs: 10 * MIN,
      recurrenceIntervalMs: 60 * MIN,
    });
    expect(read?.jobSpecification).toMatchObject({ id: '', poolId: 'p', tasks: [{ count: 1 }] });
  });

  test('the behaviour of its tasks stands beside the specification', () => {
    const text = `clock: { until: 2d }\n${POOL}\njobSchedules:
  - id: nightly
    schedule: { recurrenceInterval: 24h }
    jobSpecification: { poolInfo: { poolId: p }, jobManagerTask: { id: jm }, jobPreparationTask: {} }
    model: { jobManagerTask: { runtime: 2m }, jobPreparationTask: { runtime: 3s } }`;
    const job = loaded(text).scenario.accounts[0]?.jobSchedules[0]?.jobSpecification;
    expect(job?.jobManagerTask?.task.runtime).toEqual([constant(2 * MIN)]);
    expect(job?.jobPreparationTask?.command.runtime).toEqual([constant(3 * S)]);
  });

  test.each([
    ['JS-03 a short window', 'schedule: { startWindow: »59s }', 'BS2123'],
    ['JS-03 a short interval', 'schedule: { recurrenceInterval: »30s }', 'BS2123'],
    ['ACC-17 a long name', `displayName: »${'x'.repeat(1025)}`, 'BS2114'],
    ['an unknown key', 'schedule: { »every: 1h }', 'BS2003'],
  ])('%s', (_what, more, code) => {
    expect(codesAtMarks(schedule(more))).toEqual([`here ${code}`]);
  });

  test('SIM-10 a schedule without end needs clock.until', () => {
    expect(codesAtMarks(schedule('schedule: { recurrenceInterval: »1h }', 'seed: 1'))).toEqual(['here BS2005']);
    expect(codesAtMarks(schedule('schedule: { recurrenceInterval: 1h, doNotRunAfter: +1d }', 'seed: 1'))).toEqual([]);
    expect(codesAtMarks(schedule('schedule: { startWindow: 1h }', 'seed: 1'))).toEqual([]);
  });

  test('ACC-17 a job and a job schedule may not share an id', () => {
    const text = `${POOL}
jobs: [{ id: a, poolInfo: { poolId: p }, tasks: [${TASK}] }]
jobSchedules: [{ id: »A, jobSpecification: { poolInfo: { poolId: p }, tasks: [${TASK}] } }]`;
    expect(codesAtMarks(text)).toEqual(['here BS2102']);
  });

  test('ACC-10 schedules count as jobs do, and jobs that come later only where nothing ends the first', () => {
    const account = (jobs: string) => `account: { activeJobAndJobScheduleQuota: 1 }\n${POOL}\n${jobs}`;
    const job = (id: string, more: string) => `{ ${id}, poolInfo: { poolId: p }, tasks: [${TASK}]${more} }`;
    const late = ', model: { arrival: { at: +1h } }';
    const one = `jobSchedules: [{ id: s, jobSpecification: { poolInfo: { poolId: p }, tasks: [${TASK}] } }]`;
    expect(codesAtMarks(account(`${one}\njobs: [${job('»id: j', '')}]`))).toEqual(['here BS2104']);
    expect(codesAtMarks(account(`${one}\njobs: [${job('id: j', late)}]`))).toEqual([]);
    expect(codesAtMarks(account(`jobs: [${job('id: j', '')}, ${job('»id: k', late)}]`))).toEqual(['here BS2104']);
    const ends = ', onAllTasksComplete: terminatejob';
    expect(codesAtMarks(account(`jobs: [${job('id: j', ends)}, ${job('id: k', late)}]`))).toEqual([]);
  });
});
