/**
 * The oracle's world: plain objects that hold each other, lists that are searched from end to end. Nothing here is
 * quick and nothing is shared with the engine but the scenario it is given: what the two agree on was written twice.
 */
import type { Account, CapacityWindow, Job, NodeKind, Pool, Scenario, TaskSet } from '../../../src/model/index.js';

/** Everything there is at one moment. */
export interface World {
  readonly scenario: Scenario;
  /** The instant that is being handled, in ms. */
  now: number;
  /** Set by whatever happens; a round in which nothing happened is the last one of its instant (SIM-02). */
  changed: boolean;
  readonly pools: PoolState[];
  /** In creation order. */
  readonly jobs: JobState[];
  /** In creation order over all jobs. */
  readonly tasks: TaskState[];
  /** What will be added and when, in the order in which it is to happen. */
  readonly commands: Command[];
  /** Attempts that were not their task's last, in the order in which they ended. */
  readonly earlier: EarlierAttempt[];
}

/** A job or a task still to be added (SIM-02, phase 5). */
export interface Command {
  readonly atMs: number;
  /** Adds to the world. */
  readonly carryOut: (world: World) => void;
}

/** A pool and the resize that fills it. */
export interface PoolState {
  readonly account: Account;
  readonly pool: Pool;
  /** Nodes that the resize reserved and has not obtained yet, dedicated ones first. */
  readonly pending: PendingNode[];
  readonly nodes: NodeState[];
  readonly reservedDedicated: number;
  readonly reservedLowPriority: number;
  readonly errors: string[];
  /** When the resize ended; null while it goes on. */
  steadyMs: number | null;
  /** SCH-05: by priority, the job that placed last. */
  readonly cursors: Map<number, JobState>;
}

/** A node between the begin of its resize and its allocation. */
export interface PendingNode {
  readonly kind: NodeKind;
  readonly allocatedMs: number;
  /** Its time came and there was no capacity (RSZ-06). */
  waiting: boolean;
}

/** A node of a pool: the states it went through say everything about its time. */
export interface NodeState {
  readonly pool: PoolState;
  readonly kind: NodeKind;
  readonly ordinal: number;
  readonly history: { readonly state: 'creating' | 'starting' | 'idle' | 'running'; readonly atMs: number }[];
  /** When creating ends, and starting. */
  readonly bootedMs: number;
  readonly startedMs: number;
}

/** One job that was created. */
export interface JobState {
  readonly account: Account;
  readonly job: Job;
  readonly id: string;
  readonly createdMs: number;
  /** In creation order. */
  readonly tasks: TaskState[];
}

/** One task that was added. */
export interface TaskState {
  readonly job: JobState;
  readonly set: TaskSet;
  /** Within its set. */
  readonly index: number;
  /** Within the job as written, set by set: what dependency columns mean. */
  readonly position: number;
  readonly id: string;
  readonly slots: number;
  readonly submitMs: number;
  state: 'active' | 'running' | 'completed';
  /** When it last became runnable; null: it waits for others. */
  readyMs: number | null;
  /** The node whose slots it holds now. */
  holds: NodeState | null;
  /** The node of its latest attempt. */
  node: NodeState | null;
  assignedMs: number | null;
  startMs: number | null;
  endMs: number | null;
  /** When its latest attempt stopped running, whatever became of the task. */
  stopMs: number | null;
  /** Attempts that were given to a node so far. */
  attempts: number;
  retries: number;
  interruptions: number;
  exitCode: number | null;
  failure: '' | 'FailureExitCode' | 'TaskEnded';
  waitMs: number;
  /** ACC-15: its time is over; it keeps its state and nothing happens to it any more. */
  givenUp: boolean;
}

/** An attempt after which the task was active again. */
export interface EarlierAttempt {
  readonly task: TaskState;
  readonly node: NodeState;
  readonly readyMs: number;
  readonly assignedMs: number;
  readonly startMs: number | null;
  readonly endMs: number;
  readonly exitCode: number | null;
  readonly outcome: 'retry' | 'displaced';
}

/** How many nodes of a kind a pool can hold at an instant: the tightest window that is open (ACC-09). */
export function capacityAt(windows: readonly CapacityWindow[], kind: NodeKind, atMs: number): number {
  let most = Number.POSITIVE_INFINITY;
  for (const window of windows) {
    const limit = kind === 'dedicated' ? window.dedicatedNodes : window.lowPriorityNodes;
    const open = window.fromMs <= atMs && (window.toMs === null || atMs < window.toMs);
    if (open && limit !== null) most = Math.min(most, limit);
  }
  return most;
}

/** The state that a node is in. */
export function stateOf(node: NodeState): 'creating' | 'starting' | 'idle' | 'running' {
  const latest = node.history[node.history.length - 1];
  if (latest === undefined) throw new Error('a node has a state from the beginning');
  return latest.state;
}

/** Tasks that hold slots of a node, in creation order. */
export function tasksOn(world: World, node: NodeState): TaskState[] {
  return world.tasks.filter((task) => task.holds === node);
}

/** Slots of a node that no task holds (SCH-10). */
export function freeSlots(world: World, node: NodeState): number {
  let free = node.pool.pool.taskSlotsPerNode;
  for (const task of tasksOn(world, node)) free -= task.slots;
  return free;
}

/** The pool that a job is bound to; a pool that does not exist is no error (JOB-03). Ids ignore case (ACC-17). */
export function poolOf(world: World, job: JobState): PoolState | null {
  const id = job.job.poolId.toLowerCase();
  return world.pools.find((pool) => pool.account === job.account && pool.pool.id.toLowerCase() === id) ?? null;
}
