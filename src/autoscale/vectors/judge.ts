/** Holds an evaluation against what was expected of it. Vectors and the cases of formula tests are judged alike. */
import { evaluateText } from '../evaluate-text.js';
import type { Evaluation, EvaluationFailure, EvaluationSuccess } from '../evaluation.js';
import { parseTime } from '../instants.js';
import { isVector, type Value, valueText } from '../values.js';
import { type ExpectedValue, type Vector, type VectorExpectation, vectorInputs } from './vector.js';

/** One thing that came out otherwise than expected. Both are texts for people. */
export interface Difference {
  /** What differs: `targetDedicated`, `variables.$x`, `error`, `results`. */
  readonly what: string;
  readonly expected: string;
  readonly got: string;
}

/** How far a number may be from the expected one (formula 0). */
export const TOLERANCE = 1e-9;

/** Runs a vector; what differs, nothing where it passes. */
export function judgeVector(vector: Vector): readonly Difference[] {
  return judgeEvaluation(evaluateText(vector.formula, vectorInputs(vector.context)), vector.expect);
}

/** What of an evaluation is not as expected. */
export function judgeEvaluation(evaluation: Evaluation, expected: VectorExpectation): readonly Difference[] {
  const differences = expected.errors === null ? judgeSuccess(evaluation, expected) : judgeError(evaluation, expected);
  if (expected.results === null || expected.results === evaluation.results) return differences;
  return [...differences, difference('results', quoted(expected.results), quoted(evaluation.results))];
}

function judgeError(evaluation: Evaluation, { errors }: VectorExpectation): Difference[] {
  if (!evaluation.ok && errors?.includes(evaluation.error.kind) === true) return [];
  return [difference('error', (errors ?? []).join(' or '), evaluation.ok ? 'success' : failureText(evaluation))];
}

function judgeSuccess(evaluation: Evaluation, expected: VectorExpectation): Difference[] {
  if (!evaluation.ok) return [difference('error', 'none', failureText(evaluation))];
  return [...judgeOutputs(evaluation, expected), ...judgeVariables(evaluation, expected)];
}

function judgeOutputs(evaluation: EvaluationSuccess, expected: VectorExpectation): Difference[] {
  const pairs = [
    ['targetDedicated', expected.targetDedicated, evaluation.targetDedicatedNodes],
    ['targetLowPriority', expected.targetLowPriority, evaluation.targetLowPriorityNodes],
    ['nodeDeallocationOption', expected.nodeDeallocationOption, evaluation.nodeDeallocationOption],
  ] as const;
  return pairs.flatMap(([what, wanted, got]) =>
    wanted === null || wanted === got ? [] : [difference(what, String(wanted), String(got))],
  );
}

function judgeVariables({ variables }: EvaluationSuccess, expected: VectorExpectation): Difference[] {
  return [...expected.variables].flatMap(([name, wanted]) => {
    const got = variables.get(name);
    if (got !== undefined && isAsExpected(got, wanted)) return [];
    return [difference(`variables.${name}`, expectedText(wanted), got === undefined ? 'not set' : shownValue(got))];
  });
}

function isAsExpected(got: Value, wanted: ExpectedValue): boolean {
  if (typeof wanted === 'number') return typeof got === 'number' && isNear(got, wanted);
  if (typeof wanted === 'string') return typeof got !== 'number' && isTextOf(got, wanted);
  if (!isVector(got) || got.length !== wanted.length) return false;
  return got.every((x, index) => isNear(x, wanted[index] as number));
}

/** A timestamp may be expected in any of the forms that `time()` reads. */
function isTextOf(got: Value, wanted: string): boolean {
  if (valueText(got) === wanted) return true;
  if (typeof got !== 'object' || !('type' in got) || got.type !== 'timestamp') return false;
  return parseTime(wanted)?.ticks === got.ticks;
}

function isNear(got: number, wanted: number): boolean {
  return got === wanted || Math.abs(got - wanted) <= TOLERANCE;
}

function difference(what: string, expected: string, got: string): Difference {
  return { what, expected, got };
}

function failureText({ error }: EvaluationFailure): string {
  return `${error.kind} (${error.values[0]?.value ?? error.message})`;
}

function expectedText(value: ExpectedValue): string {
  if (typeof value === 'string') return quoted(value);
  return typeof value === 'number' ? String(value) : `[${value.join(',')}]`;
}

function shownValue(value: Value): string {
  return typeof value === 'number' || isVector(value) ? valueText(value) : quoted(valueText(value));
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
