/** What there is to say of a formula in a scenario: the formula room's words, at the scenario's places. */
import { diagnoseFormula, type LintOptions, refusalOf } from '../../autoscale/index.js';
import type { Diagnostic } from '../../base/index.js';
import type { PlacedText } from './placed-text.js';

/** Whether the service would set the formula, and everything that is wrong or questionable in it. */
export interface Judgement {
  readonly refused: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Diagnoses a formula for a pool of which this much is known. */
export function judgeFormula(text: PlacedText, options: Partial<LintOptions>): Judgement {
  const { diagnostics } = diagnoseFormula(text.source, options);
  return { refused: refusalOf(diagnostics) !== null, diagnostics: diagnostics.map(text.placed) };
}
