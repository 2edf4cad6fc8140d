/** A trace as the tasks of a job: columns become columns, nothing is copied row by row that need not be. */
import { constant, makeTasks, type TaskDependencies, type TaskSet } from '../../model/index.js';
import type { TraceTable } from './trace-table.js';

/** `requiredSlots` of a task: the trace's `slots` column (1 without one), as many as it used processors, or 1. */
export type TraceSlots = 'column' | 'processors' | 'one';

/** How a trace becomes tasks. */
export interface TraceTaskSetOptions {
  /** Default: `column`. */
  readonly slots?: TraceSlots;
  /** How many tasks the job has before these: dependencies are counted within the job. Default 0. */
  readonly firstIndexInJob?: number;
}

/** The most that the column of required slots holds; no node has as many (ACC-13), so more is the same as this. */
const MAX_REQUIRED_SLOTS = 65_535;

/** One task a row, added at the row's submission time after its job. */
export function traceTaskSet(table: TraceTable, options: TraceTaskSetOptions = {}): TaskSet {
  const { firstIndexInJob = 0 } = options;
  return makeTasks({
    count: table.count,
    ids: { kind: 'list', values: table.ids },
    displayNames: table.displayNames,
    arrival: table.submitMs.every((ms) => ms === 0) ? { kind: 'at', atMs: 0 } : { kind: 'trace', atMs: table.submitMs },
    runtime: table.runtimeMs,
    exitCode: table.exitCodes ?? [constant(0)],
    requiredSlots: requiredSlots(slotCounts(table, options.slots ?? 'column')),
    maxWallClockTimeMs: table.maxWallClockMs,
    dependsOn: dependsOn(table, firstIndexInJob),
  });
}

/** Slots that each task asks for, before the bound of the column; null: 1 for all. */
export function slotCounts(table: TraceTable, slots: TraceSlots): Int32Array | null {
  if (slots === 'one') return null;
  return slots === 'processors' ? table.processors : table.slots;
}

function requiredSlots(counts: Int32Array | null): number | Uint16Array {
  return counts === null ? 1 : Uint16Array.from(counts, (count) => Math.min(count, MAX_REQUIRED_SLOTS));
}

function dependsOn(table: TraceTable, firstIndexInJob: number): TaskDependencies | null {
  if (table.dependencies === null) return null;
  const { offsets, parents } = table.dependencies;
  const shifted = firstIndexInJob === 0 ? parents : parents.map((parent) => parent + firstIndexInJob);
  return { taskIds: [], taskIdRanges: [], columns: { offsets, parents: shifted } };
}
