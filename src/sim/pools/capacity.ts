/** ACC-09: how many VMs of each kind can be had, which is no promise of quota. */
import type { CapacityWindow } from '../../model/index.js';
import type { PoolState } from '../entities.js';
import type { World } from '../world.js';

/** Whether one more VM of a kind (0 dedicated, 1 spot) can be had now. Preempted nodes have none. */
export function hasCapacity(world: World, pool: PoolState, kind: number): boolean {
  const { capacity } = pool.spec;
  if (capacity.length === 0) return true;
  const vms = (pool.held[kind] as number) - (kind === 1 ? pool.preempted : 0);
  for (const window of capacity) {
    const limit = kind === 0 ? window.dedicatedNodes : window.lowPriorityNodes;
    if (limit !== null && isOpen(window, world.nowMs) && vms >= limit) return false;
  }
  return true;
}

function isOpen(window: CapacityWindow, atMs: number): boolean {
  return atMs >= window.fromMs && (window.toMs === null || atMs < window.toMs);
}
