/** A resize of a pool from its beginning to steady (RSZ-04 to RSZ-08). */
import {
  ALLOCATION_FAILED,
  ALLOCATION_MOVES,
  ALLOCATION_STATES,
  ALLOCATION_TRIGGERS,
  allocationTimedout,
  type CapacityWindow,
  planGrowth,
  type ResizeError,
  type ResizePlan,
} from '../model/index.js';
import type { ResizeRow } from '../recording/index.js';
import { eventCode } from './engine/event-queue.js';
import { Transitions } from './engine/transitions.js';
import { LOGGED } from './event-log.js';
import { SIM_EVENT } from './events.js';
import { obtainNode } from './handlers/node-handlers.js';
import { allocDelays } from './latencies.js';
import type { PoolState, ResizeState } from './pool-state.js';
import type { World } from './world.js';

const TRANSITIONS = new Transitions('pool', ALLOCATION_STATES, ALLOCATION_TRIGGERS, ALLOCATION_MOVES);
const SETTLE = ALLOCATION_TRIGGERS.indexOf('settle');
/** POOL-03: a new pool is resizing. */
export const RESIZING = ALLOCATION_STATES.indexOf('resizing');

/** Begins the resize of a new pool: reserves what fits in limits and quota, and waits for the nodes (RSZ-04, RSZ-05). */
export function beginResize(world: World, pool: PoolState): void {
  const { spec, account } = pool;
  const { targetDedicatedNodes: dedicated, targetLowPriorityNodes: lowPriority } = spec;
  const plan: ResizePlan = spec.allocationFailure
    ? { dedicated: 0, lowPriority: 0, errors: [ALLOCATION_FAILED] }
    : planGrowth(account.spec, account.use, spec, dedicated, lowPriority);
  account.use.add(spec.vmSize, plan.dedicated, plan.lowPriority);
  const row: ResizeRow = {
    poolIndex: pool.row,
    startMs: world.nowMs,
    endMs: -1,
    targetDedicatedNodes: dedicated,
    targetLowPriorityNodes: lowPriority,
    reservedDedicated: plan.dedicated,
    reservedLowPriority: plan.lowPriority,
    errors: plan.errors,
  };
  world.resizes.push(row);
  world.log?.add(world.nowMs, LOGGED.resizeStarted, pool.row, world.resizes.length - 1);
  pool.resize = expectNodes(world, pool, plan);
  advanceResize(world, pool);
}

function expectNodes(world: World, pool: PoolState, plan: ResizePlan): ResizeState {
  const { spec } = pool;
  const count = plan.dedicated + plan.lowPriority;
  const dueMs = spec.ready
    ? new Float64Array(count)
    : allocDelays(spec, pool.key, pool.resizeCount, count, world.uniforms);
  for (let i = 0; i < count; i++) dueMs[i] = (dueMs[i] as number) + world.nowMs;
  const timeoutMs = world.nowMs + spec.resizeTimeoutMs;
  // The timeout matters only if nodes are due after it or capacity may be missing; otherwise it is not scheduled.
  const mayTimeOut = count > 0 && ((dueMs[count - 1] as number) > timeoutMs || spec.capacity.length > 0);
  if (mayTimeOut) world.queue.push(timeoutMs, eventCode(SIM_EVENT.resizeTimeout, pool.row));
  pool.resizeCount += 1;
  return {
    row: world.resizes.length - 1,
    startMs: world.nowMs,
    reservedDedicated: plan.dedicated,
    reservedLowPriority: plan.lowPriority,
    dueMs,
    dueCount: 0,
    obtainedDedicated: 0,
    obtainedLowPriority: 0,
    timeoutMs: mayTimeOut ? timeoutMs : null,
  };
}

/** Obtains the nodes that are due as far as there is capacity; ends the resize when all have appeared (RSZ-04). */
export function advanceResize(world: World, pool: PoolState): void {
  const { resize } = pool;
  if (resize === null) return;
  const { dueMs } = resize;
  while (resize.dueCount < dueMs.length && (dueMs[resize.dueCount] as number) <= world.nowMs) resize.dueCount += 1;
  const dueDedicated = Math.min(resize.dueCount, resize.reservedDedicated);
  const dueLowPriority = resize.dueCount - dueDedicated;
  while (resize.obtainedDedicated < dueDedicated && hasCapacity(world, pool, 0)) {
    resize.obtainedDedicated += 1;
    obtainNode(world, pool, 0, resize.startMs);
  }
  while (resize.obtainedLowPriority < dueLowPriority && hasCapacity(world, pool, 1)) {
    resize.obtainedLowPriority += 1;
    obtainNode(world, pool, 1, resize.startMs);
  }
  if (resize.obtainedDedicated + resize.obtainedLowPriority === dueMs.length) endResize(world, pool, resize, []);
}

/** Schedules when the next node is due. */
export function awaitNextNode(world: World, pool: PoolState): void {
  const { resize } = pool;
  if (resize === null || resize.dueCount === resize.dueMs.length) return;
  world.queue.push(resize.dueMs[resize.dueCount] as number, eventCode(SIM_EVENT.nodeAllocated, pool.row));
}

/** RSZ-06, RSZ-08: what has not appeared by now is given up and not tried again; what has stays. */
export function timeOutResize(world: World, pool: PoolState): void {
  const { resize, account, spec } = pool;
  if (resize === null) return;
  const missingDedicated = resize.reservedDedicated - resize.obtainedDedicated;
  const missingLowPriority = resize.reservedLowPriority - resize.obtainedLowPriority;
  account.use.add(spec.vmSize, -missingDedicated, -missingLowPriority);
  if (resize.dueCount < resize.dueMs.length) {
    const dueMs = resize.dueMs[resize.dueCount] as number;
    world.cancellations.add(dueMs, eventCode(SIM_EVENT.nodeAllocated, pool.row));
  }
  endResize(world, pool, { ...resize, timeoutMs: null }, [allocationTimedout(missingDedicated + missingLowPriority)]);
}

function endResize(world: World, pool: PoolState, resize: ResizeState, errors: readonly ResizeError[]): void {
  const row = world.resizes[resize.row] as ResizeRow;
  world.resizes[resize.row] = { ...row, endMs: world.nowMs, errors: [...row.errors, ...errors] };
  if (resize.timeoutMs !== null)
    world.cancellations.add(resize.timeoutMs, eventCode(SIM_EVENT.resizeTimeout, pool.row));
  pool.resize = null;
  pool.allocationState = TRANSITIONS.next(pool.allocationState, SETTLE);
  world.log?.add(world.nowMs, LOGGED.resizeEnded, pool.row, resize.row);
}

/** ACC-09: whether one more node of a kind can be had now. */
function hasCapacity(world: World, pool: PoolState, kind: number): boolean {
  for (const window of pool.spec.capacity) {
    const limit = kind === 0 ? window.dedicatedNodes : window.lowPriorityNodes;
    if (limit !== null && isOpen(window, world.nowMs) && (pool.held[kind] as number) >= limit) return false;
  }
  return true;
}

function isOpen(window: CapacityWindow, atMs: number): boolean {
  return atMs >= window.fromMs && (window.toMs === null || atMs < window.toMs);
}
