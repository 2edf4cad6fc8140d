/** Parts that the bodies of several things share: names with values, packages, files, constraints, identities. */
import { z } from 'zod';
import { count, inert, LONGEST_TEXT, table, text, word } from './leaves.js';
import { duration } from './units.js';

/** Names and their values, such as metadata and environment settings. */
export function nameValues(description: string) {
  const one = table({
    name: text('Name.', { longest: LONGEST_TEXT }),
    value: text('Value.', { longest: LONGEST_TEXT }).optional(),
  });
  return z.array(one).optional().meta({ description });
}

/** Application packages that are wanted on a node. */
export function packageReferences(description: string) {
  const one = table({
    applicationId: text('Id of the application.'),
    version: text('One of its versions; without it the default version.').optional(),
  });
  return z.array(one).optional().meta({ description });
}

const long = (description: string) => text(description, { longest: LONGEST_TEXT });

/** Files that a command needs. How large they are together stands in `model.download`. */
export const resourceFiles = z
  .array(
    table({
      httpUrl: long('Where a single file comes from; exactly one source (FILE-13).').optional(),
      blobSource: long('The name that httpUrl had at first.').optional(),
      autoStorageContainerName: long('All blobs of a container of the linked storage account.').optional(),
      storageContainerUrl: long('All blobs of a container.').optional(),
      blobPrefix: long('Only blobs of the container whose names begin so.').optional(),
      filePath: long('Where it goes, below the working directory; needed with httpUrl (FILE-04).').optional(),
      fileMode: text('Octal, Linux only; default 0770.').optional(),
      identityReference: inert(),
    }),
  )
  .optional()
  .meta({ description: 'Files fetched before the command runs; model.download says how large they are together.' });

/** A container image for one command. */
export const containerSettings = table({
  imageName: text('The image; pulled to each node before its first use (model.imageSize).', {
    longest: LONGEST_TEXT,
  }).optional(),
  containerRunOptions: inert(),
  registry: inert(),
  workingDirectory: inert(),
  containerHostBatchBindMounts: inert(),
});

/** Who runs a command. */
export const userIdentity = table({
  username: inert(),
  userName: inert(),
  autoUser: table({
    scope: word(['task', 'pool'], 'A user per task takes Windows some seconds more.').optional(),
    elevationLevel: inert(),
  }).optional(),
});

/** What every command of Batch may have, whatever it belongs to. */
export const commandBody = {
  commandLine: text('What to run; the simulation takes its length and end from model.', {
    longest: LONGEST_TEXT,
  }).optional(),
  resourceFiles,
  environmentSettings: nameValues('Environment variables; they win over those of the job (JOB-22).'),
  containerSettings: containerSettings
    .optional()
    .meta({ description: 'Runs the command in a container; needs a pool with containerConfiguration (TASK-29).' }),
  userIdentity: userIdentity.optional(),
};

/** How often a command is tried again. */
export const retries = () => count('Retries after a non-zero exit; 0 (default) has none, -1 no limit.', { min: -1 });

/** Limits of a task (TASK-12). */
export const constraints = table({
  maxWallClockTime: duration('An attempt that takes longer is stopped and not retried; default: no limit.').optional(),
  maxTaskRetryCount: retries().optional(),
  retentionTime: duration('How long its files stay on the node after completion; default 7d (TASK-13).').optional(),
});

/** What {@link constraints} gives. */
export type GivenConstraints = z.infer<typeof constraints>;
/** What {@link nameValues} gives. */
export type GivenNameValues = z.infer<ReturnType<typeof nameValues>>;
/** What {@link resourceFiles} gives. */
export type GivenResourceFiles = z.infer<typeof resourceFiles>;
/** What {@link packageReferences} gives. */
export type GivenPackages = z.infer<ReturnType<typeof packageReferences>>;
/** What every command may have. */
export type GivenCommandBody = z.infer<z.ZodObject<typeof commandBody>>;
