/** The quotas of an account, and those of the subscription that bind in their place (ACC-02, ACC-04). */
import { nearest } from '../../base/index.js';
import { type Account, NO_SUBSCRIPTION_QUOTAS, type SubscriptionQuotas, vmFamilyNames } from '../../model/index.js';
import type { GivenAccount } from '../schema/root.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';

type GivenFamilies = GivenAccount['dedicatedCoreQuotaPerVMFamily'];

/** What is given of them; the rest is Batch's default. */
export function readQuotas(context: BuildContext, path: Path, given: GivenAccount): Partial<Account> {
  const quotas = {
    location: given.location,
    poolAllocationMode: given.poolAllocationMode,
    dedicatedCoreQuota: given.dedicatedCoreQuota,
    lowPriorityCoreQuota: given.lowPriorityCoreQuota,
    dedicatedCoreQuotaPerVMFamilyEnforced: given.dedicatedCoreQuotaPerVMFamilyEnforced,
    poolQuota: given.poolQuota,
    activeJobAndJobScheduleQuota: given.activeJobAndJobScheduleQuota,
  };
  const present = Object.fromEntries(Object.entries(quotas).filter(([, value]) => value !== undefined));
  const families = [...path, 'dedicatedCoreQuotaPerVMFamily'];
  return {
    ...present,
    dedicatedCoreQuotaPerVMFamily: readFamilies(context, families, given.dedicatedCoreQuotaPerVMFamily),
    subscription: readSubscription(context, path, given),
  };
}

/** ACC-02: they say nothing of an account whose nodes are Batch's own. */
function readSubscription(context: BuildContext, path: Path, given: GivenAccount): SubscriptionQuotas {
  const { subscription, poolAllocationMode } = given;
  if (subscription === undefined) return NO_SUBSCRIPTION_QUOTAS;
  const where = [...path, 'subscription'];
  if (poolAllocationMode !== 'UserSubscription') {
    const message = `${context.name(where)} has no effect: in BatchService mode the quotas of Batch bind (ACC-02)`;
    context.warning('BS2206', where, message, 'add poolAllocationMode: UserSubscription, or take it out');
  }
  const { coreQuota = null, spotCoreQuota = null, coreQuotaPerVMFamily } = subscription;
  return {
    coreQuota,
    spotCoreQuota,
    coreQuotaPerVMFamily: readFamilies(context, [...where, 'coreQuotaPerVMFamily'], coreQuotaPerVMFamily),
  };
}

function readFamilies(context: BuildContext, path: Path, given: GivenFamilies = []): ReadonlyMap<string, number> {
  const known = given.length === 0 ? [] : vmFamilyNames();
  given.forEach(({ name }, i) => {
    if (known.some((family) => family.toLowerCase() === name.toLowerCase())) return;
    const near = nearest(name, known);
    const message = `no VM size of the catalogue is of family "${name}"`;
    context.warning('BS2206', [...path, i, 'name'], message, near === null ? null : `did you mean "${near}"?`);
  });
  return new Map(given.map(({ name, coreQuota }) => [name, coreQuota]));
}
