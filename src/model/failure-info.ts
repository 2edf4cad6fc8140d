/** What Batch says about a task that failed: `failureInfo` with category, code, message and details (TASK-04, ERR-21). */
import type { TaskFailure } from './task.js';

/** Whose fault it is, as Batch sees it. */
export type FailureCategory = 'usererror' | 'servererror';

/** TASK-04. */
export interface FailureInfo {
  readonly category: FailureCategory;
  readonly code: Exclude<TaskFailure, ''>;
  readonly message: string;
  readonly details: readonly { readonly name: string; readonly value: string }[];
}

/** When in the life of an attempt it failed: before the process, by its exit or end, or after it. */
type FailurePhase = 'before' | 'process' | 'upload';

/** ERR-21, TASK-16: category, phase and message of every code. */
export const TASK_FAILURE_TABLE: Readonly<
  Record<Exclude<TaskFailure, ''>, readonly [FailureCategory, FailurePhase, message: string]>
> = {
  FailureExitCode: ['usererror', 'process', 'The task exited with an exit code representing a failure'],
  TaskEnded: ['usererror', 'process', 'Task Was Ended by User Request'],
  BlobNotFound: ['usererror', 'before', 'One of the specified Azure Blob(s) is not found'],
  BlobAccessDenied: ['usererror', 'before', 'Access for one of the specified Azure Blob(s) is denied'],
  CommandProgramNotFound: ['usererror', 'before', 'The specified command program is not found'],
  CommandLaunchFailed: ['usererror', 'before', 'Failed to launch the specified command line'],
  MaxInternalRetryCountReached: ['usererror', 'process', 'The task reached the maximum number of internal retries'],
  TaskSchedulingConstraintFailed: ['usererror', 'process', 'The task could not be scheduled within its constraints'],
  ApplicationPackageError: ['usererror', 'before', 'One or more application packages could not be made available'],
  ContainerInvalidImage: ['usererror', 'before', 'The image of the container is invalid'],
  ContainerInvalidRegistry: ['usererror', 'before', 'The registry of the container image is invalid'],
  ContainerInvalidSettings: ['usererror', 'before', 'The container settings are invalid'],
  ResourceContainerAccessDenied: ['usererror', 'before', 'Access to one of the specified storage containers is denied'],
  ResourceContainerNotFound: ['usererror', 'before', 'One of the specified storage containers is not found'],
  MountConfigurationError: ['usererror', 'before', 'One of the specified file systems could not be mounted'],
  FileUploadAccessDenied: ['usererror', 'upload', 'Access to the destination of the output files is denied'],
  FileUploadContainerNotFound: ['usererror', 'upload', 'The destination container of the output files is not found'],
  FileUploadConflict: ['usererror', 'upload', 'The output files conflict with files at their destination'],
  BlobDownloadTimedOut: ['servererror', 'before', 'The download of one of the specified Azure Blob(s) timed out'],
  BlobDownloadMiscError: ['servererror', 'before', 'One of the specified Azure Blob(s) could not be downloaded'],
  ResourceDirectoryCreateFailed: ['servererror', 'before', 'The directory of a resource file could not be created'],
  ResourceFileCreateFailed: ['servererror', 'before', 'A resource file could not be created'],
  ResourceFileWriteFailed: ['servererror', 'before', 'A resource file could not be written'],
  ResourceContainerListTimedOut: ['servererror', 'before', 'Listing one of the storage containers timed out'],
  ResourceContainerListMiscError: ['servererror', 'before', 'One of the storage containers could not be listed'],
  ContainerMiscError: ['servererror', 'before', 'The container could not be started'],
  FileUploadTimedOut: ['servererror', 'upload', 'The upload of the output files timed out'],
  FileUploadMiscError: ['servererror', 'upload', 'The output files could not be uploaded'],
  DiskFull: ['servererror', 'before', 'The disk of the node is full'],
  Unknown: ['servererror', 'process', 'The task failed for an unknown reason'],
};

/** Why the service ended a task: its wall clock (TASK-11), or whatever else stops one (TASK-15). */
export type EndReason = 'wallClock' | 'stopped';

/**
 * TASK-04, TASK-15: the failure info of this code; null if the task did not fail.
 * @param taskEndedCategory the option of that name, for `TaskEnded` alone
 * @param reason for `TaskEnded`: a wall clock adds a detail
 */
export function failureInfo(
  code: TaskFailure,
  taskEndedCategory: FailureCategory = 'usererror',
  reason: EndReason = 'stopped',
): FailureInfo | null {
  if (code === '') return null;
  const message = TASK_FAILURE_TABLE[code][2];
  return { category: failureCategory(code, taskEndedCategory), code, message, details: detailsOf(code, reason) };
}

/** ERR-21; sources disagree about `TaskEnded`, so that an option decides (TASK-15). */
export function failureCategory(
  code: Exclude<TaskFailure, ''>,
  taskEndedCategory: FailureCategory = 'usererror',
): FailureCategory {
  return code === 'TaskEnded' ? taskEndedCategory : TASK_FAILURE_TABLE[code][0];
}

/** ERR-21, TASK-06: errors before the process runs; they are not retried. */
export function isPreProcessingError(code: TaskFailure): boolean {
  return code !== '' && TASK_FAILURE_TABLE[code][1] === 'before';
}

/** ERR-21, TASK-20: errors after the process ended; they are not retried. */
export function isUploadError(code: TaskFailure): boolean {
  return code !== '' && TASK_FAILURE_TABLE[code][1] === 'upload';
}

function detailsOf(code: TaskFailure, reason: EndReason): FailureInfo['details'] {
  if (code !== 'TaskEnded' || reason !== 'wallClock') return [];
  return [{ name: 'Message', value: 'The maximum execution time of the task was exceeded' }];
}
