/** Phase 8: one scheduler pass over a pool (SCH), written as the rules read. */
import { nodeId } from '../../../src/model/index.js';
import { assign, displace } from './attempts.js';
import {
  freeSlots,
  type JobState,
  type NodeState,
  type PoolState,
  poolOf,
  stateOf,
  type TaskState,
  tasksOn,
  type World,
} from './world.js';

/** Places what can be placed, then lets tasks of higher priority displace others. */
export function schedulerPass(world: World, pool: PoolState): void {
  for (const priority of prioritiesOf(world, pool)) placeAtPriority(world, pool, priority);
  displaceForHigher(world, pool);
}

/** SCH-04: higher job priority first. SCH-06: what cannot be placed blocks nothing after it. */
function placeAtPriority(world: World, pool: PoolState, priority: number): void {
  const jobs = jobsOf(world, pool).filter((job) => job.job.priority === priority);
  for (;;) {
    const turn = turnOrder(pool, jobs, priority).find((job) => placeOne(world, pool, job));
    if (turn === undefined) return;
    pool.cursors.set(priority, turn);
  }
}

/**
 * SCH-05. Round robin: the jobs in creation order, beginning after the one that placed last. `creationtime`: always
 * from the oldest, so that all its candidates come before the next job's.
 */
function turnOrder(pool: PoolState, jobs: readonly JobState[], priority: number): JobState[] {
  const latest = pool.cursors.get(priority);
  if (pool.pool.jobDefaultOrder === 'creationtime' || latest === undefined) return [...jobs];
  const after = jobs.indexOf(latest) + 1;
  return [...jobs.slice(after), ...jobs.slice(0, after)];
}

function placeOne(world: World, pool: PoolState, job: JobState): boolean {
  for (const task of candidatesOf(world, job)) {
    const node = chooseNode(world, pool, task);
    if (node !== null) {
      assign(world, task, node);
      return true;
    }
  }
  return false;
}

/** SCH-03 in the order of SCH-04. */
function candidatesOf(world: World, job: JobState): TaskState[] {
  if (isAtMaxParallel(job)) return [];
  const candidates = job.tasks.filter(isCandidate);
  // The lists are in creation order and sorts are stable (SCH-12: also after a retry).
  if (world.scenario.options.taskOrder === 'ready') candidates.sort((a, b) => (a.readyMs ?? 0) - (b.readyMs ?? 0));
  return candidates;
}

function isCandidate(task: TaskState): boolean {
  return task.state === 'active' && task.holds === null && task.readyMs !== null && !task.givenUp;
}

/** JOB-19; a task that is being dispatched counts, or the bound would be broken when it runs. */
function isAtMaxParallel(job: JobState): boolean {
  const { maxParallelTasks } = job.job;
  return maxParallelTasks !== -1 && job.tasks.filter((task) => task.holds !== null).length >= maxParallelTasks;
}

/** SCH-07, SCH-08. */
function chooseNode(world: World, pool: PoolState, task: TaskState): NodeState | null {
  const eligible = pool.nodes.filter((node) => takesTasks(node) && freeSlots(world, node) >= task.slots);
  const wanted = eligible.find((node) => isMeantBy(world, node, task.set.affinityId)); // TASK-19
  if (wanted !== undefined) return wanted;
  const sign = pool.pool.nodeFillType === 'spread' ? 1 : -1;
  const [best] = eligible.sort(
    (a, b) => sign * (freeSlots(world, b) - freeSlots(world, a)) || kindRank(a) - kindRank(b) || a.ordinal - b.ordinal,
  );
  return best ?? null;
}

function takesTasks(node: NodeState): boolean {
  return stateOf(node) === 'idle' || stateOf(node) === 'running';
}

function kindRank(node: NodeState): number {
  return node.kind === 'dedicated' ? 0 : 1;
}

function isMeantBy(world: World, node: NodeState, affinityId: string | null): boolean {
  if (affinityId === null) return false;
  const { account, pool } = node.pool;
  const id = nodeId(world.scenario.seed, account.name, pool.id, node.ordinal, node.kind);
  return affinityId === `n${node.ordinal}` || affinityId === id || affinityId === `TVM:${id}`; // NODE-16
}

/**
 * SCH-16: for the tasks that the pass left, highest priority first. Whatever slots a stop leaves over are given in the
 * usual way before anything more is stopped: a task that fits needs nobody to make room for it.
 */
function displaceForHigher(world: World, pool: PoolState): void {
  for (const priority of prioritiesOf(world, pool)) {
    do placeAtPriority(world, pool, priority);
    while (displaceForOne(world, pool, priority));
  }
}

function displaceForOne(world: World, pool: PoolState, priority: number): boolean {
  const jobs = jobsOf(world, pool).filter((job) => job.job.priority === priority);
  for (const task of jobs.flatMap((job) => candidatesOf(world, job))) {
    const plan = cheapestPlan(world, pool, task);
    if (plan === null) continue;
    for (const victim of plan.victims) displace(world, victim);
    assign(world, task, plan.node);
    return true;
  }
  return false;
}

interface Plan {
  readonly node: NodeState;
  readonly victims: readonly TaskState[];
}

/** The node that needs the fewest stops, the lowest among equals. */
function cheapestPlan(world: World, pool: PoolState, task: TaskState): Plan | null {
  let best: Plan | null = null;
  for (const node of pool.nodes) {
    const victims = takesTasks(node) ? victimsOn(world, node, task) : null;
    if (victims !== null && (best === null || victims.length < best.victims.length)) best = { node, victims };
  }
  return best;
}

/** Whom to stop on a node: lowest priority first, most recently started first, until there is room; null: too few. */
function victimsOn(world: World, node: NodeState, task: TaskState): TaskState[] | null {
  const stoppable = tasksOn(world, node).filter(
    ({ job }) => job.job.allowTaskPreemption && job.job.priority < task.job.job.priority,
  );
  // SIM-04: of tasks that started at one instant the last in creation sequence is the most recent.
  stoppable.reverse();
  stoppable.sort((a, b) => a.job.job.priority - b.job.job.priority || recency(b) - recency(a));
  const victims: TaskState[] = [];
  let free = freeSlots(world, node);
  for (const victim of stoppable) {
    if (free >= task.slots) break;
    victims.push(victim);
    free += victim.slots;
  }
  return free >= task.slots ? victims : null;
}

/** A task that is still being dispatched is more recent than any that runs. */
function recency(task: TaskState): number {
  return (task.state === 'running' ? task.startMs : null) ?? Number.MAX_SAFE_INTEGER;
}

/** In creation order. */
function jobsOf(world: World, pool: PoolState): JobState[] {
  return world.jobs.filter((job) => poolOf(world, job) === pool);
}

/** Highest first. */
function prioritiesOf(world: World, pool: PoolState): number[] {
  return [...new Set(jobsOf(world, pool).map((job) => job.job.priority))].sort((a, b) => b - a);
}
