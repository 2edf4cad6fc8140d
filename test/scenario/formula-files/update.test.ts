/** `--update`: what came out is written where it stands, and nothing else of the file moves. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateText, judgeEvaluation } from '../../../src/autoscale/index.js';
import { renderDiagnostic } from '../../../src/base/index.js';
import { type FormulaTest, readFormulaTest, updatedText } from '../../../src/scenario/index.js';
import { memoryFiles } from '../memory-files.js';

function read(text: string): FormulaTest {
  const test = readFormulaTest('t.yaml', memoryFiles({ 't.yaml': text }));
  if (!test.ok) throw new Error(test.error.map(renderDiagnostic).join('\n'));
  return test.value;
}

function outcomesOf({ cases, formula }: FormulaTest) {
  return cases.map((one) => ({ case: one, evaluation: evaluateText(formula, one.inputs) }));
}

function update(text: string): string {
  const test = read(text);
  const wrong = outcomesOf(test).filter(
    ({ case: one, evaluation }) => one.expect === null || judgeEvaluation(evaluation, one.expect).length > 0,
  );
  return updatedText(test, wrong);
}

const HEAD = 'formula: "x = 5; v = time(); $TargetDedicatedNodes = max($PendingTasks.GetSample(9)) + 1;"\n';

test('values that differ are changed in place; comments, layout and what is right stay', () => {
  const text = `${HEAD}cases:
  - name: one # why
    state: { PendingTasks: [[0s, 3]] }
    expect:
      TargetDedicatedNodes: 9   # wrong
      TargetLowPriorityNodes: 0 # right
      variables: { x: 4, v: "2020-01-01T00:00:00Z" }
`;
  const expected = text
    .replace('Nodes: 9 ', 'Nodes: 4 ')
    .replace('x: 4', 'x: 5')
    .replace('2020-01-01T00:00:00Z', '2026-01-01T00:00:00.000Z');
  expect(update(text)).toBe(expected);
});

test('where the form changes, expect is written anew', () => {
  const text = `${HEAD}cases:
  - { name: fails, expect: { TargetDedicatedNodes: 4 } }
  - name: succeeds
    state: { PendingTasks: 3 }
    expect:
      error: syntax
    at: 1m
`;
  expect(update(text)).toBe(
    text
      .replace('{ TargetDedicatedNodes: 4 }', '{ error: evaluation }')
      .replace('error: syntax', '{ TargetDedicatedNodes: 4, TargetLowPriorityNodes: 0 }'),
  );
});

test('a case that expects nothing gets an expect, in a block or in braces, at its end', () => {
  const text = `${HEAD}cases:
  - name: block
    state:
      PendingTasks: 3 # samples
  - { name: braces, state: { PendingTasks: 3 } }
  - name: last`;
  expect(update(text)).toBe(`${HEAD}cases:
  - name: block
    state:
      PendingTasks: 3 # samples
    expect: { TargetDedicatedNodes: 4, TargetLowPriorityNodes: 0 }
  - { name: braces, state: { PendingTasks: 3 }, expect: { TargetDedicatedNodes: 4, TargetLowPriorityNodes: 0 } }
  - name: last
    expect: { error: evaluation }`);
});

test('whatever was expected, after an update every case passes, and a second update changes nothing', () => {
  const expectation = fc.constantFrom(
    '',
    ', expect: { TargetDedicatedNodes: 7 }',
    ', expect: { error: limit, results: "r" }',
    ', expect: { variables: { x: 1 }, NodeDeallocationOption: terminate }',
    ', expect: { variables: { y: [1, 2] } }',
    ', expect: { results: "$TargetDedicatedNodes=1" }',
  );
  const state = fc.constantFrom('', ', state: { PendingTasks: 2 }', ', state: { PendingTasks: [[0s, 8]] }, at: 1m');
  fc.assert(
    fc.property(fc.array(fc.tuple(state, expectation), { minLength: 1, maxLength: 6 }), (rows) => {
      const cases = rows.map(([given, wanted], row) => `  - { name: c${row}${given}${wanted} }\n`).join('');
      const after = update(`${HEAD}cases:\n${cases}`);
      for (const { case: one, evaluation } of outcomesOf(read(after))) {
        expect(one.expect === null ? 'none' : judgeEvaluation(evaluation, one.expect)).toEqual([]);
      }
      expect(update(after)).toBe(after);
    }),
    { seed: 4, numRuns: 200 },
  );
});
