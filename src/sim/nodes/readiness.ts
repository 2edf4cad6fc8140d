/** A node that has booted and run its start task: it takes tasks from now on. */
import { openNode } from '../node-doors.js';
import { CLOSED } from '../node-table.js';
import type { World } from '../world.js';
import { awaitBlows } from './blows.js';
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
  awaitBlows(world, node);
  world.hooks.onNodeBack(world, node);
}
