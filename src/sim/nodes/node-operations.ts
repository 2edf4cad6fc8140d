/** What users ask of nodes: scheduling, reboot, reimage, deallocate, start (NODE-03 to NODE-10). */
import { err, ok } from '../../base/index.js';
import {
  NODE_STATES,
  type NodeDeallocationOption,
  type NodeState,
  SCHEDULING_MOVES,
  SCHEDULING_STATES,
  SCHEDULING_TRIGGERS,
  type ServiceError,
  type ServiceErrorCode,
  SUCCESS_STATUS,
  serviceError,
} from '../../model/index.js';
import { Transitions } from '../engine/transitions.js';
import type { AccountState } from '../entities.js';
import { LOGGED } from '../event-log.js';
import { closeNode, openNode } from '../node-doors.js';
import { CLOSED, NODE } from '../node-table.js';
import { findNode, type OnNode } from '../pools/pool-lookups.js';
import type { Answered } from '../service/answer.js';
import type { World } from '../world.js';
import { stopTasks } from './draining.js';
import { moveNode } from './moves.js';
import { deallocateWhenFree, restartWhenFree, startDeallocated } from './restarting.js';

const SCHEDULING = new Transitions('node scheduling', SCHEDULING_STATES, SCHEDULING_TRIGGERS, SCHEDULING_MOVES);
const [ENABLED, DISABLED] = [SCHEDULING_STATES.indexOf('enabled'), SCHEDULING_STATES.indexOf('disabled')];

interface WithOption extends OnNode {
  /** null: requeue. */
  readonly option: NodeDeallocationOption | null;
}

/** NODE-04: no task starts on the node any more; it is offline once it is free of tasks. */
export function disableNodeScheduling(
  world: World,
  account: AccountState,
  given: OnNode & { readonly option: 'requeue' | 'terminate' | 'taskcompletion' | null },
): Answered {
  const found = findNode(world, account, given);
  if (!found.ok) return found;
  const node = found.value;
  if (!SCHEDULING.allows(schedulingOf(world, node), SCHEDULING_TRIGGERS.indexOf('disable')))
    return err(serviceError('NodeAlreadyInTargetSchedulingState'));
  closeNode(world, node, CLOSED.schedulingDisabled);
  world.log?.add(world.nowMs, LOGGED.nodeScheduling, node, 0);
  const option = given.option ?? 'requeue';
  const state = world.nodes.state[node];
  // One that is about to restart, and waits for data alone, is offline when it is up again.
  const isWaiting = world.lives.of(node).change !== null;
  if (state === NODE.idle && !isWaiting) moveNode(world, node, 'takeOffline', 'disableScheduling');
  else if (state === NODE.running && option !== 'taskcompletion')
    stopTasks(world, node, option, { requeue: 'nodeSchedulingDisabled', stop: 'nodeSchedulingDisabled' });
  return ok({ status: SUCCESS_STATUS.disableNodeScheduling });
}

/** NODE-05. */
export function enableNodeScheduling(world: World, account: AccountState, given: OnNode): Answered {
  const found = findNode(world, account, given);
  if (!found.ok) return found;
  const node = found.value;
  if (!SCHEDULING.allows(schedulingOf(world, node), SCHEDULING_TRIGGERS.indexOf('enable')))
    return err(serviceError('NodeAlreadyInTargetSchedulingState'));
  world.log?.add(world.nowMs, LOGGED.nodeScheduling, node, 1);
  if (world.nodes.state[node] === NODE.offline) moveNode(world, node, 'bringOnline', 'enableScheduling');
  openNode(world, node, CLOSED.schedulingDisabled);
  return ok({ status: SUCCESS_STATUS.enableNodeScheduling });
}

/** NODE-06 to NODE-08. */
export function rebootNode(world: World, account: AccountState, given: WithOption): Answered {
  const found = findNode(world, account, given);
  if (!found.ok) return found;
  const refusal = checkRestart(world, found.value);
  if (refusal !== null) return err(refusal);
  restartWhenFree(world, found.value, 'reboot', given.option ?? 'requeue', 'rebootNode');
  return ok({ status: SUCCESS_STATUS.rebootNode });
}

/** NODE-09. */
export function reimageNode(world: World, account: AccountState, given: WithOption): Answered {
  const found = findNode(world, account, given);
  if (!found.ok) return found;
  if (!world.scenario.options.allowReimage) return err(serviceError('OperationNotValidOnNode'));
  const refusal = checkRestart(world, found.value);
  if (refusal !== null) return err(refusal);
  restartWhenFree(world, found.value, 'reimage', given.option ?? 'requeue', 'reimageNode');
  return ok({ status: SUCCESS_STATUS.reimageNode });
}

/** NODE-10. */
export function deallocateNode(world: World, account: AccountState, given: WithOption): Answered {
  const found = findNode(world, account, given);
  if (!found.ok) return found;
  const state = stateOf(world, found.value);
  if (state !== 'idle' && state !== 'running') return err(serviceError(REFUSALS[state] ?? WRONG_STATE));
  deallocateWhenFree(world, found.value, given.option ?? 'requeue');
  return ok({ status: SUCCESS_STATUS.deallocateNode });
}

/** NODE-10. */
export function startNode(world: World, account: AccountState, given: OnNode): Answered {
  const found = findNode(world, account, given);
  if (!found.ok) return found;
  if (stateOf(world, found.value) !== 'deallocated') return err(serviceError(WRONG_STATE));
  startDeallocated(world, found.value);
  return ok({ status: SUCCESS_STATUS.startNode });
}

const WRONG_STATE: ServiceErrorCode = 'OperationInvalidForCurrentState';
/** NODE-06: what is said of a state in which a node cannot be restarted; the others have no code of their own. */
const REFUSALS: Partial<Readonly<Record<NodeState, ServiceErrorCode>>> = {
  creating: 'NodeBeingCreated',
  starting: 'NodeBeingStarted',
  rebooting: 'NodeBeingRebooted',
  reimaging: 'NodeBeingReimaged',
  unusable: 'NodeStateUnusable',
};

/** NODE-06: idle and running nodes, and with `rebootUnusable` those that a restart may mend. */
function checkRestart(world: World, node: number): ServiceError | null {
  const state = stateOf(world, node);
  if (state === 'idle' || state === 'running') return null;
  if ((state === 'unusable' || state === 'starttaskfailed') && world.scenario.options.rebootUnusable) return null;
  return serviceError(REFUSALS[state] ?? WRONG_STATE);
}

function stateOf(world: World, node: number): NodeState {
  return NODE_STATES[world.nodes.state[node] as number] as NodeState;
}

function schedulingOf(world: World, node: number): number {
  return (world.nodes.closed[node] as number) & CLOSED.schedulingDisabled ? DISABLED : ENABLED;
}
