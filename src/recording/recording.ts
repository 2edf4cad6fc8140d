/**
 * What one run left behind, as columns. `sim` fills it, everything else reads it: the run folder, reports, the
 * terminal UI. Row numbers are handles: a node, a task, a job and a pool are known by their row, names are made on
 * output. Times are whole milliseconds from the start of the scenario, -1 where the moment never came.
 */
import type { JobScheduleState, JobState, NodePrice, PoolLife, Scenario, TaskIds, VmSize } from '../model/index.js';
import type { EvaluationColumns, FormulaRow, OutcomeRow, SampleColumns } from './autoscale-rows.js';

/** In a column of exit codes, and in rows of the log: there is none. */
export const NO_EXIT_CODE = -2147483648;

/** A finished (or stopped) run. Columns may be longer than `count`; rows beyond it mean nothing. */
export interface Recording {
  readonly run: RunInfo;
  readonly accounts: readonly AccountRow[];
  readonly pools: readonly PoolRow[];
  readonly jobs: readonly JobRow[];
  readonly jobSchedules: readonly JobScheduleRow[];
  readonly resizes: readonly ResizeRow[];
  readonly nodes: NodeColumns;
  readonly tasks: TaskColumns;
  readonly taskNames: TaskNames;
  /** Attempts that were not a task's last, in the order in which they became earlier ones. */
  readonly attempts: AttemptColumns;
  /** Preparation and release tasks of jobs, and start tasks of nodes, in order of their beginning. */
  readonly nodeTasks: readonly NodeTaskRow[];
  /** Instances of multi-instance tasks besides the primary, attempt by attempt (MI-10). */
  readonly subtasks: readonly SubtaskRow[];
  /** Every operation that the scenario's actions and its job managers asked for, in order. */
  readonly operations: readonly OperationRow[];
  /** Why tasks are still active at the end (SIM-10), in task order. */
  readonly unfinished: UnfinishedColumns;
  /** What pools with autoscale followed, in order of beginning. */
  readonly formulas: readonly FormulaRow[];
  /** What evaluations came to, each once. */
  readonly outcomes: readonly OutcomeRow[];
  readonly evaluations: EvaluationColumns;
  readonly samples: SampleColumns;
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
  /** ERR-19: the refusal that stopped it, with `onActionError: fail`; absent: none did. */
  readonly failure?: string;
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
  /** POOL-02; `deleted`: it has disappeared · `absent`: it was declared and never added, since Batch refused it. */
  readonly state: PoolLife | 'deleted' | 'absent';
  readonly createdMs: number;
  /** It disappeared; -1: it did not. */
  readonly deletedMs: number;
  /** AUTO: made for a job or a job schedule. */
  readonly isAutoPool: boolean;
}

/** A job; one that Batch refused, or that is due after the end, was never added. What can change is told as at the end. */
export interface JobRow {
  readonly id: string;
  readonly displayName: string | null;
  readonly accountIndex: number;
  /** The pool it is bound to by name; it need not exist. */
  readonly poolId: string;
  /** -1 where no such pool exists. */
  readonly poolIndex: number;
  readonly priority: number;
  /** What it was added with, if its priority or its pool is another at the end: replay begins with these. */
  readonly addedWith?: { readonly priority: number; readonly poolIndex: number };
  /** JOB-01; `deleted`: it has disappeared · `absent`: it was never added. */
  readonly state: JobState | 'deleted' | 'absent';
  /** When it was added, or would have been. */
  readonly createdMs: number;
  /** Entered `completed`; -1: it did not. */
  readonly endMs: number;
  readonly deletedMs: number;
  /** JOB-12; null unless terminated. */
  readonly terminateReason: string | null;
  /** ERR-20: code; null: none. */
  readonly schedulingError: string | null;
  /** The job schedule that made it; -1: none. */
  readonly scheduleIndex: number;
  /** First row of its tasks is not promised; how many it has is. */
  readonly taskCount: number;
}

/** A job schedule (JS). */
export interface JobScheduleRow {
  readonly id: string;
  readonly accountIndex: number;
  /** JS-01; `deleted`: it has disappeared. */
  readonly state: JobScheduleState | 'deleted';
  readonly createdMs: number;
  /** Entered `completed`; -1: it did not. */
  readonly endMs: number;
  /** JS-10: jobs that it made. */
  readonly jobCount: number;
}

/** What started a resize. */
export const RESIZE_CAUSES = [
  'created',
  'resize',
  'removeNodes',
  'autoscale',
  'deletePool',
  'stopped',
  'restore',
] as const;

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
  readonly cause: (typeof RESIZE_CAUSES)[number];
  /** Nodes chosen to leave. */
  readonly removedNodes: number;
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
  /** Index in `NODE_CAUSES`: why it left the pool; meaningless while it has not. */
  readonly endReason: Uint8Array;
  /** How often its VM was taken away (NODE-11); null: never in this run. */
  readonly preemptions: Uint32Array | null;
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

