/** Which nodes a shrinking pool gives up first (RSZ-15). */
import type { NodeState } from '../../model/index.js';
import { NODE_STATES } from '../../model/index.js';
import type { PoolState } from '../entities.js';
import { NODE } from '../node-table.js';
import { TASK_FLAG } from '../task-table.js';
import type { World } from '../world.js';

/** First removed first. Nodes without a VM go before all others. */
const ORDER: readonly (readonly NodeState[])[] = [
  ['preempted', 'deallocated', 'deallocating'],
  ['unusable', 'starttaskfailed', 'unknown'],
  ['offline'],
  ['creating', 'starting', 'waitingforstarttask', 'rebooting', 'reimaging', 'upgradingos'],
  ['idle'],
  ['running'],
];

/** Place of each state in {@link ORDER}, by its index. */
const RANK = NODE_STATES.map((state) => ORDER.findIndex((states) => states.includes(state)));

/** Nodes of a kind that the pool has and keeps: neither gone nor leaving, in order of their ordinals. */
export function stayingNodes(world: World, pool: PoolState, kind: number): number[] {
  const { nodes } = world;
  return pool.present.filter((node) => nodes.kind[node] === kind && nodes.state[node] !== NODE.leavingpool);
}

/** The nodes of a kind that are to go, so that `target` of them stay. */
export function chooseToRemove(world: World, pool: PoolState, kind: number, target: number): number[] {
  const staying = stayingNodes(world, pool, kind);
  if (staying.length <= target) return [];
  const ranked = staying.map((node) => ({
    node,
    rank: rankOf(world, node),
    used: pool.spec.taskSlotsPerNode - (world.nodes.free[node] as number),
  }));
  // The later a node came, the higher is its row: the highest ordinal goes first.
  ranked.sort((a, b) => a.rank - b.rank || a.used - b.used || b.node - a.node);
  return ranked.slice(0, staying.length - target).map(({ node }) => node);
}

/** Nodes that run a job manager are kept as long as possible. */
function rankOf(world: World, node: number): number {
  const { nodes, tasks } = world;
  const state = nodes.state[node] as number;
  const rank = RANK[state] as number;
  if (state !== NODE.running) return rank;
  const runsManager = world.tasksOn(node).some((task) => (tasks.flags[task] as number) & TASK_FLAG.manager);
  return runsManager ? rank + 1 : rank;
}
