// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the scenario format has references of this form
import { describe, expect, test } from 'vitest';
import { renderDiagnostic } from '../../src/base/index.js';
import { DEFAULT_OPTIONS, type ModelOptions, type Scenario } from '../../src/model/index.js';
import { preflight } from '../../src/scenario/index.js';
import { load, loaded } from './memory-files.js';

/** Every part of the format in one file. */
const EXAMPLE = `# yaml-language-server: $schema=./.batchsim/scenario.schema.json
version: 1
name: render
include: [./common/pricing.yaml]
vars: { spotMax: 160, frames: 20000 }
clock: { start: 2026-01-05T00:00:00Z, until: 12h }   # until: stop even if work remains
seed: 42                                             # one seed; every stream derives from it by name
account:                                             # several: accounts: [{ name, …, pools, jobs, jobSchedules, actions }]
  name: contoso
  dedicatedCoreQuota: 400
  lowPriorityCoreQuota: 1000
  poolQuota: 20
  activeJobAndJobScheduleQuota: 100
prices:                                              # USD per node-hour; per-second billing
  table: builtin                                     # or file: prices.csv
  region: eastus
  overrides: { Standard_D4s_v5: { dedicated: 0.230, spot: 0.046 } }
model: { timing: typical }                           # typical | none | a map of the latencies of SIM-06; pools may override
pools:
  - id: render
    vmSize: Standard_D4s_v5
    taskSlotsPerNode: 4
    taskSchedulingPolicy: { nodeFillType: spread }
    enableAutoScale: true
    autoScaleEvaluationInterval: 5m                  # 5m .. 168h
    autoScaleFormula: |                              # or { file: ./render.autoscale }
      cap = 160;
      $s = $PendingTasks.GetSamplePercent(180 * TimeInterval_Second);
      $p = $s < 70 ? max(0, $PendingTasks.GetSample(1)) : max($PendingTasks.GetSample(180 * TimeInterval_Second));
      $TargetLowPriorityNodes = min(cap, $p / 4);
      $NodeDeallocationOption = taskcompletion;
    startTask: { commandLine: ./install.sh, maxTaskRetryCount: 1, waitForSuccess: true }
    model:
      timing: { start: { lognormal: { median: 75s, p95: 133s } } }   # names of SIM-06
      startTask: { runtime: 40s, exitCode: { 0: 99%, 1: 1% } }
      preemption: { rate: 3%/h, share: 50% }         # hazard of each spot VM (0.03 per hour); events come at rate/share and take share of them; or trace: { file: evictions.csv }
      unusable: { weibull: { scale: 900h, shape: 0.8 } }
      capacity: [{ from: +3h, for: 20m, lowPriorityNodes: 40 }]
jobs:
  - id: frames
    poolInfo: { poolId: render }
    priority: 0
    usesTaskDependencies: true
    onAllTasksComplete: terminatejob
    constraints: { maxTaskRetryCount: 2 }
    tasks:
      - id: frame-{1..\${vars.frames}}                # one entry, many tasks; ids count up
        constraints: { maxWallClockTime: 3h, maxTaskRetryCount: 2 }
        model:
          arrival: { at: +0s }                       # at | poisson | phases | every | trace
          runtime: { lognormal: { median: 4m, p95: 20m, max: 2h } }
          exitCode: { 0: 99.8%, 1: 0.2% }
          download: 200MB
      - id: encode
        dependsOn: { taskIdRanges: [{ start: 1, end: 20000 }] }
        model: { runtime: 12m }
  - id: thumbs-{n}                                   # arrival on the job: a new job each time
    poolInfo: { poolId: render }
    model:
      arrival:
        phases:
          - { for: 2h, rate: 30/h }
          - { for: 1h, rate: 30/h, rampTo: 120/h }
    tasks: [{ id: "t-{1..40}", model: { runtime: 45s } }]
  - id: recorded
    poolInfo: { poolId: render }
    tasks: { trace: ./trace.csv, timeScale: 0.5 }    # csv, ndjson, SWF, WfFormat
jobSchedules:
  - id: nightly
    schedule: { doNotRunUntil: 2026-01-05T02:00:00Z, recurrenceInterval: 24h, startWindow: 1h }
    jobSpecification: { poolInfo: { poolId: render }, jobManagerTask: { id: jm, commandLine: ./plan.sh } }
    model: { jobManagerTask: { runtime: 2m, actions: [{ at: +30s, addTasks: { tasks: [{ id: "n-{1..50}", model: { runtime: 3m } }] } }] } }
actions:                                             # what an operator does, and what fate does
  - { at: +2h, disableNodeScheduling: { poolId: render, node: n3, nodeDisableSchedulingOption: taskcompletion } }
  - { at: +3h, preemptNodes: { poolId: render, count: 10 } }
expect:                                              # any miss => exit 4
  - makespan <= 7h
  - wait.p95 < 8m
  - cost.total < 70 USD
  - tasks.failed <= 0.5%
report: { step: 30s, gantt: auto, formats: [csv, json, html, trace] }
sweep: { vary: { vars.spotMax: [80, 160, 320], "pools.render.autoScaleEvaluationInterval": [5m, 15m] }, reps: 5 }
`;
const FILES = {
  'common/pricing.yaml': 'prices: { preemptibleDiscount: 70% }\n',
  'trace.csv': 'id,submit_s,runtime_s\na,0,60\nb,20,30\n',
};
const H = 3_600_000;

