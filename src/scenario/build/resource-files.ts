/** Resource files of commands: their names and sources; how large they are together stands under `model` (FILE-04, FILE-13). */
import { checkResourceFile, checkResourceFiles, type ResourceFile } from '../../model/index.js';
import type { GivenResourceFiles } from '../schema/common.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { refuseBy } from './refusals.js';

/** The files of one command; each that Batch refuses is reported at its place, too many of them at the list (ERR-17). */
export function readResourceFiles(
  context: BuildContext,
  path: Path,
  given: GivenResourceFiles,
): readonly ResourceFile[] {
  const files = (given ?? []).map(fileOf);
  const refusals = files.map(checkResourceFile);
  for (const [i, refusal] of refusals.entries()) refuseBy(context, [...path, i], refusal, 'resourceFiles');
  if (refusals.every((refusal) => refusal === null)) {
    refuseBy(context, path, checkResourceFiles(files));
  }
  return files;
}

/** The same as the field of a command, which has none where its body does not. */
export function readCommandFiles(
  context: BuildContext,
  path: Path,
  given: GivenResourceFiles,
): { readonly resourceFiles?: readonly ResourceFile[] } {
  return given === undefined ? {} : { resourceFiles: readResourceFiles(context, path, given) };
}

/** `blobSource` is the name that `httpUrl` had at first. */
function fileOf(given: NonNullable<GivenResourceFiles>[number]): ResourceFile {
  const { blobSource, httpUrl = blobSource, ...others } = given;
  const { autoStorageContainerName, storageContainerUrl, blobPrefix, filePath, fileMode } = others;
  return {
    ...(httpUrl === undefined ? {} : { httpUrl }),
    ...(autoStorageContainerName === undefined ? {} : { autoStorageContainerName }),
    ...(storageContainerUrl === undefined ? {} : { storageContainerUrl }),
    ...(blobPrefix === undefined ? {} : { blobPrefix }),
    ...(filePath === undefined ? {} : { filePath }),
    ...(fileMode === undefined ? {} : { fileMode }),
  };
}
