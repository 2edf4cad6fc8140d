/** Tasks: states, moves, results and the arithmetic of retries (TASK, EXIT). */

/** TASK-01. */
export const TASK_STATES = ['active', 'preparing', 'running', 'completed'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** What moves a task from one state to another. */
export const TASK_TRIGGERS = ['start', 'finish', 'retry', 'recover', 'stop'] as const;
export type TaskTrigger = (typeof TASK_TRIGGERS)[number];

/**
 * Every legal move of a task; a missing entry is illegal (TASK-02).
 * start: the process runs · finish: it ended and is not run again · retry: a non-zero exit with retries left (TASK-08)
 * · recover: displaced, runs again (TASK-10) · stop: ended by the service, not run again (TASK-11).
 */
export const TASK_MOVES: Readonly<Record<TaskState, Partial<Record<TaskTrigger, TaskState>>>> = {
  active: { start: 'running', recover: 'active' },
  preparing: { start: 'running', recover: 'active' },
  running: { finish: 'completed', retry: 'active', recover: 'active', stop: 'completed' },
  completed: {},
};

/** Why a task failed, as its `failureInfo.code` (TASK-16); the first means that it did not fail. */
export const TASK_FAILURES = ['', 'FailureExitCode', 'TaskEnded'] as const;
export type TaskFailure = (typeof TASK_FAILURES)[number];

/** TASK-06, TASK-07: a non-zero exit is retried until `maxTaskRetryCount` retries are spent; -1 means no limit. */
export function afterExit(exitCode: number, retryCount: number, maxTaskRetryCount: number): 'finish' | 'retry' {
  if (exitCode === 0) return 'finish';
  return maxTaskRetryCount === -1 || retryCount < maxTaskRetryCount ? 'retry' : 'finish';
}

/** TASK-12: a task without a retry count of its own takes the job's. */
export function effectiveRetryCount(taskCount: number | null, jobCount: number): number {
  return taskCount ?? jobCount;
}

/** TASK-14: the exit code of a process that the service stopped. */
export function killedExitCode(os: 'linux' | 'windows', option: number | null): number {
  return option ?? (os === 'windows' ? -1073741510 : -9);
}

/** EXIT-04, DEP-03: by default an exit code of 0 satisfies those that wait for the task, any other blocks them. */
export function satisfiesDependents(exitCode: number): boolean {
  return exitCode === 0;
}