/** A scenario as plain data, so that two can be compared. */
function plain({ name: _, ...scenario }: Scenario): unknown {
  return JSON.parse(JSON.stringify(scenario, (_key, value) => (value instanceof Map ? [...value] : value)));
}

describe('the whole format', () => {
  test('the example of the format loads without errors', () => {
    const result = load(EXAMPLE, FILES);
    expect(result.ok ? [] : result.error.map(renderDiagnostic)).toEqual([]);
    if (!result.ok) return;
    const [account] = result.value.scenario.accounts;
    const [pool] = account?.pools ?? [];
    expect(pool).toMatchObject({
      autoScale: { evaluationIntervalMs: 300_000 },
      startTask: { maxTaskRetryCount: 1 },
      faults: { preemption: { kind: 'rate', share: 0.5 }, unusable: { kind: 'weibull' } },
    });
    expect(pool?.autoScale?.formula).toContain('$TargetLowPriorityNodes = min(cap, $p / 4);\n');
    expect(account?.jobs.map(({ id, onAllTasksComplete }) => [id, onAllTasksComplete])).toEqual([
      ['frames', 'terminatejob'],
      ['thumbs-{n}', 'noaction'],
      ['recorded', 'noaction'],
    ]);
    expect(account?.jobSchedules[0]?.schedule).toEqual({
      doNotRunUntilMs: 2 * H,
      doNotRunAfterMs: null,
      startWindowMs: H,
      recurrenceIntervalMs: 24 * H,
    });
    expect(account?.actions.map(({ atMs, operation }) => [atMs, operation.kind])).toEqual([
      [2 * H, 'disableNodeScheduling'],
      [3 * H, 'preemptNodes'],
    ]);
    expect(result.value.warnings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'BS3039 a fraction of a node is cut off: where this is 0.9, $TargetLowPriorityNodes is 0',
      'BS2206 sweep has no effect on a single run, which takes the values as they stand elsewhere',
    ]);
  });

  test('what really ran loads to the same scenario, and resolves to itself', () => {
    const first = loaded(EXAMPLE, FILES);
    const again = loaded(first.resolvedYaml, FILES);
    expect(plain(again.scenario)).toEqual(plain(first.scenario));
    expect(again.resolvedYaml).toBe(first.resolvedYaml);
    expect(first.resolvedYaml).toContain('    autoScaleFormula: |\n      cap = 160;\n');
  });

  test('preflight counts what schedules and job managers bring, at most', () => {
    const { scenario, places } = loaded(EXAMPLE, FILES);
    const plan = preflight(scenario, places);
    // 20,001 frames, 135 jobs of 40 thumbs by the mean, 2 recorded tasks, and one night of a manager with 50 tasks.
    expect(plan).toMatchObject({ autoScaledPools: 1, jobCount: 1 + 135 + 1 + 1, exact: false });
    expect(plan.taskCount).toBeCloseTo(20_001 + 135 * 40 + 2 + 51, 6);
    expect(plan.summary).toBe('about 25,454 tasks in 138 jobs on 1 pool (1 sized by a formula)');
    // The example's last task waits for ids that are numbers, and its frames have other ids.
    expect(plan.findings.map(({ kind }) => kind)).toEqual(['missingParents']);
  });
});

