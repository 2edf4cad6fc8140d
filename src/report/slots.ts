/**
 * Which slot of its node an attempt held. The engine counts slots only; here each attempt gets the lowest ones that are
 * free, so that slots can be drawn as tracks on which nothing overlaps.
 */
import { assert } from '../base/index.js';
import { indexAttempts, type PoolRow, type Recording, visitHolds } from '../recording/index.js';

/** The lowest slot of attempts, counted from 0; -1 for what held none. */
export interface SlotPlan {
  /** Of a task's current attempt. */
  readonly ofTask: Int32Array;
  /** Of the rows of `recording.attempts`. */
  readonly ofAttempt: Int32Array;
}

/** Every time in which slots were held, as columns: the current attempts of tasks first, then the earlier ones. */
interface Holds {
  count: number;
  readonly task: Int32Array;
  readonly node: Int32Array;
  readonly fromMs: Float64Array;
  readonly toMs: Float64Array;
}

/** Gives every attempt its slots. */
export function planSlots(recording: Recording): SlotPlan {
  const holds = collectHolds(recording);
  const slots = new Int32Array(holds.count);
  for (const rows of rowsByNode(holds, recording.nodes.count)) {
    sortByStart(rows, holds);
    if (rows.length > 0) fillNode(recording, holds, rows, slots);
  }
  const ofTask = new Int32Array(recording.tasks.count).fill(-1);
  const firstEarlier = holds.count - recording.attempts.count;
  for (let i = 0; i < firstEarlier; i++) ofTask[holds.task[i] as number] = slots[i] as number;
  return { ofTask, ofAttempt: slots.subarray(firstEarlier) };
}

function collectHolds(recording: Recording): Holds {
  const room = recording.tasks.count + recording.attempts.count;
  const holds: Holds = {
    count: 0,
    task: new Int32Array(room),
    node: new Int32Array(room),
    fromMs: new Float64Array(room),
    toMs: new Float64Array(room),
  };
  visitHolds(recording, indexAttempts(recording), (task, node, fromMs, toMs) => {
    const row = holds.count++;
    holds.task[row] = task;
    holds.node[row] = node;
    holds.fromMs[row] = fromMs;
    holds.toMs[row] = toMs;
  });
  return holds;
}

function* rowsByNode(holds: Holds, nodeCount: number): Generator<Int32Array> {
  const firsts = new Int32Array(nodeCount + 1);
  for (let i = 0; i < holds.count; i++) firsts[(holds.node[i] as number) + 1]! += 1;
  for (let node = 0; node < nodeCount; node++) firsts[node + 1]! += firsts[node] as number;
  const next = firsts.slice();
  const rows = new Int32Array(holds.count);
  for (let i = 0; i < holds.count; i++) rows[next[holds.node[i] as number]!++] = i;
  for (let node = 0; node < nodeCount; node++) yield rows.subarray(firsts[node], firsts[node + 1]);
}

/** By start; of equal starts those that took no time come first, since they were over before the others took hold. */
function sortByStart(rows: Int32Array, { fromMs, toMs }: Holds): void {
  rows.sort((a, b) => {
    const byStart = (fromMs[a] as number) - (fromMs[b] as number);
    if (byStart !== 0) return byStart;
    const [aTookTime, bTookTime] = [toMs[a] !== fromMs[a], toMs[b] !== fromMs[b]];
    return Number(aTookTime) - Number(bTookTime) || a - b;
  });
}

function fillNode(recording: Recording, holds: Holds, rows: Int32Array, slots: Int32Array): void {
  const pool = recording.pools[recording.nodes.pool[holds.node[rows[0] as number] as number] as number] as PoolRow;
  const freeFromMs = new Float64Array(pool.taskSlotsPerNode);
  for (const row of rows) {
    let wanted = recording.tasks.slots[holds.task[row] as number] as number;
    slots[row] = -1;
    for (let slot = 0; slot < freeFromMs.length && wanted > 0; slot++) {
      if ((freeFromMs[slot] as number) > (holds.fromMs[row] as number)) continue;
      if (slots[row] === -1) slots[row] = slot;
      freeFromMs[slot] = holds.toMs[row] as number;
      wanted -= 1;
    }
    assert(wanted === 0, 'a node never holds more attempts than it has slots');
  }
}
