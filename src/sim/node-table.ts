/** Compute nodes as columns: one row a node that was obtained, in order of appearance. */
import { codesOf } from '../base/index.js';
import { NODE_BILLING, NODE_MOVES, NODE_STATES, NODE_TRIGGERS } from '../model/index.js';
import type { NodeColumns } from '../recording/index.js';
import { withRoom } from './engine/columns.js';
import { Transitions } from './engine/transitions.js';

const TRANSITIONS = new Transitions('node', NODE_STATES, NODE_TRIGGERS, NODE_MOVES);

/** States as the column holds them. */
export const NODE = codesOf(NODE_STATES);

/** Triggers by number, for {@link NodeTable.move}. */
export const NODE_TRIGGER = codesOf(NODE_TRIGGERS);

/** Bits of the column `closed`: why a node takes no task. None: it is idle or running, and stands in its pool's index. */
export const CLOSED = {
  /** It is in a state that takes no tasks. */
  notReady: 1,
  /** NODE-03. */
  schedulingDisabled: 2,
  /** It waits for its tasks to end, to be removed, rebooted and the like. */
  draining: 4,
  /** JM-05: a job manager has it for itself. */
  exclusive: 8,
  /** JM-07: a process on it was stopped for a manager's restart, and takes its time to go. */
  promised: 32,
  /** MI-03: it is held back for a multi-instance task, within a pass. */
  reserved: 16,
} as const;

/** The part of BILL-06 that each state's time goes to, by index of the state; `up`: running or idle, by its tasks. */
const [BOOTING, FAILED, FREE, UP] = [0, 1, 2, 3];
const PART = Uint8Array.from(NODE_STATES, (state) => {
  if (NODE_BILLING[state] === 'booting') return BOOTING;
  if (NODE_BILLING[state] === 'failed') return FAILED;
  return NODE_BILLING[state] === 'free' ? FREE : UP;
});

/** The table. */
export class NodeTable implements Omit<NodeColumns, 'tasksRun' | 'slotMs'> {
  count = 0;
  pool = new Int32Array(64);
  ordinal = new Int32Array(64);
  kind = new Uint8Array(64);
  /** Ordinal × 2 + kind: what the pool's index knows a node by. */
  place = new Int32Array(64);
  state = new Uint8Array(64);
  /** Slots that are free. */
  free = new Uint16Array(64);
  /** Bits of {@link CLOSED}. */
  closed = new Uint8Array(64);
  /** How often it has booted, from 0: the place in lists of one latency per boot. */
  boots = new Uint16Array(64);
  /** Index in `NODE_CAUSES`. */
  endReason = new Uint8Array(64);
  preemptions: Uint32Array | null = null;
  requestedMs = new Float64Array(64);
  createdMs = new Float64Array(64);
  readyMs = new Float64Array(64);
  goneMs = new Float64Array(64);
  bootingMs = new Float64Array(64);
  idleMs = new Float64Array(64);
  runningMs = new Float64Array(64);
  failedMs = new Float64Array(64);
  /** Up to when time is booked. */
  sinceMs = new Float64Array(64);
  /** Since when it runs tasks; -1 while it does not. */
  private busyMs = new Float64Array(64);
  /** How much of `runningMs` is accounted for in `idleMs`. */
  private bookedMs = new Float64Array(64);

  /** A node enters `creating` (BILL-03: charging starts). Returns its row. */
  add(pool: number, ordinal: number, kind: number, slots: number, requestedMs: number, atMs: number): number {
    const node = this.count++;
    if (node === this.pool.length) this.grow();
    this.pool[node] = pool;
    this.ordinal[node] = ordinal;
    this.kind[node] = kind;
    this.place[node] = ordinal * 2 + kind;
    this.state[node] = NODE.creating;
    this.free[node] = slots;
    this.closed[node] = CLOSED.notReady;
    this.busyMs[node] = -1;
    this.requestedMs[node] = requestedMs;
    this.createdMs[node] = atMs;
    this.readyMs[node] = -1;
    this.goneMs[node] = -1;
    this.sinceMs[node] = atMs;
    return node;
  }

