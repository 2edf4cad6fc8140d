/** What a pool sets up on its nodes besides tasks: user accounts and mounts (POOL-12, POOL-13, ACC-14). */
import { invalidProperty, missingProperty, type ServiceError } from '../service-errors.js';

/** POOL-12: characters. */
export const LONGEST_USER_NAME = 20;
/** ACC-14: file systems mounted on one node. */
export const MOST_MOUNTS = 10;

/** POOL-12: a user account as a body describes it. */
export interface UserAccount {
  readonly name: string;
  /** null: `nonadmin`. */
  readonly elevationLevel: string | null;
}

/** The kinds of file systems of which a mount has exactly one (POOL-13). */
export const MOUNT_KINDS = [
  'azureBlobFileSystemConfiguration',
  'nfsMountConfiguration',
  'cifsMountConfiguration',
  'azureFileShareConfiguration',
] as const;

/** POOL-12: names and elevations. */
export function checkUserAccounts(accounts: readonly UserAccount[]): ServiceError | null {
  for (const { name, elevationLevel } of accounts) {
    const refusal = checkUserName(name) ?? checkElevation(elevationLevel);
    if (refusal !== null) return refusal;
  }
  return null;
}

/** POOL-12: the name of a user of a pool or node. */
export function checkUserName(name: string): ServiceError | null {
  if (name === '') return missingProperty('name');
  if (name.length <= LONGEST_USER_NAME) return null;
  return invalidProperty('name', name, `A user's name has at most ${LONGEST_USER_NAME} characters.`);
}

/** POOL-13, ACC-14: each entry by the kinds of file systems that it has. */
export function checkMounts(mounts: readonly (readonly string[])[]): ServiceError | null {
  if (mounts.length > MOST_MOUNTS) {
    return invalidProperty(
      'mountConfiguration',
      `${mounts.length} mounts`,
      `A node has at most ${MOST_MOUNTS} mounts.`,
    );
  }
  const wrong = mounts.find((kinds) => kinds.length !== 1);
  if (wrong === undefined) return null;
  return invalidProperty(
    'mountConfiguration',
    wrong.join(', '),
    `An entry has exactly one of ${MOUNT_KINDS.join(', ')}.`,
  );
}

/** Values are read without regard to case. */
function checkElevation(level: string | null): ServiceError | null {
  if (level === null || ['nonadmin', 'admin'].includes(level.toLowerCase())) return null;
  return invalidProperty('elevationLevel', level, 'It is nonadmin or admin.');
}
