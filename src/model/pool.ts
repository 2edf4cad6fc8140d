/** Pools: states and moves of allocation (POOL-02, POOL-03). */

/** POOL-02. */
export const POOL_STATES = ['active', 'deleting'] as const;
export type PoolLife = (typeof POOL_STATES)[number];

/** What moves a pool. */
export const POOL_TRIGGERS = ['delete'] as const;
export type PoolTrigger = (typeof POOL_TRIGGERS)[number];

/** Every legal move of a pool; deleting is its last state (POOL-16). */
export const POOL_MOVES: Readonly<Record<PoolLife, Partial<Record<PoolTrigger, PoolLife>>>> = {
  active: { delete: 'deleting' },
  deleting: {},
};

/** POOL-03. */
export const ALLOCATION_STATES = ['steady', 'resizing', 'stopping'] as const;
export type AllocationState = (typeof ALLOCATION_STATES)[number];

/** What moves a pool's allocation. */
export const ALLOCATION_TRIGGERS = ['resize', 'stop', 'settle'] as const;
export type AllocationTrigger = (typeof ALLOCATION_TRIGGERS)[number];

/**
 * Every legal move of a pool's allocation; a missing entry is illegal. A new pool is `resizing` (POOL-03). Only an
 * evaluation of a formula resizes a pool that is resizing (ASC-08); stop: RSZ-10.
 */
export const ALLOCATION_MOVES: Readonly<Record<AllocationState, Partial<Record<AllocationTrigger, AllocationState>>>> =
  {
    steady: { resize: 'resizing' },
    resizing: { resize: 'resizing', stop: 'stopping', settle: 'steady' },
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

/** ACC-12: the most nodes of each kind in a pool from a managed image, without inter-node communication. */
export const MANAGED_IMAGE_NODES = { dedicated: 2000, lowPriority: 1000 } as const;
