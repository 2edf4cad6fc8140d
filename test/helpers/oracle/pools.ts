/** Pools: what a resize reserves, how its nodes come, what they go through (RSZ-04 to RSZ-08, ACC, NODE). */
import type { Account, NodeKind, Pool } from '../../../src/model/index.js';
import { latencyMs } from './quantities.js';
import { capacityAt, type NodeState, type PendingNode, type PoolState, stateOf, type World } from './world.js';

/**
 * All pools of the scenario are added at its start. Each takes what the earlier ones left of the quotas (RSZ-05): in
 * file order, but those that stand before the start hold their cores before any other resize begins.
 */
export function addPools(world: World): void {
  const { accounts } = world.scenario;
  const inFile = accounts.flatMap((account) => account.pools.map((pool) => ({ account, pool })));
  for (const { account, pool } of inFile.filter(({ pool }) => pool.ready)) addPool(world, account, pool);
  for (const { account, pool } of inFile.filter(({ pool }) => !pool.ready)) addPool(world, account, pool);
  const place = ({ account, pool }: PoolState) => inFile.findIndex((at) => at.account === account && at.pool === pool);
  world.pools.sort((a, b) => place(a) - place(b)); // SIM-04: creation order is file order all the same
}

function addPool(world: World, account: Account, pool: Pool): void {
  const errors: string[] = [];
  const earlier = world.pools.filter((other) => other.account === account);
  const failed = pool.allocationFailure; // RSZ-07: the resize ends at once and holds nothing
  if (failed) errors.push('AllocationFailed');
  const fits = failed ? { dedicated: 0, lowPriority: 0 } : reserve(account, pool, earlier, errors);
  const added: PoolState = {
    ...{ account, pool, errors, pending: [], nodes: [], cursors: new Map() },
    reservedDedicated: fits.dedicated,
    reservedLowPriority: fits.lowPriority,
    steadyMs: failed ? world.now : null,
  };
  world.pools.push(added);
  world.changed = true;
  if (failed) return;
  const allocatedMs = world.now + (pool.ready ? 0 : latencyMs(pool.timing, 'alloc'));
  for (let i = 0; i < fits.dedicated; i++) added.pending.push({ kind: 'dedicated', allocatedMs, waiting: false });
  for (let i = 0; i < fits.lowPriority; i++) added.pending.push({ kind: 'spot', allocatedMs, waiting: false });
  takeAllocated(world, added);
  moveNodes(world, added);
}

/** RSZ-04, RSZ-05, POOL-10: the size limit cuts what was asked for, then the quotas cut it to whole nodes. */
function reserve(
  account: Account,
  pool: Pool,
  earlier: readonly PoolState[],
  errors: string[],
): { dedicated: number; lowPriority: number } {
  let dedicated = pool.targetDedicatedNodes;
  let lowPriority = pool.targetLowPriorityNodes;
  const limit = account.poolAllocationMode === 'BatchService' ? 100 : 80; // ACC-12
  if (pool.enableInterNodeCommunication && dedicated + lowPriority > limit) {
    errors.push('CommunicationEnabledPoolReachedMaxVMCount');
    dedicated = Math.min(dedicated, limit);
    lowPriority = limit - dedicated;
  }
  if (account.poolAllocationMode === 'UserSubscription') return { dedicated, lowPriority }; // ACC-02
  const { family, vcpus } = pool.vmSize;
  const total = roomFor(account.dedicatedCoreQuota - coresHeld(earlier, 'dedicated', null), vcpus);
  const ofFamily = account.dedicatedCoreQuotaPerVMFamilyEnforced
    ? roomFor(familyQuota(account, family) - coresHeld(earlier, 'dedicated', family), vcpus)
    : Number.POSITIVE_INFINITY;
  if (dedicated > Math.min(total, ofFamily)) {
    errors.push(ofFamily < total ? 'AccountVMSeriesCoreQuotaReached' : 'AccountCoreQuotaReached');
    dedicated = Math.min(total, ofFamily);
  }
  const spot = roomFor(account.lowPriorityCoreQuota - coresHeld(earlier, 'spot', null), vcpus);
  if (lowPriority > spot) {
    errors.push('AccountLowPriorityCoreQuotaReached');
    lowPriority = spot;
  }
  return { dedicated, lowPriority };
}

