/** What Batch refuses in the body of a job schedule by itself (JS-03, AUTO-02). */
import type { JobSchedule, JobScheduleChanges, Schedule } from '../job-spec.js';
import type { ServiceError } from '../service-errors.js';
import { checkDuration, MINUTE_MS } from './constraints.js';
import { checkJobSpecification } from './job.js';
import { checkDisplayName, checkId, checkMetadata } from './names.js';

/** JS-03: of startWindow and recurrenceInterval, in ms. */
export const LEAST_SCHEDULE_MS = MINUTE_MS;

/** A job schedule as it is added. */
export function checkJobSchedule(jobSchedule: JobSchedule): ServiceError | null {
  return (
    checkId(jobSchedule.id, 'id') ?? checkDisplayName(jobSchedule.displayName) ?? checkJobScheduleChanges(jobSchedule)
  );
}

/** Its patch or update. */
export function checkJobScheduleChanges(changes: JobScheduleChanges): ServiceError | null {
  const { schedule, jobSpecification, metadata } = changes;
  return (
    (schedule === undefined ? null : checkSchedule(schedule)) ??
    (jobSpecification === undefined ? null : checkJobSpecification(jobSpecification, 'jobSchedule')) ??
    checkMetadata(metadata)
  );
}

/** JS-03. */
function checkSchedule({ startWindowMs, recurrenceIntervalMs }: Schedule): ServiceError | null {
  const most = Number.POSITIVE_INFINITY;
  return (
    checkDuration('startWindow', startWindowMs, LEAST_SCHEDULE_MS, most) ??
    checkDuration('recurrenceInterval', recurrenceIntervalMs, LEAST_SCHEDULE_MS, most)
  );
}
