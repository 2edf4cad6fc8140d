/**
 * Judges of how a pool scaled through a run, one each. They look at the tables of a recording alone, so that a run
 * without its log can be judged too. Formula tests and the matchers for test runners use them alike.
 */
import { formatDuration, unreachable } from '../../base/index.js';
import { keeps, type Limit, type ScalingProperty } from '../../model/index.js';
import type { Recording } from '../recording.js';
import { momentText } from '../why/text.js';
import { busiestHour, lettingGo, takenTasks, waitsOf } from './figures.js';
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
    case 'neverInterrupts':
      return judgeNeverInterrupts(recording, pool);
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
  const { lastMs, unended, left, zeroAfterMs } = lettingGo(recording, pool);
  if (unended > 0) {
    const says = `${counted(unended, 'task')} had not ended when the run ended, at ${momentText(endMs)}`;
    return judgement(false, says, endMs);
  }
  const since = `the last task ended at ${momentText(lastMs)}`;
  if (zeroAfterMs !== null) {
    const says = `${since}, and the last node left ${formatDuration(zeroAfterMs)} later`;
    return judgement(zeroAfterMs <= withinMs, says, lastMs + zeroAfterMs);
  }
  const lasted = formatDuration(endMs - lastMs);
  const early = endMs - lastMs < withinMs ? '; give the run a longer clock.tail' : '';
  const there = `${counted(left, 'node')} ${left === 1 ? 'was' : 'were'} still there when the run ended ${lasted} later`;
  return judgement(false, `${since}, and ${there}${early}`, endMs);
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

/** No shrink by the formula takes a running task from its node. */
export function judgeNeverInterrupts(recording: Recording, pool: number): Judgement {
  const { count, firstMs } = takenTasks(recording, pool);
  if (firstMs === null) return judgement(true, 'no shrink took a running task from its node');
  const says = `shrinks took ${counted(count, 'running task')} from their nodes, first at ${momentText(firstMs)}`;
  return judgement(false, says, firstMs);
}

/** How often the formula changes the targets in the busiest 60 minutes. */
export function judgeChangesPerHour(recording: Recording, pool: number, limit: Limit): Judgement {
  const { most, fromMs, total } = busiestHour(recording, pool);
  if (most === 0) return judgement(keeps(limit, 0), 'it never changed the targets');
  const says = `${counted(most, 'change')} in the hour from ${momentText(fromMs)}, of ${total} in all`;
  return judgement(keeps(limit, most), says, fromMs);
}

/** The 95th percentile of the waits of the pool's tasks, in ms. */
export function judgeP95Wait(recording: Recording, pool: number, limit: Limit): Judgement {
  const waits = waitsOf(recording, pool);
  if (waits === null) return judgement(true, 'no task of the pool ever waited');
  const says = `the 95th percentile of ${counted(waits.count, 'wait')} is ${formatDuration(waits.p95Ms)}`;
  return judgement(keeps(limit, waits.p95Ms), says);
}
