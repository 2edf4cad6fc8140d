/** A resize of a pool from its beginning to steady (RSZ-04 to RSZ-08, RSZ-14). */
import {
  allocationTimedout,
  type NodeDeallocationOption,
  RESIZE_STOPPED,
  type ResizeError,
  removeNodesFailed,
} from '../../model/index.js';
import type { NodeCause, ResizeRow } from '../../recording/index.js';
import { eventCode } from '../engine/event-queue.js';
import type { PoolState } from '../entities.js';
import { SIM_EVENT } from '../events.js';
import { obtainNode } from '../nodes/lifecycle.js';
import { leavePool, stayInPool } from '../nodes/removal.js';
import type { World } from '../world.js';
import { freeCapacity, hasCapacity, isLimited } from './capacity.js';
import { finishDeletion } from './disappearance.js';
import { stayingNodes } from './removal-order.js';
import { beginResize, closeRow, missing, moveAllocation } from './resize-record.js';
import type { DueNodes, ResizeState } from './resize-state.js';
import { freeQuota } from './spot-quota.js';

/** RSZ-11, RSZ-13: these nodes leave. */
export function shrink(
  world: World,
  resize: ResizeState,
  nodes: readonly number[],
  option: NodeDeallocationOption,
): void {
  if (nodes.length === 0) return;
  const row = world.resizes[resize.row] as ResizeRow;
  world.resizes[resize.row] = { ...row, removedNodes: row.removedNodes + nodes.length };
  for (const node of nodes) resize.leaving.add(node);
  for (const node of nodes) leavePool(world, node, option, REMOVAL_CAUSE[resize.cause]);
}

const REMOVAL_CAUSE: Readonly<Record<ResizeRow['cause'], NodeCause>> = {
  created: 'resize',
  resize: 'resize',
  removeNodes: 'removeNodes',
  autoscale: 'autoscale',
  deletePool: 'poolDeleted',
  stopped: 'resize',
  restore: 'resize',
};

/**
 * All that the resize wants is on its way. It may be over already.
 * @param timeoutMs RSZ-03, from its beginning; null: it may take any time
 */
export function completeBeginning(world: World, pool: PoolState, resize: ResizeState, timeoutMs: number | null): void {
  resize.hasBegun = true;
  if (timeoutMs !== null) awaitTimeout(world, pool, resize, timeoutMs);
  advanceResize(world, pool);
  if (pool.resize === resize) awaitNextNode(world, pool, resize);
}

/** Obtains the nodes that are due as far as there is capacity; ends the resize when all have come and gone (RSZ-04, RSZ-14). */
export function advanceResize(world: World, pool: PoolState): void {
  const { resize } = pool;
  if (resize === null || !resize.hasBegun) return;
  if (resize.awaitedMs === world.nowMs) return; // nodes are about to come in phase 4, not before (SIM-02)
  const stands = resize.cause === 'created' && pool.spec.ready;
  for (const kind of [0, 1] as const) {
    const due = resize.due[kind];
    while (isDue(due, world.nowMs) && hasCapacity(world, pool, kind)) {
      due.obtained += 1;
      obtainNode(world, pool, kind, resize.startMs, stands);
    }
  }
  if (resize.cause === 'restore' && isDue(resize.due[1], world.nowMs)) dropDue(world, pool, resize);
  if (isOver(pool, resize)) endResize(world, pool, resize, []);
}

/** Nodes of a resize are due (phase 4). */
export function onNodeAllocated(world: World, pool: PoolState): void {
  const { resize } = pool;
  if (resize === null) return;
  resize.awaitedMs = -1;
  advanceResize(world, pool);
  if (pool.resize === resize) awaitNextNode(world, pool, resize);
}

/** RSZ-06, RSZ-08, RSZ-14: what has not come by now is given up, what could not leave stays. */
export function onResizeTimeout(world: World, pool: PoolState): void {
  const { resize } = pool;
  if (resize === null) return;
  resize.timeoutMs = null;
  const errors: ResizeError[] = [];
  const missed = dropMissing(world, pool, resize);
  if (missed > 0) errors.push(allocationTimedout(missed));
  const kept = [...resize.leaving].filter((node) => stayInPool(world, node)).length;
  if (kept > 0) errors.push(removeNodesFailed(kept));
  endResize(world, pool, resize, errors);
}

/** RSZ-10: `stopping`, then `steady` at once. What has come stays, what has not is dropped and not sought. */
export function stopResize(world: World, pool: PoolState): void {
  const resize = pool.resize as ResizeState;
  moveAllocation(pool, 'stop');
  dropMissing(world, pool, resize);
  endResize(world, pool, resize, [RESIZE_STOPPED]);
  pool.seeksSpot = false;
}

/** A node has left the pool: its cores are free (ACC-07), and the resize may be over. */
export function onNodeLeft(world: World, node: number): void {
  const pool = world.poolOfNode(node);
  const kind = world.nodes.kind[node] as number;
  pool.held[kind] = (pool.held[kind] as number) - 1;
  const holdsQuota = world.lives.of(node).holdsQuota;
  if (holdsQuota) freeQuota(world, pool, kind === 0 ? 1 : 0, kind);
  freeCapacity(world, pool);
  const { resize } = pool;
  resize?.leaving.delete(node);
  if (resize !== null && isOver(pool, resize)) endResize(world, pool, resize, []);
}

