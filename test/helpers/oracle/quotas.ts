/** How many nodes fit: size limit, quotas in total and by family (ACC, RSZ-04, RSZ-05, POOL-10). */
import type { Account, NodeKind } from '../../../src/model/index.js';
import { nodesOf } from './lookups.js';
import type { PoolState, World } from './world.js';

/** RSZ-04, RSZ-05, POOL-10: the size limit cuts what was asked for, then the quotas cut it to whole nodes. */
export function reserve(
  world: World,
  state: PoolState,
  wanted: { dedicated: number; lowPriority: number },
  errors: string[],
): { dedicated: number; lowPriority: number } {
  const { account, pool } = state;
  let { dedicated, lowPriority } = wanted;
  const most = account.poolAllocationMode === 'BatchService' ? 100 : 80; // ACC-12
  const limit = Math.max(0, most - nodesOf(state).length - state.pending.length);
  if (pool.enableInterNodeCommunication && dedicated + lowPriority > limit) {
    errors.push('CommunicationEnabledPoolReachedMaxVMCount');
    dedicated = Math.min(dedicated, limit);
    lowPriority = limit - dedicated;
  }
  if (account.poolAllocationMode === 'UserSubscription') return { dedicated, lowPriority }; // ACC-02
  const { family, vcpus } = pool.vmSize;
  const total = roomFor(account.dedicatedCoreQuota - coresHeld(world, account, 'dedicated', null), vcpus);
  const ofFamily = account.dedicatedCoreQuotaPerVMFamilyEnforced
    ? roomFor(familyQuota(account, family) - coresHeld(world, account, 'dedicated', family), vcpus)
    : Number.POSITIVE_INFINITY;
  if (dedicated > Math.min(total, ofFamily)) {
    errors.push(ofFamily < total ? 'AccountVMSeriesCoreQuotaReached' : 'AccountCoreQuotaReached');
    dedicated = Math.min(total, ofFamily);
  }
  const spot = roomFor(account.lowPriorityCoreQuota - coresHeld(world, account, 'spot', null), vcpus);
  if (lowPriority > spot) {
    errors.push('AccountLowPriorityCoreQuotaReached');
    lowPriority = spot;
  }
  return { dedicated, lowPriority };
}

/** ACC-07, ACC-08: cores of the nodes that pools have or are getting; of one family, or of all for null. */
function coresHeld(world: World, account: Account, kind: NodeKind, family: string | null): number {
  let cores = 0;
  for (const pool of world.pools.filter((other) => other.account === account)) {
    const { vmSize } = pool.pool;
    if (family !== null && vmSize.family?.toLowerCase() !== family.toLowerCase()) continue;
    for (const node of [...nodesOf(pool), ...pool.pending]) if (node.kind === kind) cores += vmSize.vcpus;
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
