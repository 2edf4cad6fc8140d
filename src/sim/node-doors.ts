/** Whether a node takes tasks: the reasons why not, kept together with its pool's index (SCH-07). */
import { CLOSED } from './node-table.js';
import type { World } from './world.js';

/** The node takes no task from now on, for this reason besides others. */
export function closeNode(world: World, node: number, reason: number): void {
  const { nodes } = world;
  const before = nodes.closed[node] as number;
  nodes.closed[node] = before | reason;
  if (before === 0) world.poolOfNode(node).index.update(nodes.place[node] as number, nodes.free[node] as number, 0);
}

/** The reason is gone; without another one the node takes tasks, and its pool is to be looked at if any wait. */
export function openNode(world: World, node: number, reason: number): void {
  const { nodes } = world;
  const before = nodes.closed[node] as number;
  const after = before & ~reason;
  nodes.closed[node] = after;
  if (before === 0 || after !== 0) return;
  const pool = world.poolOfNode(node);
  pool.index.update(nodes.place[node] as number, 0, nodes.free[node] as number);
  if (pool.waiting > 0 && reason !== CLOSED.reserved) world.touch(pool);
}
