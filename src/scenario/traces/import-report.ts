/** What an import tells about a trace: the figures by which one sees that it was read as it was meant. */

import type { TraceFormat } from './format.js';
import { type GraphShape, shapeOf } from './graph.js';
import type { DroppedRow, DropReason, TraceTable } from './trace-table.js';

/** The object that `import --json` prints; keys are only ever added. Times are in seconds, to the millisecond. */
export interface ImportReport {
  readonly schemaVersion: 1;
  readonly name: string;
  readonly format: TraceFormat;
  readonly tasks: number;
  readonly edges: number;
  readonly roots: number;
  readonly leaves: number;
  readonly dropped: {
    readonly total: number;
    readonly byReason: Readonly<Partial<Record<DropReason, number>>>;
    /** The first 1,000. */
    readonly rows: readonly DroppedRow[];
  };
  readonly total_runtime_s: number;
  readonly min_runtime_s: number;
  readonly max_runtime_s: number;
  readonly mean_runtime_s: number;
  readonly zero_runtime_tasks: number;
  /** Run times times processors. */
  readonly total_core_seconds: number;
  readonly critical_path_s: number;
  /** When the last task would end on nodes without number. */
  readonly unlimited_makespan_s: number;
  readonly tasks_by_level: readonly number[];
  readonly depth_levels: number;
  readonly max_width_by_level: number;
  /** On the trace's own clock; null where it has none. */
  readonly first_submit_s: number | null;
  readonly last_submit_s: number | null;
  readonly submit_span_s: number;
  /** Tasks by processors, ascending. */
  readonly tasks_by_processors: readonly { readonly processors: number; readonly tasks: number }[];
  readonly ids: { readonly mapped: number; readonly collisions: number };
  readonly times_rounded_to_ms: number;
  readonly unknown_parents: { readonly total: number; readonly examples: readonly string[] };
  readonly repeated_parents: number;
  readonly parent_child_mismatches: number;
  readonly assumed_processors: number;
  readonly ignored_fields: readonly string[];
  /** Tasks on a cycle of dependencies or behind one, and the ids on one cycle. */
  readonly cycle: { readonly blocked: number; readonly ids: readonly string[] };
  readonly pool: PoolReport;
}

/** The pool that was made for the trace. */
export interface PoolReport {
  readonly nodes: number;
  readonly vmSize: string;
  readonly cores: number;
  readonly taskSlotsPerNode: number;
  /** Tasks that need more slots than a node has (TASK-18). */
  readonly never_run: {
    readonly tasks: number;
    readonly examples: readonly { readonly id: string; readonly slots: number }[];
  };
}

/** The figures of a table. `pool` is added by who makes one. */
export function traceFigures(table: TraceTable, shape: GraphShape): Omit<ImportReport, 'pool'> {
  const { notes, runtimeMs } = table;
  const run = sumUp(runtimeMs);
  const lastMs = sumUp(table.submitMs).greatest;
  return {
    schemaVersion: 1,
    name: table.name,
    format: table.format,
    tasks: table.count,
    edges: shape.edgeCount,
    roots: shape.rootCount,
    leaves: shape.leafCount,
    dropped: { total: notes.droppedCount, byReason: Object.fromEntries(notes.droppedByReason), rows: notes.dropped },
    total_runtime_s: run.sum / 1000,
    min_runtime_s: run.least / 1000,
    max_runtime_s: run.greatest / 1000,
    mean_runtime_s: Math.round((run.sum / table.count) * 1000) / 1_000_000,
    zero_runtime_tasks: runtimeMs.reduce((zeros, ms) => (ms === 0 ? zeros + 1 : zeros), 0),
    total_core_seconds: coreMs(table) / 1000,
    critical_path_s: shape.criticalPathMs / 1000,
    unlimited_makespan_s: shape.unlimitedMakespanMs / 1000,
    tasks_by_level: shape.tasksByLevel,
    depth_levels: shape.tasksByLevel.length,
    max_width_by_level: shape.tasksByLevel.reduce((widest, width) => Math.max(widest, width), 0),
    first_submit_s: table.originMs === null ? null : table.originMs / 1000,
    last_submit_s: table.originMs === null ? null : (table.originMs + lastMs) / 1000,
    submit_span_s: lastMs / 1000,
    tasks_by_processors: countByProcessors(table),
    ids: { mapped: notes.mappedIdCount, collisions: notes.collidingIdCount },
    times_rounded_to_ms: notes.roundedCount,
    unknown_parents: { total: notes.unknownParentCount, examples: notes.unknownParents },
    repeated_parents: notes.repeatedParentCount,
    parent_child_mismatches: notes.mismatchCount,
    assumed_processors: notes.assumedProcessorCount,
    ignored_fields: notes.ignoredFields,
    cycle: { blocked: shape.blockedCount, ids: shape.cycle.slice(0, 20).map((row) => table.ids[row] as string) },
  };
}

/** The shape of a table's dependencies. */
export function shapeOfTable(table: TraceTable): GraphShape {
  return shapeOf(table.dependencies, table.runtimeMs, table.submitMs);
}

function sumUp(values: Float64Array): { readonly sum: number; readonly least: number; readonly greatest: number } {
  let sum = 0;
  let least = values[0] ?? 0;
  let greatest = least;
  for (const value of values) {
    sum += value;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return { sum, least, greatest };
}

function coreMs(table: TraceTable): number {
  let sum = 0;
  for (let i = 0; i < table.count; i++) sum += (table.runtimeMs[i] as number) * (table.processors?.[i] ?? 1);
  return sum;
}

function countByProcessors(table: TraceTable): { readonly processors: number; readonly tasks: number }[] {
  const counts = new Map<number, number>();
  for (let i = 0; i < table.count; i++) {
    const processors = table.processors?.[i] ?? 1;
    counts.set(processors, (counts.get(processors) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => a[0] - b[0]).map(([processors, tasks]) => ({ processors, tasks }));
}
