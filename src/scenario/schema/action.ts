/** One line of `actions`: a time and exactly one operation; and one line of what a job manager does. */
import { z } from 'zod';
import { type BatchOperation, type FateOperation, type Operation, SERVICE_ERRORS } from '../../model/index.js';
import { jobTable } from './job.js';
import { jobId, jobIdOrOwn, jobOperations } from './job-operations.js';
import { jobScheduleChanges, jobScheduleTable } from './job-schedule.js';
import { type FaultParams, table, word } from './leaves.js';
import { accountOperations, fateOperations } from './other-operations.js';
import { poolOperations } from './pool-operations.js';
import { moment, offset } from './units.js';

/** An operation may hold a job, whose manager may do operations. */
const again: z.ZodType = z.lazy(() => scriptLine);

/** A job. */
export const job = jobTable(again);
/** A job schedule. */
export const jobSchedule = jobScheduleTable(again);
const bodies = { job, jobSchedule, jobScheduleChanges: jobScheduleChanges(again) };

const operations = {
  ...poolOperations,
  ...jobOperations(jobId, bodies),
  ...accountOperations,
  ...fateOperations,
} satisfies Record<Operation['kind'], z.ZodType>;

const scripted = {
  ...poolOperations,
  ...jobOperations(jobIdOrOwn, bodies),
  ...accountOperations,
} satisfies Record<BatchOperation['kind'], z.ZodType>;

/** A line of a scenario's `actions`. */
export const action = table({
  at: moment('When it happens: +2h from the start, or an ISO time.'),
  expectError: word(
    Object.keys(SERVICE_ERRORS) as (keyof typeof SERVICE_ERRORS)[],
    'The code with which Batch is expected to refuse it; with another outcome the run has failed.',
  ).optional(),
  ...operations,
})
  .superRefine(one(Object.keys(operations)))
  .meta({ id: 'action', description: 'A time (at) and one operation.' });

/** A line of what a job manager does. */
export const scriptLine = table({
  at: offset('When it happens, from the start of each attempt of the job manager.'),
  ...scripted,
})
  .superRefine(one(Object.keys(scripted)))
  .meta({ id: 'scriptLine', description: 'An offset from the start of the job manager (at), and one operation.' });

/** Names of all operations. */
export const OPERATION_NAMES = Object.keys(operations) as readonly Operation['kind'][];
/** Names of what only fate does. */
export const FATE_NAMES = Object.keys(fateOperations) as readonly FateOperation['kind'][];

function one(names: readonly string[]) {
  return (given: object, context: z.core.$RefinementCtx): void => {
    const found = names.filter((name) => (given as Record<string, unknown>)[name] !== undefined);
    if (found.length === 1) return;
    const shown = found.length === 0 ? 'none' : found.join(' and ');
    const params: FaultParams = { code: 'BS2013', hint: 'write { at: +2h, resizePool: { poolId: …, … } }' };
    const message = `an action has one operation beside its time, and there is ${shown}`;
    context.addIssue({ code: 'custom', message, params: { ...params } });
  };
}

/** What {@link action} gives. */
export type GivenAction = z.infer<typeof action>;
/** What {@link scriptLine} gives. */
export type GivenScriptLine = z.infer<typeof scriptLine>;
const operationTable = table(operations);
/** The operations by name; those of a line are one of them. */
export type GivenOperations = z.infer<typeof operationTable>;
