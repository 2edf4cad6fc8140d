/** Tasks: states, moves, results and the arithmetic of retries (TASK, EXIT). */

/** TASK-01. */
export const TASK_STATES = ['active', 'preparing', 'running', 'completed'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** What moves a task from one state to another. */
export const TASK_TRIGGERS = ['prepare', 'start', 'finish', 'retry', 'requeue', 'stop', 'reactivate'] as const;
export type TaskTrigger = (typeof TASK_TRIGGERS)[number];

/**
 * Every legal move of a task; a missing entry is illegal (TASK-02).
 * prepare: waits for the job's preparation on its node (PREP-03) · start: the process runs · finish: it ended and is not
 * run again · retry: a non-zero exit with retries left (TASK-08) · requeue: stopped or lost, runs again (TASK-09,
 * TASK-10) · stop: ended by user or service, not run again (TASK-11, TASK-22) · reactivate: TASK-24.
 */
export const TASK_MOVES: Readonly<Record<TaskState, Partial<Record<TaskTrigger, TaskState>>>> = {
  active: { prepare: 'preparing', start: 'running', requeue: 'active', stop: 'completed' },
  preparing: { start: 'running', requeue: 'active', stop: 'completed' },
  running: { finish: 'completed', retry: 'active', requeue: 'active', stop: 'completed' },
  completed: { reactivate: 'active' },
};

/** States of an instance of a multi-instance task besides the primary (MI-10). */
export const SUBTASK_STATES = ['preparing', 'running', 'completed'] as const;
export type SubtaskState = (typeof SUBTASK_STATES)[number];

/** What moves a subtask. */
export const SUBTASK_TRIGGERS = ['start', 'end'] as const;
export type SubtaskTrigger = (typeof SUBTASK_TRIGGERS)[number];

/** Every legal move of a subtask. */
export const SUBTASK_MOVES: Readonly<Record<SubtaskState, Partial<Record<SubtaskTrigger, SubtaskState>>>> = {
  preparing: { start: 'running', end: 'completed' },
  running: { end: 'completed' },
  completed: {},
};

/** States of start, preparation and release tasks (START-07, PREP-16). */
export const NODE_TASK_STATES = ['running', 'completed'] as const;
export type NodeTaskState = (typeof NODE_TASK_STATES)[number];

/** What moves them. rerun: after a reboot and the like (START-01, PREP-09). */
export const NODE_TASK_TRIGGERS = ['end', 'retry', 'rerun'] as const;
export type NodeTaskTrigger = (typeof NODE_TASK_TRIGGERS)[number];

/** Every legal move of a start, preparation or release task. A release task is never run again once it ended (JOB-14). */
export const NODE_TASK_MOVES: Readonly<Record<NodeTaskState, Partial<Record<NodeTaskTrigger, NodeTaskState>>>> = {
  running: { end: 'completed', retry: 'running', rerun: 'running' },
  completed: { rerun: 'running' },
};

/** Why a task failed, as its `failureInfo.code` (TASK-16); the first means that it did not fail. */
export const TASK_FAILURES = [
  '',
  'FailureExitCode',
  'TaskEnded',
  'BlobNotFound',
  'BlobAccessDenied',
  'CommandProgramNotFound',
  'CommandLaunchFailed',
  'MaxInternalRetryCountReached',
  'TaskSchedulingConstraintFailed',
  'ApplicationPackageError',
  'ContainerInvalidImage',
  'ContainerInvalidRegistry',
  'ContainerInvalidSettings',
  'ContainerMiscError',
  'ResourceContainerAccessDenied',
  'ResourceContainerNotFound',
  'ResourceContainerListTimedOut',
  'ResourceContainerListMiscError',
  'MountConfigurationError',
  'FileUploadAccessDenied',
  'FileUploadContainerNotFound',
  'FileUploadConflict',
  'FileUploadTimedOut',
  'FileUploadMiscError',
  'BlobDownloadTimedOut',
  'BlobDownloadMiscError',
  'ResourceDirectoryCreateFailed',
  'ResourceFileCreateFailed',
  'ResourceFileWriteFailed',
  'DiskFull',
  'Unknown',
] as const;
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
