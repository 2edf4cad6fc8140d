/** Pools and their resizes: what is reserved, how nodes come, which ones go (RSZ, ACC, POOL). */
import { type Account, type NodeKind, nodeId, type Pool } from '../../../src/model/index.js';
import { hasRoom, nodesOf, stateOf } from './lookups.js';
import { create, isDraining, leave, seekReplacement, stay } from './nodes.js';
import { latencyMs } from './quantities.js';
import { reserve } from './quotas.js';
import { compareForRemoval } from './removal.js';
import type { NodeState, PendingNode, PoolState, Resize, TasksOption, World } from './world.js';

/**
 * All declared pools are added at the start. Each takes what the earlier ones left of the quotas (RSZ-05): in file
 * order, but those that stand before the start hold their cores before any other resize begins.
 */
export function addPools(world: World): void {
  const { accounts } = world.scenario;
  const inFile = accounts.flatMap((account) => account.pools.map((pool) => ({ account, pool })));
  for (const { account, pool } of inFile.filter(({ pool }) => pool.ready)) addPool(world, account, pool);
  for (const { account, pool } of inFile.filter(({ pool }) => !pool.ready)) addPool(world, account, pool);
  const place = ({ account, pool }: PoolState) => inFile.findIndex((at) => at.account === account && at.pool === pool);
  world.pools.sort((a, b) => place(a) - place(b)); // SIM-04: creation order is file order all the same
}

/** POOL-03: its first sizing is a resize. */
export function addPool(world: World, account: Account, pool: Pool): void {
  const added: PoolState = {
    ...{ account, pool, targetDedicated: pool.targetDedicatedNodes, targetSpot: pool.targetLowPriorityNodes },
    ...{ state: 'active', createdMs: world.now, goneMs: null, resize: null, pending: [], nodes: [] },
    ...{ capacityNow: null, cursors: new Map() },
  };
  world.pools.push(added);
  const row = beginResize(world, added, 'created', pool.resizeTimeoutMs);
  const wanted = pool.targetDedicatedNodes + pool.targetLowPriorityNodes;
  // RSZ-07: it ends at once and holds nothing; where nothing is wanted nothing fails.
  if (!pool.allocationFailure) grow(world, added, row);
  else if (wanted > 0) row.errors.push('AllocationFailed');
  finishBeginning(world, row);
}

/** RSZ-02, RSZ-04, RSZ-18. */
export function resize(world: World, pool: PoolState, timeoutMs: number, option: TasksOption): void {
  const row = beginResize(world, pool, 'resize', timeoutMs);
  shrink(world, pool, row, option);
  grow(world, pool, row);
  finishBeginning(world, row);
}

/** RSZ-11. */
export function removeNodes(
  world: World,
  pool: PoolState,
  nodes: readonly NodeState[],
  timeoutMs: number,
  option: TasksOption,
): void {
  for (const { kind } of nodes) {
    if (kind === 'dedicated') pool.targetDedicated = Math.max(0, pool.targetDedicated - 1);
    else pool.targetSpot = Math.max(0, pool.targetSpot - 1);
  }
  const row = beginResize(world, pool, 'removeNodes', timeoutMs);
  remove(world, row, nodes, option);
  finishBeginning(world, row);
}

/** POOL-16. */
export function deletePool(world: World, pool: PoolState): void {
  if (pool.resize !== null) stopResize(world, pool);
  pool.state = 'deleting';
  pool.targetDedicated = 0;
  pool.targetSpot = 0;
  const row = beginResize(world, pool, 'deletePool', null);
  row.removed = nodesOf(pool).filter((node) => stateOf(node) !== 'leavingpool').length;
  // Those that are free and on their way out already just go on.
  const isGoing = (node: NodeState) => stateOf(node) === 'leavingpool' && !isDraining(node);
  for (const node of nodesOf(pool)) if (!isGoing(node)) leave(world, node, 'requeue', 'poolDeleted');
  finishBeginning(world, row);
}

/** RSZ-10: what has not come is dropped, what has come stays. */
export function stopResize(world: World, pool: PoolState): void {
  pool.resize?.errors.push('ResizeStopped');
  dropPending(world, pool);
  settle(world, pool);
}

function beginResize(world: World, pool: PoolState, cause: string, timeoutMs: number | null): Resize {
  const sizes = { reservedDedicated: 0, reservedSpot: 0, removed: 0 };
  const row: Resize = { pool, cause, startMs: world.now, timeoutMs, ...sizes, errors: [], begun: false, endMs: null };
  pool.resize = row;
  world.resizes.push(row);
  world.changed = true;
  return row;
}

/** All that the resize wants is on its way; it may be over already. */
function finishBeginning(world: World, row: Resize): void {
  row.begun = true;
  endResize(world, row.pool);
}

function grow(world: World, pool: PoolState, row: Resize): void {
  const wanted = {
    dedicated: Math.max(0, pool.targetDedicated - staying(pool, 'dedicated').length),
    lowPriority: Math.max(0, pool.targetSpot - staying(pool, 'spot').length),
  };
  const fits = reserve(world, pool, wanted, row.errors);
  row.reservedDedicated = fits.dedicated;
  row.reservedSpot = fits.lowPriority;
  order(world, pool, 'dedicated', fits.dedicated);
  order(world, pool, 'spot', fits.lowPriority);
  takeAllocated(world, pool);
}

function order(world: World, pool: PoolState, kind: NodeKind, count: number): void {
  const stands = pool.pool.ready && pool.resize?.cause === 'created';
  const allocatedMs = world.now + (stands ? 0 : latencyMs(pool.pool.timing, 'alloc'));
  for (let i = 0; i < count; i++) pool.pending.push({ kind, requestedMs: world.now, allocatedMs, waiting: false });
}

