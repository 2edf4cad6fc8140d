/**
 * What the formula of a pool was given, rebuilt from a recording: any evaluation can be made again, step by step if
 * need be, and one can be tried at any other moment. Nothing is simulated again.
 */
import type { FormulaInputs } from '../../autoscale/index.js';
import { Uniforms } from '../../base/index.js';
import {
  type AccountRow,
  type EvaluationRow,
  evaluationAt,
  evaluationRowAt,
  type FormulaRow,
  formulaRowAt,
  type PoolRow,
  type Recording,
  SAMPLED_METRICS,
} from '../../recording/index.js';
import { poolKeyOf } from '../pool-key.js';
import { PURPOSE } from '../purposes.js';
import { SampleWindows } from './sample-windows.js';
import { instantKey, SampleClock, type ValueChanges } from './sampled-series.js';

/** A formula and what it is given at a moment. */
export interface FormulaMoment {
  /** The moment, in ms from the start of the run. */
  readonly atMs: number;
  /** What the pool follows then: the formula's text is in it. */
  readonly formula: FormulaRow;
  readonly inputs: FormulaInputs;
}

/** An evaluation by the service: what it was given, and what came of it. */
export interface PastEvaluation extends FormulaMoment {
  readonly outcome: EvaluationRow;
}

/** The formulas of one pool. Moments that are asked for in order are quickest; inputs are good until the next are asked for. */
export class FormulaHistory {
  readonly #recording: Recording;
  readonly #pool: number;
  readonly #poolKey: number;
  /** Samples of the stretch of autoscale that was asked for last. */
  #stretch: { readonly formula: number; readonly clock: SampleClock; readonly windows: SampleWindows } | null = null;

  constructor(recording: Recording, pool: number) {
    const { id, accountIndex } = recording.pools[pool] as PoolRow;
    this.#recording = recording;
    this.#pool = pool;
    this.#poolKey = poolKeyOf((recording.accounts[accountIndex] as AccountRow).name, id);
  }

  /** The service's last evaluation up to a moment, and with it; null while autoscale is off. */
  lastEvaluation(atMs: number): PastEvaluation | null {
    const row = evaluationRowAt(this.#recording, this.#pool, atMs);
    return row < 0 ? null : this.#pastEvaluation(row);
  }

  /** All evaluations of the pool, in order. */
  *evaluations(): Generator<PastEvaluation> {
    const { evaluations, formulas } = this.#recording;
    for (let row = 0; row < evaluations.count; row++) {
      const formula = formulas[evaluations.formula[row] as number] as FormulaRow;
      if (formula.poolIndex === this.#pool) yield this.#pastEvaluation(row);
    }
  }

  /** What an evaluation would be given at a moment, after everything that happened then; null while autoscale is off. */
  moment(atMs: number): FormulaMoment | null {
    const row = formulaRowAt(this.#recording, this.#pool, atMs);
    if (row < 0) return null;
    const [targetDedicatedNodes, targetLowPriorityNodes] = this.#targetsAt(atMs);
    const [currentDedicatedNodes, currentLowPriorityNodes] = this.#nodesAt(atMs);
    return this.#momentOf(atMs, this.#recording.formulas[row] as FormulaRow, {
      ...{ targetDedicatedNodes, targetLowPriorityNodes, currentDedicatedNodes, currentLowPriorityNodes },
    });
  }

  #pastEvaluation(row: number): PastEvaluation {
    const outcome = evaluationAt(this.#recording, row);
    return { ...this.#momentOf(outcome.run.atMs, outcome.formula, outcome), outcome };
  }

  #momentOf(
    atMs: number,
    formula: FormulaRow,
    pool: Pick<
      FormulaInputs,
      'targetDedicatedNodes' | 'targetLowPriorityNodes' | 'currentDedicatedNodes' | 'currentLowPriorityNodes'
    >,
  ): FormulaMoment {
    const { run, pools } = this.#recording;
    const inputs: FormulaInputs = {
      nowMs: run.epochMs + atMs,
      targetDedicatedNodes: pool.targetDedicatedNodes,
      targetLowPriorityNodes: pool.targetLowPriorityNodes,
      currentDedicatedNodes: pool.currentDedicatedNodes,
      currentLowPriorityNodes: pool.currentLowPriorityNodes,
      taskSlotsPerNode: (pools[this.#pool] as PoolRow).taskSlotsPerNode,
      samples: this.#samplesAt(atMs, formula),
      random: new Uniforms(run.seed).seek(instantKey(this.#poolKey, atMs), 0, PURPOSE.formulaRandom),
      sampleDelayMs: formula.sampleDelayMs,
    };
    return { atMs, formula, inputs };
  }

  /** SIM-02: the sample of an instant comes before its evaluation. */
  #samplesAt(atMs: number, formula: FormulaRow): FormulaInputs['samples'] {
    const { formulas } = this.#recording;
    const isOfStretch = (row: FormulaRow) => row.poolIndex === this.#pool && row.activeMs === formula.activeMs;
    const first = formulas.findIndex(isOfStretch);
    const taken = formulas.findLast(isOfStretch)?.sampleCount ?? 0;
    if (this.#stretch?.formula !== first) this.#stretch = this.#readStretch(first, formula);
    const number = Math.min(taken, this.#stretch.clock.countUpTo(atMs));
    if (number < this.#stretch.windows.number) this.#stretch = this.#readStretch(first, formula);
    return this.#stretch.windows.upTo(number);
  }

  #readStretch(first: number, { activeMs, sampleLoss }: FormulaRow) {
    const { run } = this.#recording;
    const clock = new SampleClock(activeMs, run.epochMs, sampleLoss, this.#poolKey, run.seed);
    const changes = SAMPLED_METRICS.map((_, metric) => this.#changesOf(first, metric));
    return { formula: first, clock, windows: new SampleWindows(changes, clock) };
  }

  /** Rows of `samples` stand by formula, metric and number. */
  #changesOf(first: number, metric: number): ValueChanges {
    const { samples } = this.#recording;
    const isBefore = (row: number, toMetric: number) =>
      (samples.formula[row] as number) < first ||
      (samples.formula[row] === first && (samples.metric[row] as number) < toMetric);
    const from = firstRow(samples.count, (row) => isBefore(row, metric));
    const to = firstRow(samples.count, (row) => isBefore(row, metric + 1));
    return { count: to - from, numbers: samples.number.subarray(from, to), values: samples.value.subarray(from, to) };
  }

  /** Those of the resize that began last. */
  #targetsAt(atMs: number): readonly [number, number] {
    const resize = this.#recording.resizes.findLast(
      ({ poolIndex, startMs }) => poolIndex === this.#pool && startMs <= atMs,
    );
    return [resize?.targetDedicatedNodes ?? 0, resize?.targetLowPriorityNodes ?? 0];
  }

  #nodesAt(atMs: number): readonly [number, number] {
    const { nodes } = this.#recording;
    const held: [number, number] = [0, 0];
    for (let node = 0; node < nodes.count; node++) {
      const goneMs = nodes.goneMs[node] as number;
      const isThere = (nodes.createdMs[node] as number) <= atMs && (goneMs < 0 || goneMs > atMs);
      if (nodes.pool[node] === this.#pool && isThere) held[nodes.kind[node] as 0 | 1] += 1;
    }
    return held;
  }
}

/** The first row for which a condition does not hold that holds for a first part of them. */
function firstRow(count: number, holds: (row: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
