/**
 * Which slot of its node an attempt held. The engine counts slots only; here each attempt gets the lowest ones that are
 * free, so that slots can be drawn as tracks on which nothing overlaps.
 */
import { assert } from '../base/index.js';
import { type Hold, indexAttempts, type PoolRow, type Recording, visitHolds } from '../recording/index.js';

/** The lowest slot of attempts, counted from 0; -1 for what held none. */
export interface SlotPlan {
  /** Of a task's current attempt. */
  readonly ofTask: Int32Array;
  /** Of the rows of `recording.attempts`. */
  readonly ofAttempt: Int32Array;
  /** Of the rows of `recording.subtasks`. */
  readonly ofSubtask: Int32Array;
}

/** Gives every attempt its slots. */
export function planSlots(recording: Recording): SlotPlan {
  const holds: Hold[] = [];
  visitHolds(recording, indexAttempts(recording), (hold) => holds.push(hold));
  const plan: SlotPlan = {
    ofTask: new Int32Array(recording.tasks.count).fill(-1),
    ofAttempt: new Int32Array(recording.attempts.count).fill(-1),
    ofSubtask: new Int32Array(recording.subtasks.length).fill(-1),
  };
  for (const ofNode of holdsByNode(holds, recording.nodes.count)) fillNode(recording, ofNode.sort(byStart), plan);
  return plan;
}

function holdsByNode(holds: readonly Hold[], nodeCount: number): Hold[][] {
  const byNode = Array.from({ length: nodeCount }, (): Hold[] => []);
  for (const hold of holds) byNode[hold.node]?.push(hold);
  return byNode;
}

/** By start; those that took no time come first, since they were over before the others took hold. */
function byStart(a: Hold, b: Hold): number {
  return a.fromMs - b.fromMs || Number(a.toMs !== a.fromMs) - Number(b.toMs !== b.fromMs);
}

function fillNode(recording: Recording, holds: readonly Hold[], plan: SlotPlan): void {
  const [first] = holds;
  if (first === undefined) return;
  const pool = recording.pools[recording.nodes.pool[first.node] as number] as PoolRow;
  const freeFromMs = new Float64Array(pool.taskSlotsPerNode);
  for (const hold of holds) {
    let wanted = hold.slots;
    let lowest = -1;
    for (let slot = 0; slot < freeFromMs.length && wanted > 0; slot++) {
      if ((freeFromMs[slot] as number) > hold.fromMs) continue;
      if (lowest === -1) lowest = slot;
      freeFromMs[slot] = hold.toMs;
      wanted -= 1;
    }
    assert(wanted === 0, 'a node never holds more attempts than it has slots');
    if (hold.attempt >= 0) plan.ofAttempt[hold.attempt] = lowest;
    else if (hold.subtask >= 0) plan.ofSubtask[hold.subtask] = lowest;
    else plan.ofTask[hold.task] = lowest;
  }
}
