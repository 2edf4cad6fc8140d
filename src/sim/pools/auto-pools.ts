/** Pools that are made for a job or a job schedule (AUTO). */
import { err, keyOf, mix32, ok, type Result } from '../../base/index.js';
import { type AutoPool, autoPoolError, checkPoolSpecification, type JobSchedulingError } from '../../model/index.js';
import { admitPool } from '../additions.js';
import type { AccountState, PoolState } from '../entities.js';
import { PURPOSE } from '../purposes.js';
import type { World } from '../world.js';
import { checkPoolAdmission } from './admission.js';
import { beginDeletion } from './deletion.js';

/**
 * Makes the pool, or says why it cannot be made (AUTO-05, ERR-20).
 * @param ownerId the job or job schedule that it is made for
 */
export function createAutoPool(
  world: World,
  account: AccountState,
  autoPool: AutoPool,
  ownerId: string,
): Result<PoolState, JobSchedulingError> {
  const spec = { ...autoPool.pool, id: autoPoolId(world, account, autoPool, ownerId) };
  const refusal =
    checkPoolSpecification(spec, account.spec.poolAllocationMode) ?? checkPoolAdmission(world, account, spec);
  if (refusal !== null) return err(autoPoolError(refusal.code));
  const pool = world.makePool(account, spec, true);
  admitPool(world, pool);
  return ok(pool);
}

/** AUTO-03, AUTO-07: what it was made for has ended. A pool that somebody deletes already is left alone. */
export function releaseAutoPool(world: World, pool: PoolState): void {
  if (pool.state === 0 && pool.deletedMs < 0) beginDeletion(world, pool);
}

/** AUTO-04: prefix, `_`, and a GUID that follows from the seed, the owner and the instant. */
function autoPoolId(world: World, account: AccountState, { autoPoolIdPrefix }: AutoPool, ownerId: string): string {
  const owner = keyOf(`${account.spec.name}/${ownerId.toLowerCase()}`);
  const source = world.uniforms.seek(owner, mix32(world.pools.length), PURPOSE.autoPoolId);
  const digits = Array.from({ length: 32 }, () => Math.floor(source.next() * 16).toString(16)).join('');
  const guid = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return autoPoolIdPrefix === '' ? guid : `${autoPoolIdPrefix}_${guid}`;
}
