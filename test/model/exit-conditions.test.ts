import { describe, expect, test } from 'vitest';
import {
  type ExitConditions,
  type ExitOptions,
  exitAction,
  exitDefaults,
  type TaskFailure,
} from '../../src/model/index.js';
import { NO_EXIT_CONDITIONS } from '../helpers/declared.js';

/** `satisfy/none` as options; a dash leaves one out. */
function options(text: string): ExitOptions {
  const [dependencyAction = '-', jobAction = '-'] = text.split('/');
  return {
    dependencyAction: dependencyAction === '-' ? null : (dependencyAction as 'satisfy'),
    jobAction: jobAction === '-' ? null : (jobAction as 'none'),
  };
}

function action(conditions: ExitConditions | null, exitCode: number | null, failure: TaskFailure): string {
  const { dependencyAction, jobAction } = exitAction(conditions, { exitCode, failure });
  return `${dependencyAction}/${jobAction}`;
}

/** Conditions that tell apart which of their entries was used. */
const ALL: ExitConditions = {
  exitCodes: [
    { code: 3, exitOptions: options('satisfy/none') },
    { code: 0, exitOptions: options('block/disable') },
    { code: -9, exitOptions: options('satisfy/disable') },
  ],
  exitCodeRanges: [
    { start: 2, end: 5, exitOptions: options('satisfy/disable') },
    { start: 5, end: 9, exitOptions: options('block/none') },
  ],
  preProcessingError: options('satisfy/terminate'),
  fileUploadError: options('block/disable'),
  default: options('block/none'),
};

describe('EXIT-02 the order of matching', () => {
  test.each<[string, number | null, TaskFailure, string]>([
    ['the code before a range that holds it', 3, 'FailureExitCode', 'satisfy/none'],
    ['a range from its start', 2, 'FailureExitCode', 'satisfy/disable'],
    ['of two ranges the first, to its end', 5, 'FailureExitCode', 'satisfy/disable'],
    ['the second range from there', 6, 'FailureExitCode', 'block/none'],
    ['a range to its end', 9, 'FailureExitCode', 'block/none'],
    ['code 0 that is listed', 0, '', 'block/disable'],
    ['a pre-processing error', null, 'BlobNotFound', 'satisfy/terminate'],
    ['an upload error after a code that is not listed', 100, 'FileUploadMiscError', 'block/disable'],
    ['a listed code before an upload error that follows', 3, 'FileUploadMiscError', 'satisfy/none'],
    ['default after all', 10, 'FailureExitCode', 'block/none'],
    ['the listed code of a process that the service stopped', -9, 'TaskEnded', 'satisfy/disable'],
  ])('EXIT-02 %s', (_, exitCode, failure, expected) => {
    expect(action(ALL, exitCode, failure)).toBe(expected);
  });
});

describe('EXIT-03 what default covers', () => {
  const byDefault: ExitConditions = { ...NO_EXIT_CONDITIONS, default: options('satisfy/disable') };
  test.each<[string, number | null, TaskFailure]>([
    ['an unlisted code', 1, 'FailureExitCode'],
    ['a pre-processing error without an entry', null, 'CommandProgramNotFound'],
    ['an upload error without an entry', 1, 'FileUploadConflict'],
    ['a task ended by the service or a user', -9, 'TaskEnded'],
    ['a task ended before it ran', null, 'TaskEnded'],
  ])('EXIT-03 %s', (_, exitCode, failure) => {
    expect(action(byDefault, exitCode, failure)).toBe('satisfy/disable');
  });

  test('EXIT-03 never exit code 0', () => {
    expect(action({ ...NO_EXIT_CONDITIONS, default: options('block/terminate') }, 0, '')).toBe('satisfy/none');
  });
});

describe('EXIT-04, EXIT-05 what holds when nothing is given', () => {
  test.each<[number | null, TaskFailure, string]>([
    [0, '', 'satisfy/none'],
    [1, 'FailureExitCode', 'block/terminate'],
    [-9, 'TaskEnded', 'block/terminate'],
    [null, 'BlobNotFound', 'block/terminate'],
    [0, 'FileUploadMiscError', 'block/terminate'],
    [0, 'TaskEnded', 'block/terminate'],
  ])('EXIT-04, EXIT-05 exit %s %s: %s, with no conditions and with empty ones', (exitCode, failure, expected) => {
    expect(action(null, exitCode, failure)).toBe(expected);
    expect(action(NO_EXIT_CONDITIONS, exitCode, failure)).toBe(expected);
  });

  test.each<[string, number, string]>([
    ['satisfy/-', 1, 'satisfy/terminate'],
    ['-/none', 1, 'block/none'],
    ['-/-', 1, 'block/terminate'],
    ['-/-', 0, 'satisfy/none'],
    ['block/-', 0, 'block/none'],
    ['-/disable', 0, 'satisfy/disable'],
  ])('EXIT-04, EXIT-05 an entry %s for exit %i fills up to %s', (given, code, expected) => {
    const conditions = { ...NO_EXIT_CONDITIONS, exitCodes: [{ code, exitOptions: options(given) }] };
    expect(action(conditions, code, code === 0 ? '' : 'FailureExitCode')).toBe(expected);
  });

  test('EXIT-04, EXIT-05 the defaults by themselves', () => {
    expect(exitDefaults(false)).toEqual({ dependencyAction: 'satisfy', jobAction: 'none' });
    expect(exitDefaults(true)).toEqual({ dependencyAction: 'block', jobAction: 'terminate' });
  });
});

describe('EXIT-08 an upload error after exit code 0', () => {
  test.each<[string, ExitConditions, string]>([
    ['goes by fileUploadError', { ...NO_EXIT_CONDITIONS, fileUploadError: options('satisfy/none') }, 'satisfy/none'],
    ['else by default', { ...NO_EXIT_CONDITIONS, default: options('satisfy/disable') }, 'satisfy/disable'],
    ['else blocks', NO_EXIT_CONDITIONS, 'block/terminate'],
    [
      'blocks where an entry leaves the dependency open',
      { ...NO_EXIT_CONDITIONS, fileUploadError: options('-/none') },
      'block/none',
    ],
  ])('EXIT-08 %s', (_, conditions, expected) => {
    expect(action(conditions, 0, 'FileUploadContainerNotFound')).toBe(expected);
  });

  test('EXIT-02, EXIT-08 unless code 0 is listed', () => {
    const conditions = { ...NO_EXIT_CONDITIONS, exitCodes: [{ code: 0, exitOptions: options('satisfy/-') }] };
    expect(action(conditions, 0, 'FileUploadContainerNotFound')).toBe('satisfy/none');
  });
});
