/** `model.options`: every option that a rule of the specification names. */
import type { z } from 'zod';
import { flag, table, whole, word } from './leaves.js';
import { bandwidth, duration, durationOrNone, share } from './units.js';

/** Options of the model. */
export const options = table({
  taskOrder: word(
    ['creation', 'ready', 'random'],
    'Order of the tasks of a job (SCH-04); default creation.',
  ).optional(),
  jobOrder: word(
    ['roundRobin', 'random'],
    'Order among jobs of equal priority (SCH-05); default roundRobin.',
  ).optional(),
  taskLifetime: durationOrNone(
    'The service gives a task up so long after its addition (ACC-15); default 180d.',
  ).optional(),
  killedExitCode: whole('Exit code of a stopped process (TASK-14); default: that of the operating system.', {
    min: -2_147_483_648,
  }).optional(),
  taskEndedCategory: word(
    ['usererror', 'servererror'],
    'Category of the failure TaskEnded (TASK-15); default usererror.',
  ).optional(),
  preemptedHoldsQuota: flag('Whether preempted nodes hold their cores (ACC-08); default true.').optional(),
  restoreWindow: durationOrNone('How long a lost spot node is sought (RSZ-09); default none: without end.').optional(),
  addToDisabledJob: flag('Whether a disabled job takes new tasks (JOB-18); default true.').optional(),
  jmEvictsOnRestart: flag('Whether a restarted job manager may displace a task (JM-08); default true.').optional(),
  multiInstanceReservation: flag(
    'Whether idle nodes are held back for a waiting multi-instance task (MI-03); default false.',
  ).optional(),
  rebootUnusable: flag(
    'Whether unusable and starttaskfailed nodes may be rebooted (NODE-06); default true.',
  ).optional(),
  allowReimage: flag('Whether nodes may be reimaged (NODE-09); default true.').optional(),
  maxApplications: whole('Applications that the account may have (ACC-14); default 200.', { min: 0 }).optional(),
  appPackageLowerCase: flag(
    'Whether Linux package variables exist in lower case besides (ENV-12); default true.',
  ).optional(),
  sampleDelay: duration('How long after it was taken a sample can be read (ASC-07); default 0s.').optional(),
  sampleLoss: share('Share of the samples that are lost; default 0%.').optional(),
  onActionError: word(
    ['continue', 'fail'],
    'What a refused action does that nobody expected (ERR-19): go on (default), or stop the run and exit with 4.',
  ).optional(),
  preemptibleDiscount: share('As prices.preemptibleDiscount (BILL-07).').optional(),
  bandwidth: bandwidth('As model.bandwidth (SIM-06).').optional(),
  statsDelay: duration('How late statistics are reported (BILL-09); no effect in a simulation.').optional(),
});

/** What {@link options} gives. */
export type GivenOptions = z.infer<typeof options>;
