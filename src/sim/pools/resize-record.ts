/** The record of a resize, and the state of allocation that goes with it (POOL-03). */
import {
  ALLOCATION_MOVES,
  ALLOCATION_STATES,
  ALLOCATION_TRIGGERS,
  type AllocationTrigger,
  type ResizeError,
} from '../../model/index.js';
import type { ResizeRow } from '../../recording/index.js';
import { eventCode } from '../engine/event-queue.js';
import { Transitions } from '../engine/transitions.js';
import type { PoolState } from '../entities.js';
import { LOGGED } from '../event-log.js';
import { SIM_EVENT } from '../events.js';
import type { World } from '../world.js';
import type { DueNodes, ResizeState } from './resize-state.js';

const TRANSITIONS = new Transitions('pool', ALLOCATION_STATES, ALLOCATION_TRIGGERS, ALLOCATION_MOVES);
const STEADY = ALLOCATION_STATES.indexOf('steady');
const RESIZING = ALLOCATION_STATES.indexOf('resizing');
/** Nobody is due. */
const NONE = new Float64Array(0);

/** Whether the pool is `steady` (RSZ-01). */
export function isSteady(pool: PoolState): boolean {
  return pool.allocationState === STEADY;
}

/**
 * A resize begins, towards the targets of the pool. What it wants follows (`grow`, `shrink`), then
 * `completeBeginning`.
 */
export function beginResize(world: World, pool: PoolState, cause: ResizeRow['cause']): ResizeState {
  // POOL-03: a new pool is resizing.
  if (cause === 'created') pool.allocationState = RESIZING;
  else moveAllocation(pool, 'resize');
  const row: ResizeRow = {
    poolIndex: pool.row,
    startMs: world.nowMs,
    endMs: -1,
    targetDedicatedNodes: pool.spec.targetDedicatedNodes,
    targetLowPriorityNodes: pool.spec.targetLowPriorityNodes,
    ...{ reservedDedicated: 0, reservedLowPriority: 0, cause, removedNodes: 0, errors: [] },
  };
  world.resizes.push(row);
  const resize: ResizeState = {
    ...{ row: world.resizes.length - 1, cause, startMs: world.nowMs },
    due: [
      { dueMs: NONE, obtained: 0 },
      { dueMs: NONE, obtained: 0 },
    ],
    ...{ leaving: new Set(), hasBegun: false, awaitedMs: -1, timeoutMs: null },
  };
  pool.resize = resize;
  pool.seeksSpot = true;
  world.log?.add(world.nowMs, LOGGED.resizeStarted, pool.row, resize.row);
  return resize;
}

/** The resize has ended, with these errors besides those of its beginning (POOL-23). */
export function closeRow(world: World, pool: PoolState, resize: ResizeState, errors: readonly ResizeError[]): void {
  const row = world.resizes[resize.row] as ResizeRow;
  world.resizes[resize.row] = { ...row, endMs: world.nowMs, errors: [...row.errors, ...errors] };
  if (resize.timeoutMs !== null) world.cancel(resize.timeoutMs, eventCode(SIM_EVENT.resizeTimeout, pool.row));
  resize.timeoutMs = null;
  world.log?.add(world.nowMs, LOGGED.resizeEnded, pool.row, resize.row);
}

/** How many reserved nodes have not appeared. */
export function missing({ dueMs, obtained }: DueNodes): number {
  return dueMs.length - obtained;
}

/** The only writer of the state of allocation. */
export function moveAllocation(pool: PoolState, trigger: AllocationTrigger): void {
  pool.allocationState = TRANSITIONS.next(pool.allocationState, ALLOCATION_TRIGGERS.indexOf(trigger));
}
