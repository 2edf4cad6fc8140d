/**
 * A recorded workload as columns, whatever its format was: what `readTrace` returns, `traceTaskSet` turns into tasks
 * and `importTrace` writes out. Row i of every column is the same task; rows keep the order of the file. Times are
 * whole milliseconds counted from the first submission.
 */
import type { Diagnostic } from '../../base/index.js';
import type { TraceFormat } from './format.js';

/** One trace, read. */
export interface TraceTable {
  /** The file as the user named it. */
  readonly name: string;
  readonly format: TraceFormat;
  readonly count: number;
  /** Fit for Batch and unique, case aside (ACC-17). */
  readonly ids: readonly string[];
  /** The trace's own ids where they had to be mapped, and names it gave; empty string: none. Null: none at all. */
  readonly displayNames: readonly string[] | null;
  /** From the first submission, in ms. */
  readonly submitMs: Float64Array;
  /** In ms. */
  readonly runtimeMs: Float64Array;
  /** Processors that a task used; 1 where the format leaves them out. Null: the trace has none at all. */
  readonly processors: Int32Array | null;
  /** Task slots that a row asks for itself (CSV and NDJSON). Null: none does. */
  readonly slots: Int32Array | null;
  /** Memory of a task in bytes; -1: unknown. Null: unknown for all. Recorded, not simulated. */
  readonly memoryBytes: Float64Array | null;
  /** Null: 0 for all. */
  readonly exitCodes: Int32Array | null;
  /** TASK-11: ms an attempt may run; -1: no limit. Null: none has one. */
  readonly maxWallClockMs: Float64Array | null;
  /** Dependencies: task i waits for `parents[offsets[i]] … parents[offsets[i + 1] - 1]`, rows of this table. Null: none. */
  readonly dependencies: TraceDependencies | null;
  /** The first submission on the trace's own clock, in ms; Unix time where the trace gives that. Null: no clock. */
  readonly originMs: number | null;
  readonly notes: TraceNotes;
  /** What was skipped or left out, as warnings with a code and, where there is one, a place. */
  readonly warnings: readonly Diagnostic[];
}

/** Edges as compressed rows. */
export interface TraceDependencies {
  readonly offsets: Int32Array;
  readonly parents: Int32Array;
}

/** Why a row was skipped. */
export const DROP_REASONS = [
  'malformed',
  'no-id',
  'duplicate-id',
  'no-submit-time',
  'no-runtime',
  'no-processors',
  'bad-value',
  'out-of-range',
] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** One row that was skipped. */
export interface DroppedRow {
  /** From 1; for a WfFormat document the position in its list of tasks, from 1. */
  readonly line: number;
  readonly reason: DropReason;
  /** What was found, in a few words. */
  readonly detail: string;
}

/** What reading did besides copying values. */
export interface TraceNotes {
  /** Rows seen: kept and skipped, without headers, comments and blank lines. */
  readonly rowCount: number;
  readonly droppedCount: number;
  /** Reasons that occurred, in the order of {@link DROP_REASONS}. */
  readonly droppedByReason: ReadonlyMap<DropReason, number>;
  /** The first {@link MAX_LISTED_ROWS} of them. */
  readonly dropped: readonly DroppedRow[];
  /** Times with a fraction of a millisecond, rounded to the nearest, halves up. */
  readonly roundedCount: number;
  /** Ids that ACC-17 refuses or that were taken. */
  readonly mappedIdCount: number;
  readonly collidingIdCount: number;
  /** Dependencies on tasks that are not in the table, left out; `child <- parent` for the first of them. */
  readonly unknownParentCount: number;
  readonly unknownParents: readonly string[];
  /** Dependencies listed twice for one task, counted once. */
  readonly repeatedParentCount: number;
  /** WfFormat: dependencies that only one of the two tasks lists. */
  readonly mismatchCount: number;
  /** Rows without a count of processors, taken as 1. */
  readonly assumedProcessorCount: number;
  /** Columns and fields of the file that hold something and are not used. */
  readonly ignoredFields: readonly string[];
}

/** How many skipped rows are listed one by one. */
export const MAX_LISTED_ROWS = 1000;
/** How many unknown parents are listed one by one. */
export const MAX_LISTED_PARENTS = 20;
