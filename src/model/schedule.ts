/**
 * The calendar of a job schedule (JS-02 to JS-09, JS-14): due times, windows, the end. Pure functions of the schedule,
 * of when it was created and of now, all in ms from the start of the scenario.
 *
 * A due time opens an *opportunity*: one job may be made of it until its window closes or the next due time replaces
 * it. Which one has been used is the caller's to know.
 */
import type { Schedule } from './job-spec.js';

/** A due time and until when a job may still be made of it, both inclusive; Infinity: without end. */
export interface Opportunity {
  readonly dueMs: number;
  readonly endsMs: number;
}

/** JS-02: `doNotRunUntil`, or the creation. */
export function firstDueMs(schedule: Schedule, createdMs: number): number {
  return schedule.doNotRunUntilMs ?? createdMs;
}

/** JS-06: how long an opportunity lasts at most, in ms: it never survives the next due time. */
export function effectiveWindowMs({ startWindowMs, recurrenceIntervalMs }: Schedule): number {
  return Math.min(startWindowMs ?? Number.POSITIVE_INFINITY, recurrenceIntervalMs ?? Number.POSITIVE_INFINITY);
}

/** JS-02, JS-09, JS-14 (`nextRunTime`): the first due time after now, whether enabled or not; null: none will come. */
export function nextDueMs(schedule: Schedule, createdMs: number, nowMs: number): number | null {
  const first = firstDueMs(schedule, createdMs);
  const { recurrenceIntervalMs, doNotRunAfterMs } = schedule;
  if (nowMs >= first && recurrenceIntervalMs === null) return null;
  const next = nowMs < first ? first : first + (dueBefore(schedule, first, nowMs) + 1) * (recurrenceIntervalMs ?? 0);
  return doNotRunAfterMs !== null && next > doNotRunAfterMs ? null : next;
}

/**
 * JS-05, JS-06, JS-07, JS-09, JS-11: the opportunity that stands open now; null: none. It opens at its due time and is
 * still open at the very end of its window.
 */
export function opportunityAt(schedule: Schedule, createdMs: number, nowMs: number): Opportunity | null {
  const first = firstDueMs(schedule, createdMs);
  if (nowMs < first) return null;
  const dueMs = first + dueBefore(schedule, first, nowMs) * (schedule.recurrenceIntervalMs ?? 0);
  const lastMs = schedule.doNotRunAfterMs ?? Number.POSITIVE_INFINITY;
  const endsMs = Math.min(dueMs + effectiveWindowMs(schedule), lastMs);
  return dueMs <= lastMs && nowMs <= endsMs ? { dueMs, endsMs } : null;
}

/**
 * JS-08, JS-09: whether no job will come any more. Asked in the last phase of an instant, when what is due now has had
 * its chance (SIM-02). `usedDueMs`: the due time of the latest job; null: none yet.
 */
export function isScheduleOver(
  schedule: Schedule,
  createdMs: number,
  nowMs: number,
  usedDueMs: number | null,
): boolean {
  const { doNotRunAfterMs, recurrenceIntervalMs } = schedule;
  if (doNotRunAfterMs !== null && nowMs >= doNotRunAfterMs) return true;
  if (recurrenceIntervalMs !== null) return false;
  return usedDueMs !== null || nowMs >= firstDueMs(schedule, createdMs) + effectiveWindowMs(schedule);
}

/** How many recurrences lie between the first due time and now, both inclusive. */
function dueBefore({ recurrenceIntervalMs }: Schedule, firstMs: number, nowMs: number): number {
  return recurrenceIntervalMs === null ? 0 : Math.floor((nowMs - firstMs) / recurrenceIntervalMs);
}
