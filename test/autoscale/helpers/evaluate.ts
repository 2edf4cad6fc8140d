/** Short ways to ask what an expression gives. */
import {
  compileFormula,
  evaluateText,
  type FormulaInputs,
  type Value,
  valueText,
} from '../../../src/autoscale/index.js';
import { inputsOf, type VectorContext } from './vectors.js';

/** 12:00 on a Wednesday. */
export const NOW = '2026-03-04T12:00:00Z';

/** Inputs at {@link NOW}. */
export function inputsAt(context: Partial<VectorContext> = {}): FormulaInputs {
  return inputsOf({ now: NOW, ...context });
}

/** The value of an expression as the service prints it, or the code of the problem that it meets when it runs. */
export function resultOf(expression: string, inputs: FormulaInputs = inputsAt()): string {
  const evaluation = evaluateText(`x = ${expression};`, inputs);
  if (!evaluation.ok) return evaluation.error.diagnostic.code;
  return valueText(evaluation.variables.get('x') as Value);
}

/** The code of the first problem that the checker reports, or null. */
export function checkedCode(formula: string): string | null {
  const compiled = compileFormula(formula);
  return (compiled.ok ? compiled.value.problems : compiled.error)[0]?.code ?? null;
}

/** Samples of one metric every 30 s, the last one at `lastSecondsAgo` before {@link NOW}. */
export function samplesEvery30s(values: readonly number[], lastSecondsAgo = 15): { t: string; v: number }[] {
  const last = Date.parse(NOW) - lastSecondsAgo * 1000;
  return values.map((v, index) => ({ t: new Date(last - (values.length - 1 - index) * 30_000).toISOString(), v }));
}
