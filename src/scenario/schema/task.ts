/** Tasks of a scenario: Batch's own bodies, and what a simulator needs beside them under `model`. */
import { z } from 'zod';
import type { TraceSlots } from '../traces/index.js';
import { arrival, scale } from './arrival.js';
import { commandModelKeys } from './command.js';
import { commandBody, constraints, packageReferences, resourceFiles } from './common.js';
import { INERT_TASK } from './inert.js';
import {
  count,
  displayName,
  flag,
  inert,
  LONGEST_TEXT,
  leaf,
  real,
  shownValue,
  table,
  text,
  whole,
  word,
} from './leaves.js';
import { size } from './units.js';

const bound = () => count('A whole number.', { min: -2_147_483_648 });

const dependsOn = table({
  taskIds: z
    .array(text('Id of a task of the same job.', { longest: LONGEST_TEXT }))
    .optional()
    .meta({ description: 'All of these must have succeeded.' }),
  taskIdRanges: z
    .array(table({ start: bound(), end: bound() }))
    .optional()
    .meta({ description: 'Ranges of ids that are whole numbers, both ends included.' }),
});

const exitOptions = table({
  dependencyAction: word(
    ['satisfy', 'block'],
    'What it means for tasks that wait for this one; default satisfy for exit code 0, block otherwise.',
  ).optional(),
  jobAction: word(
    ['none', 'disable', 'terminate'],
    'What becomes of the job; needs onTaskFailure: performexitoptionsjobaction on it (EXIT-06).',
  ).optional(),
}).meta({ id: 'exitOptions' });

const exitConditions = table({
  exitCodes: z
    .array(table({ code: bound(), exitOptions }))
    .optional()
    .meta({ description: 'By exit code.' }),
  exitCodeRanges: z
    .array(table({ start: bound(), end: bound(), exitOptions }))
    .optional()
    .meta({ description: 'By range of exit codes, both ends included.' }),
  preProcessingError: exitOptions.optional(),
  fileUploadError: exitOptions.optional(),
  default: exitOptions.optional(),
});

const multiInstance = table({
  numberOfInstances: count('Nodes that work on the task at the same time, default 1.', { min: 1 }).optional(),
  coordinationCommandLine: text('Runs on every node first (model.coordination).', { longest: LONGEST_TEXT }).optional(),
  commonResourceFiles: resourceFiles,
});

const outputFile = table({
  filePattern: text(
    'Which files, from the working directory; *, **, ?, [..] and variables. Means those of model.files.',
    {
      longest: LONGEST_TEXT,
    },
  ).optional(),
  destination: inert(),
  uploadOptions: table({
    uploadCondition: word(
      ['tasksuccess', 'taskfailure', 'taskcompletion'],
      'When the files are sent (TASK-20); model.files or model.upload say how large they are.',
    ).optional(),
  }).optional(),
});

/** Keys of a task's body that a job manager task has too. */
export const taskBody = {
  displayName: displayName().optional(),
  ...commandBody,
  outputFiles: z.array(outputFile).optional().meta({ description: 'Files sent away after the command.' }),
  requiredSlots: count('Task slots that it takes, default 1.', { min: 1, max: 65_535 }).optional(),
  constraints: constraints.optional().meta({ description: 'Without it the retries are those of the job (TASK-12).' }),
  applicationPackageReferences: packageReferences('Packages installed on the node before the command (PKG-02).'),
  authenticationTokenSettings: table({ access: z.array(word(['job'], 'Operations on its own job.')).optional() })
    .optional()
    .meta({ description: 'Lets the task call the service (TASK-21).' }),
};

/** Keys under a task's `model` that a job manager task has too. */
export const taskModelKeys = {
  ...commandModelKeys,
  upload: size('Size of its output files together; sent after the command (TASK-20).').optional(),
  files: z.record(z.string(), size('Its size.')).optional().meta({
    description:
      'Files that the command leaves, by path from the working directory: { result.csv: 2MB }. Each entry of outputFiles sends those that its filePattern means (TASK-20).',
  }),
  uploadError: z
    .union([
      flag('Sending the output fails with FileUploadContainerNotFound.'),
      word(
        ['FileUploadContainerNotFound', 'FileUploadAccessDenied', 'FileUploadMiscError'],
        'Sending the output fails with this code.',
      ),
    ])
    .optional()
    .meta({ description: 'true, or the code with which sending the output fails.' }),
  imageSize: size('Size of its container image; default: the least pull of 20 s.').optional(),
  cpu: real('Cores that the process keeps busy; default: its share of the node by slots.', 0, true).optional(),
  memory: size('Memory that the process occupies; beyond that of the node the newest task is killed.').optional(),
  nodes: z
    .record(
      z.string(),
      table({ exitCode: whole('How every attempt exits there.', { min: -2_147_483_648 }).optional() }),
    )
    .optional()
    .meta({ description: 'What is different on single nodes, by ordinal: { n0: { exitCode: 1 } }.' }),
};

const taskModel = table({
  arrival: arrival
    .optional()
    .meta({ description: 'When the tasks are added, from the creation of their job; default: with it.' }),
  ...taskModelKeys,
  coordination: table({
    runtime: commandModelKeys.runtime,
    exitCode: commandModelKeys.exitCode,
    download: commandModelKeys.download,
  })
    .optional()
    .meta({ description: 'The coordination command of a multi-instance task; runs on every node before it (MI-05).' }),
});

/** One entry of a job's tasks: one task, or with `{a..b}` in its id many. */
export const task = table({
  id: text('1 to 64 letters, digits, hyphens and underscores; t-{1..100} makes a hundred.', { longest: LONGEST_TEXT }),
  ...taskBody,
  affinityInfo: table({ affinityId: text('A node, by ordinal (n3) or id.') }).optional(),
  dependsOn: dependsOn
    .optional()
    .meta({ description: 'What must succeed first; needs usesTaskDependencies on the job.' }),
  exitConditions: exitConditions
    .optional()
    .meta({ description: 'What an outcome means for the job and for tasks that wait (EXIT).' }),
  multiInstanceSettings: multiInstance.optional().meta({
    description: 'Runs on several nodes at once; needs inter-node communication and one slot a node (MI-01).',
  }),
  model: taskModel.optional().meta({ description: 'What only a simulation needs.' }),
  ...INERT_TASK,
}).meta({ id: 'task' });

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

/** What {@link task} gives. */
export type GivenTask = z.infer<typeof task>;
/** What {@link traceTasks} gives. */
export type GivenTrace = z.infer<typeof traceTasks>;
/** The tasks of a job: a list of entries, or a file. */
export const tasks = z
  .union([z.array(task), traceTasks])
  .meta({ description: 'A list, or a file: { trace: ./tasks.ndjson }.' });
/** What {@link tasks} gives. */
export type GivenTasks = z.infer<typeof tasks>;
