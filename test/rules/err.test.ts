import { describe, expect, test } from 'vitest';
import { loadScenarioText } from '../../src/index.js';
import {
  type Account,
  type Action,
  checkResourceFiles,
  invalidProperty,
  isPreProcessingError,
  isUploadError,
  JOB_SCHEDULING_ERRORS,
  makeJobSchedule,
  makePool,
  NO_DEMANDS,
  NODE_ERROR_CODES,
  type Operation,
  RESIZE_ERROR_CODES,
  serviceError,
  type TaskFailure,
} from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, taskResult } from '../helpers/job-events.js';
import { each, FOUR, gantt, job, latencies, pool, resizeErrors, tasks, world } from '../helpers/world.js';

function runOn(account: Partial<Account>, operations: readonly Operation[] = []): Recording {
  const actions: Action[] = operations.map((operation, i) => act(i + 1, operation));
  return simulate(world({ pools: [pool(1)], actions, ...account })).recording;
}

/** `code status` of each operation, `ok status` of those that were accepted. */
const answersOf = (account: Partial<Account>, operations: readonly Operation[]) =>
  runOn(account, operations).operations.map(({ code, status }) => `${code ?? 'ok'} ${status}`);

const addJob = (id: string, given: Parameters<typeof job>[2] = {}): Operation => ({
  kind: 'addJob',
  job: { ok: true, value: job(id, [], given) },
});
const addPool = (id: string): Operation => ({
  kind: 'addPool',
  pool: { ok: true, value: makePool({ id, vmSize: FOUR }) },
});
const addTasks = (prefix: string, count = 1): Operation => ({
  kind: 'addTasks',
  jobId: 'j',
  tasks: { ok: true, value: [tasks(prefix, Array(count).fill(1) as number[])] },
});
const onJob = <K extends 'enableJob'>(kind: K, jobId = 'j'): Operation => ({ kind, jobId });
const terminate = (jobId = 'j'): Operation => ({ kind: 'terminateJob', jobId, terminateReason: null, force: false });
const remove = (jobId = 'j'): Operation => ({ kind: 'deleteJob', jobId, force: false });
const disable: Operation = { kind: 'disableJob', jobId: 'j', disableTasks: 'wait' };
const onTask = (kind: 'terminateTask' | 'reactivateTask' | 'deleteTask', taskId: string, jobId = 'j'): Operation => ({
  kind,
  jobId,
  taskId,
});
const onSchedule = (
  kind: 'disableJobSchedule' | 'enableJobSchedule' | 'terminateJobSchedule' | 'deleteJobSchedule',
  jobScheduleId = 's',
): Operation => ({ kind, jobScheduleId });
const onPool = (kind: 'deletePool' | 'stopResizePool' | 'disableAutoScale', poolId = 'p'): Operation => ({
  kind,
  poolId,
});
const resize = (poolId: string, count: number): Operation => ({
  ...{ kind: 'resizePool', poolId, targetDedicatedNodes: count, targetLowPriorityNodes: null },
  ...{ resizeTimeoutMs: null, nodeDeallocationOption: null },
});
const onNode = (kind: 'rebootNode' | 'reimageNode' | 'deallocateNode', node = 'n0', poolId = 'p'): Operation => ({
  kind,
  poolId,
  node,
  option: null,
});
const user = (kind: 'addNodeUser' | 'updateNodeUser' | 'deleteNodeUser'): Operation => ({
  kind,
  poolId: 'p',
  node: 'n0',
  userName: 'me',
});

