import { describe, expect, test } from 'vitest';
import { type Action, FATE_KINDS } from '../../src/model/index.js';
import { FATE_NAMES, OPERATION_NAMES } from '../../src/scenario/schema/action.js';
import { codesAtMarks, loaded, problemsOf } from './memory-files.js';

const MIN = 60_000;
const H = 60 * MIN;
const POOL = 'pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 2 }]';
const TASK = '{ id: t, model: { runtime: 1s } }';
const JOB = `jobs: [{ id: j, poolInfo: { poolId: p }, tasks: [${TASK}] }]`;

const text = (line: string) => `${POOL}\n${JOB}\nactions:\n  - ${line}\n`;

function action(line: string, files: Readonly<Record<string, string>> = {}): Action {
  return loaded(text(line), files).scenario.accounts[0]?.actions[0] as Action;
}

/** Every operation once: what stands in the file, and what the model gets of it. */
const OPERATIONS: readonly (readonly [text: string, operation: object])[] = [
  [
    'addPool: { id: q, vmSize: Standard_D2s_v5, targetDedicatedNodes: 1 }',
    { kind: 'addPool', pool: { ok: true, value: { id: 'q', targetDedicatedNodes: 1 } } },
  ],
  [
    'patchPool: { poolId: p, startTask: { maxTaskRetryCount: 1 }, model: { startTask: { runtime: 1s } } }',
    { kind: 'patchPool', poolId: 'p', changes: { startTask: { maxTaskRetryCount: 1, waitForSuccess: true } } },
  ],
  [
    'updatePoolProperties: { poolId: p, metadata: [{ name: a, value: b }] }',
    { kind: 'updatePoolProperties', poolId: 'p', changes: { metadata: [{ name: 'a', value: 'b' }] } },
  ],
  ['deletePool: { poolId: p }', { kind: 'deletePool', poolId: 'p' }],
  [
    'resizePool: { poolId: p, targetDedicatedNodes: 5, resizeTimeout: 1m, nodeDeallocationOption: taskCompletion }',
    {
      kind: 'resizePool',
      poolId: 'p',
      targetDedicatedNodes: 5,
      targetLowPriorityNodes: null,
      resizeTimeoutMs: MIN,
      nodeDeallocationOption: 'taskcompletion',
    },
  ],
  ['stopResizePool: { poolId: p }', { kind: 'stopResizePool', poolId: 'p' }],
  [
    'removeNodes: { poolId: p, nodeList: [n0, n1] }',
    {
      kind: 'removeNodes',
      poolId: 'p',
      nodes: ['n0', 'n1'],
      resizeTimeoutMs: null,
      nodeDeallocationOption: null,
    },
  ],
  [
    'enableAutoScale: { poolId: p, autoScaleFormula: { file: f.autoscale }, autoScaleEvaluationInterval: 10m }',
    { kind: 'enableAutoScale', poolId: 'p', formula: '$TargetDedicatedNodes = 1;', evaluationIntervalMs: 10 * MIN },
  ],
  ['disableAutoScale: { poolId: p }', { kind: 'disableAutoScale', poolId: 'p' }],
  ['evaluateAutoScale: { poolId: p, autoScaleFormula: x }', { kind: 'evaluateAutoScale', poolId: 'p', formula: 'x' }],
  [
    'rebootNode: { poolId: p, node: n3, nodeRebootOption: terminate }',
    { kind: 'rebootNode', poolId: 'p', node: 'n3', option: 'terminate' },
  ],
  ['reimageNode: { poolId: p, node: n3 }', { kind: 'reimageNode', poolId: 'p', node: 'n3', option: null }],
  [
    'deallocateNode: { poolId: p, node: n3, nodeDeallocateOption: retainedData }',
    { kind: 'deallocateNode', poolId: 'p', node: 'n3', option: 'retaineddata' },
  ],
  ['startNode: { poolId: p, node: n3 }', { kind: 'startNode', poolId: 'p', node: 'n3' }],
  [
    'disableNodeScheduling: { poolId: p, node: n3, nodeDisableSchedulingOption: taskcompletion }',
    { kind: 'disableNodeScheduling', poolId: 'p', node: 'n3', option: 'taskcompletion' },
  ],
  ['enableNodeScheduling: { poolId: p, node: n3 }', { kind: 'enableNodeScheduling', poolId: 'p', node: 'n3' }],
  [
    'addNodeUser: { poolId: p, node: n3, name: me, isAdmin: true }',
    { kind: 'addNodeUser', poolId: 'p', node: 'n3', userName: 'me' },
  ],
  [
    'updateNodeUser: { poolId: p, node: n3, userName: me }',
    { kind: 'updateNodeUser', poolId: 'p', node: 'n3', userName: 'me' },
  ],
  [
    'deleteNodeUser: { poolId: p, node: n3, userName: me }',
    { kind: 'deleteNodeUser', poolId: 'p', node: 'n3', userName: 'me' },
  ],
  [
    `addJob: { id: k, poolInfo: { poolId: p }, tasks: [${TASK}] }`,
    { kind: 'addJob', job: { ok: true, value: { id: 'k', poolId: 'p', tasks: [{ count: 1 }] } } },
  ],
  [
    'patchJob: { jobId: j, priority: 5, constraints: { maxWallClockTime: 1h }, poolInfo: { poolId: q } }',
    {
      kind: 'patchJob',
      jobId: 'j',
      changes: { priority: 5, maxTaskRetryCount: 0, maxWallClockTimeMs: H, poolId: 'q' },
    },
  ],
  [
    'updateJob: { jobId: j, poolInfo: { autoPoolSpecification: { keepAlive: true } } }',
    { kind: 'updateJob', jobId: 'j', changes: { keepAlive: true } },
  ],
  ['disableJob: { jobId: j, disableTasks: wait }', { kind: 'disableJob', jobId: 'j', disableTasks: 'wait' }],
  ['enableJob: { jobId: j }', { kind: 'enableJob', jobId: 'j' }],
  [
    'terminateJob: { jobId: j, terminateReason: enough }',
    { kind: 'terminateJob', jobId: 'j', terminateReason: 'enough', force: false },
  ],
  ['deleteJob: { jobId: j, force: true }', { kind: 'deleteJob', jobId: 'j', force: true }],
  [
    'addTasks: { jobId: j, tasks: [{ id: "n-{1..50}", model: { runtime: 3m } }] }',
    { kind: 'addTasks', jobId: 'j', tasks: { ok: true, value: [{ count: 50 }] } },
  ],
  [
    'updateTask: { jobId: j, taskId: t, constraints: { maxWallClockTime: 1m } }',
    {
      kind: 'updateTask',
      jobId: 'j',
      taskId: 't',
      constraints: { maxTaskRetryCount: 0, maxWallClockTimeMs: MIN, retentionTimeMs: null },
    },
  ],
  ['terminateTask: { jobId: j, taskId: t }', { kind: 'terminateTask', jobId: 'j', taskId: 't' }],
  ['deleteTask: { jobId: j, taskId: t }', { kind: 'deleteTask', jobId: 'j', taskId: 't' }],
  ['reactivateTask: { jobId: j, taskId: t }', { kind: 'reactivateTask', jobId: 'j', taskId: 't' }],
  [
    `addJobSchedule: { id: s, jobSpecification: { poolInfo: { poolId: p }, tasks: [${TASK}] } }`,
    { kind: 'addJobSchedule', jobSchedule: { ok: true, value: { id: 's' } } },
  ],
  [
    'patchJobSchedule: { jobScheduleId: s, schedule: { startWindow: 5m } }',
    { kind: 'patchJobSchedule', changes: { ok: true, value: { schedule: { startWindowMs: 5 * MIN } } } },
  ],
  [
    'updateJobSchedule: { jobScheduleId: s, metadata: [] }',
    { kind: 'updateJobSchedule', jobScheduleId: 's', changes: { ok: true, value: { metadata: [] } } },
  ],
  ['disableJobSchedule: { jobScheduleId: s }', { kind: 'disableJobSchedule', jobScheduleId: 's' }],
  ['enableJobSchedule: { jobScheduleId: s }', { kind: 'enableJobSchedule', jobScheduleId: 's' }],
  ['terminateJobSchedule: { jobScheduleId: s }', { kind: 'terminateJobSchedule', jobScheduleId: 's' }],
  ['deleteJobSchedule: { jobScheduleId: s }', { kind: 'deleteJobSchedule', jobScheduleId: 's' }],
  ['addApplication: { applicationId: a }', { kind: 'addApplication', applicationId: 'a' }],
  [
    'patchApplication: { applicationId: a, defaultVersion: "2" }',
    { kind: 'patchApplication', applicationId: 'a', defaultVersion: '2', allowUpdates: null },
  ],
  ['deleteApplication: { applicationId: a }', { kind: 'deleteApplication', applicationId: 'a' }],
  [
    'addApplicationPackage: { applicationId: a, version: "2" }',
    { kind: 'addApplicationPackage', applicationId: 'a', version: '2' },
  ],
  [
    'deleteApplicationPackage: { applicationId: a, version: "2" }',
    { kind: 'deleteApplicationPackage', applicationId: 'a', version: '2' },
  ],
  ['addCertificate: { thumbprint: ab, thumbprintAlgorithm: sha1 }', { kind: 'addCertificate', thumbprint: 'ab' }],
  ['deleteCertificate: { thumbprint: ab }', { kind: 'deleteCertificate', thumbprint: 'ab' }],
  ['cancelCertificateDelete: { thumbprint: ab }', { kind: 'cancelCertificateDelete', thumbprint: 'ab' }],
  ['preemptNodes: { poolId: p, count: 10 }', { kind: 'preemptNodes', poolId: 'p', count: 10, nodes: null }],
  ['failNode: { poolId: p, node: n3 }', { kind: 'failNode', poolId: 'p', node: 'n3', error: null, recovers: null }],
  ['loseContact: { poolId: p, node: n3 }', { kind: 'loseContact', poolId: 'p', node: 'n3' }],
  ['recoverNode: { poolId: p, node: n3 }', { kind: 'recoverNode', poolId: 'p', node: 'n3' }],
  ['hostReboot: { poolId: p, node: n3 }', { kind: 'hostReboot', poolId: 'p', node: 'n3' }],
  ['upgradeOs: { poolId: p }', { kind: 'upgradeOs', poolId: 'p', nodes: null }],
  [
    'setCapacity: { poolId: p, lowPriorityNodes: 0 }',
    { kind: 'setCapacity', poolId: 'p', dedicatedNodes: null, lowPriorityNodes: 0 },
  ],
  [
    'setRegionCapacity: { vmSize: Standard_D2s_v5, dedicatedNodes: 3 }',
    { kind: 'setRegionCapacity', vmSize: 'Standard_D2s_v5', dedicatedNodes: 3, lowPriorityNodes: null },
  ],
];

