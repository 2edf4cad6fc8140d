/** Cores that are given back, and what that sets off: spot nodes that are missed are sought again (ACC-07, RSZ-09). */
import { eventCode } from '../engine/event-queue.js';
import type { AccountState, PoolState } from '../entities.js';
import { SIM_EVENT } from '../events.js';
import type { World } from '../world.js';

/** So many nodes of the pool hold no cores any more. */
export function freeQuota(world: World, pool: PoolState, dedicatedNodes: number, lowPriorityNodes: number): void {
  pool.account.use.add(pool.spec.vmSize, -dedicatedNodes, -lowPriorityNodes);
  // A dedicated node that goes leaves room for a spot node that the pool's own limit cut (POOL-10).
  if (lowPriorityNodes > 0 || pool.spec.targetLowPriorityNodes > 0) seekSpotLater(world, pool.account);
}

/**
 * The account's pools look for the spot nodes that they miss, once the node timers of this instant are through; what is
 * freed by later phases is found in the next round (SIM-02).
 */
export function seekSpotLater(world: World, account: AccountState): void {
  if (account.isSpotSought || account.pools.size === 0) return;
  account.isSpotSought = true;
  const code = eventCode(SIM_EVENT.spotSought, account.row);
  if (world.handling <= SIM_EVENT.spotSought) {
    world.background.push(world.nowMs, code); // what it finds is work, the search is none (SIM-10)
    return;
  }
  world.nextRound.push(code);
  for (const pool of account.pools.values()) world.touch(pool);
}
