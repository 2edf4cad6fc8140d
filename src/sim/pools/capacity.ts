/** ACC-09: how many VMs of each kind can be had, by a pool and in its region, which is no promise of quota. */
import type { CapacityWindow } from '../../model/index.js';
import { eventCode } from '../engine/event-queue.js';
import type { PoolState } from '../entities.js';
import { SIM_EVENT } from '../events.js';
import type { World } from '../world.js';
import { seekSpotLater } from './spot-quota.js';

/** Whether one more VM of a kind (0 dedicated, 1 spot) can be had now: by this pool, and of its size in its region. */
export function hasCapacity(world: World, pool: PoolState, kind: number): boolean {
  const own = limitOf(pool.spec.capacity, kind, world.nowMs);
  if (own !== null && vmsOf(pool, kind) >= own) return false;
  const { windows, pools } = world.supplies.of(pool);
  const shared = limitOf(windows, kind, world.nowMs);
  return shared === null || pools.reduce((sum, other) => sum + vmsOf(other, kind), 0) < shared;
}

/** Whether there may ever be too few VMs for the pool. */
export function isLimited(world: World, pool: PoolState): boolean {
  return pool.spec.capacity.length > 0 || world.supplies.of(pool).windows.length > 0;
}

/** From and to these instants another number of VMs can be had: whoever waits is to look again then (phase 3). */
export function awaitWindows(world: World, windows: readonly CapacityWindow[]): void {
  for (const { fromMs, toMs } of windows) {
    for (const atMs of [fromMs, toMs])
      if (atMs !== null && atMs > world.nowMs) world.background.push(atMs, eventCode(SIM_EVENT.capacityChange, 0));
  }
}

/** A node has left the pool: its VM is there for the pool, and for others that share its region's. */
export function freeCapacity(world: World, pool: PoolState): void {
  if (pool.spec.capacity.length > 0) seekSpotLater(world, pool.account);
  freeShared(world, pool);
}

/** A VM is there for the pools that share the region's: each account looks for what its pools miss. */
export function freeShared(world: World, pool: PoolState): void {
  const { windows, pools } = world.supplies.of(pool);
  if (windows.length > 0) for (const { account } of pools) seekSpotLater(world, account);
}

/** VMs that the pool holds. Preempted nodes have none. */
function vmsOf(pool: PoolState, kind: number): number {
  return (pool.held[kind] as number) - (kind === 1 ? pool.preempted : 0);
}

/** The least that windows open now allow; null: any number. */
function limitOf(windows: readonly CapacityWindow[], kind: number, nowMs: number): number | null {
  let least: number | null = null;
  for (const window of windows) {
    const limit = kind === 0 ? window.dedicatedNodes : window.lowPriorityNodes;
    if (limit !== null && isOpen(window, nowMs) && (least === null || limit < least)) least = limit;
  }
  return least;
}

function isOpen(window: CapacityWindow, atMs: number): boolean {
  return atMs >= window.fromMs && (window.toMs === null || atMs < window.toMs);
}
