/** The one event that an attempt with steps has in the queue: the end of the step at hand, or its wall clock before that. */
import { deferEvent, wallClockOf } from '../attempts.js';
import { eventCode } from '../engine/event-queue.js';
import { SIM_EVENT } from '../events.js';
import type { World } from '../world.js';
import type { LiveAttempt } from './state.js';

/**
 * Schedules the end of the step at hand.
 * @param isLimited whether the wall clock counts for this step: until the end of the process it does (TASK-11, MI-09)
 */
export function expectEnd(world: World, live: LiveAttempt, atMs: number, isLimited: boolean): void {
  live.stepEndMs = atMs;
  // NODE-13: without contact to the node its wall clock has passed unheard.
  if (live.due !== null && live.due.atMs < world.nowMs) return;
  const deadlineMs = isLimited ? live.startMs + wallClockOf(world, live.task) : Number.POSITIVE_INFINITY;
  // SIM-03: what ends exactly when the wall clock expires has ended by itself.
  const isCut = deadlineMs < atMs;
  const dueMs = isCut ? Math.max(deadlineMs, world.nowMs) : atMs;
  const code = eventCode(isCut ? SIM_EVENT.taskWallClock : SIM_EVENT.taskExit, live.task);
  if (live.due?.atMs === dueMs && live.due.code === code) return;
  takeBack(world, live);
  live.due = { atMs: dueMs, code };
  world.queue.push(dueMs, code);
}

/** The attempt is over at this very instant; it is heard of in phase 1, of the next round if this one is past it (SIM-02). */
export function expectNow(world: World, live: LiveAttempt, phase: 1 | 4 | 8): void {
  const code = eventCode(SIM_EVENT.taskExit, live.task);
  live.due = { atMs: world.nowMs, code };
  if (phase === 8) world.queue.push(world.nowMs, code);
  else deferEvent(world, live.task, code);
}

/** Takes the event back. */
export function takeBack(world: World, live: LiveAttempt): void {
  if (live.due !== null && live.due.atMs >= world.nowMs) world.cancel(live.due.atMs, live.due.code);
  live.due = null;
}
