/**
 * What the core asks of the parts that are built on it: tasks, attempts and queues know when something happened, nodes,
 * jobs and steps know what follows. `hook-table.ts` joins the two; without it the files would import in a circle.
 * Only runs that are not calm call most of these.
 */
import type { SetInstance } from './declaration.js';
import type { JobState, PoolState } from './entities.js';

/** By moment. `W` is the world. */
export interface Hooks<W> {
  /** The pool was just added: its first resize begins, its first formula is evaluated (POOL-03, ASC-02). */
  beginPool(world: W, pool: PoolState): void;
  /** The job was just added (JOB-06, AUTO-02). */
  onJobAdmitted(world: W, job: JobState): void;
  /** Whether a declared task is taken by its job now (TASK-27, JOB-18); a refusal is written down. */
  mayAddTask(world: W, job: JobState, instance: SetInstance, index: number): boolean;
  /** A task has reached its node: whether it may start at once, or prepares from now on (PREP-02). */
  mayStart(world: W, task: number, phase: 4 | 8): boolean;
  /** A task that prepares is taken off its node. */
  leavePreparation(world: W, task: number): void;
  /** A manager's process began (JM-11). */
  onManagerStarted(world: W, task: number): void;
  /** A manager left its node, however its attempt ended (JM-05, JM-11). */
  onManagerReleased(world: W, task: number, node: number): void;
  /** An attempt with several steps began. */
  beginSteps(world: W, task: number, phase: 1 | 4 | 8): void;
  /** An attempt with several steps is taken off its node. */
  abandonSteps(world: W, task: number): void;
  /** The last task left a node. */
  onNodeEmptied(world: W, node: number): void;
  /** A task of a job that is not active gave its slots back (JOB-15, JOB-11). */
  onJobTaskReleased(world: W, job: JobState): void;
  /** A task was completed, however it came to it (EXIT-01, JM-03). */
  onTaskCompleted(world: W, task: number): void;
  /** A node that booted is up, or will not be so soon: it entered idle, offline, starttaskfailed or unusable (PREP-14). */
  onNodeBack(world: W, node: number): void;
  /** A node has left its pool: its cores are free, and a resize may be over (RSZ-14, ACC-07). */
  onNodeLeft(world: W, node: number): void;
  /** A node lost its VM, its disk or its processes, and its tasks were taken off: what jobs had there is void (PREP-09, PREP-14). */
  onNodeLost(world: W, node: number, how: NodeLoss): void;
}

/** What a node lost. */
export type NodeLoss = 'gone' | 'preempted' | 'failed' | 'reimaged' | 'rebooted' | 'deallocated';
