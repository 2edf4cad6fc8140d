/**
 * Placement of tasks that cannot go to just any node with room: managers, multi-instance tasks, and tasks of jobs whose
 * preparation failed on some nodes (JM-05, JM-06, MI-03, MI-04, PREP-05). Slower: looks at nodes one by one.
 */
import { affinityOrdinal } from '../affinity.js';
import { assign, assignGang } from '../attempts.js';
import type { JobState, PoolState } from '../entities.js';
import { closeNode, openNode } from '../node-doors.js';
import { CLOSED } from '../node-table.js';
import type { Lane } from '../queues.js';
import { dequeue } from '../waiting.js';
import type { World } from '../world.js';

/** Whether the lane's tasks need a look at single nodes. */
export function isParticular(job: JobState, lane: Lane): boolean {
  return lane.isManager || lane.isGang || job.barred.size > 0;
}

/** Places the lane's first task if some node, or enough nodes, can take it. Whether it did. */
export function placeParticular(world: World, pool: PoolState, job: JobState, lane: Lane): boolean {
  if (lane.isGang) return placeGang(world, pool, job, lane);
  const ordinal = chooseParticular(world, pool, job, lane);
  if (ordinal === -1) return false;
  const task = dequeue(pool, job, lane);
  assign(world, pool, task, lane.slots, ordinal);
  if (lane.isManager) holdExclusively(world, pool, job, ordinal);
  return true;
}

/** JM-05: nothing else starts on the manager's node while it runs. */
export function holdExclusively(world: World, pool: PoolState, job: JobState, ordinal: number): void {
  if (job.spec.jobManagerTask?.runExclusive !== true) return;
  closeNode(world, pool.nodeRows[ordinal] as number, CLOSED.exclusive);
}

/** SCH-07, SCH-08 among the nodes that the job's tasks may use. */
function chooseParticular(world: World, pool: PoolState, job: JobState, lane: Lane): number {
  const { nodes } = world;
  const wanted = affinityOrdinal(world, pool, lane.queue.first());
  const isPacked = pool.spec.nodeFillType === 'pack';
  let best = -1;
  let bestRank = Number.POSITIVE_INFINITY;
  for (let ordinal = 0; ordinal < pool.nodeRows.length; ordinal++) {
    const node = pool.nodeRows[ordinal] as number;
    if (!mayTake(world, pool, job, lane, node)) continue;
    if (ordinal === wanted) return ordinal;
    const free = nodes.free[node] as number;
    const rank = (isPacked ? free : pool.spec.taskSlotsPerNode - free) * 2 + (nodes.kind[node] as number);
    if (rank < bestRank) {
      bestRank = rank;
      best = ordinal;
    }
  }
  return best;
}

/** Whether the node can take a task of the lane now (SCH-07). */
export function mayTake(world: World, pool: PoolState, job: JobState, lane: Lane, node: number): boolean {
  const { nodes } = world;
  const free = nodes.free[node] as number;
  if (nodes.closed[node] !== 0 || free < lane.slots || job.barred.has(node)) return false;
  if (!lane.isManager) return true;
  const manager = job.spec.jobManagerTask;
  if (manager?.runExclusive === true && free < pool.spec.taskSlotsPerNode) return false;
  return isKindAllowed(world, job, node);
}

/** JM-06. */
export function isKindAllowed(world: World, job: JobState, node: number): boolean {
  return job.spec.jobManagerTask?.allowLowPriorityNode !== false || world.nodes.kind[node] === 0;
}

/** MI-03, MI-04: all or nothing, the lowest eligible idle nodes, dedicated first. */
function placeGang(world: World, pool: PoolState, job: JobState, lane: Lane): boolean {
  if (!pool.spec.enableInterNodeCommunication || pool.spec.taskSlotsPerNode !== 1) return false; // MI-01
  const ordinals = idleNodes(world, pool, job);
  if (ordinals.length < lane.nodes) return false;
  assignGang(world, pool, dequeue(pool, job, lane), ordinals.slice(0, lane.nodes));
  return true;
}

function idleNodes(world: World, pool: PoolState, job: JobState): number[] {
  const { nodes } = world;
  const byKind: [number[], number[]] = [[], []];
  pool.nodeRows.forEach((node, ordinal) => {
    if (nodes.closed[node] !== 0 || nodes.free[node] !== 1 || job.barred.has(node)) return;
    (byKind[nodes.kind[node] as number] as number[]).push(ordinal);
  });
  return [...byKind[0], ...byKind[1]];
}

/**
 * MI-03 with `multiInstanceReservation`: idle nodes are held back, for the rest of the pass, for a multi-instance task
 * that waits for more of them.
 */
export function reserveForGangs(world: World, pool: PoolState, job: JobState, lane: Lane): void {
  if (!lane.isGang || !world.scenario.options.multiInstanceReservation) return;
  for (const ordinal of idleNodes(world, pool, job).slice(0, lane.nodes)) {
    const node = pool.nodeRows[ordinal] as number;
    closeNode(world, node, CLOSED.reserved);
    pool.reserved.push(node);
  }
}

/** The pass is over: what was held back is free again. */
export function endReservations(world: World, pool: PoolState): void {
  for (const node of pool.reserved) openNode(world, node, CLOSED.reserved);
  pool.reserved.length = 0;
}
