/** Operations on jobs, tasks and job schedules, as they stand in `actions`: the ids, and beside them the body. */
import type { z } from 'zod';
import { constraints } from './common.js';
import { jobChanges, type jobTable, poolInfo } from './job.js';
import type { jobScheduleChanges, jobScheduleTable } from './job-schedule.js';
import { flag, LONGEST_TEXT, table, text, word } from './leaves.js';
import { tasks } from './task.js';

const id = (what: string) => text(`Id of the ${what}.`, { longest: LONGEST_TEXT });
const changes = { ...jobChanges, poolInfo: poolInfo.optional() };
const force = flag('Does not wait for release tasks (JOB-13).').optional();

/** Bodies that operations on jobs carry. */
export interface JobBodies {
  readonly job: ReturnType<typeof jobTable>;
  readonly jobSchedule: ReturnType<typeof jobScheduleTable>;
  readonly jobScheduleChanges: ReturnType<typeof jobScheduleChanges>;
}

/**
 * One entry for each operation.
 * @param jobId the id of a job: a job manager leaves out that of its own
 * @param bodies what can be added or changed; they are handed in, since a job may hold operations again
 */
export function jobOperations<J extends z.ZodType<string>>(jobId: J, bodies: JobBodies) {
  const jobOnly = table({ jobId });
  const onTask = table({ jobId, taskId: id('task') });
  const onSchedule = table({ jobScheduleId: id('job schedule') });
  const changesOfSchedule = table({ jobScheduleId: id('job schedule'), ...bodies.jobScheduleChanges });
  return {
    addJob: bodies.job.optional(),
    patchJob: table({ jobId, ...changes })
      .optional()
      .meta({ description: 'Changes the given properties of a job.' }),
    updateJob: table({ jobId, ...changes })
      .optional()
      .meta({ description: 'Replaces the changeable properties of a job; those not given are reset.' }),
    disableJob: table({
      jobId,
      disableTasks: word(
        ['requeue', 'terminate', 'wait'],
        'What becomes of its running tasks (JOB-15); Batch has no default.',
      ).optional(),
    }).optional(),
    enableJob: jobOnly.optional(),
    terminateJob: table({
      jobId,
      terminateReason: text('Why; default UserTerminate (JOB-12).', { longest: LONGEST_TEXT }).optional(),
      force,
    }).optional(),
    deleteJob: table({ jobId, force }).optional(),
    addTasks: table({ jobId, tasks }).optional(),
    updateTask: table({ jobId, taskId: id('task'), constraints: constraints.optional() })
      .optional()
      .meta({ description: 'Replaces the constraints of a task (TASK-25).' }),
    terminateTask: onTask.optional(),
    deleteTask: onTask.optional(),
    reactivateTask: onTask.optional(),
    addJobSchedule: bodies.jobSchedule.optional(),
    patchJobSchedule: changesOfSchedule.optional(),
    updateJobSchedule: changesOfSchedule.optional(),
    disableJobSchedule: onSchedule.optional(),
    enableJobSchedule: onSchedule.optional(),
    terminateJobSchedule: onSchedule.optional(),
    deleteJobSchedule: onSchedule.optional(),
  };
}

/** Stands for the job of the job manager in whose script an operation is. */
export const OWN_JOB = '';
/** The id of a job. */
export const jobId = id('job');
/** The same in the script of a job manager. */
export const jobIdOrOwn = jobId
  .optional()
  .transform((given) => given ?? OWN_JOB)
  .meta({ description: 'Id of the job; default: the own one.' });