/**
 * One row a task, in order of addition to the service (SIM-04); tasks that never arrived stand at the end.
 *
 * The latest attempt stands in `node`, `assignedMs` and `startMs`. Of a completed task `startMs` speaks of the attempt
 * that completed it and of no earlier one: -1 if there was none (it was completed while it waited, TASK-22), or if that
 * never began to run (in dispatch or preparation); the latter was assigned later than every row of `attempts`. A deleted
 * task keeps the state that it had.
 */
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
  /** Node of the latest attempt (of a multi-instance task: of its primary), -1 if there was none, or if it was stopped without slots. */
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
  /** Deleted, alone or with its job (TASK-23, JOB-14); it holds and waits for nothing any more. -1: not. null: none in this run. */
  readonly deletedMs: Float64Array | null;
  /**
   * By how much sharing the cores of its node lengthened the attempt at hand, or that counts: the time that it ran less
   * the time that it would have run alone, in ms. null or absent: no task shared cores in this run.
   */
  readonly stretchedMs?: Float64Array | null;
}

/**
 * Earlier attempts: their work did not count. A task that was completed while it held no slots and is then reactivated
 * leaves a row too, without a node: its wait until then.
 */
export interface AttemptColumns {
  readonly count: number;
  readonly task: Int32Array;
  /** -1: it held no slots. */
  readonly node: Int32Array;
  /** -1: it was not runnable. */
  readonly readyMs: Float64Array;
  readonly assignedMs: Float64Array;
  /** -1: it never began to run; the wait went on. */
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  readonly exitCode: Int32Array;
  /** Index in `ATTEMPT_ENDS`. */
  readonly outcome: Uint8Array;
}

/**
 * How an attempt that was not the last ended. `displaced`: SCH-16 · `evicted`: for a job manager's restart (JM-07) ·
 * the next eight count as requeues (TASK-09) · then losses, which count as interruptions · `preparationFailed`: PREP-05
 * · `reactivated`: it had completed, and the task was reactivated (TASK-24) · `recalled`: it was still on its way to the
 * node when its job was disabled or ended, so that it was active all the time (SCH-11, JOB-11, JOB-15).
 */
export const ATTEMPT_ENDS = [
  'retry',
  'displaced',
  'evicted',
  'nodeRemoved',
  'nodeRebooted',
  'nodeReimaged',
  'nodeDeallocated',
  'nodeSchedulingDisabled',
  'jobDisabled',
  'poolDeleted',
  'osUpgraded',
  'nodePreempted',
  'nodeFailed',
  'hostRebooted',
  'preparationFailed',
  'reactivated',
  'recalled',
] as const;
export type AttemptEnd = (typeof ATTEMPT_ENDS)[number];

/** Why a task could not be placed (SCH-13); `-`: no node has room for it. PREP-06: the job's preparation failed on all. */
export const SCHEDULE_FAILURES = ['-', 'JobPreparationTaskFailed'] as const;

/** Who stopped a task for good (TASK-15). */
export const STOP_CAUSES = [
  'terminateTask',
  'jobTerminated',
  'jobDisabled',
  'nodeSchedulingDisabled',
  'nodeRebooted',
  'nodeReimaged',
  'nodeDeallocated',
  'nodeRemoved',
  'deleteTask',
  'jobDeleted',
] as const;
export type StopCause = (typeof STOP_CAUSES)[number];

/** Why a node entered a state or left the pool. `-`: it follows from the state before. */
export const NODE_CAUSES = [
  '-',
  'resize',
  'removeNodes',
  'autoscale',
  'poolDeleted',
  'preempted',
  'replaced',
  'hostFailure',
  'contactLost',
  'recovered',
  'rebootNode',
  'reimageNode',
  'deallocateNode',
  'startNode',
  'disableScheduling',
  'enableScheduling',
  'hostReboot',
  'osUpgrade',
  'startTaskFailed',
  'ApplicationPackageError',
  'ContainerImagePullFailed',
  'MountConfigurationError',
  'DiskFull',
  'NodeRecoveryFailed',
  'portsBlocked',
  'resizeTimeout',
] as const;
export type NodeCause = (typeof NODE_CAUSES)[number];

