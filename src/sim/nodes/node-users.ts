/** Users that are added to single nodes (NODE-20): they do nothing in a simulation but be there. */
import { err, ok, type Result } from '../../base/index.js';
import { checkUserName, type ServiceError, SUCCESS_STATUS, serviceError } from '../../model/index.js';
import type { AccountState } from '../entities.js';
import { NODE } from '../node-table.js';
import { findNode, type OnNode } from '../pools/pool-lookups.js';
import type { Answered } from '../service/answer.js';
import type { World } from '../world.js';

interface OnUser extends OnNode {
  readonly userName: string;
}

/** Adds a user. */
export function addNodeUser(world: World, account: AccountState, given: OnUser): Answered {
  const users = usersOf(world, account, given);
  if (!users.ok) return users;
  if (users.value.has(nameKey(given))) return err(serviceError('NodeUserExists'));
  users.value.add(nameKey(given));
  return ok({ status: SUCCESS_STATUS.addNodeUser });
}

/** Changes the password or expiry of a user, of which a simulation knows nothing. */
export function updateNodeUser(world: World, account: AccountState, given: OnUser): Answered {
  const users = usersOf(world, account, given);
  if (!users.ok) return users;
  if (!users.value.has(nameKey(given))) return err(serviceError('NodeUserNotFound'));
  return ok({ status: SUCCESS_STATUS.updateNodeUser });
}

/** Deletes a user. */
export function deleteNodeUser(world: World, account: AccountState, given: OnUser): Answered {
  const users = usersOf(world, account, given);
  if (!users.ok) return users;
  if (!users.value.delete(nameKey(given))) return err(serviceError('NodeUserNotFound'));
  return ok({ status: SUCCESS_STATUS.deleteNodeUser });
}

/** The users of a node that lets them be changed: one in idle or running. */
function usersOf(world: World, account: AccountState, given: OnUser): Result<Set<string>, ServiceError> {
  const malformed = checkUserName(given.userName);
  if (malformed !== null) return err(malformed);
  const found = findNode(world, account, given);
  if (!found.ok) return found;
  const state = world.nodes.state[found.value];
  if (state !== NODE.idle && state !== NODE.running) return err(serviceError('OperationInvalidForCurrentState'));
  return ok(world.lives.of(found.value).users);
}

function nameKey({ userName }: OnUser): string {
  return userName.toLowerCase();
}
