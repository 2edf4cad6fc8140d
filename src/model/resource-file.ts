/** Resource files: what a body says of them (FILE-04, FILE-13). */

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
