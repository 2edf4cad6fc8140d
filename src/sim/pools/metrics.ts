/** The metrics of a pool that formulas read (ASC-07, formula 4.2): counts of tasks, not of slots. */
import { codesOf } from '../../base/index.js';
import { CPU_STEPS, NO_SAMPLE, SAMPLED_METRICS } from '../../recording/index.js';
import { JOB, type PoolState } from '../entities.js';
import { NODE } from '../node-table.js';
import { TASK, TASK_FLAG } from '../task-table.js';
import type { World } from '../world.js';
import { CORE_UNITS, SHARE, SHARE_SIZE } from './node-shares.js';
import type { PoolSampling } from './scaling-state.js';

/** Place of each metric among the values of a sample. */
const METRIC = codesOf(SAMPLED_METRICS);

/** Writes the values of all metrics now. */
export function measure(world: World, pool: PoolState, sampling: PoolSampling, into: Int32Array): void {
  renewShares(world);
  const { sums } = sampling;
  const running = sums[SHARE.running] as number;
  const active = waitingInstances(world, pool) + (sums[SHARE.active] as number);
  into[METRIC.$ActiveTasks] = active;
  into[METRIC.$RunningTasks] = running;
  into[METRIC.$PendingTasks] = active + running;
  into[METRIC.$SucceededTasks] = sampling.succeeded;
  into[METRIC.$FailedTasks] = sampling.failed;
  into[METRIC.$TaskSlotsPerNode] = pool.spec.taskSlotsPerNode;
  into[METRIC.$CurrentDedicatedNodes] = pool.held[0] as number;
  into[METRIC.$CurrentLowPriorityNodes] = pool.held[1] as number;
  into[METRIC.$PreemptedNodeCount] = sums[SHARE.preempted] as number;
  into[METRIC.$UsableNodeCount] = sums[SHARE.usable] as number;
  into[METRIC.$CPUPercent] = cpuSteps(pool, sums[SHARE.load] as number);
}

/** Cores in use over those of all nodes; without a node there is no sample. */
function cpuSteps({ held, spec }: PoolState, load: number): number {
  const nodes = (held[0] as number) + (held[1] as number);
  return nodes === 0 ? NO_SAMPLE : Math.round((CPU_STEPS * load) / (nodes * spec.vmSize.vcpus * CORE_UNITS));
}

/** Tasks that are runnable and wait for a node; a multi-instance task counts with its instances. */
function waitingInstances({ sampling }: World, pool: PoolState): number {
  let count = pool.waiting;
  let isOver = false;
  for (const { job, lane } of sampling.gangLanes) {
    if (job.pool === pool) count += lane.queue.size * (lane.nodes - 1);
    isOver ||= job.state === JOB.completed || job.deletedMs >= 0;
  }
  if (isOver) {
    sampling.gangLanes = sampling.gangLanes.filter(({ job }) => job.state !== JOB.completed && job.deletedMs < 0);
  }
  return count;
}

const NEW_SHARE = new Int32Array(SHARE_SIZE);

/** Looks again at every node on which something happened. */
function renewShares(world: World): void {
  const { shares } = world.sampling;
  for (let node = shares.takeTouched(); node >= 0; node = shares.takeTouched()) {
    const pool = world.poolOfNode(node);
    if (pool.scaling === null) continue;
    measureNode(world, pool, node, NEW_SHARE);
    shares.replace(node, NEW_SHARE, pool.scaling.sampling.sums);
  }
}

function measureNode(world: World, pool: PoolState, node: number, share: Int32Array): void {
  const { nodes, tasks } = world;
  share.fill(0);
  if ((nodes.goneMs[node] as number) >= 0) return;
  const state = nodes.state[node] as number;
  share[SHARE.preempted] = state === NODE.preempted ? 1 : 0;
  share[SHARE.usable] = state === NODE.idle || state === NODE.running ? 1 : 0;
  let load = 0;
  for (const task of world.occupantsOf(node)) {
    const isOnItsWay = ((tasks.flags[task] as number) & TASK_FLAG.dispatching) !== 0;
    const place = isOnItsWay ? SHARE.active : SHARE.running;
    share[place] = (share[place] as number) + 1;
    if (tasks.state[task] === TASK.running) load += Math.round(CORE_UNITS * coresOf(world, pool, task));
  }
  share[SHARE.load] = Math.min(load, pool.spec.vmSize.vcpus * CORE_UNITS);
}

/** The cores that a running task asks for: those that it declares, else those of its slots. */
function coresOf(world: World, pool: PoolState, task: number): number {
  const { vmSize, taskSlotsPerNode } = pool.spec;
  const declared = world.setOf(task).instance.set.demands?.cpu ?? null;
  return declared ?? (vmSize.vcpus / taskSlotsPerNode) * (world.tasks.slots[task] as number);
}
