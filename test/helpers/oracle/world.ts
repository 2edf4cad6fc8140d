/**
 * The oracle's world: plain objects that hold each other, lists that are searched from end to end. Nothing here is
 * quick and nothing is shared with the engine but the scenario it is given: what the two agree on was written twice.
 */
import type {
  Account,
  Job,
  JobManager,
  JobSchedule,
  NodeKind,
  NodeState as NodeLife,
  Operation,
  Pool,
  Scenario,
  TaskConstraints,
  TaskSet,
} from '../../../src/model/index.js';

/** Everything there is at one moment. */
export interface World {
  readonly scenario: Scenario;
  /** The instant that is being handled, in ms. */
  now: number;
  /** Rounds of phases that have begun so far. */
  round: number;
  /** Set by whatever happens; a round in which nothing happened is the last one of its instant (SIM-02). */
  changed: boolean;
  /** In creation order; pools that have disappeared stay listed, with `goneMs`. */
  readonly pools: PoolState[];
  /** In creation order. */
  readonly jobs: JobState[];
  /** In creation order over all jobs. */
  readonly tasks: TaskState[];
  readonly schedules: ScheduleState[];
  /** Declared jobs that are still to come, in the order in which they come. */
  readonly comingJobs: { readonly account: Account; readonly job: Job; readonly id: string; readonly atMs: number }[];
  /** Tasks of jobs that are there and that are still to come. */
  readonly comingTasks: ComingTask[];
  /** Actions of the scenario that are still to come: account by account, in file order. */
  readonly comingActions: { readonly account: Account; readonly atMs: number; readonly operation: Operation }[];
  /** Attempts that were not their task's last, in the order in which they ended. */
  readonly earlier: EarlierAttempt[];
  /** Every stretch in which an attempt ran on a node, in the order of their beginning. */
  readonly runs: { readonly task: TaskState; readonly node: NodeState; readonly fromMs: number; toMs: number | null }[];
  readonly operations: OperationDone[];
  /** Resizes in the order of their beginning. */
  readonly resizes: Resize[];
  /** Preparation, release and start tasks, in the order of their beginning. */
  readonly nodeTasks: NodeTask[];
  /** It is phase 8. */
  settling: boolean;
  /** EXIT-07, SIM-03: tasks that ended in the phase at hand, whose jobs hear of it after all ends; null: at once. */
  ended: TaskState[] | null;
  /** Who hears of what: the parts of the oracle call upwards through these alone. */
  readonly tell: Listeners;
  /** RSZ-09: accounts of which cores or capacity have come free since their missing preemptible nodes were last sought. */
  readonly roomier: Set<Account>;
}

/** What a part of the oracle tells those that stand above it; `run.ts` says who listens. */
export interface Listeners {
  readonly taskEnded: (world: World, task: TaskState) => void;
  /** A task of the job holds slots no more, or one of its release tasks is over. */
  readonly jobFreed: (world: World, job: JobState) => void;
  readonly jobCompleted: (world: World, job: JobState) => void;
  /** No task holds slots of the node any more. */
  readonly nodeFreed: (world: World, node: NodeState) => void;
  readonly nodeLeft: (world: World, pool: PoolState) => void;
  readonly startTaskEnded: (world: World, node: NodeState, result: 'success' | 'failure') => void;
  readonly preparationEnded: (world: World, node: NodeState, job: JobState, result: 'success' | 'failure') => void;
}

/** A task that is still to be added. */
export interface ComingTask {
  readonly job: JobState;
  readonly set: TaskSet;
  readonly index: number;
  /** -1: the job manager; tasks that an operation adds go on counting. */
  readonly position: number;
  readonly atMs: number;
}

/** What was asked of the service and what it answered. */
export interface OperationDone {
  readonly atMs: number;
  readonly kind: string;
  readonly code: string | null;
}

/** A pool. */
export interface PoolState {
  readonly account: Account;
  readonly pool: Pool;
  targetDedicated: number;
  targetSpot: number;
  state: 'active' | 'deleting';
  readonly createdMs: number;
  goneMs: number | null;
  /** The resize that goes on; null while the pool is steady. */
  resize: Resize | null;
  /** Nodes that were reserved and have not been obtained yet, dedicated ones first. */
  readonly pending: PendingNode[];
  /** In order of allocation; those that left stay listed, with `goneMs`. */
  readonly nodes: NodeState[];
  /** What `setCapacity` set; undefined: never, the windows of the pool hold. */
  capacityNow: Readonly<Record<NodeKind, number>> | null;
  /** SCH-05: by priority, the job that placed last. */
  readonly cursors: Map<number, JobState>;
}

/** One resize of a pool. */
export interface Resize {
  readonly pool: PoolState;
  readonly cause: string;
  readonly startMs: number;
  /** null: never. */
  readonly timeoutMs: number | null;
  reservedDedicated: number;
  reservedSpot: number;
  removed: number;
  readonly errors: string[];
  /** Everything it wants is on its way: from now on it may be over. */
  begun: boolean;
  endMs: number | null;
}

/** A node between the begin of its resize and its allocation. */
export interface PendingNode {
  readonly kind: NodeKind;
  readonly requestedMs: number;
  readonly allocatedMs: number;
  /** Its time came and there was no capacity (RSZ-06). */
  waiting: boolean;
}

/** RSZ-12, NODE-04, NODE-07. */
export type TasksOption = 'requeue' | 'terminate' | 'taskcompletion' | 'retaineddata';

