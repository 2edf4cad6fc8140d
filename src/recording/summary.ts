/** The figures of one run: what `summary.json` holds and `run --json` prints. */
import { TASK_STATES } from '../model/index.js';
import { indexAttempts } from './attempts.js';
import { chargesOf } from './costs.js';
import { TaskMeasures } from './measures.js';
import { type NodeSummary, nodeSummary } from './node-summary.js';
import { ATTEMPT_ENDS, type Recording, type Run, WAIT_CAUSES, type WaitCause } from './recording.js';
import { type CoreHours, type CostSummary, coreHours, costSummary, utilization } from './spending.js';
import { type TimeStatistics, timeStatistics } from './statistics.js';
import { type RunWarning, runWarnings } from './warnings.js';

/** Keys are only added while this stays the same. */
export const SUMMARY_SCHEMA_VERSION = 1;

/** Names of unfinished tasks that a summary gives for each cause. */
export const UNFINISHED_EXAMPLES = 20;

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
  readonly nodes: NodeSummary;
  readonly coreHours: CoreHours;
  /** Share of the charged slots' time in which tasks ran (BILL-06), from 0 to 1; null where nothing was charged. */
  readonly utilization: number | null;
  readonly cost: CostSummary;
  /** Resizes that a quota cut short (RSZ-05). */
  readonly quotasHit: readonly ResizeProblem[];
  /** Resizes that ended below target for another reason (RSZ-06, RSZ-07). */
  readonly resizeErrors: readonly ResizeProblem[];
  /** Tasks that are still active at the end, by cause (SIM-10). */
  readonly unfinished: readonly UnfinishedSummary[];
  readonly warnings: readonly RunWarning[];
}

/** `total` is the sum of succeeded, failed, active and running. */
export interface TaskCounts {
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Waiting for anything: dependencies, a slot, dispatch. */
  readonly active: number;
  readonly running: number;
  readonly retries: number;
  readonly requeues: number;
  /** Attempts cut short by the service: node loss, preemption, displacement. */
  readonly interruptions: number;
}

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

/** Unfinished tasks of one cause. */
export interface UnfinishedSummary {
  readonly cause: WaitCause;
  readonly count: number;
  /** The first ones, as `job/task`. */
  readonly examples: readonly string[];
}

/** Adds a run up; needs no log. */
export function summarize(run: Run): Summary {
  const { recording } = run;
  const index = indexAttempts(recording);
  const charges = chargesOf(recording, index);
  const counts = countTasks(recording);
  const problems = resizeProblems(recording);
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
    ...taskTimes(recording),
    nodes: nodeSummary(recording, charges),
    coreHours: coreHours(recording, charges),
    utilization: utilization(recording, charges),
    cost: costSummary(recording, charges, counts.succeeded),
    quotasHit: problems.filter((problem) => problem.code.includes('Quota')),
    resizeErrors: problems.filter((problem) => !problem.code.includes('Quota')),
    unfinished: unfinished(recording),
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

const COMPLETED = TASK_STATES.indexOf('completed');
const ACTIVE = TASK_STATES.indexOf('active');

function countTasks(recording: Recording): TaskCounts {
  const { tasks } = recording;
  let [succeeded, failed, active, retries] = [0, 0, 0, 0];
  for (let task = 0; task < tasks.count; task++) {
    const state = tasks.state[task];
    if (state === ACTIVE) active += 1;
    else if (state === COMPLETED && tasks.failure[task] === 0) succeeded += 1;
    else if (state === COMPLETED) failed += 1;
    retries += tasks.retries[task] as number;
  }
  const running = tasks.count - succeeded - failed - active;
  const requeues = sumOf(tasks.requeues, tasks.count);
  return {
    total: tasks.count,
    succeeded,
    failed,
    active,
    running,
    retries,
    requeues,
    interruptions: interruptionsOf(recording),
  };
}

function interruptionsOf(recording: Recording): number {
  if (recording.tasks.interruptions !== null) return sumOf(recording.tasks.interruptions, recording.tasks.count);
  const displaced = ATTEMPT_ENDS.indexOf('displaced');
  let count = 0;
  for (let i = 0; i < recording.attempts.count; i++) if (recording.attempts.outcome[i] === displaced) count += 1;
  return count;
}

function sumOf(column: Uint32Array | null, count: number): number {
  let sum = 0;
  for (let i = 0; column !== null && i < count; i++) sum += column[i] as number;
  return sum;
}

function taskTimes(recording: Recording): Pick<Summary, 'wait_s' | 'run_s'> {
  const { tasks } = recording;
  const measures = new TaskMeasures(recording);
  const waits = new Float64Array(tasks.count);
  const runs = new Float64Array(tasks.count);
  let [waitCount, runCount] = [0, 0];
  for (let task = 0; task < tasks.count; task++) {
    const waitMs = measures.waitMs(task);
    if (waitMs >= 0) waits[waitCount++] = waitMs;
    const runMs = tasks.state[task] === COMPLETED ? measures.runMs(task) : -1;
    if (runMs >= 0) runs[runCount++] = runMs;
  }
  return { wait_s: timeStatistics(waits.subarray(0, waitCount)), run_s: timeStatistics(runs.subarray(0, runCount)) };
}

function resizeProblems(recording: Recording): ResizeProblem[] {
  const found = new Map<string, ResizeProblem>();
  for (const resize of recording.resizes) {
    const pool = recording.pools[resize.poolIndex]!;
    for (const { code, message } of resize.errors) {
      const key = `${resize.poolIndex}/${code}`;
      const known = found.get(key);
      if (known === undefined) {
        found.set(key, { pool: pool.id, code, message, resizes: 1, first_s: resize.startMs / 1000 });
      } else found.set(key, { ...known, resizes: known.resizes + 1 });
    }
  }
  return [...found.values()];
}

function unfinished(recording: Recording): UnfinishedSummary[] {
  const counts = WAIT_CAUSES.map(() => 0);
  const examples = WAIT_CAUSES.map((): string[] => []);
  for (let i = 0; i < recording.unfinished.count; i++) {
    const cause = recording.unfinished.cause[i] as number;
    const task = recording.unfinished.task[i] as number;
    counts[cause]! += 1;
    const names = examples[cause]!;
    if (names.length >= UNFINISHED_EXAMPLES) continue;
    names.push(`${recording.jobs[recording.tasks.job[task] as number]?.id}/${recording.taskNames.id(task)}`);
  }
  return WAIT_CAUSES.map((cause, i) => ({ cause, count: counts[i]!, examples: examples[i]! })).filter(
    (row) => row.count > 0,
  );
}
