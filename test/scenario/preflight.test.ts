import { describe, expect, test } from 'vitest';
import { renderDiagnostic } from '../../src/base/index.js';
import {
  constant,
  findVmSize,
  makeAccount,
  makeJob,
  makePool,
  makeScenario,
  makeTasks,
  type VmSize,
} from '../../src/model/index.js';
import { preflight } from '../../src/scenario/index.js';
import { load, loaded } from './memory-files.js';

function flight(text: string) {
  const { scenario, places } = loaded(text);
  return preflight(scenario, places);
}

const TASKS = (tasks: string) => `pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 2 }]
jobs:
  - id: j
    poolInfo: { poolId: p }
    usesTaskDependencies: true
    tasks:
${tasks}`;

describe('what would run', () => {
  test('counts are exact where nothing is left to chance', () => {
    const plan = flight(TASKS('      - { id: "t-{1..40}", model: { runtime: 1m } }\n'));
    expect(plan).toMatchObject({
      poolCount: 1,
      dedicatedNodes: 2,
      lowPriorityNodes: 0,
      jobCount: 1,
      taskCount: 40,
      exact: true,
      findings: [],
    });
    expect(plan.summary).toBe('40 tasks in 1 job on 1 pool (2 dedicated nodes, 8 cores)');
  });

  test('processes are counted by their mean, and said to be so', () => {
    const plan = flight(`pools: [{ id: p, vmSize: Standard_D4s_v5, targetLowPriorityNodes: 1 }]
jobs:
  - { id: "a-{n}", poolInfo: { poolId: p }, model: { arrival: { poisson: 12/h, for: 2h } }, tasks: [{ id: "t-{1..10}", model: { runtime: 1m } }] }
  - { id: "b-{n}", poolInfo: { poolId: p }, model: { arrival: { phases: [{ for: 1h, rate: 0/h, rampTo: 12/h }] } }, tasks: [{ id: t, model: { runtime: 1m } }] }
`);
    expect(plan.jobCount).toBeCloseTo(30, 9);
    expect(plan.taskCount).toBeCloseTo(246, 9);
    expect(plan.summary).toBe('about 246 tasks in 30 jobs on 1 pool (1 spot node, 4 cores)');
  });
});

