/** Resource files: where they come from and where they may go (FILE-04, FILE-13, ERR-17). */
import { staysBelow } from '../node-directories.js';
import type { ResourceFile } from '../resource-file.js';
import { invalidProperty, missingProperty, type ServiceError, serviceError } from '../service-errors.js';

/** ERR-17: Batch publishes no limit, this one is ours. */
export const MOST_RESOURCE_FILES = 1000;

/** The resource files of one command; the first problem of the first that has one. */
export function checkResourceFiles(files: readonly ResourceFile[]): ServiceError | null {
  if (files.length > MOST_RESOURCE_FILES) return serviceError('RequestEntityTooLarge');
  for (const file of files) {
    const refusal = checkResourceFile(file);
    if (refusal !== null) return refusal;
  }
  return null;
}

/** One resource file. */
export function checkResourceFile(file: ResourceFile): ServiceError | null {
  return checkSource(file) ?? checkPath(file);
}

const SOURCES = ['autoStorageContainerName', 'storageContainerUrl', 'httpUrl'] as const;

/** FILE-13: one source, and only one. */
function checkSource(file: ResourceFile): ServiceError | null {
  const given = SOURCES.filter((source) => file[source] !== undefined);
  const [first, second] = given;
  if (first === undefined) return missingProperty('httpUrl');
  if (second !== undefined) return invalidProperty(second, file[second] ?? '', `It cannot stand beside ${first}.`);
  if (file.blobPrefix === undefined || first !== 'httpUrl') return null;
  return invalidProperty('blobPrefix', file.blobPrefix, 'It selects blobs of a container, and httpUrl names one file.');
}

/** FILE-13, FILE-04. */
function checkPath({ httpUrl, filePath }: ResourceFile): ServiceError | null {
  if (filePath === undefined) return httpUrl === undefined ? null : missingProperty('filePath');
  if (staysBelow(filePath)) return null;
  return invalidProperty('filePath', filePath, 'It stays below the working directory of the task.');
}
