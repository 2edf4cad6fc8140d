/** Counts that change at moments of a run: the nodes of a pool, those that are busy, what the pool wants. No log needed. */
import { TASK_FAILURES } from '../../model/index.js';
import { type Hold, indexAttempts, visitHolds } from '../attempts.js';
import { ATTEMPT_ENDS, type Recording, type ResizeRow } from '../recording.js';

/** A count that holds from a moment on, in ms from the start. */
export interface Step {
  readonly atMs: number;
  readonly count: number;
}

/** Nodes of the pool that are there: from `creating` until they have left, preempted ones included. */
export function nodeSteps({ nodes }: Recording, pool: number): readonly Step[] {
  const changes: Change[] = [];
  for (let node = 0; node < nodes.count; node++) {
    const createdMs = nodes.createdMs[node] as number;
    if (nodes.pool[node] !== pool || createdMs < 0) continue;
    changes.push([createdMs, 1]);
    const goneMs = nodes.goneMs[node] as number;
    if (goneMs >= 0) changes.push([goneMs, -1]);
  }
  return stepsOf(changes);
}

/**
 * Nodes of the pool on which tasks held slots before each moment and were not done with them: an attempt that something
 * cut short at a moment counts as there, one that ended by its own exit or began just then does not.
 */
export function busyNodeSteps(recording: Recording, pool: number): readonly Step[] {
  const byNode = new Map<number, Change[]>();
  visitHolds(recording, indexAttempts(recording), (hold) => {
    const afterMs = wasCut(recording, hold) ? hold.toMs + 1 : hold.toMs;
    if (recording.nodes.pool[hold.node] !== pool || hold.fromMs < 0 || hold.fromMs + 1 >= afterMs) return;
    const changes = byNode.get(hold.node) ?? [];
    byNode.set(hold.node, changes);
    changes.push([hold.fromMs + 1, 1], [afterMs, -1]);
  });
  const changes: Change[] = [];
  for (const ofNode of byNode.values()) {
    let wasBusy = false;
    for (const { atMs, count } of stepsOf(ofNode)) {
      if (count > 0 === wasBusy) continue;
      wasBusy = count > 0;
      changes.push([atMs, wasBusy ? 1 : -1]);
    }
  }
  return stepsOf(changes);
}

const RETRY = ATTEMPT_ENDS.indexOf('retry');
const STOPPED = TASK_FAILURES.indexOf('TaskEnded');

function wasCut({ attempts, tasks }: Recording, { attempt, task }: Hold): boolean {
  return attempt >= 0 ? attempts.outcome[attempt] !== RETRY : tasks.failure[task] === STOPPED;
}

/** What the pool's targets, dedicated and spot together, were set to. */
export function targetSteps({ resizes }: Recording, pool: number): readonly Step[] {
  return resizes.flatMap((row) => (row.poolIndex === pool ? [{ atMs: row.startMs, count: targetOf(row) }] : []));
}

/** The nodes that a resize asks for, of both kinds. */
export function targetOf({ targetDedicatedNodes, targetLowPriorityNodes }: ResizeRow): number {
  return targetDedicatedNodes + targetLowPriorityNodes;
}

/** The count at a moment; of several changes at that moment, the last. */
export function countAt(steps: readonly Step[], atMs: number): number {
  let count = 0;
  for (const step of steps) {
    if (step.atMs > atMs) break;
    count = step.count;
  }
  return count;
}

/** The first moment of the highest count; null where there never was one. */
export function highest(steps: readonly Step[]): Step | null {
  let best: Step | null = null;
  for (const step of steps) if (best === null || step.count > best.count) best = step;
  return best;
}

/** When, and by how many. */
type Change = readonly [atMs: number, by: number];

/** Changes in any order → the count after each moment at which it moves. */
function stepsOf(changes: readonly Change[]): readonly Step[] {
  const sorted = [...changes].sort(([one], [other]) => one - other);
  const steps: Step[] = [];
  let count = 0;
  sorted.forEach(([atMs, by], row) => {
    count += by;
    const isLast = sorted[row + 1]?.[0] !== atMs;
    if (isLast && count !== (steps.at(-1)?.count ?? 0)) steps.push({ atMs, count });
  });
  return steps;
}