/** A node of a pool: the states it went through say everything about its time. */
export interface NodeState {
  readonly pool: PoolState;
  readonly kind: NodeKind;
  readonly ordinal: number;
  readonly id: string;
  /** `busy`: whether a task held it, which matters while it leaves (BILL-06). */
  readonly history: { readonly state: NodeLife; readonly busy: boolean; readonly atMs: number }[];
  goneMs: number | null;
  scheduling: 'enabled' | 'disabled';
  /** When its state ends by itself, and what then. `early`: a step of booting, before the ends of dispatches. */
  timer: { readonly atMs: number; readonly early: boolean; readonly run: () => void } | null;
  /** What happens once it is free of tasks. */
  whenFree: (() => void) | null;
  preemptions: number;
  startTask: NodeTask | null;
  /** Attempts of start tasks and preparations that began here, by what they are: occurrences of their quantities. */
  readonly begun: Map<string, number>;
  /** NODE-11: its VM was taken, and there is no capacity for another. */
  waitsForCapacity: boolean;
  /** Which disk it has: rises when local data are lost. */
  disk: number;
}

/** A start, preparation or release task on one node. */
export interface NodeTask {
  readonly kind: 'start' | 'preparation' | 'release';
  readonly node: NodeState;
  readonly job: JobState | null;
  startMs: number;
  endMs: number | null;
  state: 'running' | 'completed';
  result: 'success' | 'failure' | null;
  exitCode: number | null;
  retries: number;
  /** The exit that is due; null: the process is not there. */
  dueMs: number | null;
  dueCode: number | null;
  /** It ran to success on this disk; a preparation may have to run again after a reboot. */
  disk: number;
  mustRerun: boolean;
}

/** One job that was created. */
export interface JobState {
  readonly account: Account;
  /** As it was declared; what can change stands below. */
  readonly job: Job;
  readonly id: string;
  readonly createdMs: number;
  readonly schedule: ScheduleState | null;
  state: 'active' | 'disabling' | 'disabled' | 'terminating' | 'completed' | 'deleting' | 'deleted';
  endMs: number | null;
  reason: string | null;
  poolId: string;
  priority: number;
  maxParallelTasks: number;
  onAllTasksComplete: Job['onAllTasksComplete'];
  maxWallClockTimeMs: number | null;
  maxTaskRetryCount: number;
  /** The round in whose phase 8 it was created, the pass of which comes too early for it; 0: another phase. */
  readonly settledRound: number;
  /** It was terminated before it was deleted (JOB-14). */
  released: boolean;
  /** In creation order; deleted ones too. */
  readonly tasks: TaskState[];
  /** How many positions its tasks as written take. */
  positions: number;
}

/** A job schedule. */
export interface ScheduleState {
  readonly account: Account;
  readonly schedule: JobSchedule;
  readonly createdMs: number;
  state: 'active' | 'disabled' | 'terminating' | 'completed' | 'deleted';
  endMs: number | null;
  jobs: JobState[];
  /** The due time whose opportunity is open; null: none. */
  openMs: number | null;
  /** JS-02: the next due time; null: none. */
  nextMs: number | null;
}

/** One task that was added. */
export interface TaskState {
  readonly job: JobState;
  readonly set: TaskSet;
  /** Within its set. */
  readonly index: number;
  /** Within the job as written, set by set: what dependency columns mean. */
  readonly position: number;
  readonly manager: JobManager | null;
  readonly id: string;
  readonly slots: number;
  readonly submitMs: number;
  /** TASK-25: constraints that replaced those of its set; undefined: none did. */
  constraints: TaskConstraints | null | undefined;
  state: 'active' | 'preparing' | 'running' | 'completed';
  deletedMs: number | null;
  /** When it last became runnable; null: it waits for others. */
  readyMs: number | null;
  /** DEP-09: it satisfied those that wait for it. */
  satisfied: boolean;
  /** The attempt at hand; null: none. */
  attempt: Attempt | null;
  /** The node of its latest attempt. */
  node: NodeState | null;
  startMs: number | null;
  endMs: number | null;
  /** Attempts that were given to a node so far. */
  attempts: number;
  retries: number;
  requeues: number;
  interruptions: number;
  /** Of the last attempt that ended with one. */
  exitCode: number | null;
  failure: string;
  waitMs: number;
  /** ACC-15: its time is over; it keeps its state and nothing happens to it any more. */
  givenUp: boolean;
  /** The completed attempt, for a reactivation (TASK-24). */
  last: { node: NodeState; readyMs: number; assignedMs: number; startMs: number | null } | null;
}

/** An attempt from its assignment to its end. */
export interface Attempt {
  /** One, or as many as a multi-instance task has instances; the first is the primary's. */
  readonly nodes: readonly NodeState[];
  readonly assignedMs: number;
  /** `over`: it has ended, and that is heard as soon as there is contact (NODE-13). */
  step: 'dispatch' | 'preparing' | 'download' | 'coordination' | 'process' | 'upload' | 'over';
  startMs: number | null;
  /** The round in which it began to run: of no time though it may be, it goes on in a later one. */
  startRound: number;
  /** End of the step; null: it has none of its own (preparing). */
  dueMs: number | null;
  /** Processor sharing: work left at `sinceMs`, in ms at full speed. */
  workMs: number;
  sinceMs: number;
  speed: number;
  /** How the process will exit, or did. */
  exitCode: number;
  /** Why it will end without an exit; '': it will exit. */
  fault: string;
  /** Script lines of a job manager that have been carried out. */
  scripted: number;
}

/** An attempt after which the task was active again. */
export interface EarlierAttempt {
  readonly task: TaskState;
  /** null: it held no slots (TASK-24). */
  readonly node: NodeState | null;
  readonly readyMs: number;
  readonly assignedMs: number;
  readonly startMs: number | null;
  readonly endMs: number;
  readonly exitCode: number | null;
  readonly outcome: string;
}
