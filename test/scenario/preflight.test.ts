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
import { loaded } from './memory-files.js';

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