  /** The only writer of states: moves the node and books the time it spent in the state it leaves (BILL-06). */
  move(node: number, trigger: number, atMs: number): void {
    this.book(node, atMs);
    const next = TRANSITIONS.next(this.state[node] as number, trigger);
    this.state[node] = next;
    if (next === NODE.idle && (this.readyMs[node] as number) < 0) this.readyMs[node] = atMs;
  }

  /**
   * Its first task came: {@link move} by `assign`, the short way for the two moves that every task makes: the caller
   * knows by the free slots that the node was idle. The time between the two is booked as running, the rest of the time as
   * idle when it is asked for.
   */
  occupy(node: number, atMs: number): void {
    this.state[node] = NODE.running;
    this.busyMs[node] = atMs;
  }

  /** Its last task left: {@link move} by `release`, the short way. A node in another state keeps it. */
  vacate(node: number, atMs: number): void {
    if (this.state[node] === NODE.running) this.state[node] = NODE.idle;
    else if (PART[this.state[node] as number] !== UP) this.busyMs[node] = atMs; // its time is booked otherwise
    this.runningMs[node] = (this.runningMs[node] as number) + (atMs - (this.busyMs[node] as number));
    this.busyMs[node] = -1;
  }

  /** Whether any task holds slots of it. */
  isBusy(node: number): boolean {
    return (this.busyMs[node] as number) >= 0;
  }

  /** Counts that its VM was taken away. */
  countPreemption(node: number): void {
    this.preemptions ??= new Uint32Array(this.pool.length);
    this.preemptions[node] = (this.preemptions[node] as number) + 1;
  }

  /** Books the time up to now, as before a move or at the end of a run. A node that has left books nothing more. */
  book(node: number, atMs: number): void {
    if ((this.goneMs[node] as number) >= 0) return;
    const part = PART[this.state[node] as number];
    const ms = atMs - (this.sinceMs[node] as number);
    const isBusy = (this.busyMs[node] as number) >= 0;
    if (part === UP && isBusy) {
      this.runningMs[node] = (this.runningMs[node] as number) + (atMs - (this.busyMs[node] as number));
    }
    if (isBusy) this.busyMs[node] = atMs;
    this.sinceMs[node] = atMs;
    if (part === BOOTING) this.bootingMs[node] = (this.bootingMs[node] as number) + ms;
    else if (part === FAILED) this.failedMs[node] = (this.failedMs[node] as number) + ms;
    else if (part === UP) this.bookUp(node, ms);
  }

  /** Of the time in which the node took tasks, what it did not run is idle. */
  private bookUp(node: number, ms: number): void {
    const ran = (this.runningMs[node] as number) - (this.bookedMs[node] as number);
    this.bookedMs[node] = this.runningMs[node] as number;
    this.idleMs[node] = (this.idleMs[node] as number) + ms - ran;
  }

  /** A table of the same nodes that can be booked without touching this one. */
  copy(): NodeTable {
    const copy = new NodeTable();
    Object.assign(copy, this);
    for (const column of ['bootingMs', 'idleMs', 'runningMs', 'failedMs', 'sinceMs', 'busyMs', 'bookedMs'] as const) {
      copy[column] = this[column].slice(0, this.count);
    }
    return copy;
  }

  private grow(): void {
    const count = this.count;
    this.pool = withRoom(this.pool, count);
    this.ordinal = withRoom(this.ordinal, count);
    this.kind = withRoom(this.kind, count);
    this.place = withRoom(this.place, count);
    this.state = withRoom(this.state, count);
    this.free = withRoom(this.free, count);
    this.requestedMs = withRoom(this.requestedMs, count);
    this.createdMs = withRoom(this.createdMs, count);
    this.readyMs = withRoom(this.readyMs, count);
    this.goneMs = withRoom(this.goneMs, count);
    this.bootingMs = withRoom(this.bootingMs, count);
    this.idleMs = withRoom(this.idleMs, count);
    this.runningMs = withRoom(this.runningMs, count);
    this.failedMs = withRoom(this.failedMs, count);
    this.sinceMs = withRoom(this.sinceMs, count);
    this.closed = withRoom(this.closed, count);
    this.boots = withRoom(this.boots, count);
    this.endReason = withRoom(this.endReason, count);
    if (this.preemptions !== null) this.preemptions = withRoom(this.preemptions, count);
    this.busyMs = withRoom(this.busyMs, count);
    this.bookedMs = withRoom(this.bookedMs, count);
  }
}
