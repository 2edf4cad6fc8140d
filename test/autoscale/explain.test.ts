/** Formulas in words. The golden file is the list of formulas and what is said of them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileFormula, explainFormula, printProgram } from '../../src/autoscale/index.js';
import { anyProgram, PATIENCE_MS, trials } from './helpers/trees.js';

function told(formula: string): string {
  const compiled = compileFormula(formula);
  if (!compiled.ok) throw new Error(`no formula: ${formula.slice(0, 100)}`);
  const { summary, statements } = explainFormula(compiled.value);
  return [summary, ...statements.flatMap(({ line, statement, story }) => ['', `${line}: ${statement}`, story])].join(
    '\n',
  );
}

/** What is said of the value of one variable. */
function value(expression: string, before = ''): string {
  const compiled = compileFormula(`${before} x = ${expression};`);
  if (!compiled.ok) throw new Error(expression);
  return explainFormula(compiled.value).statements.at(-1)?.story ?? '';
}

const FORMULAS = [
  `cap = 60;   // the most that we pay for
$samples = $PendingTasks.GetSamplePercent(180 * TimeInterval_Second);
$pending = $samples < 70 ? max(0, $PendingTasks.GetSample(1)) : max($PendingTasks.GetSample(180 * TimeInterval_Second));
$TargetLowPriorityNodes = min(cap, ($pending + 3) / 4);
$NodeDeallocationOption = taskcompletion;`,
  `$now = time() + TimeInterval_Hour;
$open = $now.hour >= 8 && $now.hour < 18;
$week = $now.weekday >= 1 && $now.weekday <= 5;
$TargetDedicatedNodes = $open && $week ? 20 : 1;
$TargetLowPriorityNodes = 0;
$NodeDeallocationOption = $open ? taskcompletion : requeue;`,
  `$cpu = percentile($CPUPercent.GetSample(TimeInterval_Minute, TimeInterval_Minute * 6, 50), 95);
$spot = $CurrentLowPriorityNodes;
$TargetLowPriorityNodes = $cpu > 0.7 ? ceil($spot * 1.1) : $cpu < 0.2 || $spot == 0 ? 0 : $spot - 1 + (3 - 2) * 2;
$ActiveTasks.Count() < 10 ? stop() : 0;
$TargetDedicatedNodes = max(2, min(round(avg($RunningTasks.GetSample(TimeInterval_Hour))), 40));
stop();`,
];

test('formulas are told statement by statement', async () => {
  const text = FORMULAS.map((formula) => `${formula}\n\n${told(formula)}\n`).join(`\n${'='.repeat(80)}\n`);
  await expect(text).toMatchFileSnapshot('../golden/formula-explain.txt');
});

test.each([
  ['max(0, $ActiveTasks.GetSample(1))', 'x is the newest number of active tasks, or 0 without samples.'],
  [
    'max(1, min($ActiveTasks.GetSample(1), 9))',
    'x is the newest number of active tasks, but at least 1 and at most 9.',
  ],
  ['avg($ActiveTasks.GetSample(1))', 'x is the newest number of active tasks (without samples the evaluation fails).'],
  ['avg($ActiveTasks.GetSample(5))', 'x is the mean of the newest 5 samples of active tasks.'],
  ['max($PendingTasks.GetSample(TimeInterval_Day))', 'x is the greatest number of pending tasks over the last day.'],
  [
    'max($CurrentDedicatedNodes, $TaskSlotsPerNode)',
    'x is the greater of the number of present dedicated nodes and the number of task slots of a node.',
  ],
  ['min(1, 2, $UsableNodeCount)', 'x is the least of 1, 2 and the newest number of usable nodes.'],
  ['(1 + 2) * 3', 'x is 9.'],
  ['TimeInterval_Minute * 90', 'x is 90 minutes.'],
  ['TimeInterval_Week', 'x is 7 days.'],
  ['-TimeInterval_Second', 'x is minus 1 second.'],
  [
    '$TaskSlotsPerNode * (2 + $CurrentDedicatedNodes)',
    'x is the number of task slots of a node times (2 plus the number of present dedicated nodes).',
  ],
  [
    '$TaskSlotsPerNode - 1 - rand()',
    'x is the number of task slots of a node less 1 less a random number from 0 to 1.',
  ],
  ['!$FailedTasks', 'x is 1 if not (the newest number of failed tasks is not 0), else 0.'],
  [
    '$PendingTasks.GetSamplePercent(TimeInterval_Minute) < 70',
    'x is 1 if how many percent of the samples of pending tasks over the last minute are there is below 70 %, else 0.',
  ],
  [
    '$PendingTasks.HistoryBeginTime().hour',
    'x is the hour (0 to 23) of the time of the oldest sample of pending tasks.',
  ],
  [
    'sum($FailedTasks.GetSample(time("2026-03-04"), time()))',
    'x is the sum of failed tasks between 2026-03-04 and now.',
  ],
  ['percentile($CPUPercent.GetSample(3), 1)', 'x is the 1st percentile of the newest 3 samples of $CPUPercent.'],
  ['percentile($CPUPercent.GetSample(3), 12)', 'x is the 12th percentile of the newest 3 samples of $CPUPercent.'],
])('%s', (expression, story) => {
  expect(value(expression)).toBe(story);
});

test('a truth in a variable holds, a number is not 0', () => {
  expect(value('both ? 1 : 2', 'a = 1 < rand(); both = a;')).toBe('If both holds, x is 1; otherwise x is 2.');
  expect(value('n ? 1 : 2', 'n = rand();')).toBe('If n is not 0, x is 1; otherwise x is 2.');
});

test.each([
  ['$TargetDedicatedNodes = 1;', 'The pool is to have 1 dedicated node.'],
  ['$TargetLowPriority = 0;', 'The pool is to have no spot nodes.'],
  ['n = 3; $TargetDedicatedNodes = n;', 'The pool is to have n = 3 dedicated nodes.'],
  ['$TargetDedicatedNodes = 1.5;', 'The pool is to have 1.5 dedicated nodes. A fraction of a node is cut off.'],
  [
    'n = rand() * 9; $TargetDedicatedNodes = floor(n);',
    'The pool is to have as many dedicated nodes as this comes to: n, rounded down.',
  ],
])('%s', (formula, story) => {
  expect(told(formula).split('\n').at(-1)).toBe(story);
});

test.each([
  ['a = 1;', /^Sets no target; the dedicated target and the spot target stay as they are\. Running tasks/],
  [
    '$TargetDedicatedNodes = 1; $NodeDeallocationOption = terminate;',
    /^Sets the dedicated target; the spot target stays as it is\.\n/,
  ],
])('the summary of %s', (formula, summary) => {
  expect(told(formula)).toMatch(summary);
});

test('a chain as long as a formula can be is told', () => {
  expect(told(`x = rand()${' == 1'.repeat(1600)};`)).toContain('else 0) is 1, else 0.');
  expect(told(`x = rand()${' + 1'.repeat(2000)};`)).toContain('plus 1 plus 1');
});

test(
  'any formula can be told: a sentence for each statement',
  () => {
    fc.assert(
      fc.property(anyProgram, (program) => {
        const compiled = compileFormula(printProgram(program));
        if (!compiled.ok) return;
        const { statements } = explainFormula(compiled.value);
        expect(statements).toHaveLength(compiled.value.program.statements.length);
        for (const { story } of statements) expect(story).toMatch(/^\S.*\.$/s);
      }),
      trials(500),
    );
  },
  PATIENCE_MS,
);
