/** The shape of a trace's dependencies: levels, critical path, cycles. Linear in tasks and dependencies. */
import type { TraceDependencies } from './trace-table.js';

/** What the dependencies of a trace look like. */
export interface GraphShape {
  readonly edgeCount: number;
  readonly rootCount: number;
  readonly leafCount: number;
  /** Tasks by level: 1 + the greatest level among parents, roots in the first. Tasks that can never run have none. */
  readonly tasksByLevel: readonly number[];
  /** The greatest sum of run times along a path, both ends included, in ms. */
  readonly criticalPathMs: number;
  /** When the last task would end if each started the moment it was submitted and its parents were done, in ms. */
  readonly unlimitedMakespanMs: number;
  /** Tasks on a cycle or behind one (DEP-10). */
  readonly blockedCount: number;
  /** Rows of one cycle, each the parent of the next and the last of the first; empty: there is none. */
  readonly cycle: readonly number[];
}

/** Measures a graph whose row i has the given run time and submission time. */
export function shapeOf(
  dependencies: TraceDependencies | null,
  runtimeMs: Float64Array,
  submitMs: Float64Array,
): GraphShape {
  const count = runtimeMs.length;
  const offsets = dependencies?.offsets ?? new Int32Array(count + 1);
  const parents = dependencies?.parents ?? new Int32Array(0);
  const children = invert(offsets, parents, count);
  const open = new Int32Array(count);
  const order = new Int32Array(count);
  let ordered = 0;
  for (let row = 0; row < count; row++) {
    open[row] = (offsets[row + 1] as number) - (offsets[row] as number);
    if (open[row] === 0) order[ordered++] = row;
  }
  const rootCount = ordered;
  const level = new Int32Array(count);
  const pathMs = new Float64Array(count);
  const readyMs = submitMs.slice();
  const tasksByLevel: number[] = [];
  let criticalPathMs = 0;
  let unlimitedMakespanMs = 0;
  for (let next = 0; next < ordered; next++) {
    const row = order[next] as number;
    const ownLevel = level[row] as number;
    const length = (pathMs[row] as number) + (runtimeMs[row] as number);
    const endMs = (readyMs[row] as number) + (runtimeMs[row] as number);
    tasksByLevel[ownLevel] = (tasksByLevel[ownLevel] ?? 0) + 1;
    criticalPathMs = Math.max(criticalPathMs, length);
    unlimitedMakespanMs = Math.max(unlimitedMakespanMs, endMs);
    for (let at = children.offsets[row] as number; at < (children.offsets[row + 1] as number); at++) {
      const child = children.rows[at] as number;
      level[child] = Math.max(level[child] as number, ownLevel + 1);
      pathMs[child] = Math.max(pathMs[child] as number, length);
      readyMs[child] = Math.max(readyMs[child] as number, endMs);
      open[child] = (open[child] as number) - 1;
      if (open[child] === 0) order[ordered++] = child;
    }
  }
  return {
    edgeCount: parents.length,
    rootCount,
    leafCount: countLeaves(children.offsets),
    tasksByLevel,
    criticalPathMs,
    unlimitedMakespanMs,
    blockedCount: count - ordered,
    cycle: ordered === count ? [] : findCycle(offsets, parents, open),
  };
}

function invert(offsets: Int32Array, parents: Int32Array, count: number): { offsets: Int32Array; rows: Int32Array } {
  const starts = new Int32Array(count + 1);
  for (const parent of parents) starts[parent + 1] = (starts[parent + 1] as number) + 1;
  for (let row = 0; row < count; row++) starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number);
  const rows = new Int32Array(parents.length);
  const free = starts.slice();
  for (let row = 0; row < count; row++) {
    for (let at = offsets[row] as number; at < (offsets[row + 1] as number); at++) {
      const parent = parents[at] as number;
      rows[free[parent] as number] = row;
      free[parent] = (free[parent] as number) + 1;
    }
  }
  return { offsets: starts, rows };
}

function countLeaves(offsets: Int32Array): number {
  let leaves = 0;
  for (let row = 0; row + 1 < offsets.length; row++) if (offsets[row] === offsets[row + 1]) leaves += 1;
  return leaves;
}

/** Walks from a blocked row to a blocked parent until one comes up again; `open` counts parents still missing. */
function findCycle(offsets: Int32Array, parents: Int32Array, open: Int32Array): number[] {
  const seenAt = new Map<number, number>();
  const path: number[] = [];
  let row = open.findIndex((missing) => missing > 0);
  while (!seenAt.has(row)) {
    seenAt.set(row, path.length);
    path.push(row);
    const own = parents.subarray(offsets[row], offsets[row + 1]);
    row = own.find((parent) => (open[parent] as number) > 0) as number;
  }
  return path.slice(seenAt.get(row)).reverse();
}
