/** Spot nodes that a pool misses are sought continuously, whenever quota and capacity allow (RSZ-09, ACC-09). */
import { planGrowth } from '../../model/index.js';
import type { AccountState, PoolState } from '../entities.js';
import { replaceWaiting } from '../nodes/replacement.js';
import type { World } from '../world.js';
import { hasCapacity, isLimited } from './capacity.js';
import { grow } from './growth.js';
import { stayingNodes } from './removal-order.js';
import { beginResize, missing } from './resize-record.js';
import { advanceResize, completeBeginning } from './resizing.js';
import { seekSpotLater } from './spot-quota.js';

/** ACC-09: what can be had changed (phase 3): resizes that waited for it go on, and lost nodes come back. */
export function onCapacityChange(world: World): void {
  for (const pool of world.pools) {
    if (!pool.isAdded || !isLimited(world, pool)) continue;
    useCapacity(world, pool);
    seekSpotLater(world, pool.account);
  }
}

/** What waits for capacity in a pool takes what there is. */
export function useCapacity(world: World, pool: PoolState): void {
  advanceResize(world, pool);
  replaceWaiting(world, pool);
}

/** Quota or capacity came free in the account (phase 4): its pools take what they miss, in order of creation. */
export function onSpotSought(world: World, account: AccountState): void {
  account.isSpotSought = false;
  for (const pool of account.pools.values()) {
    useCapacity(world, pool);
    seekMissing(world, pool);
  }
}

/** A resize that goes on takes the missing nodes along; otherwise one of their own begins. */
function seekMissing(world: World, pool: PoolState): void {
  if (pool.state !== 0 || !pool.seeksSpot || !hasCapacity(world, pool, 1) || isTooLate(world, pool)) return;
  const coming = pool.resize === null ? 0 : missing(pool.resize.due[1]);
  const staying = stayingNodes(world, pool, 1).length;
  const wanted = pool.spec.targetLowPriorityNodes - staying - coming;
  if (wanted <= 0) return;
  const held = { dedicated: stayingNodes(world, pool, 0).length, lowPriority: staying + coming };
  const { account, spec } = pool;
  if (planGrowth(account.spec, account.use, spec, 0, wanted, held).lowPriority === 0) return;
  const resize = pool.resize ?? beginResize(world, pool, 'restore');
  grow(world, pool, resize, 0, wanted);
  completeBeginning(world, pool, resize, null);
}

/** `restoreWindow`: missed nodes are sought only so long. */
function isTooLate(world: World, pool: PoolState): boolean {
  const { restoreWindowMs } = world.scenario.options;
  return restoreWindowMs !== null && pool.missedSinceMs >= 0 && world.nowMs > pool.missedSinceMs + restoreWindowMs;
}
