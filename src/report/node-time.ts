/** Charged node time of each pool and kind, added up while the log goes by. */
import { NODE_KINDS } from '../model/index.js';
import { CHARGE_PARTS, EVENT_KINDS, type EventLog, type Recording, Replay } from '../recording/index.js';

const GROUP_PARTS = NODE_KINDS.length * CHARGE_PARTS.length;
const NODE_STATE = EVENT_KINDS.indexOf('nodeState');
const FIRST_TASK_KIND = EVENT_KINDS.indexOf('taskAdded');

/** Walks forward through a run. */
export class NodeTime {
  readonly #recording: Recording;
  readonly #log: EventLog;
  readonly #replay: Replay;
  /** Up to when each pool has been added up. */
  readonly #countedMs: Float64Array;
  readonly #spentMs: Float64Array;

  constructor(recording: Recording) {
    this.#recording = recording;
    this.#replay = new Replay(recording);
    this.#log = recording.log as EventLog;
    this.#countedMs = new Float64Array(recording.pools.length);
    this.#spentMs = new Float64Array(recording.pools.length * GROUP_PARTS);
  }

  /** Node time in ms since the last call, at `(pool × kinds + kind) × parts + part` in the order of CHARGE_PARTS. */
  upTo(toMs: number): Float64Array {
    this.#spentMs.fill(0);
    while (this.#replay.nextMs < toMs) {
      const pool = this.#poolOf(this.#replay.state.position);
      if (pool >= 0) this.#countPool(pool, this.#replay.nextMs);
      this.#replay.step();
    }
    for (let pool = 0; pool < this.#countedMs.length; pool++) this.#countPool(pool, toMs);
    return this.#spentMs;
  }

  /** Nodes of one pool only may change by this row; -1: of none. */
  #poolOf(row: number): number {
    const { nodes, tasks, jobs } = this.#recording;
    const kind = this.#log.kind[row] as number;
    const subject = this.#log.subject[row] as number;
    if (kind === NODE_STATE) return nodes.pool[subject] as number;
    return kind < FIRST_TASK_KIND ? -1 : (jobs[tasks.job[subject] as number]?.poolIndex ?? -1);
  }

  #countPool(pool: number, atMs: number): void {
    const passedMs = atMs - (this.#countedMs[pool] as number);
    if (passedMs === 0) return;
    this.#countedMs[pool] = atMs;
    let at = pool * GROUP_PARTS;
    for (let kind = 0; kind < NODE_KINDS.length; kind++) {
      for (const part of CHARGE_PARTS) this.#spentMs[at++]! += passedMs * this.#replay.state.nodesIn(pool, kind, part);
    }
  }
}
