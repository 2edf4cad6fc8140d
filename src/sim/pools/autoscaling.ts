/** Pools that follow a formula (ASC): when it is evaluated, and what that does to the pool. */
import {
  compileFormula,
  type Evaluation,
  evaluateFormula,
  type Formula,
  type FormulaInputs,
  type FormulaObserver,
  type SampleUse,
} from '../../autoscale/index.js';
import { assert } from '../../base/index.js';
import type { AutoScale } from '../../model/index.js';
import type { AutoScaleRun, EvaluationEffect, FormulaRow } from '../../recording/index.js';
import { eventCode } from '../engine/event-queue.js';
import type { PoolState } from '../entities.js';
import { SIM_EVENT } from '../events.js';
import { PURPOSE } from '../purposes.js';
import type { World } from '../world.js';
import { instantKey } from './sampled-series.js';
import { beginSampling, endSampling, makeSampling } from './sampling.js';
import { applyPostponed, scaleTo } from './scaling.js';
import type { ScalingState } from './scaling-state.js';

/** Autoscale becomes active: the formula is evaluated at once, then at every interval (ASC-02, ASC-07). */
export function beginScaling(world: World, pool: PoolState, { formula, evaluationIntervalMs }: AutoScale): void {
  const scaling: ScalingState = {
    ...{ formula: compiled(formula), intervalMs: evaluationIntervalMs, row: -1 },
    ...{ evaluationMs: -1, resumesMs: null, sampling: makeSampling(world, pool) },
    ...{ run: null, postponed: null, onSteady: () => applyPostponed(world, pool) },
  };
  pool.scaling = scaling;
  addFormulaRow(world, pool, scaling);
  beginSampling(world, pool, scaling);
  evaluateNow(world, pool, scaling, null);
}

/** ASC-04: a new formula, a new interval, or both. A new interval restarts the schedule (ASC-02). */
export function changeScaling(world: World, pool: PoolState, formula: string | null, intervalMs: number | null): void {
  const scaling = pool.scaling as ScalingState;
  closeFormulaRow(world, scaling);
  if (formula !== null) scaling.formula = compiled(formula);
  if (intervalMs !== null) scaling.intervalMs = intervalMs;
  addFormulaRow(world, pool, scaling);
  pool.spec = {
    ...pool.spec,
    autoScale: { formula: scaling.formula.source.text, evaluationIntervalMs: scaling.intervalMs },
  };
  if (scaling.evaluationMs === world.nowMs) return;
  world.cancel(scaling.evaluationMs, evaluationCode(pool));
  evaluateNow(world, pool, scaling, intervalMs === null ? scaling.evaluationMs : null);
}

/** ASC-09: the pool keeps its targets from now on, and a resize that goes on goes on. */
export function endScaling(world: World, pool: PoolState): void {
  const { scaling } = pool;
  if (scaling === null) return;
  world.cancel(scaling.evaluationMs, evaluationCode(pool));
  endSampling(world, pool);
  closeFormulaRow(world, scaling);
  pool.scaling = null;
  pool.spec = { ...pool.spec, autoScale: null };
}

/** An evaluation is due (phase 7). */
export function onAutoscaleEvaluation(world: World, pool: PoolState): void {
  const scaling = pool.scaling as ScalingState;
  scaling.evaluationMs = scaling.resumesMs ?? world.nowMs + scaling.intervalMs;
  scaling.resumesMs = null;
  world.background.push(scaling.evaluationMs, evaluationCode(pool));
  evaluate(world, pool, scaling);
}

/** What an evaluation of the pool is given now. */
export function formulaInputs(world: World, pool: PoolState, { sampling }: ScalingState): FormulaInputs {
  const { scenario, nowMs, uniforms } = world;
  return {
    nowMs: scenario.clock.epochMs + nowMs,
    targetDedicatedNodes: pool.spec.targetDedicatedNodes,
    targetLowPriorityNodes: pool.spec.targetLowPriorityNodes,
    currentDedicatedNodes: pool.held[0] as number,
    currentLowPriorityNodes: pool.held[1] as number,
    taskSlotsPerNode: pool.spec.taskSlotsPerNode,
    samples: sampling.samples,
    random: uniforms.seek(instantKey(pool.key, nowMs), 0, PURPOSE.formulaRandom),
    sampleDelayMs: scenario.options.sampleDelayMs,
  };
}

