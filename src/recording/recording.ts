/**
 * What one run left behind, as columns. `sim` fills it, everything else reads it: the run folder, reports, the
 * terminal UI. Row numbers are handles: a node, a task, a job and a pool are known by their row, names are made on
 * output. Times are whole milliseconds from the start of the scenario, -1 where the moment never came.
 */
import type { NodePrice, Scenario, TaskIds, VmSize } from '../model/index.js';

/** A finished (or stopped) run. Columns may be longer than `count`; rows beyond it mean nothing. */
export interface Recording {
  readonly run: RunInfo;
  readonly accounts: readonly AccountRow[];
  readonly pools: readonly PoolRow[];
  readonly jobs: readonly JobRow[];
  readonly resizes: readonly ResizeRow[];
  readonly nodes: NodeColumns;
  readonly tasks: TaskColumns;
  readonly taskNames: TaskNames;
  /** Attempts that were not a task's last, in the order in which they ended. */
  readonly attempts: AttemptColumns;
  /** Why tasks are still active at the end (SIM-10), in task order. */
  readonly unfinished: UnfinishedColumns;
  /** Every change in order; null when the run was asked for its summary alone. */
  readonly log: EventLog | null;
}

/** What identifies a run and how it ended. */
export interface RunInfo {
  readonly name: string;
  readonly seed: string | number;
  readonly epochMs: number;
  /** When the run stopped (SIM-10); nothing is charged beyond it. */
  readonly endMs: number;
  /** False when it was stopped from outside: there may be work that would have gone on. */
  readonly complete: boolean;
  /** ACC-15: a task that is not completed holds and waits for nothing from this long after its addition; null: never. */
  readonly taskLifetimeMs: number | null;
  /** How many events were handled. */
  readonly eventCount: number;
  /** Digest of the outcome (tasks, attempts, nodes), 32 hex digits; the same with and without the log. */
  readonly digest: string;
}

/** A Batch account (ACC-01). */
export interface AccountRow {
  readonly name: string;
}

/** A pool, with what its nodes are and cost. */
export interface PoolRow {
  readonly id: string;
  readonly accountIndex: number;
  readonly vmSize: VmSize;
  readonly os: 'linux' | 'windows';
  readonly taskSlotsPerNode: number;
  readonly targetDedicatedNodes: number;
  readonly targetLowPriorityNodes: number;
  readonly price: NodePrice;
}

/** A job; one that was declared for after the end of the run was never added. */
export interface JobRow {
  readonly id: string;
  readonly displayName: string | null;
  readonly accountIndex: number;
  /** The pool it is bound to by name; it need not exist. */
  readonly poolId: string;
  /** -1 where no such pool exists. */
  readonly poolIndex: number;
  readonly priority: number;
  readonly state: 'active';
  readonly createdMs: number;
  /** First row of its tasks is not promised; how many it has is. */
  readonly taskCount: number;
}

/** One resize of a pool (RSZ-04 to RSZ-08). */
export interface ResizeRow {
  readonly poolIndex: number;
  readonly startMs: number;
  /** -1 while it goes on. */
  readonly endMs: number;
  readonly targetDedicatedNodes: number;
  readonly targetLowPriorityNodes: number;
  /** Nodes that fitted in quota and limits when it began. */
  readonly reservedDedicated: number;
  readonly reservedLowPriority: number;
  /** `resizeErrors` in Batch's codes (ERR-22), with a sentence each. */
  readonly errors: readonly { readonly code: string; readonly message: string }[];
}

/** One row a node, in order of appearance; the ordinal counts within the pool (SIM-07). */
export interface NodeColumns {
  readonly count: number;
  readonly pool: Int32Array;
  readonly ordinal: Int32Array;
  /** Index in `NODE_KINDS`. */
  readonly kind: Uint8Array;
  /** Index in `NODE_STATES`, at the end. */
  readonly state: Uint8Array;
  /** When the resize that brought it began. */
  readonly requestedMs: Float64Array;
  /** Entry into `creating`: billing starts (BILL-03). */
  readonly createdMs: Float64Array;
  /** First entry into `idle`. */
  readonly readyMs: Float64Array;
  /** Left the pool: billing ends. */
  readonly goneMs: Float64Array;
  /** Billed time by BILL-06's four parts, up to the end of the run. */
  readonly bootingMs: Float64Array;
  readonly idleMs: Float64Array;
  readonly runningMs: Float64Array;
  readonly failedMs: Float64Array;
  /** Attempts that were started on it. */
  readonly tasksRun: Int32Array;
  /** Slot-milliseconds of running attempts. */
  readonly slotMs: Float64Array;
}

