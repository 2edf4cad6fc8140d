/** Charged node time of each pool and kind, added up while the log goes by. */
import { NODE_KINDS } from '../model/index.js';
import {
  CHARGE_PARTS,
  EVENT_KINDS,
  type EventKind,
  type EventLog,
  type Recording,
  Replay,
} from '../recording/index.js';

const GROUP_PARTS = NODE_KINDS.length * CHARGE_PARTS.length;
/** Rows whose detail is a node on which a task holds slots from then on. */
const TAKES_NODE: ReadonlySet<EventKind> = new Set<EventKind>(['taskAssigned', 'taskPreparing', 'taskStarted']);

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

  /** Nodes of one pool only may change by this row; -1: of none. A task's node may be in any pool (JOB-21). */
  #poolOf(row: number): number {
    const { nodes, subtasks } = this.#recording;
    const kind = EVENT_KINDS[this.#log.kind[row] as number] as EventKind;
    const subject = this.#log.subject[row] as number;
    if (kind === 'nodeState') return nodes.pool[subject] as number;
    if (kind === 'subtaskStarted' || kind === 'subtaskEnded') return this.#poolOfNode(subtasks[subject]?.node ?? -1);
    if (!kind.startsWith('task')) return -1;
    const held = this.#replay.state.taskNode[subject] as number;
    if (held >= 0) return this.#poolOfNode(held);
    return TAKES_NODE.has(kind) ? this.#poolOfNode(this.#log.detail[row] as number) : -1;
  }

  #poolOfNode(node: number): number {
    return this.#recording.nodes.pool[node] ?? -1;
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