describe('operations', () => {
  test.each(OPERATIONS)('%s', (body, operation) => {
    const read = action(`{ at: +2h, ${body} }`, { 'f.autoscale': '$TargetDedicatedNodes = 1;' });
    expect(read).toMatchObject({ atMs: 2 * H, expectError: null, operation });
  });

  test('every operation of the model is one of the format, and is read above', () => {
    const read = OPERATIONS.map(([, operation]) => (operation as { kind: string }).kind);
    expect([...read].sort()).toEqual([...OPERATION_NAMES].sort());
    expect([...FATE_NAMES].sort()).toEqual([...FATE_KINDS].sort());
  });

  test('they keep the order of the file, and their times may be ISO', () => {
    const { actions } = loaded(
      `${POOL}\nactions: [{ at: 2026-01-01T03:00:00Z, deletePool: { poolId: p } }, { at: +1h, stopResizePool: { poolId: p }, expectError: OperationInvalidForCurrentState }]`,
    ).scenario.accounts[0] as { actions: readonly Action[] };
    expect(actions.map(({ atMs, expectError }) => [atMs, expectError])).toEqual([
      [3 * H, null],
      [H, 'OperationInvalidForCurrentState'],
    ]);
  });

  test('a pool, a job or a task of an action may be as long as any', () => {
    const job = `{ id: k, poolInfo: { poolId: p }, jobManagerTask: { id: jm }, model: { jobManagerTask: { runtime: 1m, actions: [{ at: 5s, addJob: { id: l, poolInfo: { poolId: p }, tasks: [${TASK}] } }] } } }`;
    const { operation } = action(`{ at: 0s, addJob: ${job} }`);
    const added = operation.kind === 'addJob' && operation.job.ok ? operation.job.value : null;
    expect(added?.jobManagerTask?.actions[0]).toMatchObject({
      atMs: 5000,
      operation: { kind: 'addJob', job: { ok: true, value: { id: 'l' } } },
    });
  });
});

