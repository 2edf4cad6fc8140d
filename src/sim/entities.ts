/** Accounts, pools and jobs while a run goes on. They are few and may be ordinary objects. */
import { codesOf } from '../base/index.js';
import {
  type Account,
  type CertificateState,
  CoreUse,
  idKey,
  JOB_SCHEDULE_STATES,
  JOB_STATES,
  type Job,
  type JobSchedule,
  type Operation,
  type Pool,
  type Quantity,
  thumbprintKey,
} from '../model/index.js';
import { NodeIndex } from './engine/node-index.js';
import type { PreparationState } from './jobs/preparation-state.js';
import type { UpgradeState } from './nodes/upgrade-state.js';
import type { ResizeState } from './pools/resize-state.js';
import type { ScalingState } from './pools/scaling-state.js';
import { type Lane, Level } from './queues.js';

/** An account: its quotas, the cores it holds, and what else it knows by name. */
export interface AccountState {
  readonly row: number;
  readonly spec: Account;
  readonly use: CoreUse;
  /** PKG-01, by {@link idKey}. */
  readonly applications: Map<string, ApplicationState>;
  /** NET-03, by {@link thumbprintKey}. */
  readonly certificates: Map<string, CertificateState>;
  /** A look at the spot nodes that its pools miss is due (RSZ-09). */
  isSpotSought: boolean;
  /** Pools that are there, by {@link idKey}; one that is being deleted still is. */
  readonly pools: Map<string, PoolState>;
  /** Jobs that are there, by {@link idKey}. */
  readonly jobs: Map<string, JobState>;
  /** Job schedules that are there, by {@link idKey}. */
  readonly schedules: Map<string, ScheduleState>;
  /** ACC-10: its jobs and job schedules that are there and not completed. */
  activeCount: number;
}

/** An account as a scenario declares it; its pools and jobs are yet to come. */
export function makeAccountState(spec: Account, row: number): AccountState {
  return {
    row,
    spec,
    use: new CoreUse(),
    isSpotSought: false,
    applications: new Map(
      spec.applications.map(({ id, defaultVersion, versions, allowUpdates = true }) => [
        idKey(id),
        { id, defaultVersion, allowUpdates, versions: new Set(versions) },
      ]),
    ),
    certificates: new Map(spec.certificates.map((thumbprint) => [thumbprintKey(thumbprint), 'active' as const])),
    pools: new Map(),
    jobs: new Map(),
    schedules: new Map(),
    activeCount: 0,
  };
}

/** PKG-01. */
export interface ApplicationState {
  readonly id: string;
  defaultVersion: string | null;
  allowUpdates: boolean;
  readonly versions: Set<string>;
}

/** A pool while the run goes on. */
export class PoolState {
  readonly row: number;
  /** Replaced as a whole when properties change: targets, start task, packages, formula. */
  spec: Pool;
  readonly account: AccountState;
  /** Key of its random draws. */
  readonly key: number;
  readonly index: NodeIndex;
  /** Row of each node by ordinal. */
  readonly nodeRows: number[] = [];
  /** Rows of the nodes that it holds, in order of their ordinals: few, however many it has had. */
  readonly present: number[] = [];
  /** Ordinals by node id, as far as a task with an affinity has asked for them. */
  readonly ordinals = new Map<string, number>();
  /** Its jobs' tasks that wait to be placed. */
  waiting = 0;
  /** The only one of them, while it stands in no lane: a task that finds nobody waiting and room to run. Else -1. */
  only = -1;
  /** Whether it is among the pools to be looked at when the instant settles. */
  touched = false;
  /** Nodes it holds, by kind: obtained and not gone; preempted ones still count (POOL-19). */
  readonly held = [0, 0];
  /** Index in POOL_STATES. */
  state = 0;
  /** It has been added; a pool that a scenario declares stands in its table before. */
  isAdded = false;
  createdMs = -1;
  /** When it disappeared; -1: it did not. */
  deletedMs = -1;
  /** AUTO: made for a job or a job schedule. */
  readonly isAutoPool: boolean;
  /** Highest priority first. */
  readonly levels: Level[] = [];
  /** Of the spot nodes that it holds, those whose VM was taken away (NODE-11). */
  preempted = 0;
  /** RSZ-09: spot nodes that it misses are sought; not after a resize was stopped (RSZ-10). */
  seeksSpot = true;
  /** Since when it misses spot nodes; -1: it does not. */
  missedSinceMs = -1;
  /** How many events have taken spot nodes away so far (rows 23 and 24). */
  preemptionEvents = 0;
  /** ASC; null: a fixed size. */
  scaling: ScalingState | null = null;
  /** ASC-04: when autoscale was last enabled by an operation, in ms; null: never. */
  scalingEnabledMs: number | null = null;
  resize: ResizeState | null = null;
  /** POOL-21; null: none goes on. */
  upgrade: UpgradeState | null = null;
  resizeCount = 0;
  /** Index in ALLOCATION_STATES. */
  allocationState = 0;
  /** Assignment → running; constant 0 starts tasks in the pass itself. */
  readonly dispatch: Quantity;
  /** Whether assignment takes no time. */
  readonly dispatchesAtOnce: boolean;
  /** Whether a stopped process is gone at once (SIM-06 kill). */
  readonly killsAtOnce: boolean;
  /** Whether any of its jobs allows its tasks to be displaced (JOB-20). */
  displaceable = false;
  /** Lanes that are passed over for the rest of this pass. */
  readonly setAside: { readonly job: JobState; readonly lane: Lane }[] = [];
  /** Nodes, by row, that are held back for the rest of this pass (MI-03). */
  readonly reserved: number[] = [];
  /** Placements drawn so far with `jobOrder: random`. */
  placements = 0;
  /** Tasks that began to wait since the last pass; kept only for the log (SCH-13). */
  newlyWaiting: number[] = [];

