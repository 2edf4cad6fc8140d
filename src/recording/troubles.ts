/** What a run ran into, counted: resizes short of their target, refused operations, tasks left over, shared cores. */

import { currentStartMs } from './attempts.js';
import type { TaskMeasures } from './measures.js';
import { poolNameAt } from './naming.js';
import { type PoolRow, type Recording, WAIT_CAUSES, type WaitCause } from './recording.js';
import { roundTo } from './statistics.js';
import { EXAMPLES, taskNameAt } from './task-counts.js';

/** What the resizes of one pool ran into. */
export interface ResizeProblem {
  readonly pool: string;
  /** Batch's code (ERR-22). */
  readonly code: string;
  readonly message: string;
  readonly resizes: number;
  /** Start of the first such resize. */
  readonly first_s: number;
}

/** Resizes that ended with an error, by pool and code. */
export function resizeProblems(recording: Recording): ResizeProblem[] {
  const found = new Map<string, ResizeProblem>();
  for (const resize of recording.resizes) {
    for (const { code, message } of resize.errors) {
      const key = `${resize.poolIndex}/${code}`;
      const pool = poolNameAt(recording, resize.poolIndex);
      const known = found.get(key) ?? { pool, code, message, resizes: 0, first_s: resize.startMs / 1000 };
      found.set(key, { ...known, resizes: known.resizes + 1 });
    }
  }
  return [...found.values()];
}

/** Operations that were asked for. */
export interface OperationsSummary {
  readonly total: number;
  /** Refused ones by operation and code, in order of the first of each (ERR-19). */
  readonly refused: readonly RefusedOperations[];
}

/** Refusals of one operation with one code. */
export interface RefusedOperations {
  readonly operation: string;
  readonly code: string;
  readonly status: number;
  readonly count: number;
  /** How many of them the scenario did not expect. */
  readonly unexpected: number;
  readonly first_s: number;
  readonly message: string;
}

/** Counts operations and refusals. */
export function operationsSummary(recording: Recording): OperationsSummary {
  const found = new Map<string, RefusedOperations>();
  for (const { kind: operation, code, status, atMs, message, expected } of recording.operations) {
    if (code === null) continue;
    const key = `${operation} ${code}`;
    const first = { operation, code, status, count: 0, unexpected: 0, first_s: atMs / 1000, message };
    const known = found.get(key) ?? first;
    found.set(key, { ...known, count: known.count + 1, unexpected: known.unexpected + (expected ? 0 : 1) });
  }
  return { total: recording.operations.length, refused: [...found.values()] };
}

/** Unfinished tasks of one cause. */
export interface UnfinishedSummary {
  readonly cause: WaitCause;
  readonly count: number;
  /** The first ones, as `job/task`. */
  readonly examples: readonly string[];
}

/** Tasks that are still active at the end, by cause (SIM-10). */
export function unfinishedTasks(recording: Recording): UnfinishedSummary[] {
  const counts = WAIT_CAUSES.map(() => 0);
  const examples = WAIT_CAUSES.map((): string[] => []);
  for (let i = 0; i < recording.unfinished.count; i++) {
    const cause = recording.unfinished.cause[i] as number;
    counts[cause]! += 1;
    if (examples[cause]!.length < EXAMPLES) {
      examples[cause]!.push(taskNameAt(recording, recording.unfinished.task[i] as number));
    }
  }
  return WAIT_CAUSES.map((cause, i) => ({ cause, count: counts[i]!, examples: examples[i]! })).filter(
    (row) => row.count > 0,
  );
}

/** How much longer the tasks of one pool ran because they shared the cores of their nodes. */
export interface StretchSummary {
  readonly pool: string;
  /** Slots and cores of a node. */
  readonly slots: number;
  readonly cores: number;
  /** Tasks that were slowed down. */
  readonly tasks: number;
  /** Run time of the pool's tasks over what it would have been alone, 3 decimals. */
  readonly factor: number;
}

/** Pools whose tasks shared cores. */
export function stretchByPool(recording: Recording, measures: TaskMeasures): StretchSummary[] {
  const { tasks, nodes, pools } = recording;
  if (!tasks.stretchedMs) return [];
  const sums = pools.map(() => ({ tasks: 0, runMs: 0, aloneMs: 0 }));
  for (let task = 0; task < tasks.count; task++) {
    if (currentStartMs(recording, task) < 0) continue;
    const sum = sums[nodes.pool[tasks.node[task] as number] as number]!;
    const [runMs, stretchedMs] = [measures.runMs(task), measures.stretchedMs(task)];
    sum.runMs += runMs;
    sum.aloneMs += runMs - stretchedMs;
    if (stretchedMs > 0) sum.tasks += 1;
  }
  return sums.flatMap((sum, pool) => {
    if (sum.tasks === 0 || sum.aloneMs <= 0) return [];
    const { taskSlotsPerNode: slots, vmSize } = pools[pool] as PoolRow;
    const factor = roundTo(sum.runMs / sum.aloneMs, 3);
    return [{ pool: poolNameAt(recording, pool), slots, cores: vmSize.vcpus, tasks: sum.tasks, factor }];
  });
}
