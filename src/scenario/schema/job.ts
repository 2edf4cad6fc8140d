/** Jobs and tasks of a scenario: Batch's own bodies, and what a simulator needs beside them under `model`. */

import { z } from 'zod';
import { PRIORITY_MAX, PRIORITY_MIN } from '../../model/index.js';
import type { TraceSlots } from '../traces/index.js';
import { arrival, scale } from './arrival.js';
import { INERT_JOB, INERT_TASK } from './inert.js';
import { duration, flag, inert, leaf, shownValue, table, text, whole, word } from './leaves.js';
import { durations, exitCodes } from './quantity.js';

const retries = () =>
  whole('Retries after a non-zero exit; -1 has no limit.', {
    min: -1,
    code: 'BS2112',
    rule: 'TASK-07, InvalidConstraintValue',
  });

const dependsOn = table({
  taskIds: z
    .array(text('Id of a task of the same job.', { longest: 10_000 }))
    .optional()
    .meta({ description: 'All of these must have succeeded.' }),
  taskIdRanges: z
    .array(table({ start: whole('First.', { min: -2_147_483_648 }), end: whole('Last.', { min: -2_147_483_648 }) }))
    .optional()
    .meta({ description: 'Ranges of ids that are whole numbers, both ends included.' }),
});

const container = table({
  imageName: inert(),
  containerRunOptions: inert(),
  registry: inert(),
  workingDirectory: inert(),
  containerHostBatchBindMounts: inert(),
});

const userIdentity = table({
  username: inert(),
  userName: inert(),
  autoUser: table({
    scope: word(['task', 'pool'], 'A user per task takes Windows some seconds more.').optional(),
    elevationLevel: inert(),
  }).optional(),
});

const taskModel = table({
  arrival: arrival
    .optional()
    .meta({ description: 'When the tasks are added, from the creation of their job; default: with it.' }),
  runtime: durations.optional().meta({ description: 'How long an attempt runs.' }),
  exitCode: exitCodes.optional().meta({ description: 'How an attempt exits; default 0.' }),
});

/** One entry of a job's tasks: one task, or with `{a..b}` in its id many. */
export const task = table({
  id: text('1 to 64 letters, digits, hyphens and underscores; t-{1..100} makes a hundred.', { longest: 10_000 }),
  displayName: text('For people.', { longest: 1024, code: 'BS2114' }).optional(),
  requiredSlots: whole('Task slots that it takes, default 1.', {
    min: 1,
    max: 65_535,
    code: 'BS2115',
    rule: 'TASK-18, InvalidPropertyValue',
  }).optional(),
  constraints: table({
    maxWallClockTime: duration('An attempt that takes longer is stopped; not retried.').optional(),
    maxTaskRetryCount: retries().optional(),
    retentionTime: duration('How long its files stay; no effect in a simulation.').optional(),
  })
    .optional()
    .meta({ description: 'Without it the retries are those of the job (TASK-12).' }),
  affinityInfo: table({ affinityId: text('A node, by ordinal (n3) or id.') }).optional(),
  dependsOn: dependsOn
    .optional()
    .meta({ description: 'What must succeed first; needs usesTaskDependencies on the job.' }),
  containerSettings: container.optional(),
  userIdentity: userIdentity.optional(),
  model: taskModel.optional().meta({ description: 'What only a simulation needs.' }),
  ...INERT_TASK,
});

/** Tasks that stand in a file of their own. */
export const traceTasks = table({
  trace: text('The file: SWF, WfFormat, WTF, OpenDC, CSV or NDJSON; .gz is unpacked.', { longest: 4096 }),
  format: word(['swf', 'wfformat', 'wtf', 'opendc', 'csv', 'ndjson'], 'Default: by the ending of the name.').optional(),
  timeScale: scale().optional(),
  slots: leaf<TraceSlots>(
    'column, processors or one',
    {
      enum: ['column', 'processors', 'one', 1],
      description: 'requiredSlots of each task: the column slots, as many as it used processors, or 1.',
    },
    (value) => {
      if (value === 'processors' || value === 'column') return { ok: true, value };
      if (value === 'one' || value === 1) return { ok: true, value: 'one' };
      return { ok: false, error: { message: `${shownValue(value)} is not one of column, processors and one` } };
    },
  ).optional(),
  head: whole('Only the first so many rows.', { min: 1 }).optional(),
  map: z
    .record(z.string(), text('Our column.'))
    .optional()
    .meta({ description: 'Their columns and ours: { theirs: ours }.' }),
});

/** A job. */
export const job = table({
  id: text('1 to 64 letters, digits, hyphens and underscores; {n} counts the arrivals.', { longest: 10_000 }),
  displayName: text('For people.', { longest: 1024, code: 'BS2114' }).optional(),
  priority: whole('From -1000 to 1000, default 0.', {
    min: PRIORITY_MIN,
    max: PRIORITY_MAX,
    code: 'BS2107',
    rule: 'JOB-04, OutOfRangePriority',
  }).optional(),
  maxParallelTasks: leaf(
    'a whole number',
    { type: 'integer', minimum: -1, description: '-1 (default) has no limit.' },
    (value) => {
      const good = typeof value === 'number' && Number.isInteger(value) && (value === -1 || value >= 1);
      if (good) return { ok: true, value };
      return {
        ok: false,
        error: {
          message: `${value} is neither -1 nor a whole number from 1 (JOB-19, InvalidPropertyValue)`,
          code: 'BS2110',
        },
      };
    },
  ).optional(),
  allowTaskPreemption: flag('Tasks of jobs with higher priority may displace those of this job.').optional(),
  constraints: table({
    maxTaskRetryCount: retries().optional(),
    maxWallClockTime: duration('No limit.').optional(),
  }).optional(),
  poolInfo: table({ poolId: text('The pool on which the tasks run.', { longest: 10_000 }) }),
  onAllTasksComplete: word(['noaction', 'terminatejob'], 'Only noaction is modelled by this version.').optional(),
  onTaskFailure: word(
    ['noaction', 'performexitoptionsjobaction'],
    'Only noaction is modelled by this version.',
  ).optional(),
  usesTaskDependencies: flag('Tasks may name tasks that must succeed first.').optional(),
  model: table({
    arrival: arrival.optional().meta({ description: 'When the job is created; a new one each time.' }),
  }).optional(),
  tasks: z
    .union([z.array(task), traceTasks])
    .optional()
    .meta({ description: 'A list, or a file: { trace: ./tasks.ndjson }.' }),
  ...INERT_JOB,
});

/** What {@link job} gives. */
export type GivenJob = z.infer<typeof job>;
/** What {@link task} gives. */
export type GivenTask = z.infer<typeof task>;
/** What {@link traceTasks} gives. */
export type GivenTrace = z.infer<typeof traceTasks>;
