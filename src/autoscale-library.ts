/**
 * The package's entry `batchsim/autoscale`: the formula language by itself, with what its answers are made of. It needs
 * no pool, no scenario and no machine.
 *
 * ```ts
 * import { diagnoseFormula, evaluateFormula, renderDiagnostic } from 'batchsim/autoscale';
 *
 * const { formula, diagnostics } = diagnoseFormula(text);
 * console.log(diagnostics.map(renderDiagnostic).join('\n'));
 * ```
 */

export * from './autoscale/index.js';
export {
  applyFixes,
  type Diagnostic,
  diagnosticsAs,
  type Fix,
  fileSource,
  placeText,
  positionAt,
  type Result,
  renderDiagnostic,
  type Severity,
  type Source,
  type Span,
  type TextEdit,
  type UniformSource,
} from './base/index.js';
