/**
 * The ledger of a run: every charged node-millisecond booked once, by pool, kind of node, job and use, in one walk over
 * the log. It counts in slot-milliseconds, node time × slots of a node, so that everything stays a whole number: the
 * cells of a pool sum to its charged time × slots exactly, and money follows from time once, at the end.
 *
 * A job is booked the slots that its attempts hold (decision 0006); what nobody holds stands under no job.
 */
import { assert } from '../base/index.js';
import { indexAttempts, visitHolds } from './attempts.js';
import { groupOf } from './costs.js';
import { Holders } from './holders.js';
import { type LedgerCell, LedgerCells } from './ledger-cells.js';
import { TASK_PHASE } from './phases.js';
import {
  EVENT_KINDS,
  type EventKind,
  type EventLog,
  type PoolRow,
  type Recording,
  type SubtaskRow,
} from './recording.js';
import { Replay } from './replay.js';
import { NODE_USE, useOfNode } from './uses.js';

const NODE_STATE = kindOf('nodeState');
const SUBTASK_STARTED = kindOf('subtaskStarted');
const SUBTASK_ENDED = kindOf('subtaskEnded');
const IS_OF_TASK = Uint8Array.from(EVENT_KINDS, (kind) => (kind.startsWith('task') ? 1 : 0));
const IDLE = NODE_USE.idle;

/** Walks forward through a run. Memory: a few columns over tasks and nodes, and the cells of one stretch. */
export class Ledger {
  readonly #recording: Recording;
  readonly #log: EventLog;
  readonly #replay: Replay;
  readonly #holders: Holders;
  /** Up to when what a handle holds is booked; handles are tasks, then rows of subtasks. */
  readonly #heldMs: Float64Array;
  /** How many holds of a task were lost, less those that are over: the hold at hand is lost while this is above 0. */
  readonly #lostHolds: Int32Array;
  readonly #isSubtaskLost: Uint8Array;
  /** Up to when each node is booked. */
  readonly #nodeMs: Float64Array;
  /** When the last work of each pool ended; -1: it never had any. */
  readonly #lastWorkMs: Float64Array;
  readonly #cells: LedgerCells;

  constructor(recording: Recording) {
    const { tasks, nodes, pools, jobs, subtasks } = recording;
    assert(recording.log !== null, 'only a recording with its log has a ledger');
    this.#recording = recording;
    this.#log = recording.log;
    this.#replay = new Replay(recording);
    this.#holders = new Holders(nodes.count, tasks.count + subtasks.length);
    this.#heldMs = new Float64Array(tasks.count + subtasks.length);
    this.#lostHolds = new Int32Array(tasks.count);
    this.#isSubtaskLost = new Uint8Array(subtasks.length);
    this.#nodeMs = new Float64Array(nodes.count);
    this.#lastWorkMs = new Float64Array(pools.length).fill(-1);
    this.#cells = new LedgerCells(jobs.length);
    visitHolds(recording, indexAttempts(recording), ({ task, node, toMs, lost, subtask }) => {
      const pool = nodes.pool[node] as number;
      if (toMs > (this.#lastWorkMs[pool] as number)) this.#lastWorkMs[pool] = toMs;
      if (!lost) return;
      if (subtask >= 0) this.#isSubtaskLost[subtask] = 1;
      else this.#lostHolds[task]! += 1;
    });
  }

  /** What was used since the last call, by pool, kind and job; nobody's last. The cells may be kept. */
  upTo(toMs: number): LedgerCell[] {
    while (this.#replay.nextMs < toMs) this.#step();
    for (let node = 0; node < this.#nodeMs.length; node++) this.#bookAll(node, toMs);
    return this.#cells.take();
  }

  /** Applies the next row, after what it may end has been booked. */
  #step(): void {
    const { state } = this.#replay;
    const kind = this.#log.kind[state.position] as number;
    const subject = this.#log.subject[state.position] as number;
    if (IS_OF_TASK[kind] === 1) this.#stepTask(subject);
    else if (kind === SUBTASK_STARTED || kind === SUBTASK_ENDED) this.#stepSubtask(subject);
    else {
      if (kind === NODE_STATE) this.#bookAll(subject, this.#replay.nextMs);
      this.#replay.step();
    }
  }

  #stepTask(task: number): void {
    const { taskNode } = this.#replay.state;
    const atMs = this.#replay.nextMs;
    const before = taskNode[task] as number;
    if (before >= 0) this.#bookHold(task, before, atMs);
    this.#replay.step();
    const after = taskNode[task] as number;
    if (before === after) return;
    if (before >= 0) {
      this.#endHold(task, before, atMs);
      this.#lostHolds[task]! -= 1;
    }
    if (after >= 0) this.#beginHold(task, after, atMs);
  }

  #stepSubtask(row: number): void {
    const { subtaskHolds } = this.#replay.state;
    const { node } = this.#recording.subtasks[row] as SubtaskRow;
    const handle = this.#recording.tasks.count + row;
    const atMs = this.#replay.nextMs;
    const before = subtaskHolds[row];
    if (before === 1) this.#bookHold(handle, node, atMs);
    this.#replay.step();
    if (before === subtaskHolds[row]) return;
    if (before === 1) this.#endHold(handle, node, atMs);
    else this.#beginHold(handle, node, atMs);
  }

  #beginHold(handle: number, node: number, atMs: number): void {
    this.#bookNode(node, atMs);
    this.#holders.add(node, handle);
    this.#heldMs[handle] = atMs;
  }

