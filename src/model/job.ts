/** Jobs: states and moves (JOB-01, JOB-02). */

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

/** What moves a job. settle: what it was about to do is done. */
export const JOB_TRIGGERS = ['disable', 'enable', 'terminate', 'delete', 'settle', 'fail'] as const;
export type JobTrigger = (typeof JOB_TRIGGERS)[number];

/**
 * Every legal move of a job; a missing entry is illegal (JOB-02). disable again is accepted and changes no state ·
 * fail: its auto pool could not be made (AUTO-05). A deleting job disappears.
 */
export const JOB_MOVES: Readonly<Record<JobState, Partial<Record<JobTrigger, JobState>>>> = {
  active: { disable: 'disabling', terminate: 'terminating', delete: 'deleting', fail: 'completed' },
  disabling: { disable: 'disabling', settle: 'disabled', terminate: 'terminating', delete: 'deleting' },
  disabled: { disable: 'disabled', enable: 'enabling', terminate: 'terminating', delete: 'deleting' },
  enabling: { settle: 'active', terminate: 'terminating', delete: 'deleting' },
  terminating: { settle: 'completed', delete: 'deleting' },
  completed: { delete: 'deleting' },
  deleting: {},
};

/** JOB-04. */
export const PRIORITY_MIN = -1000;
/** JOB-04. */
export const PRIORITY_MAX = 1000;
