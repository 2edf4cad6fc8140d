/** `formula test`, end to end. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Sandbox } from './batchsim.js';

const PROGRAM = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const FORMULA = '$p = max(0, $PendingTasks.GetSample(1)); $TargetDedicatedNodes = min(10, $p);\n';
const CASES = `formula: ./pool.autoscale
cases:
  - name: an empty queue needs nothing
    state: { PendingTasks: 0 }
    expect: { TargetDedicatedNodes: 0 }
  - name: 'a "long" queue & <more>, #2'
    state: { PendingTasks: 400 }
    expect: { TargetDedicatedNodes: 12, variables: { $p: 400 } }
`;
const RUN = `formula: ./pool.autoscale
evaluationInterval: 5m
pool: P
simulate:
  version: 1
  pools: [{ id: p, vmSize: Standard_D2s_v5, targetDedicatedNodes: 3, model: { timing: none } }]
  jobs: [{ id: j, poolInfo: { poolId: p }, tasks: [{ id: "t-{1..20}", model: { runtime: 7m } }] }]
properties: { reachesZeroWithin: 10m after last task, neverAbove: 9, p95Wait: "< 1h" }
`;

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = new Sandbox();
  sandbox.file('pool.autoscale', FORMULA);
  sandbox.file('cases.yaml', CASES);
  sandbox.file('good.yaml', CASES.replace('Nodes: 12', 'Nodes: 10'));
  sandbox.file('run.yaml', RUN);
});
afterAll(() => sandbox.remove());

const run = (...words: readonly string[]) => sandbox.call(['formula', 'test', ...words]);

describe('formula test', () => {
  test('a line each, what differs below it, the counts last; exit 4', () => {
    expect(run('cases.yaml')).toEqual({
      code: 4,
      stdout: `cases.yaml
  ok    an empty queue needs nothing
  FAIL  a "long" queue & <more>, #2
        TargetDedicatedNodes: expected 12, got 10
        at cases.yaml:6:11
1 passed, 1 failed
`,
      stderr: '',
    });
    expect(run('good.yaml')).toMatchObject({ code: 0, stdout: expect.stringMatching(/\n2 passed, 0 failed\n$/) });
  });

  test('ASC-02 a run is simulated with the formula in the place of what the pool had, and judged', () => {
    const { code, stdout } = run('run.yaml');
    expect(code).toBe(4);
    expect(stdout).toMatch(/^run\.yaml\n {2}ok {4}reachesZeroWithin: 10m after last task {2}\(the last task ended at /);
    expect(stdout).toMatch(/FAIL {2}neverAbove: 9\n {8}its highest target was 10, at 0:\d\d\n {8}at run\.yaml:8:/);
    expect(stdout).toMatch(/ok {4}p95Wait: < 1h {2}\(the 95th percentile of 20 waits is /);
  });

  test('a property under violates passes where it does not hold, and fails where it does', () => {
    sandbox.file('mistake.yaml', `${RUN}violates: { neverAbove: 9, p95Wait: "< 2h" }\n`.replace('neverAbove: 9, ', ''));
    const { code, stdout } = run('mistake.yaml');
    expect(code).toBe(4);
    expect(stdout).toMatch(/ok {4}violates neverAbove: 9 {2}\(its highest target was 10, at 0:\d\d\)\n/);
    expect(stdout).toMatch(
      /FAIL {2}violates p95Wait: < 2h\n {8}it holds: move it to properties\n {8}the 95th percentile of 20 waits is /,
    );
  });

  test('the same results for machines: JSON, TAP, JUnit', () => {
    const json = JSON.parse(run('--reporter', 'json', 'cases.yaml').stdout);
    expect(json).toMatchObject({ schemaVersion: 1, passed: 1, failed: 1, files: [{ file: 'cases.yaml' }] });
    expect(json.files[0].results[1]).toMatchObject({ kind: 'case', ok: false, place: 'cases.yaml:6:11' });
    expect(JSON.parse(run('--json', 'cases.yaml').stdout)).toEqual(json);
    expect(run('--reporter', 'tap', 'cases.yaml').stdout).toBe(`TAP version 14
1..2
ok 1 - cases.yaml: an empty queue needs nothing
not ok 2 - cases.yaml: a "long" queue & <more>, \\#2
  ---
  severity: fail
  at: "cases.yaml:6:11"
  message: "TargetDedicatedNodes: expected 12, got 10"
  ...
`);
    expect(run('--reporter', 'junit', 'cases.yaml').stdout).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="batchsim formula test" tests="2" failures="1" errors="0">
  <testsuite name="cases.yaml" tests="2" failures="1" errors="0">
    <testcase classname="cases.yaml" name="an empty queue needs nothing"/>
    <testcase classname="cases.yaml" name="a &quot;long&quot; queue &amp; &lt;more&gt;, #2">
      <failure message="TargetDedicatedNodes: expected 12, got 10">TargetDedicatedNodes: expected 12, got 10
at cases.yaml:6:11</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  test('a file that cannot be tested is told with its place, is a failure for machines, and exits 3', () => {
    sandbox.file('bad.yaml', CASES.replace('state: { PendingTasks: 0 }', 'stat: 1'));
    const { code, stdout, stderr } = run('bad.yaml', 'good.yaml');
    expect([code, stdout]).toEqual([3, expect.stringMatching(/^good\.yaml\n[\s\S]*2 passed, 0 failed\n$/)]);
    expect(stderr).toMatch(/^bad\.yaml:4:5: error BS2003: unknown key "stat"/);
    expect(run('--reporter', 'junit', 'bad.yaml').stdout).toContain('tests="1" failures="0" errors="1"');
    expect(run('none.yaml')).toMatchObject({ code: 3, stdout: '' });
  });

  test('what is wrong with the run is told at its place', () => {
    sandbox.file('no-pool.yaml', RUN.replace('pool: P', 'pool: pp'));
    sandbox.file('bad-world.yaml', RUN.replace('vmSize: Standard', 'vmSze: Standard'));
    sandbox.file('bad-formula.yaml', RUN.replace('./pool.autoscale', '"x = (;"'));
    expect(run('no-pool.yaml').stderr).toContain('no-pool.yaml:5:3: error BS1015: the scenario has no pool pp\n');
    expect(run('bad-world.yaml').stderr).toContain('bad-world.yaml:6:20: error BS2003: unknown key "vmSze"');
    const formula = run('bad-formula.yaml');
    expect([formula.code, formula.stderr]).toEqual([3, expect.stringContaining('bad-formula.yaml:1:16: error BS3007')]);
  });

  test('--update writes down what came out, and nothing else', () => {
    sandbox.file('update.yaml', `# ours\n${CASES}  - name: new\n`);
    const { code, stderr } = run('--update', 'update.yaml');
    expect([code, stderr]).toEqual([0, 'updated 2 of 3 cases in update.yaml\n']);
    expect(sandbox.read('update.yaml')).toBe(
      `# ours\n${CASES.replace('Nodes: 12', 'Nodes: 10')}  - name: new\n    expect: { TargetDedicatedNodes: 0, TargetLowPriorityNodes: 0 }\n`,
    );
    expect(run('--update', 'update.yaml').stderr).toBe('');
  });

  test('--watch runs again when the formula changes, and Ctrl-C ends it well', async () => {
    sandbox.file('watched.yaml', CASES.replace('./pool', './watched'));
    sandbox.file('watched.autoscale', FORMULA);
    const child = spawn(process.execPath, [PROGRAM, 'formula', 'test', '--watch', 'watched.yaml'], {
      cwd: sandbox.folder,
    });
    let [stdout, stderr, rounds] = ['', '', 0];
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
      const waits = stderr.split('waiting for a change').length - 1;
      if (waits === rounds) return;
      rounds = waits;
      if (rounds === 1) sandbox.file('watched.autoscale', FORMULA.replace('10', '12'));
      else child.kill('SIGINT');
    });
    const code = await new Promise((done) => child.on('close', done));
    expect(code).toBe(0);
    expect(stdout).toContain('1 passed, 1 failed\nwatched.yaml');
    expect(stdout).toMatch(/2 passed, 0 failed\n$/);
    expect(stderr).toContain('watched.autoscale changed');
  });

  test('the schema of test files is printed for editors', () => {
    const { code, stdout } = sandbox.call(['schema', 'formula-test']);
    expect([code, JSON.parse(stdout)['title']]).toEqual([0, 'batchsim formula test']);
  });
});
