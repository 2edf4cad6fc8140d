/** The operating system's refusals as sentences for people. A sentence says what and which file, never an error class. */

/** What Node throws for a refused system call. */
export interface SystemError extends Error {
  readonly code: string;
  readonly syscall?: string;
  readonly path?: string;
}

/** True for errors of the operating system (a missing file, a full disk), as opposed to a bug of ours. */
export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z0-9]+$/.test(error.code);
}

const SENTENCES: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `there is no file or folder ${path}`,
  EISDIR: (path) => `${path} is a folder, not a file`,
  ENOTDIR: (path) => `a part of the path ${path} is a file, not a folder`,
  EACCES: (path) => `access to ${path} is denied`,
  EPERM: (path) => `access to ${path} is denied`,
  EROFS: (path) => `${path} lies on a read-only disk`,
  ENOSPC: (path) => `the disk is full: ${path} could not be written`,
  EDQUOT: (path) => `the disk quota is used up: ${path} could not be written`,
  EFBIG: (path) => `${path} grew beyond the largest file allowed here`,
  EMFILE: (path) => `too many files are open to open ${path}`,
  ENAMETOOLONG: (path) => `the name ${shortened(path)} is too long`,
  ELOOP: (path) => `${path} is a circle of links`,
  EBUSY: (path) => `${path} is in use or a mount point`,
  EXDEV: (path) => `${path} lies on another disk than the folder beside it`,
  EIO: (path) => `the disk failed to read or write ${path}`,
};

/** One sentence (no capital, no full stop) for an error that was met while `path` was read or written. */
export function ioSentence(error: unknown, path: string): string {
  if (!(error instanceof Error)) return `${path}: ${String(error)}`;
  const code = isSystemError(error) ? error.code : '';
  return SENTENCES[code]?.(path) ?? `${path}: ${error.message}`;
}

function shortened(path: string): string {
  return path.length <= 80 ? path : `${path.slice(0, 60)}…`;
}
