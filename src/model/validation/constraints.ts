/** Numbers within their limits: retries, wall clocks, windows (TASK-07, ERR-18). */
import type { TaskConstraints } from '../job-spec.js';
import { invalidProperty, type ServiceError, serviceError } from '../service-errors.js';

/** A minute in ms, in which the limits of durations are written. */
export const MINUTE_MS = 60_000;

/** TASK-25: constraints as the update of a task brings them. */
export function checkTaskConstraints(constraints: TaskConstraints): ServiceError | null {
  return (
    checkRetryCount(constraints.maxTaskRetryCount) ??
    checkWallClock(constraints.maxWallClockTimeMs) ??
    checkRetention(constraints.retentionTimeMs)
  );
}

/** TASK-07: -1 is unlimited, 0 one attempt; null and undefined: not given. */
export function checkRetryCount(count: number | null | undefined): ServiceError | null {
  if (count === null || count === undefined || (Number.isInteger(count) && count >= -1)) return null;
  return badConstraint('maxTaskRetryCount', count, 'It is a whole number from 0, or -1 for no limit.');
}

/** TASK-11, JOB-06: a limit that nothing could meet is none; null and undefined: not given. */
export function checkWallClock(ms: number | null | undefined): ServiceError | null {
  if (ms === null || ms === undefined || ms > 0) return null;
  return badConstraint('maxWallClockTime', `${ms} ms`, 'It is longer than 0; leave it out for no limit.');
}

/** TASK-13: null: not given. */
export function checkRetention(ms: number | null): ServiceError | null {
  if (ms === null || ms >= 0) return null;
  return badConstraint('retentionTime', `${ms} ms`, 'It is 0 or longer.');
}

/** ERR-18: a duration with bounds, both inclusive; null: not given. */
export function checkDuration(
  property: string,
  ms: number | null,
  leastMs: number,
  mostMs: number,
): ServiceError | null {
  if (ms === null || (ms >= leastMs && ms <= mostMs)) return null;
  const limit = ms < leastMs ? `at least ${inWords(leastMs)}` : `at most ${inWords(mostMs)}`;
  return invalidProperty(property, `${ms} ms`, `It is ${limit}.`);
}

function inWords(ms: number): string {
  const minutes = ms / MINUTE_MS;
  if (minutes >= 60 && minutes % 60 === 0) return minutes === 60 ? '1 hour' : `${minutes / 60} hours`;
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

function badConstraint(name: string, value: string | number, reason: string): ServiceError {
  return serviceError('InvalidConstraintValue', { PropertyName: name, PropertyValue: String(value), Reason: reason });
}