describe('ERR-04 what Batch refuses by the properties alone is an outcome of the action', () => {
  const job = (more: string) => `addJob: { id: k, poolInfo: { poolId: p }, ${more} }`;
  test.each([
    ['addPool: { id: "a b", vmSize: Standard_D2s_v5, targetDedicatedNodes: 1 }', 'pool', 'InvalidPropertyValue'],
    ['addPool: { id: q, vmSize: Standard_Nothing, targetDedicatedNodes: 1 }', 'pool', 'InvalidPropertyValue'],
    ['addPool: { id: q, vmSize: Standard_D2s_v5 }', 'pool', 'MissingRequiredProperty'],
    ['addPool: { id: q, vmSize: Standard_D2s_v5, targetDedicatedNodes: -1 }', 'pool', 'InvalidPropertyValue'],
    [
      'addPool: { id: q, vmSize: Standard_D2s_v5, targetDedicatedNodes: 1, taskSlotsPerNode: 9 }',
      'pool',
      'InvalidPropertyValue',
    ],
    [
      `addPool: { id: q, vmSize: Standard_D2s_v5, enableAutoScale: true, autoScaleFormula: ${'x'.repeat(8193)} }`,
      'pool',
      'AutoScaleFormulaTooLong',
    ],
    [
      'addPool: { id: q, vmSize: Standard_D2s_v5, targetDedicatedNodes: 1, metadata: [{ name: "" }] }',
      'pool',
      'EmptyMetadataKey',
    ],
    [job('priority: 1001'), 'job', 'OutOfRangePriority'],
    [job('constraints: { maxTaskRetryCount: -2 }'), 'job', 'InvalidConstraintValue'],
    [job('jobReleaseTask: {}'), 'job', 'InvalidPropertyValue'],
    [
      job('tasks: [{ id: t, dependsOn: { taskIds: [a] }, model: { runtime: 1s } }]'),
      'job',
      'TaskDependenciesNotSpecifiedOnJob',
    ],
    [
      job('jobPreparationTask: {}, tasks: [{ id: jobpreparation, model: { runtime: 1s } }]'),
      'job',
      'TaskIdSameAsJobPreparationTask',
    ],
    ['addTasks: { jobId: j, tasks: [{ id: "a b", model: { runtime: 1s } }] }', 'tasks', 'InvalidPropertyValue'],
    [
      `addJobSchedule: { id: s, schedule: { startWindow: 1s }, jobSpecification: { poolInfo: { poolId: p }, tasks: [${TASK}] } }`,
      'jobSchedule',
      'InvalidPropertyValue',
    ],
    ['patchJobSchedule: { jobScheduleId: s, schedule: { startWindow: 1s } }', 'changes', 'InvalidPropertyValue'],
  ])('%s', (body, key, code) => {
    const given = (action(`{ at: +1h, ${body} }`).operation as unknown as Record<string, unknown>)[key];
    expect(given).toMatchObject({ ok: false, error: { code } });
  });

  test('DEP-01, EXIT-06 what depends on a job that stands elsewhere is left to the service', () => {
    const task =
      '{ id: a, dependsOn: { taskIds: [t] }, exitConditions: { default: { jobAction: disable } }, model: { runtime: 1s } }';
    expect(action(`{ at: +1h, addTasks: { jobId: j, tasks: [${task}] } }`).operation).toMatchObject({
      tasks: { ok: true },
    });
  });

  test('TASK-26 ids that are taken are left to the service too', () => {
    const { operation } = action(`{ at: +1h, addTasks: { jobId: j, tasks: [${TASK}, ${TASK}] } }`);
    expect(operation).toMatchObject({ tasks: { ok: true, value: [{ count: 1 }, { count: 1 }] } });
  });
});

