/**
 * JM-07, JM-08: a job manager that has to be restarted and finds no node may stop one running task of the pool, which
 * goes back to the queue. Rare and slow: it looks at every node.
 */
import { assign } from '../attempts.js';
import { requeueTask } from '../endings.js';
import type { JobState, PoolState } from '../entities.js';
import { closeNode } from '../node-doors.js';
import { CLOSED } from '../node-table.js';
import { breakPromise } from '../promises.js';
import type { Lane } from '../queues.js';
import { TASK, TASK_FLAG } from '../task-table.js';
import { dequeue } from '../waiting.js';
import type { World } from '../world.js';
import { holdExclusively, isKindAllowed } from './particular.js';

/**
 * Makes room for every manager that waits to be restarted, highest priority first, then in order of creation. What a stop
 * leaves over is given in the usual way before anything more is stopped.
 * @param placeAgain the usual way, at all levels
 */
export function evictForManagers(world: World, pool: PoolState, placeAgain: () => void): void {
  if (!world.scenario.options.jmEvictsOnRestart) return;
  for (const job of restartingJobs(world, pool)) {
    const lane = job.lanes.find(({ isManager, queue }) => isManager && queue.size > 0);
    if (lane === undefined || job.atLimit) continue;
    if (job.promisedNode !== -1) {
      takePromised(world, pool, job, lane);
      continue;
    }
    const victim = chooseVictim(world, pool, job, lane);
    if (victim === null) continue;
    const { task, node } = victim;
    // A process may take its time to go; meanwhile nobody else is to get its place.
    closeNode(world, node, CLOSED.promised);
    job.promisedNode = node;
    requeueTask(world, task, 'evicted');
    takePromised(world, pool, job, lane);
    placeAgain();
  }
}

/** The manager takes the node that was cleared for it, as soon as it is clear. */
function takePromised(world: World, pool: PoolState, job: JobState, lane: Lane): void {
  const node = job.promisedNode;
  if (world.nodes.closed[node] !== CLOSED.promised) {
    breakPromise(world, job); // the node is lost, or drains: another one will be looked for
    return;
  }
  if ((world.nodes.free[node] as number) < neededSlots(pool, job, lane)) return;
  breakPromise(world, job);
  const ordinal = world.nodes.ordinal[node] as number;
  assign(world, pool, dequeue(pool, job, lane), lane.slots, ordinal);
  holdExclusively(world, pool, job, ordinal);
}

function restartingJobs(world: World, pool: PoolState): JobState[] {
  const jobs = world.admitted.filter((job) => job.pool === pool && job.isManagerRestarting);
  return jobs.sort((a, b) => b.spec.priority - a.spec.priority || a.place - b.place);
}

/** JM-05: how many slots have to be free for the lane's first task: a manager may want the whole node. */
export function neededSlots(pool: PoolState, job: JobState, lane: Lane): number {
  return lane.isManager && job.spec.jobManagerTask?.runExclusive === true ? pool.spec.taskSlotsPerNode : lane.slots;
}

/** A task to be stopped, and the node that the manager is to have: one of several, for a multi-instance task. */
interface Victim {
  readonly task: number;
  readonly node: number;
}

/** JM-08: lowest priority first, then the most recently started, never another manager; null: no stop makes enough room. */
function chooseVictim(world: World, pool: PoolState, job: JobState, lane: Lane): Victim | null {
  const { nodes, tasks } = world;
  const needed = neededSlots(pool, job, lane);
  let best: Victim | null = null;
  for (const node of pool.nodeRows) {
    if (nodes.closed[node] !== 0 || job.barred.has(node) || !isKindAllowed(world, job, node)) continue;
    for (const task of world.tasksOn(node)) {
      const flags = tasks.flags[task] as number;
      const isTaboo = (flags & (TASK_FLAG.manager | TASK_FLAG.dying)) !== 0;
      if (isTaboo || world.jobOf(task).spec.priority > job.spec.priority) continue;
      if ((nodes.free[node] as number) + (tasks.slots[task] as number) < needed) continue;
      if (best === null || compareVictims(world, task, best.task) < 0) best = { task, node };
    }
  }
  return best;
}

/** JM-08, SCH-16: who is stopped first: lowest priority, then most recently started. Below zero where the first is. */
export function compareVictims(world: World, task: number, other: number): number {
  const byPriority = world.jobOf(task).spec.priority - world.jobOf(other).spec.priority;
  return byPriority || recency(world, other) - recency(world, task) || other - task;
}

/** When a task started; one that has not begun to run is more recent than any that runs. */
export function recency(world: World, task: number): number {
  const { tasks } = world;
  return tasks.state[task] === TASK.running ? (tasks.startMs[task] as number) : Number.MAX_SAFE_INTEGER;
}
