/** Jobs of a scenario: Batch's own bodies, and what a simulator needs beside them under `model`. */

import { z } from 'zod';
import { PRIORITY_MAX, PRIORITY_MIN } from '../../model/index.js';
import { arrival } from './arrival.js';
import { commandModel } from './command.js';
import { commandBody, constraints, nameValues, retries } from './common.js';
import { INERT_JOB } from './inert.js';
import { count, displayName, flag, LONGEST_TEXT, table, text, word } from './leaves.js';
import { poolSpecification } from './pool.js';
import { taskBody, taskModelKeys, tasks } from './task.js';
import { duration } from './units.js';

const idOfTask = (description: string) => text(description, { longest: LONGEST_TEXT });

const jobManagerTask = table({
  id: idOfTask('Its id; no other task of the job has it (JM-02).'),
  ...taskBody,
  killJobOnCompletion: flag('The job ends with its manager; default true (JM-03).').optional(),
  runExclusive: flag('Nothing else runs on its node meanwhile; default true (JM-05).').optional(),
  allowLowPriorityNode: flag('It may run on a spot node; default true (JM-06).').optional(),
});

const jobPreparationTask = table({
  id: idOfTask('Default jobpreparation.').optional(),
  ...commandBody,
  constraints: constraints.optional().meta({ description: 'Its limits (PREP-08).' }),
  waitForSuccess: flag('Tasks of the job start on a node only after it has succeeded there; default true.').optional(),
  rerunOnNodeRebootAfterSuccess: flag('Runs again after a reboot; default true (PREP-09).').optional(),
});

const jobReleaseTask = table({
  id: idOfTask('Default jobrelease.').optional(),
  ...commandBody,
  maxWallClockTime: duration('It is stopped after this time; default and most 15m (PREP-12).').optional(),
  retentionTime: duration('How long its files stay; default 7d.').optional(),
});

const autoPool = table({
  autoPoolIdPrefix: text('The id of the pool begins with it; at most 20 characters.', {
    longest: LONGEST_TEXT,
  }).optional(),
  poolLifetimeOption: word(
    ['job', 'jobschedule'],
    'The pool lives as long as its job (default) or as the job schedule.',
  ).optional(),
  keepAlive: flag('The pool stays when its time is over; default false (AUTO-03).').optional(),
  pool: table(poolSpecification).optional().meta({ description: 'The pool: all of its body but the id.' }),
});

/** `poolInfo`: a pool by its id, or one that is made for the job (AUTO-01). */
export const poolInfo = table({
  poolId: text('The pool on which the tasks run.', { longest: LONGEST_TEXT }).optional(),
  autoPoolSpecification: autoPool.optional().meta({ description: 'A pool that is made for the job (AUTO).' }),
}).meta({ id: 'poolInfo', description: 'Where the tasks run: poolId, or autoPoolSpecification.' });

/** Properties of a job that can change later. */
export const jobChanges = {
  priority: count('From -1000 to 1000, default 0; tasks of higher ones are placed first.', {
    min: PRIORITY_MIN,
    max: PRIORITY_MAX,
  }).optional(),
  maxParallelTasks: count('Tasks of the job that run at the same time; -1 (default) has no limit (JOB-19).', {
    min: -1,
  }).optional(),
  allowTaskPreemption: flag('Tasks of jobs with higher priority may displace those of this job.').optional(),
  constraints: table({
    maxTaskRetryCount: retries().optional(),
    maxWallClockTime: duration(
      'The job is terminated so long after its creation; default: no limit (JOB-06).',
    ).optional(),
  })
    .optional()
    .meta({ description: 'Limits of the job.' }),
  onAllTasksComplete: word(
    ['noaction', 'terminatejob'],
    'What happens when all tasks are complete: nothing (default), or the job ends (JOB-08).',
  ).optional(),
  metadata: nameValues('Notes for people; no meaning to the service.'),
};

/** All of a job but its id and its model: what a job schedule makes its jobs of. */
export const jobSpecification = {
  displayName: displayName().optional(),
  ...jobChanges,
  poolInfo,
  onTaskFailure: word(
    ['noaction', 'performexitoptionsjobaction'],
    'What a failed task does to the job: nothing (default), or the jobAction of its exit conditions (JOB-10).',
  ).optional(),
  usesTaskDependencies: flag('Tasks may name tasks that must succeed first.').optional(),
  jobManagerTask: jobManagerTask.optional().meta({
    description: 'A task created with the job, which may steer it (JM); its behaviour: model.jobManagerTask.',
  }),
  jobPreparationTask: jobPreparationTask
    .optional()
    .meta({ description: 'Runs on each node before the first task of the job there (PREP); its behaviour: model.' }),
  jobReleaseTask: jobReleaseTask
    .optional()
    .meta({ description: 'Runs when the job ends on each node that ran tasks of it (PREP-11); its behaviour: model.' }),
  commonEnvironmentSettings: nameValues('Environment variables of all its tasks (JOB-22).'),
  tasks: tasks.optional(),
  ...INERT_JOB,
};

/** What each job of a job schedule is made of. */
export const jobSpecificationTable = table(jobSpecification).meta({
  id: 'jobSpecification',
  description: 'What each of its jobs is made of: a job without its id; its tasks are added with it.',
});

/**
 * The `model` of a job but its arrival.
 * @param scriptLine what a job manager does; made elsewhere, since an operation may hold a job again
 */
export function jobModelKeys(scriptLine: z.ZodType) {
  return {
    jobManagerTask: table({
      ...taskModelKeys,
      actions: z
        .array(scriptLine)
        .optional()
        .meta({ description: 'What it does, each at an offset from the start of each of its attempts (JM-11).' }),
    })
      .optional()
      .meta({ description: 'How the job manager behaves.' }),
    jobPreparationTask: commandModel.optional().meta({ description: 'How the preparation task behaves.' }),
    jobReleaseTask: commandModel.optional().meta({ description: 'How the release task behaves.' }),
  };
}

/** A job; `scriptLine` as in {@link jobModelKeys}. */
export function jobTable(scriptLine: z.ZodType) {
  return table({
    id: text('1 to 64 letters, digits, hyphens and underscores; {n} counts the arrivals.', { longest: LONGEST_TEXT }),
    ...jobSpecification,
    model: table({
      arrival: arrival.optional().meta({ description: 'When the job is created; a new one each time.' }),
      ...jobModelKeys(scriptLine),
    })
      .optional()
      .meta({ description: 'What only a simulation needs.' }),
  }).meta({ id: 'job' });
}

/** What a job gives. */
export type GivenJob = z.infer<ReturnType<typeof jobTable>>;
/** What the specification of a job gives. */
export type GivenJobSpecification = z.infer<typeof jobSpecificationTable>;
const changesTable = table({ ...jobChanges, poolInfo: poolInfo.optional() });
/** What the changes of a job give. */
export type GivenJobChanges = z.infer<typeof changesTable>;
const modelTable = (line: z.ZodType) => table(jobModelKeys(line));
/** What the model of a job gives, without its arrival. */
export type GivenJobModel = z.infer<ReturnType<typeof modelTable>>;
