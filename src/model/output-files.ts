/** Which files of a task are sent where, and after which exits (TASK-20, ENV-18). */
import type { NameValue } from './command.js';
import { expandVariables, matchesPattern } from './output-patterns.js';

/** TASK-20: after an exit with 0, after any other, or after both (Batch's default). */
export type UploadCondition = 'tasksuccess' | 'taskfailure' | 'taskcompletion';

/** A file that a command leaves behind, by its path from the working directory. Variables may stand in it. */
export interface ProducedFile {
  readonly path: string;
  readonly bytes: number;
}

/** One entry of a task's `outputFiles`. */
export interface OutputFile {
  /** From the working directory, or absolute; with wildcards and variables. */
  readonly filePattern: string;
  readonly uploadCondition: UploadCondition;
}

/** Where patterns and paths are read. */
export interface OutputPlace {
  readonly os: 'linux' | 'windows';
  readonly workingDirectory: string;
  readonly environment: readonly NameValue[];
}

/** TASK-20: whether output that stands under a condition is sent after this exit. */
export function isSentAfter(condition: UploadCondition, exitCode: number): boolean {
  return condition === 'taskcompletion' || (condition === 'tasksuccess') === (exitCode === 0);
}

/** TASK-20: the bytes that an entry sends: those of all files that its pattern means. null: it means none. */
export function bytesOfOutput(place: OutputPlace, output: OutputFile, files: readonly ProducedFile[]): number | null {
  const pattern = absolute(place, output.filePattern);
  const meant = files.filter(({ path }) => matchesPattern(place.os, pattern, absolute(place, path)));
  return meant.length === 0 ? null : meant.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** A path or pattern with its variables put in, from the top, without `.` and `..`; folders parted by `/`. */
function absolute({ os, workingDirectory, environment }: OutputPlace, written: string): string {
  const slashed = (text: string) => (os === 'windows' ? text.replaceAll('\\', '/') : text);
  const text = slashed(expandVariables(os, written, environment));
  const isAbsolute = text.startsWith('/') || (os === 'windows' && /^[A-Za-z]:/.test(text));
  const parts: string[] = [];
  for (const part of (isAbsolute ? text : `${slashed(workingDirectory)}/${text}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
