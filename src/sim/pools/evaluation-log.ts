/** What pools followed and what came of it, as the recording keeps it (ASC-05): texts once, a few numbers an evaluation. */
import { NODE_DEALLOCATION_OPTIONS, type NodeDeallocationOption } from '../../model/index.js';
import {
  type AutoScaleRun,
  EVALUATION_EFFECTS,
  type EvaluationColumns,
  type EvaluationEffect,
  type FormulaRow,
  NO_PERCENT,
  type OutcomeRow,
} from '../../recording/index.js';
import { withRoom } from '../engine/columns.js';

/** One evaluation. */
export interface RecordedEvaluation {
  readonly run: AutoScaleRun;
  /** Row of `formulas`. */
  readonly formula: number;
  readonly targetDedicated: number;
  readonly targetLowPriority: number;
  readonly wantedDedicated: number;
  readonly wantedLowPriority: number;
  readonly option: NodeDeallocationOption;
  readonly effect: EvaluationEffect;
  readonly currentDedicated: number;
  readonly currentLowPriority: number;
  /** Least share of samples present, 0 to 100; null: none were asked for. */
  readonly samplePercent: number | null;
}

/** Every evaluation of a run. */
export class EvaluationLog implements EvaluationColumns {
  readonly formulas: FormulaRow[] = [];
  readonly outcomes: OutcomeRow[] = [];
  /** Rows of `outcomes` by their texts. */
  readonly #known = new Map<string, number>();
  count = 0;
  atMs = new Float64Array(16);
  formula = new Int32Array(16);
  outcome = new Int32Array(16);
  targetDedicated = new Int32Array(16);
  targetLowPriority = new Int32Array(16);
  wantedDedicated = new Int32Array(16);
  wantedLowPriority = new Int32Array(16);
  option = new Uint8Array(16);
  effect = new Uint8Array(16);
  currentDedicated = new Int32Array(16);
  currentLowPriority = new Int32Array(16);
  samplePercent = new Uint8Array(16);

  /** Adds an evaluation. */
  add(evaluation: RecordedEvaluation): void {
    const row = this.count++;
    if (row === this.atMs.length) this.#grow();
    this.atMs[row] = evaluation.run.atMs;
    this.formula[row] = evaluation.formula;
    this.outcome[row] = this.#outcomeOf(evaluation.run);
    this.targetDedicated[row] = evaluation.targetDedicated;
    this.targetLowPriority[row] = evaluation.targetLowPriority;
    this.wantedDedicated[row] = evaluation.wantedDedicated;
    this.wantedLowPriority[row] = evaluation.wantedLowPriority;
    this.option[row] = NODE_DEALLOCATION_OPTIONS.indexOf(evaluation.option);
    this.effect[row] = EVALUATION_EFFECTS.indexOf(evaluation.effect);
    this.currentDedicated[row] = evaluation.currentDedicated;
    this.currentLowPriority[row] = evaluation.currentLowPriority;
    this.samplePercent[row] = evaluation.samplePercent === null ? NO_PERCENT : Math.floor(evaluation.samplePercent);
  }

  #outcomeOf({ results, error }: AutoScaleRun): number {
    const detail = error?.values[0]?.value ?? '';
    const key = error === null ? results : `${error.code}\n${detail}\n${results}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.outcomes.length);
    this.outcomes.push({ results, code: error?.code ?? null, message: error?.message ?? '', detail });
    return this.outcomes.length - 1;
  }

  #grow(): void {
    const { count } = this;
    this.atMs = withRoom(this.atMs, count);
    this.formula = withRoom(this.formula, count);
    this.outcome = withRoom(this.outcome, count);
    this.targetDedicated = withRoom(this.targetDedicated, count);
    this.targetLowPriority = withRoom(this.targetLowPriority, count);
    this.wantedDedicated = withRoom(this.wantedDedicated, count);
    this.wantedLowPriority = withRoom(this.wantedLowPriority, count);
    this.option = withRoom(this.option, count);
    this.effect = withRoom(this.effect, count);
    this.currentDedicated = withRoom(this.currentDedicated, count);
    this.currentLowPriority = withRoom(this.currentLowPriority, count);
    this.samplePercent = withRoom(this.samplePercent, count);
  }
}