describe('what can never work', () => {
  test('tasks are named before the run, with place and reason', () => {
    const plan = flight(
      TASKS(`      - { id: "{1..1000}", model: { runtime: 1m } }
      - { id: join, dependsOn: { taskIdRanges: [{ start: 1, end: 1001 }] }, model: { runtime: 1m } }
      - { id: after, dependsOn: { taskIds: [JOIN] }, model: { runtime: 1m } }
      - { id: x1, dependsOn: { taskIds: [x2] }, model: { runtime: 1m } }
      - { id: x2, dependsOn: { taskIds: [x1] }, model: { runtime: 1m } }
      - { id: x3, dependsOn: { taskIds: [x1] }, model: { runtime: 1m } }
      - { id: f, model: { runtime: 1m, exitCode: 1 } }
      - { id: g, dependsOn: { taskIds: [f] }, model: { runtime: 1m } }
      - { id: "w{1..3}", requiredSlots: 5, model: { runtime: 1m } }
  - { id: k, poolInfo: { poolId: pp }, tasks: [{ id: t, model: { runtime: 1s } }] }
`),
    );
    expect(`\n${plan.diagnostics.map(renderDiagnostic).join('\n')}\n`).toBe(`
s.yaml:8:11: warning BS2305: 2 tasks of job j can never run: join waits for "1001", which the job does not have
  |
8 |       - { id: join, dependsOn: { taskIdRanges: [{ start: 1, end: 1001 }] }, model: { runtime: 1m } }
  |           ^^
  = hint: correct the id; ids of dependencies are those of the same job
s.yaml:11:11: warning BS2306: 3 tasks of job j can never run: x2 <- x1 <- x2 wait for each other
   |
11 |       - { id: x2, dependsOn: { taskIds: [x1] }, model: { runtime: 1m } }
   |           ^^
   = hint: take one of these dependencies out
s.yaml:14:11: warning BS2307: 1 task of job j can never run: g waits for f, which cannot succeed
   |
14 |       - { id: g, dependsOn: { taskIds: [f] }, model: { runtime: 1m } }
   |           ^^
   = hint: correct exitCode, the limits or the slots of the parent
s.yaml:15:11: warning BS2303: 3 tasks of job j can never run: w1 needs 5 slots and a node has 1
   |
15 |       - { id: "w{1..3}", requiredSlots: 5, model: { runtime: 1m } }
   |           ^^
   = hint: raise taskSlotsPerNode, take a larger VM size, or lower requiredSlots
s.yaml:16:7: warning BS2304: job k names pool "pp", which does not exist; 1 task can never run
   |
16 |   - { id: k, poolInfo: { poolId: pp }, tasks: [{ id: t, model: { runtime: 1s } }] }
   |       ^^
   = hint: did you mean "p"?
`);
  });

  test.each([
    ['a retry that may succeed', '{ runtime: 1m, exitCode: [1, 0] }', 'maxTaskRetryCount: 1', []],
    [
      'no retry left for the good attempt',
      '{ runtime: 1m, exitCode: [1, 0] }',
      'maxTaskRetryCount: 0',
      ['failingParents'],
    ],
    ['a failure that retries for ever', '{ runtime: 1m, exitCode: 1 }', 'maxTaskRetryCount: -1', ['failingParents']],
    ['a chance of success', '{ runtime: 1m, exitCode: { 0: 1%, 1: 99% } }', 'maxTaskRetryCount: 0', []],
    ['a time limit below the run time', '{ runtime: 2m }', 'maxWallClockTime: 1m', ['failingParents']],
    ['TASK-11 a time limit equal to the run time', '{ runtime: 1m }', 'maxWallClockTime: 1m', []],
    ['a run time that may keep the limit', '{ runtime: { exponential: { mean: 1h } } }', 'maxWallClockTime: 1m', []],
  ])('DEP-03 a parent with %s', (_what, model, constraint, kinds) => {
    const plan = flight(
      TASKS(`      - { id: a, constraints: { ${constraint} }, model: ${model} }
      - { id: b, dependsOn: { taskIds: [a] }, model: { runtime: 1s } }
`),
    );
    expect(plan.findings.map(({ kind }) => kind)).toEqual(kinds);
  });

  test('DEP-06 leading zeros make one member, and a complete range misses nothing', () => {
    const plan = flight(
      TASKS(`      - { id: "{01..09}", model: { runtime: 1s } }
      - { id: "{7..12}", model: { runtime: 1s } }
      - { id: all, dependsOn: { taskIdRanges: [{ start: 1, end: 12 }] }, model: { runtime: 1s } }
`),
    );
    expect(plan.findings).toEqual([]);
  });

  test('a million tasks in columns with three parents each are looked over in linear time', () => {
    const count = 1_000_000;
    const offsets = Int32Array.from({ length: count + 1 }, (_, i) => Math.max(0, i - 1) * 3);
    const parents = Int32Array.from({ length: offsets[count] as number }, (_, e) => Math.floor(e / 3));
    const dependsOn = { taskIds: [], taskIdRanges: [], columns: { offsets, parents } };
    const tasks = [makeTasks({ count, runtime: [constant(1)], dependsOn })];
    const pool = makePool({ id: 'p', vmSize: findVmSize('Standard_D4s_v5') as VmSize, targetDedicatedNodes: 1 });
    const account = makeAccount({ pools: [pool], jobs: [makeJob({ id: 'j', poolId: 'p', tasks })] });
    const plan = preflight(makeScenario({ accounts: [account] }));
    expect([plan.taskCount, plan.findings]).toEqual([count, []]);
  });
});

