/** Nodes that a resize sends for (RSZ-04, RSZ-05). */
import { ALLOCATION_FAILED, planGrowth, type ResizePlan } from '../../model/index.js';
import type { ResizeRow } from '../../recording/index.js';
import { eventCode } from '../engine/event-queue.js';
import type { PoolState } from '../entities.js';
import { SIM_EVENT } from '../events.js';
import { allocDelays } from '../latencies.js';
import type { World } from '../world.js';
import { stayingNodes } from './removal-order.js';
import { missing } from './resize-record.js';
import type { ResizeState } from './resize-state.js';

/** RSZ-04: reserves as many of the wanted nodes as fit in limits and quota, and sends for them. */
export function grow(world: World, pool: PoolState, resize: ResizeState, dedicated: number, lowPriority: number): void {
  if (dedicated === 0 && lowPriority === 0) return;
  const { spec, account } = pool;
  const held = {
    dedicated: stayingNodes(world, pool, 0).length + missing(resize.due[0]),
    lowPriority: stayingNodes(world, pool, 1).length + missing(resize.due[1]),
  };
  // RSZ-07: a provider error ends the resize at once, whatever else would have cut it.
  const isRefused = resize.cause === 'created' && spec.allocationFailure;
  const plan: ResizePlan = isRefused
    ? { dedicated: 0, lowPriority: 0, errors: [ALLOCATION_FAILED] }
    : planGrowth(account.spec, account.use, spec, dedicated, lowPriority, held);
  account.use.add(spec.vmSize, plan.dedicated, plan.lowPriority);
  const row = world.resizes[resize.row] as ResizeRow;
  world.resizes[resize.row] = {
    ...row,
    reservedDedicated: row.reservedDedicated + plan.dedicated,
    reservedLowPriority: row.reservedLowPriority + plan.lowPriority,
    // A restored node was missed with its error before (RSZ-09).
    errors: resize.hasBegun || resize.cause === 'restore' ? row.errors : [...row.errors, ...plan.errors],
  };
  expectNodes(world, pool, resize, plan);
}

/** Dedicated nodes come before spot nodes, and so have the lower ordinals (SIM-07). */
function expectNodes(world: World, pool: PoolState, resize: ResizeState, plan: ResizePlan): void {
  const count = plan.dedicated + plan.lowPriority;
  if (count === 0) return;
  const stands = resize.cause === 'created' && pool.spec.ready;
  const delays = stands
    ? new Float64Array(count)
    : allocDelays(pool.spec, pool.key, pool.resizeCount, count, world.uniforms);
  pool.resizeCount += 1;
  const dueMs = delays.map((ms) => world.nowMs + ms);
  resize.due[0].dueMs = merged(resize.due[0].dueMs, dueMs.subarray(0, plan.dedicated));
  resize.due[1].dueMs = merged(resize.due[1].dueMs, dueMs.subarray(plan.dedicated));
  if (resize.hasBegun) {
    if (resize.awaitedMs >= 0) world.cancel(resize.awaitedMs, eventCode(SIM_EVENT.nodeAllocated, pool.row));
    resize.awaitedMs = -1;
  }
}

/** Nodes that have appeared are the first of the earlier ones, and those that come later are due later. */
function merged(earlier: Float64Array, later: Float64Array): Float64Array {
  if (earlier.length === 0) return later;
  const all = new Float64Array(earlier.length + later.length);
  all.set(earlier);
  all.set(later, earlier.length);
  return all.sort();
}
