/**
 * Applications of an account and their packages (PKG-01, PKG-07, ACC-14). They belong to the management service, for whose
 * refusals the sources print no codes; where the data service has none that fits, the state of the thing is to blame.
 */
import { err, ok } from '../../base/index.js';
import {
  checkApplicationId,
  checkApplicationLimit,
  checkPackageVersion,
  checkVersionLimit,
  idKey,
  invalidProperty,
  type ServiceError,
  SUCCESS_STATUS,
  serviceError,
  withoutVersion,
} from '../../model/index.js';
import { applicationOf } from '../account-packages.js';
import type { AccountState, ApplicationState } from '../entities.js';
import type { World } from '../world.js';
import type { Answered } from './answer.js';

/** An application, by its id. */
interface OnApplication {
  readonly applicationId: string;
}
/** One version of it. */
interface OnPackage extends OnApplication {
  readonly version: string;
}

/** Adds an application without packages. */
export function addApplication(world: World, account: AccountState, { applicationId }: OnApplication): Answered {
  const { applications } = account;
  const refusal =
    checkApplicationId(applicationId) ??
    (applications.has(idKey(applicationId)) ? conflict('The application exists already.') : null) ??
    checkApplicationLimit(applications.size, world.scenario.options.maxApplications);
  if (refusal !== null) return err(refusal);
  applications.set(idKey(applicationId), {
    id: applicationId,
    defaultVersion: null,
    allowUpdates: true,
    versions: new Set(),
  });
  return ok({ status: SUCCESS_STATUS.addApplication });
}

/** Changes what is given: the default version, and whether versions may be replaced. */
export function patchApplication(
  _world: World,
  account: AccountState,
  given: OnApplication & { readonly defaultVersion: string | null; readonly allowUpdates: boolean | null },
): Answered {
  const application = account.applications.get(idKey(given.applicationId));
  if (application === undefined) return err(serviceError('ApplicationNotFound'));
  if (given.defaultVersion !== null) {
    const version = versionOf(application, given.defaultVersion);
    if (version === null)
      return err(invalidProperty('defaultVersion', given.defaultVersion, 'The application has no such version.'));
    application.defaultVersion = version;
  }
  if (given.allowUpdates !== null) application.allowUpdates = given.allowUpdates;
  return ok({ status: SUCCESS_STATUS.patchApplication });
}

/** Deletes an application, which must have no packages left. */
export function deleteApplication(_world: World, account: AccountState, { applicationId }: OnApplication): Answered {
  const application = account.applications.get(idKey(applicationId));
  if (application === undefined) return err(serviceError('ApplicationNotFound'));
  if (application.versions.size > 0) return err(conflict('The application still has packages.'));
  account.applications.delete(idKey(applicationId));
  return ok({ status: SUCCESS_STATUS.deleteApplication });
}

/** Adds a version, or replaces it where the application allows that. */
export function addApplicationPackage(_world: World, account: AccountState, given: OnPackage): Answered {
  const { applicationId, version } = given;
  const malformed = checkPackageVersion(version);
  if (malformed !== null) return err(malformed);
  const application = account.applications.get(idKey(applicationId));
  if (application === undefined) return err(serviceError('ApplicationNotFound'));
  const isHeld = versionOf(application, version) !== null;
  if (isHeld && !application.allowUpdates) return err(conflict('The application does not allow updates.'));
  const refusal = isHeld ? null : checkVersionLimit(applicationOf(application));
  if (refusal !== null) return err(refusal);
  if (!isHeld) application.versions.add(version);
  return ok({ status: SUCCESS_STATUS.addApplicationPackage });
}

/** Deletes a version; the application has no default any more if that was it (PKG-07). */
export function deleteApplicationPackage(_world: World, account: AccountState, given: OnPackage): Answered {
  const application = account.applications.get(idKey(given.applicationId));
  if (application === undefined) return err(serviceError('ApplicationNotFound'));
  const version = versionOf(application, given.version);
  if (version === null) return err(serviceError('ResourceNotFound'));
  application.defaultVersion = withoutVersion(applicationOf(application), version).defaultVersion;
  application.versions.delete(version);
  return ok({ status: SUCCESS_STATUS.deleteApplicationPackage });
}

/** The version as the application spells it; null: it has none of that name. */
function versionOf({ versions }: ApplicationState, wanted: string): string | null {
  for (const version of versions) if (idKey(version) === idKey(wanted)) return version;
  return null;
}

function conflict(reason: string): ServiceError {
  return serviceError('OperationInvalidForCurrentState', { Reason: reason });
}
