/** Nodes that leave their pool (RSZ-11 to RSZ-17). */
import { type NodeDeallocationOption, sampleMs, TYPICAL_LEAVE } from '../../model/index.js';
import { NODE_CAUSES, type NodeCause } from '../../recording/index.js';
import { hearFrom } from '../contact.js';
import { SIM_EVENT } from '../events.js';
import { simpleLatency } from '../latencies.js';
import { openNode } from '../node-doors.js';
import { CLOSED, NODE } from '../node-table.js';
import type { World } from '../world.js';
import { type FreeingCause, freeNode } from './draining.js';
import { standDown } from './losses.js';
import { awaitStep, cancelStep, endStep, logGone, moveNode } from './moves.js';
import { stopStartTask } from './start-task.js';

/** By a resize, or with its pool. */
const REMOVED: FreeingCause = { requeue: 'nodeRemoved', stop: 'nodeRemoved' };
const WITH_POOL: FreeingCause = { requeue: 'poolDeleted', stop: 'nodeRemoved' };

/** RSZ-13: the node was chosen for removal: in `leavingpool` from now on, gone once it is free and `leave` has passed. */
export function leavePool(world: World, node: number, option: NodeDeallocationOption, cause: NodeCause): void {
  const { nodes } = world;
  // ACC-09: from now on it is no VM that is awaited, and holds none.
  world.lives.of(node).wasTaken = nodes.state[node] === NODE.preempted;
  const isUp = world.lives.of(node).isUp;
  standDown(world, node);
  world.lives.of(node).isUp = isUp;
  const wasSilent = nodes.state[node] === NODE.unknown;
  const hadVm = nodes.state[node] !== NODE.preempted && nodes.state[node] !== NODE.deallocated;
  moveNode(world, node, 'leave', cause);
  if (wasSilent) hearFrom(world, node);
  nodes.endReason[node] = NODE_CAUSES.indexOf(cause);
  // Data on a node that is not up can be had by nobody, and are not waited for.
  const waits = option === 'retaineddata' && !isUp ? 'taskcompletion' : option;
  freeNode(world, node, waits, cause === 'poolDeleted' ? WITH_POOL : REMOVED, () => depart(world, node, hadVm));
}

/** POOL-16: the pool is deleted while the node drains: its tasks go back now, and no data is waited for. */
export function leaveWithPool(world: World, node: number): void {
  if (world.lives.of(node).change === null) return; // it is free and on its way out
  freeNode(world, node, 'requeue', WITH_POOL, () => depart(world, node, true));
}

/** RSZ-14: the node could not leave in time; it is what it was, and takes tasks again. Whether it could be kept. */
export function stayInPool(world: World, node: number): boolean {
  const life = world.lives.of(node);
  if (life.change === null) return false; // it is free and on its way out
  cancelStep(world, node);
  life.change = null;
  const { nodes } = world;
  const isDisabled = ((nodes.closed[node] as number) & CLOSED.schedulingDisabled) !== 0;
  moveNode(world, node, nodes.isBusy(node) ? 'stayBusy' : isDisabled ? 'takeOffline' : 'stay', 'resizeTimeout');
  openNode(world, node, CLOSED.draining);
  return true;
}

/** The node is free of tasks: its VM goes (row 12). */
function depart(world: World, node: number, hasVm: boolean): void {
  const delayMs = hasVm ? leaveMs(world, node) : 0; // BILL-04, BILL-05: there is nothing to be taken away
  if (delayMs > 0) awaitStep(world, node, SIM_EVENT.nodeGone, delayMs);
  else onNodeGone(world, node);
}

/** The node has left (phase 4): it is charged no more (BILL-03), and its data are lost (RSZ-17). */
export function onNodeGone(world: World, node: number): void {
  const { nodes, nowMs } = world;
  endStep(world, node);
  stopStartTask(world, node);
  world.hooks.onNodeLost(world, node, 'gone');
  nodes.book(node, nowMs);
  nodes.goneMs[node] = nowMs;
  world.sampling.touch(node);
  const pool = world.poolOfNode(node);
  pool.present.splice(pool.present.lastIndexOf(node), 1);
  if (world.lives.of(node).wasTaken) pool.preempted -= 1;
  logGone(world, node, NODE_CAUSES[nodes.endReason[node] as number] as NodeCause);
  world.hooks.onNodeLeft(world, node);
}

function leaveMs(world: World, node: number): number {
  const pool = world.poolOfNode(node);
  const given = simpleLatency(pool, 'leave', world.nodes.ordinal[node] as number, 0, world.uniforms);
  if (given !== null) return given;
  return pool.spec.timing.base === 'none' ? 0 : sampleMs(TYPICAL_LEAVE, world.uniforms);
}
