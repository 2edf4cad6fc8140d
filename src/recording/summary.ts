/** The figures of one run: what `summary.json` holds and `run --json` prints. */
import { chargesOf } from './costs.js';
import { TaskMeasures } from './measures.js';
import { type NodeSummary, nodeSummary } from './node-summary.js';
import { nodeUses, type UsesSummary } from './node-uses.js';
import { type Occupancy, occupancy } from './occupancy.js';
import { type PoolFlow, poolFlows } from './pool-flow.js';
import { type PriceSummary, priceList } from './price-list.js';
import { type QuotaUse, quotaUses } from './quota-use.js';
import type { Recording, Run } from './recording.js';
import { type CoreHours, type CostSummary, coreHours, costSummary, utilization } from './spending.js';
import type { TimeStatistics } from './statistics.js';
import { countFailures, countTasks, type FailureSummary, type TaskCounts } from './task-counts.js';
import { TaskTimes } from './task-times.js';
import {
  type OperationsSummary,
  operationsSummary,
  type ResizeProblem,
  resizeProblems,
  type StretchSummary,
  stretchByPool,
  type UnfinishedSummary,
  unfinishedTasks,
} from './troubles.js';
import { type RunWarning, runWarnings } from './warnings.js';

/** Keys are only added while this stays the same. */
export const SUMMARY_SCHEMA_VERSION = 1;

/** Everything that one run comes down to. Names ending in `_s` are seconds from the start or lengths in seconds. */
export interface Summary {
  readonly schemaVersion: typeof SUMMARY_SCHEMA_VERSION;
  readonly name: string;
  readonly seed: string | number;
  readonly digest: string;
  /** False when the run was stopped from outside. */
  readonly complete: boolean;
  readonly events: number;
  /** When the run ended (SIM-10). */
  readonly end_s: number;
  /** End of the last task that was completed; 0 if none was. */
  readonly makespan_s: number;
  readonly tasks: TaskCounts;
  /** Over tasks that became runnable: all their time runnable and not running, up to the end of the run. */
  readonly wait_s: TimeStatistics;
  /** Over completed tasks that ran: their last attempt. */
  readonly run_s: TimeStatistics;
  /** Over completed tasks that ran: from their addition to their end, dependencies and all attempts included. */
  readonly turnaround_s: TimeStatistics;
  /** Turnaround ÷ run, a plain number of 3 decimals, over those of them that ran for some time: 1 is undisturbed. */
  readonly slowdown: TimeStatistics;
  readonly nodes: NodeSummary;
  readonly coreHours: CoreHours;
  /** Share of the charged slots' time in which tasks ran (BILL-06), from 0 to 1; null where nothing was charged. */
  readonly utilization: number | null;
  /** Which share of the charged nodes' slots, cores and memory was at work. */
  readonly occupancy: Occupancy;
  readonly cost: CostSummary;
  /** What charged node time was used for, finer than the four parts of `cost`; null without a log. */
  readonly uses: UsesSummary | null;
  /** What nodes were charged at. */
  readonly prices: readonly PriceSummary[];
  /** Failed tasks by code. */
  readonly failures: readonly FailureSummary[];
  readonly operations: OperationsSummary;
  /** Pools whose tasks ran longer because they shared the cores of their nodes. */
  readonly stretch: readonly StretchSummary[];
  /** Queue and targets of every pool; null without a log. */
  readonly pools: readonly PoolFlow[] | null;
  /** Core quotas of the accounts: what was held, what was left, when they bound. */
  readonly quotas: readonly QuotaUse[];
  /** Resizes that a quota cut short (RSZ-05). */
  readonly quotasHit: readonly ResizeProblem[];
  /** Resizes that ended below target for another reason (RSZ-06, RSZ-07). */
  readonly resizeErrors: readonly ResizeProblem[];
  /** Tasks that are still active at the end, by cause (SIM-10). */
  readonly unfinished: readonly UnfinishedSummary[];
  readonly warnings: readonly RunWarning[];
}

/** Adds a run up. Without a log three keys are null, or know less: `uses`, `pools` and `occupancy`; all others are the same. */
export function summarize(run: Run): Summary {
  const { recording } = run;
  const measures = new TaskMeasures(recording);
  const charges = chargesOf(recording, measures.index);
  const times = new TaskTimes(recording, measures);
  const counts = countTasks(recording);
  const problems = resizeProblems(recording);
  const busyShare = utilization(recording, charges);
  const cost = costSummary(recording, charges, counts.succeeded);
  return {
    schemaVersion: SUMMARY_SCHEMA_VERSION,
    name: recording.run.name,
    seed: recording.run.seed,
    digest: recording.run.digest,
    complete: recording.run.complete,
    events: recording.run.eventCount,
    end_s: recording.run.endMs / 1000,
    makespan_s: makespanMs(recording) / 1000,
    tasks: counts,
    ...times.all(),
    nodes: nodeSummary(recording, charges),
    coreHours: coreHours(recording, charges),
    utilization: busyShare,
    occupancy: occupancy(run, busyShare),
    cost,
    uses: nodeUses(recording, cost),
    prices: priceList(recording, charges),
    failures: countFailures(recording),
    operations: operationsSummary(recording),
    stretch: stretchByPool(recording, measures),
    pools: poolFlows(recording),
    quotas: quotaUses(run),
    quotasHit: problems.filter((problem) => problem.code.includes('Quota')),
    resizeErrors: problems.filter((problem) => !problem.code.includes('Quota')),
    unfinished: unfinishedTasks(recording),
    warnings: runWarnings(recording, charges),
  };
}

/** End of the last completed task, in ms; 0 if none was. */
export function makespanMs(recording: Recording): number {
  const { endMs, count } = recording.tasks;
  let last = 0;
  for (let task = 0; task < count; task++) if ((endMs[task] as number) > last) last = endMs[task] as number;
  return last;
}
