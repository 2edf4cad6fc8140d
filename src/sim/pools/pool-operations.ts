/** What users ask of pools (POOL-14 to POOL-17, RSZ-01 to RSZ-03, RSZ-10, RSZ-11). */
import { err, ok } from '../../base/index.js';
import {
  checkCertificateReferences,
  checkPoolChanges,
  checkPoolPackageReferences,
  checkRemoveNodes,
  checkResize,
  DEFAULT_RESIZE_TIMEOUT_MS,
  type NodeDeallocationOption,
  type Pool,
  type PoolChanges,
  SUCCESS_STATUS,
  serviceError,
} from '../../model/index.js';
import { applicationsOf } from '../account-packages.js';
import type { AccountState, PoolState } from '../entities.js';
import { NODE } from '../node-table.js';
import type { Answered } from '../service/answer.js';
import type { World } from '../world.js';
import { beginDeletion } from './deletion.js';
import { grow } from './growth.js';
import { findActivePool, nodesOf, type OnPool } from './pool-lookups.js';
import { chooseToRemove, stayingNodes } from './removal-order.js';
import { beginResize, isSteady } from './resize-record.js';
import { completeBeginning, shrink, stopResize } from './resizing.js';

interface OnNodes {
  readonly resizeTimeoutMs: number | null;
  readonly nodeDeallocationOption: NodeDeallocationOption | null;
}

/** RSZ-02: sets one target or both; a target that is not given stays. */
export function resizePool(
  world: World,
  account: AccountState,
  given: OnPool &
    OnNodes & { readonly targetDedicatedNodes: number | null; readonly targetLowPriorityNodes: number | null },
): Answered {
  const malformed = checkResize(given, given.resizeTimeoutMs);
  if (malformed !== null) return err(malformed);
  const found = findActivePool(account, given.poolId);
  if (!found.ok) return found;
  const pool = found.value;
  if (pool.scaling !== null) return err(serviceError('OperationInvalidForCurrentState'));
  if (!isSteady(pool)) return err(serviceError('PoolBeingResized'));
  const dedicated = given.targetDedicatedNodes ?? pool.spec.targetDedicatedNodes;
  const lowPriority = given.targetLowPriorityNodes ?? pool.spec.targetLowPriorityNodes;
  pool.spec = { ...pool.spec, targetDedicatedNodes: dedicated, targetLowPriorityNodes: lowPriority };
  const resize = beginResize(world, pool, 'resize');
  const option = given.nodeDeallocationOption ?? 'requeue';
  // RSZ-18: what is to go is chosen at once, growth runs beside it.
  const leaving = [...chooseToRemove(world, pool, 0, dedicated), ...chooseToRemove(world, pool, 1, lowPriority)];
  shrink(world, resize, leaving, option);
  grow(world, pool, resize, lacking(world, pool, 0, dedicated), lacking(world, pool, 1, lowPriority));
  completeBeginning(world, pool, resize, given.resizeTimeoutMs ?? DEFAULT_RESIZE_TIMEOUT_MS);
  return ok({ status: SUCCESS_STATUS.resizePool });
}

function lacking(world: World, pool: PoolState, kind: number, target: number): number {
  return Math.max(0, target - stayingNodes(world, pool, kind).length);
}

/** RSZ-10. */
export function stopResizePool(world: World, account: AccountState, { poolId }: OnPool): Answered {
  const found = findActivePool(account, poolId);
  if (!found.ok) return found;
  if (isSteady(found.value)) return err(serviceError('OperationInvalidForCurrentState'));
  stopResize(world, found.value);
  return ok({ status: SUCCESS_STATUS.stopResizePool });
}

/** RSZ-11: these nodes leave, and the targets come down with them. */
export function removeNodes(
  world: World,
  account: AccountState,
  given: OnPool & OnNodes & { readonly nodes: readonly string[] },
): Answered {
  const malformed = checkRemoveNodes(given.nodes, given.resizeTimeoutMs);
  if (malformed !== null) return err(malformed);
  const found = findActivePool(account, given.poolId);
  if (!found.ok) return found;
  const pool = found.value;
  const rows = nodesOf(world, pool, given.nodes);
  if (!rows.ok) return rows;
  if (!isSteady(pool)) return err(serviceError('PoolBeingResized'));
  const leaving = rows.value.filter((node) => world.nodes.state[node] !== NODE.leavingpool);
  lowerTargets(world, pool, leaving);
  const resize = beginResize(world, pool, 'removeNodes');
  shrink(world, resize, leaving, given.nodeDeallocationOption ?? 'requeue');
  const isTimed = pool.scaling === null; // RSZ-03
  completeBeginning(world, pool, resize, isTimed ? (given.resizeTimeoutMs ?? DEFAULT_RESIZE_TIMEOUT_MS) : null);
  return ok({ status: SUCCESS_STATUS.removeNodes });
}

function lowerTargets(world: World, pool: PoolState, nodes: readonly number[]): void {
  const spot = nodes.filter((node) => world.nodes.kind[node] === 1).length;
  const { targetDedicatedNodes, targetLowPriorityNodes } = pool.spec;
  pool.spec = {
    ...pool.spec,
    targetDedicatedNodes: Math.max(0, targetDedicatedNodes - (nodes.length - spot)),
    targetLowPriorityNodes: Math.max(0, targetLowPriorityNodes - spot),
  };
}

/** POOL-16. */
export function deletePool(world: World, account: AccountState, { poolId }: OnPool): Answered {
  const found = findActivePool(account, poolId);
  if (!found.ok) return found;
  beginDeletion(world, found.value);
  return ok({ status: SUCCESS_STATUS.deletePool });
}

/** POOL-14: replaces the given properties; POOL-15: nodes take them up when they boot. */
export function patchPool(
  _world: World,
  account: AccountState,
  { poolId, changes }: OnPool & { readonly changes: PoolChanges },
): Answered {
  return change(account, poolId, changes, SUCCESS_STATUS.patchPool);
}

/** POOL-14: replaces all of them; what is not given is removed. */
export function updatePoolProperties(
  _world: World,
  account: AccountState,
  { poolId, changes }: OnPool & { readonly changes: PoolChanges },
): Answered {
  const all = { startTask: null, applicationPackages: [], certificates: [], metadata: [], ...changes };
  return change(account, poolId, all, SUCCESS_STATUS.updatePoolProperties);
}

function change(account: AccountState, poolId: string, changes: PoolChanges, status: number): Answered {
  const malformed = checkPoolChanges(changes);
  if (malformed !== null) return err(malformed);
  const found = findActivePool(account, poolId);
  if (!found.ok) return found;
  const refusal =
    checkPoolPackageReferences(applicationsOf(account), changes.applicationPackages ?? []) ??
    checkCertificateReferences([...account.certificates.keys()], changes.certificates ?? []);
  if (refusal !== null) return err(refusal);
  const spec: Pool = { ...found.value.spec, ...changes };
  found.value.spec = spec;
  return ok({ status });
}
