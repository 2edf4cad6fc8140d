/** What one run left behind, as columns: the contract, its file form, and the measures taken from it. */
export * from './attempts.js';
export * from './autoscale-rows.js';
export * from './autoscale-runs.js';
export * from './bodies/job-statistics.js';
export { instantOf, type Moment, momentAt } from './bodies/moment.js';
export * from './bodies/node-counts.js';
export { MOST_RECENT_TASKS } from './bodies/node-history.js';
export * from './bodies/node-task-status.js';
export * from './bodies/task-counts.js';
export * from './bodies/task-information.js';
export * from './bodies/usage-metrics.js';
export * from './costs.js';
export { decodeRecording, openRecording, RecordingFile } from './decode.js';
export { encodeRecording } from './encode.js';
export * from './expect.js';
export * from './job-tasks.js';
export { Ledger } from './ledger.js';
export type { LedgerCell } from './ledger-cells.js';
export * from './measures.js';
export * from './naming.js';
export * from './node-summary.js';
export type { UseSummary, UsesSummary } from './node-uses.js';
export type { Occupancy } from './occupancy.js';
export * from './phases.js';
export type { PoolFlow, TargetGap } from './pool-flow.js';
export * from './price-list.js';
export type { QuotaUse } from './quota-use.js';
export * from './recording.js';
export * from './replay.js';
export { type ScalingFigures, scalingFigures } from './scaling-judges/figures.js';
export type { Judgement } from './scaling-judges/judgement.js';
export * from './scaling-judges/judges.js';
export * from './scaling-judges/matchers.js';
export * from './series/pool-series.js';
export * from './series/reduce.js';
export * from './series/series.js';
export * from './series/waits.js';
export * from './spending.js';
export * from './statistics.js';
export * from './summary.js';
export * from './task-counts.js';
export * from './task-names.js';
export { TaskTimes, type TimesSummary } from './task-times.js';
export * from './troubles.js';
export * from './uses.js';
export * from './warnings.js';
export type { CauseDoc } from './why/cause-doc.js';
export {
  type Reason,
  WHY,
  type WhyAnswer,
  type WhyCause,
} from './why/causes.js';
export { whyNode } from './why/node.js';
export { whyPool } from './why/pool.js';
export { findNode, findPool, findTask, type NotFound, type WhyRun, whyRun } from './why/run.js';
export { whyTask } from './why/task.js';
export { momentText, whyText } from './why/text.js';
export * from './world-state.js';
