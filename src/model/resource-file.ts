/** Resource files: what a body says of them, and where they land on the node (FILE-04). */
import { type NodeDirectories, workingDirectory } from './node-directories.js';

/** A resource file as a body describes it. Its size stands with the command that needs it. */
export interface ResourceFile {
  readonly autoStorageContainerName?: string;
  readonly storageContainerUrl?: string;
  readonly httpUrl?: string;
  readonly blobPrefix?: string;
  /** Where it goes; of a container, the folder of its blobs. */
  readonly filePath?: string;
  /** Octal; means nothing on Windows. */
  readonly fileMode?: string;
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
