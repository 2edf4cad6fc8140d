/**
 * The directories of a node, as names (FILE-01 to FILE-04, FILE-12, ENV-02): what lies where, until when, and what a
 * caller hears who asks for files too early or too late. No disk is touched here.
 */
import type { ResourceFile } from './resource-file.js';
import { type ServiceError, serviceError } from './service-errors.js';
import type { TaskState } from './task.js';
import { DEFAULT_RETENTION_MS } from './task-spec.js';
import type { VmSize } from './vm-size.js';

/** The directories that every node has (FILE-01), as absolute paths. */
export interface NodeDirectories {
  readonly root: string;
  readonly applications: string;
  readonly mounts: string;
  readonly shared: string;
  readonly startup: string;
  readonly startupWorking: string;
  readonly workitems: string;
  /** `/` or `\`. */
  readonly separator: string;
}

/** FILE-02: Batch's root by operating system and temporary disk. Where it is unknown whether a size has one, it has. */
export function nodeRoot(os: 'linux' | 'windows', size: Pick<VmSize, 'tempDiskGib'>): string {
  const hasTempDisk = size.tempDiskGib !== 0;
  if (os === 'windows') return hasTempDisk ? 'D:\\batch\\tasks' : 'C:\\batch\\data\\tasks';
  return hasTempDisk ? '/mnt/batch/tasks' : '/opt/batch/data/tasks';
}

/** FILE-01: the tree below a root. */
export function nodeDirectories(os: 'linux' | 'windows', root: string): NodeDirectories {
  const separator = os === 'windows' ? '\\' : '/';
  const below = (...names: string[]) => [root, ...names].join(separator);
  return {
    root,
    applications: below('applications'),
    mounts: below('fsmounts'),
    shared: below('shared'),
    startup: below('startup'),
    startupWorking: below('startup', WORKING),
    workitems: below('workitems'),
    separator,
  };
}

/**
 * FILE-01: the directory of a task, of a preparation or of a release task, by its id. A job that a schedule made
 * (`<scheduleId>:job-<n>`, JS-10) lies below its schedule, any other is the first of its own.
 */
export function taskDirectory(directories: NodeDirectories, jobId: string, taskId: string): string {
  const made = /^(?<schedule>.*):(?<job>job-\d+)$/.exec(jobId)?.groups;
  const levels = [made?.['schedule'] ?? jobId, made?.['job'] ?? 'job-1', taskId];
  return [directories.workitems, ...levels].join(directories.separator);
}

/** FILE-01: where the command of a task runs and its resource files land (FILE-04). */
export function workingDirectory(directories: NodeDirectories, directory: string): string {
  return directory + directories.separator + WORKING;
}

/** FILE-04: the mode of a file that is given none, on Linux. */
export const DEFAULT_FILE_MODE = '0770';

/** Where a resource file, or the folder of a container's blobs, lands. */
export interface FilePlace {
  readonly path: string;
  /** Octal; null on Windows. */
  readonly fileMode: string | null;
}

/**
 * FILE-04: in the working directory of the task, common files of a multi-instance task in the task's directory itself.
 * @param directory the directory of the task
 */
export function resourceFilePlace(
  directories: NodeDirectories,
  directory: string,
  { filePath = '', fileMode = DEFAULT_FILE_MODE }: ResourceFile,
  isCommon = false,
): FilePlace {
  const { separator } = directories;
  const base = isCommon ? directory : workingDirectory(directories, directory);
  const parts = filePath.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
  return { path: [base, ...parts].join(separator), fileMode: separator === '\\' ? null : fileMode };
}

/** FILE-01: the folder of an unpacked package. */
export function packageDirectory(directories: NodeDirectories, applicationId: string, version: string): string {
  return [directories.applications, applicationId, version].join(directories.separator);
}

/** One entry of a task's directory: its path below that, and how much is in it (FILE-12). */
export interface TaskFile {
  readonly path: string;
  readonly isDirectory: boolean;
  /** Bytes; of a directory those of all that lies below it. */
  readonly bytes: number;
}

/** FILE-01, FILE-03, TASK-20: what lies in the directory of a task once its command has begun. Output is not modelled. */
export function taskFiles(task: {
  readonly os: 'linux' | 'windows';
  /** Bytes of resource files and of output files that it leaves in its working directory. */
  readonly workingBytes: number;
  readonly hasOutputFiles: boolean;
}): TaskFile[] {
  const file = (path: string): TaskFile => ({ path, isDirectory: false, bytes: 0 });
  const folder = (path: string, bytes: number): TaskFile => ({ path, isDirectory: true, bytes });
  const files = [file('stdout.txt'), file('stderr.txt'), folder(WORKING, task.workingBytes)];
  if (task.os === 'linux') files.push(folder('certs', 0)); // ENV-07
  if (task.hasOutputFiles) files.push(file('fileuploadout.txt'), file('fileuploaderr.txt'));
  return files;
}

/** TASK-13, FILE-06: until when the files of a completed task stay, in ms; null: the default retention. */
export function filesUntilMs(endMs: number, retentionTimeMs: number | null): number {
  return endMs + (retentionTimeMs ?? DEFAULT_RETENTION_MS);
}

/**
 * TASK-30, FILE-06, FILE-09: why the files of a task cannot be had now; null: they can. Whichever came first, the end
 * of retention or the loss of the node's data, is what is said.
 */
export function taskFilesRefusal(
  task: {
    readonly state: TaskState;
    /** null unless completed. */
    readonly endMs: number | null;
    readonly retentionTimeMs: number | null;
    /** When its node left, was preempted or reimaged; null: it is there. */
    readonly dataLostMs: number | null;
  },
  nowMs: number,
): ServiceError | null {
  if (task.state === 'active' || task.state === 'preparing') return serviceError('OperationInvalidForCurrentState');
  const untilMs = task.endMs === null ? Number.POSITIVE_INFINITY : filesUntilMs(task.endMs, task.retentionTimeMs);
  const lostMs = task.dataLostMs ?? Number.POSITIVE_INFINITY;
  if (nowMs < untilMs && nowMs < lostMs) return null;
  return serviceError(lostMs < untilMs ? 'TaskFilesUnavailable' : 'TaskFilesCleanedup');
}

/** FILE-04: whether a resource file's path stays below the working directory. */
export function staysBelow(filePath: string): boolean {
  if (/^(?:[\\/]|[A-Za-z]:)/.test(filePath)) return false;
  let depth = 0;
  for (const part of filePath.split(/[\\/]/)) {
    if (part === '..') depth -= 1;
    else if (part !== '' && part !== '.') depth += 1;
    if (depth < 0) return false;
  }
  return true;
}

const WORKING = 'wd';
