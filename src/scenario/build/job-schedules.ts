/** Job schedules (JS): what Batch would refuse is told, the rest becomes the model's job schedule. */
import {
  checkDisplayName,
  checkJobSchedule,
  invalidProperty,
  type Job,
  type JobSchedule,
  type JobScheduleChanges,
  LEAST_SCHEDULE_MS,
  makeJob,
  makeJobSchedule,
  NO_BOUNDS,
  type Schedule,
} from '../../model/index.js';
import type { GivenJobSchedule, GivenJobScheduleChanges } from '../schema/job-schedule.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { checkId } from './ids.js';
import { isWithoutTasks, readSpecification } from './jobs.js';
import { refuseBy } from './refusals.js';
import { readMetadata } from './settings.js';
import type { Surroundings } from './surroundings.js';

type GivenSchedule = NonNullable<GivenJobSchedule['schedule']>;

/** The job schedule at `path`, of the file itself or of an action. */
export function readJobSchedule(
  context: BuildContext,
  path: Path,
  given: GivenJobSchedule,
  around: Surroundings,
): JobSchedule {
  const before = context.problems.errorCount;
  checkId(context, [...path, 'id'], given.id);
  refuseBy(context, [...path, 'displayName'], checkDisplayName(given.displayName ?? null));
  const jobSchedule = makeJobSchedule({
    id: given.id,
    displayName: given.displayName ?? null,
    schedule: given.schedule === undefined ? NO_BOUNDS : readSchedule(context, [...path, 'schedule'], given.schedule),
    jobSpecification: readJobOf(context, path, given.jobSpecification, given.model, around),
    metadata: readMetadata(context, [...path, 'metadata'], given.metadata),
  });
  if (!context.inAction && isWithoutTasks(given.jobSpecification)) {
    const where = [...path, 'jobSpecification'];
    context.warning(
      'BS2204',
      where,
      `the jobs of ${context.name(path)} have no tasks (JM-10)`,
      'add a jobManagerTask, or tasks',
    );
  }
  if (!context.inAction && context.problems.errorCount === before)
    refuseBy(context, path, checkJobSchedule(jobSchedule));
  return context.placed(jobSchedule, path);
}

/** What an operation changes; absent properties stay absent (JS-13). */
export function readJobScheduleChanges(
  context: BuildContext,
  path: Path,
  given: GivenJobScheduleChanges,
  around: Surroundings,
): JobScheduleChanges {
  const { schedule, jobSpecification, metadata, model } = given;
  if (jobSpecification === undefined && model !== undefined) {
    const message = `${context.name([...path, 'model'])} describes tasks of a jobSpecification that is not there`;
    context.error('BS2016', [...path, 'model'], message, 'give the jobSpecification again, with its tasks');
  }
  return {
    ...(schedule === undefined ? {} : { schedule: readSchedule(context, [...path, 'schedule'], schedule) }),
    ...(jobSpecification === undefined
      ? {}
      : { jobSpecification: readJobOf(context, path, jobSpecification, model, around) }),
    ...(metadata === undefined ? {} : { metadata: readMetadata(context, [...path, 'metadata'], metadata) }),
  };
}

/** What each job is made of; its id is made by JS-10. */
function readJobOf(
  context: BuildContext,
  path: Path,
  given: GivenJobSchedule['jobSpecification'],
  model: GivenJobSchedule['model'],
  around: Surroundings,
): Job {
  const where = [...path, 'jobSpecification'];
  const parts = { path: where, modelPath: [...path, 'model'], given, model };
  const specification = readSpecification(context, parts, { owner: 'jobSchedule', createdMs: null }, around);
  return context.placed(makeJob({ ...specification, id: '' }), where);
}

/** JS-02, JS-03, SIM-10. */
function readSchedule(context: BuildContext, path: Path, given: GivenSchedule): Schedule {
  const { doNotRunUntil, doNotRunAfter, startWindow, recurrenceInterval } = given;
  for (const key of ['startWindow', 'recurrenceInterval'] as const) {
    const ms = given[key];
    if (ms === undefined || ms >= LEAST_SCHEDULE_MS) continue;
    refuseBy(context, [...path, key], invalidProperty(key, `${ms} ms`, 'It is at least 1 minute.'));
  }
  if (recurrenceInterval !== undefined && doNotRunAfter === undefined && context.untilMs === null) {
    const message = `${context.name(path)} never ends (SIM-10)`;
    context.error(
      'BS2005',
      [...path, 'recurrenceInterval'],
      message,
      'add doNotRunAfter, or stop the run with clock.until',
    );
  }
  return {
    doNotRunUntilMs: doNotRunUntil === undefined ? null : context.anyMoment([...path, 'doNotRunUntil'], doNotRunUntil),
    doNotRunAfterMs: doNotRunAfter === undefined ? null : context.anyMoment([...path, 'doNotRunAfter'], doNotRunAfter),
    startWindowMs: startWindow ?? null,
    recurrenceIntervalMs: recurrenceInterval ?? null,
  };
}
