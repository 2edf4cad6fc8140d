/** What an evaluation leaves (formula 6): targets and an option, or an error; and `results` in the service's words. */
import { type Diagnostic, fileSource, positionAt, type Source, type Span } from '../base/index.js';
import { type Complaint, diagnosticOf } from './complaints.js';
import type { FormulaInputs } from './inputs.js';
import { type DeallocationOption, type Value, valueText } from './values.js';

/** The outcome of one evaluation. */
export type Evaluation = EvaluationSuccess | EvaluationFailure;

/** It came to its end, or to `stop()`. */
export interface EvaluationSuccess {
  readonly ok: true;
  /** To be applied: whole, not negative; the pool's own where the formula sets none (formula 6.3). */
  readonly targetDedicatedNodes: number;
  readonly targetLowPriorityNodes: number;
  readonly nodeDeallocationOption: DeallocationOption;
  /** `name=value` joined by `;` (formula 6.7, ASC-05). */
  readonly results: string;
  /** The formula's own variables by name, sorted. */
  readonly variables: ReadonlyMap<string, Value>;
}

/** It failed; nothing is applied (formula 6.2). */
export interface EvaluationFailure {
  readonly ok: false;
  readonly error: EvaluationError;
  /** The pool's present targets, without the formula's variables (formula 6.7). */
  readonly results: string;
  /** The formula's own variables as far as it came, by name, sorted: for whoever looks for the reason. */
  readonly variables: ReadonlyMap<string, Value>;
}

/** `autoScaleRun.error`, and what a person needs to mend it. */
export interface EvaluationError {
  /** `syntax` and `limit` only where a text was evaluated that does not compile. */
  readonly kind: 'syntax' | 'limit' | 'evaluation' | 'insufficientSamples';
  readonly code: 'InsufficientSampleData' | 'AutoScalingFormulaEvaluationError';
  readonly message: string;
  readonly values: readonly { readonly name: string; readonly value: string }[];
  /** The same with its place in the formula's file. */
  readonly diagnostic: Diagnostic;
}

/** The system's three entries of `results`, then the formula's variables. */
export function resultsText(
  targetDedicatedNodes: number,
  targetLowPriorityNodes: number,
  option: DeallocationOption,
  variables: ReadonlyMap<string, Value>,
): string {
  const entries = [
    `$TargetDedicatedNodes=${targetDedicatedNodes}`,
    `$TargetLowPriorityNodes=${targetLowPriorityNodes}`,
    `$NodeDeallocationOption=${option}`,
  ];
  for (const [name, value] of variables) entries.push(`${name}=${valueText(value)}`);
  return entries.join(';');
}

/** A failed evaluation: its error as the service words it, and the pool as it is. */
export function failure(
  kind: EvaluationError['kind'],
  diagnostic: Diagnostic,
  inputs: FormulaInputs,
  variables: ReadonlyMap<string, Value>,
): EvaluationFailure {
  const lacksSamples = kind === 'insufficientSamples';
  const error: EvaluationError = {
    kind,
    code: lacksSamples ? 'InsufficientSampleData' : 'AutoScalingFormulaEvaluationError',
    message: `Autoscale evaluation failed due to ${lacksSamples ? 'insufficient sample data' : 'an error in the formula'}`,
    values: [{ name: 'Message', value: `${lineAndColumn(diagnostic)}: ${diagnostic.message}` }],
    diagnostic,
  };
  const results = resultsText(inputs.targetDedicatedNodes, inputs.targetLowPriorityNodes, 'requeue', new Map());
  return { ok: false, error, results, variables };
}

/** A failed evaluation by a complaint of the run. */
export function failureAt(
  source: Source,
  span: Span,
  complaint: Complaint,
  inputs: FormulaInputs,
  variables: ReadonlyMap<string, Value>,
): EvaluationFailure {
  const kind = complaint.code === 'BS3021' ? 'insufficientSamples' : 'evaluation';
  return failure(kind, diagnosticOf(source, span, complaint, 'error'), inputs, variables);
}

/** The service counts within the formula, wherever in a file that stands (formula 6.5). */
function lineAndColumn({ place }: Diagnostic): string {
  const { line, column } =
    place === null ? { line: 1, column: 1 } : positionAt(fileSource('', place.source.text), place.span.start);
  return `Line ${line}, Col ${column}`;
}
