/** Application packages: what a reference means, and the variables that say where the package is (PKG, ENV-10 to ENV-13). */
import type { NameValue, PackageReference } from './command.js';
import { idKey } from './dependencies.js';
import type { Application } from './scenario.js';
import { type ServiceError, serviceError } from './service-errors.js';

/** ACC-14: versions that one application may have. */
export const MOST_PACKAGE_VERSIONS = 40;

/** A reference with its version found. */
export interface ResolvedPackage {
  readonly applicationId: string;
  readonly version: string;
  /** The reference left the version open, and the application's default was taken (ENV-13). */
  readonly byDefault: boolean;
}

/** PKG-04: the package that a reference means; null: there is no such application or version, or no default. */
export function resolvePackage(
  applications: readonly Application[],
  reference: PackageReference,
): ResolvedPackage | null {
  const application = applications.find(({ id }) => idKey(id) === idKey(reference.applicationId));
  const wanted = reference.version ?? application?.defaultVersion ?? null;
  if (application === undefined || wanted === null) return null;
  const version = application.versions.find((held) => idKey(held) === idKey(wanted));
  if (version === undefined) return null;
  return { applicationId: application.id, version, byDefault: reference.version === null };
}

/** PKG-04: all references of a pool must be known when it is added or changed; those of a task fail when it runs. */
export function checkPoolPackageReferences(
  applications: readonly Application[],
  references: readonly PackageReference[],
): ServiceError | null {
  const unknown = references.find((reference) => resolvePackage(applications, reference) === null);
  if (unknown === undefined) return null;
  const { applicationId, version } = unknown;
  return serviceError('InvalidApplicationPackageReferences', { [applicationId]: version ?? 'default version' });
}

/**
 * ACC-14: whether an account that has so many applications may have one more (option `maxApplications`). The sources
 * print no code for it, so that this one is ours, as it is for versions.
 */
export function checkApplicationLimit(applicationCount: number, maxApplications: number): ServiceError | null {
  if (applicationCount < maxApplications) return null;
  return serviceError('OperationInvalidForCurrentState', { Limit: `${maxApplications} applications` });
}

/** ACC-14: whether an application may have one more version. */
export function checkVersionLimit(application: Application): ServiceError | null {
  if (application.versions.length < MOST_PACKAGE_VERSIONS) return null;
  return serviceError('OperationInvalidForCurrentState', { Limit: `${MOST_PACKAGE_VERSIONS} versions` });
}

/** PKG-07: an application without one of its versions; if that was the default, it has none any more. */
export function withoutVersion(application: Application, version: string): Application {
  const gone = idKey(version);
  const isDefault = application.defaultVersion !== null && idKey(application.defaultVersion) === gone;
  return {
    ...application,
    versions: application.versions.filter((held) => idKey(held) !== gone),
    defaultVersion: isDefault ? null : application.defaultVersion,
  };
}

/**
 * ENV-10 to ENV-13: the variables that name a package's folder, each name once.
 * @param appPackageLowerCase the option of that name: on Linux also in lower case (ENV-12)
 */
export function packageVariables(
  os: 'linux' | 'windows',
  found: ResolvedPackage,
  folder: string,
  appPackageLowerCase: boolean,
): NameValue[] {
  const { applicationId, version, byDefault } = found;
  const names = variableNames(os, applicationId, version, appPackageLowerCase);
  if (byDefault) names.push(...variableNames(os, applicationId, null, appPackageLowerCase)); // ENV-13
  return [...new Set(names)].map((name) => ({ name, value: folder }));
}

const PREFIX = 'AZ_BATCH_APP_PACKAGE_';

function variableNames(
  os: 'linux' | 'windows',
  applicationId: string,
  version: string | null,
  lowerCase: boolean,
): string[] {
  if (os === 'windows') {
    const name = applicationId.toUpperCase(); // ENV-11
    return [PREFIX + (version === null ? name : `${name}#${version}`)];
  }
  const kept = (version === null ? applicationId : `${applicationId}#${version}`).replace(/[.#-]/g, '_'); // ENV-12
  const forms = [kept, kept.toUpperCase()];
  if (lowerCase) forms.push(kept.toLowerCase());
  return forms.map((form) => PREFIX + form);
}
