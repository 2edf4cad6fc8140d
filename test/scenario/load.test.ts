// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the scenario format has references of this form
import { describe, expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../src/model/index.js';
import { loadScenarioText } from '../../src/scenario/index.js';
import { codesOf, load, loaded, memoryFiles, problemsOf } from './memory-files.js';

const POOL = 'pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 2 }]';
const JOB = 'jobs: [{ id: j, poolInfo: { poolId: p }, tasks: [{ id: t, model: { runtime: 1m } }] }]';

describe('diagnostics', () => {
  test('every problem is told at once, each with place, caret, code and remedy', () => {
    const text = `version: 1
pools:
  - id: render
    vmSze: Standard_D4s_v5
    taskSlotsPerNode: four
  - id: night
    vmSize: Standard_D4s_v55
    targetDedicatedNodes: 2
    enableAutoScale: 1
    taskSchedulingPolicy: { nodeFillType: Spred }
jobs:
  - id: j
    priority: 2000
    poolInfo: { poolId: night }
    tasks:
      - id: t-{1..5}
        model: { runtime: 30, exitCode: { 0: 50%, 1: 10% } }
      - id: T-3
        dependsOn: { taskIds: [a] }
        model: { runtime: { lognorml: { median: 5m, p95: 9m } } }
`;
    expect(problemsOf(text)).toBe(`
s.yaml:4:5: error BS2003: unknown key "vmSze" in pools.render
  |
4 |     vmSze: Standard_D4s_v5
  |     ^^^^^
  = hint: did you mean "vmSize"?
s.yaml:5:23: error BS2004: pools.render.taskSlotsPerNode: "four" is not a whole number
  |
5 |     taskSlotsPerNode: four
  |                       ^^^^
s.yaml:7:13: error BS2105: there is no VM size "Standard_D4s_v55" in the catalogue (POOL-24)
  |
7 |     vmSize: Standard_D4s_v55
  |             ^^^^^^^^^^^^^^^^
  = hint: did you mean "Standard_D4s_v5"?
s.yaml:9:22: error BS2004: pools.night.enableAutoScale: 1 is neither true nor false
  |
9 |     enableAutoScale: 1
  |                      ^
s.yaml:10:43: error BS2005: pools.night.taskSchedulingPolicy.nodeFillType: "Spred" is not one of spread, pack
   |
10 |     taskSchedulingPolicy: { nodeFillType: Spred }
   |                                           ^^^^^
   = hint: did you mean "spread"?
s.yaml:13:15: error BS2107: jobs.j.priority is 2000: the priority is out of range; it is a whole number from -1000 to 1000 (JOB-04, OutOfRangePriority)
   |
13 |     priority: 2000
   |               ^^^^
s.yaml:17:27: error BS2005: jobs.j.tasks.t-{1..5}.model.runtime: "30" has no unit
   |
17 |         model: { runtime: 30, exitCode: { 0: 50%, 1: 10% } }
   |                           ^^
   = hint: write 30s for seconds, 30m for minutes or 30h for hours
s.yaml:17:43: error BS2015: jobs.j.tasks.t-{1..5}.model.exitCode: the chances sum to 60 %, not to 100 %
   |
17 |         model: { runtime: 30, exitCode: { 0: 50%, 1: 10% } }
   |                                           ^
s.yaml:18:13: error BS2102: the task id "T-3" is taken in jobs.j (409 TaskExists; case does not count)
   |
18 |       - id: T-3
   |             ^^^
   = hint: rename one of the two
s.yaml:20:29: error BS2003: unknown key "lognorml" in jobs.j.tasks.T-3.model.runtime
   |
20 |         model: { runtime: { lognorml: { median: 5m, p95: 9m } } }
   |                             ^^^^^^^^
   = hint: did you mean "lognormal"?
`);
  });

  test('what Batch would refuse is refused with its code and the rule', () => {
    const text = `account: { poolQuota: 2, activeJobAndJobScheduleQuota: 1 }
pools:
  - { id: re nder, vmSize: standard_d4s_v5, targetDedicatedNodes: 1 }
  - { id: p, vmSize: Standard_D4s_v5, taskSlotsPerNode: 17, resizeTimeout: 1m, targetDedicatedNodes: 1 }
  - { id: P, vmSize: Standard_D4s_v5 }
jobs:
  - id: j
    poolInfo: { poolId: p }
    tasks:
      - { id: t, dependsOn: { taskIds: [a] }, model: { runtime: 1m } }
      - { id: 007, constraints: { maxWallClockTime: 0s }, model: { runtime: 1m } }
  - { id: k, poolInfo: { poolId: p }, tasks: [{ id: t, model: { runtime: 1s } }] }
`;
    expect(problemsOf(text)).toBe(`
s.yaml:3:11: error BS2101: "re nder" cannot be an id: Batch refuses " " in it (ACC-17, InvalidPropertyValue)
  |
3 |   - { id: re nder, vmSize: standard_d4s_v5, targetDedicatedNodes: 1 }
  |           ^^^^^^^
  = hint: use letters, digits, hyphens and underscores; other words fit in displayName
s.yaml:4:57: error BS2106: taskSlotsPerNode of pools.p is 17; a node of 4 cores has at most 16 (ACC-13, InvalidPropertyValue)
  |
4 |   - { id: p, vmSize: Standard_D4s_v5, taskSlotsPerNode: 17, resizeTimeout: 1m, targetDedicatedNodes: 1 }
  |                                                         ^^
  = hint: lower it, or take a larger VM size
s.yaml:4:76: error BS2109: resizeTimeout of pools.p is 1m; Batch accepts 5m to 168h (RSZ-03, InvalidPropertyValue)
  |
4 |   - { id: p, vmSize: Standard_D4s_v5, taskSlotsPerNode: 17, resizeTimeout: 1m, targetDedicatedNodes: 1 }
  |                                                                            ^^
  = hint: the default is 15m
s.yaml:5:7: error BS2108: pools.P has no target (POOL-06)
  |
5 |   - { id: P, vmSize: Standard_D4s_v5 }
  |       ^^
  = hint: add targetDedicatedNodes: 10, or targetLowPriorityNodes
s.yaml:5:7: error BS2103: account "account" has 3 pools and a poolQuota of 2 (ACC-11, PoolQuotaReached)
  |
5 |   - { id: P, vmSize: Standard_D4s_v5 }
  |       ^^
  = hint: raise account.poolQuota, or take pools out
s.yaml:5:11: error BS2102: the id "P" is taken (409 PoolExists; case does not count)
  |
5 |   - { id: P, vmSize: Standard_D4s_v5 }
  |           ^
  = hint: rename one of the two
s.yaml:10:18: error BS2111: jobs.j.tasks.t depends on other tasks and jobs.j has no usesTaskDependencies: true (DEP-01, TaskDependenciesNotSpecifiedOnJob)
   |
10 |       - { id: t, dependsOn: { taskIds: [a] }, model: { runtime: 1m } }
   |                  ^^^^^^^^^
   = hint: add usesTaskDependencies: true to the job
s.yaml:11:15: error BS2101: 007 is read as the number 7, and an id is a text
   |
11 |       - { id: 007, constraints: { maxWallClockTime: 0s }, model: { runtime: 1m } }
   |               ^^^
   = hint: write it in quotes: "007"
s.yaml:11:53: error BS2116: jobs.j.tasks.7.constraints.maxWallClockTime is 0s: it is longer than 0; leave it out for no limit (TASK-11, InvalidConstraintValue)
   |
11 |       - { id: 007, constraints: { maxWallClockTime: 0s }, model: { runtime: 1m } }
   |                                                     ^^
s.yaml:12:7: error BS2104: this job is the 2nd active one of account "account", whose activeJobAndJobScheduleQuota is 1 (ACC-10, ActiveJobAndScheduleQuotaReached)
   |
12 |   - { id: k, poolInfo: { poolId: p }, tasks: [{ id: t, model: { runtime: 1s } }] }
   |       ^^
   = hint: raise account.activeJobAndJobScheduleQuota, or take jobs out
`);
  });

  test.each([
    ['a text without tables', '42', ['1:1 BS2004']],
    ['an empty file', '', ['1:1 BS2006']],
    ['a list', '[1, 2]', ['1:1 BS2004']],
    ['a key that stands twice', `name: a\nname: b\n${POOL}`, ['2:1 BS2002']],
    ['an open bracket', 'pools: [', ['1:9 BS2002']],
    ['two documents', `${POOL}\n---\n${POOL}`, ['2:1 BS2002']],
    ['an alias without an anchor', `name: *x\n${POOL}`, ['1:7 BS2002']],
    ['a zero byte', 'name: a\u0000b', ['1:8 BS2002']],
    ['another version', `version: 2\n${POOL}`, ['1:10 BS2014']],
    ['neither pools nor jobs', 'name: x', ['1:1 BS2006']],
    ['accounts beside pools', `accounts: [{ name: a }]\n${POOL}`, ['2:1 BS2013']],
    ['a variable that is not there', `name: "\${vars.x}"\n${POOL}`, ['1:7 BS2011']],
    ['an environment variable that is not set', `name: "\${env.X}"\n${POOL}`, ['1:7 BS2011']],
    ['a variable made of itself', `vars: { a: "\${vars.a}" }\nname: "\${vars.a}"\n${POOL}`, ['1:12 BS2011']],
    ['a malformed reference', `name: "\${nope}"\n${POOL}`, ['1:7 BS2011']],
    ['a reference in a flow map without quotes', 'clock: { until: ${vars.x} }', ['1:18 BS2002']],
    ['a start that is no time', `clock: { start: tomorrow }\n${POOL}`, ['1:17 BS2005']],
    ['an unknown size in overrides', `prices: { overrides: { D4: { spot: 1 } } }\n${POOL}`, ['1:24 BS2105']],
    [
      'a job that never stops coming',
      `${POOL}\njobs: [{ id: "j-{n}", poolInfo: { poolId: p }, model: { arrival: { every: 5m } }, tasks: [{ id: t, model: { runtime: 1s } }] }]`,
      ['2:68 BS2005'],
    ],
    [
      'jobs that share an id',
      `${POOL}\njobs: [{ id: j, poolInfo: { poolId: p }, model: { arrival: { every: 5m, count: 3 } }, tasks: [{ id: t, model: { runtime: 1s } }] }]`,
      ['2:14 BS2102'],
    ],
    ['a generator that counts down', `${POOL}\n${JOB.replace('id: t,', 'id: "t-{5..1}",')}`, ['2:56 BS2005']],
    ['an id of 65 characters', `${POOL}\n${JOB.replace('id: t,', `id: ${'x'.repeat(65)},`)}`, ['2:56 BS2101']],
    ['a time without a unit', `${POOL}\n${JOB.replace('1m', '60')}`, ['2:77 BS2005']],
    ['a mix of nothing', `${POOL}\n${JOB.replace('1m', '{ mix: [{ weight: 0, of: 1s }] }')}`, ['2:87 BS2015']],
    [
      'a trace that is not there',
      `${POOL}\njobs: [{ id: j, poolInfo: { poolId: p }, tasks: { trace: x.swf } }]`,
      ['2:58 BS2001'],
    ],
    ['a task without runtime', `${POOL}\n${JOB.replace(', model: { runtime: 1m }', '')}`, ['2:52 BS2201']],
    ['more nodes than Azure has', POOL.replace('Nodes: 2', 'Nodes: 1000001'), ['1:65 BS2108']],
    [
      'a failing task that is retried for ever and takes no time',
      `${POOL}\n${JOB.replace('model: { runtime: 1m }', 'constraints: { maxTaskRetryCount: -1 }, model: { runtime: 0s, exitCode: 1 }')}`,
      ['2:52 BS2008'],
    ],
    [
      'more tasks than can be simulated',
      `${POOL}\njobs: [{ id: "j-{n}", poolInfo: { poolId: p }, model: { arrival: { every: 1s, count: 1000 } }, tasks: [{ id: "t-{1..100000}", model: { runtime: 1s } }] }]`,
      ['2:10 BS2008'],
    ],
    ['a job without tasks', `${POOL}\njobs: [{ id: j, poolInfo: { poolId: p } }]`, ['2:10 BS2204']],
    ['prices of another region', `prices: { region: westeurope }\n${POOL}`, ['1:19 BS2203']],
    ['a size without a price', POOL.replace('Standard_D4s_v5', 'Small'), ['1:26 BS2202']],
  ])('%s', (_what, text, codes) => {
    expect(codesOf(text)).toEqual(codes);
  });
});

describe('what is accepted', () => {
  test('a body as az batch pool show prints it, nulls and read-only keys included', () => {
    const body = {
      allocationState: 'steady',
      applicationPackageReferences: null,
      autoScaleFormula: null,
      creationTime: '2024-01-01T00:00:00Z',
      currentDedicatedNodes: 0,
      enableAutoScale: false,
      id: 'p',
      metadata: [{ name: 'a', value: 'b' }],
      resizeTimeout: '0:15:00',
      startTask: null,
      targetDedicatedNodes: 3,
      taskSchedulingPolicy: { nodeFillType: 'Pack' },
      virtualMachineConfiguration: {
        imageReference: {
          publisher: 'microsoftwindowsserver',
          offer: 'windowsserver',
          sku: '2022-datacenter',
          version: 'latest',
        },
        nodeAgentSkuId: 'batch.node.windows amd64',
      },
      vmSize: 'standard_d2s_v3',
    };
    const [account] = loaded(JSON.stringify({ pools: [body] })).scenario.accounts;
    expect(account?.pools[0]).toMatchObject({
      os: 'windows',
      image: 'marketplace',
      nodeFillType: 'pack',
      resizeTimeoutMs: 900_000,
      targetDedicatedNodes: 3,
    });
    expect(account?.pools[0]?.vmSize.name).toBe('Standard_D2s_v3');
  });

  test('the image decides how a node starts: gallery, managed, or marketplace', () => {
    const image = (id: string) => {
      const text = POOL.replace(
        'id: p,',
        `id: p, virtualMachineConfiguration: { imageReference: { virtualMachineImageId: ${id} }, nodeAgentSKUId: batch.node.ubuntu 22.04 },`,
      );
      return loaded(text).scenario.accounts[0]?.pools[0]?.image;
    };
    expect(image('/subscriptions/x/galleries/g/images/i')).toBe('gallery');
    expect(image('/subscriptions/x/images/i')).toBe('managed');
    expect(loaded(POOL).scenario.accounts[0]?.pools[0]?.image).toBe('marketplace');
  });

  test('TASK-12 constraints without a retry count mean 0, no constraints the job count', () => {
    const tasks =
      '[{ id: a, constraints: { maxWallClockTime: 1h }, model: { runtime: 1s } }, { id: b, model: { runtime: 1s } }]';
    const { scenario } = loaded(
      `${POOL}\njobs: [{ id: j, poolInfo: { poolId: p }, constraints: { maxTaskRetryCount: 3 }, tasks: ${tasks} }]`,
    );
    const job = scenario.accounts[0]?.jobs[0];
    expect(job?.maxTaskRetryCount).toBe(3);
    expect(job?.tasks.map((set) => set.maxTaskRetryCount)).toEqual([0, null]);
    expect(job?.tasks.map((set) => set.maxWallClockTimeMs)).toEqual([3_600_000, null]);
  });

  test('Batch own infinite time limit is no limit', () => {
    const { scenario } = loaded(
      `${POOL}\n${JOB.replace('id: t,', 'id: t, constraints: { maxWallClockTime: P10675199DT2H48M5.4775807S },')}`,
    );
    expect(scenario.accounts[0]?.jobs[0]?.tasks[0]?.maxWallClockTimeMs).toBeNull();
  });

  test('a container takes a task 4.5 s longer to start, unless dispatch is given or timing is none', () => {
    const extra = (model: string) => {
      const text = `model: { timing: ${model} }\n${POOL}\n${JOB.replace('id: t,', 'id: t, containerSettings: { imageName: x },')}`;
      return loaded(text).scenario.accounts[0]?.jobs[0]?.tasks[0]?.dispatchExtraMs;
    };
    expect([extra('typical'), extra('none'), extra('{ dispatch: 1s }'), extra('{ base: none, leave: 1s }')]).toEqual([
      4500, 0, 0, 0,
    ]);
  });

  test('several accounts stand side by side', () => {
    const account = (name: string) => `{ name: ${name}, dedicatedCoreQuota: 8, ${POOL}, ${JOB} }`;
    const { scenario } = loaded(`accounts: [${account('a')}, ${account('b')}]`);
    expect(scenario.accounts.map(({ name, pools, jobs }) => [name, pools.length, jobs.length])).toEqual([
      ['a', 1, 1],
      ['b', 1, 1],
    ]);
  });

  test('clock, options and expectations', () => {
    const text = `clock: { start: 2026-01-05T00:00:00Z, until: 2026-01-05T12:00:00Z, tail: 1h }
model: { options: { taskOrder: ready, taskLifetime: none, killedExitCode: 137 } }
expect: [makespan <= 7h]
report: { step: 30s }
${POOL}
${JOB}`;
    const { scenario, expect: rules } = loaded(text);
    expect(scenario.clock).toEqual({ epochMs: Date.UTC(2026, 0, 5), untilMs: 43_200_000, tailMs: 3_600_000 });
    const given = { taskOrder: 'ready', taskLifetimeMs: null, killedExitCode: 137 };
    expect(scenario.options).toEqual({ ...DEFAULT_OPTIONS, ...given });
    expect(rules.map(({ text: rule, place }) => [rule, place?.span.start !== undefined])).toEqual([
      ['makespan <= 7h', true],
    ]);
    expect(scenario.extras).toEqual({ expect: ['makespan <= 7h'], report: { step: 30_000 } });
    expect(scenario.name).toBe('s');
  });

  test('a trace beside the scenario becomes one set of tasks', () => {
    const trace = '{"id":"a","submit_s":0,"runtime_s":5}\n{"id":"b","submit_s":2,"runtime_s":7}\n';
    const text = `${POOL}\njobs: [{ id: j, poolInfo: { poolId: p }, tasks: { trace: ./t.ndjson, timeScale: 2 } }]`;
    const set = loaded(text, { 't.ndjson': trace }).scenario.accounts[0]?.jobs[0]?.tasks[0];
    expect(set?.count).toBe(2);
    expect(set?.runtime).toEqual(Float64Array.of(10_000, 14_000));
  });

  test('prices from a file come with their line', () => {
    const csv = 'vmSize,os,dedicatedPerHour,preemptiblePerHour\nstandard_d4s_v5,linux,0.2,0.04\n';
    const pool = loaded(`prices: { file: prices.csv }\n${POOL}`, { 'prices.csv': csv }).scenario.accounts[0]?.pools[0];
    expect(pool?.price).toEqual({
      dedicatedPerHourUsd: 0.2,
      spotPerHourUsd: 0.04,
      dedicatedSource: 'prices.csv, line 2',
      spotSource: 'prices.csv, line 2',
      spotAssumed: false,
    });
  });

  test('a broken row of a price file is reported in that file', () => {
    const result = load(`prices: { file: prices.csv }\n${POOL}`, {
      'prices.csv': 'vmSize,dedicatedPerHour\nStandard_D4s_v5,cheap\n',
    });
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.error[0]?.place?.source.name).toBe('prices.csv');
  });

  test('a text without a file is loaded under the name given', () => {
    const result = loadScenarioText('<stdin>', POOL, { files: memoryFiles({}), env: {} });
    expect(result.ok && result.value.scenario.name).toBe('scenario');
  });
});
