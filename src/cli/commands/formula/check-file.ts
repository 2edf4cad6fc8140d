/** One argument of `formula check` → the problems of the formulas in it. */
import { diagnoseFormula, type PoolKind } from '../../../autoscale/index.js';
import type { Diagnostic } from '../../../base/index.js';
import { nodeFiles } from '../../../host/index.js';
import { findFormulas } from '../../../scenario/index.js';
import { isScenario, readFormulaSource } from './read-formula.js';

/** What files are read with. */
export interface CheckOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--set`, for scenarios. */
  readonly sets: readonly string[];
  /** `--var`, for scenarios. */
  readonly vars: ReadonlyMap<string, string>;
  readonly poolKind: PoolKind | null;
}

/** What one file came to. */
export interface CheckedFile {
  readonly file: string;
  /** How many there are in it. */
  readonly formulas: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks a formula, or all formulas of a scenario. */
export function checkFile(file: string, options: CheckOptions): CheckedFile {
  const source = readFormulaSource(file);
  if (!source.ok) return { file, formulas: 0, diagnostics: [source.error] };
  const { env, sets, vars, poolKind } = options;
  if (!isScenario(file)) {
    return { file, formulas: 1, diagnostics: diagnoseFormula(source.value, { poolKind }).diagnostics };
  }
  const reading = { files: nodeFiles(), env, sets, vars: Object.fromEntries(vars), poolKind };
  const found = findFormulas(file, source.value.text, reading);
  if (!found.ok) return { file, formulas: 0, diagnostics: found.error };
  return {
    file,
    formulas: found.value.length,
    diagnostics: once(found.value.flatMap(({ diagnostics }) => diagnostics)),
  };
}

/** A formula that two pools share by an alias is one text: its problems are told once. */
function once(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, message, place }) => {
    const key = [code, place?.source.name, place?.span.start, message].join('\n');
    return !seen.has(key) && seen.add(key);
  });
}