describe('what an operation answers', () => {
  test('ERR-01: every kind of trouble has its place: tasks before, in, by constraint and after, jobs, nodes, resizes, calls', () => {
    const failing = (id: string, given: Parameters<typeof tasks>[2]) => tasks(id, [9], given);
    const sets = [
      failing('before', { demands: { ...NO_DEMANDS, fault: 'BlobNotFound' } }),
      failing('application', { exitCode: each(3) }),
      failing('constraint', { maxWallClockTimeMs: 5 }),
      failing('after', { demands: { ...NO_DEMANDS, uploadFault: 'FileUploadAccessDenied' } }),
    ];
    const autoPool = {
      autoPoolIdPrefix: '',
      poolLifetimeOption: 'job',
      keepAlive: false,
      pool: makePool({ id: '', vmSize: FOUR }),
    } as const;
    const recording = runOn(
      {
        poolQuota: 1,
        pools: [pool(4)],
        jobs: [job('j', sets), job('k', [], { poolId: '', autoPool })],
        dedicatedCoreQuota: 16,
      },
      [resize('p', 5), { kind: 'failNode', poolId: 'p', node: 'n3', error: 'DiskFull', recovers: null }, addPool('q')],
    );
    const codes = ['before1', 'application1', 'constraint1', 'after1'].map(
      (id) => taskResult(recording, `j/${id}`).split(' ')[1],
    );
    expect(codes).toEqual(['BlobNotFound', 'FailureExitCode', 'TaskEnded', 'FileUploadAccessDenied']);
    expect(codes.map((code) => isPreProcessingError(code as TaskFailure))).toEqual([true, false, false, false]);
    expect(codes.map((code) => isUploadError(code as TaskFailure))).toEqual([false, false, false, true]);
    expect(recording.jobs[1]).toMatchObject({
      state: 'completed',
      schedulingError: 'AutoPoolCreationFailedWithQuotaReached',
    });
    expect(resizeErrors(recording).at(-1)).toBe('AccountCoreQuotaReached');
    expect(recording.operations.at(-1)).toMatchObject({ code: 'PoolQuotaReached', status: 409 });
  });

  test('ERR-02, ERR-13: a refusal has a code, a message and values by key', () => {
    expect(invalidProperty('priority', 3, 'because')).toMatchObject({
      ...{ code: 'InvalidPropertyValue', status: 400 },
      values: [
        { key: 'PropertyName', value: 'priority' },
        { key: 'PropertyValue', value: '3' },
        { key: 'Reason', value: 'because' },
      ],
    });
    expect(serviceError('JobNotFound').message).not.toBe('');
  });

  test('ERR-04: properties come before existence, existence before state, state before quota', () => {
    const jobs = [job('j', [tasks('t', [1])])];
    const full = { activeJobAndJobScheduleQuota: 1, jobs };
    expect(
      answersOf(full, [
        addJob('j', { priority: 5000 }),
        addJob('J'),
        addJob('k'),
        { kind: 'patchJob', jobId: 'nowhere', changes: { priority: 5000 } },
        { kind: 'disableJob', jobId: 'nowhere', disableTasks: null },
        {
          kind: 'updateTask',
          jobId: 'nowhere',
          taskId: 't1',
          constraints: { maxTaskRetryCount: -3, maxWallClockTimeMs: null, retentionTimeMs: null },
        },
        terminate(),
        { kind: 'patchJob', jobId: 'j', changes: { maxParallelTasks: 0 } },
        { kind: 'patchJob', jobId: 'j', changes: { maxParallelTasks: 1 } },
        addJob('k'),
      ]),
    ).toEqual([
      'OutOfRangePriority 400',
      'JobExists 409',
      'ActiveJobAndScheduleQuotaReached 409',
      'OutOfRangePriority 400',
      'MissingRequiredProperty 400',
      'InvalidConstraintValue 400',
      'ok 202',
      'InvalidPropertyValue 400',
      'JobCompleted 409',
      'ok 201',
    ]);
  });

  test('ERR-06, ERR-07, ERR-08, ERR-09: operations on jobs, tasks and schedules answer the statuses of the tables', () => {
    const schedule = makeJobSchedule({
      id: 's',
      jobSpecification: job('', []),
      schedule: { doNotRunUntilMs: 1e6, doNotRunAfterMs: 2e6, startWindowMs: null, recurrenceIntervalMs: null },
    });
    const constraints = { maxTaskRetryCount: 1, maxWallClockTimeMs: null, retentionTimeMs: null };
    expect(
      answersOf({ jobs: [job('j', [tasks('t', [500, 1], { exitCode: each(1) })])] }, [
        addJob('k'),
        { kind: 'addJobSchedule', jobSchedule: { ok: true, value: schedule } },
        addTasks('u'),
        { kind: 'updateTask', jobId: 'j', taskId: 't1', constraints },
        { kind: 'patchJob', jobId: 'j', changes: { priority: 1 } },
        { kind: 'updateJob', jobId: 'j', changes: {} },
        disable,
        onTask('terminateTask', 't1'),
        onJob('enableJob'),
        onTask('reactivateTask', 't1'),
        onTask('deleteTask', 't1'),
        { kind: 'patchJobSchedule', jobScheduleId: 's', changes: { ok: true, value: {} } },
        onSchedule('disableJobSchedule'),
        onSchedule('enableJobSchedule'),
        onSchedule('terminateJobSchedule'),
        onSchedule('deleteJobSchedule'),
        terminate(),
        remove(),
      ]).join(', '),
    ).toBe(
      [
        ...[
          'ok 201',
          'ok 201',
          'ok 200',
          'ok 200',
          'ok 200',
          'ok 200',
          'ok 202',
          'ok 204',
          'ok 202',
          'ok 204',
          'ok 200',
        ],
        ...['ok 200', 'ok 204', 'ok 204', 'ok 202', 'ok 202', 'ok 202', 'ok 202'],
      ].join(', '),
    );
  });

  test('ERR-06, ERR-07, ERR-08, ERR-09: operations on pools, nodes and certificates answer the statuses of the tables', () => {
    const formula = '$TargetDedicatedNodes = 1;';
    const timing = latencies({ alloc: 1 });
    expect(
      answersOf({ pools: [pool(1), pool(1, { id: 'q', timing })] }, [
        addPool('r'),
        { kind: 'addCertificate', thumbprint: 'a1' },
        { kind: 'deleteCertificate', thumbprint: 'a1' },
        user('addNodeUser'),
        user('updateNodeUser'),
        user('deleteNodeUser'),
        onNode('rebootNode'),
        onNode('reimageNode'),
        onNode('deallocateNode'),
        { kind: 'startNode', poolId: 'p', node: 'n0' },
        { kind: 'disableNodeScheduling', poolId: 'p', node: 'n0', option: null },
        { kind: 'enableNodeScheduling', poolId: 'p', node: 'n0' },
        { kind: 'patchPool', poolId: 'p', changes: {} },
        {
          kind: 'updatePoolProperties',
          poolId: 'p',
          changes: { startTask: null, applicationPackages: [], certificates: [], metadata: [] },
        },
        { kind: 'enableAutoScale', poolId: 'q', formula, evaluationIntervalMs: null },
        { kind: 'evaluateAutoScale', poolId: 'q', formula },
        onPool('disableAutoScale', 'q'),
        resize('p', 2),
        { kind: 'removeNodes', poolId: 'p', nodes: ['n1'], resizeTimeoutMs: null, nodeDeallocationOption: null },
        onPool('deletePool'),
      ]),
    ).toEqual([
      ...['ok 201', 'ok 201', 'ok 202', 'ok 201', 'ok 200', 'ok 200', 'ok 202', 'ok 202', 'ok 202', 'ok 202'],
      ...['ok 200', 'ok 200', 'ok 200', 'ok 204', 'ok 200', 'ok 200', 'ok 200', 'ok 202', 'ok 202', 'ok 202'],
    ]);
  });

  test('ERR-14, ERR-12: what an address names and nobody has is 404 by its own code, the outermost first', () => {
    expect(
      answersOf({ jobs: [job('j', [])] }, [
        onTask('terminateTask', 't', 'nowhere'),
        onTask('terminateTask', 't'),
        { ...addTasks('t'), jobId: 'nowhere' } as Operation,
        onNode('rebootNode', 'n0', 'nowhere'),
        onNode('rebootNode', 'n7'),
        resize('nowhere', 1),
        onSchedule('disableJobSchedule', 'nowhere'),
        { kind: 'deleteCertificate', thumbprint: 'a1' },
        { kind: 'deleteApplication', applicationId: 'nothing' },
        { kind: 'deleteNodeUser', poolId: 'p', node: 'n0', userName: 'nobody' },
      ]),
    ).toEqual([
      'JobNotFound 404',
      'TaskNotFound 404',
      'JobNotFound 404',
      'PoolNotFound 404',
      'NodeNotFound 404',
      'PoolNotFound 404',
      'JobScheduleNotFound 404',
      'CertificateNotFound 404',
      'ApplicationNotFound 404',
      'NodeUserNotFound 404',
    ]);
  });

  test('ERR-15: what is being deleted says so to everybody', () => {
    const slow = pool(1, { timing: latencies({ kill: 100, leave: 100 }) });
    const schedule = makeJobSchedule({ id: 's', jobSpecification: job('', [tasks('t', [1000])]) });
    const answered = answersOf(
      { pools: [slow], jobs: [job('j', [tasks('t', [1000])], { priority: 1 })], jobSchedules: [schedule] },
      [
        remove(),
        { kind: 'patchJob', jobId: 'j', changes: {} },
        onJob('enableJob'),
        disable,
        terminate(),
        remove(),
        addTasks('u'),
        onTask('terminateTask', 't1'),
        onPool('deletePool'),
        onPool('deletePool'),
        resize('p', 2),
        { kind: 'patchPool', poolId: 'p', changes: {} },
      ],
    );
    expect(answered[0]).toBe('ok 202');
    expect(answered.slice(1, 8)).toEqual(Array(7).fill('JobBeingDeleted 409'));
    expect(answered[8]).toBe('ok 202');
    expect(answered.slice(9)).toEqual(Array(3).fill('PoolBeingDeleted 409'));
  });

  test('ERR-16: of more than 100 tasks in one call none is added', () => {
    const recording = runOn({ jobs: [job('j', [])] }, [addTasks('t', 101), addTasks('u', 100)]);
    expect(recording.operations.map(({ code, status }) => `${code} ${status}`)).toEqual([
      'InvalidPropertyValue 400',
      'null 200',
    ]);
    expect(recording.tasks.count).toBe(100);
  });

  test('ERR-17: too many resource files are 413 RequestEntityTooLarge', () => {
    const file = { httpUrl: 'http://here/x', filePath: 'x' };
    expect(checkResourceFiles(Array(1000).fill(file))).toBe(null);
    expect(checkResourceFiles(Array(1001).fill(file))).toMatchObject({ code: 'RequestEntityTooLarge', status: 413 });
  });

  test('ERR-18: values that rules exclude are 400 InvalidPropertyValue', () => {
    const jobs = [job('j', [tasks('t', [1000])], { onAllTasksComplete: 'terminatejob' })];
    expect(
      answersOf({ jobs }, [
        { kind: 'patchJob', jobId: 'j', changes: { onAllTasksComplete: 'noaction' } },
        { kind: 'updateJob', jobId: 'j', changes: {} },
        { kind: 'enableAutoScale', poolId: 'p', formula: '$TargetDedicatedNodes = 1;', evaluationIntervalMs: 1 },
        { ...resize('p', 1), resizeTimeoutMs: 1 } as Operation,
      ]),
    ).toEqual(Array(4).fill('InvalidPropertyValue 400'));
  });

  test('ERR-19: a refused action is told with status and code, and the run goes on', () => {
    const recording = runOn({ jobs: [job('j', [tasks('t', [10])])] }, [terminate('nowhere')]);
    expect(recording.operations[0]).toMatchObject({ code: 'JobNotFound', status: 404, expected: false });
    expect(gantt(recording)).toEqual(['j/t1 0-10 n0']);
    expect(recording.run.complete).toBe(true);
  });
});

