/** What is spoilt: the project's own scenarios, and small traces of every format. */
import { readdirSync, readFileSync } from 'node:fs';

const SCENARIOS = new URL('../scenarios/', import.meta.url);

/** Texts to start from: scenarios as `{ kind: 'scenario', name, text }`, traces with their `format` besides. */
export function readCorpus() {
  const scenarios = readdirSync(SCENARIOS, { recursive: true })
    .filter((path) => path.endsWith('.yaml'))
    .sort()
    .map((path) => ({ kind: 'scenario', name: path, text: readFileSync(new URL(path, SCENARIOS), 'utf8') }));
  const spare = { kind: 'scenario', name: 'every-form.yaml', text: EVERY_FORM };
  return [...scenarios, spare, { ...spare, name: 'plain.json', text: JSON_FORM }, ...TRACES];
}

/** Side files that the scenarios above may name; they are not spoilt here. */
export const SIDE_FILES = new Map([
  ['durations.csv', '10\n20\n30\n'],
  ['prices.csv', 'vmSize,os,dedicatedPerHour,preemptiblePerHour\nStandard_D2s_v5,linux,0.1,0.02\n'],
]);

const EVERY_FORM = `version: 1
name: every-form
vars: { n: 12, size: Standard_D2s_v5 }
clock: { start: 2026-01-05T00:00:00Z, until: 3h }
seed: 42
account: { name: contoso, dedicatedCoreQuota: 40, lowPriorityCoreQuota: 10, poolQuota: 4, activeJobAndJobScheduleQuota: 200 }
prices: { table: builtin, region: eastus, overrides: { Standard_D2s_v5: { dedicated: 0.23, spot: 0.046 } } }
model: { timing: { base: typical, alloc: { uniform: { min: 1m, max: 3m } } }, options: { taskOrder: ready, taskLifetime: none } }
x-note: &note { anything: goes }
pools:
  - id: main
    vmSize: \${vars.size}
    taskSlotsPerNode: 2
    targetDedicatedNodes: 5
    targetLowPriorityNodes: 2
    resizeTimeout: PT15M
    taskSchedulingPolicy: { nodeFillType: pack }
    model: { capacity: [{ from: +1m, for: 5m, dedicatedNodes: 3 }] }
  - id: second
    vmSize: Standard_D4s_v5
    targetDedicatedNodes: 2
    model: { ready: true, timing: none }
jobs:
  - id: frames
    poolInfo: { poolId: main }
    priority: 5
    usesTaskDependencies: true
    constraints: { maxTaskRetryCount: 2 }
    tasks:
      - id: "{1..\${vars.n}}"
        requiredSlots: 2
        constraints: { maxWallClockTime: 30m, maxTaskRetryCount: 1 }
        model: { runtime: { lognormal: { median: 4m, p95: 20m, max: 2h } }, exitCode: { 0: 90%, 1: 10% } }
      - id: encode
        dependsOn: { taskIdRanges: [{ start: 1, end: 12 }], taskIds: ["1", "2"] }
        model: { runtime: [{ weibull: { scale: 10m, shape: 0.8 } }, 2m] }
  - id: thumbs-{n}
    poolInfo: { poolId: second }
    model: { arrival: { phases: [{ for: 30m, rate: 30/h }, { for: 30m, rate: 30/h, rampTo: 60/h }] } }
    tasks: [{ id: "t-{01..05}", model: { runtime: { gamma: { shape: 2, scale: 10s } } } }]
  - id: mixed
    poolInfo: { poolId: second }
    tasks:
      - { id: "a-{1..3}", model: { arrival: { every: 10m }, runtime: { mix: [{ weight: 1, of: 10s }, { weight: 2, of: { exponential: { mean: 1m } } }] } } }
      - { id: "b", model: { runtime: { empirical: { values: [1s, 2s, 3s] } } } }
expect: ["makespan <= 7h", "wait.p95 < 8m"]
`;

const JSON_FORM = JSON.stringify(
  {
    version: 1,
    name: 'plain',
    pools: [{ id: 'p', vmSize: 'Standard_D2s_v5', targetDedicatedNodes: 2, model: { ready: true } }],
    jobs: [{ id: 'j', poolInfo: { poolId: 'p' }, tasks: [{ id: 't-{1..20}', model: { runtime: '3m' } }] }],
  },
  null,
  2,
);

const SWF = `; MaxProcs: 16
; a comment
1 0 -1 100 2 -1 -1 2 200 -1 1 1 1 -1 1 -1 -1 -1
2 10 5 50 -1 -1 -1 4 200 -1 1 1 1 -1 1 -1 -1 -1
3 20 -1 -1 4 -1 -1 4 200 -1 5 1 1 -1 1 -1 -1 -1
4 35 0 0 1 -1 -1 1 200 -1 1 1 1 -1 1 -1 -1 -1 extra
`;

const WFFORMAT = JSON.stringify(
  {
    name: 'w',
    schemaVersion: '1.5',
    workflow: {
      specification: {
        tasks: [
          { id: 'a', name: 'a', parents: [], children: ['b', 'c'] },
          { id: 'b', name: 'b', parents: ['a'], children: ['d'] },
          { id: 'c', name: 'c', parents: ['a'], children: ['d'] },
          { id: 'd', name: 'd', parents: ['b', 'c'], children: [] },
        ],
      },
      execution: {
        tasks: [
          { id: 'a', runtimeInSeconds: 1.5 },
          { id: 'b', runtimeInSeconds: 2.25, coreCount: 2 },
          { id: 'c', runtimeInSeconds: 0.0004 },
          { id: 'd', runtimeInSeconds: 3 },
        ],
      },
    },
  },
  null,
  1,
);

const TRACES = [
  { kind: 'trace', format: 'swf', name: 'sample.swf', text: SWF },
  { kind: 'trace', format: 'wfformat', name: 'sample.json', text: WFFORMAT },
  {
    kind: 'trace',
    format: 'wtf',
    name: 'wtf.csv',
    text: 'id,workflow_id,ts_submit,runtime,resource_amount_requested,parents\n100000000000000000001,1,0,1000,1,\n100000000000000000002,1,5,2000,1,100000000000000000001\n3,1,5,2000,1,100000000000000000001;100000000000000000002\n',
  },
  {
    kind: 'trace',
    format: 'opendc',
    name: 'opendc.csv',
    text: 'id,submission_time,duration,cpu_count,cpu_capacity,mem_capacity\n1,1665093600000,60000,16,41600,100000\n2,1665093660000,120000,16,41600,100000\n3,1665093600000,0,8,41600,1\n',
  },
  {
    kind: 'trace',
    format: 'csv',
    name: 'plain.csv',
    text: 'id,submit_s,runtime_s,slots,exit_code,depends_on\na,0,10,1,0,\nb,1,20.5,2,0,a\n"c, quoted",2,5,1,1,a;b\n',
  },
  {
    kind: 'trace',
    format: 'ndjson',
    name: 'plain.ndjson',
    text: '{"id":"a","submit_s":0,"runtime_s":10}\n{"id":"b","submit_s":1,"runtime_s":2.5,"depends_on":["a"]}\n{"id":"c","runtime_ms":100,"slots":2}\n',
  },
];
