/** Where a job runs: a pool by its id, or one that is made for it (AUTO-01 to AUTO-04). */
import { type AutoPool, invalidProperty, LONGEST_AUTO_POOL_PREFIX, missingProperty } from '../../model/index.js';
import type { GivenJobSpecification } from '../schema/job.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { checkId } from './ids.js';
import { readSpecification } from './pools.js';
import { refuseBy } from './refusals.js';
import type { Surroundings } from './surroundings.js';

type GivenPoolInfo = GivenJobSpecification['poolInfo'];
type GivenAutoPool = NonNullable<GivenPoolInfo['autoPoolSpecification']>;

/** What a job knows of its pool. */
export interface PoolInfo {
  /** Empty with an auto pool. */
  readonly poolId: string;
  readonly autoPool: AutoPool | null;
}

/** AUTO-01: one of the two, and not both. */
export function readPoolInfo(
  context: BuildContext,
  path: Path,
  given: GivenPoolInfo,
  owner: 'job' | 'jobSchedule',
  around: Surroundings,
): PoolInfo {
  const { poolId, autoPoolSpecification } = given;
  if (poolId === undefined && autoPoolSpecification === undefined) {
    const message = `${context.name(path)} names no pool (AUTO-01, MissingRequiredProperty)`;
    const hint = 'add poolId, or autoPoolSpecification';
    if (context.inAction) context.error('BS2006', path, message, hint);
    else context.refuse('BS2119', path, message, hint, missingProperty('poolInfo'));
  }
  if (poolId !== undefined && autoPoolSpecification !== undefined) {
    const reason = 'Give poolId or autoPoolSpecification, not both.';
    refuseBy(context, [...path, 'poolId'], invalidProperty('poolInfo', poolId, reason));
  }
  const autoPool =
    autoPoolSpecification === undefined
      ? null
      : readAutoPool(context, [...path, 'autoPoolSpecification'], autoPoolSpecification, owner, around);
  return { poolId: poolId ?? '', autoPool };
}

function readAutoPool(
  context: BuildContext,
  path: Path,
  given: GivenAutoPool,
  owner: 'job' | 'jobSchedule',
  around: Surroundings,
): AutoPool | null {
  const { autoPoolIdPrefix = '', poolLifetimeOption = 'job', keepAlive = false } = given;
  if (autoPoolIdPrefix.length > LONGEST_AUTO_POOL_PREFIX) {
    const reason = `It has at most ${LONGEST_AUTO_POOL_PREFIX} characters.`;
    const refusal = invalidProperty('autoPoolIdPrefix', autoPoolIdPrefix, reason);
    refuseBy(context, [...path, 'autoPoolIdPrefix'], refusal);
  } else if (autoPoolIdPrefix !== '') checkId(context, [...path, 'autoPoolIdPrefix'], autoPoolIdPrefix);
  if (poolLifetimeOption === 'jobschedule' && owner === 'job') {
    const reason = 'Only the pool of a job schedule lives as long as that.';
    const refusal = invalidProperty('poolLifetimeOption', poolLifetimeOption, reason);
    refuseBy(context, [...path, 'poolLifetimeOption'], refusal);
  }
  if (given.pool === undefined) {
    const message = `${context.name(path)} describes no pool (AUTO-01, MissingRequiredProperty)`;
    const hint = 'add pool: { vmSize: …, targetDedicatedNodes: … }';
    context.refuse('BS2119', path, message, hint, missingProperty('pool'));
    return null;
  }
  const pool = readSpecification(context, [...path, 'pool'], autoPoolIdPrefix, given.pool, around);
  return pool === null ? null : { autoPoolIdPrefix, poolLifetimeOption, keepAlive, pool };
}