  constructor(row: number, spec: Pool, account: AccountState, key: number, dispatch: Quantity, isAutoPool: boolean) {
    this.isAutoPool = isAutoPool;
    this.row = row;
    this.spec = spec;
    this.account = account;
    this.key = key;
    this.dispatch = dispatch;
    this.killsAtOnce = spec.timing.overrides.kill === undefined;
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

/** States as `JobState.state` holds them. */
export const JOB = codesOf(JOB_STATES);

/** A job while the run goes on. */
export class JobState {
  readonly row: number;
  /** Replaced as a whole when properties change: priority, limits, pool. */
  spec: Job;
  readonly id: string;
  readonly account: AccountState;
  createdMs: number;
  /** It has been added; a job that a scenario declares stands in its table before. */
  isAdded = false;
  /** Its place in the order of creation (SIM-04): rows of declared jobs are older than they are. -1: not added. */
  place = -1;
  /** Index in JOB_STATES; only `jobs/job-moves` writes it. */
  state = 0;
  /** Entered `completed`; -1: it did not. */
  endMs = -1;
  /** When it disappeared; -1: it did not. */
  deletedMs = -1;
  /** JOB-12. */
  terminateReason: string | null = null;
  /** ERR-20. */
  schedulingError: string | null = null;
  /** The job schedule that made it; -1: none. */
  readonly schedule: number;
  /** The pool whose scheduler sees its tasks; null while it is not active, or there is no such pool (JOB-03). */
  pool: PoolState | null = null;
  level: Level | null = null;
  readonly lanes: Lane[] = [];
  /** Tasks that hold slots: preparing, running, or being dispatched (JOB-19). Kept where `World.countsTasks`. */
  placed = 0;
  /** Tasks that are there and not completed (JOB-08). Kept where `World.countsTasks`. */
  open = 0;
  /** JOB-19: how many may hold slots; Infinity without a limit. */
  limit: number;
  /** PREP-05: nodes, by row, on which its preparation failed. */
  readonly barred = new Set<number>();
  /** Row of its manager's task; -1: none. */
  manager = -1;
  /** JM-07: its manager waits to be restarted. */
  isManagerRestarting = false;
  /** JM-07: the node, by row, that is being cleared for its manager; -1: none. */
  promisedNode = -1;
  /** Rows of its tasks that are there, by {@link idKey} of their ids, in worlds whose tasks get their rows as they come. */
  readonly taskRows = new Map<string, number>();
  /** Rows of its task sets, in worlds whose tasks get their rows as they come. */
  readonly setRows: number[] = [];
  /** PREP-02: what it did on nodes, by row of the node. */
  readonly preparations = new Map<number, PreparationState>();
  /** Attempts of its preparation on nodes whose disk was lost since, by row of the node (SIM-08). */
  readonly preparationAttempts = new Map<number, number>();
  /** JOB-06: when its wall clock is due; -1: it has none, or none any more. */
  wallClockAtMs = -1;
  /** AUTO-02: the pool that was made for it alone. */
  autoPool: PoolState | null = null;
  /** Its priority and its pool before the first change of either; null: none was changed. */
  addedWith: { readonly priority: number; readonly poolIndex: number } | null = null;

  constructor(row: number, spec: Job, id: string, account: AccountState, createdMs: number, schedule = -1) {
    this.row = row;
    this.spec = spec;
    this.id = id;
    this.account = account;
    this.createdMs = createdMs;
    this.schedule = schedule;
    this.limit = limitOf(spec);
  }

  /** JOB-19: no further task may be placed. */
  get atLimit(): boolean {
    return this.placed >= this.limit;
  }
}

/** JOB-19: how many tasks of a job may hold slots. */
export function limitOf(spec: Job): number {
  return spec.maxParallelTasks === -1 ? Number.POSITIVE_INFINITY : spec.maxParallelTasks;
}

/** States as `ScheduleState.state` holds them. */
export const SCHEDULE = codesOf(JOB_SCHEDULE_STATES);

/** A job schedule while the run goes on. */
export class ScheduleState {
  readonly row: number;
  /** Replaced as a whole when properties change (JS-13). */
  spec: JobSchedule;
  readonly account: AccountState;
  readonly createdMs: number;
  /** Index in JOB_SCHEDULE_STATES; only `jobs/schedule-moves` writes it. */
  state = 0;
  /** Entered `completed`; -1: it did not. */
  endMs = -1;
  /** When it disappeared; -1: it did not. */
  deletedMs = -1;
  /** JS-10: jobs that it made. */
  jobCount = 0;
  /** JS-04: its job that is not completed; null: there is none. */
  job: JobState | null = null;
  /** The due time whose opportunity stands open and has not been used (JS-05); null: none. */
  openDueMs: number | null = null;
  /** The due time of its latest job; null: none yet. */
  usedDueMs: number | null = null;
  /** The next due time that is in the queue; -1: none. */
  nextDueMs = -1;
  /** The end of the open opportunity's window that is in the queue; -1: none. */
  windowEndMs = -1;
  /** `doNotRunAfter`, as long as it stands among the background's events; -1: it does not. */
  lastMs = -1;
  /** AUTO-02: the pool that its jobs share. */
  autoPool: PoolState | null = null;

  constructor(row: number, spec: JobSchedule, account: AccountState, createdMs: number) {
    this.row = row;
    this.spec = spec;
    this.account = account;
    this.createdMs = createdMs;
  }
}

/** JM-11: one line of a job manager's script, in one attempt of the manager. */
export interface ScriptLine {
  readonly atMs: number;
  readonly operation: Operation;
}
