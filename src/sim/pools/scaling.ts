/** What the targets of a formula do to a pool (ASC-06, ASC-08). */
import type { EvaluationEffect } from '../../recording/index.js';
import type { PoolState } from '../entities.js';
import type { World } from '../world.js';
import { grow } from './growth.js';
import { chooseToRemove, stayingNodes } from './removal-order.js';
import { beginResize, missing } from './resize-record.js';
import type { ResizeState } from './resize-state.js';
import { completeBeginning, replaceResize, shrink } from './resizing.js';
import type { ScalingState, WantedTargets } from './scaling-state.js';

/** Applies new targets: at once, in place of those of a resize that goes on, or when its nodes have drained. */
export function scaleTo(world: World, pool: PoolState, scaling: ScalingState, wanted: WantedTargets): EvaluationEffect {
  scaling.postponed = null;
  const { targetDedicatedNodes, targetLowPriorityNodes } = pool.spec;
  if (wanted.dedicated === targetDedicatedNodes && wanted.lowPriority === targetLowPriorityNodes) return 'none';
  if (isDraining(world, pool)) {
    scaling.postponed = wanted;
    return 'postponed';
  }
  resizeTo(world, pool, wanted);
  return 'resized';
}

/** ASC-08: the pool is steady again; what the last evaluation wanted is done now. */
export function applyPostponed(world: World, pool: PoolState): void {
  const { scaling } = pool;
  if (scaling === null || scaling.postponed === null) return;
  const wanted = scaling.postponed;
  scaling.postponed = null;
  resizeTo(world, pool, wanted);
}

/**
 * A resize to these targets. Nodes that were on their way already and are still wanted stay on it: the target is
 * another, the nodes are the same.
 */
function resizeTo(world: World, pool: PoolState, wanted: WantedTargets): void {
  pool.spec = {
    ...pool.spec,
    targetDedicatedNodes: wanted.dedicated,
    targetLowPriorityNodes: wanted.lowPriority,
  };
  const targets = [wanted.dedicated, wanted.lowPriority] as const;
  const room = targets.map((target, kind) => Math.max(0, target - stayingNodes(world, pool, kind).length));
  const resize =
    pool.resize === null
      ? beginResize(world, pool, 'autoscale')
      : replaceResize(world, pool, pool.resize, [room[0] as number, room[1] as number]);
  for (const kind of [0, 1]) {
    shrink(world, resize, chooseToRemove(world, pool, kind, targets[kind] as number), wanted.option);
  }
  grow(world, pool, resize, stillMissing(resize, room, 0), stillMissing(resize, room, 1));
  completeBeginning(world, pool, resize, null); // RSZ-03: the timeout has no effect
}

function stillMissing(resize: ResizeState, room: readonly number[], kind: 0 | 1): number {
  return (room[kind] as number) - missing(resize.due[kind]);
}

/** Whether nodes that were chosen to leave still wait for their tasks or data. */
function isDraining(world: World, pool: PoolState): boolean {
  if (pool.resize === null) return false;
  return [...pool.resize.leaving].some((node) => world.lives.of(node).change !== null);
}
