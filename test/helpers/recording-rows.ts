/** Rows of recordings that tests make up: what is not given is what a run would most likely have. */
import type { JobRow, PoolRow, ResizeRow } from '../../src/recording/index.js';

/** A pool of one slot a node, at a dollar an hour. */
export function poolRow(given: Partial<PoolRow> & { readonly id: string }): PoolRow {
  return {
    accountIndex: 0,
    vmSize: { name: 'Standard_D2s_v5', family: 'f', vcpus: 2, memoryGib: 8, tempDiskGib: null, gpus: 0 },
    os: 'linux',
    taskSlotsPerNode: 1,
    targetDedicatedNodes: 0,
    targetLowPriorityNodes: 0,
    price: {
      dedicatedPerHourUsd: 1,
      spotPerHourUsd: 1,
      dedicatedSource: null,
      spotSource: null,
      spotAssumed: false,
    },
    state: 'active',
    createdMs: 0,
    deletedMs: -1,
    isAutoPool: false,
    ...given,
  };
}

/** An active job on the first pool. */
export function jobRow(given: Partial<JobRow> & { readonly id: string }): JobRow {
  return {
    displayName: null,
    accountIndex: 0,
    poolId: 'p',
    poolIndex: 0,
    priority: 0,
    state: 'active',
    createdMs: 0,
    endMs: -1,
    deletedMs: -1,
    terminateReason: null,
    schedulingError: null,
    scheduleIndex: -1,
    taskCount: 0,
    ...given,
  };
}

/** A resize from the first pool's creation that goes on. */
export function resizeRow(given: Partial<ResizeRow>): ResizeRow {
  return {
    poolIndex: 0,
    startMs: 0,
    endMs: -1,
    targetDedicatedNodes: 0,
    targetLowPriorityNodes: 0,
    reservedDedicated: 0,
    reservedLowPriority: 0,
    cause: 'created',
    removedNodes: 0,
    errors: [],
    ...given,
  };
}
