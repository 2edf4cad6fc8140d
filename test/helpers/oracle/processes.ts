/** Cores and memory of a node: what is ours beside Batch's slots. */
import { tasksOn } from './lookups.js';
import type { NodeState, TaskState, World } from './world.js';

/**
 * All processes of a node share its cores in proportion to what they ask for when that is more than it has. `newest`
 * has just begun: if memory is short now, it is the one that dies.
 */
export function shareCores(world: World, node: NodeState, newest: TaskState | null): void {
  const { vcpus, memoryGib } = node.pool.pool.vmSize;
  let processes = tasksOn(world, node).filter((task) => hasProcess(task, node));
  const memory = (memoryGib ?? Number.POSITIVE_INFINITY) * 1024 ** 3;
  if (newest?.attempt && sum(processes.map(({ set }) => set.demands?.memoryBytes ?? 0)) > memory) {
    newest.attempt.exitCode = killedCode(world, newest);
    newest.attempt.workMs = 0;
    newest.attempt.speed = 0; // it is no process any more
    newest.attempt.dueMs = world.now;
    processes = processes.filter((task) => task !== newest);
  }
  const speed = Math.min(1, vcpus / sum(processes.map((task) => cpuOf(task, node))));
  for (const { attempt } of processes) {
    if (attempt === null) continue;
    attempt.workMs = Math.max(0, attempt.workMs - (world.now - attempt.sinceMs) * attempt.speed);
    attempt.sinceMs = world.now;
    attempt.speed = speed;
    attempt.dueMs = world.now + Math.ceil(attempt.workMs / speed - NOISE);
  }
}

function hasProcess({ attempt }: TaskState, node: NodeState): boolean {
  return attempt?.step === 'process' && attempt.fault === '' && attempt.speed > 0 && attempt.nodes[0] === node;
}

function cpuOf({ set, slots }: TaskState, { pool: { pool } }: NodeState): number {
  return set.demands?.cpu ?? (pool.vmSize.vcpus / pool.taskSlotsPerNode) * slots;
}

/** TASK-14: exit code of a process that was stopped. */
export function killedCode(world: World, task: TaskState): number {
  const os = task.attempt?.nodes[0]?.pool.pool.os ?? 'linux';
  return world.scenario.options.killedExitCode ?? (os === 'windows' ? -1073741510 : -9);
}

/** What sums of fractions may be off by: far less than a millisecond. */
const NOISE = 1e-6;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
