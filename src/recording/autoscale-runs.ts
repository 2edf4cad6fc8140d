/** What autoscale of a pool showed at a moment, read from a recording (ASC-05). */
import { NODE_DEALLOCATION_OPTIONS, type NodeDeallocationOption } from '../model/index.js';
import {
  EVALUATION_EFFECTS,
  type EvaluationEffect,
  type FormulaRow,
  NO_PERCENT,
  type OutcomeRow,
} from './autoscale-rows.js';
import type { Recording } from './recording.js';

/** The pool's `autoScaleRun`: the last evaluation, as the service shows it. */
export interface AutoScaleRun {
  /** When it was evaluated, in ms from the start. */
  readonly atMs: number;
  /** `$name=value` joined by `;`. */
  readonly results: string;
  /** null: it succeeded. */
  readonly error: AutoScaleRunError | null;
}

/** Why an evaluation failed. */
export interface AutoScaleRunError {
  readonly code: string;
  readonly message: string;
  readonly values: readonly { readonly name: string; readonly value: string }[];
}

/** One evaluation with all that is recorded of it. */
export interface EvaluationRow {
  readonly run: AutoScaleRun;
  readonly formula: FormulaRow;
  /** The pool's targets before it, and what it wants of the pool: the same if it failed. */
  readonly targetDedicatedNodes: number;
  readonly targetLowPriorityNodes: number;
  readonly wantedDedicatedNodes: number;
  readonly wantedLowPriorityNodes: number;
  readonly option: NodeDeallocationOption;
  readonly effect: EvaluationEffect;
  /** Nodes of the pool then; spot nodes include preempted ones. */
  readonly currentDedicatedNodes: number;
  readonly currentLowPriorityNodes: number;
  /** Of the samples that its calls asked for, the least share that was there, in whole percent; null: it asked for none. */
  readonly samplePercent: number | null;
}

/** The row of `formulas` that a pool follows at a moment; -1: autoscale is off then. */
export function formulaRowAt({ formulas }: Recording, pool: number, atMs: number): number {
  return formulas.findLastIndex(
    ({ poolIndex, startMs, endMs }) => poolIndex === pool && startMs <= atMs && (endMs < 0 || endMs > atMs),
  );
}

/** The row of the last evaluation of a pool, up to and with a moment at which autoscale is on; -1: there is none. */
export function evaluationRowAt(recording: Recording, pool: number, atMs: number): number {
  const { evaluations, formulas } = recording;
  const followed = formulas[formulaRowAt(recording, pool, atMs)];
  if (followed === undefined) return -1;
  for (let row = countUpTo(evaluations.atMs, evaluations.count, atMs) - 1; row >= 0; row--) {
    if ((evaluations.atMs[row] as number) < followed.activeMs) return -1;
    if (isOfStretch(formulas[evaluations.formula[row] as number] as FormulaRow, followed)) return row;
  }
  return -1;
}

/** Formula 6.6: the pool's `autoScaleRun` at a moment, its own changes included; null while autoscale is off. */
export function autoScaleRunAt(recording: Recording, pool: number, atMs: number): AutoScaleRun | null {
  const row = evaluationRowAt(recording, pool, atMs);
  return row < 0 ? null : evaluationAt(recording, row).run;
}

/** A row of `evaluations` as an object. */
export function evaluationAt({ evaluations: columns, formulas, outcomes }: Recording, row: number): EvaluationRow {
  const at = (column: ArrayLike<number>) => column[row] as number;
  const percent = at(columns.samplePercent);
  return {
    run: runOf(at(columns.atMs), outcomes[at(columns.outcome)] as OutcomeRow),
    formula: formulas[at(columns.formula)] as FormulaRow,
    targetDedicatedNodes: at(columns.targetDedicated),
    targetLowPriorityNodes: at(columns.targetLowPriority),
    wantedDedicatedNodes: at(columns.wantedDedicated),
    wantedLowPriorityNodes: at(columns.wantedLowPriority),
    option: NODE_DEALLOCATION_OPTIONS[at(columns.option)] as NodeDeallocationOption,
    effect: EVALUATION_EFFECTS[at(columns.effect)] as EvaluationEffect,
    currentDedicatedNodes: at(columns.currentDedicated),
    currentLowPriorityNodes: at(columns.currentLowPriority),
    samplePercent: percent === NO_PERCENT ? null : percent,
  };
}

/** The formula's own variables in `results`, by name, as text. A string that looks like the next entry ends its own. */
export function resultVariables(results: string): Record<string, string> {
  const entries = results.split(/;(?=\$?[A-Za-z_][A-Za-z0-9_]*=)/).slice(SYSTEM_ENTRIES);
  return Object.fromEntries(
    entries.map((entry) => {
      const cut = entry.indexOf('=');
      return [entry.slice(0, cut), entry.slice(cut + 1)];
    }),
  );
}

/** Both targets and the option come first (formula 6.7). */
const SYSTEM_ENTRIES = 3;

function runOf(atMs: number, { results, code, message, detail }: OutcomeRow): AutoScaleRun {
  if (code === null) return { atMs, results, error: null };
  return { atMs, results, error: { code, message, values: [{ name: 'Message', value: detail }] } };
}

/** Whether both rows are of one pool, and of one stretch in which autoscale was active. */
function isOfStretch(one: FormulaRow, other: FormulaRow): boolean {
  return one.poolIndex === other.poolIndex && one.activeMs === other.activeMs;
}

/** How many of ascending moments are not after another. */
function countUpTo(moments: Float64Array, count: number, atMs: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((moments[middle] as number) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
