/** The figures by which the scaling of a pool is judged and compared. They need no log. */
import { chargesOf } from '../costs.js';
import { TaskMeasures } from '../measures.js';
import type { Recording } from '../recording.js';
import { CHARGE_PARTS, partUsd } from '../spending.js';
import { percentile } from '../statistics.js';
import { highest, nodeSteps } from './steps.js';

/** How one pool did through a run. */
export interface ScalingFigures {
  /** USD charged for its nodes; null where one had no known price (BILL-07). */
  readonly costUsd: number | null;
  /** 95th percentile of its tasks' waits in ms; null: none ever waited. */
  readonly p95WaitMs: number | null;
  /** Most nodes at a time, preempted ones included. */
  readonly peakNodes: number;
  /** Changes of its targets by the formula in the busiest 60 minutes. */
  readonly changesPerHour: number;
  /** When the last of its tasks ended, in ms from the start; 0 where it had none. */
  readonly endMs: number;
  /** Tasks that had not ended when the run did. */
  readonly unended: number;
}

/** The figures of a pool, by row. */
export function scalingFigures(recording: Recording, pool: number): ScalingFigures {
  const { lastMs, unended } = taskEnds(recording, pool);
  return {
    costUsd: poolCostUsd(recording, pool),
    p95WaitMs: waitFigures(recording, pool).p95Ms,
    peakNodes: highest(nodeSteps(recording, pool))?.count ?? 0,
    changesPerHour: busiestHour(recording, pool).most,
    endMs: lastMs,
    unended,
  };
}

const HOUR_MS = 3_600_000;

/** The 60 minutes with the most changes of targets by the formula, when they begin, and how many there are in all. */
export function busiestHour(
  { resizes }: Recording,
  pool: number,
): { readonly most: number; readonly fromMs: number; readonly total: number } {
  const changes = resizes.flatMap((row) => (row.poolIndex === pool && row.cause === 'autoscale' ? [row.startMs] : []));
  let [most, fromMs] = [0, 0];
  for (let first = 0, next = 0; first < changes.length; first++) {
    while (next < changes.length && (changes[next] as number) < (changes[first] as number) + HOUR_MS) next += 1;
    if (next - first > most) [most, fromMs] = [next - first, changes[first] as number];
  }
  return { most, fromMs, total: changes.length };
}

/** How many of the pool's tasks ever waited, and the 95th percentile in ms; null where none did. */
export function waitFigures(
  recording: Recording,
  pool: number,
): { readonly count: number; readonly p95Ms: number | null } {
  const measures = new TaskMeasures(recording);
  const waits: number[] = [];
  for (let task = 0; task < recording.tasks.count; task++) {
    const waitMs = isOfPool(recording, pool, task) ? measures.waitMs(task) : -1;
    if (waitMs >= 0) waits.push(waitMs);
  }
  return { count: waits.length, p95Ms: waits.length === 0 ? null : percentile(Float64Array.from(waits), 95) };
}

/** When the last of the pool's tasks ended, 0 where it had none, and how many have not. */
export function taskEnds(recording: Recording, pool: number): { readonly lastMs: number; readonly unended: number } {
  const { tasks } = recording;
  let [lastMs, unended] = [0, 0];
  for (let task = 0; task < tasks.count; task++) {
    if (!isOfPool(recording, pool, task)) continue;
    const endMs = Math.max(tasks.endMs[task] as number, tasks.deletedMs?.[task] ?? -1);
    if (endMs < 0) unended += 1;
    lastMs = Math.max(lastMs, endMs);
  }
  return { lastMs, unended };
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
