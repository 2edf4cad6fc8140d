/**
 * What a job schedule has in the queues. Due times and the end of an open window are reasons to go on, as long as the
 * schedule is active; `doNotRunAfter`, which only completes it, is none (SIM-10).
 */
import { nextDueMs, opportunityAt } from '../../model/index.js';
import { eventCode } from '../engine/event-queue.js';
import type { ScheduleState } from '../entities.js';
import { SIM_EVENT } from '../events.js';
import type { World } from '../world.js';

/**
 * Goes by the schedule from now on. What it missed counts as far as its window is still open (JS-11); what is due now comes
 * in its phase (SIM-02).
 */
export function windUp(world: World, schedule: ScheduleState): void {
  const { createdMs, spec } = schedule;
  const before = world.nowMs - 1;
  const open = opportunityAt(spec.schedule, createdMs, before);
  if (open !== null && open.endsMs > before && !isUsed(schedule, open.dueMs)) openWindow(world, schedule, open.dueMs);
  awaitDue(world, schedule, before);
  awaitLast(world, schedule);
}

/** An opportunity that is open already comes in the phase of job schedules, like one that is due now (SIM-02). */
export function deferWindow(world: World, schedule: ScheduleState): void {
  if (schedule.openDueMs !== null) world.queue.push(world.nowMs, codeOf(schedule));
}

/** JS-09: when `doNotRunAfter` has passed the schedule may be over, whether enabled or not. */
export function awaitLast(world: World, schedule: ScheduleState): void {
  const { doNotRunAfterMs } = schedule.spec.schedule;
  if (doNotRunAfterMs === null || doNotRunAfterMs < world.nowMs || schedule.lastMs >= 0) return;
  schedule.lastMs = doNotRunAfterMs;
  world.background.push(doNotRunAfterMs, eventCode(SIM_EVENT.scheduleOver, schedule.row));
}

/** No more jobs for now: due times that pass are not made up, except by {@link windUp} (JS-11). */
export function pauseClock(world: World, schedule: ScheduleState): void {
  closeWindow(world, schedule);
  if (schedule.nextDueMs >= 0) world.cancel(schedule.nextDueMs, codeOf(schedule));
  schedule.nextDueMs = -1;
}

/** Takes everything back: the schedule is over, or goes by other times. */
export function stopClock(world: World, schedule: ScheduleState): void {
  pauseClock(world, schedule);
  if (schedule.lastMs >= 0) world.cancel(schedule.lastMs, eventCode(SIM_EVENT.scheduleOver, schedule.row));
  schedule.lastMs = -1;
}

/** What is due now has been taken from a queue. A due time opens a window, in place of the one before (JS-06). */
export function tick(world: World, schedule: ScheduleState): void {
  const { nowMs } = world;
  if (schedule.windowEndMs === nowMs) schedule.windowEndMs = -1;
  if (schedule.lastMs === nowMs) schedule.lastMs = -1;
  if (schedule.nextDueMs !== nowMs) return;
  schedule.nextDueMs = -1;
  closeWindow(world, schedule);
  if (!isUsed(schedule, nowMs)) openWindow(world, schedule, nowMs);
  awaitDue(world, schedule, nowMs);
}

/** The opportunity has been used, or is lost. */
export function closeWindow(world: World, schedule: ScheduleState): void {
  if (schedule.windowEndMs >= 0) world.cancel(schedule.windowEndMs, codeOf(schedule));
  schedule.windowEndMs = -1;
  schedule.openDueMs = null;
}

/** Until when, inclusive, the open opportunity can be used (JS-05, JS-06, JS-09); -1: none is open. */
export function windowEnd({ openDueMs, createdMs, spec }: ScheduleState): number {
  return openDueMs === null ? -1 : (opportunityAt(spec.schedule, createdMs, openDueMs)?.endsMs ?? -1);
}

function openWindow(world: World, schedule: ScheduleState, dueMs: number): void {
  schedule.openDueMs = dueMs;
  const endsMs = windowEnd(schedule);
  if (endsMs === Number.POSITIVE_INFINITY || endsMs <= world.nowMs) return;
  schedule.windowEndMs = endsMs;
  world.queue.push(endsMs, codeOf(schedule));
}

/** Whether the due time, or a later one, has had its job. */
function isUsed({ usedDueMs }: ScheduleState, dueMs: number): boolean {
  return usedDueMs !== null && dueMs <= usedDueMs;
}

function awaitDue(world: World, schedule: ScheduleState, afterMs: number): void {
  const next = nextDueMs(schedule.spec.schedule, schedule.createdMs, afterMs);
  if (next === null) return;
  schedule.nextDueMs = next;
  world.queue.push(next, codeOf(schedule));
}

function codeOf(schedule: ScheduleState): number {
  return eventCode(SIM_EVENT.scheduleDue, schedule.row);
}
