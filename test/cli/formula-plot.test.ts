import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderDiagnostic } from '../../src/base/index.js';
import { plot as plotCommand } from '../../src/cli/commands/formula/plot.js';
import { commandSpec } from '../../src/cli/commands.js';
import { readOptions } from '../../src/cli/option-values.js';
import { GLOBAL_OPTIONS } from '../../src/cli/options.js';
import { Output } from '../../src/cli/output.js';
import { parseArgv } from '../../src/cli/program.js';
import { decideTerminal } from '../../src/cli/terminal.js';
import { type Outcome, Sandbox } from './batchsim.js';

/** A pool of one formula, ten tasks after a minute, and a fixed pool beside it. Without latencies, so that times are whole. */
const SCENARIO = `version: 1
name: steps
clock: { until: 1h }
model: { timing: none }
prices: { overrides: { Standard_D2s_v5: { dedicated: 6, spot: 1 } } }
pools:
  - id: scaled
    vmSize: Standard_D2s_v5
    enableAutoScale: true
    autoScaleEvaluationInterval: 5m
    autoScaleFormula: |
      $TargetDedicatedNodes = max(0, $PendingTasks.GetSample(1));
  - { id: fixed, vmSize: Standard_D2s_v5, targetDedicatedNodes: 1 }
jobs:
  - id: j
    poolInfo: { poolId: scaled }
    tasks: [{ id: "t-{1..4}", model: { arrival: { at: 1m }, runtime: 10m } }]
`;

const HOME = process.cwd();
let box: Sandbox;
beforeAll(() => {
  box = new Sandbox();
  process.chdir(box.folder);
  box.file('s.yaml', SCENARIO);
  box.file('two.autoscale', '$TargetDedicatedNodes = min(2, max(0, $PendingTasks.GetSample(1)));\n');
  box.file('fails.autoscale', '$TargetDedicatedNodes = min($PendingTasks.GetSample(TimeInterval_Hour, 100));\n');
  box.file('bad.autoscale', 'x = 1;\n$TargetDedicatedNodes = ;\n');
  box.file('typo.autoscale', '$TargetDedicatedNodes = $ActiveTask;\n');
  box.file('<b>.autoscale', '$TargetDedicatedNodes = 1; // <script>alert(1)</script>\n');
});
afterAll(() => {
  process.chdir(HOME);
  box.remove();
});

/** The command in this process: starting a new one for every case would be most of the work. */
async function plotIn(env: Record<string, string>, ...words: string[]): Promise<Outcome> {
  const texts = { stdout: '', stderr: '' };
  const into = (name: keyof typeof texts) =>
    new Writable({
      write(chunk, _, done) {
        texts[name] += chunk;
        done();
      },
    });
  const refuse = (problems: readonly Parameters<typeof renderDiagnostic>[0][]): Outcome => ({
    code: 2,
    stdout: '',
    stderr: problems.map(renderDiagnostic).join('\n'),
  });
  const request = parseArgv(['formula', 'plot', ...words], '0', 80);
  if (!request.ok) return refuse([request.error]);
  if (request.value.kind !== 'command') throw new Error('no command');
  const names = [...commandSpec('formula plot').options, ...GLOBAL_OPTIONS];
  const options = readOptions(names, request.value.typed, env);
  if (!options.ok) return refuse(options.error);
  const pipe = { isTTY: false, columns: undefined };
  const terminal = decideTerminal(options.value, { LANG: 'C.UTF-8', TERM: 'xterm', ...env }, pipe, pipe);
  const output = new Output(into('stdout'), into('stderr'), terminal, options.value.quiet);
  const context = { output, terminal, env, version: '0', subject: { seed: null } };
  const code = await plotCommand({ context, args: request.value.args, options: options.value });
  await output.finish();
  return { code, ...texts };
}

const plot = (...words: string[]): Promise<Outcome> => plotIn({}, 's.yaml', ...words);

