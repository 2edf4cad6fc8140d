/** Upgrades of the operating system of a pool: all nodes at once, named ones, or batch by batch (POOL-21, POOL-05). */
import { err, ok } from '../../base/index.js';
import { isTooUnhealthy, serviceError, upgradeBatchSize } from '../../model/index.js';
import { eventCode } from '../engine/event-queue.js';
import type { AccountState, PoolState } from '../entities.js';
import { SIM_EVENT } from '../events.js';
import { NODE } from '../node-table.js';
import { findPool, nodesOf, type OnPool } from '../pools/pool-lookups.js';
import { type Answered, DONE } from '../service/answer.js';
import type { World } from '../world.js';
import { restartWhenFree } from './restarting.js';
import type { UpgradeState } from './upgrade-state.js';

const UPGRADABLE: ReadonlySet<number> = new Set([
  NODE.waitingforstarttask,
  NODE.starttaskfailed,
  NODE.idle,
  NODE.running,
  NODE.offline,
]);
const UNHEALTHY: ReadonlySet<number> = new Set([NODE.unusable, NODE.unknown, NODE.starttaskfailed]);

/**
 * POOL-21: a new version of the operating system is there. Nodes that are up are upgraded as the pool's policy says, named
 * ones at once; in mode `manual` only those. Their tasks are requeued (POOL-05).
 */
export function upgradeOs(
  world: World,
  account: AccountState,
  { poolId, nodes }: OnPool & { readonly nodes: readonly string[] | null },
): Answered {
  const found = findPool(account, poolId);
  if (!found.ok) return found;
  const pool = found.value;
  if (nodes !== null) return upgradeNamed(world, pool, nodes);
  if (pool.upgrade !== null) return err(serviceError('UpgradePoolVersionConflict'));
  const { mode } = pool.spec.upgradePolicy;
  if (mode === 'automatic') for (const node of upgradable(world, pool.nodeRows)) takeDown(world, node);
  else if (mode === 'rolling') beginRolling(world, pool);
  return ok(DONE);
}

/** A node of a batch is up again, will not be so soon, or is gone: the batch may be over. */
export function onNodeUpgraded(world: World, node: number): void {
  const pool = world.poolOfNode(node);
  const { upgrade } = pool;
  if (upgrade === null || !upgrade.batch.delete(node)) return;
  upgrade.done.push(node);
  if (upgrade.batch.size === 0 && !upgrade.isBeginning) endBatch(world, pool, upgrade);
}

/** The pause between two batches is over (phase 3). */
export function onUpgradeResumed(world: World, pool: PoolState): void {
  if (pool.upgrade?.resumesMs === world.nowMs) rollOn(world, pool, pool.upgrade);
}

function upgradeNamed(world: World, pool: PoolState, names: readonly string[]): Answered {
  const rows = nodesOf(world, pool, names);
  if (!rows.ok) return rows;
  for (const node of upgradable(world, rows.value)) takeDown(world, node);
  return ok(DONE);
}

/** Nodes that come later have the new version already. */
function beginRolling(world: World, pool: PoolState): void {
  const { rolling } = pool.spec.upgradePolicy;
  const waiting = upgradable(world, pool.nodeRows);
  if (rolling.prioritizeUnhealthyInstances) {
    const isHealthy = (node: number) => (UNHEALTHY.has(world.nodes.state[node] as number) ? 0 : 1);
    waiting.sort((a, b) => isHealthy(a) - isHealthy(b) || a - b);
  }
  const size = upgradeBatchSize(rolling, waiting.length);
  pool.upgrade = { waiting, batch: new Set(), done: [], size, isBeginning: false, resumesMs: -1 };
  rollOn(world, pool, pool.upgrade);
}

/** Batches follow each other until one takes time, is followed by a pause, or was the last. */
function rollOn(world: World, pool: PoolState, upgrade: UpgradeState): void {
  do {
    upgrade.waiting = upgradable(world, upgrade.waiting);
    if (upgrade.waiting.length === 0 || pool.state !== 0 || isBreached(world, pool, upgrade)) {
      pool.upgrade = null;
      return;
    }
    // Nodes that take no time to come up do so before the batch has begun as a whole.
    upgrade.isBeginning = true;
    const nodes = upgrade.waiting.splice(0, upgrade.size);
    for (const node of nodes) upgrade.batch.add(node);
    for (const node of nodes) takeDown(world, node);
    upgrade.isBeginning = false;
    if (upgrade.batch.size > 0) return;
  } while (!pauses(world, pool, upgrade));
}

function endBatch(world: World, pool: PoolState, upgrade: UpgradeState): void {
  if (!pauses(world, pool, upgrade)) rollOn(world, pool, upgrade);
}

/** Whether the next batch waits for a pause. */
function pauses(world: World, pool: PoolState, upgrade: UpgradeState): boolean {
  const { pauseMs } = pool.spec.upgradePolicy.rolling;
  if (pauseMs === 0 || upgrade.waiting.length === 0) return false;
  upgrade.resumesMs = world.nowMs + pauseMs;
  world.queue.push(upgrade.resumesMs, eventCode(SIM_EVENT.upgradeResumed, pool.row));
  return true;
}

/** POOL-21: with too many unhealthy nodes the upgrade ends where it is. */
function isBreached(world: World, pool: PoolState, { done }: UpgradeState): boolean {
  const { maxUnhealthyInstancePercent, maxUnhealthyUpgradedInstancePercent } = pool.spec.upgradePolicy.rolling;
  const there = (rows: readonly number[]) => rows.filter((node) => (world.nodes.goneMs[node] as number) < 0);
  const isOver = (rows: readonly number[], percent: number) => {
    const unhealthy = rows.filter((node) => UNHEALTHY.has(world.nodes.state[node] as number)).length;
    return isTooUnhealthy(unhealthy, rows.length, percent);
  };
  return (
    isOver(there(pool.nodeRows), maxUnhealthyInstancePercent) ||
    isOver(there(done), maxUnhealthyUpgradedInstancePercent)
  );
}

function upgradable(world: World, rows: readonly number[]): number[] {
  const { goneMs, state } = world.nodes;
  return rows.filter((node) => (goneMs[node] as number) < 0 && UPGRADABLE.has(state[node] as number));
}

function takeDown(world: World, node: number): void {
  restartWhenFree(world, node, 'upgrade', 'requeue', 'osUpgrade');
}
