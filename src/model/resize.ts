/** What a resize may bring: limits, quotas and the errors that name them (RSZ-04, RSZ-05, POOL-10). */
import { maxInterNodeNodes } from './pool.js';
import { type CoreUse, dedicatedHeadroom, lowPriorityHeadroom } from './quota.js';
import type { Account, Pool } from './scenario.js';

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

/** RSZ-04, RSZ-05: as many whole nodes as fit in size limits and quota are reserved when the resize begins. */
export function planGrowth(
  account: Account,
  use: CoreUse,
  pool: Pool,
  dedicated: number,
  lowPriority: number,
): ResizePlan {
  const errors: ResizeError[] = [];
  const limited = withinInterNodeLimit(account, pool, dedicated, lowPriority, errors);
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

/** RSZ-07: what a resize says that the provider refused. */
export const ALLOCATION_FAILED: ResizeError = {
  code: 'AllocationFailed',
  message: 'The provider failed to allocate the nodes.',
};

function withinInterNodeLimit(
  account: Account,
  pool: Pool,
  dedicated: number,
  lowPriority: number,
  errors: ResizeError[],
): { dedicated: number; lowPriority: number } {
  const most = maxInterNodeNodes(account.poolAllocationMode);
  if (!pool.enableInterNodeCommunication || dedicated + lowPriority <= most) return { dedicated, lowPriority };
  errors.push({
    code: 'CommunicationEnabledPoolReachedMaxVMCount',
    message: `A pool with inter-node communication holds at most ${most} nodes; ${dedicated + lowPriority} were wanted.`,
  });
  const kept = Math.min(dedicated, most);
  return { dedicated: kept, lowPriority: most - kept };
}

function quotaError(code: string, wanted: number, fit: number, vcpus: number): ResizeError {
  return {
    code,
    message: `${wanted} nodes of ${vcpus} cores were wanted, ${fit} fit in the quota.`,
  };
}
