import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Sandbox } from './batchsim.js';

let box: Sandbox;
beforeAll(() => {
  box = new Sandbox();
  box.file('f.autoscale', '// two\na = 2;\n$TargetDedicatedNodes = a;\n');
});
afterAll(() => box.remove());

describe('formula explain', () => {
  test('tells each statement under its line', () => {
    const { code, stdout, stderr } = box.call(['formula', 'explain', 'f.autoscale']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'next: batchsim formula check f.autoscale\n' });
    expect(stdout).toBe(`Sets the dedicated target; the spot target stays as it is. Running tasks on nodes that go are
queued again (requeue, the default).

2  a = 2;
   a is 2.

3  $TargetDedicatedNodes = a;
   The pool is to have a = 2 dedicated nodes.
`);
  });

  test('--json has the same, from standard input too', () => {
    const { stdout } = box.call(['formula', 'explain', '-', '--json'], { input: 'stop()' });
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      file: '<stdin>',
      statements: [
        { line: 1, statement: 'stop();', story: 'The evaluation ends here, and what was set so far stands.' },
      ],
    });
  });

  test('what is no formula is told with its place, and exits 3; what is not there exits 1', () => {
    const { code, stdout, stderr } = box.call(['formula', 'explain', '-'], { input: 'a = (1;' });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^<stdin>:1:5: error BS3009/);
    expect(box.call(['formula', 'explain', 'gone']).code).toBe(1);
  });

  test('a scenario has many formulas, and is sent to formula check', () => {
    const { code, stderr } = box.call(['formula', 'explain', 's.yaml']);
    expect(code).toBe(2);
    expect(stderr).toContain('hint: batchsim formula check s.yaml');
  });
});
