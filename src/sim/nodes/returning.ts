/** Nodes that come back by themselves (NODE-08, NODE-13, NODE-14). */
import { NODE } from '../node-table.js';
import type { World } from '../world.js';
import { regainContact } from './contact-loss.js';
import { endStep } from './moves.js';
import { comeUp, restart } from './restarting.js';

/** A reboot, reimage, upgrade or silence is over, or the service brings an unusable node back (phase 4). */
export function onNodeReturned(world: World, node: number): void {
  endStep(world, node);
  const state = world.nodes.state[node];
  if (state === NODE.unusable) restart(world, node, 'reboot', 'recovered');
  else if (state === NODE.unknown) regainContact(world, node);
  else comeUp(world, node);
}
