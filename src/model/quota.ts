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
  readonly code: 'AccountCoreQuotaReached' | 'AccountVMSeriesCoreQuotaReached' | 'AccountLowPriorityCoreQuotaReached';
}

/** ACC-06: dedicated nodes are limited by the total and, where enforced, by their family's quota. */
export function dedicatedHeadroom(account: Account, use: CoreUse, size: VmSize): Headroom {
  if (account.poolAllocationMode === 'UserSubscription') return UNLIMITED; // ACC-02: Batch's quotas do not apply
  const byTotal = wholeNodes(account.dedicatedCoreQuota - use.dedicated, size);
  if (!account.dedicatedCoreQuotaPerVMFamilyEnforced) return { nodes: byTotal, code: 'AccountCoreQuotaReached' };
  const familyQuota = familyQuotaOf(account, size.family);
  const byFamily = wholeNodes(familyQuota - use.ofFamily(size.family), size);
  return byFamily < byTotal
    ? { nodes: byFamily, code: 'AccountVMSeriesCoreQuotaReached' }
    : { nodes: byTotal, code: 'AccountCoreQuotaReached' };
}

/** ACC-06: preemptible nodes are limited by one total over all families. */
export function lowPriorityHeadroom(account: Account, use: CoreUse, size: VmSize): Headroom {
  if (account.poolAllocationMode === 'UserSubscription') return UNLIMITED;
  const nodes = wholeNodes(account.lowPriorityCoreQuota - use.lowPriority, size);
  return { nodes, code: 'AccountLowPriorityCoreQuotaReached' };
}

/** The quota of a family where families are enforced: one that is not listed has none. */
export function familyQuotaOf(account: Account, family: string | null): number {
  for (const [name, cores] of account.dedicatedCoreQuotaPerVMFamily) {
    if (familyKey(name) === familyKey(family)) return cores;
  }
  return 0;
}

const UNLIMITED: Headroom = { nodes: Number.POSITIVE_INFINITY, code: 'AccountCoreQuotaReached' };

function wholeNodes(cores: number, size: VmSize): number {
  return Math.max(0, Math.floor(cores / size.vcpus));
}

function familyKey(family: string | null): string {
  return (family ?? '').toLowerCase();
}
