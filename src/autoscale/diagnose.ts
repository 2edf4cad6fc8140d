/** Everything that can be said of a text before it runs: what the service refuses, what will fail, what is rarely meant. */
import type { Diagnostic, Source } from '../base/index.js';
import { withFixes } from './fixes.js';
import { type Formula, inOrder, readFormula, sourceOf } from './formula.js';
import { type LintOptions, Subject } from './lints/subject.js';
import { lintsOf } from './lints/table.js';

/** What {@link diagnoseFormula} found. */
export interface Diagnosis {
  /** The formula, ready to be evaluated; null where the service refuses it. */
  readonly formula: Formula | null;
  /**
   * In the order of their places. Errors: the service refuses the text, or every run that gets there fails. Warnings:
   * a run fails by the branch taken, or a lint speaks. Mechanical ones carry their fix.
   */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a text and reports all that is wrong or questionable in it, in one go. */
export function diagnoseFormula(given: Source | string, options: Partial<LintOptions> = {}): Diagnosis {
  const source = sourceOf(given);
  const { program, types, refused, problems } = readFormula(source);
  const subject = new Subject(source, program, types, {
    poolKind: options.poolKind ?? null,
    taskSlotsPerNode: options.taskSlotsPerNode ?? null,
  });
  const lints = program.statements.length === 0 && refused ? [] : lintsOf(subject, !refused);
  return {
    formula: refused ? null : { source, program, types, problems },
    diagnostics: inOrder([...withFixes(problems, subject), ...lints]),
  };
}
