/**
 * The world at one place of the log: what every task and node was doing, and counters over them that are kept up to
 * date with each change. Positions count rows: the state at position p is what rows 0 … p - 1 made of the world.
 */
import { NODE_BILLING, NODE_KINDS, NODE_STATES, TASK_STATES, type TaskState } from '../model/index.js';
import type { Recording } from './recording.js';

/**
 * What a task is doing, finer than Batch's state. `absent`: not added yet · `blocked`: waits for dependencies ·
 * `ready`: runnable, holds nothing · `assigned`: holds slots, still active (SCH-11) · `givenUp`: ACC-15. At most eight,
 * so that a snapshot holds one in three bits.
 */
export const TASK_PHASES = [
  'absent',
  'blocked',
  'ready',
  'assigned',
  'running',
  'succeeded',
  'failed',
  'givenUp',
] as const;
export type TaskPhase = (typeof TASK_PHASES)[number];

/** Batch's state of a task in a phase; null before it was added. A given-up task stays as the end of the run shows it. */
export const PHASE_STATES: Readonly<Record<TaskPhase, TaskState | null>> = {
  absent: null,
  blocked: 'active',
  ready: 'active',
  assigned: 'active',
  running: 'running',
  succeeded: 'completed',
  failed: 'completed',
  givenUp: null,
};

/** Nodes by BILL-06's parts, and those that cost nothing. */
export const NODE_PARTS = ['booting', 'idle', 'running', 'failed', 'free'] as const;

/** A node that has not appeared yet, or has gone, has this in place of a state. */
export const NO_NODE_STATE = 255;

const IDLE = NODE_STATES.indexOf('idle');
const RUNNING = NODE_STATES.indexOf('running');
const PART_OF_STATE = NODE_STATES.map((state) => NODE_PARTS.indexOf(NODE_BILLING[state]));
const ASSIGNED = TASK_PHASES.indexOf('assigned');
const TASK_RUNNING = TASK_PHASES.indexOf('running');
const KINDS = NODE_KINDS.length;
const PARTS = NODE_PARTS.length;
const PHASES = TASK_PHASES.length;

/** A moment of a run in columns. Read freely; only `replay` writes, through the two methods. */
export class WorldState {
  /** Rows of the log that are in. */
  position = 0;
  /** Time of the last of them in ms; 0 at the start. */
  atMs = 0;
  /** Index in `TASK_PHASES`, by task. */
  readonly taskPhase: Uint8Array;
  /** Node that a task holds slots on, -1 if it holds none. */
  readonly taskNode: Int32Array;
  /** Index in `NODE_STATES`, idle and running told apart by the tasks on it; {@link NO_NODE_STATE}: none. By node. */
  readonly nodeState: Uint8Array;
  readonly nodeUsedSlots: Int32Array;
  /** Tasks that hold slots on the node. */
  readonly nodeTasks: Int32Array;
  /** Row of the latest resize that began, by pool; -1: none. */
  readonly poolResize: Int32Array;
  /** 1 while that resize goes on. */
  readonly poolResizing: Uint8Array;
  readonly poolAdded: Uint8Array;
  readonly jobAdded: Uint8Array;
  /** Nodes at `(pool × kinds + kind) × NODE_PARTS.length + part`. */
  readonly nodeCounts: Int32Array;
  /** Slots that tasks hold, by pool. */
  readonly poolUsedSlots: Int32Array;
  /** Tasks at `job × TASK_PHASES.length + phase`. */
  readonly jobCounts: Int32Array;
  /** Tasks of the pool's jobs at `pool × TASK_PHASES.length + phase`. */
  readonly poolCounts: Int32Array;
  readonly #recording: Recording;

