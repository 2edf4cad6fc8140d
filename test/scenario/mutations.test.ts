// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the scenario format has references of this form
import { expect, test } from 'vitest';
import { namedStream, renderDiagnostic } from '../../src/base/index.js';
import { preflight } from '../../src/scenario/index.js';
import { load } from './memory-files.js';

const BASE = `version: 1
name: render
include: ./common.yaml
vars: { frames: 200 }
clock: { start: 2026-01-05T00:00:00Z, until: 12h }
seed: 42
account: { name: contoso, dedicatedCoreQuota: 400, poolQuota: 20 }
prices: { table: builtin, overrides: { Standard_D4s_v5: { dedicated: 0.230, spot: 0.046 } } }
model: { timing: { dispatch: 2s }, options: { taskOrder: ready } }
pools:
  - id: render
    vmSize: Standard_D4s_v5
    taskSlotsPerNode: 4
    targetDedicatedNodes: 5
    model: { capacity: [{ from: +3h, for: 20m, lowPriorityNodes: 40 }], ready: true }
jobs:
  - id: frames
    poolInfo: { poolId: render }
    usesTaskDependencies: true
    constraints: { maxTaskRetryCount: 2 }
    tasks:
      - id: frame-{1..\${vars.frames}}
        model:
          arrival: { poisson: 100/h }
          runtime: { lognormal: { median: 4m, p95: 20m, max: 2h } }
          exitCode: { 0: 99.8%, 1: 0.2% }
      - { id: encode, dependsOn: { taskIds: [frame-1], taskIdRanges: [{ start: 1, end: 3 }] }, model: { runtime: [12m, 3m] } }
  - id: thumbs-{n}
    poolInfo: { poolId: render }
    model: { arrival: { phases: [{ for: 2h, rate: 30/h }, { for: 1h, rate: 30/h, rampTo: 120/h }] } }
    tasks: [{ id: "t-{1..40}", model: { runtime: { mix: [{ weight: 1, of: 45s }] } } }]
  - { id: recorded, poolInfo: { poolId: render }, tasks: { trace: t.csv } }
  - id: steered
    poolInfo: { autoPoolSpecification: { poolLifetimeOption: job, pool: { vmSize: Standard_D2s_v5, targetLowPriorityNodes: 2 } } }
    onTaskFailure: performexitoptionsjobaction
    jobManagerTask: { id: jm, killJobOnCompletion: false }
    jobPreparationTask: { constraints: { maxTaskRetryCount: 1 } }
    jobReleaseTask: { maxWallClockTime: 1m }
    model: { jobManagerTask: { runtime: 2m, actions: [{ at: +30s, addTasks: { tasks: [{ id: "n-{1..50}", model: { runtime: 3m } }] } }] } }
    tasks: [{ id: x, exitConditions: { exitCodes: [{ code: 3, exitOptions: { jobAction: disable } }] }, model: { runtime: 1m, cpu: 2, memory: 8GiB } }]
jobSchedules:
  - { id: nightly, schedule: { doNotRunUntil: +2h, recurrenceInterval: 24h }, jobSpecification: { poolInfo: { poolId: render }, tasks: [{ id: t, model: { runtime: 1s } }] } }
actions:
  - { at: +2h, disableNodeScheduling: { poolId: render, node: n3, nodeDisableSchedulingOption: taskcompletion } }
  - { at: +3h, preemptNodes: { poolId: render, count: 10 } }
  - { at: +4h, addPool: { id: more, vmSize: Standard_D4s_v5, enableAutoScale: true, autoScaleFormula: "$TargetDedicatedNodes = 1;" } }
`;
const FILES = { 'common.yaml': 'account: { name: x }\n', 't.csv': 'id,submit_s,runtime_s\na,0,5\n' };

const HOSTILE = [
  '-1',
  '1e309',
  '99999999999999999999',
  '',
  'null',
  '[]',
  '{}',
  'true',
  '"\\u0000"',
  '*x',
  '&a b',
  '!!binary aGk=',
  '<<: *a',
  '${vars.frames}',
  '"${env.X}"',
  '\t',
  '%',
  '|',
  '>',
  '? x',
  '- - -',
  '__proto__: 1',
  'constructor: 2',
  '{1..999999999}',
  '0',
  '.nan',
  '.inf',
  '9999999999d',
  'PT',
  '١',
  '\u{1f600}',
];

/** One mutation of a text: bytes, lines, keys or values. */
function mutated(text: string, next: () => number): string {
  const at = Math.floor(next() * text.length);
  const lines = text.split('\n');
  const line = Math.floor(next() * lines.length);
  const hostile = HOSTILE[Math.floor(next() * HOSTILE.length)] as string;
  switch (Math.floor(next() * 8)) {
    case 0:
      return text.slice(0, at) + String.fromCharCode(Math.floor(next() * 256)) + text.slice(at + 1);
    case 1:
      return lines.filter((_, i) => i !== line).join('\n');
    case 2:
      return lines.flatMap((one, i) => (i === line ? [one, one] : [one])).join('\n');
    case 3:
      return text.slice(0, at);
    case 4:
      return lines
        .map((one, i) => (i === line ? one.replace(/[A-Za-z]+(?=:)/, (key) => key.slice(1)) : one))
        .join('\n');
    case 5:
      return lines.map((one, i) => (i === line ? one.replace(/: .*$/, `: ${hostile}`) : one)).join('\n');
    case 6:
      return lines.map((one, i) => (i === line ? one.replace(/\d+/, hostile) : one)).join('\n');
    default:
      return text.slice(0, at) + hostile + text.slice(at);
  }
}

test('600 mutated scenarios each end in located diagnostics or a scenario, and never in an exception', () => {
  const stream = namedStream(1, 'mutations');
  const next = () => stream.next();
  expect(load(BASE, FILES).ok).toBe(true);
  let refused = 0;
  for (let i = 0; i < 600; i++) {
    let text = BASE;
    for (let k = Math.floor(next() * 3); k >= 0; k--) text = mutated(text, next);
    const result = load(text, FILES);
    if (result.ok) {
      expect(preflight(result.value.scenario, result.value.places).summary).not.toBe('');
      continue;
    }
    refused += 1;
    const errors = result.error.filter(({ severity }) => severity === 'error');
    expect(errors.length, text).toBeGreaterThan(0);
    for (const error of errors) expect(renderDiagnostic(error), text).toMatch(/^(\S+:\d+:\d+: )?error BS\d{4}: /);
  }
  expect(refused).toBeGreaterThan(200);
});
