/** Fixes of what the service refuses, and of what fails whenever it runs. */
import { expect, test } from 'vitest';
import { diagnoseFormula } from '../../src/autoscale/index.js';
import { applyFixes } from '../../src/base/index.js';

function fixedOnce(formula: string): string {
  return applyFixes(
    formula,
    diagnoseFormula(formula).diagnostics.flatMap(({ fix }) => fix ?? []),
  ).text;
}

test.each([
  ['a missing semicolon', 'a = 1\n$TargetDedicatedNodes = a;', 'a = 1;\n$TargetDedicatedNodes = a;'],
  ['the case of a name', 'a = $pendingtasks.Count();', 'a = $PendingTasks.Count();'],
  ['the case of a variable of its own', 'Low = 1; a = low + LOW;', 'Low = 1; a = Low + Low;'],
  ['the case of an interval', 'a = timeinterval_minute * 2;', 'a = TimeInterval_Minute * 2;'],
  ['the case of a function', 'a = Max(1, 2);', 'a = max(1, 2);'],
  ['the case of a method', 'a = $PendingTasks.count();', 'a = $PendingTasks.Count();'],
  ['the case of a member', 'a = time().Hour;', 'a = time().hour;'],
  ['single quotes', "t = time('2026');", 't = time("2026");'],
  ['curly quotes', 't = time(“2026”);', 't = time("2026");'],
  ['a no-break space', 'a =\u00a01;', 'a = 1;'],
  ['a byte order mark', '\ufeffa = 1;', 'a = 1;'],
  ['an option in quotes', '$NodeDeallocationOption = "requeue";', '$NodeDeallocationOption = requeue;'],
])('%s is mended', (_, formula, fixed) => {
  expect(fixedOnce(formula)).toBe(fixed);
  expect(diagnoseFormula(fixed).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test.each([
  ['a name in doubt', 'low = 1; LOW = 2; a = Low;'],
  ['a name that is merely near', 'a = $PendingTaks.Count();'],
  ['a quote inside of quotes', "t = time('20\"26');"],
  ['an unclosed parenthesis', '$TargetDedicatedNodes = max(1, 2;'],
  ['a block comment', '/* one */ $TargetDedicatedNodes = 1;'],
])('%s takes a decision, and is left alone', (_, formula) => {
  expect(fixedOnce(formula)).toBe(formula);
});