describe('formula plot', () => {
  test('draws target, nodes, queue and cost of the pool that has a formula, and its figures', async () => {
    const { code, stdout, stderr } = await plot('--glyphs', 'unicode');
    expect(code).toBe(0);
    expect(stderr).toMatch(/\nnext: batchsim formula plot s.yaml --out plot.html\n$/);
    await expect(stdout).toMatchFileSnapshot('../golden/formula-plot.txt');
  });

  test('puts several formulas side by side on the same axes where there is room, else below each other', async () => {
    const wide = await plot('two.autoscale', '--with-own', '--ascii', '--width', '100');
    expect(wide.code).toBe(0);
    expect(wide.stdout).toMatch(/^[\n -~]*$/);
    await expect(wide.stdout).toMatchFileSnapshot('../golden/formula-plot-two.txt');
    const narrow = (await plot('two.autoscale', '--with-own', '--ascii', '--width', '60')).stdout.split('\n');
    expect(Math.max(...narrow.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(narrow.filter((line) => line.includes('tasks that wait'))).toHaveLength(2);
  });

  test('uses ASCII on a dumb terminal, and colour only where it is wanted', async () => {
    expect((await plotIn({ TERM: 'dumb' }, 's.yaml')).stdout).toMatch(/^[\n -~]*$/);
    expect((await plot()).stdout).not.toContain('\u001b');
    expect((await plot('--color', 'always')).stdout).toContain('\u001b[32m');
    expect((await plotIn({ NO_COLOR: '1', FORCE_COLOR: '1' }, 's.yaml')).stdout).not.toContain('\u001b');
  });

  test('gives the series as a document: every change at its second, figures beside them', async () => {
    const { stdout, code } = await plot('two.autoscale', '--json');
    expect(code).toBe(0);
    const { runs, ...head } = JSON.parse(stdout);
    expect(head).toEqual({ schemaVersion: 1, scenario: 'steps', seed: 1, pool: 'scaled' });
    expect(runs).toHaveLength(1);
    const [run] = runs;
    // Pending at the evaluation of 5:00 are 4: two nodes, the tasks run from 5:00 to 15:00 and from 15:00 to 25:00.
    expect(run).toMatchObject({
      label: 'two.autoscale',
      complete: true,
      peak_nodes: 2,
      end_s: 1500,
      wait_p95_s: 840,
      unended_tasks: 0,
      failed_evaluations_s: [],
    });
    expect(run.series.target.slice(0, 2)).toEqual([
      [0, 0],
      [300, 2],
    ]);
    expect(run.series.tasks_waiting).toEqual([
      [0, 0],
      [60, 4],
      [300, 2],
      [900, 0],
    ]);
    expect(run.series.tasks_running).toEqual([
      [0, 0],
      [300, 2],
      [1500, 0],
    ]);
    expect(run.series.cost.at(-1)[1]).toBeCloseTo(run.cost, 9);
  });

  test('marks evaluations that failed', async () => {
    const [run] = JSON.parse((await plot('fails.autoscale', '--json')).stdout).runs;
    expect(run.failed_evaluations_s.length).toBeGreaterThan(3);
    expect((await plot('fails.autoscale', '--out', 'fails.svg')).code).toBe(0);
    expect(box.read('fails.svg')).toContain('evaluation failed');
  });

  test('warns of what will fail, and draws it all the same', async () => {
    const { code, stdout, stderr } = await plot('typo.autoscale', '--json');
    expect(code).toBe(0);
    expect(stderr).toContain('typo.autoscale:1:25: warning BS');
    expect(JSON.parse(stdout).runs[0].peak_nodes).toBe(0);
  });

  test('draws a pool of fixed size too', async () => {
    const { stdout } = await plot('--pool', 'fixed', '--json');
    expect(JSON.parse(stdout).runs[0]).toMatchObject({ label: 'fixed (fixed at 1)', formula: null, peak_nodes: 1 });
  });
});

describe('formula plot --out', () => {
  test('writes an SVG of the same bytes each time', async () => {
    expect((await plot('two.autoscale', '--out', 'a.svg')).stdout).toBe('a.svg\n');
    await plot('two.autoscale', '--out', 'b.svg');
    const svg = box.read('a.svg');
    expect(svg).toBe(box.read('b.svg'));
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="720" height="/);
    expect(svg.match(/role="img"/g)).toHaveLength(1);
    expect((await plot('--out', 'wide.svg', '--width', '1000')).code).toBe(0);
    expect(box.read('wide.svg')).toContain('width="1000"');
  });

  test('writes a page that asks for nothing else, and shows what users wrote as text', async () => {
    expect((await plot('<b>.autoscale', 'two.autoscale', '--out', 'page.html')).code).toBe(0);
    const page = box.read('page.html');
    expect(page).toContain(`default-src 'none'`);
    expect(page).not.toMatch(/<script|<link|<img|src="|href="|url\((?!#chart-)/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('&lt;b&gt;.autoscale');
    expect(page).not.toContain('<b>');
    expect(page.match(/role="img"/g)).toHaveLength(6);
    expect(page.match(/<table>/g)).toHaveLength(3);
  });
});

test('formula plot is a command of the program', () => {
  const { code, stdout } = box.call(['formula', 'plot', 's.yaml', '--json', '--quiet']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).pool).toBe('scaled');
});

describe('formula plot tells what is wrong', () => {
  test.each([
    [['bad.autoscale'], 3, 'bad.autoscale:2:25: error BS'],
    [['none.autoscale'], 1, 'error BS1005: '],
    [['--pool', 'scald'], 2, 'error BS1004: the scenario has no pool scald'],
    [['--out', 'x.png'], 2, 'error BS1004: --out cannot be "x.png"; expected a name that ends in .svg or .html'],
    [['--width', '0'], 2, 'error BS1004: --width cannot be "0"'],
    [['-', '-'], 2, 'error BS1003: only one of the files can be the standard input'],
    [['--out', 's.yaml/x.svg'], 1, 'error BS1006: '],
    [['--set', 'pools.scaled.vmSize=none'], 2, 'error BS'],
  ])('%j', async (words, code, message) => {
    const outcome = await plot(...words);
    expect(outcome.stderr).toContain(message);
    expect(outcome.stderr).not.toMatch(/\n\s+at /);
    expect(outcome.code).toBe(code);
    expect(outcome.stdout).toBe('');
  });

  test('a scenario with several candidates wants a name', async () => {
    box.file('many.yaml', SCENARIO.replace(/enableAutoScale[\s\S]*?\n {2}- \{/, 'targetDedicatedNodes: 1\n  - {'));
    const { code, stderr } = await plotIn({}, 'many.yaml', 'two.autoscale');
    expect(code).toBe(2);
    expect(stderr).toContain('the scenario has several pools, and none is named');
    expect(stderr).toContain('name it: --pool scaled');
  });

  test('formulas of one name in two folders are told apart', async () => {
    const { stdout } = await plot('./two.autoscale', 'two.autoscale', '--json');
    expect(JSON.parse(stdout).runs.map(({ label }: { label: string }) => label)).toEqual([
      './two.autoscale',
      'two.autoscale',
    ]);
  });
});
