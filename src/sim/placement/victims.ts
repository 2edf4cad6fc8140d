/** Whom to stop for a task of higher priority (SCH-16). Rare and slow: it looks at every node of the pool. */
import type { JobState, PoolState } from '../entities.js';
import { CLOSED } from '../node-table.js';
import type { Lane } from '../queues.js';
import { TASK_FLAG } from '../task-table.js';
import type { World } from '../world.js';
import { compareVictims, neededSlots, recency } from './eviction.js';
import { isKindAllowed } from './particular.js';

/** A node, and the tasks on it that are to be stopped: none, if those that are being stopped already are enough. */
export interface Victims {
  readonly ordinal: number;
  readonly tasks: readonly number[];
}

const NOTHING: ReadonlyMap<number, number> = new Map();

/**
 * The least costly set of stops: the fewest, of tasks of the lowest priority, most recently started, on the lowest ordinal;
 * null when no node could host the task.
 * @param promised slots by node, by row, that other tasks are to have
 */
export function leastCostly(
  world: World,
  pool: PoolState,
  job: JobState,
  lane: Lane,
  promised: ReadonlyMap<number, number> = NOTHING,
): Victims | null {
  const { priority } = job.spec;
  const slots = neededSlots(pool, job, lane);
  if (slots > pool.spec.taskSlotsPerNode) return null;
  let best: Victims | null = null;
  pool.nodeRows.forEach((node, ordinal) => {
    const closed = world.nodes.closed[node] as number;
    if ((closed & ~CLOSED.exclusive) !== 0 || job.barred.has(node)) return;
    if (lane.isManager && !isKindAllowed(world, job, node)) return; // JM-06
    const present = world.tasksOn(node);
    const candidates = present.filter((task) => isDisplaceable(world, task, priority));
    // JM-05: a manager that has the node for itself has to go, or nobody comes.
    if (closed !== 0 && candidates.length < present.length) return;
    const victims = closed === 0 ? victimsOn(world, node, candidates, slots + (promised.get(node) ?? 0)) : candidates;
    if (victims !== null && (best === null || isCheaper(world, victims, best.tasks)))
      best = { ordinal, tasks: victims };
  });
  return best;
}

/**
 * Whether stopping these costs less than those: the fewest, then the lowest priorities, then the least work lost, each
 * compared from the costliest victim on. Of two that cost the same the one that was found first stands.
 */
function isCheaper(world: World, victims: readonly number[], than: readonly number[]): boolean {
  if (victims.length !== than.length) return victims.length < than.length;
  const priorities = (tasks: readonly number[]) => tasks.map((task) => world.jobOf(task).spec.priority);
  const lasting = (tasks: readonly number[]) => tasks.map((task) => -recency(world, task));
  const byPriority = compareCostliest(priorities(victims), priorities(than));
  return (byPriority || compareCostliest(lasting(victims), lasting(than))) < 0;
}

/** Below zero where these costs are less than those, highest against highest. */
function compareCostliest(costs: number[], than: number[]): number {
  costs.sort((a, b) => b - a);
  than.sort((a, b) => b - a);
  const i = costs.findIndex((cost, place) => cost !== than[place]);
  return i === -1 ? 0 : (costs[i] as number) - (than[i] as number);
}

function isDisplaceable(world: World, task: number, priority: number): boolean {
  const { spec } = world.jobOf(task);
  const isDying = ((world.tasks.flags[task] as number) & TASK_FLAG.dying) !== 0;
  return spec.allowTaskPreemption && spec.priority < priority && !isDying;
}

/** As many as it takes, in the order in which they are to go, until the task fits. */
function victimsOn(world: World, node: number, candidates: number[], slots: number): number[] | null {
  const { tasks, nodes } = world;
  candidates.sort((a, b) => compareVictims(world, a, b));
  let free = (nodes.free[node] as number) + dyingSlots(world, node);
  const victims: number[] = [];
  for (const task of candidates) {
    if (free >= slots) break;
    free += tasks.slots[task] as number;
    victims.push(task);
  }
  return free >= slots ? victims : null;
}

/** Slots that will be free as soon as processes that were stopped are gone. */
function dyingSlots(world: World, node: number): number {
  const { tasks } = world;
  const dying = world.tasksOn(node).filter((task) => ((tasks.flags[task] as number) & TASK_FLAG.dying) !== 0);
  return dying.reduce((sum, task) => sum + (tasks.slots[task] as number), 0);
}
