/** Exit conditions that a job cannot have (EXIT-06, ERR-18). */
import type { Job } from '../job-spec.js';
import { invalidProperty, type ServiceError } from '../service-errors.js';
import type { ExitConditions, ExitOptions } from '../task-spec.js';

/** ERR-13: a range ends where it starts, or later. */
export function checkExitCodeRanges(conditions: ExitConditions | null): ServiceError | null {
  const backwards = conditions?.exitCodeRanges.find(({ start, end }) => start > end);
  if (backwards === undefined) return null;
  const range = `${backwards.start} to ${backwards.end}`;
  return invalidProperty('exitCodeRanges', range, 'A range ends where it starts, or later.');
}

/** EXIT-06, ERR-18: a `jobAction` needs a job that performs it. */
export function checkJobActions(
  conditions: ExitConditions | null,
  onTaskFailure: Job['onTaskFailure'],
): ServiceError | null {
  if (conditions === null || onTaskFailure === 'performexitoptionsjobaction') return null;
  const action = allOptions(conditions).find((options) => options !== null && options.jobAction !== null)?.jobAction;
  if (action === undefined || action === null) return null;
  const reason = 'It has no effect unless the job has onTaskFailure performexitoptionsjobaction.';
  return invalidProperty('jobAction', action, reason);
}

function allOptions(conditions: ExitConditions): readonly (ExitOptions | null)[] {
  const { exitCodes, exitCodeRanges, preProcessingError, fileUploadError } = conditions;
  const listed = [...exitCodes, ...exitCodeRanges].map(({ exitOptions }) => exitOptions);
  return [...listed, preProcessingError, fileUploadError, conditions.default];
}
