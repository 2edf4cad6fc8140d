/** Short ways to ask what an expression gives. */
import {
  compileFormula,
  evaluateText,
  type FormulaInputs,
  type SampleSeries,
  type Value,
  valueText,
} from '../../../src/autoscale/index.js';
import { namedStream } from '../../../src/base/index.js';

/** 12:00 on a Wednesday. */
export const NOW = '2026-03-04T12:00:00Z';

/** What a formula sees, as far as a test cares; samples as they stand in vectors. */
export interface GivenContext extends Partial<Omit<FormulaInputs, 'samples' | 'constants'>> {
  readonly samples?: Readonly<Record<string, readonly { readonly t: string; readonly v: number }[]>>;
  readonly constants?: Readonly<Record<string, number>>;
}

/** Inputs at {@link NOW}. */
export function inputsAt({ samples = {}, constants = {}, ...given }: GivenContext = {}): FormulaInputs {
  const series = Object.entries(samples).map(([metric, list]): [string, SampleSeries] => [
    metric,
    { times: list.map(({ t }) => Date.parse(t)), values: list.map(({ v }) => v) },
  ]);
  return {
    ...{ nowMs: Date.parse(NOW), targetDedicatedNodes: 0, targetLowPriorityNodes: 0, taskSlotsPerNode: 1 },
    ...{ currentDedicatedNodes: 0, currentLowPriorityNodes: 0, random: namedStream(1, 'vectors') },
    ...{ samples: new Map(series), constants: new Map(Object.entries(constants)), ...given },
  };
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
