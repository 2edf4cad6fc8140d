/** Job schedules: states and moves (JS-01). */

/** JS-01. */
export const JOB_SCHEDULE_STATES = ['active', 'disabled', 'terminating', 'completed', 'deleting'] as const;
export type JobScheduleState = (typeof JOB_SCHEDULE_STATES)[number];

/** What moves a job schedule. finish: no job will come any more and none is active (JS-08, JS-09). */
export const JOB_SCHEDULE_TRIGGERS = ['disable', 'enable', 'terminate', 'delete', 'settle', 'finish'] as const;
export type JobScheduleTrigger = (typeof JOB_SCHEDULE_TRIGGERS)[number];

/** Every legal move of a job schedule; a missing entry is illegal (JS-08, JS-11, JS-12). A deleting one disappears. */
export const JOB_SCHEDULE_MOVES: Readonly<
  Record<JobScheduleState, Partial<Record<JobScheduleTrigger, JobScheduleState>>>
> = {
  active: { disable: 'disabled', terminate: 'terminating', delete: 'deleting', finish: 'completed' },
  disabled: { enable: 'active', terminate: 'terminating', delete: 'deleting', finish: 'completed' },
  terminating: { settle: 'completed', delete: 'deleting' },
  completed: { delete: 'deleting' },
  deleting: {},
};
