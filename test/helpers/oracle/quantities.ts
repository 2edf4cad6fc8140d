/** Values of a scenario that is free of chance: constants, lists by occurrence and columns. */
import type { Quantity, QuantityPerOccurrence, TaskSet, Timing } from '../../../src/model/index.js';
import type { TaskState } from './world.js';

/** SIM-06: a latency of a pool at its first occurrence, in ms. */
export function latencyMs(timing: Timing, name: 'alloc' | 'create' | 'start' | 'dispatch'): number {
  const given = timing.overrides[name];
  if (given !== undefined) return occurrence(given, 0);
  if (timing.base !== 'none') throw new Error('the oracle knows no typical latencies: it draws nothing');
  return 0;
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
  const limit = task.set.maxWallClockTimeMs;
  if (limit === null) return Number.POSITIVE_INFINITY;
  const own = typeof limit === 'number' ? limit : at(limit, task.index);
  return own === -1 ? Number.POSITIVE_INFINITY : own;
}

/** TASK-18. */
export function requiredSlots(set: TaskSet, index: number): number {
  return typeof set.requiredSlots === 'number' ? set.requiredSlots : at(set.requiredSlots, index);
}

function occurrence(quantities: QuantityPerOccurrence, count: number): number {
  const quantity: Quantity | undefined = quantities[Math.min(count, quantities.length - 1)];
  if (quantity?.kind !== 'constant') throw new Error('the oracle draws nothing: constants only');
  return quantity.value;
}

function at(column: Float64Array | Int32Array | Uint16Array, index: number): number {
  const value = column[index];
  if (value === undefined) throw new Error('a column has a value for each task of its set');
  return value;
}
