/** Compute nodes as columns: one row a node that was obtained, in order of appearance. */
import { NODE_BILLING, NODE_MOVES, NODE_STATES, NODE_TRIGGERS } from '../model/index.js';
import type { NodeColumns } from '../recording/index.js';
import { withRoom } from './engine/columns.js';
import { Transitions } from './engine/transitions.js';

const TRANSITIONS = new Transitions('node', NODE_STATES, NODE_TRIGGERS, NODE_MOVES);

/** States and triggers as the columns hold them. */
export const NODE = {
  creating: NODE_STATES.indexOf('creating'),
  starting: NODE_STATES.indexOf('starting'),
  idle: NODE_STATES.indexOf('idle'),
  running: NODE_STATES.indexOf('running'),
  boot: NODE_TRIGGERS.indexOf('boot'),
  ready: NODE_TRIGGERS.indexOf('ready'),
  assign: NODE_TRIGGERS.indexOf('assign'),
  release: NODE_TRIGGERS.indexOf('release'),
} as const;

/** The part of BILL-06 that each state's time goes to, by index of the state. */
const PARTS = ['booting', 'idle', 'running', 'failed', 'free'];
const [BOOTING, IDLE, RUNNING, FAILED] = [0, 1, 2, 3];
const PART = Uint8Array.from(NODE_STATES, (state) => PARTS.indexOf(NODE_BILLING[state]));

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
  /** Since when it runs tasks, while it does. */
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
   * {@link move} by `assign`, the short way for the two moves that every task makes: the caller knows by the free slots
   * that the node was idle. The time between the two is booked as running, the rest of the time as idle when it is asked for.
   */
  occupy(node: number, atMs: number): void {
    this.state[node] = NODE.running;
    this.busyMs[node] = atMs;
  }

  /** {@link move} by `release`, the short way: the caller knows that the node was running. */
  vacate(node: number, atMs: number): void {
    this.state[node] = NODE.idle;
    this.runningMs[node] = (this.runningMs[node] as number) + (atMs - (this.busyMs[node] as number));
  }

  /** Books the time up to now, as before a move or at the end of a run. */
  book(node: number, atMs: number): void {
    const state = this.state[node] as number;
    const ms = atMs - (this.sinceMs[node] as number);
    this.sinceMs[node] = atMs;
    if (state === NODE.running) {
      this.runningMs[node] = (this.runningMs[node] as number) + (atMs - (this.busyMs[node] as number));
      this.busyMs[node] = atMs;
    }
    switch (PART[state]) {
      case BOOTING:
        this.bootingMs[node] = (this.bootingMs[node] as number) + ms;
        break;
      case FAILED:
        this.failedMs[node] = (this.failedMs[node] as number) + ms;
        break;
      case IDLE:
      case RUNNING:
        this.bookUp(node, ms);
        break;
    }
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
    this.busyMs = withRoom(this.busyMs, count);
    this.bookedMs = withRoom(this.bookedMs, count);
  }
}