describe('what makes the file invalid', () => {
  test.each([
    ['no operation', '{ »at: +1h }', 'BS2013'],
    ['two operations', '{ »at: +1h, deletePool: { poolId: p }, enableJob: { jobId: j } }', 'BS2013'],
    ['an unknown operation', '{ at: +1h, »resisePool: { poolId: p } }', 'BS2003'],
    ['an unknown key', '{ at: +1h, resizePool: { poolId: p, »targetNodes: 5 } }', 'BS2003'],
    ['no time', '{ »deletePool: { poolId: p } }', 'BS2006'],
    ['a time without a unit', '{ at: »5, deletePool: { poolId: p } }', 'BS2005'],
    ['no pool', '{ at: +1h, deletePool: »{} }', 'BS2006'],
    ['a wrong type', '{ at: +1h, resizePool: { poolId: p, targetDedicatedNodes: »many } }', 'BS2004'],
    ['an unknown word', '{ at: +1h, disableJob: { jobId: j, disableTasks: »stop } }', 'BS2005'],
    ['a code that Batch does not have', '{ at: +1h, expectError: »PoolFull, deletePool: { poolId: p } }', 'BS2005'],
    ['both ways to name nodes', '{ at: +1h, preemptNodes: { »poolId: p, count: 1, nodes: [n0] } }', 'BS2013'],
    ['neither', '{ at: +1h, preemptNodes: { »poolId: p } }', 'BS2013'],
    ['no user', '{ at: +1h, addNodeUser: { »poolId: p, node: n0 } }', 'BS2006'],
    ['a job without a pool', '{ at: +1h, addJob: { id: k, poolInfo: »{} } }', 'BS2006'],
    [
      'an arrival beside the time',
      '{ at: +1h, addJob: { id: k, poolInfo: { poolId: p }, model: { arrival: { »at: +1h } } } }',
      'BS2013',
    ],
    [
      'a formula that is not there',
      '{ at: 0s, evaluateAutoScale: { poolId: p, autoScaleFormula: { file: »x } } }',
      'BS2001',
    ],
  ])('%s', (_what, line, code) => {
    expect(codesAtMarks(text(line))).toEqual([`here ${code}`]);
  });

  test('a job manager cannot do what only fate can', () => {
    const manager = (line: string) => `${POOL}
jobs:
  - id: j
    poolInfo: { poolId: p }
    jobManagerTask: { id: jm }
    model: { jobManagerTask: { runtime: 1m, actions: [${line}] } }`;
    expect(codesAtMarks(manager('{ at: 1s, »preemptNodes: { poolId: p, count: 1 } }'))).toEqual(['here BS2003']);
    expect(codesAtMarks(manager('{ at: »2026-01-01T00:00:00Z, enableJob: {} }'))).toEqual(['here BS2005']);
    expect(codesAtMarks(manager('{ at: +1s, disableJob: { disableTasks: wait } }'))).toEqual([]);
  });

  test('SIM-10 a schedule without end that an action adds needs clock.until too', () => {
    const line = `{ at: +1h, addJobSchedule: { id: s, schedule: { recurrenceInterval: »1h }, jobSpecification: { poolInfo: { poolId: p }, tasks: [${TASK}] } } }`;
    expect(codesAtMarks(text(line))).toEqual(['here BS2005']);
  });

  test('a misspelled operation is told with the right one', () => {
    expect(problemsOf(text('{ at: +1h, resisePool: { poolId: p } }'))).toBe(`
s.yaml:4:16: error BS2003: unknown key "resisePool" in actions[0]
  |
4 |   - { at: +1h, resisePool: { poolId: p } }
  |                ^^^^^^^^^^
  = hint: did you mean "resizePool"?
`);
  });
});