/** Gives up the nodes that have not come yet; those that have stay. Returns how many were given up. */
export function dropMissing(world: World, pool: PoolState, resize: ResizeState): number {
  if (resize.awaitedMs >= 0) world.cancel(resize.awaitedMs, eventCode(SIM_EVENT.nodeAllocated, pool.row));
  resize.awaitedMs = -1;
  const [dedicated, lowPriority] = [missing(resize.due[0]), missing(resize.due[1])];
  for (const due of resize.due) due.dueMs = due.dueMs.slice(0, due.obtained);
  if (dedicated + lowPriority > 0) freeQuota(world, pool, dedicated, lowPriority);
  return dedicated + lowPriority;
}

/**
 * ASC-08: a resize with new targets takes the place of one that goes on. Nodes on their way go on with it as far as there
 * is room for them, and so do those that are leaving.
 */
export function replaceResize(
  world: World,
  pool: PoolState,
  replaced: ResizeState,
  room: readonly [number, number],
): ResizeState {
  if (replaced.awaitedMs >= 0) world.cancel(replaced.awaitedMs, eventCode(SIM_EVENT.nodeAllocated, pool.row));
  closeRow(world, pool, replaced, []);
  const resize = beginResize(world, pool, 'autoscale');
  const dropped = [0, 0];
  for (const kind of [0, 1] as const) {
    const { dueMs, obtained } = replaced.due[kind];
    resize.due[kind].dueMs = dueMs.slice(obtained, obtained + room[kind]);
    dropped[kind] = missing(replaced.due[kind]) - missing(resize.due[kind]);
  }
  if (dropped[0] !== 0 || dropped[1] !== 0) freeQuota(world, pool, dropped[0] as number, dropped[1] as number);
  const row = world.resizes[resize.row] as ResizeRow;
  const [reservedDedicated, reservedLowPriority] = [missing(resize.due[0]), missing(resize.due[1])];
  world.resizes[resize.row] = { ...row, reservedDedicated, reservedLowPriority };
  for (const node of replaced.leaving) resize.leaving.add(node);
  return resize;
}

/** A restored node that finds no capacity when it is due is given up; capacity that returns sets off the next search. */
function dropDue(world: World, pool: PoolState, resize: ResizeState): void {
  const due = resize.due[1];
  const later = due.dueMs.filter((dueMs, i) => i < due.obtained || dueMs > world.nowMs);
  const dropped = due.dueMs.length - later.length;
  due.dueMs = later;
  freeQuota(world, pool, 0, dropped);
}

/** The timeout matters only if something may still be missing or in the way when it comes; otherwise it is not scheduled. */
function awaitTimeout(world: World, pool: PoolState, resize: ResizeState, timeoutMs: number): void {
  const atMs = resize.startMs + timeoutMs;
  const isLate = resize.due.some(({ dueMs }) => dueMs.length > 0 && (dueMs[dueMs.length - 1] as number) > atMs);
  const mayLack = resize.due.some((due) => missing(due) > 0) && (world.grows || isLimited(world, pool));
  if (!isLate && !mayLack && resize.leaving.size === 0) return;
  resize.timeoutMs = atMs;
  world.queue.push(atMs, eventCode(SIM_EVENT.resizeTimeout, pool.row));
}

function awaitNextNode(world: World, pool: PoolState, resize: ResizeState): void {
  if (resize.awaitedMs >= 0) return;
  let nextMs = Number.POSITIVE_INFINITY;
  for (const { dueMs, obtained } of resize.due) {
    // Those that are due and wait for capacity come when that changes.
    for (let i = obtained; i < dueMs.length; i++) {
      if ((dueMs[i] as number) <= world.nowMs) continue;
      nextMs = Math.min(nextMs, dueMs[i] as number);
      break;
    }
  }
  if (nextMs === Number.POSITIVE_INFINITY) return;
  resize.awaitedMs = nextMs;
  world.queue.push(nextMs, eventCode(SIM_EVENT.nodeAllocated, pool.row));
}

function isDue({ dueMs, obtained }: DueNodes, nowMs: number): boolean {
  return obtained < dueMs.length && (dueMs[obtained] as number) <= nowMs;
}

function isOver(pool: PoolState, { hasBegun, due, leaving, cause }: ResizeState): boolean {
  if (!hasBegun || leaving.size > 0 || missing(due[0]) + missing(due[1]) > 0) return false;
  return cause !== 'deletePool' || (pool.held[0] === 0 && pool.held[1] === 0);
}

function endResize(world: World, pool: PoolState, resize: ResizeState, errors: readonly ResizeError[]): void {
  closeRow(world, pool, resize, errors);
  pool.resize = null;
  moveAllocation(pool, 'settle');
  noteMissedSpot(world, pool);
  if (resize.cause === 'deletePool') finishDeletion(world, pool);
  else pool.scaling?.onSteady();
}

/** RSZ-09: from when on missed spot nodes are sought. */
function noteMissedSpot(world: World, pool: PoolState): void {
  if (pool.spec.targetLowPriorityNodes === 0) return;
  const isShort = stayingNodes(world, pool, 1).length < pool.spec.targetLowPriorityNodes;
  if (!isShort) pool.missedSinceMs = -1;
  else if (pool.missedSinceMs < 0) pool.missedSinceMs = world.nowMs;
}
