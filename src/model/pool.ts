/** Pools: states and moves of allocation (POOL-02, POOL-03). */

/** POOL-03. */
export const ALLOCATION_STATES = ['steady', 'resizing', 'stopping'] as const;
export type AllocationState = (typeof ALLOCATION_STATES)[number];

/** What moves a pool's allocation. */
export const ALLOCATION_TRIGGERS = ['resize', 'settle'] as const;
export type AllocationTrigger = (typeof ALLOCATION_TRIGGERS)[number];

/** Every legal move of a pool's allocation; a missing entry is illegal. A new pool is `resizing` (POOL-03). */
export const ALLOCATION_MOVES: Readonly<Record<AllocationState, Partial<Record<AllocationTrigger, AllocationState>>>> =
  {
    steady: { resize: 'resizing' },
    resizing: { settle: 'steady' },
    stopping: { settle: 'steady' },
  };

/** ACC-13, POOL-07: the most task slots a node of this many cores may have. */
export function maxTaskSlots(vcpus: number): number {
  return Math.min(4 * vcpus, 256);
}

/** ACC-12, POOL-10: the most nodes of a pool with inter-node communication. */
export function maxInterNodeNodes(mode: 'BatchService' | 'UserSubscription'): number {
  return mode === 'BatchService' ? 100 : 80;
}
