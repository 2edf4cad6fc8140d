/** Pools and nodes by the names that callers give, with Batch's words where there is none (ERR-14, POOL-17). */
import { err, ok, type Result } from '../../base/index.js';
import { idKey, type ServiceError, serviceError } from '../../model/index.js';
import { ordinalOf } from '../affinity.js';
import type { AccountState, PoolState } from '../entities.js';
import type { World } from '../world.js';

/** What an operation on a pool is given. */
export interface OnPool {
  readonly poolId: string;
}

/** What an operation on a node is given: its pool, and its ordinal (`n3`) or id. */
export interface OnNode extends OnPool {
  readonly node: string;
}

/** The pool of this id; one that is being deleted still is. */
export function findPool(account: AccountState, poolId: string): Result<PoolState, ServiceError> {
  const pool = account.pools.get(idKey(poolId));
  return pool === undefined ? err(serviceError('PoolNotFound')) : ok(pool);
}

/** The pool of this id, which nobody deletes (POOL-17). */
export function findActivePool(account: AccountState, poolId: string): Result<PoolState, ServiceError> {
  const pool = findPool(account, poolId);
  if (pool.ok && pool.value.state !== 0) return err(serviceError('PoolBeingDeleted'));
  return pool;
}

/** The row of a node of a pool. */
export function findNode(world: World, account: AccountState, { poolId, node }: OnNode): Result<number, ServiceError> {
  const pool = findPool(account, poolId);
  if (!pool.ok) return pool;
  return nodeOf(world, pool.value, node);
}

/** The row of a node of this pool. */
export function nodeOf(world: World, pool: PoolState, name: string): Result<number, ServiceError> {
  const row = pool.nodeRows[ordinalOf(world, pool, name)];
  if (row === undefined || (world.nodes.goneMs[row] as number) >= 0) return err(serviceError('NodeNotFound'));
  return ok(row);
}

/** The rows of the named nodes of this pool, in the order of their names, each once. */
export function nodesOf(world: World, pool: PoolState, names: readonly string[]): Result<number[], ServiceError> {
  const rows = new Set<number>();
  for (const name of names) {
    const node = nodeOf(world, pool, name);
    if (!node.ok) return node;
    rows.add(node.value);
  }
  return ok([...rows]);
}
