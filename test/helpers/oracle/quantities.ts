/** Values of a scenario that is free of chance: constants, lists by occurrence and columns. */
import type { CommandModel, LatencyName, QuantityPerOccurrence, TaskSet, Timing } from '../../../src/model/index.js';
import type { PoolState, TaskState } from './world.js';

/** SIM-06: a latency of a pool at its first occurrence, in ms. */
export function latencyMs(timing: Timing, name: LatencyName): number {
  const given = timing.overrides[name];
  if (given !== undefined) return occurrence(given, 0);
  if (timing.base !== 'none') throw new Error('the oracle knows no typical latencies: it draws nothing');
  return 0;
}

/** SIM-06: how long a transfer takes; of nothing no time. */
export function transferMs({ pool }: PoolState, name: 'download' | 'upload', bytes: number): number {
  if (bytes === 0) return 0;
  return pool.bandwidth === null ? latencyMs(pool.timing, name) : Math.ceil(bytes / pool.bandwidth);
}

/** What a command of a node does at an occurrence: how long it runs, how it exits. */
export function commandAt(pool: PoolState, command: CommandModel, count: number): { ms: number; exitCode: number } {
  const ms = transferMs(pool, 'download', command.downloadBytes) + occurrence(command.runtime, count);
  return { ms, exitCode: occurrence(command.exitCode, count) };
}

/** SIM-08: how long an attempt of a task runs, attempts counted from 0. */
export function runtimeMs(task: TaskState, attempt: number): number {
  const { runtime } = task.set;
  return runtime instanceof Float64Array ? at(runtime, task.index) : occurrence(runtime, attempt);
}

/** SIM-08: the exit code of an attempt, attempts counted from 0. */
export function exitCodeOf(task: TaskState, attempt: number): number {
  const { exitCode } = task.set;
  return exitCode instanceof Int32Array ? at(exitCode, task.index) : occurrence(exitCode, attempt);
}

/** TASK-11: the longest that an attempt may run. */
export function wallClockMs(task: TaskState): number {
  if (task.constraints !== undefined) return task.constraints?.maxWallClockTimeMs ?? Number.POSITIVE_INFINITY;
  const limit = task.set.maxWallClockTimeMs;
  if (limit === null) return Number.POSITIVE_INFINITY;
  const own = typeof limit === 'number' ? limit : at(limit, task.index);
  return own === -1 ? Number.POSITIVE_INFINITY : own;
}

/** TASK-12: without constraints the job's; constraints that name no count have 0. */
export function maxRetries(task: TaskState): number {
  const { constraints } = task;
  if (constraints === undefined) return task.set.maxTaskRetryCount ?? task.job.maxTaskRetryCount;
  return constraints === null ? task.job.maxTaskRetryCount : (constraints.maxTaskRetryCount ?? 0);
}

/** TASK-18. */
export function requiredSlots(set: TaskSet, index: number): number {
  return typeof set.requiredSlots === 'number' ? set.requiredSlots : at(set.requiredSlots, index);
}

/** The value that holds for an occurrence counted from 0; the last one is repeated. */
export function occurrence(quantities: QuantityPerOccurrence, count: number): number {
  const quantity = quantities[Math.min(count, quantities.length - 1)];
  if (quantity?.kind !== 'constant') throw new Error('the oracle draws nothing: constants only');
  return quantity.value;
}

function at(column: Float64Array | Int32Array | Uint16Array, index: number): number {
  const value = column[index];
  if (value === undefined) throw new Error('a column has a value for each task of its set');
  return value;
}
