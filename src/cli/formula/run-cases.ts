/** The cases of a formula test → what came out, and the verdict on each. Pure. */
import { type Difference, type Evaluation, evaluateText, judgeEvaluation } from '../../autoscale/index.js';
import { positionAt } from '../../base/index.js';
import type { FormulaCase, FormulaTest } from '../../scenario/index.js';
import type { TestResult } from './test-result.js';

/** A case that was run. */
export interface RanCase {
  readonly case: FormulaCase;
  readonly evaluation: Evaluation;
  readonly result: TestResult;
}

/** Runs every case of a test file. */
export function runCases({ formula, cases }: FormulaTest): readonly RanCase[] {
  return cases.map((one) => {
    const evaluation = evaluateText(formula, one.inputs);
    return { case: one, evaluation, result: resultOf(one, evaluation) };
  });
}

function resultOf({ name, expect, place }: FormulaCase, evaluation: Evaluation): TestResult {
  const says = expect === null ? [NOTHING_EXPECTED] : judgeEvaluation(evaluation, expect).map(differenceText);
  return { kind: 'case', name, ok: says.length === 0, says, place: placeText(place) };
}

const NOTHING_EXPECTED = 'the case has no expect: write one, or run with --update to write down what comes out';

/** As test files call what vectors call otherwise. */
const NAMES: Readonly<Record<string, string>> = {
  targetDedicated: 'TargetDedicatedNodes',
  targetLowPriority: 'TargetLowPriorityNodes',
  nodeDeallocationOption: 'NodeDeallocationOption',
};

function differenceText({ what, expected, got }: Difference): string {
  return `${NAMES[what] ?? what}: expected ${expected}, got ${got}`;
}

/** `file:line:column`. */
export function placeText({ source, span }: FormulaCase['place']): string {
  const { line, column } = positionAt(source, span.start);
  return `${source.name}:${line}:${column}`;
}
