/** `formula eval` and `formula repl` on a recorded run, end to end. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Sandbox } from './batchsim.js';

/** Six tasks of ten minutes at 0, one slot per node: the formula asks for as many nodes as tasks are pending, at most four. */
const WORLD = `version: 1
clock: { until: 30m }
model: { timing: none }
pools:
  - id: farm
    vmSize: Standard_D2s_v5
    enableAutoScale: true
    autoScaleEvaluationInterval: PT5M
    autoScaleFormula: $TargetDedicatedNodes = min(4, $PendingTasks.GetSample(1));
jobs:
  - id: film
    poolInfo: { poolId: farm }
    tasks: [{ id: 't{1..6}', model: { runtime: 10m } }]
`;

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = new Sandbox();
  sandbox.file('world.yaml', WORLD);
  sandbox.file('own.autoscale', '$TargetDedicatedNodes = $PendingTasks.Count();');
  const run = sandbox.call(['run', 'world.yaml', '--out', 'run', '--quiet']);
  expect(run.code, run.stderr).toBe(0);
});
afterAll(() => sandbox.remove());

const evaluate = (...words: readonly string[]) => sandbox.call(['formula', 'eval', ...words, '--run', 'run']);

describe('formula eval --run', () => {
  test('ASC-05 makes the last evaluation up to the moment again, by the pool’s own formula', () => {
    const { code, stdout, stderr } = evaluate('--at', '7m', '--trace');
    expect(code, stderr).toBe(0);
    expect(stderr).toBe('the evaluation of farm at 0:05\n');
    expect(stdout).toContain('1 of 1 samples (100 %), 00:05:00: 6');
    expect(stdout).toContain('$TargetDedicatedNodes   = 4');
  });

  test('a formula of one’s own sees what there was at the very moment', () => {
    const { stdout, stderr } = evaluate('own.autoscale', '--at', '7m');
    expect(stderr).toBe('what an evaluation would see of farm at 0:07\n');
    expect(stdout).toContain('$TargetDedicatedNodes   = 14');
  });

  test.each([
    [['--pool', 'barn'], 'there is no pool barn'],
    [['--at', '9h'], '--at: the run ended at 0:30, before 9h'],
    [['--state', 'state.yaml'], 'give either --state or --run, not both'],
  ])('%o is refused with a reason', (words, reason) => {
    const { code, stderr } = evaluate(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
  });

  test('neither a formula nor a run is too little, and --pool means nothing without a run', () => {
    expect(sandbox.call(['formula', 'eval']).stderr).toContain('no formula was named');
    expect(sandbox.call(['formula', 'eval', 'own.autoscale', '--pool', 'farm']).stderr).toContain('--run DIR');
  });
});

test('formula repl --run begins with what the pool’s formula saw', () => {
  const { code, stdout } = sandbox.call(['formula', 'repl', '--run', 'run', '--at', '5m'], {
    input: '$RunningTasks.GetSample(1)\n$PendingTasks.GetSample(1)\n',
  });
  expect(code).toBe(0);
  expect(stdout).toContain('[4]\n[6]\n');
});
