/** Core quotas: what an account may hold and what it holds (ACC-02, ACC-06, ACC-07). */
import type { Account } from './scenario.js';
import type { VmSize } from './vm-size.js';

/** Cores held by an account's nodes, allocated or being allocated (ACC-07). */
export class CoreUse {
  dedicated = 0;
  lowPriority = 0;
  private readonly byFamily = new Map<string, number>();

  /** Dedicated cores held in a VM family; families compare without regard to case. */
  ofFamily(family: string | null): number {
    return this.byFamily.get(familyKey(family)) ?? 0;
  }

  /** Takes (or with a negative count gives back) the cores of so many nodes. */
  add(size: VmSize, dedicatedNodes: number, lowPriorityNodes: number): void {
    this.dedicated += dedicatedNodes * size.vcpus;
    this.lowPriority += lowPriorityNodes * size.vcpus;
    this.byFamily.set(familyKey(size.family), this.ofFamily(size.family) + dedicatedNodes * size.vcpus);
  }
}

/** How many more nodes of a size fit, and which quota sets the limit. */
export interface Headroom {
  readonly nodes: number;
  /** The resize error to report when more are wanted (RSZ-05). */
  readonly code:
    | 'AccountCoreQuotaReached'
    | 'AccountVMSeriesCoreQuotaReached'
    | 'AccountLowPriorityCoreQuotaReached'
    | 'AccountSpotCoreQuotaReached';
}

/** ACC-06, ACC-02: dedicated nodes are limited by a total and, where there is one, by the quota of their family. */
export function dedicatedHeadroom(account: Account, use: CoreUse, size: VmSize): Headroom {
  const byTotal = wholeNodes(dedicatedQuotaOf(account) - use.dedicated, size);
  const byFamily = wholeNodes(familyQuotaOf(account, size.family) - use.ofFamily(size.family), size);
  return byFamily < byTotal
    ? { nodes: byFamily, code: 'AccountVMSeriesCoreQuotaReached' }
    : { nodes: byTotal, code: 'AccountCoreQuotaReached' };
}

/** ACC-06, ACC-02: preemptible nodes are limited by one total over all families. */
export function lowPriorityHeadroom(account: Account, use: CoreUse, size: VmSize): Headroom {
  const nodes = wholeNodes(lowPriorityQuotaOf(account) - use.lowPriority, size);
  return { nodes, code: isSubscribed(account) ? 'AccountSpotCoreQuotaReached' : 'AccountLowPriorityCoreQuotaReached' };
}

/** ACC-02: cores of dedicated nodes, by the quota of Batch or of the subscription; Infinity: no quota binds. */
export function dedicatedQuotaOf(account: Account): number {
  return isSubscribed(account) ? (account.subscription.coreQuota ?? UNLIMITED) : account.dedicatedCoreQuota;
}

/** ACC-02: the same of preemptible nodes. */
export function lowPriorityQuotaOf(account: Account): number {
  return isSubscribed(account) ? (account.subscription.spotCoreQuota ?? UNLIMITED) : account.lowPriorityCoreQuota;
}

/**
 * ACC-06, ACC-02: dedicated cores of a VM family; Infinity: no quota binds. Where Batch enforces families, one that is
 * not listed has none; of a subscription only the listed families are known.
 */
export function familyQuotaOf(account: Account, family: string | null): number {
  if (isSubscribed(account)) return listedQuota(account.subscription.coreQuotaPerVMFamily, family) ?? UNLIMITED;
  if (!account.dedicatedCoreQuotaPerVMFamilyEnforced) return UNLIMITED;
  return listedQuota(account.dedicatedCoreQuotaPerVMFamily, family) ?? 0;
}

const UNLIMITED = Number.POSITIVE_INFINITY;

function isSubscribed({ poolAllocationMode }: Account): boolean {
  return poolAllocationMode === 'UserSubscription';
}

function listedQuota(quotas: ReadonlyMap<string, number>, family: string | null): number | null {
  for (const [name, cores] of quotas) if (familyKey(name) === familyKey(family)) return cores;
  return null;
}

function wholeNodes(cores: number, size: VmSize): number {
  return Math.max(0, Math.floor(cores / size.vcpus));
}

function familyKey(family: string | null): string {
  return (family ?? '').toLowerCase();
}
