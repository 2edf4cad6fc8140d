/** Phase 8: one scheduler pass over a pool (SCH), written as the rules read. */
import { interrupt } from './attempt-ends.js';
import { assign } from './attempts.js';
import { freeSlots, nodesOf, poolOf, stateOf, tasksOn } from './lookups.js';
import { isBarred } from './preparation.js';
import type { JobState, NodeState, PoolState, TaskState, World } from './world.js';

/** Places what can be placed, then makes room for managers that start again and for tasks of higher priority. */
export function schedulerPass(world: World, pool: PoolState): void {
  for (const priority of prioritiesOf(world, pool)) placeAtPriority(world, pool, priority);
  evictForManagers(world, pool);
  displaceForHigher(world, pool);
}

/** SCH-04: higher job priority first. SCH-06: what cannot be placed blocks nothing after it. */
function placeAtPriority(world: World, pool: PoolState, priority: number): void {
  for (;;) {
    const jobs = jobsOf(world, pool).filter((job) => job.priority === priority);
    const turn = turnOrder(world, pool, jobs, priority).find((job) => placeOne(world, pool, job));
    if (turn === undefined) return;
    pool.cursors.set(priority, turn);
  }
}

/**
 * SCH-05. Round robin: the jobs in creation order, beginning after the one that placed last. `creationtime`: always
 * from the oldest, so that all its candidates come before the next job's.
 */
function turnOrder(world: World, pool: PoolState, jobs: readonly JobState[], priority: number): JobState[] {
  const latest = pool.cursors.get(priority);
  if (pool.pool.jobDefaultOrder === 'creationtime' || latest === undefined) return [...jobs];
  const place = (job: JobState) => world.jobs.indexOf(job);
  const isAfter = (job: JobState) => place(job) > place(latest);
  return [...jobs.filter(isAfter), ...jobs.filter((job) => !isAfter(job))];
}

function placeOne(world: World, pool: PoolState, job: JobState): boolean {
  for (const task of candidatesOf(world, job)) {
    const nodes = chooseNodes(world, pool, task);
    if (nodes !== null) {
      assign(world, task, nodes);
      return true;
    }
  }
  return false;
}

/** SCH-03 in the order of SCH-04: the manager, then the others. */
function candidatesOf(world: World, job: JobState): TaskState[] {
  if (isAtMaxParallel(job)) return [];
  const candidates = job.tasks.filter(isCandidate);
  // The lists are in creation order and sorts are stable (SCH-12: also after a retry).
  if (world.scenario.options.taskOrder === 'ready') candidates.sort((a, b) => (a.readyMs ?? 0) - (b.readyMs ?? 0));
  return candidates.sort((a, b) => Number(b.manager !== null) - Number(a.manager !== null));
}

function isCandidate(task: TaskState): boolean {
  const isOpen = task.state === 'active' && task.deletedMs === null && !task.givenUp;
  return isOpen && task.attempt === null && task.readyMs !== null;
}

/** JOB-19; a task that is being dispatched counts, or the bound would be broken when it runs. */
function isAtMaxParallel(job: JobState): boolean {
  const { maxParallelTasks } = job;
  return maxParallelTasks !== -1 && job.tasks.filter((task) => task.attempt !== null).length >= maxParallelTasks;
}

/** MI-03, MI-04, SCH-08. */
function chooseNodes(world: World, pool: PoolState, task: TaskState): NodeState[] | null {
  const { multiInstance } = task.set;
  if (multiInstance === null) {
    const node = chooseNode(world, pool, task);
    return node === null ? null : [node];
  }
  if (!pool.pool.enableInterNodeCommunication || pool.pool.taskSlotsPerNode !== 1) return null; // MI-01
  const idle = nodesOf(pool).filter((node) => isEligible(world, node, task) && stateOf(node) === 'idle');
  idle.sort((a, b) => kindRank(a) - kindRank(b) || a.ordinal - b.ordinal);
  const { numberOfInstances } = multiInstance;
  return idle.length < numberOfInstances ? null : idle.slice(0, numberOfInstances);
}

/** SCH-08. */
function chooseNode(world: World, pool: PoolState, task: TaskState): NodeState | null {
  const eligible = nodesOf(pool).filter((node) => isEligible(world, node, task) && hasRoom(world, node, task));
  const wanted = eligible.find((node) => isMeantBy(node, task.set.affinityId)); // TASK-19
  if (wanted !== undefined) return wanted;
  const sign = pool.pool.nodeFillType === 'spread' ? 1 : -1;
  const [best] = eligible.sort(
    (a, b) => sign * (freeSlots(world, b) - freeSlots(world, a)) || kindRank(a) - kindRank(b) || a.ordinal - b.ordinal,
  );
  return best ?? null;
}

/** SCH-07, whatever runs there now. */
function isEligible(world: World, node: NodeState, task: TaskState): boolean {
  if (!takesTasks(node) || isBarred(world, node, task.job)) return false;
  return task.manager === null || task.manager.allowLowPriorityNode || node.kind === 'dedicated'; // JM-06
}

function takesTasks(node: NodeState): boolean {
  const state = stateOf(node);
  return (state === 'idle' || state === 'running') && node.scheduling === 'enabled' && node.whenFree === null;
}

/** Slots, and JM-05: nobody beside an exclusive manager. */
function hasRoom(world: World, node: NodeState, task: TaskState): boolean {
  return fitsBeside(world, node, task, tasksOn(world, node));
}

