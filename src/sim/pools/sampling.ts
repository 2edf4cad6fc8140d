/**
 * Samples every 30 s of pools that follow a formula (ASC-07), without an event for each: between two things that happen
 * all samples are alike, so that they are taken together when time is about to go on. Only a sample of an instant at which
 * something happens is an event of that instant, so that it is taken in its phase (SIM-02).
 */
import { SAMPLED_METRICS } from '../../recording/index.js';
import { eventCode } from '../engine/event-queue.js';
import type { PoolState } from '../entities.js';
import { SIM_EVENT } from '../events.js';
import type { World } from '../world.js';
import { countFinished } from './finished-tasks.js';
import { measure } from './metrics.js';
import { SampleClock } from './sampled-series.js';
import { PoolSampling, type ScalingState } from './scaling-state.js';

/** The sampling of a pool whose autoscale becomes active: the first sample is 30 s away. */
export function makeSampling(world: World, pool: PoolState): PoolSampling {
  const { scenario, nowMs } = world;
  const { clock, options, seed } = scenario;
  return new PoolSampling(new SampleClock(nowMs, clock.epochMs, options.sampleLoss, pool.key, seed));
}

/** The pool is sampled from now on. Whatever has happened until now is counted. */
export function beginSampling(world: World, pool: PoolState, scaling: ScalingState): void {
  const { sampling } = world;
  sampling.stretches.push({ formula: scaling.row, changes: scaling.sampling.changes });
  sampling.add(pool);
  // From an earlier time with autoscale, also those that have gone since.
  for (const node of pool.nodeRows) sampling.shares.forget(node);
  for (const node of pool.present) sampling.touch(node);
  countFinished(world, pool);
}

/** The pool, which still has its scaling, is sampled no more. */
export function endSampling(world: World, pool: PoolState): void {
  const { clock, count, isDue } = (pool.scaling as ScalingState).sampling;
  if (isDue) world.cancel(clock.atMs(count + 1), sampleCode(pool));
  world.sampling.remove(pool);
}

/** Nothing happens before `dueMs`: takes the samples until then. Those of that instant itself come in their phase. */
export function takeSamplesBefore(world: World, dueMs: number): void {
  for (const pool of world.sampling.pools) {
    const { sampling } = pool.scaling as ScalingState;
    takeUpTo(world, pool, sampling, sampling.clock.countUpTo(dueMs - 1));
    if (sampling.nextMs !== dueMs || sampling.isDue) continue;
    sampling.isDue = true;
    world.background.push(dueMs, sampleCode(pool));
  }
  world.sampling.reckon();
}

/** The run ends: takes the samples until then, those of its last instant included. */
export function takeLastSamples(world: World, endMs: number): void {
  for (const pool of world.sampling.pools) {
    const { sampling } = pool.scaling as ScalingState;
    takeUpTo(world, pool, sampling, sampling.clock.countUpTo(endMs));
  }
}

/** A sample is due at an instant at which other things happen (phase 7). */
export function onAutoscaleSample(world: World, pool: PoolState): void {
  const { sampling } = pool.scaling as ScalingState;
  sampling.isDue = false;
  takeUpTo(world, pool, sampling, sampling.count + 1);
  world.sampling.reckon();
}

const VALUES = new Int32Array(SAMPLED_METRICS.length);

/** All samples that are due up to this number have the values of now. */
function takeUpTo(world: World, pool: PoolState, sampling: PoolSampling, number: number): void {
  if (number <= sampling.count) return;
  measure(world, pool, sampling, VALUES);
  for (let metric = 0; metric < VALUES.length; metric++) {
    sampling.changes[metric]?.set(sampling.count + 1, VALUES[metric] as number);
  }
  sampling.count = number;
}

function sampleCode(pool: PoolState): number {
  return eventCode(SIM_EVENT.autoscaleSample, pool.row);
}
