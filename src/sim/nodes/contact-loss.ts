/** NODE-13: contact with a node is lost, and comes back. */

import { hearFrom } from '../contact.js';
import { closeNode, openNode } from '../node-doors.js';
import { CLOSED } from '../node-table.js';
import type { World } from '../world.js';
import { awaitContactLoss } from './blows.js';
import { onNodeEmptied } from './draining.js';
import { cancelStep, moveNode } from './moves.js';
import { restart } from './restarting.js';

/** The node is `unknown`: it takes no tasks, and what happens on it is not heard of. */
export function severContact(world: World, node: number): void {
  cancelStep(world, node);
  closeNode(world, node, CLOSED.notReady);
  moveNode(world, node, 'lose', 'contactLost');
}

/** The node is what it was; one that had not come to the end of its boot boots again, for nobody saw it do so. */
export function regainContact(world: World, node: number): void {
  const { nodes } = world;
  const life = world.lives.of(node);
  if (!life.isUp) {
    restart(world, node, 'reboot', 'recovered');
    return;
  }
  const isBusy = nodes.isBusy(node);
  const isDisabled = ((nodes.closed[node] as number) & CLOSED.schedulingDisabled) !== 0;
  moveNode(world, node, isBusy ? 'regainBusy' : isDisabled ? 'takeOffline' : 'regain', 'recovered');
  openNode(world, node, CLOSED.notReady);
  life.isStruck = false;
  awaitContactLoss(world, node);
  hearFrom(world, node);
  onNodeEmptied(world, node); // it may have been waited for
}
