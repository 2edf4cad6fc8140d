/** Which nodes a shrinking pool gives up first (RSZ-15). */
import { stateOf, tasksOn } from './lookups.js';
import type { NodeState, World } from './world.js';

/** RSZ-15: first removed first. */
export function compareForRemoval(world: World, a: NodeState, b: NodeState): number {
  const used = (node: NodeState) => tasksOn(world, node).reduce((slots, task) => slots + task.slots, 0);
  return removalRank(world, a) - removalRank(world, b) || used(a) - used(b) || b.ordinal - a.ordinal;
}

function removalRank(world: World, node: NodeState): number {
  const state = stateOf(node);
  const rank = REMOVAL_ORDER.findIndex((states) => states.includes(state));
  const hasManager = tasksOn(world, node).some(({ manager }) => manager !== null);
  return state === 'running' && hasManager ? REMOVAL_ORDER.length : rank;
}

const REMOVAL_ORDER: readonly (readonly string[])[] = [
  ['preempted', 'deallocated', 'deallocating'],
  ['unusable', 'starttaskfailed', 'unknown'],
  ['offline'],
  ['creating', 'starting', 'waitingforstarttask', 'rebooting', 'reimaging', 'upgradingos'],
  ['idle'],
  ['running'],
];
