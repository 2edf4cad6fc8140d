/**
 * Recorded workloads: six formats read to one table of columns, a table turned into the tasks of a job, and a trace
 * imported as a scenario of its own. Text in, text and columns out; nothing here touches a file.
 */
export { TRACE_CODES, type TraceCode } from './codes.js';
export { type ColumnMeaning, type ColumnRole, PLAIN_COLUMNS } from './columns.js';
export { guessTraceFormat, isTraceFormat, TRACE_FORMATS, type TraceFormat } from './format.js';
export { type GraphShape, shapeOf } from './graph.js';
export { IMPORT_DEFAULTS, type ImportOptions, TASK_TABLE_FILE } from './import-options.js';
export type { ImportReport, PoolReport } from './import-report.js';
export { type ImportedTrace, importTrace } from './import-trace.js';
export { readTrace, type TraceSource } from './read-trace.js';
export { idHash, mapTaskId } from './task-ids.js';
export { type TraceSlots, type TraceTaskSetOptions, traceTaskSet } from './task-set.js';
export {
  DROP_REASONS,
  type DroppedRow,
  type DropReason,
  type TraceDependencies,
  type TraceNotes,
  type TraceTable,
} from './trace-table.js';
