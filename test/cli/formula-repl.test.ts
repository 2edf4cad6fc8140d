/** `formula repl`, end to end over a pipe. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Sandbox } from './batchsim.js';

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = new Sandbox();
  sandbox.file('state.yaml', 'PendingTasks: { values: [3, 4] }\n');
  sandbox.file('f.autoscale', '$TargetDedicatedNodes = max($PendingTasks.GetSample(1));\n');
});
afterAll(() => sandbox.remove());

function talk(lines: readonly string[], ...words: readonly string[]) {
  return sandbox.call(['formula', 'repl', ...words], { input: lines.join('\n') });
}

describe('formula repl', () => {
  test('statements are evaluated as they are typed, over several lines where one is not closed', () => {
    expect(talk(['x = 5 * 2', 'y = max(1,', '  x', ') + ', '1', 'y', '', '"a"'])).toEqual({
      ...{ code: 0, stderr: '' },
      stdout: 'x = 10\ny = 11\n11\n"a"\n',
    });
  });

  test('an error has its caret and ends nothing', () => {
    const { code, stdout, stderr } = talk(['x = 1', 'x = nope + 1', 'y = (', ':nope', ':set', ':step 5', 'x']);
    expect([code, stdout]).toEqual([0, 'x = 1\n']);
    expect(stderr).toContain('repl:1:5: error BS3010: there is no variable nope');
    expect(stderr).toContain('^^^^');
  });

  test('the clock is stepped, metrics are set, and :why tells how a value came about', () => {
    const { stdout } = talk(
      [
        ':step 1m',
        ':set PendingTasks 9',
        '$p = avg($PendingTasks.GetSample(9))',
        ':why p',
        ':run',
        ':vars',
        ':quit',
        'never = 1',
      ],
      ...['f.autoscale', '--state', 'state.yaml'],
    );
    expect(stdout).toMatchInlineSnapshot(`
      "$TargetDedicatedNodes = 4 (4 nodes, was 0)
      2026-01-01T00:01:30.000Z
      $p = 5
      at 00:01:30
        1  $p = avg($PendingTasks.GetSample(9))  = 5
            $PendingTasks.GetSample(9)           = [3, 4, 4, 9]  4 of 9 samples (44.44 %), 00:00:00 to 00:01:30: 3, 4, 4, 9
      $TargetDedicatedNodes = 9 (9 nodes, was 4)
      time() = 2026-01-01T00:01:30.000Z
      $TargetDedicatedNodes = 9
      $TargetLowPriorityNodes = 0
      $CurrentDedicatedNodes = 0
      $CurrentLowPriorityNodes = 0
      $TaskSlotsPerNode = 1
      $PendingTasks: 4 samples, the last at 00:01:30: 3, 4, 4, 9
      $p = 5
      "
    `);
  });

  test(':help lists every command, :history every line', () => {
    const { stdout } = talk([':help', 'x = 1', ':history']);
    for (const word of [':vars', ':set', ':step', ':why', ':run', ':history', ':help', ':quit']) {
      expect(stdout).toContain(`\n${word}`);
    }
    expect(stdout).toContain('  1  :help\n  2  x = 1\n  3  :history\n');
  });

  test('a state or a formula that cannot be read is told before anything else', () => {
    expect(talk([], '--state', 'none.yaml').code).toBe(2);
    expect(talk([], 'none.autoscale').code).toBe(2);
    sandbox.file('bad.yaml', 'nope: 1\n');
    expect(talk([], '--state', 'bad.yaml').code).toBe(3);
  });
});
