/** Errors that jobs, pools and nodes carry, by code (ERR-20, ERR-22, ERR-23): no answer to a call but a property. */
import type { FailureCategory } from './failure-info.js';

/** ERR-20, AUTO-05: why a job was completed without running a task, with the category. */
export const JOB_SCHEDULING_ERRORS = {
  AutoPoolCreationFailedWithQuotaReached: 'usererror',
  InvalidCertificatesInAutoPool: 'usererror',
  InvalidApplicationPackageReferencesInAutoPool: 'usererror',
  InvalidAutoScaleFormulaInAutoPool: 'usererror',
  InvalidAutoPoolSettings: 'usererror',
  JobBeingTerminated: 'usererror',
  Unknown: 'servererror',
} as const satisfies Readonly<Record<string, FailureCategory>>;
export type JobSchedulingError = keyof typeof JOB_SCHEDULING_ERRORS;

/** ERR-22: what `resizeErrors` of a pool may hold. */
export const RESIZE_ERROR_CODES = [
  'AccountCoreQuotaReached',
  'AccountVMSeriesCoreQuotaReached',
  'AccountLowPriorityCoreQuotaReached',
  'AccountSpotCoreQuotaReached',
  'AllocationFailed',
  'AllocationTimedout',
  'CommunicationEnabledPoolReachedMaxVMCount',
  'RemoveNodesFailed',
  'ResizeStopped',
  'UnsupportedVMSize',
  'Unknown',
] as const;
export type ResizeErrorCode = (typeof RESIZE_ERROR_CODES)[number];

/** ERR-23: what `errors` of a node may hold; with one of them it is not recovered by itself (NODE-14). */
export const NODE_ERROR_CODES = [
  'ApplicationPackageError',
  'ContainerImagePullFailed',
  'MountConfigurationError',
  'DiskFull',
  'NodeRecoveryFailed',
] as const;
export type NodeErrorCode = (typeof NODE_ERROR_CODES)[number];

/** AUTO-05: the scheduling error of a job whose auto pool was refused with this code. */
export function autoPoolError(code: string): JobSchedulingError {
  if (code === 'PoolQuotaReached') return 'AutoPoolCreationFailedWithQuotaReached';
  if (code === 'CertificateNotFound' || code === 'InvalidCertificateReferences') return 'InvalidCertificatesInAutoPool';
  if (code === 'InvalidApplicationPackageReferences') return 'InvalidApplicationPackageReferencesInAutoPool';
  if (FORMULA_ERRORS.has(code)) return 'InvalidAutoScaleFormulaInAutoPool';
  return 'InvalidAutoPoolSettings';
}

const FORMULA_ERRORS: ReadonlySet<string> = new Set([
  'AutoScalingFormulaSyntaxError',
  'AutoScaleFormulaTooLong',
  'InvalidAutoScalingSettings',
]);