/** One row a task, in order of addition to the service (SIM-04); tasks that never arrived stand at the end. */
export interface TaskColumns {
  /** Tasks that were added. */
  readonly count: number;
  readonly job: Int32Array;
  /** Index in `TASK_STATES`. */
  readonly state: Uint8Array;
  /** Index in `TASK_FAILURES`. */
  readonly failure: Uint8Array;
  /** Of the last attempt that ended; meaningless unless the task is completed or was retried. */
  readonly exitCode: Int32Array;
  /** `requiredSlots`. */
  readonly slots: Uint16Array;
  readonly retries: Int32Array;
  /** TASK-09; null: none in this run. */
  readonly requeues: Uint32Array | null;
  /** Node loss, preemption, displacement; null: none in this run. */
  readonly interruptions: Uint32Array | null;
  /** Node of the latest attempt, -1 if there was none. */
  readonly node: Int32Array;
  readonly submitMs: Float64Array;
  /** Last became runnable (dependencies satisfied, or back after an attempt). */
  readonly readyMs: Float64Array;
  /** Latest attempt was given to its node; null: always equal to `startMs`. */
  readonly assignedMs: Float64Array | null;
  /** Latest attempt began to run; of an active task, it says nothing about the attempt at hand (SCH-11). */
  readonly startMs: Float64Array;
  /** Completed; -1 otherwise. */
  readonly endMs: Float64Array;
}

/** Earlier attempts: their work did not count. */
export interface AttemptColumns {
  readonly count: number;
  readonly task: Int32Array;
  readonly node: Int32Array;
  readonly readyMs: Float64Array;
  readonly assignedMs: Float64Array;
  /** -1: it never began to run; the wait went on. */
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  readonly exitCode: Int32Array;
  /** Index in `ATTEMPT_ENDS`. */
  readonly outcome: Uint8Array;
}

/** How an attempt that was not the last ended. */
export const ATTEMPT_ENDS = ['retry', 'displaced'] as const;

/** Tasks left active at the end and why (SIM-10). */
export interface UnfinishedColumns {
  readonly count: number;
  readonly task: Int32Array;
  /** Index in `WAIT_CAUSES`. */
  readonly cause: Uint8Array;
}

/** Why a task is active and not running. */
export const WAIT_CAUSES = [
  'blockedByDependency',
  'requiresMoreSlotsThanANodeHas',
  'noEligibleNode',
  'jobAtMaxParallelTasks',
  'poolMissing',
  'lifetimeExceeded',
  'stoppedAtUntil',
] as const;
export type WaitCause = (typeof WAIT_CAUSES)[number];

/** Names of tasks, made when asked for (`makeTaskNames` makes one from the two tables). */
export interface TaskNames {
  id(task: number): string;
  displayName(task: number): string | null;
  /** Tasks as they were declared, set after set; jobs of one arrival process share the objects of their sets. */
  readonly sets: readonly TaskNameSet[];
  /** For each row the task's number through all sets; null: the row is that number. */
  readonly order: Int32Array | null;
}

/** Names of the tasks that one entry of the scenario made for one job. */
export interface TaskNameSet {
  readonly count: number;
  readonly ids: TaskIds;
  /** Empty string: none. null: none at all. */
  readonly displayNames: readonly string[] | null;
}

/** Kinds of log rows. Node changes between idle and running are not logged: they follow from the tasks' rows. */
export const EVENT_KINDS = [
  /** subject: pool. */
  'poolAdded',
  /** subject: pool, detail: row of the resize. */
  'resizeStarted',
  /** subject: pool, detail: row of the resize. */
  'resizeEnded',
  /** subject: node, detail: index in NODE_STATES of the state entered; 255: it left the pool. */
  'nodeState',
  /** subject: job. */
  'jobAdded',
  /** subject: task, detail: 1 if runnable at once, 0 if it waits for dependencies. */
  'taskAdded',
  /** subject: task: its dependencies were satisfied. */
  'taskRunnable',
  /** subject: task, detail: node: it holds slots and is still active (SCH-11); left out when dispatch takes no time. */
  'taskAssigned',
  /** subject: task, detail: node: it runs (and holds slots from now, unless it was assigned before). */
  'taskStarted',
  /** subject: task, detail: exit code: completed by its own exit, success or failure. */
  'taskFinished',
  /** subject: task, detail: exit code: back to active, to be retried (TASK-08). */
  'taskRetried',
  /** subject: task, detail: exit code: stopped at its wall clock, completed (TASK-11). */
  'taskTimedOut',
  /** subject: task: stopped for a task of higher priority, back to active (SCH-16). */
  'taskDisplaced',
  /** subject: task: it is runnable and could not be placed; once per waiting episode (SCH-13). */
  'taskScheduleFail',
  /** subject: task: given up at its lifetime, left in its state (ACC-15); slots are free again. */
  'taskGivenUp',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Everything that changed, in order. */
export interface EventLog {
  readonly count: number;
  readonly atMs: Float64Array;
  /** Index in `EVENT_KINDS`. */
  readonly kind: Uint8Array;
  readonly subject: Int32Array;
  readonly detail: Int32Array;
}

/** A recording and the scenario it came from. */
export interface Run {
  readonly scenario: Scenario;
  readonly recording: Recording;
}
