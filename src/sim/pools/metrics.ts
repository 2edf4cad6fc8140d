/** The metrics of a pool that formulas read (ASC-07, formula 4.2, 5): counts of tasks, not of slots. */
import { type FormulaInputs, SAMPLE_HISTORY_MS, SAMPLE_PERIOD_MS } from '../../autoscale/index.js';
import type { PoolState } from '../entities.js';
import { NODE } from '../node-table.js';
import { PURPOSE } from '../purposes.js';
import { TASK, TASK_FLAG } from '../task-table.js';
import type { World } from '../world.js';
import type { SampleColumns, ScalingState } from './scaling-state.js';

/** Samples beyond the history that are kept until they are worth being cut off. */
const SLACK = 1_000;

/** One sample of every metric; with `sampleLoss` some are lost. */
export function takeSample(world: World, pool: PoolState, scaling: ScalingState): void {
  const { sampleLoss } = world.scenario.options;
  const sample = scaling.sampleCount++;
  if (sampleLoss > 0 && world.uniforms.seek(pool.key, sample, PURPOSE.sampleLoss).next() < sampleLoss) return;
  const atMs = world.scenario.clock.epochMs + world.nowMs;
  for (const [metric, value] of Object.entries(measure(world, pool, scaling))) {
    if (value !== null) addSample(scaling.samples, metric, atMs, value);
  }
}

/** What an evaluation of the pool is given. */
export function formulaInputs(world: World, pool: PoolState, scaling: ScalingState): FormulaInputs {
  const { scenario, nowMs, uniforms } = world;
  return {
    nowMs: scenario.clock.epochMs + nowMs,
    targetDedicatedNodes: pool.spec.targetDedicatedNodes,
    targetLowPriorityNodes: pool.spec.targetLowPriorityNodes,
    currentDedicatedNodes: pool.held[0] as number,
    currentLowPriorityNodes: pool.held[1] as number,
    taskSlotsPerNode: pool.spec.taskSlotsPerNode,
    samples: scaling.samples,
    random: uniforms.seek(pool.key, scaling.evaluations, PURPOSE.formulaRandom),
    sampleDelayMs: scenario.options.sampleDelayMs,
  };
}

/** The metrics now; null: there is no sample of it. */
function measure(world: World, pool: PoolState, { formula }: ScalingState): Record<string, number | null> {
  const placed = countPlaced(world, pool);
  const active = countWaiting(pool) + placed.active;
  const { states } = placed;
  const finished = formula.source.text.includes('edTasks') ? countFinished(world, pool) : null;
  return {
    $ActiveTasks: active,
    $RunningTasks: placed.running,
    $PendingTasks: active + placed.running,
    $SucceededTasks: finished?.succeeded ?? null,
    $FailedTasks: finished?.failed ?? null,
    $TaskSlotsPerNode: pool.spec.taskSlotsPerNode,
    $CurrentDedicatedNodes: pool.held[0] as number,
    $CurrentLowPriorityNodes: pool.held[1] as number,
    $PreemptedNodeCount: states[NODE.preempted] as number,
    $UsableNodeCount: (states[NODE.idle] as number) + (states[NODE.running] as number),
    $CPUPercent: placed.nodes === 0 ? null : placed.cpuShare / placed.nodes,
  };
}

/** Tasks that are runnable and wait for a node; a multi-instance task counts with its instances. */
function countWaiting(pool: PoolState): number {
  let count = pool.only === -1 ? 0 : 1;
  for (const job of pool.account.jobs.values()) {
    if (job.pool !== pool) continue;
    for (const lane of job.lanes) count += lane.queue.size * lane.nodes;
  }
  return count;
}

interface Placed {
  /** On their way to a node (SCH-11). */
  active: number;
  /** Preparing or running. */
  running: number;
  /** Nodes that are there, and how many of them by state. */
  nodes: number;
  readonly states: number[];
  /** Sum over the nodes of the share of their cores that is in use. */
  cpuShare: number;
}

/** A task of several instances is met on each of its nodes. */
function countPlaced(world: World, pool: PoolState): Placed {
  const { nodes, tasks } = world;
  const placed: Placed = {
    active: 0,
    running: 0,
    nodes: 0,
    states: new Array(Object.keys(NODE).length).fill(0),
    cpuShare: 0,
  };
  for (const node of pool.nodeRows) {
    if ((nodes.goneMs[node] as number) >= 0) continue;
    const state = nodes.state[node] as number;
    placed.states[state] = (placed.states[state] as number) + 1;
    placed.nodes += 1;
    if (!nodes.isBusy(node)) continue;
    let cores = 0;
    for (const task of world.tasksOn(node)) {
      const isActive = ((tasks.flags[task] as number) & TASK_FLAG.dispatching) !== 0;
      if (isActive) placed.active += 1;
      else placed.running += 1;
      if (tasks.state[task] === TASK.running) cores += coresOf(world, pool, task);
    }
    placed.cpuShare += Math.min(1, cores / pool.spec.vmSize.vcpus);
  }
  return placed;
}

/** The cores that a running task asks for: those that it declares, else those of its slots. */
function coresOf(world: World, pool: PoolState, task: number): number {
  const { vmSize, taskSlotsPerNode } = pool.spec;
  const declared = world.setOf(task).instance.set.demands?.cpu ?? null;
  return declared ?? (vmSize.vcpus / taskSlotsPerNode) * (world.tasks.slots[task] as number);
}

/** Tasks of the pool's jobs that have finished so far, in jobs that are still there. Looks at every task: only if asked for. */
function countFinished(world: World, pool: PoolState): { readonly succeeded: number; readonly failed: number } {
  const { tasks } = world;
  let [succeeded, failed] = [0, 0];
  for (let task = 0; task < tasks.count; task++) {
    if (tasks.state[task] !== TASK.completed || tasks.isDeleted(task)) continue;
    const job = world.jobOf(task);
    if (job.deletedMs >= 0 || world.poolOf(job.account, job.spec.poolId) !== pool) continue;
    if (tasks.failure[task] === 0) succeeded += 1;
    else failed += 1;
  }
  return { succeeded, failed };
}

function addSample(samples: Map<string, SampleColumns>, metric: string, atMs: number, value: number): void {
  let series = samples.get(metric);
  if (series === undefined) {
    series = { times: [], values: [] };
    samples.set(metric, series);
  }
  series.times.push(atMs);
  series.values.push(value);
  const most = SAMPLE_HISTORY_MS / SAMPLE_PERIOD_MS;
  if (series.times.length < most + SLACK) return;
  const surplus = series.times.length - most;
  series.times.splice(0, surplus);
  series.values.splice(0, surplus);
}
