/** A pool that was just added (POOL-02, POOL-03). */
import { eventCode } from '../engine/event-queue.js';
import type { PoolState } from '../entities.js';
import { SIM_EVENT } from '../events.js';
import { beginFaults } from '../nodes/faults.js';
import type { World } from '../world.js';
import { beginScaling } from './autoscaling.js';
import { grow } from './growth.js';
import { beginResize } from './resize-record.js';
import { completeBeginning } from './resizing.js';

/** Its first resize begins, its faults, and its first formula is evaluated (ASC-02). */
export function beginPool(world: World, pool: PoolState): void {
  const { capacity, targetDedicatedNodes, targetLowPriorityNodes, autoScale, resizeTimeoutMs } = pool.spec;
  for (const { fromMs, toMs } of capacity) {
    for (const atMs of [fromMs, toMs])
      if (atMs !== null && atMs > world.nowMs) world.background.push(atMs, eventCode(SIM_EVENT.capacityChange, 0));
  }
  beginFaults(world, pool);
  const resize = beginResize(world, pool, 'created');
  grow(world, pool, resize, targetDedicatedNodes, targetLowPriorityNodes);
  completeBeginning(world, pool, resize, autoScale === null ? resizeTimeoutMs : null); // RSZ-03
  if (autoScale !== null) beginScaling(world, pool, autoScale);
}
