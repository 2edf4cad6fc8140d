/** What a trace says of an evaluation: values, samples, branches, and what was never reached. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compileFormula,
  type ExpressionTrace,
  evaluateFormula,
  type FormulaInputs,
  type FormulaTrace,
  traceFormula,
} from '../../../src/autoscale/index.js';
import { namedStream } from '../../../src/base/index.js';

const NOW_MS = Date.parse('2026-03-04T12:00:00Z');

/** A pool whose $PendingTasks has these samples, one each 30 s, the last one of now. */
function inputs(values: readonly number[] = []): FormulaInputs {
  const times = values.map((_, row) => NOW_MS - (values.length - 1 - row) * 30_000);
  return {
    nowMs: NOW_MS,
    targetDedicatedNodes: 2,
    targetLowPriorityNodes: 0,
    currentDedicatedNodes: 2,
    currentLowPriorityNodes: 0,
    taskSlotsPerNode: 1,
    samples: new Map([['$PendingTasks', { times, values }]]),
    random: namedStream(1, 'trace'),
  };
}

function trace(text: string, given: FormulaInputs = inputs()): FormulaTrace {
  const formula = compileFormula(text);
  if (!formula.ok) throw new Error('it does not compile');
  return traceFormula(formula.value, given);
}

/** Outcomes of statements, by their text. */
function outcomes(text: string, given?: FormulaInputs): string[] {
  return trace(text, given).statements.map((statement) => `${statement.text}: ${statement.outcome}`);
}

/** Every expression, outer ones first: its text, and its value or what became of it. */
function lines(root: ExpressionTrace, depth = 0): string[] {
  const value = root.outcome === 'value' ? JSON.stringify(root.value) : root.outcome;
  return [`${' '.repeat(depth)}${root.text} -> ${value}`, ...root.parts.flatMap((part) => lines(part, depth + 1))];
}

function firstLines(text: string, given?: FormulaInputs): string[] {
  return lines(trace(text, given).statements[0]?.root as ExpressionTrace);
}

describe('values', () => {
  test('every expression has its own, in the order of the formula', () => {
    expect(firstLines('x = (1 + 2) * max(4, 5)')).toEqual([
      '(1 + 2) * max(4, 5) -> 15',
      ' 1 + 2 -> 3',
      '  1 -> 1',
      '  2 -> 2',
      ' max(4, 5) -> 5',
      '  4 -> 4',
      '  5 -> 5',
    ]);
  });

  test('a metric with a method is no value of its own', () => {
    expect(firstLines('x = $PendingTasks.GetSample(1)', inputs([7]))).toEqual([
      '$PendingTasks.GetSample(1) -> [7]',
      ' 1 -> 1',
    ]);
  });

  test('a chain shows the sums on the way; one of thousands of terms shows its terms', () => {
    expect(firstLines('x = 1 + 2 + 3')).toContain(' 1 + 2 -> 3');
    const root = trace(`x = ${'1+'.repeat(4000)}2`).statements[0]?.root;
    expect(root?.value).toBe(4002);
    expect(root?.parts.length).toBe(4001);
    expect(root?.parts.at(-1)).toMatchObject({ value: 2, outcome: 'value' });
  });
});

describe('choices', () => {
  test('ASC-03 of a condition one branch is evaluated, and the trace says why', () => {
    const [statement] = trace('x = 2 > 1 ? 10 : nope').statements;
    expect(statement?.root.choice).toEqual({ kind: 'branch', because: '2 > 1', value: 1, taken: 'true' });
    expect(statement?.root.parts.map(({ outcome }) => outcome)).toEqual(['value', 'value', 'skipped']);
  });

  test('a left side that decides leaves the right one out', () => {
    const [left, right, both] = trace('a = 0 && nope; b = 3 || nope; c = 1 && 2').statements;
    expect(left?.root.choice).toEqual({ kind: 'decided', because: '0', value: 0, operator: '&&' });
    expect(right?.root.choice).toMatchObject({ kind: 'decided', because: '3', operator: '||' });
    expect(right?.root.parts[1]?.outcome).toBe('skipped');
    expect(both?.root.choice).toBeNull();
  });
});

describe('samples', () => {
  test('a call shows what it saw: how many, of how many, which', () => {
    const [statement] = trace('x = $PendingTasks.GetSample(TimeInterval_Minute * 2)', inputs([1, 2, 3])).statements;
    expect(statement?.root.samples).toEqual({
      ...{ metric: '$PendingTasks', present: 3, expected: 4, percent: 75, wantedPercent: 10 },
      times: [NOW_MS - 60_000, NOW_MS - 30_000, NOW_MS],
      values: [1, 2, 3],
    });
  });

  test('a call that fails for want of samples shows what there was', () => {
    const { evaluation, statements } = trace('x = $PendingTasks.GetSample(TimeInterval_Hour, 50)', inputs([1]));
    expect(evaluation.ok).toBe(false);
    expect(statements[0]?.root).toMatchObject({ outcome: 'failed', samples: { present: 1, expected: 120 } });
  });
});

describe('how far a run came', () => {
  test.each([
    ['a = 1; b = nope; c = 2', ['a = 1: done', 'b = nope: failed', 'c = 2: notReached']],
    ['a = 1; stop(); c = 2', ['a = 1: done', 'stop(): stopped', 'c = 2: notReached']],
    ['$PendingTasks = 1; c = 2', ['$PendingTasks = 1: failed', 'c = 2: notReached']],
    ['$TargetDedicatedNodes = 1 / 0; c = 2', ['$TargetDedicatedNodes = 1 / 0: failed', 'c = 2: done']],
    [
      '$TargetDedicatedNodes = 1 / 0; stop(); c = 2',
      ['$TargetDedicatedNodes = 1 / 0: failed', 'stop(): stopped', 'c = 2: notReached'],
    ],
  ])('%s', (text, expected) => {
    expect(outcomes(text)).toEqual(expected);
  });

  test('within a statement nothing after what failed was evaluated', () => {
    expect(firstLines('x = max(1, nope, 3) + 4')).toEqual([
      'max(1, nope, 3) + 4 -> failed',
      ' max(1, nope, 3) -> failed',
      '  1 -> 1',
      '  nope -> failed',
      '  3 -> skipped',
      ' 4 -> skipped',
    ]);
  });

  test('arguments of a function that does not exist were not evaluated, and are not shown', () => {
    expect(firstLines('x = abs(1)')).toEqual(['abs(1) -> failed']);
  });
});

test('watching changes nothing: a traced evaluation is the evaluation', () => {
  const pieces = fc.constantFrom(
    '1',
    '$PendingTasks.GetSample(2)',
    'nope',
    '(2 > 1 ? 3 : stop())',
    'max(4, 1)',
    '0 / 0',
  );
  const formulas = fc
    .array(fc.tuple(pieces, fc.constantFrom('+', '*', '&&', '<'), pieces), { minLength: 1, maxLength: 5 })
    .map((rows) => rows.map(([left, operator, right], row) => `v${row} = ${left} ${operator} ${right};`).join(' '));
  fc.assert(
    fc.property(formulas, (text) => {
      const formula = compileFormula(text);
      if (!formula.ok) throw new Error(text);
      const { evaluation, statements } = traceFormula(formula.value, inputs([1, 2]));
      expect(evaluation).toEqual(evaluateFormula(formula.value, inputs([1, 2])));
      const done = statements.filter(({ outcome }) => outcome === 'done').map(({ name }) => name);
      expect([...evaluation.variables.keys()]).toEqual(done.sort());
    }),
    { seed: 20_261, numRuns: 300 },
  );
});