/** ACC-07: cores of the nodes that pools have or are getting; of one family, or of all for null. */
function coresHeld(pools: readonly PoolState[], kind: NodeKind, family: string | null): number {
  let cores = 0;
  for (const { pool, nodes, pending } of pools) {
    if (family !== null && pool.vmSize.family?.toLowerCase() !== family.toLowerCase()) continue;
    for (const node of [...nodes, ...pending]) if (node.kind === kind) cores += pool.vmSize.vcpus;
  }
  return cores;
}

/** A family that is not listed has no quota. */
function familyQuota(account: Account, family: string | null): number {
  for (const [name, cores] of account.dedicatedCoreQuotaPerVMFamily) {
    if (name.toLowerCase() === family?.toLowerCase()) return cores;
  }
  return 0;
}

function roomFor(cores: number, vcpus: number): number {
  return Math.max(0, Math.floor(cores / vcpus));
}

/** Phase 3: where capacity has come back, nodes that waited for it are obtained (RSZ-06). */
export function takeReturnedCapacity(world: World, pool: PoolState): void {
  for (const pending of [...pool.pending]) if (pending.waiting) obtain(world, pool, pending);
  endResize(world, pool);
}

/** Phase 4: nodes whose allocation is over are obtained, or wait for capacity from now on. */
export function takeAllocated(world: World, pool: PoolState): void {
  for (const pending of [...pool.pending]) {
    if (!pending.waiting && pending.allocatedMs <= world.now) pending.waiting = !obtain(world, pool, pending);
  }
  endResize(world, pool);
}

function obtain(world: World, pool: PoolState, pending: PendingNode): boolean {
  const { now } = world;
  const held = pool.nodes.filter((node) => node.kind === pending.kind).length;
  if (held >= capacityAt(pool.pool.capacity, pending.kind, now)) return false;
  const bootedMs = now + (pool.pool.ready ? 0 : latencyMs(pool.pool.timing, 'create'));
  const startedMs = bootedMs + (pool.pool.ready ? 0 : latencyMs(pool.pool.timing, 'start'));
  const history: NodeState['history'] = [{ state: 'creating', atMs: now }];
  // SIM-07: ordinals in the order of allocation.
  pool.nodes.push({ pool, kind: pending.kind, ordinal: pool.nodes.length, history, bootedMs, startedMs });
  pool.pending.splice(pool.pending.indexOf(pending), 1);
  world.changed = true;
  return true;
}

/** RSZ-04: the resize ends when everything reserved has appeared. */
function endResize(world: World, pool: PoolState): void {
  if (pool.steadyMs === null && pool.pending.length === 0) {
    pool.steadyMs = world.now;
    world.changed = true;
  }
}

/** Phase 4, NODE-01: creating → starting → idle. */
export function moveNodes(world: World, pool: PoolState): void {
  for (const node of pool.nodes) {
    if (stateOf(node) === 'creating' && node.bootedMs <= world.now) enter(world, node, 'starting');
    if (stateOf(node) === 'starting' && node.startedMs <= world.now) enter(world, node, 'idle');
  }
}

/** Moves a node to a state, now. */
export function enter(world: World, node: NodeState, state: 'starting' | 'idle' | 'running'): void {
  node.history.push({ state, atMs: world.now });
  world.changed = true;
}

/** When the resize of a pool gives up. */
export function timeoutMs(pool: PoolState): number {
  return pool.pool.resizeTimeoutMs; // every resize here begins at 0
}

/** Phase 4, after the nodes (RSZ-06): what has not come by now is given up; what has come stays. */
export function timeOutResize(world: World, pool: PoolState): void {
  if (pool.steadyMs !== null || timeoutMs(pool) > world.now) return;
  pool.errors.push('AllocationTimedout');
  pool.pending.length = 0;
  pool.steadyMs = world.now;
  world.changed = true;
}
