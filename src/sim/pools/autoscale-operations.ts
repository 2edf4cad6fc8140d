/** What users ask of pools that follow a formula (ASC-01 to ASC-04, ASC-09). */
import { evaluateText } from '../../autoscale/index.js';
import { err, ok } from '../../base/index.js';
import {
  checkEnableAutoScale,
  checkFormula,
  DEFAULT_EVALUATION_INTERVAL_MS,
  missingProperty,
  type ServiceError,
  SUCCESS_STATUS,
  serviceError,
} from '../../model/index.js';
import type { AccountState, PoolState } from '../entities.js';
import type { Answered } from '../service/answer.js';
import type { World } from '../world.js';
import { checkFormulaText } from './admission.js';
import { beginScaling, changeScaling, endScaling, formulaInputs, runOf } from './autoscaling.js';
import { findActivePool, type OnPool } from './pool-lookups.js';
import { isSteady } from './resize-record.js';

/** ASC-04: milliseconds. */
const LEAST_BETWEEN_ENABLES_MS = 30_000;

/** ASC-04: makes the pool follow a formula, or changes how it does. */
export function enableAutoScale(
  world: World,
  account: AccountState,
  given: OnPool & { readonly formula: string | null; readonly evaluationIntervalMs: number | null },
): Answered {
  const { formula, evaluationIntervalMs } = given;
  const malformed = checkEnableAutoScale(formula, evaluationIntervalMs) ?? checkFormulaText(formula);
  if (malformed !== null) return err(malformed);
  const found = findActivePool(account, given.poolId);
  if (!found.ok) return found;
  const pool = found.value;
  const refusal = checkEnabling(world, pool, formula);
  if (refusal !== null) return err(refusal);
  pool.scalingEnabledMs = world.nowMs;
  if (pool.scaling !== null) {
    changeScaling(world, pool, formula, evaluationIntervalMs);
  } else {
    const intervalMs = evaluationIntervalMs ?? DEFAULT_EVALUATION_INTERVAL_MS;
    const autoScale = { formula: formula as string, evaluationIntervalMs: intervalMs };
    pool.spec = { ...pool.spec, autoScale };
    beginScaling(world, pool, autoScale);
  }
  return ok({ status: SUCCESS_STATUS.enableAutoScale });
}

function checkEnabling(world: World, pool: PoolState, formula: string | null): ServiceError | null {
  if (!isSteady(pool)) return serviceError('PoolBeingResized'); // RSZ-01
  if (pool.scaling === null && formula === null) return missingProperty('autoScaleFormula');
  const { scalingEnabledMs } = pool;
  const isTooSoon = scalingEnabledMs !== null && world.nowMs < scalingEnabledMs + LEAST_BETWEEN_ENABLES_MS;
  return isTooSoon ? serviceError('TooManyEnableAutoScaleRequests') : null;
}

/** ASC-09: the pool keeps its targets. A pool of a fixed size is what it is to be. */
export function disableAutoScale(world: World, account: AccountState, { poolId }: OnPool): Answered {
  const found = findActivePool(account, poolId);
  if (!found.ok) return found;
  endScaling(world, found.value);
  return ok({ status: SUCCESS_STATUS.disableAutoScale });
}

/** Tries a formula against the pool as it is now, and changes nothing (formula 6.8). */
export function evaluateAutoScale(
  world: World,
  account: AccountState,
  { poolId, formula }: OnPool & { readonly formula: string },
): Answered {
  const malformed = formula === '' ? missingProperty('autoScaleFormula') : checkFormula(formula);
  if (malformed !== null) return err(malformed);
  const found = findActivePool(account, poolId);
  if (!found.ok) return found;
  const { scaling } = found.value;
  if (scaling === null) return err(serviceError('OperationInvalidForCurrentState'));
  const autoScaleRun = runOf(world, evaluateText(formula, formulaInputs(world, found.value, scaling)));
  return ok({ status: SUCCESS_STATUS.evaluateAutoScale, autoScaleRun });
}
