/** Nodes by the names that users give them: an ordinal (`n3`), an id, or an affinity id (NODE-16, TASK-19). */
import type { PoolState } from './entities.js';
import type { World } from './world.js';

/** The ordinal of the node that a task would like, -1 if it names none of this pool. */
export function affinityOrdinal(world: World, pool: PoolState, task: number): number {
  const id = world.setOf(task).instance.set.affinityId;
  return id === null ? -1 : ordinalOf(world, pool, id);
}

/** The ordinal that a node is named by (`n3`), or that of the node with this id (or affinity id, NODE-16); else -1. */
export function ordinalOf(world: World, pool: PoolState, id: string): number {
  const ordinal = /^n?([0-9]{1,9})$/.exec(id);
  if (ordinal !== null) return Number(ordinal[1]);
  const bare = id.startsWith('TVM:') ? id.slice(4) : id;
  const { ordinals, nodeRows } = pool;
  for (let at = ordinals.size; at < nodeRows.length; at++) ordinals.set(world.nodeIdOf(nodeRows[at] as number), at);
  return ordinals.get(bare) ?? -1;
}
