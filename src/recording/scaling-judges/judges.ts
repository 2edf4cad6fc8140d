/**
 * Judges of how a pool scaled through a run, one each. They look at the tables of a recording alone, so that a run
 * without its log can be judged too. Formula tests and the matchers for test runners use them alike.
 */
import { formatDuration, unreachable } from '../../base/index.js';
import { keeps, type Limit, type ScalingProperty } from '../../model/index.js';
import { TaskMeasures } from '../measures.js';
import type { Recording } from '../recording.js';
import { percentile } from '../statistics.js';
import { momentText } from '../why/text.js';
import { counted, type Judgement, judgement } from './judgement.js';
import { busyNodeSteps, countAt, highest, nodeSteps, targetOf, targetSteps } from './steps.js';

/** Judges one property of a pool (by row). */
export function judgeScaling(recording: Recording, pool: number, property: ScalingProperty): Judgement {
  switch (property.kind) {
    case 'reachesZeroWithin':
      return judgeReachesZero(recording, pool, property.withinMs);
    case 'neverAbove':
      return judgeNeverAbove(recording, pool, property.nodes);
    case 'neverBelowRunning':
      return judgeNeverBelowRunning(recording, pool);
    case 'changesPerHour':
      return judgeChangesPerHour(recording, pool, property.limit);
    case 'p95Wait':
      return judgeP95Wait(recording, pool, property.limit);
    default:
      return unreachable(property);
  }
}

/** The pool has no node left at some moment, at most `withinMs` after the last of its tasks ended. */
export function judgeReachesZero(recording: Recording, pool: number, withinMs: number): Judgement {
  const { endMs } = recording.run;
  const { lastMs, unended } = taskEnds(recording, pool);
  if (unended > 0) {
    const says = `${counted(unended, 'task')} had not ended when the run ended, at ${momentText(endMs)}`;
    return judgement(false, says, endMs);
  }
  const steps = nodeSteps(recording, pool);
  const since = `the last task ended at ${momentText(lastMs)}`;
  const zero =
    countAt(steps, lastMs) === 0 ? lastMs : steps.find((step) => step.atMs > lastMs && step.count === 0)?.atMs;
  if (zero !== undefined) {
    const took = formatDuration(zero - lastMs);
    return judgement(zero - lastMs <= withinMs, `${since}, and the last node left ${took} later`, zero);
  }
  const left = counted(countAt(steps, endMs), 'node');
  const lasted = formatDuration(endMs - lastMs);
  const early = endMs - lastMs < withinMs ? '; give the run a longer clock.tail' : '';
  return judgement(false, `${since}, and ${left} were still there when the run ended ${lasted} later${early}`, endMs);
}

/** Neither the targets nor the nodes of the pool, dedicated and spot together, ever exceed `nodes`. */
export function judgeNeverAbove(recording: Recording, pool: number, nodes: number): Judgement {
  const wanted = highest(targetSteps(recording, pool));
  const there = highest(nodeSteps(recording, pool));
  const isWanted = (wanted?.count ?? 0) >= (there?.count ?? 0);
  const most = isWanted ? wanted : there;
  if (most === null) return judgement(true, 'it never had or wanted a node');
  const what = isWanted ? `its highest target was ${most.count}` : `it had up to ${counted(most.count, 'node')}`;
  return judgement(most.count <= nodes, `${what}, at ${momentText(most.atMs)}`, most.atMs);
}

/** The formula never asks for fewer nodes than tasks run on at that moment. */
export function judgeNeverBelowRunning(recording: Recording, pool: number): Judgement {
  const busy = busyNodeSteps(recording, pool);
  let found: Judgement | null = null;
  let count = 0;
  for (const row of recording.resizes) {
    if (row.poolIndex !== pool || row.cause !== 'autoscale') continue;
    const running = countAt(busy, row.startMs);
    if (targetOf(row) >= running) continue;
    count += 1;
    const asked = `at ${momentText(row.startMs)} it asked for ${counted(targetOf(row), 'node')} while tasks ran on ${running}`;
    found ??= judgement(false, asked, row.startMs);
  }
  if (found === null) return judgement(true, 'it never asked for fewer nodes than ran tasks');
  return count === 1 ? found : { ...found, says: `${found.says}; so it did ${count} times` };
}

const HOUR_MS = 3_600_000;

/** How often the formula changes the targets in the busiest 60 minutes. */
export function judgeChangesPerHour(recording: Recording, pool: number, limit: Limit): Judgement {
  const changes = recording.resizes.flatMap((row) =>
    row.poolIndex === pool && row.cause === 'autoscale' ? [row.startMs] : [],
  );
  let [most, fromMs] = [0, 0];
  for (let first = 0, next = 0; first < changes.length; first++) {
    while (next < changes.length && (changes[next] as number) < (changes[first] as number) + HOUR_MS) next += 1;
    if (next - first > most) [most, fromMs] = [next - first, changes[first] as number];
  }
  if (most === 0) return judgement(keeps(limit, 0), 'it never changed the targets');
  const says = `${counted(most, 'change')} in the hour from ${momentText(fromMs)}, of ${changes.length} in all`;
  return judgement(keeps(limit, most), says, fromMs);
}

/** The 95th percentile of the waits of the pool's tasks, in ms. */
export function judgeP95Wait(recording: Recording, pool: number, limit: Limit): Judgement {
  const measures = new TaskMeasures(recording);
  const waits: number[] = [];
  for (let task = 0; task < recording.tasks.count; task++) {
    const waitMs = isOfPool(recording, pool, task) ? measures.waitMs(task) : -1;
    if (waitMs >= 0) waits.push(waitMs);
  }
  if (waits.length === 0) return judgement(true, 'no task of the pool ever waited');
  const p95 = percentile(Float64Array.from(waits), 95);
  return judgement(
    keeps(limit, p95),
    `the 95th percentile of ${counted(waits.length, 'wait')} is ${formatDuration(p95)}`,
  );
}

/** When the last of the pool's tasks ended, 0 where it had none, and how many have not. */
function taskEnds(recording: Recording, pool: number): { readonly lastMs: number; readonly unended: number } {
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

/** Whether the task's job is, or was at the end, bound to the pool. */
function isOfPool({ tasks, jobs }: Recording, pool: number, task: number): boolean {
  return jobs[tasks.job[task] as number]?.poolIndex === pool;
}