/** ASC-05: what an evaluation came to, as the service shows it. */
export function runOf(world: World, evaluation: Evaluation): AutoScaleRun {
  const { ok, results } = evaluation;
  if (ok) return { atMs: world.nowMs, results, error: null };
  const { code, message, values } = evaluation.error;
  return { atMs: world.nowMs, results, error: { code, message, values } };
}

/** Evaluates the formula, applies what it says and records both; one that fails leaves the targets alone (ASC-05). */
function evaluate(world: World, pool: PoolState, scaling: ScalingState): void {
  const inputs = formulaInputs(world, pool, scaling);
  const watch = new SampleWatch();
  const evaluation = evaluateFormula(scaling.formula, inputs, watch);
  const wanted = wantedBy(evaluation, inputs);
  scaling.run = runOf(world, evaluation);
  const effect: EvaluationEffect = evaluation.ok ? scaleTo(world, pool, scaling, wanted) : 'none';
  world.evaluations.add({
    run: scaling.run,
    formula: scaling.row,
    effect,
    option: wanted.option,
    samplePercent: watch.leastPercent,
    targetDedicated: inputs.targetDedicatedNodes,
    targetLowPriority: inputs.targetLowPriorityNodes,
    wantedDedicated: wanted.dedicated,
    wantedLowPriority: wanted.lowPriority,
    currentDedicated: inputs.currentDedicatedNodes,
    currentLowPriority: inputs.currentLowPriorityNodes,
  });
}

function wantedBy(evaluation: Evaluation, inputs: FormulaInputs) {
  const { targetDedicatedNodes, targetLowPriorityNodes } = evaluation.ok ? evaluation : inputs;
  const option = evaluation.ok ? evaluation.nodeDeallocationOption : 'requeue';
  return { dedicated: targetDedicatedNodes, lowPriority: targetLowPriorityNodes, option } as const;
}

/** Notes how complete the samples were that a formula looked at. */
class SampleWatch implements FormulaObserver {
  /** null: it looked at none. */
  leastPercent: number | null = null;

  value(): void {}

  samples(_: unknown, { percent }: SampleUse): void {
    this.leastPercent = Math.min(this.leastPercent ?? percent, percent);
  }
}

/** SIM-02: in the phase of evaluations, after the sample of this instant; the next one is at `resumesMs`, or an interval later. */
function evaluateNow(world: World, pool: PoolState, scaling: ScalingState, resumesMs: number | null): void {
  scaling.resumesMs = resumesMs;
  scaling.evaluationMs = world.nowMs;
  world.queue.push(world.nowMs, evaluationCode(pool));
}

/** Whoever sets a formula has found that it can be read (ASC-03). */
function compiled(text: string): Formula {
  const formula = compileFormula(text);
  assert(formula.ok, 'a pool has a formula that can be read');
  return formula.value;
}

function addFormulaRow(world: World, pool: PoolState, scaling: ScalingState): void {
  const { sampleDelayMs, sampleLoss } = world.scenario.options;
  const { formulas } = world.evaluations;
  scaling.row = formulas.length;
  formulas.push({
    ...{ poolIndex: pool.row, startMs: world.nowMs, endMs: -1 },
    ...{ formula: scaling.formula.source.text, evaluationIntervalMs: scaling.intervalMs },
    ...{ activeMs: scaling.sampling.clock.activeMs, sampleCount: 0, sampleDelayMs, sampleLoss },
  });
}

function closeFormulaRow(world: World, scaling: ScalingState): void {
  const { formulas } = world.evaluations;
  const row = formulas[scaling.row] as FormulaRow;
  formulas[scaling.row] = { ...row, endMs: world.nowMs, sampleCount: scaling.sampling.count };
}

function evaluationCode(pool: PoolState): number {
  return eventCode(SIM_EVENT.autoscaleEvaluation, pool.row);
}
