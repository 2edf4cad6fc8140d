/** A run as text: CSV, NDJSON, JSON and a summary for terminals. Touches no files. */
export { attributionRows } from './attribution-csv.js';
export * from './charts/index.js';
export * from './columns.js';
export { costRows } from './cost-csv.js';
export { type CsvRow, csvChunks } from './csv.js';
export { eventLines } from './events-ndjson.js';
export { jobTimesRows } from './job-times-csv.js';
export { jobRows } from './jobs-csv.js';
export { nodeRows } from './nodes-csv.js';
export * from './run-files.js';
export * from './scaling/index.js';
export { planSlots, type SlotPlan } from './slots.js';
export { automaticStepMs, stepMsOf } from './step.js';
export { summaryText } from './summary-text.js';
export { taskRows } from './tasks-csv.js';
export { utilizationRows } from './utilization-csv.js';
