/** Pools that follow a formula (ASC): samples, evaluations, and what they do to the pool. */
import {
  compileFormula,
  type Evaluation,
  evaluateFormula,
  type Formula,
  SAMPLE_PERIOD_MS,
} from '../../autoscale/index.js';
import { assert } from '../../base/index.js';
import type { AutoScale } from '../../model/index.js';
import { eventCode } from '../engine/event-queue.js';
import type { PoolState } from '../entities.js';
import { SIM_EVENT } from '../events.js';
import type { World } from '../world.js';
import { formulaInputs, takeSample } from './metrics.js';
import { applyPostponed, scaleTo } from './scaling.js';
import type { AutoScaleRun, ScalingState } from './scaling-state.js';

/** Autoscale becomes active: the formula is evaluated at once, then at every interval (ASC-02, ASC-07). */
export function beginScaling(world: World, pool: PoolState, { formula, evaluationIntervalMs }: AutoScale): void {
  const { nowMs } = world;
  const scaling: ScalingState = {
    ...{ formula: compiled(formula), intervalMs: evaluationIntervalMs, evaluations: 0 },
    ...{ evaluationMs: -1, resumesMs: null, sampleMs: nowMs + SAMPLE_PERIOD_MS, samples: new Map(), sampleCount: 0 },
    ...{ run: null, postponed: null, onSteady: () => applyPostponed(world, pool) },
  };
  pool.scaling = scaling;
  world.background.push(scaling.sampleMs, sampleCode(pool));
  evaluateNow(world, pool, scaling, null);
}

/** ASC-04: a new formula, a new interval, or both. A new interval restarts the schedule (ASC-02). */
export function changeScaling(world: World, pool: PoolState, formula: string | null, intervalMs: number | null): void {
  const scaling = pool.scaling as ScalingState;
  if (formula !== null) scaling.formula = compiled(formula);
  if (intervalMs !== null) scaling.intervalMs = intervalMs;
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
  world.cancel(scaling.sampleMs, sampleCode(pool));
  pool.scaling = null;
  pool.spec = { ...pool.spec, autoScale: null };
}

/** A sample is due (phase 7). */
export function onAutoscaleSample(world: World, pool: PoolState): void {
  const scaling = pool.scaling as ScalingState;
  takeSample(world, pool, scaling);
  scaling.sampleMs = world.nowMs + SAMPLE_PERIOD_MS;
  world.background.push(scaling.sampleMs, sampleCode(pool));
}

/** An evaluation is due (phase 7). */
export function onAutoscaleEvaluation(world: World, pool: PoolState): void {
  const scaling = pool.scaling as ScalingState;
  scaling.evaluationMs = scaling.resumesMs ?? world.nowMs + scaling.intervalMs;
  scaling.resumesMs = null;
  world.background.push(scaling.evaluationMs, evaluationCode(pool));
  evaluate(world, pool, scaling);
}

/** ASC-05: what an evaluation came to, as the service shows it. */
export function runOf(world: World, evaluation: Evaluation): AutoScaleRun {
  const { ok, results } = evaluation;
  if (ok) return { atMs: world.nowMs, results, error: null };
  const { code, message } = evaluation.error;
  return { atMs: world.nowMs, results, error: { code, message } };
}

/** Evaluates the formula and applies what it says; one that fails leaves the targets alone (ASC-05). */
function evaluate(world: World, pool: PoolState, scaling: ScalingState): void {
  const evaluation = evaluateFormula(scaling.formula, formulaInputs(world, pool, scaling));
  scaling.evaluations += 1;
  scaling.run = runOf(world, evaluation);
  if (!evaluation.ok) return;
  scaleTo(world, pool, scaling, {
    dedicated: evaluation.targetDedicatedNodes,
    lowPriority: evaluation.targetLowPriorityNodes,
    option: evaluation.nodeDeallocationOption,
  });
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

function sampleCode(pool: PoolState): number {
  return eventCode(SIM_EVENT.autoscaleSample, pool.row);
}

function evaluationCode(pool: PoolState): number {
  return eventCode(SIM_EVENT.autoscaleEvaluation, pool.row);
}