describe('codes', () => {
  test('ERR-11, ERR-12: a scenario can expect the codes that there are, and no other', () => {
    const text = (code: string) => `
version: 1
pools: [{ id: p, vmSize: Standard_D2s_v5, targetDedicatedNodes: 1 }]
actions: [{ at: +1s, deletePool: { poolId: q }, expectError: ${code} }]
`;
    expect(loadScenarioText('scenario.yaml', text('PoolNotFound')).ok).toBe(true);
    expect(loadScenarioText('scenario.yaml', text('PoolNotThere')).ok).toBe(false);
  });

  test('ERR-20: a job whose pool cannot be made is completed with a scheduling error, and runs nothing', () => {
    const given = (own: Partial<Parameters<typeof makePool>[0]>) => {
      const autoPool = {
        autoPoolIdPrefix: 'x',
        poolLifetimeOption: 'job',
        keepAlive: false,
        pool: makePool({ id: '', vmSize: FOUR, ...own }),
      } as const;
      const recording = runOn({ jobs: [job('j', [tasks('t', [1])], { poolId: '', autoPool })] });
      expect(gantt(recording)).toEqual([]); // its tasks are refused: the job is completed
      expect(recording.jobs[0]?.state).toBe('completed');
      return recording.jobs[0]?.schedulingError;
    };
    expect(given({ certificates: ['a1'] })).toBe('InvalidCertificatesInAutoPool');
    expect(given({ applicationPackages: [{ applicationId: 'none', version: null }] })).toBe(
      'InvalidApplicationPackageReferencesInAutoPool',
    );
    expect(given({ autoScale: { formula: 'nonsense(', evaluationIntervalMs: 900_000 }, targetDedicatedNodes: 0 })).toBe(
      'InvalidAutoScaleFormulaInAutoPool',
    );
    expect(given({ taskSlotsPerNode: 1000 })).toBe('InvalidAutoPoolSettings');
    expect(JOB_SCHEDULING_ERRORS.Unknown).toBe('servererror');
  });

  test('ERR-22: resize errors are those of the list', () => {
    expect([...RESIZE_ERROR_CODES].sort()).toEqual(
      [
        ...['AccountCoreQuotaReached', 'AccountVMSeriesCoreQuotaReached', 'AccountLowPriorityCoreQuotaReached'],
        ...['AccountSpotCoreQuotaReached', 'AllocationFailed', 'AllocationTimedout'],
        ...[
          'CommunicationEnabledPoolReachedMaxVMCount',
          'RemoveNodesFailed',
          'ResizeStopped',
          'UnsupportedVMSize',
          'Unknown',
        ],
      ].sort(),
    );
  });

  test('ERR-23: node errors are those of the list, a failed start task is a state', () => {
    expect([...NODE_ERROR_CODES].sort()).toEqual([
      'ApplicationPackageError',
      'ContainerImagePullFailed',
      'DiskFull',
      'MountConfigurationError',
      'NodeRecoveryFailed',
    ]);
  });
});