describe('pools', () => {
  test('RSZ-05 pools are served in order, and what quota cuts is named with its error', () => {
    const plan = flight(`account: { name: acme, dedicatedCoreQuota: 20, lowPriorityCoreQuota: 8 }
pools:
  - { id: a, vmSize: Standard_D4s_v5, targetDedicatedNodes: 3 }
  - { id: b, vmSize: Standard_D4s_v5, targetDedicatedNodes: 3, targetLowPriorityNodes: 5 }
`);
    expect(plan.findings).toEqual([
      { kind: 'poolCut', account: 'acme', pool: 'b', code: 'AccountCoreQuotaReached', wanted: 3, granted: 2 },
      {
        kind: 'poolCut',
        account: 'acme',
        pool: 'b',
        code: 'AccountLowPriorityCoreQuotaReached',
        wanted: 5,
        granted: 2,
      },
    ]);
    expect(plan.cores).toEqual([
      { account: 'acme', of: 'dedicated', neededCores: 24, quotaCores: 20 },
      { account: 'acme', of: 'lowPriority', neededCores: 20, quotaCores: 8 },
      { account: 'acme', of: 'standardDSv5Family', neededCores: 24, quotaCores: null },
    ]);
  });

  test('ACC-02 in user-subscription mode no Batch quota binds', () => {
    const plan = flight(`account: { poolAllocationMode: usersubscription, dedicatedCoreQuota: 1 }
pools: [{ id: a, vmSize: Standard_D4s_v5, targetDedicatedNodes: 3 }]
`);
    expect([plan.findings, plan.cores[0]?.quotaCores]).toEqual([[], null]);
  });

  test('ACC-02, RSZ-05 there the quotas of the subscription do, each with its error and the key to raise', () => {
    const plan = flight(`account:
  poolAllocationMode: UserSubscription
  subscription: { coreQuota: 40, spotCoreQuota: 4, coreQuotaPerVMFamily: [{ name: standardDSv5Family, coreQuota: 8 }] }
pools: [{ id: a, vmSize: Standard_D4s_v5, targetDedicatedNodes: 3, targetLowPriorityNodes: 2 }]
`);
    const about = { kind: 'poolCut', account: 'account', pool: 'a', ofSubscription: true };
    expect(plan.findings).toEqual([
      { ...about, code: 'AccountVMSeriesCoreQuotaReached', wanted: 3, granted: 2 },
      { ...about, code: 'AccountSpotCoreQuotaReached', wanted: 2, granted: 1 },
    ]);
    expect(plan.diagnostics.map(({ hint }) => hint?.split(' ')[1])).toEqual([
      ...['subscription.coreQuotaPerVMFamily', 'subscription.spotCoreQuota'],
    ]);
    expect(plan.cores.map(({ quotaCores }) => quotaCores)).toEqual([40, 4, 8]);
  });

  test('a thousand nodes do not arrive within the default resize timeout (timing row 9)', () => {
    const text = (more: string) => `account: { dedicatedCoreQuota: 10000 }
pools: [{ id: a, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1000${more} }]
`;
    expect(flight(text('')).findings).toEqual([
      { kind: 'slowResize', account: 'account', pool: 'a', wanted: 1000, inTime: 717 },
    ]);
    expect(flight(text(', resizeTimeout: 30m')).findings).toEqual([]);
    expect(flight(text(', model: { timing: none }')).findings).toEqual([]);
    expect(flight(text(', model: { ready: true }')).findings).toEqual([]);
  });

  test('POOL-10 inter-node communication limits a pool to 100 nodes', () => {
    const plan = flight(
      `pools: [{ id: a, vmSize: Standard_A1_v2, targetDedicatedNodes: 120, enableInterNodeCommunication: true }]\n`,
    );
    expect(plan.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'BS2309 pool a wants 120 nodes and gets 100 (CommunicationEnabledPoolReachedMaxVMCount)',
    ]);
  });
});

