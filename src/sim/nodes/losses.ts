/** Nodes that are lost: unusable, or their VM taken away (NODE-11, NODE-13 to NODE-15). */

import { combine } from '../../base/index.js';
import { type NodeErrorCode, sampleMs, TYPICAL_RECOVERY } from '../../model/index.js';
import type { AttemptEnd, NodeCause } from '../../recording/index.js';
import { forgetUnheard } from '../contact.js';
import { loseTask } from '../endings.js';
import { SIM_EVENT } from '../events.js';
import type { NodeLoss } from '../hooks.js';
import { simpleLatency } from '../latencies.js';
import { closeNode, openNode } from '../node-doors.js';
import { CLOSED } from '../node-table.js';
import { PURPOSE } from '../purposes.js';
import { holdsSlots } from '../whereabouts.js';
import type { World } from '../world.js';
import { cancelBlows } from './blows.js';
import { awaitStep, cancelStep, moveNode } from './moves.js';
import { stopStartTask } from './start-task.js';

/** What is wrong with an unusable node. */
export interface Defect {
  readonly cause: NodeCause;
  /** ERR-23: what stands in its `errors`; null: nothing, contact is lost. */
  readonly error: NodeErrorCode | null;
  /** NODE-14: the service tries to bring it back. */
  readonly recovers: boolean;
}

/** NODE-13 to NODE-15: the node's tasks go back to the queue, as an internal recovery, and it takes none. */
export function becomeUnusable(world: World, node: number, defect: Defect): void {
  takeOff(world, node, 'nodeFailed', 'failed');
  moveNode(world, node, 'fail', defect.cause);
  world.hooks.onNodeBack(world, node);
  const life = world.lives.of(node);
  life.error = defect.error;
  if (defect.recovers) awaitStep(world, node, SIM_EVENT.nodeReturned, recoverMs(world, node));
}

/**
 * Whatever runs on the node ends there: tasks go back to the queue as interrupted, and jobs and start task lose what they
 * had. The node takes no tasks from now on; the caller moves it.
 */
export function takeOff(world: World, node: number, cause: AttemptEnd, how: NodeLoss): void {
  closeNode(world, node, CLOSED.notReady);
  const life = world.lives.of(node);
  standDown(world, node);
  forgetUnheard(life);
  // The end of one task may take others with it.
  for (const task of world.tasksOn(node)) {
    if (holdsSlots(world, task) && world.tasksOn(node).includes(task)) loseTask(world, task, cause);
  }
  stopStartTask(world, node);
  if (how !== 'rebooted' && how !== 'failed' && how !== 'deallocated') life.diskSinceMs = world.nowMs;
  world.hooks.onNodeLost(world, node, how);
}

/** Whatever the node waited for is void. */
export function standDown(world: World, node: number): void {
  const life = world.lives.of(node);
  cancelStep(world, node);
  life.change = null;
  openNode(world, node, CLOSED.draining);
  life.isUp = false;
  cancelBlows(world, life);
  life.waitsForCapacity = false;
}

/** Row 29: how long the service takes until it reboots a node that it lost contact with, in ms. */
export function recoverMs(world: World, node: number): number {
  const pool = world.poolOfNode(node);
  const { nodes, uniforms } = world;
  const [ordinal, boot] = [nodes.ordinal[node] as number, nodes.boots[node] as number];
  const given = simpleLatency(pool, 'recover', ordinal, boot, uniforms);
  if (given !== null) return given;
  if (pool.spec.timing.base === 'none') return 0;
  return sampleMs(TYPICAL_RECOVERY, uniforms.seek(combine(pool.key, ordinal), boot, PURPOSE.recover));
}
