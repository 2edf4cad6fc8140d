/**
 * The world at one place of the log: what every task and node was doing, and counters over them that are kept up to
 * date with each change. Positions count rows: the state at position p is what rows 0 … p - 1 made of the world.
 */
import { JOB_STATES, NODE_KINDS, NODE_STATES, TASK_STATES, type TaskState } from '../model/index.js';
import { type JobTasks, tasksByJob } from './job-tasks.js';
import {
  JOB_PHASES,
  NO_NODE_STATE,
  NODE_PARTS,
  type NodePart,
  PHASE_STATES,
  partOfNode,
  phaseOfState,
  TASK_PHASE,
  TASK_PHASES,
  type TaskPhase,
} from './phases.js';
import type { JobRow, Recording, SubtaskRow } from './recording.js';

const IDLE = NODE_STATES.indexOf('idle');
const RUNNING = NODE_STATES.indexOf('running');
const JOB_DELETED = JOB_PHASES.indexOf('deleted');
const KINDS = NODE_KINDS.length;
const PARTS = NODE_PARTS.length;
const PHASES = TASK_PHASES.length;

/** A moment of a run in columns. Read freely; only `replay` and snapshots write, through the methods below. */
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
  /** Index in `NODE_CAUSES`: why it entered that state, or left. */
  readonly nodeCause: Uint8Array;
  /** 1 where scheduling is disabled (NODE-03). */
  readonly nodeDisabled: Uint8Array;
  readonly nodeUsedSlots: Int32Array;
  /** Tasks and subtasks that hold slots on the node. */
  readonly nodeTasks: Int32Array;
  /** 1 while the instance holds its slot, by row of `recording.subtasks`. */
  readonly subtaskHolds: Uint8Array;
  /** 1 while an attempt runs, by row of `recording.nodeTasks`. */
  readonly nodeTaskRuns: Uint8Array;
  /** Index in `POOL_PHASES`. */
  readonly poolPhase: Uint8Array;
  /** Row of the latest resize that began, by pool; -1: none. */
  readonly poolResize: Int32Array;
  /** 1 while that resize goes on. */
  readonly poolResizing: Uint8Array;
  /** Index in `JOB_PHASES`. */
  readonly jobPhase: Uint8Array;
  readonly jobPriority: Int32Array;
  /** Pool that the job is bound to, -1: none that exists. */
  readonly jobPool: Int32Array;
  /** Index in `SCHEDULE_PHASES`, by job schedule. */
  readonly schedulePhase: Uint8Array;
  /** Nodes at `(pool × kinds + kind) × NODE_PARTS.length + part`. */
  readonly nodeCounts: Int32Array;
  /** Slots that tasks hold, by pool of their node. */
  readonly poolUsedSlots: Int32Array;
  /** Tasks at `job × TASK_PHASES.length + phase`. */
  readonly jobCounts: Int32Array;
  /** Tasks of the pool's jobs at `pool × TASK_PHASES.length + phase`. */
  readonly poolCounts: Int32Array;
  readonly #recording: Recording;
  /** Made when the first job goes. */
  #jobTasks: JobTasks | null = null;

  /** The world before anything happened. */
  constructor(recording: Recording) {
    const { tasks, nodes, pools, jobs } = recording;
    this.#recording = recording;
    this.taskPhase = new Uint8Array(tasks.count);
    this.taskNode = new Int32Array(tasks.count).fill(-1);
    this.nodeState = new Uint8Array(nodes.count).fill(NO_NODE_STATE);
    this.nodeCause = new Uint8Array(nodes.count);
    this.nodeDisabled = new Uint8Array(nodes.count);
    this.nodeUsedSlots = new Int32Array(nodes.count);
    this.nodeTasks = new Int32Array(nodes.count);
    this.subtaskHolds = new Uint8Array(recording.subtasks.length);
    this.nodeTaskRuns = new Uint8Array(recording.nodeTasks.length);
    this.poolPhase = new Uint8Array(pools.length);
    this.poolResize = new Int32Array(pools.length).fill(-1);
    this.poolResizing = new Uint8Array(pools.length);
    this.jobPhase = new Uint8Array(jobs.length);
    this.jobPriority = Int32Array.from(jobs, addedPriority);
    this.jobPool = Int32Array.from(jobs, addedPool);
    this.schedulePhase = new Uint8Array(recording.jobSchedules.length);
    this.nodeCounts = new Int32Array(pools.length * KINDS * PARTS);
    this.poolUsedSlots = new Int32Array(pools.length);
    this.jobCounts = new Int32Array(jobs.length * PHASES);
    this.poolCounts = new Int32Array(pools.length * PHASES);
    for (let task = 0; task < tasks.count; task++) this.#count(task, TASK_PHASE.absent, 1);
  }

  /** Nodes of a pool and kind in one part. */
  nodesIn(pool: number, kind: number, part: NodePart): number {
    return this.nodeCounts[(pool * KINDS + kind) * PARTS + NODE_PARTS.indexOf(part)] as number;
  }

  /** Tasks of a pool's jobs in one phase. */
  poolTasksIn(pool: number, phase: TaskPhase): number {
    return this.poolCounts[pool * PHASES + TASK_PHASE[phase]] as number;
  }

  /** Tasks of a job in one phase. */
  jobTasksIn(job: number, phase: TaskPhase): number {
    return this.jobCounts[job * PHASES + TASK_PHASE[phase]] as number;
  }

  /** Batch's state of a task now; null if it was not added yet, or is gone. */
  taskState(task: number): TaskState | null {
    const phase = TASK_PHASES[this.taskPhase[task] as number] as TaskPhase;
    if (phase !== 'givenUp') return PHASE_STATES[phase];
    return TASK_STATES[this.#recording.tasks.state[task] as number] ?? null;
  }

  /** Puts a task into a phase; `node` is where it holds slots, -1 for a phase that holds none. */
  moveTask(task: number, phase: number, node: number): void {
    const held = this.taskNode[task] as number;
    if (held !== node) {
      const slots = this.#recording.tasks.slots[task] as number;
      if (held >= 0) this.#hold(held, -slots, -1);
      if (node >= 0) this.#hold(node, slots, 1);
      this.taskNode[task] = node;
    }
    this.#count(task, this.taskPhase[task] as number, -1);
    this.#count(task, phase, 1);
    this.taskPhase[task] = phase;
  }

  /** An instance of a multi-instance task takes or leaves the slot of its node (MI-02). */
  holdSubtask(row: number, holds: 0 | 1): void {
    if (this.subtaskHolds[row] === holds) return;
    this.subtaskHolds[row] = holds;
    const sign = holds === 1 ? 1 : -1;
    this.#hold((this.#recording.subtasks[row] as SubtaskRow).node, sign, sign);
  }

  /** Puts a node into a state as the log gives it: idle stands for idle and running both. */
  moveNode(node: number, state: number, cause: number): void {
    this.nodeCause[node] = cause;
    this.#changeNode(node, 0, 0, NODE_STATES[state] === undefined ? NO_NODE_STATE : state);
  }

  /** Puts a job into a phase; the tasks of one that is gone are gone too (JOB-14). */
  moveJob(job: number, detail: number): void {
    const phase = phaseOfState(detail, JOB_STATES.length);
    this.jobPhase[job] = phase;
    if (phase !== JOB_DELETED) return;
    this.#jobTasks ??= tasksByJob(this.#recording);
    const { firsts, rows } = this.#jobTasks;
    for (let i = firsts[job] as number; i < (firsts[job + 1] as number); i++) {
      const task = rows[i] as number;
      if (this.taskPhase[task] !== TASK_PHASE.absent) this.moveTask(task, TASK_PHASE.deleted, -1);
    }
  }

  /** Binds a job, and all its tasks, to another pool (JOB-21). */
  bindJob(job: number, pool: number): void {
    for (let phase = 0; phase < PHASES; phase++) {
      const count = this.jobCounts[job * PHASES + phase] as number;
      this.#countInPool(job, phase, -count);
    }
    this.jobPool[job] = pool;
    for (let phase = 0; phase < PHASES; phase++) {
      this.#countInPool(job, phase, this.jobCounts[job * PHASES + phase] as number);
    }
  }

  #hold(node: number, slots: number, tasks: number): void {
    this.poolUsedSlots[this.#recording.nodes.pool[node] as number]! += slots;
    this.#changeNode(node, slots, tasks, this.nodeState[node] as number);
  }

  /** The only writer of a node's state and load, so that its pool's counters always follow. */
  #changeNode(node: number, slots: number, tasks: number, state: number): void {
    const { pool, kind } = this.#recording.nodes;
    const first = ((pool[node] as number) * KINDS + (kind[node] as number)) * PARTS;
    const before = partOfNode(this.nodeState[node] as number, (this.nodeTasks[node] as number) > 0);
    this.nodeUsedSlots[node]! += slots;
    this.nodeTasks[node]! += tasks;
    const isBusy = (this.nodeTasks[node] as number) > 0;
    const isReady = state === IDLE || state === RUNNING;
    this.nodeState[node] = isReady ? (isBusy ? RUNNING : IDLE) : state;
    const after = partOfNode(this.nodeState[node] as number, isBusy);
    if (before >= 0) this.nodeCounts[first + before]! -= 1;
    if (after >= 0) this.nodeCounts[first + after]! += 1;
  }

  #count(task: number, phase: number, by: number): void {
    const job = this.#recording.tasks.job[task] as number;
    this.jobCounts[job * PHASES + phase]! += by;
    this.#countInPool(job, phase, by);
  }

  #countInPool(job: number, phase: number, by: number): void {
    const pool = this.jobPool[job] as number;
    if (pool >= 0) this.poolCounts[pool * PHASES + phase]! += by;
  }
}

function addedPriority(job: JobRow): number {
  return (job.addedWith ?? job).priority;
}

function addedPool(job: JobRow): number {
  return (job.addedWith ?? job).poolIndex;
}
