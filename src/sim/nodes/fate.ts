/** What fate does when a scenario says so (NODE-22, POOL-21, ACC-09). Whatever it cannot do is refused like an operation. */
import { err, ok } from '../../base/index.js';
import { type CapacityLimits, NODE_ERROR_CODES, type NodeErrorCode, serviceError } from '../../model/index.js';
import type { AccountState } from '../entities.js';
import { NODE } from '../node-table.js';
import { findNode, findPool, nodeOf, type OnNode, type OnPool } from '../pools/pool-lookups.js';
import { seekSpotLater } from '../pools/spot-quota.js';
import { onCapacityChange, useCapacity } from '../pools/spot-seeking.js';
import { type Answered, DONE } from '../service/answer.js';
import type { World } from '../world.js';
import { regainContact, severContact } from './contact-loss.js';
import { loseWhileLeaving } from './draining.js';
import { becomeUnusable } from './losses.js';
import { isPreemptible, preemptNode } from './replacement.js';
import { restart } from './restarting.js';

/** States in which there is no running VM that could be lost. */
const LOST: ReadonlySet<number> = new Set([NODE.unusable, NODE.preempted, NODE.deallocated, NODE.leavingpool]);
const REBOOTABLE: ReadonlySet<number> = new Set([
  NODE.starting,
  NODE.waitingforstarttask,
  NODE.starttaskfailed,
  NODE.idle,
  NODE.running,
  NODE.offline,
  NODE.unknown,
]);

/** NODE-11: so many spot nodes, the lowest ordinals that have a VM; or the named ones, as far as they have one. */
export function preemptNodes(
  world: World,
  account: AccountState,
  given: OnPool & { readonly count: number | null; readonly nodes: readonly string[] | null },
): Answered {
  const pool = findPool(account, given.poolId);
  if (!pool.ok) return pool;
  const rows = [...pool.value.nodeRows];
  if (given.nodes !== null) {
    rows.length = 0;
    for (const name of given.nodes) {
      const node = nodeOf(world, pool.value, name);
      if (!node.ok) return node;
      if (world.nodes.kind[node.value] === 0) return err(serviceError('OperationNotValidOnNode')); // NODE-21
      if (!rows.includes(node.value)) rows.push(node.value);
    }
    rows.sort((a, b) => a - b);
  }
  const victims = rows.filter((node) => isPreemptible(world, node));
  for (const node of victims.slice(0, given.count ?? victims.length)) preemptNode(world, node);
  return ok(DONE);
}

/** NODE-13 to NODE-15: the node becomes unusable, with one of the codes of ERR-23 or without. */
export function failNode(
  world: World,
  account: AccountState,
  given: OnNode & { readonly error: string | null; readonly recovers: boolean | null },
): Answered {
  const found = findNode(world, account, given);
  if (!found.ok) return found;
  const state = world.nodes.state[found.value] as number;
  if (state === NODE.leavingpool && loseWhileLeaving(world, found.value, 'nodeFailed')) return ok(DONE);
  if (LOST.has(state)) return err(serviceError('OperationInvalidForCurrentState'));
  const error = NODE_ERROR_CODES.find((code): code is NodeErrorCode => code === given.error) ?? null;
  const recovers = given.recovers ?? given.error === null; // NODE-14
  becomeUnusable(world, found.value, { cause: error ?? 'hostFailure', error, recovers });
  return ok(DONE);
}

/** NODE-13: the service hears nothing from the node any more; its tasks run on as far as anybody knows. */
export function loseContact(world: World, account: AccountState, given: OnNode): Answered {
  const found = findNode(world, account, given);
  if (!found.ok) return found;
  const state = world.nodes.state[found.value] as number;
  if (LOST.has(state) || state === NODE.unknown) return err(serviceError('OperationInvalidForCurrentState'));
  severContact(world, found.value);
  return ok(DONE);
}

/** NODE-13, NODE-14: contact is back; a node that is unusable is rebooted. */
export function recoverNode(world: World, account: AccountState, given: OnNode): Answered {
  const found = findNode(world, account, given);
  if (!found.ok) return found;
  const state = world.nodes.state[found.value] as number;
  if (state === NODE.unusable) restart(world, found.value, 'reboot', 'recovered');
  else if (state === NODE.unknown) regainContact(world, found.value);
  else return err(serviceError('OperationInvalidForCurrentState'));
  return ok(DONE);
}

/** NODE-22: the node's host reboots; its tasks are interrupted. */
export function hostReboot(world: World, account: AccountState, given: OnNode): Answered {
  const found = findNode(world, account, given);
  if (!found.ok) return found;
  if (!REBOOTABLE.has(world.nodes.state[found.value] as number))
    return err(serviceError('OperationInvalidForCurrentState'));
  restart(world, found.value, 'reboot', 'hostReboot', 'hostRebooted');
  return ok(DONE);
}

/** ACC-09: so many VMs of each kind can be had from now on; null: as many as anybody wants. */
export function setCapacity(world: World, account: AccountState, given: OnPool & CapacityLimits): Answered {
  const found = findPool(account, given.poolId);
  if (!found.ok) return found;
  const pool = found.value;
  const { dedicatedNodes, lowPriorityNodes } = given;
  pool.spec = { ...pool.spec, capacity: [{ fromMs: world.nowMs, toMs: null, dedicatedNodes, lowPriorityNodes }] };
  useCapacity(world, pool);
  seekSpotLater(world, account);
  return ok(DONE);
}

/** ACC-09: the same of a VM size in the region of the account, for all pools there. */
export function setRegionCapacity(
  world: World,
  account: AccountState,
  { vmSize, dedicatedNodes, lowPriorityNodes }: CapacityLimits & { readonly vmSize: string },
): Answered {
  const supply = world.supplies.at(account.spec, account.row, vmSize);
  supply.windows = [{ fromMs: world.nowMs, toMs: null, dedicatedNodes, lowPriorityNodes }];
  onCapacityChange(world);
  return ok(DONE);
}