describe('start tasks, job managers, multi-instance tasks', () => {
  const kinds = (text: string) => flight(text).diagnostics.map(({ code, message }) => `${code} ${message}`);
  const pool = (more: string) => `pools: [{ id: p, vmSize: Standard_D4s_v5, ${more} }]`;
  const job = (more: string) => `jobs: [{ id: j, poolInfo: { poolId: p }, ${more} }]`;

  test.each([
    [
      'exitCode: 1',
      '',
      ['BS2310 the start task of pool p fails in its only attempt: all its nodes end in starttaskfailed'],
    ],
    ['exitCode: [1, 0]', 'maxTaskRetryCount: 1', []],
    [
      'exitCode: [1, 2, 0]',
      'maxTaskRetryCount: 1',
      ['BS2310 the start task of pool p fails in every attempt: all its nodes end in starttaskfailed'],
    ],
    [
      'missingFile: true',
      'maxTaskRetryCount: 5',
      ['BS2310 the start task of pool p fails in every attempt: all its nodes end in starttaskfailed'],
    ],
    ['exitCode: 1', 'waitForSuccess: false', []],
    ['exitCode: { 0: 1%, 1: 99% }', '', []],
  ])('START-05 a start task with %s, %s', (model, more, found) => {
    expect(
      kinds(pool(`targetDedicatedNodes: 1, startTask: { ${more} }, model: { startTask: { runtime: 1s, ${model} } }`)),
    ).toEqual(found);
  });

  test.each([
    [
      'targetDedicatedNodes: 4',
      ['BS2311 2 tasks of job j can never run: pool p has no inter-node communication (MI-01)'],
    ],
    [
      'targetDedicatedNodes: 4, enableInterNodeCommunication: true, taskSlotsPerNode: 2',
      ['BS2311 2 tasks of job j can never run: nodes of pool p have more than one slot (MI-01)'],
    ],
    [
      'targetDedicatedNodes: 3, enableInterNodeCommunication: true',
      ['BS2311 2 tasks of job j can never run: m1 needs 4 nodes and pool p has 3 (MI-01)'],
    ],
    ['targetDedicatedNodes: 2, targetLowPriorityNodes: 2, enableInterNodeCommunication: true', []],
  ])('MI-01 multi-instance tasks on a pool with %s', (more, found) => {
    const tasks = 'tasks: [{ id: "m{1..2}", multiInstanceSettings: { numberOfInstances: 4 }, model: { runtime: 1m } }]';
    expect(kinds(`${pool(more)}\n${job(tasks)}`)).toEqual(found);
    // An action may still bring the nodes.
    const resize = 'actions: [{ at: +1h, resizePool: { poolId: p, targetDedicatedNodes: 4 } }]';
    expect(kinds(`${pool(more)}\n${job(tasks)}\n${resize}`)).toEqual([]);
  });

  test.each([
    ['', '', []],
    [
      '',
      'containerSettings: { imageName: x },',
      [
        'BS2314 1 task of job j can only fail: t has containerSettings and pool p has no containerConfiguration (TASK-29, ContainerInvalidSettings)',
      ],
    ],
    [
      'containerConfiguration: {}',
      '',
      [
        'BS2314 1 task of job j can only fail: t has no containerSettings and pool p runs containers (TASK-29, ContainerInvalidSettings)',
      ],
    ],
    ['containerConfiguration: {}', 'containerSettings: { imageName: x },', []],
  ])('TASK-29 a pool with "%s" and a task with "%s"', (machine, settings, found) => {
    const containers = `targetDedicatedNodes: 1, virtualMachineConfiguration: { imageReference: { offer: o }, nodeAgentSKUId: a, ${machine} }`;
    expect(kinds(`${pool(containers)}\n${job(`tasks: [{ id: t, ${settings} model: { runtime: 1s } }]`)}`)).toEqual(
      found,
    );
  });

  test('JM-06 a job manager that may not run on spot nodes needs others', () => {
    const manager = job(
      'jobManagerTask: { id: jm, allowLowPriorityNode: false }, model: { jobManagerTask: { runtime: 1m } }',
    );
    expect(kinds(`${pool('targetLowPriorityNodes: 2')}\n${manager}`)).toEqual([
      'BS2312 the job manager of job j needs a dedicated node, and pool p has none (JM-06)',
    ]);
    expect(kinds(`${pool('targetDedicatedNodes: 1')}\n${manager}`)).toEqual([]);
  });

  test('JOB-03 a pool that an action adds is not missing, and one that a formula sizes is not empty', () => {
    const tasks = job('tasks: [{ id: t, model: { runtime: 1s } }]');
    const add = 'actions: [{ at: +1h, addPool: { id: P, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 } }]';
    expect(kinds(`${tasks}\n${add}`)).toEqual([]);
    expect(kinds(`${pool('enableAutoScale: true, autoScaleFormula: x')}\n${tasks}`)).toEqual([]);
    expect(kinds(`${pool('targetDedicatedNodes: 0')}\n${tasks}`)).toEqual([
      'BS2308 pool p has no nodes, and a job waits for it',
    ]);
  });

  test('ERR-14 actions about what is never there', () => {
    const text = `${pool('targetDedicatedNodes: 1')}
jobs: [{ id: "j-{n}", poolInfo: { poolId: p }, model: { arrival: { every: 1h, count: 3 } }, tasks: [{ id: t, model: { runtime: 1s } }] }]
jobSchedules: [{ id: s, jobSpecification: { poolInfo: { poolId: p }, tasks: [{ id: t, model: { runtime: 1s } }] } }]
actions:
  - { at: +1h, deletePool: { poolId: render } }
  - { at: +1h, deletePool: { poolId: gone }, expectError: PoolNotFound }
  - { at: +1h, disableJob: { jobId: J-2, disableTasks: wait } }
  - { at: +1h, enableJob: { jobId: "s:job-1" } }
  - { at: +1h, enableJob: { jobId: j-x } }
  - { at: +1h, disableJobSchedule: { jobScheduleId: t } }
`;
    expect(kinds(text)).toEqual([
      'BS2313 deletePool is about pool "render", which is never there: Batch answers 404',
      'BS2313 enableJob is about job "j-x", which is never there: Batch answers 404',
      'BS2313 disableJobSchedule is about job schedule "t", which is never there: Batch answers 404',
    ]);
  });

  test('ERR-04 actions that are refused for what they bring, unless that is expected', () => {
    const text = `${pool('targetDedicatedNodes: 1')}
jobs: [{ id: j, poolInfo: { poolId: p }, tasks: [{ id: t, model: { runtime: 1s } }] }]
actions:
  - { at: +1h, addPool: { id: q, vmSize: Standard_Nothing, targetDedicatedNodes: 1 } }
  - { at: +1h, addJob: { id: k, poolInfo: { poolId: p }, priority: 5000 }, expectError: OutOfRangePriority }
  - { at: +1h, addJob: { id: l, poolInfo: { poolId: p }, priority: 5000 } }
`;
    expect(kinds(text)).toEqual([
      'BS2315 addPool will be refused with InvalidPropertyValue: vmSize: there is no such size in the catalogue',
      'BS2315 addJob will be refused with OutOfRangePriority: priority: the priority is out of range; it is a whole number from -1000 to 1000',
    ]);
  });

  test('DEP-05 parents may come with an action or a job manager', () => {
    const tasks =
      'usesTaskDependencies: true, tasks: [{ id: t, dependsOn: { taskIds: [late] }, model: { runtime: 1s } }]';
    const file = (more: string) => `${pool('targetDedicatedNodes: 1')}\n${job(tasks)}\n${more}`;
    expect(flight(file('')).findings.map(({ kind }) => kind)).toEqual(['missingParents']);
    const add = 'actions: [{ at: +1h, addTasks: { jobId: j, tasks: [{ id: late, model: { runtime: 1s } }] } }]';
    expect(flight(file(add)).findings).toEqual([]);
  });

  test.each([
    [
      'EXIT-04 a failure that satisfies',
      'exitConditions: { default: { dependencyAction: satisfy } }',
      'exitCode: 1',
      [],
    ],
    ['TASK-06 a missing file', '', 'missingFile: true', ['failingParents']],
    ['EXIT-08 an upload that fails', '', 'uploadError: true', ['failingParents']],
    ['a node on which it succeeds', '', 'exitCode: 1, nodes: { n0: { exitCode: 0 } }', []],
  ])('DEP-03 a parent with %s', (_what, more, model, found) => {
    const parent = `{ id: a, ${more === '' ? '' : `${more}, `}model: { runtime: 1s, ${model} } }`;
    const tasks = `usesTaskDependencies: true, tasks: [${parent}, { id: b, dependsOn: { taskIds: [a] }, model: { runtime: 1s } }]`;
    const plan = flight(`${pool('targetDedicatedNodes: 1')}\n${job(tasks)}`);
    expect(plan.findings.map(({ kind }) => kind)).toEqual(found);
  });
});

