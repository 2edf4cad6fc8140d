/** A pool that was just added (POOL-02, POOL-03). */
import type { PoolState } from '../entities.js';
import { beginFaults } from '../nodes/faults.js';
import type { World } from '../world.js';
import { beginScaling } from './autoscaling.js';
import { awaitWindows } from './capacity.js';
import { grow } from './growth.js';
import { beginResize } from './resize-record.js';
import { completeBeginning } from './resizing.js';

/** Its first resize begins, its faults, and its first formula is evaluated (ASC-02). */
export function beginPool(world: World, pool: PoolState): void {
  const { capacity, targetDedicatedNodes, targetLowPriorityNodes, autoScale, resizeTimeoutMs } = pool.spec;
  awaitWindows(world, capacity);
  beginFaults(world, pool);
  const resize = beginResize(world, pool, 'created');
  grow(world, pool, resize, targetDedicatedNodes, targetLowPriorityNodes);
  completeBeginning(world, pool, resize, autoScale === null ? resizeTimeoutMs : null); // RSZ-03
  if (autoScale !== null) beginScaling(world, pool, autoScale);
}
