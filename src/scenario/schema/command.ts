/** How a command behaves when it runs (SIM-08): the same keys for tasks and for the tasks around them. */
import type { z } from 'zod';
import { flag, table } from './leaves.js';
import { durations, exitCodes } from './quantity.js';
import { size } from './units.js';

/** Keys of every command under `model`. */
export const commandModelKeys = {
  runtime: durations
    .optional()
    .meta({ description: 'How long an attempt runs: 5m, a distribution, or a list of one per attempt.' }),
  exitCode: exitCodes
    .optional()
    .meta({ description: 'How an attempt exits, default 0: a code, { 0: 99%, 1: 1% }, or a list of one per attempt.' }),
  download: size(
    'Size of its resource files; fetched before the command runs, in the time of the bandwidth.',
  ).optional(),
  missingFile: flag('A resource file is missing: every attempt ends with BlobNotFound before it runs.').optional(),
  programNotFound: flag('The program is not there: every attempt ends with CommandProgramNotFound.').optional(),
};

/** The `model` of a start, preparation or release task. */
export const commandModel = table(commandModelKeys).meta({ id: 'commandModel' });

/** What {@link commandModel} gives. */
export type GivenCommandModel = z.infer<typeof commandModel>;
