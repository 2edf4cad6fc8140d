import { describe, expect, test } from 'vitest';
import {
  invalidProperty,
  missingProperty,
  SERVICE_ERRORS,
  type ServiceErrorCode,
  serviceError,
} from '../../src/model/index.js';

/** The specification's tables ERR-11 and ERR-12, word for word but for punctuation. */
const TABLES = `
400 MissingRequiredHeader MissingRequiredProperty UnsupportedHeader UnsupportedProperty InvalidHeaderValue
400 InvalidPropertyValue MissingRequiredQueryParameter UnsupportedQueryParameter InvalidQueryParameterValue
400 OutOfRangeQueryParameterValue RequestUrlFailedToParse InvalidUri InvalidHttpVerb EmptyMetadataKey
400 InvalidRequestBody OutOfRangeInput InvalidAuthenticationInfo InvalidInput InvalidMetadata MetadataTooLarge
400 MultipleConditionHeadersNotSupported
403 AuthenticationFailed InsufficientAccountPermissions AccountIsDisabled IOError
404 ResourceNotFound
405 UnsupportedHttpVerb
411 MissingContentLengthHeader
412 ConditionNotMet
413 RequestBodyTooLarge
416 InvalidRange
500 InternalError OperationTimedOut
503 ServerBusy
400 UnsupportedRequestVersion InvalidAutoScalingSettings AutoScalingFormulaSyntaxError AutoScaleFormulaTooLong
400 OSVersionNotFound OSVersionDisabled OSVersionExpired PoolVersionEqualsUpgradeVersion
400 PoolNotEligibleForOSVersionUpgrade TaskDependenciesNotSpecifiedOnJob TaskDependencyListTooLong
400 TaskDependencyRangesTooLong OutOfRangePriority InvalidConstraintValue UnsupportedConstraint
404 PoolNotFound NodeNotFound JobScheduleNotFound JobNotFound TaskNotFound FileNotFound NodeUserNotFound
404 CertificateNotFound JobPreparationTaskNotRunOnNode JobReleaseTaskNotRunOnNode NodeAgentSKUNotFound
404 ApplicationNotFound
409 OperationInvalidForCurrentState PoolBeingDeleted PoolBeingResized PoolBeingCreated PoolExists PoolQuotaReached
409 UpgradePoolVersionConflict OperationNotValidOnPool InvalidApplicationPackageReferences NodeBeingCreated
409 NodeBeingStarted NodeBeingReimaged NodeBeingRebooted NodeStateUnusable NodeUserExists
409 NodeAlreadyInTargetSchedulingState OperationNotValidOnNode CertificateExists CertificateBeingDeleted
409 JobExists JobBeingTerminated JobBeingDeleted JobDisabled JobCompleted JobNotActive
409 ActiveJobAndScheduleQuotaReached JobPreparationTaskNotSpecified JobReleaseTaskNotSpecified JobScheduleExists
409 JobScheduleDisabled JobScheduleCompleted JobScheduleBeingTerminated JobScheduleBeingDeleted JobWithSameIdExists
409 JobScheduleWithSameIdExists
409 TaskExists TaskCompleted TaskNotCompleted TaskSucceeded TaskFilesUnavailable TaskFilesCleanedup
409 TaskIdSameAsJobPreparationTask TaskIdSameAsJobReleaseTask
503 TooManyEnableAutoScaleRequests
`;

const listed = TABLES.trim()
  .split('\n')
  .flatMap((line) => {
    const [status = '', ...codes] = line.split(' ');
    return codes.map((code) => [code, Number(status)] as const);
  });

/** Codes that stand in no table but in a rule or in the service's REST reference. */
const BESIDES = {
  RequestEntityTooLarge: 413, // ERR-17
  TooManyRequests: 429, // ERR-03
  InvalidCertificateReferences: 409,
  CertificateStateActive: 409,
};

test.each(listed)('ERR-11, ERR-12 %s has status %i', (code, status) => {
  expect(SERVICE_ERRORS[code as ServiceErrorCode]?.[0]).toBe(status);
});

test('ERR-03, ERR-11, ERR-12, ERR-17 no other code is known', () => {
  const known = Object.fromEntries(Object.entries(SERVICE_ERRORS).map(([code, [status]]) => [code, status]));
  expect(known).toEqual({ ...Object.fromEntries(listed), ...BESIDES });
});

describe('ERR-02 what a refusal says', () => {
  test('ERR-02 has code, status, message and details', () => {
    expect(serviceError('PoolExists')).toEqual({
      code: 'PoolExists',
      status: 409,
      message: 'A pool with the specified id exists already.',
      values: [],
    });
  });

  test('ERR-13 a bad value names property, value and reason', () => {
    const { code, status, values } = invalidProperty('priority', 1.5, 'It is whole.');
    expect({ code, status }).toEqual({ code: 'InvalidPropertyValue', status: 400 });
    expect(values).toEqual([
      { key: 'PropertyName', value: 'priority' },
      { key: 'PropertyValue', value: '1.5' },
      { key: 'Reason', value: 'It is whole.' },
    ]);
  });

  test('ERR-13 a missing property is named', () => {
    const { code, status, values } = missingProperty('vmSize');
    expect({ code, status }).toEqual({ code: 'MissingRequiredProperty', status: 400 });
    expect(values).toEqual([{ key: 'PropertyName', value: 'vmSize' }]);
  });
});