/** A start, preparation or release task on one node (START-07, PREP-16). */
export interface NodeTaskRow {
  readonly kind: 'start' | 'preparation' | 'release';
  readonly node: number;
  /** -1 for a start task. */
  readonly job: number;
  /** Beginning of the latest attempt. */
  startMs: number;
  /** End of the latest attempt that ended; -1: none yet. */
  endMs: number;
  state: 'running' | 'completed';
  /** null while it runs. */
  result: 'success' | 'failure' | null;
  /** null: none (never ran, or was stopped before it exited). */
  exitCode: number | null;
  /** Empty, or a code of TASK-16. */
  failure: string;
  retries: number;
}

/** One instance of a multi-instance task on one node, in one attempt (MI-10). It holds one slot from `startMs` to `endMs`. */
export interface SubtaskRow {
  readonly task: number;
  /** From 1; the primary is the task itself. */
  readonly id: number;
  readonly node: number;
  /** Given to its node together with the primary. */
  readonly startMs: number;
  /** -1: it has not ended. */
  endMs: number;
  state: 'preparing' | 'running' | 'completed';
  exitCode: number | null;
}

/** One operation and what the service answered. */
export interface OperationRow {
  readonly atMs: number;
  readonly accountIndex: number;
  /** Name of the operation, such as `resizePool`. */
  readonly kind: string;
  /** What it was done to: `pool p`, `job j task t`. */
  readonly target: string;
  /** Batch's code of the refusal; null: it was accepted. */
  readonly code: string | null;
  /** HTTP status of the answer (ERR-06 to ERR-12). */
  readonly status: number;
  /** A sentence about the refusal; empty if it was accepted. */
  readonly message: string;
  /** Whether the scenario expected this answer. */
  readonly expected: boolean;
  /** The task whose script asked for it (JM-11); -1: an action of the scenario. */
  readonly byTask: number;
}

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
  'allNodesBarredByPreparation',
  'needsDedicatedNode',
  'needsInterNodePool',
  'waitsForInstances',
  'jobDisabled',
  'jobEnded',
  'poolBeingDeleted',
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
  /**
   * subject: node, detail: index in NODE_STATES of the state entered (255: it left the pool) + 256 × index in NODE_CAUSES.
   * `idle` stands for idle and running: it is ready, and what it is follows from the tasks on it.
   */
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
  /** subject: task, detail: exit code: back to active, to be retried (TASK-08); its slots are free. */
  'taskRetried',
  /** subject: task, detail: exit code: stopped at its wall clock, completed (TASK-11). */
  'taskTimedOut',
  /** subject: task: stopped for a task of higher priority, back to active (SCH-16). */
  'taskDisplaced',
  /**
   * subject: task, detail: index in SCHEDULE_FAILURES: it is runnable and could not be placed; once per waiting episode
   * (SCH-13, PREP-06).
   */
  'taskScheduleFail',
  /** subject: task, detail: node: it waits for the job's preparation there, holding slots (from now, unless it was assigned before) (PREP-03). */
  'taskPreparing',
  /** subject: task, detail: index in ATTEMPT_ENDS: back to active and runnable after a requeue, a loss or an eviction; its slots are free. */
  'taskRequeued',
  /** subject: task, detail: index in STOP_CAUSES: completed with TaskEnded. */
  'taskStopped',
  /** subject: task, detail: index in TASK_FAILURES: completed without an exit of its own that counts. */
  'taskFailed',
  /** subject: task: gone (TASK-23); holds nothing. Tasks that go with their job have no row: `jobState` 255 says it. */
  'taskDeleted',
  /** subject: task, detail: 1 if runnable at once: active again (TASK-24). */
  'taskReactivated',
  /** subject: job, detail: index in JOB_STATES; 255: it is gone, and its tasks with it. */
  'jobState',
  /** subject: job, detail: its priority from now on. */
  'jobPriority',
  /** subject: job, detail: row of the pool that it is bound to from now on, -1: one that does not exist (JOB-03, JOB-21). */
  'jobPool',
  /** subject: pool: being deleted. */
  'poolDeleting',
  /** subject: pool: gone. */
  'poolDeleted',
  /** subject: node, detail: 1 enabled, 0 disabled. */
  'nodeScheduling',
  /** subject: row of `nodeTasks`: begins an attempt. */
  'nodeTaskStarted',
  /** subject: row of `nodeTasks`, detail: exit code: an attempt ended. */
  'nodeTaskEnded',
  /** subject: row of `subtasks`: holds one slot of its node from now on. */
  'subtaskStarted',
  /** subject: row of `subtasks`: holds it no longer. */
  'subtaskEnded',
  /** subject: job schedule, detail: index in JOB_SCHEDULE_STATES, the first time when it is added; 255: gone. */
  'scheduleState',
  /** subject: row of `operations`. */
  'operation',
  /** subject: task, detail: speed in 1/1000 at which it runs from now on, sharing the cores of its node; 1000 when it starts. */
  'taskSpeed',
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