describe('accounts', () => {
  test('several accounts carry all parts of their own', () => {
    const account = (name: string) => `
  - name: ${name}
    pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 }]
    jobs: [{ id: j, poolInfo: { poolId: p }, tasks: [{ id: t, model: { runtime: 1s } }] }]
    jobSchedules: [{ id: s, jobSpecification: { poolInfo: { poolId: p }, tasks: [{ id: t, model: { runtime: 1s } }] } }]
    actions: [{ at: +1h, deletePool: { poolId: p } }]
    certificates: [ab12, { thumbprint: cd34, thumbprintAlgorithm: sha1 }]`;
    const { accounts } = loaded(`accounts:${account('a')}${account('b')}\n`).scenario;
    expect(accounts.map((one) => [one.name, one.jobSchedules.length, one.actions.length, one.certificates])).toEqual([
      ['a', 1, 1, ['ab12', 'cd34']],
      ['b', 1, 1, ['ab12', 'cd34']],
    ]);
  });
});

describe('options', () => {
  const read = (options: string): ModelOptions =>
    loaded(`model: { options: { ${options} } }\npools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 }]`)
      .scenario.options;

  test.each<[string, Partial<ModelOptions>]>([
    ['', {}],
    ['taskLifetime: none', { taskLifetimeMs: null }],
    ['restoreWindow: 48h', { restoreWindowMs: 48 * H }],
    ['restoreWindow: none', { restoreWindowMs: null }],
    ['sampleDelay: 60s, sampleLoss: 25%', { sampleDelayMs: 60_000, sampleLoss: 0.25 }],
    ['taskEndedCategory: serverError', { taskEndedCategory: 'servererror' }],
    ['preemptedHoldsQuota: false, addToDisabledJob: false', { preemptedHoldsQuota: false, addToDisabledJob: false }],
    ['jmEvictsOnRestart: false, rebootUnusable: false', { jmEvictsOnRestart: false, rebootUnusable: false }],
    ['multiInstanceReservation: true, allowReimage: false', { multiInstanceReservation: true, allowReimage: false }],
    ['maxApplications: 20, appPackageLowerCase: false', { maxApplications: 20, appPackageLowerCase: false }],
    ['onActionError: fail, jobOrder: random', { onActionError: 'fail', jobOrder: 'random' }],
    ['bandwidth: 1MB/s, statsDelay: 30m, preemptibleDiscount: 50%', {}],
  ])('%s', (text, options) => {
    expect(read(text)).toEqual({ ...DEFAULT_OPTIONS, ...options });
  });

  test('every option of the model can be set in a scenario', () => {
    const names = [
      ...['taskOrder: ready', 'jobOrder: random', 'taskLifetime: 1d', 'killedExitCode: 9'],
      ...['taskEndedCategory: servererror', 'preemptedHoldsQuota: false', 'restoreWindow: 1h'],
      ...['addToDisabledJob: false', 'jmEvictsOnRestart: false', 'multiInstanceReservation: true'],
      ...['rebootUnusable: false', 'allowReimage: false', 'maxApplications: 1', 'appPackageLowerCase: false'],
      ...['sampleDelay: 1s', 'sampleLoss: 1%', 'onActionError: fail'],
    ];
    const options = read(names.join(', '));
    for (const [name, value] of Object.entries(options))
      expect(value, name).not.toEqual(DEFAULT_OPTIONS[name as keyof ModelOptions]);
    expect(Object.keys(options).sort()).toEqual(Object.keys(DEFAULT_OPTIONS).sort());
  });
});
