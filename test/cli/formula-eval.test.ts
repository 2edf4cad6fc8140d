/** `formula eval`, end to end. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Sandbox } from './batchsim.js';

const FORMULA = `cap = 160;
$s = $PendingTasks.GetSamplePercent(180 * TimeInterval_Second);
$p = $s < 70 ? max(0, $PendingTasks.GetSample(1)) : max($PendingTasks.GetSample(180 * TimeInterval_Second));
$TargetLowPriorityNodes = min(cap, $p / 4);
`;
const STATE = `start: 2026-01-05T00:00:00Z
PendingTasks: { values: [380, 390, 400, 400, 400, 412, 405, 405] }
TargetLowPriorityNodes: 96
`;

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = new Sandbox();
  sandbox.file('f.autoscale', FORMULA);
  sandbox.file('state.yaml', STATE);
});
afterAll(() => sandbox.remove());

const evaluate = (...words: readonly string[]) => sandbox.call(['formula', 'eval', 'f.autoscale', ...words]);

describe('formula eval', () => {
  test('targets against those before, the option, and the variables', () => {
    expect(evaluate('--state', 'state.yaml')).toEqual({
      code: 0,
      stdout: `$TargetDedicatedNodes   = 0        unchanged
$TargetLowPriorityNodes = 103      was 96 (+7)
$NodeDeallocationOption = requeue
$p                      = 412
$s                      = 100
cap                     = 160
`,
      stderr: '',
    });
  });

  test('--trace shows every expression, the samples and the branch, at the moment asked for', () => {
    const { stdout } = evaluate('--state', 'state.yaml', '--at', '1m', '--trace');
    expect(stdout.split('\n\n')[0]).toMatchInlineSnapshot(`
      "  1  cap = 160                                                 = 160
        2  $s = $PendingTasks.GetSamplePercent(180 * TimeInterval_Second)  = 50        3 of 6 samples (50 %), 00:00:00 to 00:01:00: 380, 390, 400
            180 * TimeInterval_Second                                = 00:03:00
        3  $p = $s < 70 ? max(0, $PendingTasks.GetSample(1)) : max($PendingTasks.GetSample(180 * TimeInterval_Second))  = 400       $s < 70 is 1 (true): the part before the colon
            $s < 70                                                  = 1
              $s                                                     = 50
            max(0, $PendingTasks.GetSample(1))                       = 400
              $PendingTasks.GetSample(1)                             = [400]     1 of 1 samples (100 %), 00:01:00: 400
            max($PendingTasks.GetSample(180 * TimeInterval_Second))  not evaluated
        4  $TargetLowPriorityNodes = min(cap, $p / 4)                = 100
            cap                                                      = 160
            $p / 4                                                   = 100
              $p                                                     = 400"
    `);
  });

  test('as JSON, with the whole tree', () => {
    const document = JSON.parse(evaluate('--state', 'state.yaml', '--trace', '--json').stdout);
    expect(document).toMatchObject({
      ...{ schemaVersion: 1, ok: true, now: '2026-01-05T00:03:30.000Z', targetLowPriorityNodes: 103 },
      variables: { $p: { type: 'double', value: 412 } },
    });
    expect(document.trace[2]).toMatchObject({
      ...{ line: 3, column: 1, name: '$p', outcome: 'done' },
      expression: {
        choice: { kind: 'branch', taken: 'false', because: '$s < 70', value: 0 },
        parts: [{ value: 0 }, { outcome: 'skipped' }, { parts: [{ samples: { present: 6, expected: 6 } }] }],
      },
    });
    expect(JSON.parse(evaluate('--state', 'state.yaml', '--json').stdout).trace).toBeUndefined();
  });

  test('a chain of thousands of terms is no trouble', () => {
    const input = `x = ${'1+'.repeat(4000)}1;`;
    for (const form of [[], ['--json']]) {
      const { code, stdout } = sandbox.call(['formula', 'eval', '-', '--trace', ...form], { input });
      expect([code, stdout.includes('4001')]).toEqual([0, true]);
    }
  });

  test('ASC-05 an evaluation that fails says what stays, shows how far it came, and exits 3', () => {
    const input = 'a = 1; $TargetDedicatedNodes = avg($PendingTasks.GetSample(TimeInterval_Minute)); b = 2;';
    const { code, stdout, stderr } = sandbox.call(['formula', 'eval', '-', '--trace'], { input });
    expect(code).toBe(3);
    expect(stdout).toContain('0 of 2 samples (0 %, needs 10 %)');
    expect(stdout).toMatch(/3 {2}b = 2 +not reached/);
    expect(stdout).toContain('failed with InsufficientSampleData; the pool keeps 0 dedicated and 0 spot nodes');
    expect(stderr).toContain('<stdin>:1:59: error BS3021: Insufficient data from data set: $PendingTasks');
  });

  test('what cannot be read or does not compile is told with its place', () => {
    expect(sandbox.call(['formula', 'eval', 'none.autoscale'])).toMatchObject({ code: 2, stdout: '' });
    expect(evaluate('--state', 'none.yaml')).toMatchObject({ code: 2, stdout: '' });
    expect(evaluate('--state', 'state.yaml', '--at', 'noon').stderr).toContain('--at: "noon" is not a duration');
    const syntax = sandbox.call(['formula', 'eval', '-'], { input: 'x = (1' });
    expect([syntax.code, syntax.stderr]).toEqual([3, expect.stringContaining('<stdin>:1:5: error BS3009')]);
    sandbox.file('bad.yaml', 'PendingTaks: 3\n');
    const state = evaluate('--state', 'bad.yaml');
    expect([state.code, state.stderr]).toEqual([3, expect.stringContaining('did you mean "PendingTasks"?')]);
    expect(sandbox.call(['formula', 'eval', '-', '--state', '-'], { input: '' }).code).toBe(2);
  });
});