  #endHold(handle: number, node: number, atMs: number): void {
    this.#bookNode(node, atMs);
    this.#holders.remove(node, handle);
  }

  /** Books a node and all that is held of it. */
  #bookAll(node: number, atMs: number): void {
    for (let handle = this.#holders.first(node); handle >= 0; handle = this.#holders.after(handle)) {
      this.#bookHold(handle, node, atMs);
    }
    this.#bookNode(node, atMs);
  }

  /** Books the whole node to nobody; what is held of it has been, or will be, taken off. */
  #bookNode(node: number, atMs: number): void {
    const fromMs = this.#nodeMs[node] as number;
    if (fromMs === atMs) return;
    this.#nodeMs[node] = atMs;
    const use = this.#useOf(node);
    if (use < 0) return;
    const pool = this.#recording.nodes.pool[node] as number;
    const slots = (this.#recording.pools[pool] as PoolRow).taskSlotsPerNode;
    const lastWorkMs = this.#lastWorkMs[pool] as number;
    // A pool that never had work has no tail: all its time is idle.
    const tailMs = use === IDLE && lastWorkMs >= 0 ? Math.max(0, atMs - Math.max(fromMs, lastWorkMs)) : 0;
    const cell = this.#cells.at(groupOf(this.#recording, node), -1);
    this.#cells.add(cell, NODE_USE.tail, slots * tailMs);
    this.#cells.add(cell, use, slots * (atMs - fromMs - tailMs));
  }

  /** Books the slots that a handle holds to its job, and takes them off what is nobody's. */
  #bookHold(handle: number, node: number, atMs: number): void {
    const ms = atMs - (this.#heldMs[handle] as number);
    if (ms === 0) return;
    this.#heldMs[handle] = atMs;
    const rest = this.#useOf(node);
    if (rest < 0) return;
    const { tasks, subtasks } = this.#recording;
    const isTask = handle < tasks.count;
    const task = isTask ? handle : (subtasks[handle - tasks.count] as SubtaskRow).task;
    const slotMs = ms * (isTask ? (tasks.slots[task] as number) : 1);
    const group = groupOf(this.#recording, node);
    this.#cells.add(this.#cells.at(group, -1), rest, -slotMs);
    this.#cells.add(this.#cells.at(group, tasks.job[task] as number), this.#useOfHold(handle, rest), slotMs);
  }

  /** On a node that does not run, what is held of it is used as the rest: out of contact, say (NODE-13). */
  #useOfHold(handle: number, rest: number): number {
    if (rest !== NODE_USE.freeSlots) return rest;
    const subtask = handle - this.#lostHolds.length;
    if (subtask >= 0) return this.#isSubtaskLost[subtask] === 1 ? NODE_USE.lost : NODE_USE.useful;
    if ((this.#lostHolds[handle] as number) > 0) return NODE_USE.lost;
    return this.#replay.state.taskPhase[handle] === TASK_PHASE.running ? NODE_USE.useful : NODE_USE.preparing;
  }

  #useOf(node: number): number {
    return useOfNode(this.#replay.state.nodeState[node] as number, this.#holders.first(node) >= 0);
  }
}

function kindOf(kind: EventKind): number {
  return EVENT_KINDS.indexOf(kind);
}