/** Phase 3, when capacity changes: nodes that waited for it are obtained (RSZ-06). */
export function takeReturnedCapacity(world: World, pool: PoolState): void {
  for (const pending of [...pool.pending]) if (pending.waiting) obtain(world, pool, pending);
  for (const node of nodesOf(pool)) if (node.waitsForCapacity) seekReplacement(world, node);
  endResize(world, pool);
}

/** Phase 4: nodes whose allocation is over are obtained, or wait for capacity from now on. */
export function takeAllocated(world: World, pool: PoolState): void {
  for (const pending of [...pool.pending]) {
    if (pending.waiting || pending.allocatedMs > world.now || obtain(world, pool, pending)) continue;
    // RSZ-09: what a resize to restore the pool cannot have is sought again when there is more.
    if (pool.resize?.cause === 'restore') pool.pending.splice(pool.pending.indexOf(pending), 1);
    else pending.waiting = true;
  }
  endResize(world, pool);
}

function obtain(world: World, pool: PoolState, pending: PendingNode): boolean {
  if (!hasRoom(world, pool, pending.kind)) return false;
  const ordinal = pool.nodes.length; // SIM-07: ordinals in the order of allocation
  const { account, pool: spec } = pool;
  const node: NodeState = {
    ...{ pool, kind: pending.kind, ordinal, history: [], goneMs: null, scheduling: 'enabled', timer: null },
    ...{
      id: nodeId(world.scenario.seed, account.name, spec.id, ordinal, pending.kind),
      whenFree: null,
      preemptions: 0,
    },
    ...{ startTask: null, begun: new Map(), waitsForCapacity: false, disk: 0 },
  };
  pool.nodes.push(node);
  pool.pending.splice(pool.pending.indexOf(pending), 1);
  create(world, node, spec.ready && pool.resize?.cause === 'created');
  return true;
}

function shrink(world: World, pool: PoolState, row: Resize, option: TasksOption): void {
  const targets = { dedicated: pool.targetDedicated, spot: pool.targetSpot };
  // All are chosen before the first one goes: what its going does to tasks elsewhere comes too late.
  const chosen = (['dedicated', 'spot'] as const).flatMap((kind) => {
    const candidates = staying(pool, kind);
    candidates.sort((a, b) => compareForRemoval(world, a, b));
    return candidates.slice(0, Math.max(0, candidates.length - targets[kind]));
  });
  remove(world, row, chosen, option);
}

function remove(world: World, row: Resize, nodes: readonly NodeState[], option: TasksOption): void {
  row.removed += nodes.length;
  for (const node of nodes) leave(world, node, option, 'nodeRemoved');
}

/** Nodes that are not being removed. */
function staying(pool: PoolState, kind: NodeKind): NodeState[] {
  return nodesOf(pool).filter((node) => node.kind === kind && stateOf(node) !== 'leavingpool');
}

/** A node has left: its cores are free (ACC-07), and the resize may be over. */
export function nodeLeft(world: World, pool: PoolState): void {
  world.roomier.add(pool.account);
  endResize(world, pool);
}

/** RSZ-04, RSZ-14: a resize ends when everything reserved has appeared and everything chosen has left. */
function endResize(world: World, pool: PoolState): void {
  if (pool.resize === null || !pool.resize.begun || pool.pending.length > 0) return;
  if (nodesOf(pool).some((node) => stateOf(node) === 'leavingpool')) return;
  if (pool.state === 'deleting' && nodesOf(pool).length > 0) return;
  settle(world, pool);
  if (pool.state === 'deleting') pool.goneMs = world.now;
}

function settle(world: World, pool: PoolState): void {
  if (pool.resize !== null) pool.resize.endMs = world.now;
  pool.resize = null;
  world.changed = true;
}

/** Phase 4, after the nodes (RSZ-06, RSZ-14): what has not come is given up, what is busy stays. */
export function timeOutResize(world: World, pool: PoolState): void {
  const { resize: row } = pool;
  if (row === null || row.timeoutMs === null || row.startMs + row.timeoutMs > world.now) return;
  if (pool.pending.length > 0) row.errors.push('AllocationTimedout');
  dropPending(world, pool);
  const returned = nodesOf(pool).filter((node) => stay(world, node));
  if (returned.length > 0) row.errors.push('RemoveNodesFailed');
  settle(world, pool);
}

function dropPending(world: World, pool: PoolState): void {
  if (pool.pending.length > 0) world.roomier.add(pool.account);
  pool.pending.length = 0;
}

/** RSZ-09: preemptible nodes that are missing are sought when quota or capacity has changed. */
export function seekMissingSpot(world: World, pool: PoolState): void {
  if (pool.state === 'deleting' || pool.goneMs !== null) return;
  const pending = pool.pending.filter(({ kind }) => kind === 'spot').length;
  const wanted = pool.targetSpot - staying(pool, 'spot').length - pending;
  if (wanted <= 0 || !hasRoom(world, pool, 'spot')) return;
  const { lowPriority } = reserve(world, pool, { dedicated: 0, lowPriority: wanted }, []);
  if (lowPriority === 0) return;
  const row = pool.resize ?? beginResize(world, pool, 'restore', pool.pool.resizeTimeoutMs);
  row.reservedSpot += lowPriority;
  order(world, pool, 'spot', lowPriority);
  takeAllocated(world, pool);
  finishBeginning(world, row);
}
