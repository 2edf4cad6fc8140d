/** How a pool scaled through a run, in figures. Judges compare them with what was asked; tables print them as they are. */
import { TASK_FAILURES } from '../../model/index.js';
import { indexAttempts, visitHolds } from '../attempts.js';
import { chargesOf } from '../costs.js';
import { TaskMeasures } from '../measures.js';
import { ATTEMPT_ENDS, type Recording } from '../recording.js';
import { CHARGE_PARTS, partUsd } from '../spending.js';
import { percentile } from '../statistics.js';
import { countAt, highest, nodeSteps } from './steps.js';

/** The figures of one pool. */
export interface ScalingFigures {
  /** USD charged for its nodes; null where one had no known price (BILL-07). */
  readonly costUsd: number | null;
  /** Most nodes there at one moment, dedicated and spot together. */
  readonly peakNodes: number;
  /** Changes of the targets by the formula: in the busiest 60 minutes, and in the whole run. */
  readonly changesPerHour: number;
  readonly changes: number;
  /** 95th percentile of the waits of the pool's tasks, in ms; null: none ever became runnable. */
  readonly p95WaitMs: number | null;
  /** How often a shrink took a running task from its node: it was requeued, or ended. */
  readonly takenTasks: number;
  /** From the end of the last task to the first moment without a node, in ms; null: there was none, or tasks had not ended. */
  readonly zeroAfterMs: number | null;
  /** When the last of its tasks ended, in ms from the start; 0 where it had none. */
  readonly endMs: number;
  /** Tasks that had not ended when the run did. */
  readonly unended: number;
}

/** All figures of a pool (by row). Needs no log. */
export function scalingFigures(recording: Recording, pool: number): ScalingFigures {
  const { most, total } = busiestHour(recording, pool);
  const { lastMs, unended, zeroAfterMs } = lettingGo(recording, pool);
  return {
    costUsd: poolCostUsd(recording, pool),
    peakNodes: highest(nodeSteps(recording, pool))?.count ?? 0,
    changesPerHour: most,
    changes: total,
    p95WaitMs: waitsOf(recording, pool)?.p95Ms ?? null,
    takenTasks: takenTasks(recording, pool).count,
    zeroAfterMs,
    endMs: lastMs,
    unended,
  };
}

const HOUR_MS = 3_600_000;

/** The 60 minutes in which the formula changed the targets most often, and all its changes. */
export function busiestHour(
  recording: Recording,
  pool: number,
): { readonly most: number; readonly fromMs: number; readonly total: number } {
  const changes = autoscaleResizes(recording, pool);
  let [most, fromMs] = [0, 0];
  for (let first = 0, next = 0; first < changes.length; first++) {
    while (next < changes.length && (changes[next] as number) < (changes[first] as number) + HOUR_MS) next += 1;
    if (next - first > most) [most, fromMs] = [next - first, changes[first] as number];
  }
  return { most, fromMs, total: changes.length };
}

/** The waits of the pool's tasks; null where none ever became runnable. */
export function waitsOf(recording: Recording, pool: number): { readonly count: number; readonly p95Ms: number } | null {
  const measures = new TaskMeasures(recording);
  const waits: number[] = [];
  for (let task = 0; task < recording.tasks.count; task++) {
    const waitMs = isOfPool(recording, pool, task) ? measures.waitMs(task) : -1;
    if (waitMs >= 0) waits.push(waitMs);
  }
  return waits.length === 0 ? null : { count: waits.length, p95Ms: percentile(Float64Array.from(waits), 95) };
}

/** How the pool let go of its nodes. */
export interface LettingGo {
  /** When the last of its tasks ended, in ms; 0 where it had none. */
  readonly lastMs: number;
  /** Tasks that have not. */
  readonly unended: number;
  /** Nodes at the end of the run. */
  readonly left: number;
  readonly zeroAfterMs: number | null;
}

/** When the last task ended, and how long after that the last node left. */
export function lettingGo(recording: Recording, pool: number): LettingGo {
  const { tasks } = recording;
  let [lastMs, unended] = [0, 0];
  for (let task = 0; task < tasks.count; task++) {
    if (!isOfPool(recording, pool, task)) continue;
    const endMs = Math.max(tasks.endMs[task] as number, tasks.deletedMs?.[task] ?? -1);
    if (endMs < 0) unended += 1;
    lastMs = Math.max(lastMs, endMs);
  }
  const steps = nodeSteps(recording, pool);
  const zeroMs =
    countAt(steps, lastMs) === 0 ? lastMs : steps.find((step) => step.atMs > lastMs && step.count === 0)?.atMs;
  const zeroAfterMs = zeroMs === undefined || unended > 0 ? null : zeroMs - lastMs;
  return { lastMs, unended, left: countAt(steps, recording.run.endMs), zeroAfterMs };
}

const REMOVED = ATTEMPT_ENDS.indexOf('nodeRemoved');
const STOPPED = TASK_FAILURES.indexOf('TaskEnded');

/**
 * How often a shrink by the formula took a running task from its node, and when first. Nodes that leave at once (`requeue`,
 * `terminate`) leave at the moment of the resize; a node that waits for its tasks takes none.
 */
export function takenTasks(
  recording: Recording,
  pool: number,
): { readonly count: number; readonly firstMs: number | null } {
  const shrinks = new Set(autoscaleResizes(recording, pool));
  const { attempts, tasks, nodes } = recording;
  let [count, firstMs] = [0, Number.POSITIVE_INFINITY];
  visitHolds(recording, indexAttempts(recording), ({ task, node, attempt, subtask, toMs }) => {
    const isTaken = attempt >= 0 ? attempts.outcome[attempt] === REMOVED : tasks.failure[task] === STOPPED;
    if (!isTaken || subtask >= 0 || nodes.pool[node] !== pool || !shrinks.has(toMs)) return;
    count += 1;
    firstMs = Math.min(firstMs, toMs);
  });
  return { count, firstMs: count === 0 ? null : firstMs };
}

/** When the formula changed the pool's targets, in ms, oldest first. */
function autoscaleResizes({ resizes }: Recording, pool: number): readonly number[] {
  return resizes.flatMap((row) => (row.poolIndex === pool && row.cause === 'autoscale' ? [row.startMs] : []));
}

function poolCostUsd(recording: Recording, pool: number): number | null {
  const groups = chargesOf(recording, null).groups.filter((group) => group.pool === pool);
  const usd = groups.flatMap((group) => CHARGE_PARTS.map((part) => partUsd(group, part)));
  const total = usd.reduce((sum, one) => sum + one, 0);
  return Number.isNaN(total) ? null : total;
}

/** Whether the task's job is, or was at the end, bound to the pool. */
function isOfPool({ tasks, jobs }: Recording, pool: number, task: number): boolean {
  return jobs[tasks.job[task] as number]?.poolIndex === pool;
}
