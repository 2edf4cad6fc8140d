/** Ids, names and metadata: what Batch takes for them (ACC-17, PKG-01, POOL-11). */
import type { NameValue } from '../command.js';
import { invalidProperty, type ServiceError, serviceError } from '../service-errors.js';

/** ACC-17, PKG-01: characters. */
export const LONGEST_ID = 64;
/** ACC-17: characters. */
export const LONGEST_DISPLAY_NAME = 1024;

/** ACC-17: the id of a pool, job, job schedule or task; `property` is its name in the body. */
export function checkId(id: string, property: string): ServiceError | null {
  return checkWord(id, property, /^[A-Za-z0-9_-]*$/, 'letters, digits, hyphens and underscores');
}

/** PKG-01: the id of an application. */
export function checkApplicationId(id: string): ServiceError | null {
  return checkId(id, 'applicationId');
}

/** PKG-01: a version of an application, which may hold dots besides. */
export function checkPackageVersion(version: string): ServiceError | null {
  return checkWord(version, 'version', /^[A-Za-z0-9._-]*$/, 'letters, digits, dots, hyphens and underscores');
}

/** ACC-17: any Unicode, counted as JavaScript counts (UTF-16 units). */
export function checkDisplayName(name: string | null): ServiceError | null {
  if (name === null || name.length <= LONGEST_DISPLAY_NAME) return null;
  return invalidProperty('displayName', name, `A display name has at most ${LONGEST_DISPLAY_NAME} characters.`);
}

/** POOL-11: metadata has no meaning to the service, but each item has a name. */
export function checkMetadata(metadata: readonly NameValue[] | undefined): ServiceError | null {
  return metadata?.some(({ name }) => name === '') ? serviceError('EmptyMetadataKey') : null;
}

function checkWord(word: string, property: string, allowed: RegExp, characters: string): ServiceError | null {
  if (word === '') return invalidProperty(property, word, 'It is empty.');
  if (word.length > LONGEST_ID) return invalidProperty(property, word, `It has more than ${LONGEST_ID} characters.`);
  return allowed.test(word) ? null : invalidProperty(property, word, `It may hold only ${characters}.`);
}