  /** The world before anything happened. */
  constructor(recording: Recording) {
    const { tasks, nodes, pools, jobs } = recording;
    this.#recording = recording;
    this.taskPhase = new Uint8Array(tasks.count);
    this.taskNode = new Int32Array(tasks.count).fill(-1);
    this.nodeState = new Uint8Array(nodes.count).fill(NO_NODE_STATE);
    this.nodeUsedSlots = new Int32Array(nodes.count);
    this.nodeTasks = new Int32Array(nodes.count);
    this.poolResize = new Int32Array(pools.length).fill(-1);
    this.poolResizing = new Uint8Array(pools.length);
    this.poolAdded = new Uint8Array(pools.length);
    this.jobAdded = new Uint8Array(jobs.length);
    this.nodeCounts = new Int32Array(pools.length * KINDS * PARTS);
    this.poolUsedSlots = new Int32Array(pools.length);
    this.jobCounts = new Int32Array(jobs.length * PHASES);
    this.poolCounts = new Int32Array(pools.length * PHASES);
    for (let task = 0; task < tasks.count; task++) this.#count(task, 0, 1);
  }

  /** Nodes of a pool and kind in one part. */
  nodesIn(pool: number, kind: number, part: (typeof NODE_PARTS)[number]): number {
    return this.nodeCounts[(pool * KINDS + kind) * PARTS + NODE_PARTS.indexOf(part)] as number;
  }

  /** Tasks of a pool's jobs in one phase. */
  poolTasksIn(pool: number, phase: TaskPhase): number {
    return this.poolCounts[pool * PHASES + TASK_PHASES.indexOf(phase)] as number;
  }

  /** Tasks of a job in one phase. */
  jobTasksIn(job: number, phase: TaskPhase): number {
    return this.jobCounts[job * PHASES + TASK_PHASES.indexOf(phase)] as number;
  }

  /** Batch's state of a task now; null if it was not added yet. */
  taskState(task: number): TaskState | null {
    const phase = TASK_PHASES[this.taskPhase[task] as number] as TaskPhase;
    if (phase !== 'givenUp') return PHASE_STATES[phase];
    return TASK_STATES[this.#recording.tasks.state[task] as number] ?? null;
  }

  /** Puts a task into a phase; `node` is where it holds slots, -1 for a phase that holds none. */
  moveTask(task: number, phase: number, node: number): void {
    const held = this.taskNode[task] as number;
    if (held !== node) {
      if (held >= 0) this.#hold(held, task, -1);
      if (node >= 0) this.#hold(node, task, 1);
      this.taskNode[task] = node;
    }
    this.#count(task, this.taskPhase[task] as number, -1);
    this.#count(task, phase, 1);
    this.taskPhase[task] = phase;
  }

  /** Puts a node into a state as the log gives it: idle stands for idle and running both. */
  moveNode(node: number, state: number): void {
    const busy = (this.nodeTasks[node] as number) > 0;
    this.#setNodeState(node, state === IDLE && busy ? RUNNING : state);
  }

  #hold(node: number, task: number, sign: 1 | -1): void {
    const slots = (this.#recording.tasks.slots[task] as number) * sign;
    this.nodeUsedSlots[node]! += slots;
    this.poolUsedSlots[this.#recording.nodes.pool[node] as number]! += slots;
    this.nodeTasks[node]! += sign;
    const state = this.nodeState[node];
    if (state === IDLE && (this.nodeTasks[node] as number) > 0) this.#setNodeState(node, RUNNING);
    else if (state === RUNNING && this.nodeTasks[node] === 0) this.#setNodeState(node, IDLE);
  }

  #setNodeState(node: number, state: number): void {
    const { pool, kind } = this.#recording.nodes;
    const first = ((pool[node] as number) * KINDS + (kind[node] as number)) * PARTS;
    const old = this.nodeState[node] as number;
    if (old !== NO_NODE_STATE) this.nodeCounts[first + (PART_OF_STATE[old] as number)]! -= 1;
    if (state !== NO_NODE_STATE) this.nodeCounts[first + (PART_OF_STATE[state] as number)]! += 1;
    this.nodeState[node] = state;
  }

  #count(task: number, phase: number, sign: 1 | -1): void {
    const job = this.#recording.tasks.job[task] as number;
    this.jobCounts[job * PHASES + phase]! += sign;
    const pool = this.#recording.jobs[job]?.poolIndex ?? -1;
    if (pool >= 0) this.poolCounts[pool * PHASES + phase]! += sign;
  }
}

/** True for the phases in which a task holds slots. */
export function holdsSlots(phase: number): boolean {
  return phase === ASSIGNED || phase === TASK_RUNNING;
}