describe('what never ends is refused before the run', () => {
  const pool = (more: string) => `pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1, ${more} }]`;
  const start = (model: string) => pool(`startTask: { maxTaskRetryCount: -1 }, model: { startTask: { ${model} } }`);

  test.each([
    ['START-04 a start task that takes no time', start('exitCode: 1'), ['BS2008']],
    ['START-04 a start task in a run without an end', start('runtime: 1m, exitCode: 1'), ['BS2008']],
    ['a start task that may succeed', start('exitCode: { 0: 1%, 1: 99% }'), []],
    ['a start task that succeeds at last', start('exitCode: [1, 1, 0]'), []],
    ['an end of the clock', `clock: { until: 1d }\n${start('runtime: 1m, exitCode: 1')}`, []],
    [
      'PREP-08 a preparation task',
      `${pool('taskSlotsPerNode: 1')}\njobs: [{ id: j, poolInfo: { poolId: p }, jobPreparationTask: { constraints: { maxTaskRetryCount: -1 } }, model: { jobPreparationTask: { exitCode: 1 } }, tasks: [{ id: t, model: { runtime: 1s } }] }]`,
      ['BS2008'],
    ],
    [
      'a schedule of more jobs than can be simulated',
      `clock: { until: 100000d }\n${start('exitCode: 0')}\njobSchedules: [{ id: s, schedule: { recurrenceInterval: 1m }, jobSpecification: { poolInfo: { poolId: p }, tasks: [{ id: t, model: { runtime: 1s } }] } }]`,
      ['BS2008'],
    ],
  ])('%s', (_what, text, codes) => {
    const result = load(text);
    expect(result.ok ? [] : result.error.map(({ code }) => code)).toEqual(codes);
  });
});
