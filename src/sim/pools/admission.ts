/** Pools as they are added: by the scenario at their instants, or by an operation (ERR-04, POOL-18, ACC-11). */
import { compileFormula, refusalOf } from '../../autoscale/index.js';
import { err, ok } from '../../base/index.js';
import {
  checkCertificateReferences,
  checkPool,
  checkPoolPackageReferences,
  type Given,
  type Pool,
  type ServiceError,
  SUCCESS_STATUS,
  serviceError,
} from '../../model/index.js';
import { applicationsOf } from '../account-packages.js';
import { admitPool } from '../additions.js';
import type { AccountState } from '../entities.js';
import type { Answered } from '../service/answer.js';
import type { World } from '../world.js';

/** The operation: adds a pool. */
export function addPool(world: World, account: AccountState, { pool }: { readonly pool: Given<Pool> }): Answered {
  if (!pool.ok) return pool;
  const refusal =
    checkPool(pool.value, account.spec.poolAllocationMode) ?? checkPoolAdmission(world, account, pool.value);
  if (refusal !== null) return err(refusal);
  admitPool(world, world.makePool(account, pool.value, false));
  return ok({ status: SUCCESS_STATUS.addPool });
}

/** Whether the account takes the pool as things stand now; its properties have been checked. */
export function checkPoolAdmission(world: World, account: AccountState, pool: Pool): ServiceError | null {
  return (
    checkFormulaText(pool.autoScale?.formula ?? null) ??
    (world.poolOf(account, pool.id) === null ? null : serviceError('PoolExists')) ??
    checkPoolPackageReferences(applicationsOf(account), pool.applicationPackages) ??
    checkCertificateReferences([...account.certificates.keys()], pool.certificates) ??
    // ACC-11: pools that are being deleted still count, and so do auto pools.
    (account.pools.size < account.spec.poolQuota ? null : serviceError('PoolQuotaReached'))
  );
}

/** ASC-03: what cannot be read is refused; what can be read and fails is stored (formula 6.9). */
export function checkFormulaText(formula: string | null): ServiceError | null {
  if (formula === null) return null;
  const compiled = compileFormula(formula);
  const code = compiled.ok ? null : refusalOf(compiled.error);
  return code === null ? null : serviceError(code);
}
