/** A node that has booted and run its start task: it takes tasks from now on. */

import { combine } from '../../base/index.js';
import { sampleMs } from '../../model/index.js';
import { eventCode } from '../engine/event-queue.js';
import { SIM_EVENT } from '../events.js';
import { openNode } from '../node-doors.js';
import { CLOSED } from '../node-table.js';
import { PURPOSE } from '../purposes.js';
import type { World } from '../world.js';
import { moveNode } from './moves.js';

/** The node takes tasks from now on (SCH-02), unless its scheduling is disabled (NODE-04). It waits for no other node. */
export function becomeReady(world: World, node: number): void {
  const { nodes } = world;
  const isDisabled = ((nodes.closed[node] as number) & CLOSED.schedulingDisabled) !== 0;
  moveNode(world, node, isDisabled ? 'takeOffline' : 'ready');
  openNode(world, node, CLOSED.notReady);
  if (world.isCalm) return;
  const life = world.lives.of(node);
  life.isUp = true;
  life.isStruck = false;
  awaitFault(world, node);
  world.hooks.onNodeBack(world, node);
}

/** NODE-13, `faults.unusable`: how long contact lasts is drawn anew each time the node becomes ready. */
function awaitFault(world: World, node: number): void {
  const pool = world.poolOfNode(node);
  const { unusable } = pool.spec.faults;
  if (unusable === null) return;
  const { nodes, uniforms, nowMs } = world;
  const entity = combine(pool.key, nodes.ordinal[node] as number);
  const afterMs = sampleMs(unusable, uniforms.seek(entity, nodes.boots[node] as number, PURPOSE.nodeFault));
  const fault = { atMs: nowMs + Math.max(1, afterMs), code: eventCode(SIM_EVENT.nodeFault, node) };
  world.lives.of(node).fault = fault;
  world.background.push(fault.atMs, fault.code);
}
