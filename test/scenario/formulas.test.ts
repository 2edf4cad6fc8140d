/** Formulas in scenarios: told where they stand, mended there, and found whatever else is wrong. */
import { describe, expect, test } from 'vitest';
import { applyFixes, type Diagnostic, renderDiagnostic } from '../../src/base/index.js';
import { findFormulas } from '../../src/scenario/index.js';
import { codesAtMarks, load, loaded, memoryFiles, problemsOf } from './memory-files.js';

/** A scenario with one pool, which has these lines. */
function withPool(...lines: readonly string[]): string {
  const pool = ['vmSize: Standard_D2s_v5', 'enableAutoScale: true', ...lines].map((line) => `    ${line}`).join('\n');
  return `version: 1\npools:\n  - id: p\n${pool}\n`;
}

function found(text: string, files: Readonly<Record<string, string>> = {}): readonly Diagnostic[] {
  const formulas = findFormulas('s.yaml', text, { files: memoryFiles(files), env: {} });
  if (!formulas.ok) throw new Error(formulas.error.map(renderDiagnostic).join('\n'));
  return formulas.value.flatMap(({ diagnostics }) => diagnostics);
}

describe('places', () => {
  test('a block keeps its true line, column and indentation', () => {
    const text = withPool(
      'autoScaleFormula: |',
      '  // tasks',
      '  $TargetDedicatedNodes =',
      '    $PendingTaks.Count();',
    );
    expect(problemsOf(text)).toBe(`
s.yaml:9:9: warning BS3010: there is no service variable $PendingTaks, and no statement before gives it a value
  |
9 |         $PendingTaks.Count();
  |         ^^^^^^^^^^^^
  = hint: did you mean $PendingTasks?
`);
  });

  test.each([
    ['a block that strips', ['autoScaleFormula: |-', '', '  a = 1;', '', '  $TargetDedicatedNodes = »b;', '']],
    ['a block that keeps', ['autoScaleFormula: |+', '  $TargetDedicatedNodes = »b;', '', '']],
    ['a block that says its indentation', ['autoScaleFormula: |2', '     a = 1;', '  $TargetDedicatedNodes = »b;']],
    ['a block with a comment beside it', ['autoScaleFormula: | # hm', '    $TargetDedicatedNodes = »b;']],
    ['a folded block', ['autoScaleFormula: >', '  a =', '    1;', '', '  $TargetDedicatedNodes', '  = »b;']],
    ['a plain text', ['autoScaleFormula: $TargetDedicatedNodes = »b;']],
    ['a plain text on two lines', ['autoScaleFormula: a = 1;', '  $TargetDedicatedNodes = »b;']],
    ['single quotes', ["autoScaleFormula: 'a = 1; $TargetDedicatedNodes = »b;'"]],
    ['double quotes', ['autoScaleFormula: "a = 1; $TargetDedicatedNodes = »b;"']],
    ['double quotes on two lines', ['autoScaleFormula: "a = 1;', '', '  $TargetDedicatedNodes = »b;"']],
  ])('%s', (_, lines) => {
    expect(codesAtMarks(withPool(...lines))).toEqual(['here BS3010']);
    expect(codesAtMarks(withPool(...lines).replaceAll('\n', '\r\n'))).toEqual(['here BS3010']);
  });

  test('a text with escapes has no honest column, and is a source of its own', () => {
    const text = withPool('autoScaleFormula: "a = 1;\\n$TargetDedicatedNodes = b;"');
    expect(problemsOf(text)).toMatch(/^s\.yaml#\/pools\/0\/autoScaleFormula:2:25: warning BS3010/m);
  });

  test('so has one that a variable was put into', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the scenario's own way to name a variable
    const text = `vars: { cap: 9 }\n${withPool('autoScaleFormula: "$TargetDedicatedNodes = min(${vars.cap}, b);"')}`;
    expect(problemsOf(text)).toMatch(/^s\.yaml#\/pools\/0\/autoScaleFormula:1:32: warning BS3010/m);
  });

  test('one in a file is told in that file', () => {
    const text = withPool('autoScaleFormula: { file: f.autoscale }');
    const files = { 'f.autoscale': 'a = 1;\n$TargetDedicatedNodes = b;\n' };
    expect(problemsOf(text, files)).toMatch(/^f\.autoscale:2:25: warning BS3010/m);
  });
});

describe('severities', () => {
  test('ASC-03 a pool of the file with a formula that the service refuses is no pool: all its problems are told', () => {
    const result = load(
      withPool('autoScaleFormula: |', '  $TargetDedicatedNodes = (1;', '  b = $Pending;', '  c = 1 + ;'),
    );
    expect(result.ok).toBe(false);
    const problems = result.ok ? [] : result.error;
    expect(problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'error BS3009',
      'error BS3010',
      'error BS3007',
    ]);
  });

  test('a formula that the service stores runs, whatever its evaluations come to', () => {
    const { warnings } = loaded(withPool('autoScaleFormula: nowhere'));
    expect(warnings.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning BS3010', 'warning BS3031']);
  });

  test('in an action all is a warning: the operation will tell', () => {
    const action = '  - { at: +1h, enableAutoScale: { poolId: p, autoScaleFormula: "$TargetDedicatedNodes = ;" } }';
    const pool = withPool('targetDedicatedNodes: 0').replace('    enableAutoScale: true\n', '');
    const { warnings } = loaded(`${pool}actions:\n${action}\n`);
    expect(warnings.map(({ code, severity }) => `${severity} ${code}`)).toContain('warning BS3007');
  });

  test('a formula that is merely tried is not judged', () => {
    const action = '  - { at: +1h, evaluateAutoScale: { poolId: p, autoScaleFormula: "$RunningTasks.GetSample(5)" } }';
    const text = `${withPool('autoScaleFormula: $TargetDedicatedNodes = 1')}actions:\n${action}\n`;
    expect(loaded(text).warnings).toEqual([]);
  });

  test('the slots of the pool are known', () => {
    const lines = [
      'taskSlotsPerNode: 4',
      'autoScaleFormula: $TargetDedicatedNodes = max(0, $PendingTasks.GetSample(3));',
    ];
    expect(loaded(withPool(...lines)).warnings.map(({ code }) => code)).toEqual(['BS3046']);
    expect(loaded(withPool(...lines.slice(1))).warnings).toEqual([]);
  });

  test('problems of form elsewhere hide nothing of a formula', () => {
    const text = withPool('autoScaleFormula: $TargetDedicatedNodes = b').replace('version: 1', 'version: 1\nnaem: x');
    expect(problemsOf(text)).toMatch(/BS2003[\s\S]*BS3010/);
  });
});

describe('findFormulas', () => {
  test('finds every formula of a scenario that cannot be loaded', () => {
    const text = `${withPool('autoScaleFormula: a', 'vmSzie: x')}actions:\n  - { enableAutoScale: { autoScaleFormula: { file: f } } }\n`;
    const formulas = findFormulas('s.yaml', text, { files: memoryFiles({ f: 'b' }), env: {} });
    expect(formulas.ok ? formulas.value.map(({ name }) => name) : []).toEqual([
      'pools.p.autoScaleFormula',
      'actions[0].enableAutoScale.autoScaleFormula',
    ]);
    expect(formulas.ok).toBe(true);
    expect(load(text).ok).toBe(false);
  });

  test('a file that is not there is a problem of the place that names it', () => {
    const [problem] = found(withPool('autoScaleFormula: { file: gone }'));
    expect(problem).toMatchObject({ code: 'BS2001', message: 'there is no file gone' });
  });

  test('a text that is no scenario is refused', () => {
    expect(findFormulas('s.yaml', '- 1', { files: memoryFiles({}), env: {} }).ok).toBe(false);
  });
});

describe('fixes', () => {
  const mended = (text: string) =>
    applyFixes(
      text,
      found(text).flatMap(({ fix }) => fix ?? []),
    ).text;

  test.each([
    [
      'a block',
      ['autoScaleFormula: |', '  x = $CurrentDedicated', '  $TargetDedicatedNodes = x;'],
      ['autoScaleFormula: |', '  x = $CurrentDedicatedNodes;', '  $TargetDedicatedNodes = x;'],
    ],
    [
      'a folded block',
      ['autoScaleFormula: >-', '  $TargetDedicatedNodes =', '  $CurrentDedicated;'],
      ['autoScaleFormula: >-', '  $TargetDedicatedNodes =', '  $CurrentDedicatedNodes;'],
    ],
    [
      'single quotes',
      ["autoScaleFormula: '$targetDedicatedNodes = 1;'"],
      ["autoScaleFormula: '$TargetDedicatedNodes = 1;'"],
    ],
  ])('go into %s', (_, lines, fixed) => {
    const text = mended(withPool(...lines));
    expect(text).toBe(withPool(...fixed));
    expect(mended(text)).toBe(text);
  });

  test('a quote is not put into a text in quotes, nor anything where the file does not show the formula', () => {
    for (const line of [
      `autoScaleFormula: "$TargetDedicatedNodes = time('2026').hour;"`,
      'autoScaleFormula: "$targetDedicatedNodes =\\t1;"',
    ]) {
      const text = withPool(line);
      expect(found(text).length).toBeGreaterThan(0);
      expect(mended(text)).toBe(text);
    }
  });
});
