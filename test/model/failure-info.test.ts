import { describe, expect, test } from 'vitest';
import {
  autoPoolError,
  failureCategory,
  failureInfo,
  isPreProcessingError,
  isUploadError,
  JOB_SCHEDULING_ERRORS,
  NODE_ERROR_CODES,
  RESIZE_ERROR_CODES,
  TASK_FAILURES,
} from '../../src/model/index.js';

/** ERR-21, word for word. */
const USER = `FailureExitCode BlobNotFound BlobAccessDenied CommandProgramNotFound CommandLaunchFailed TaskEnded
  MaxInternalRetryCountReached TaskSchedulingConstraintFailed ApplicationPackageError ContainerInvalidImage
  ContainerInvalidRegistry ContainerInvalidSettings ResourceContainerAccessDenied ResourceContainerNotFound
  MountConfigurationError FileUploadAccessDenied FileUploadContainerNotFound FileUploadConflict`.split(/\s+/);
const SERVER = `BlobDownloadTimedOut BlobDownloadMiscError ResourceDirectoryCreateFailed ResourceFileCreateFailed
  ResourceFileWriteFailed ResourceContainerListTimedOut ResourceContainerListMiscError ContainerMiscError
  FileUploadTimedOut FileUploadMiscError DiskFull Unknown`.split(/\s+/);

const codes = TASK_FAILURES.filter((code) => code !== '');

test('ERR-21, TASK-16 every failure code is in the table, and no other', () => {
  expect([...codes].sort()).toEqual([...USER, ...SERVER].sort());
});

test.each(codes)('ERR-21 the category of %s', (code) => {
  expect(failureCategory(code)).toBe(USER.includes(code) ? 'usererror' : 'servererror');
});

test.each(codes)('ERR-21 whether %s comes before the process or after it', (code) => {
  const before = /^(Blob|Resource|Command|ApplicationPackage|Container|Mount|DiskFull)/.test(code);
  expect(isPreProcessingError(code)).toBe(before);
  expect(isUploadError(code)).toBe(code.startsWith('FileUpload'));
});

test('TASK-04 a task that did not fail has no failure info', () => {
  expect(failureInfo('')).toBeNull();
  expect(isPreProcessingError('') || isUploadError('')).toBe(false);
});

describe('TASK-15 a task that was ended', () => {
  test('TASK-15 is a user error that says so', () => {
    expect(failureInfo('TaskEnded')).toEqual({
      category: 'usererror',
      code: 'TaskEnded',
      message: 'Task Was Ended by User Request',
      details: [],
    });
  });

  test('TASK-15 the option makes it a server error, and only that', () => {
    expect(failureInfo('TaskEnded', 'servererror')?.category).toBe('servererror');
    expect(failureInfo('FailureExitCode', 'servererror')?.category).toBe('usererror');
  });

  test('TASK-15 by its wall clock: a detail says that the maximum execution time was exceeded', () => {
    const details = failureInfo('TaskEnded', 'usererror', 'wallClock')?.details ?? [];
    expect(details.map(({ name }) => name)).toEqual(['Message']);
    expect(details[0]?.value).toContain('maximum execution time');
  });
});

test.each([
  ['PoolQuotaReached', 'AutoPoolCreationFailedWithQuotaReached'],
  ['CertificateNotFound', 'InvalidCertificatesInAutoPool'],
  ['InvalidApplicationPackageReferences', 'InvalidApplicationPackageReferencesInAutoPool'],
  ['AutoScalingFormulaSyntaxError', 'InvalidAutoScaleFormulaInAutoPool'],
  ['AutoScaleFormulaTooLong', 'InvalidAutoScaleFormulaInAutoPool'],
  ['InvalidPropertyValue', 'InvalidAutoPoolSettings'],
])('AUTO-05, ERR-20 an auto pool refused with %s: %s', (refused, expected) => {
  expect(autoPoolError(refused)).toBe(expected);
});

test('ERR-20 all scheduling errors but Unknown are user errors', () => {
  expect(JOB_SCHEDULING_ERRORS).toEqual({
    AutoPoolCreationFailedWithQuotaReached: 'usererror',
    InvalidCertificatesInAutoPool: 'usererror',
    InvalidApplicationPackageReferencesInAutoPool: 'usererror',
    InvalidAutoScaleFormulaInAutoPool: 'usererror',
    InvalidAutoPoolSettings: 'usererror',
    JobBeingTerminated: 'usererror',
    Unknown: 'servererror',
  });
});

test('ERR-22, RSZ-06 resize errors, AllocationTimedout in the spelling of the wire', () => {
  const table = `AccountCoreQuotaReached AccountVMSeriesCoreQuotaReached AccountLowPriorityCoreQuotaReached
    AccountSpotCoreQuotaReached AllocationFailed AllocationTimedout CommunicationEnabledPoolReachedMaxVMCount
    RemoveNodesFailed ResizeStopped UnsupportedVMSize Unknown`;
  expect([...RESIZE_ERROR_CODES]).toEqual(table.split(/\s+/));
});

test('ERR-23 node errors; a failed start task is a state and none of them', () => {
  const table = 'ApplicationPackageError ContainerImagePullFailed MountConfigurationError DiskFull NodeRecoveryFailed';
  expect([...NODE_ERROR_CODES]).toEqual(table.split(' '));
});