function fitsBeside(_world: World, node: NodeState, task: TaskState, others: readonly TaskState[]): boolean {
  const used = others.reduce((slots, other) => slots + other.slots, 0);
  if (used + task.slots > node.pool.pool.taskSlotsPerNode) return false;
  return others.length === 0 || (!isExclusive(task) && !others.some(isExclusive));
}

function isExclusive({ manager }: TaskState): boolean {
  return manager?.runExclusive ?? false;
}

function kindRank(node: NodeState): number {
  return node.kind === 'dedicated' ? 0 : 1;
}

function isMeantBy(node: NodeState, affinityId: string | null): boolean {
  if (affinityId === null) return false;
  return affinityId === `n${node.ordinal}` || affinityId === node.id || affinityId === `TVM:${node.id}`; // NODE-16
}

/** JM-07, JM-08: a manager that starts again may stop one task; what that leaves over is given in the usual way. */
function evictForManagers(world: World, pool: PoolState): void {
  if (!world.scenario.options.jmEvictsOnRestart) return;
  for (const priority of prioritiesOf(world, pool)) {
    for (const job of jobsOf(world, pool).filter((candidate) => candidate.priority === priority)) {
      const manager = candidatesOf(world, job).find((task) => task.manager !== null && task.attempts > 0);
      const plan = manager === undefined ? null : evictionFor(world, pool, manager);
      if (manager === undefined || plan === null) continue;
      interrupt(world, plan.victim, 'evicted');
      assign(world, manager, [plan.node]);
      for (const other of prioritiesOf(world, pool)) placeAtPriority(world, pool, other);
    }
  }
}

function evictionFor(world: World, pool: PoolState, manager: TaskState): { node: NodeState; victim: TaskState } | null {
  const found: { node: NodeState; victim: TaskState }[] = [];
  for (const node of nodesOf(pool).filter((candidate) => isEligible(world, candidate, manager))) {
    const here = tasksOn(world, node);
    for (const victim of here) {
      const isOpen = victim.manager === null && victim.job.priority <= manager.job.priority;
      const others = here.filter((other) => other !== victim);
      if (isOpen && fitsBeside(world, node, manager, others)) found.push({ node, victim });
    }
  }
  found.sort((a, b) => compareVictims(world, a.victim, b.victim));
  return found[0] ?? null;
}

/** Lowest priority first, then most recently started, the last in creation order among equals (SIM-04). */
function compareVictims(world: World, a: TaskState, b: TaskState): number {
  const place = (task: TaskState) => world.tasks.indexOf(task);
  return a.job.priority - b.job.priority || recency(b) - recency(a) || place(b) - place(a);
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
  const jobs = jobsOf(world, pool).filter((job) => job.priority === priority);
  for (const task of jobs.flatMap((job) => candidatesOf(world, job))) {
    const plan = task.set.multiInstance === null ? cheapestPlan(world, pool, task) : null;
    if (plan === null) continue;
    for (const victim of plan.victims) interrupt(world, victim, 'displaced');
    assign(world, task, [plan.node]);
    return true;
  }
  return false;
}

interface Plan {
  readonly node: NodeState;
  readonly victims: readonly TaskState[];
}

/** The least costly set of tasks to stop, the lowest node among equals. */
function cheapestPlan(world: World, pool: PoolState, task: TaskState): Plan | null {
  let best: Plan | null = null;
  for (const node of nodesOf(pool)) {
    const victims = isEligible(world, node, task) ? victimsOn(world, node, task) : null;
    if (victims !== null && (best === null || compareCosts(victims, best.victims) < 0)) best = { node, victims };
  }
  return best;
}

/** Fewest stops, then lowest priorities, the costliest victim first, then the most recently started. */
function compareCosts(a: readonly TaskState[], b: readonly TaskState[]): number {
  if (a.length !== b.length) return a.length - b.length;
  const priorities = (victims: readonly TaskState[]) => victims.map(({ job }) => job.priority).sort((x, y) => y - x);
  const starts = (victims: readonly TaskState[]) => victims.map(recency).sort((x, y) => x - y);
  return compareLists(priorities(a), priorities(b)) || compareLists(starts(b), starts(a));
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((value, place) => value !== b[place]);
  return i === -1 ? 0 : (a[i] as number) - (b[i] as number);
}

/** Whom to stop on a node: lowest priority first, most recently started first, until there is room; null: too few. */
function victimsOn(world: World, node: NodeState, task: TaskState): TaskState[] | null {
  const stoppable = tasksOn(world, node).filter(
    ({ job }) => job.job.allowTaskPreemption && job.priority < task.job.priority,
  );
  stoppable.sort((a, b) => compareVictims(world, a, b));
  const victims: TaskState[] = [];
  const left = () => tasksOn(world, node).filter((other) => !victims.includes(other));
  for (const victim of stoppable) {
    if (fitsBeside(world, node, task, left())) break;
    victims.push(victim);
  }
  return fitsBeside(world, node, task, left()) ? victims : null;
}

/** A task that is still being dispatched or prepared is more recent than any that runs. */
function recency(task: TaskState): number {
  return task.attempt?.startMs ?? Number.MAX_SAFE_INTEGER;
}

/** Active ones, in creation order. */
function jobsOf(world: World, pool: PoolState): JobState[] {
  const isThere = (job: JobState) => job.state === 'active' && job.settledRound !== world.round;
  return world.jobs.filter((job) => isThere(job) && poolOf(world, job) === pool);
}

/** Highest first. */
function prioritiesOf(world: World, pool: PoolState): number[] {
  return [...new Set(jobsOf(world, pool).map((job) => job.priority))].sort((a, b) => b - a);
}
