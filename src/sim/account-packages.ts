/** What an account holds by name, in the words of the model's rules (PKG-01). */
import type { Application } from '../model/index.js';
import type { AccountState, ApplicationState } from './entities.js';

/** The applications of an account as they are now. */
export function applicationsOf(account: AccountState): Application[] {
  return [...account.applications.values()].map(applicationOf);
}

/** One of them. */
export function applicationOf({ id, defaultVersion, versions }: ApplicationState): Application {
  return { id, defaultVersion, versions: [...versions] };
}
