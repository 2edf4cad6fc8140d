/** The end of a pool (POOL-16). */
import { idKey } from '../../model/index.js';
import type { PoolState } from '../entities.js';
import { LOGGED } from '../event-log.js';
import type { World } from '../world.js';

/** The last node of a pool that is being deleted has left: the pool is gone, and its id is free. */
export function finishDeletion(world: World, pool: PoolState): void {
  pool.deletedMs = world.nowMs;
  pool.account.pools.delete(idKey(pool.spec.id));
  world.log?.add(world.nowMs, LOGGED.poolDeleted, pool.row, 0);
}
