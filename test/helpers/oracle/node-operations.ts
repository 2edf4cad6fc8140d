/** Operations on nodes, and what befalls them (NODE-03 to NODE-14): what is refused, what is carried out. */
import type { Account, Operation } from '../../../src/model/index.js';
import { findPool, nodesOf, stateOf } from './lookups.js';
import * as nodes from './nodes.js';
import type { NodeState, PoolState, World } from './world.js';

/** Batch's code of the refusal; null: it was accepted and carried out. */
export function onNode(
  world: World,
  account: Account,
  operation: Extract<Operation, { readonly node: string }>,
): string | null {
  const pool = findPool(world, account, operation.poolId);
  if (pool === null) return 'PoolNotFound';
  const node = findNode(pool, operation.node);
  if (node === null) return 'NodeNotFound';
  const state = stateOf(node);
  switch (operation.kind) {
    case 'failNode': {
      const recovers = operation.recovers ?? operation.error === null; // NODE-14
      return canBeLost(state) || nodes.isDraining(node) ? accept(() => nodes.fail(world, node, recovers)) : WRONG_STATE;
    }
    case 'loseContact':
      return canBeLost(state) && state !== 'unknown' ? accept(() => nodes.loseContact(world, node)) : WRONG_STATE;
    case 'recoverNode':
      return ['unknown', 'unusable'].includes(state) ? accept(() => nodes.recover(world, node)) : WRONG_STATE;
    case 'hostReboot':
      return REBOOTABLE.has(state) ? accept(() => nodes.rebootHost(world, node)) : WRONG_STATE;
    case 'disableNodeScheduling':
      if (node.scheduling === 'disabled') return 'NodeAlreadyInTargetSchedulingState'; // NODE-03
      return accept(() => nodes.disableScheduling(world, node, operation.option ?? 'requeue'));
    case 'enableNodeScheduling':
      if (node.scheduling === 'enabled') return 'NodeAlreadyInTargetSchedulingState';
      return accept(() => nodes.enableScheduling(world, node));
    case 'rebootNode':
    case 'reimageNode': {
      const how = operation.kind === 'rebootNode' ? 'reboot' : 'reimage';
      const code = refusedRestart(world, state);
      return code ?? accept(() => nodes.restart(world, node, how, operation.option ?? 'requeue'));
    }
    case 'deallocateNode':
      if (state === 'unusable') return 'NodeStateUnusable';
      if (state !== 'idle' && state !== 'running') return refusedRestart(world, state) ?? WRONG_STATE;
      return accept(() => nodes.deallocate(world, node, operation.option ?? 'requeue'));
    case 'startNode':
      return state === 'deallocated' ? accept(() => nodes.startAgain(world, node)) : WRONG_STATE;
    default:
      throw new Error(`the oracle does not know ${operation.kind}`);
  }
}

/** Batch's code for what the state does not allow and no other code says. */
export const WRONG_STATE = 'OperationInvalidForCurrentState';
const REBOOTABLE: ReadonlySet<string> = new Set([
  ...['starting', 'waitingforstarttask', 'starttaskfailed', 'idle', 'running', 'offline', 'unknown'],
]);

function canBeLost(state: string): boolean {
  return !['unusable', 'preempted', 'deallocated', 'leavingpool'].includes(state);
}

/** NODE-06. */
function refusedRestart(world: World, state: string): string | null {
  if (state === 'idle' || state === 'running') return null;
  if (state === 'unusable' || state === 'starttaskfailed') {
    if (world.scenario.options.rebootUnusable) return null;
    return state === 'unusable' ? 'NodeStateUnusable' : WRONG_STATE;
  }
  const codes: Readonly<Record<string, string>> = {
    creating: 'NodeBeingCreated',
    starting: 'NodeBeingStarted',
    rebooting: 'NodeBeingRebooted',
    reimaging: 'NodeBeingReimaged',
  };
  return codes[state] ?? WRONG_STATE;
}

/** The lowest ordinals that can be taken; or the named ones. */
export function preempted(
  pool: PoolState,
  { count, nodes: names }: { count: number | null; nodes: readonly string[] | null },
) {
  const gone = new Set(['preempted', 'leavingpool', 'deallocated']);
  const hasVm = (node: NodeState) => !gone.has(stateOf(node)) || nodes.isDraining(node);
  const open = nodesOf(pool).filter((node) => node.kind === 'spot' && hasVm(node));
  if (names === null) return open.slice(0, count ?? open.length);
  return open.filter((node) => names.some((name) => findNode(pool, name) === node));
}

/** By `n0` or by its id (NODE-16). */
export function findNode(pool: PoolState, name: string): NodeState | null {
  return nodesOf(pool).find((node) => name === `n${node.ordinal}` || name === node.id) ?? null;
}

/** Accepted, and carried out. */
export function accept(carryOut: () => void): null {
  carryOut();
  return null;
}
