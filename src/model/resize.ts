/** What a resize may bring: limits, quotas and the errors that name them (RSZ-04, RSZ-05, POOL-10). */
import { MANAGED_IMAGE_NODES, maxInterNodeNodes } from './pool.js';
import type { Pool } from './pool-spec.js';
import { type CoreUse, dedicatedHeadroom, lowPriorityHeadroom } from './quota.js';
import type { Account } from './scenario.js';

/** A resize error as a pool's `resizeErrors` shows it (ERR-22). */
export interface ResizeError {
  readonly code: string;
  readonly message: string;
}

/** How many nodes a growing resize reserves, and why not more. */
export interface ResizePlan {
  readonly dedicated: number;
  readonly lowPriority: number;
  readonly errors: readonly ResizeError[];
}

/** Nodes of a pool by kind. */
export interface NodeCounts {
  readonly dedicated: number;
  readonly lowPriority: number;
}

const NO_NODES: NodeCounts = { dedicated: 0, lowPriority: 0 };

/**
 * RSZ-04, RSZ-05: as many whole nodes as fit in size limits and quota are reserved when the resize begins.
 * @param dedicated how many more are wanted; `lowPriority` likewise
 * @param held those that the pool has and keeps
 */
export function planGrowth(
  account: Account,
  use: CoreUse,
  pool: Pool,
  dedicated: number,
  lowPriority: number,
  held: NodeCounts = NO_NODES,
): ResizePlan {
  const errors: ResizeError[] = [];
  const limited = { dedicated, lowPriority };
  keepInterNodeLimit(account, pool, limited, held, errors);
  keepImageLimit(pool, limited, held, errors);
  keepAddressLimit(pool, limited, held, errors);
  const { vmSize } = pool;
  const room = dedicatedHeadroom(account, use, vmSize);
  if (limited.dedicated > room.nodes) {
    errors.push(quotaError(room.code, limited.dedicated, room.nodes, vmSize.vcpus));
    limited.dedicated = room.nodes;
  }
  const spotRoom = lowPriorityHeadroom(account, use, vmSize);
  if (limited.lowPriority > spotRoom.nodes) {
    errors.push(quotaError(spotRoom.code, limited.lowPriority, spotRoom.nodes, vmSize.vcpus));
    limited.lowPriority = spotRoom.nodes;
  }
  return { dedicated: limited.dedicated, lowPriority: limited.lowPriority, errors };
}

/** RSZ-06: what a resize that ran out of time says. */
export function allocationTimedout(missing: number): ResizeError {
  const nodes = missing === 1 ? '1 node was' : `${missing} nodes were`;
  return { code: 'AllocationTimedout', message: `The resize timeout passed before ${nodes} allocated.` };
}

/** RSZ-14: what a resize says whose nodes were still busy when its time was over. */
export function removeNodesFailed(kept: number): ResizeError {
  const nodes = kept === 1 ? '1 node was' : `${kept} nodes were`;
  return { code: 'RemoveNodesFailed', message: `The resize timeout passed while ${nodes} still in use.` };
}

/** RSZ-10: what a resize says that a user stopped. */
export const RESIZE_STOPPED: ResizeError = { code: 'ResizeStopped', message: 'The resize was stopped.' };

/** RSZ-07: what a resize says that the provider refused. */
export const ALLOCATION_FAILED: ResizeError = {
  code: 'AllocationFailed',
  message: 'The provider failed to allocate the nodes.',
};

/** How many more nodes of each kind are to come; the limits lower it. */
type Wanted = { dedicated: number; lowPriority: number };

/** POOL-10, ACC-12: pools with inter-node communication are small. */
function keepInterNodeLimit(
  account: Account,
  pool: Pool,
  wanted: Wanted,
  held: NodeCounts,
  errors: ResizeError[],
): void {
  if (!pool.enableInterNodeCommunication) return;
  const most = maxInterNodeNodes(account.poolAllocationMode);
  const total = keepTotal(wanted, held, most);
  if (total === null) return;
  errors.push({
    code: 'CommunicationEnabledPoolReachedMaxVMCount',
    message: `A pool with inter-node communication holds at most ${most} nodes; ${total} were wanted.`,
  });
}

/** ACC-12: pools from a managed image have a limit for each kind; the sources name no code of its own for it. */
function keepImageLimit(pool: Pool, wanted: Wanted, held: NodeCounts, errors: ResizeError[]): void {
  if (pool.image !== 'managed' || pool.enableInterNodeCommunication) return;
  for (const kind of ['dedicated', 'lowPriority'] as const) {
    const most = MANAGED_IMAGE_NODES[kind];
    const total = held[kind] + wanted[kind];
    if (wanted[kind] === 0 || total <= most) continue;
    wanted[kind] = Math.max(0, most - held[kind]);
    errors.push({
      code: 'AllocationFailed',
      message: `A pool from a managed image holds at most ${most} such nodes; ${total} were wanted.`,
    });
  }
}

/** NET-01: each node needs an address of the subnet. */
function keepAddressLimit(pool: Pool, wanted: Wanted, held: NodeCounts, errors: ResizeError[]): void {
  if (pool.subnetAddresses === null) return;
  const total = keepTotal(wanted, held, pool.subnetAddresses);
  if (total === null) return;
  errors.push({
    code: 'AllocationFailed',
    message: `The subnet has addresses for ${pool.subnetAddresses} nodes; ${total} were wanted.`,
  });
}

/** Lowers what is wanted to a limit on all nodes, spot nodes first. Returns how many were wanted in all; null: they fit. */
function keepTotal(wanted: Wanted, held: NodeCounts, most: number): number | null {
  const present = held.dedicated + held.lowPriority;
  const total = present + wanted.dedicated + wanted.lowPriority;
  if (total <= most || wanted.dedicated + wanted.lowPriority === 0) return null;
  const room = Math.max(0, most - present);
  wanted.dedicated = Math.min(wanted.dedicated, room);
  wanted.lowPriority = Math.min(wanted.lowPriority, room - wanted.dedicated);
  return total;
}

function quotaError(code: string, wanted: number, fit: number, vcpus: number): ResizeError {
  return {
    code,
    message: `${wanted} nodes of ${vcpus} cores were wanted, ${fit} fit in the quota.`,
  };
}
