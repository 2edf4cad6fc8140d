/**
 * What Batch says when it refuses an operation (ERR): one table of codes, statuses and messages. Whoever refuses names
 * the code; status and default message come from here.
 */

/** HTTP status and message of every error code (ERR-11, ERR-12); a read whose condition is not met says 304 (ERR-05). */
export const SERVICE_ERRORS = {
  ConditionNotMet: [412, 'The condition specified in the request is not met.'],
  MissingRequiredHeader: [400, 'A required HTTP header was not specified.'],
  UnsupportedHeader: [400, 'An HTTP header that was specified is not supported.'],
  InvalidHeaderValue: [400, 'The value of one of the HTTP headers is not in the correct format.'],
  MissingRequiredQueryParameter: [400, 'A required query parameter was not specified.'],
  UnsupportedQueryParameter: [400, 'A query parameter that was specified is not supported.'],
  InvalidQueryParameterValue: [400, 'The value of one of the query parameters is invalid.'],
  OutOfRangeQueryParameterValue: [400, 'The value of one of the query parameters is out of range.'],
  RequestUrlFailedToParse: [400, 'The URL of the request could not be parsed.'],
  InvalidUri: [400, 'The requested URI does not represent any resource on the server.'],
  InvalidHttpVerb: [400, 'The HTTP verb of the request is not valid.'],
  UnsupportedRequestVersion: [400, 'The API version of the request is not supported.'],
  MultipleConditionHeadersNotSupported: [400, 'More than one conditional header is not supported.'],
  InvalidAuthenticationInfo: [400, 'The authentication information is not in the correct format.'],
  MissingRequiredProperty: [400, 'A required property was not specified in the request body.'],
  UnsupportedProperty: [400, 'A property that was specified is not supported.'],
  InvalidPropertyValue: [400, 'The value provided for one of the properties in the request body is invalid.'],
  InvalidRequestBody: [400, 'The specified request body is not syntactically valid.'],
  OutOfRangeInput: [400, 'One of the request inputs is out of range.'],
  InvalidInput: [400, 'One of the request inputs is not valid.'],
  EmptyMetadataKey: [400, 'The key for one of the metadata items is empty.'],
  InvalidMetadata: [400, 'The specified metadata is invalid.'],
  MetadataTooLarge: [400, 'The size of the specified metadata exceeds the maximum size permitted.'],
  InvalidAutoScalingSettings: [400, 'The specified autoscale settings are invalid.'],
  AutoScalingFormulaSyntaxError: [400, 'The autoscale formula has a syntax error.'],
  AutoScaleFormulaTooLong: [400, 'The autoscale formula is too long.'],
  OSVersionNotFound: [400, 'The specified operating system version was not found.'],
  OSVersionDisabled: [400, 'The specified operating system version is disabled.'],
  OSVersionExpired: [400, 'The specified operating system version has expired.'],
  PoolVersionEqualsUpgradeVersion: [400, 'The pool already runs this version.'],
  PoolNotEligibleForOSVersionUpgrade: [400, 'The pool is not eligible for an upgrade of its operating system.'],
  TaskDependenciesNotSpecifiedOnJob: [400, 'The job does not use task dependencies; set usesTaskDependencies.'],
  TaskDependencyListTooLong: [400, 'The list of task ids that the task depends on is too long.'],
  TaskDependencyRangesTooLong: [400, 'The list of task id ranges that the task depends on is too long.'],
  OutOfRangePriority: [400, 'The priority is out of range; it is a whole number from -1000 to 1000.'],
  InvalidConstraintValue: [400, 'The value of one of the constraints is invalid.'],
  UnsupportedConstraint: [400, 'One of the constraints is not supported.'],
  AuthenticationFailed: [403, 'The request could not be authenticated.'],
  InsufficientAccountPermissions: [403, 'The account has insufficient permissions for the operation.'],
  AccountIsDisabled: [403, 'The account is disabled.'],
  IOError: [403, 'An input or output error occurred.'],
  ResourceNotFound: [404, 'The specified resource does not exist.'],
  PoolNotFound: [404, 'The specified pool does not exist.'],
  NodeNotFound: [404, 'The specified node does not exist.'],
  JobScheduleNotFound: [404, 'The specified job schedule does not exist.'],
  JobNotFound: [404, 'The specified job does not exist.'],
  TaskNotFound: [404, 'The specified task does not exist.'],
  FileNotFound: [404, 'The specified file does not exist.'],
  NodeUserNotFound: [404, 'The specified node user does not exist.'],
  CertificateNotFound: [404, 'The specified certificate does not exist.'],
  JobPreparationTaskNotRunOnNode: [404, 'The job preparation task was not run on the specified node.'],
  JobReleaseTaskNotRunOnNode: [404, 'The job release task was not run on the specified node.'],
  NodeAgentSKUNotFound: [404, 'The specified node agent SKU does not exist.'],
  ApplicationNotFound: [404, 'The specified application does not exist.'],
  UnsupportedHttpVerb: [405, 'The resource does not support the HTTP verb.'],
  OperationInvalidForCurrentState: [409, 'The operation is not valid for the current state of the resource.'],
  PoolBeingDeleted: [409, 'The specified pool is being deleted.'],
  PoolBeingResized: [409, 'The specified pool is being resized.'],
  PoolBeingCreated: [409, 'The specified pool is being created.'],
  PoolExists: [409, 'A pool with the specified id exists already.'],
  PoolQuotaReached: [409, 'The pool quota of the account has been reached.'],
  UpgradePoolVersionConflict: [409, 'The pool is being upgraded to another version.'],
  OperationNotValidOnPool: [409, 'The operation is not valid on the specified pool.'],
  InvalidApplicationPackageReferences: [409, 'One or more application package references are invalid.'],
  NodeBeingCreated: [409, 'The specified node is being created.'],
  NodeBeingStarted: [409, 'The specified node is being started.'],
  NodeBeingReimaged: [409, 'The specified node is being reimaged.'],
  NodeBeingRebooted: [409, 'The specified node is being rebooted.'],
  NodeStateUnusable: [409, 'The specified node is unusable.'],
  NodeUserExists: [409, 'The specified node user exists already.'],
  NodeAlreadyInTargetSchedulingState: [409, 'The specified node is already in the target scheduling state.'],
  OperationNotValidOnNode: [409, 'The operation is not valid on the specified node.'],
  CertificateExists: [409, 'A certificate with the specified thumbprint exists already.'],
  InvalidCertificateReferences: [409, 'One or more certificate references are invalid.'],
  CertificateStateActive: [409, 'The specified certificate is active: no delete of it has failed.'],
  CertificateBeingDeleted: [409, 'The specified certificate is being deleted.'],
  JobExists: [409, 'A job with the specified id exists already.'],
  JobBeingTerminated: [409, 'The specified job is being terminated.'],
  JobBeingDeleted: [409, 'The specified job is being deleted.'],
  JobDisabled: [409, 'The specified job is disabled.'],
  JobCompleted: [409, 'The specified job is completed.'],
  JobNotActive: [409, 'The specified job is not active.'],
  ActiveJobAndScheduleQuotaReached: [409, 'The active job and schedule quota of the account has been reached.'],
  JobPreparationTaskNotSpecified: [409, 'The specified job has no job preparation task.'],
  JobReleaseTaskNotSpecified: [409, 'The specified job has no job release task.'],
  JobScheduleExists: [409, 'A job schedule with the specified id exists already.'],
  JobScheduleDisabled: [409, 'The specified job schedule is disabled.'],
  JobScheduleCompleted: [409, 'The specified job schedule is completed.'],
  JobScheduleBeingTerminated: [409, 'The specified job schedule is being terminated.'],
  JobScheduleBeingDeleted: [409, 'The specified job schedule is being deleted.'],
  JobWithSameIdExists: [409, 'A job with the same id exists already.'],
  JobScheduleWithSameIdExists: [409, 'A job schedule with the same id exists already.'],
  TaskExists: [409, 'A task with the specified id exists already.'],
  TaskCompleted: [409, 'The specified task is completed.'],
  TaskNotCompleted: [409, 'The specified task is not completed.'],
  TaskSucceeded: [409, 'The specified task has succeeded.'],
  TaskFilesUnavailable: [409, 'The files of the specified task are not available.'],
  TaskFilesCleanedup: [409, 'The files of the specified task have been cleaned up.'],
  TaskIdSameAsJobPreparationTask: [409, 'The task id is the same as that of the job preparation task.'],
  TaskIdSameAsJobReleaseTask: [409, 'The task id is the same as that of the job release task.'],
  MissingContentLengthHeader: [411, 'The Content-Length header was not specified.'],
  RequestBodyTooLarge: [413, 'The size of the request body exceeds the maximum size permitted.'],
  RequestEntityTooLarge: [413, 'The request body is too large and exceeds the maximum permissible limit.'],
  InvalidRange: [416, 'The range is not valid for the size of the file.'],
  TooManyRequests: [429, 'Too many requests were sent; try again later.'],
  InternalError: [500, 'The server met an internal error; try again.'],
  OperationTimedOut: [500, 'The operation did not end within the permitted time.'],
  ServerBusy: [503, 'The server is busy; try again later.'],
  TooManyEnableAutoScaleRequests: [503, 'Autoscale was enabled on this pool less than 30 seconds ago.'],
} as const satisfies Readonly<Record<string, readonly [status: number, message: string]>>;

/** Code of a refusal, in Batch's spelling. */
export type ServiceErrorCode = keyof typeof SERVICE_ERRORS;

/** A refusal: what the error body of Batch holds (ERR-02). */
export interface ServiceError {
  readonly code: ServiceErrorCode;
  readonly status: number;
  readonly message: string;
  /** ERR-13: details by key, such as `PropertyName`. */
  readonly values: readonly { readonly key: string; readonly value: string }[];
}

/** The refusal of this code; `values` are details by key (ERR-13). */
export function serviceError(code: ServiceErrorCode, values: Readonly<Record<string, string>> = {}): ServiceError {
  const [status, message] = SERVICE_ERRORS[code];
  return { code, status, message, values: Object.entries(values).map(([key, value]) => ({ key, value })) };
}

/** ERR-13: a property with a value that Batch does not take. */
export function invalidProperty(name: string, value: string | number | boolean, reason: string): ServiceError {
  return serviceError('InvalidPropertyValue', { PropertyName: name, PropertyValue: String(value), Reason: reason });
}

/** ERR-13: a property that has to be there and is not. */
export function missingProperty(name: string): ServiceError {
  return serviceError('MissingRequiredProperty', { PropertyName: name });
}
