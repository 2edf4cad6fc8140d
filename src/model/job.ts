/** Jobs: states (JOB-01). */

/** JOB-01. */
export const JOB_STATES = [
  'active',
  'disabling',
  'disabled',
  'enabling',
  'terminating',
  'completed',
  'deleting',
] as const;
export type JobState = (typeof JOB_STATES)[number];

/** JOB-04. */
export const PRIORITY_MIN = -1000;
/** JOB-04. */
export const PRIORITY_MAX = 1000;
