/**
 * SCH-16, JOB-20: after the normal pass a task that could not be placed may displace tasks of jobs that allow it and
 * have a lower priority. Rare and slow: it looks at every placed task of the pool.
 */
import { assign } from './attempts.js';
import { displace } from './handlers/task-handlers.js';
import type { JobState, Lane, Level, PoolState } from './pool-state.js';
import { TASK } from './task-table.js';
import { dequeue } from './waiting.js';
import type { World } from './world.js';

/**
 * Places what can be placed by stopping others, highest priority first. Slots that a stop leaves over are given in the
 * usual way before anything more is stopped.
 * @param place the usual way: places what fits at a level
 */
export function displaceFor(world: World, pool: PoolState, place: (level: Level) => void): void {
  for (const level of pool.levels) {
    do place(level);
    while (displaceForOne(world, pool, level));
  }
}

/** Makes room for the first task of a level that some node could host; false when there is none. */
function displaceForOne(world: World, pool: PoolState, level: Level): boolean {
  for (const job of waitingJobs(world, level)) {
    const lane = nextHostable(world, pool, job, level);
    if (lane === null) continue;
    const victims = leastCostly(world, pool, lane.slots, level.priority) as Victims;
    for (const victim of victims.tasks) displace(world, victim);
    assign(world, pool, dequeue(pool, job, lane), lane.slots, victims.ordinal);
    return true;
  }
  return false;
}

interface Victims {
  readonly ordinal: number;
  readonly tasks: readonly number[];
}

function waitingJobs(world: World, level: Level): JobState[] {
  const rows = new Set<number>();
  for (const { jobs } of level.classes)
    for (let row = jobs.first(); row !== -1; row = jobs.next(row + 1)) rows.add(row);
  return [...rows].sort((a, b) => a - b).map((row) => world.jobs[row] as JobState);
}

/** The job's first waiting task, lane by lane, that some node could host. */
function nextHostable(world: World, pool: PoolState, job: JobState, level: Level): Lane | null {
  if (job.atLimit) return null;
  const key = world.laneKey;
  const lanes = job.lanes.filter((lane) => lane.queue.size > 0);
  lanes.sort((a, b) => {
    const first = a.queue.first();
    const other = b.queue.first();
    return (key[first] as number) - (key[other] as number) || first - other;
  });
  return lanes.find((lane) => leastCostly(world, pool, lane.slots, level.priority) !== null) ?? null;
}

/** The node that needs the fewest stops, lowest ordinal among equals; null when no node could host the task. */
function leastCostly(world: World, pool: PoolState, slots: number, priority: number): Victims | null {
  if (slots > pool.spec.taskSlotsPerNode) return null;
  const byNode = new Map<number, number[]>();
  for (const task of pool.occupants) {
    const job = world.jobOf(task);
    if (!job.spec.allowTaskPreemption || job.spec.priority >= priority) continue;
    const ordinal = world.nodes.ordinal[world.tasks.node[task] as number] as number;
    const tasks = byNode.get(ordinal);
    if (tasks === undefined) byNode.set(ordinal, [task]);
    else tasks.push(task);
  }
  let best: Victims | null = null;
  for (const [ordinal, candidates] of [...byNode].sort((a, b) => a[0] - b[0])) {
    const victims = victimsOn(world, pool, ordinal, candidates, slots);
    if (victims !== null && (best === null || victims.length < best.tasks.length)) best = { ordinal, tasks: victims };
  }
  return best;
}

/** Lowest priority first, most recently started first, until the task fits. */
function victimsOn(
  world: World,
  pool: PoolState,
  ordinal: number,
  candidates: number[],
  slots: number,
): number[] | null {
  const { tasks, nodes } = world;
  candidates.sort((a, b) => {
    const byPriority = world.jobOf(a).spec.priority - world.jobOf(b).spec.priority;
    return byPriority || recency(world, b) - recency(world, a) || b - a;
  });
  let free = nodes.free[pool.nodeRows[ordinal] as number] as number;
  const victims: number[] = [];
  for (const task of candidates) {
    if (free >= slots) break;
    free += tasks.slots[task] as number;
    victims.push(task);
  }
  return free >= slots ? victims : null;
}

/** When a task started; one that is still being dispatched is more recent than any that runs. */
function recency(world: World, task: number): number {
  const { tasks } = world;
  return tasks.state[task] === TASK.running ? (tasks.startMs[task] as number) : Number.MAX_SAFE_INTEGER;
}
