/** A pool and its queues while a run goes on. Pools and jobs are few and may be ordinary objects. */
import type { Account, CoreUse, Job, Pool, Quantity } from '../model/index.js';
import { IndexSet } from './engine/index-set.js';
import { NodeIndex } from './engine/node-index.js';
import type { ReadyLane } from './engine/ready-lane.js';

/** An account: its quotas and the cores it holds. */
export interface AccountState {
  readonly row: number;
  readonly spec: Account;
  readonly use: CoreUse;
}

/** The resize that goes on in a pool. */
export interface ResizeState {
  /** Row in the recording. */
  readonly row: number;
  readonly startMs: number;
  readonly reservedDedicated: number;
  readonly reservedLowPriority: number;
  /** When each reserved node is due, ascending, dedicated nodes first (SIM-07). */
  readonly dueMs: Float64Array;
  /** How many of `dueMs` have come due. */
  dueCount: number;
  obtainedDedicated: number;
  obtainedLowPriority: number;
  /** When `resizeTimeout` is due; null when it cannot matter. */
  readonly timeoutMs: number | null;
}

/** Jobs of one priority in one pool: between them placement goes round robin (SCH-05). */
export class Level {
  readonly priority: number;
  /** Jobs with waiting tasks, by how many slots those need, fewest slots first. */
  readonly classes: SlotClass[] = [];
  /** The job that placed last. */
  cursor = -1;

  constructor(priority: number) {
    this.priority = priority;
  }

  /** The class for tasks of so many slots. */
  classOf(slots: number): SlotClass {
    const found = this.classes.find((candidate) => candidate.slots === slots);
    if (found !== undefined) return found;
    const made: SlotClass = { slots, jobs: new IndexSet() };
    this.classes.push(made);
    this.classes.sort((a, b) => a.slots - b.slots);
    return made;
  }
}

/** Jobs, by row, that have waiting tasks of this many slots and are below `maxParallelTasks`. */
export interface SlotClass {
  readonly slots: number;
  readonly jobs: IndexSet;
}

/** The waiting tasks of a job that need the same number of slots: one that cannot be placed speaks for all. */
export interface Lane {
  readonly slots: number;
  readonly queue: ReadyLane;
  /** null while the job's pool does not exist (JOB-03). */
  readonly slotClass: SlotClass | null;
}

/** A job while the run goes on. */
export class JobState {
  readonly row: number;
  readonly spec: Job;
  readonly id: string;
  readonly account: AccountState;
  readonly createdMs: number;
  pool: PoolState | null = null;
  level: Level | null = null;
  readonly lanes: Lane[] = [];
  /** Tasks that hold slots: preparing, running, or being dispatched (JOB-19). */
  placed = 0;
  /** JOB-19: how many may; Infinity without a limit. */
  readonly limit: number;

  constructor(row: number, spec: Job, id: string, account: AccountState, createdMs: number) {
    this.row = row;
    this.spec = spec;
    this.id = id;
    this.account = account;
    this.createdMs = createdMs;
    this.limit = spec.maxParallelTasks === -1 ? Number.POSITIVE_INFINITY : spec.maxParallelTasks;
  }

  /** JOB-19: no further task may be placed. */
  get atLimit(): boolean {
    return this.placed >= this.limit;
  }
}

/** A pool while the run goes on. */
export class PoolState {
  readonly row: number;
  readonly spec: Pool;
  readonly account: AccountState;
  /** Key of its random draws. */
  readonly key: number;
  readonly index: NodeIndex;
  /** Row of each node by ordinal. */
  readonly nodeRows: number[] = [];
  /** Ordinals by node id, as far as a task with an affinity has asked for them. */
  readonly ordinals = new Map<string, number>();
  /** Its jobs' tasks that wait to be placed. */
  waiting = 0;
  /** The only one of them, while it stands in no lane: a task that finds nobody waiting and room to run. Else -1. */
  only = -1;
  /** Whether it is among the pools to be looked at when the instant settles. */
  touched = false;
  /** Nodes it holds, by kind. */
  readonly held = [0, 0];
  /** Highest priority first. */
  readonly levels: Level[] = [];
  resize: ResizeState | null = null;
  resizeCount = 0;
  /** Index in ALLOCATION_STATES. */
  allocationState = 0;
  /** Assignment → running; constant 0 starts tasks in the pass itself. */
  readonly dispatch: Quantity;
  /** Whether assignment takes no time. */
  readonly dispatchesAtOnce: boolean;
  /** Whether any of its jobs allows its tasks to be displaced (JOB-20); then `occupants` is kept. */
  displaceable = false;
  /** Placed tasks, kept only when some may be displaced. */
  readonly occupants = new Set<number>();
  /** Placements drawn so far with `jobOrder: random`. */
  placements = 0;
  /** Tasks that began to wait since the last pass; kept only for the log (SCH-13). */
  newlyWaiting: number[] = [];

  constructor(row: number, spec: Pool, account: AccountState, key: number, dispatch: Quantity) {
    this.row = row;
    this.spec = spec;
    this.account = account;
    this.key = key;
    this.dispatch = dispatch;
    this.dispatchesAtOnce = dispatch.kind === 'constant' && dispatch.value === 0;
    this.index = new NodeIndex(spec.taskSlotsPerNode, spec.nodeFillType === 'pack');
  }

  /** The level of a priority, made when first asked for. */
  levelOf(priority: number): Level {
    const found = this.levels.find((level) => level.priority === priority);
    if (found !== undefined) return found;
    const made = new Level(priority);
    this.levels.push(made);
    this.levels.sort((a, b) => b.priority - a.priority);
    return made;
  }
}
