/** Evaluates a text that may not be a formula, as the service's evaluate operation does (formula 6.8). */
import type { Source } from '../base/index.js';
import { formulaCodeStory } from './codes.js';
import { type Evaluation, failure } from './evaluation.js';
import { evaluateFormula } from './evaluator.js';
import { compileFormula, refusalOf } from './formula.js';
import type { FormulaInputs } from './inputs.js';

/** Compiles and evaluates; what does not compile is a failed evaluation, told by its first problem. */
export function evaluateText(given: Source | string, inputs: FormulaInputs): Evaluation {
  const compiled = compileFormula(given);
  if (compiled.ok) return evaluateFormula(compiled.value, inputs);
  const refusal = refusalOf(compiled.error);
  const first = compiled.error.find(({ code }) => formulaCodeStory(code)?.refusal === refusal);
  const kind = refusal === 'AutoScalingFormulaSyntaxError' ? 'syntax' : 'limit';
  // A refused formula has at least one problem with a refusal; the first of that kind is there to be told.
  return failure(kind, first ?? (compiled.error[0] as (typeof compiled.error)[number]), inputs, new Map());
}
