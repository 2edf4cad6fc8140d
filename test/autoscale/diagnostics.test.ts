/** What is said about formulas that are wrong, as people see it. The golden file is the list of cases and answers. */
import { describe, expect, test } from 'vitest';
import { compileFormula, FORMULA_CODES, formulaCodeStory, refusalOf } from '../../src/autoscale/index.js';
import { type Diagnostic, placeText, renderDiagnostic, type Source } from '../../src/base/index.js';

/** Formulas that are no formulas, one idea each. */
const NO_FORMULAS = [
  'a = 1\n$TargetDedicatedNodes = a;',
  'a = 1 b = 2;',
  'return 3;',
  '$TargetDedicatedNodes = max(1, 2;',
  '$TargetDedicatedNodes = max(1, 2\nb = 3;\nc = ;',
  '(1',
  'a = 1);',
  'a = max(1,);',
  'a = b = c;',
  'x = (y = 3);',
  '5 = x;',
  'a = 1 ? 2;',
  'a++;',
  'if (1) { a = 2; }',
  '$max(1, 2);',
  'a.$b;',
  'a = ;;;; b = ) 3;',
  'a = [1, 2];',
  'a = 5 % 2;',
  'a = 1 & 2 | 3;',
  'a = “x”;',
  "t = time('2026');",
  't = time("2026\n);',
  't = time("20\\26");',
  '/* hm\n hm */ a = 1;',
  'größe = 1; b =\u00a02;\ufeff',
  'a = 1; # comment\nb = $PendingTaks + ;',
];

/** Formulas that the service stores, and whose every run fails. */
const DOOMED = [
  '$TargetDedicatedNodes = $PendingTaks.GetSample(1);',
  '$targetdedicatednodes = PendingTasks;',
  'x = nowhere; y = x + 1; z = y.hour;',
  'x = abs(1); y = Max(1, 2); z = GetSample(1);',
  'v = $PendingTasks.GetSample(1); $TargetDedicatedNodes = v;',
  '$TargetDedicatedNodes = time();',
  '$TargetDedicatedNodes = 3 + $ActiveTasks.GetSample(2);',
  'v = -$ActiveTasks.GetSample(2); w = !TimeInterval_Hour;',
  't = time() - TimeInterval_Hour; u = time().hours; w = time().hour();',
  '$NodeDeallocationOption = "requeue"; requeue = 2; $ActiveTasks = 3; TimeInterval_Day = 1;',
  'x = (1 ? 2 : time()) + 1; c = (0 ? "a" : 1) ? 2 : 3; $TargetDedicatedNodes = 1 ? 2 : "3";',
  'y = $ActiveTasks.GetSamples(1); x = 1; z = x.GetSample(1); w = $ActiveTasks.GetSample + 1;',
  'avg(); val(1, 2); rand(1); time(1, 2); $ActiveTasks.GetSample("x"); $ActiveTasks.Count(1);',
  'a = time("2026-13-01"); b = time("2026-03-04T10:20:30.123456789Z");',
  '$TargetDedicatedNodes = $CPUPercent.GetSample(1) > 0.7 ? 1 : 2; $TargetLowPriorityNodes = (time() ? 1 : 2);',
];

function problemsOf(formula: string | Source): readonly Diagnostic[] {
  const compiled = compileFormula(formula);
  return compiled.ok ? compiled.value.problems : compiled.error;
}

function story(formula: string): string {
  return `${formula}\n\n${problemsOf(formula).map(renderDiagnostic).join('\n')}\n`;
}

test('every problem is told with its place, what was found and what to do', async () => {
  const text = [...NO_FORMULAS, ...DOOMED].map(story).join(`\n${'='.repeat(80)}\n`);
  await expect(text).toMatchFileSnapshot('../golden/autoscale-diagnostics.txt');
});

test.each(NO_FORMULAS)('ASC-03 the service refuses %j as a syntax error', (formula) => {
  const compiled = compileFormula(formula);
  expect(compiled.ok).toBe(false);
  expect(refusalOf(problemsOf(formula))).toBe('AutoScalingFormulaSyntaxError');
});

test.each(DOOMED)('ASC-03 the service stores %j, and the checker says that it will fail', (formula) => {
  const compiled = compileFormula(formula);
  expect(compiled.ok).toBe(true);
  expect(problemsOf(formula).length).toBeGreaterThan(0);
  expect(refusalOf(problemsOf(formula))).toBe(null);
});

describe('one call reports the problems of all statements', () => {
  test('of every kind, in the order of their places', () => {
    const formula = 'a = 1 +;\nb = $PendingTaks;\nc = max(1;\nd = "x" + 1;\ne = 2 2;';
    expect(problemsOf(formula).map((problem) => [placeText(problem), problem.code])).toEqual([
      ['formula:1:8', 'BS3007'],
      ['formula:2:5', 'BS3010'],
      ['formula:3:8', 'BS3009'],
      ['formula:4:9', 'BS3014'],
      ['formula:5:6', 'BS3008'],
    ]);
  });

  test('and what a broken statement would have assigned is not called unknown', () => {
    expect(problemsOf('a = (1;\nb = a + 1;').map(({ code }) => code)).toEqual(['BS3009']);
  });

  test('and a variable of an expression with a problem causes no others', () => {
    expect(problemsOf('a = nowhere * 2;\nb = max(a, 1) + a;').map(({ code }) => code)).toEqual(['BS3010']);
  });
});

test('a formula inside of a file is reported at its place in the file', () => {
  const source: Source = { name: 'pool.yaml', text: 'a = 1;\nb = c;', firstLine: 14, firstColumn: 7 };
  expect(problemsOf(source).map(placeText)).toEqual(['pool.yaml:15:5']);
  expect(problemsOf({ ...source, text: 'b = c;' }).map(placeText)).toEqual(['pool.yaml:14:11']);
});

describe('codes', () => {
  test('each stands once, in order, with a story and a fix', () => {
    const codes = FORMULA_CODES.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort());
    for (const { story, fix } of FORMULA_CODES) expect([story, fix].every((text) => text.endsWith('.'))).toBe(true);
  });

  test('a code of another room is none of ours', () => {
    expect(formulaCodeStory('BS3010')?.title).toBe('a name without a value');
    expect(formulaCodeStory('BS2001')).toBe(null);
  });
});
