/** Questions about the world that have one answer, each found by looking at everything; and how a node's state is written. */
import type { Account, CapacityWindow, NodeKind, NodeState as NodeLife } from '../../../src/model/index.js';
import type { Attempt, JobState, NodeState, PoolState, TaskState, World } from './world.js';
/** How many nodes of a kind a pool can hold at an instant: the tightest window that is open (ACC-09). */
export function capacityAt(windows: readonly CapacityWindow[], kind: NodeKind, atMs: number): number {
  let most = Number.POSITIVE_INFINITY;
  for (const window of windows) {
    const limit = kind === 'dedicated' ? window.dedicatedNodes : window.lowPriorityNodes;
    const open = window.fromMs <= atMs && (window.toMs === null || atMs < window.toMs);
    if (open && limit !== null) most = Math.min(most, limit);
  }
  return most;
}

/** The state that a node is in. */
export function stateOf(node: NodeState): NodeLife {
  const latest = node.history[node.history.length - 1];
  if (latest === undefined) throw new Error('a node has a state from the beginning');
  return latest.state;
}

/** Nodes that have not left. */
export function nodesOf(pool: PoolState): NodeState[] {
  return pool.nodes.filter((node) => node.goneMs === null);
}

/** Tasks that hold slots of a node, in creation order. */
export function tasksOn(world: World, node: NodeState): TaskState[] {
  return world.tasks.filter((task) => task.attempt?.nodes.includes(node) ?? false);
}

/** Slots of a node that no task holds (SCH-10). */
export function freeSlots(world: World, node: NodeState): number {
  let free = node.pool.pool.taskSlotsPerNode;
  for (const task of tasksOn(world, node)) free -= task.slots;
  return free;
}

/** The pool of this id that is there; ids ignore case (ACC-17). */
export function findPool(world: World, account: Account, id: string): PoolState | null {
  const is = (pool: PoolState) => pool.goneMs === null && pool.pool.id.toLowerCase() === id.toLowerCase();
  return world.pools.find((pool) => pool.account === account && is(pool)) ?? null;
}

/** The pool that a job is bound to; a pool that does not exist is no error (JOB-03). */
export function poolOf(world: World, job: JobState): PoolState | null {
  return findPool(world, job.account, job.poolId);
}

/** Neither completed, deleted nor given up. */
export function isAlive(task: TaskState): boolean {
  return task.state !== 'completed' && task.deletedMs === null && !task.givenUp;
}

/** Whether the process of a task may be followed: contact with all its nodes is there (NODE-13). */
export function inContact(attempt: Attempt): boolean {
  return attempt.nodes.every((node) => stateOf(node) !== 'unknown');
}

/** ACC-09: whether one more VM of this kind can be had. */
export function hasRoom(world: World, pool: PoolState, kind: NodeKind): boolean {
  const most = pool.capacityNow?.[kind] ?? capacityAt(pool.pool.capacity, kind, world.now);
  return nodesOf(pool).filter((node) => node.kind === kind && stateOf(node) !== 'preempted').length < most;
}

/** Moves a node to a state, now. */
export function enter(world: World, node: NodeState, state: NodeLife): void {
  node.history.push({ state, busy: tasksOn(world, node).length > 0, atMs: world.now });
  world.changed = true;
}

/** ACC-15: when its life is over, counted from its addition. */
export function lifetimeEndMs(world: World, task: TaskState): number {
  return task.submitMs + (world.scenario.options.taskLifetimeMs ?? Number.POSITIVE_INFINITY);
}
