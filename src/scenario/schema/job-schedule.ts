/** Job schedules of a scenario: jobs that come by the calendar (JS). */
import type { z } from 'zod';
import { nameValues } from './common.js';
import { INERT_JOB_SCHEDULE } from './inert.js';
import { jobModelKeys, jobSpecificationTable } from './job.js';
import { displayName, LONGEST_TEXT, table, text } from './leaves.js';
import { duration, moment } from './units.js';

const schedule = table({
  doNotRunUntil: moment('The first job is due at this time; default: at once.').optional(),
  doNotRunAfter: moment('No job is created after this time.').optional(),
  startWindow: duration(
    'How long a due job may still be created; at least 1m, default: until the next is due.',
  ).optional(),
  recurrenceInterval: duration('A job is due so often; at least 1m, default: only once.').optional(),
}).meta({ description: 'When its jobs are due (JS-02).' });

/** Properties of a job schedule that can change later; `scriptLine` as for jobs. */
export function jobScheduleChanges(scriptLine: z.ZodType) {
  return {
    schedule: schedule.optional(),
    jobSpecification: jobSpecificationTable.optional(),
    metadata: nameValues('Notes for people; no meaning to the service.'),
    model: table(jobModelKeys(scriptLine))
      .optional()
      .meta({ description: 'How manager, preparation and release task of its jobs behave.' }),
  };
}

/** A job schedule; `scriptLine` as for jobs. */
export function jobScheduleTable(scriptLine: z.ZodType) {
  return table({
    id: text('1 to 64 letters, digits, hyphens and underscores; its jobs are id:job-1, id:job-2 …', {
      longest: LONGEST_TEXT,
    }),
    displayName: displayName().optional(),
    ...jobScheduleChanges(scriptLine),
    jobSpecification: jobSpecificationTable,
    ...INERT_JOB_SCHEDULE,
  }).meta({ id: 'jobSchedule' });
}

/** What a job schedule gives. */
export type GivenJobSchedule = z.infer<ReturnType<typeof jobScheduleTable>>;
const changesTable = (line: z.ZodType) => table(jobScheduleChanges(line));
/** What the changes of a job schedule give. */
export type GivenJobScheduleChanges = z.infer<ReturnType<typeof changesTable>>;
