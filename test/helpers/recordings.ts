/**
 * Recordings made without the engine: a toy world of a few pools, nodes and tasks in which anything legal happens at
 * random, a millisecond at a time. Beside the columns it keeps what every task and node was doing in every millisecond,
 * so that measures can be checked by counting instead of by the arithmetic under test.
 */
import {
  JOB_SCHEDULE_STATES,
  JOB_STATES,
  makeAccount,
  makeScenario,
  NODE_STATES,
  type NodeState,
  TASK_FAILURES,
} from '../../src/model/index.js';
import {
  ATTEMPT_ENDS,
  type AttemptEnd,
  type EventKind,
  type JobScheduleRow,
  NODE_CAUSES,
  type NodeCause,
  type NodeTaskRow,
  type OperationRow,
  type PoolRow,
  type ResizeRow,
  type Run,
  STOP_CAUSES,
  type SubtaskRow,
} from '../../src/recording/index.js';
import { jobRow } from './recording-rows.js';
import {
  COMPLETED,
  HOLDING,
  type ToyAttempt,
  type ToyEvent,
  type ToyHistory,
  type ToyJob,
  type ToyNode,
  type ToyTask,
  toyRecording,
} from './toy-history.js';

export { type ToyPhase, type ToyTask, toyPart } from './toy-history.js';

/** A toy world at its end, and the recording that says the same in columns. */
export interface ToyWorld {
  readonly run: Run;
  readonly endMs: number;
  readonly pools: readonly PoolRow[];
  readonly tasks: readonly ToyTask[];
  readonly nodes: readonly ToyNode[];
  /** By millisecond, each job's priority, pool and state. */
  readonly jobs: readonly { readonly priority: number; readonly pool: number; readonly state: string }[][];
}

/** Small whole numbers from a seed; nothing to do with the generators of the project. */
export function dice(seed: number): (sides: number) => number {
  let state = seed | 0 || 1;
  return (sides) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % sides;
  };
}

/** Sizes of a toy world, and whether prices are known. */
export interface ToyOptions {
  readonly seed: number;
  readonly lengthMs?: number;
  readonly tasks?: number;
  readonly nodes?: number;
  readonly unpriced?: boolean;
  readonly withLog?: boolean;
}

/** Lets a toy world run. */
export function toyWorld(options: ToyOptions): ToyWorld {
  return new Toy(options).result();
}

class Toy {
  readonly #roll: (sides: number) => number;
  readonly #options: Required<ToyOptions>;
  readonly #pools: PoolRow[];
  readonly #jobs: ToyJob[] = [];
  readonly #tasks: ToyTask[] = [];
  readonly #nodes: ToyNode[] = [];
  readonly #resizes: ResizeRow[] = [];
  readonly #log: ToyEvent[] = [];
  readonly #retired: { task: number; attempt: ToyAttempt }[] = [];
  readonly #subtasks: (SubtaskRow & { attempt: ToyAttempt })[] = [];
  readonly #jobHistory: { priority: number; pool: number; state: string }[][] = [];
  readonly #operations: OperationRow[] = [];
  readonly #nodeTasks: NodeTaskRow[] = [];
  readonly #schedules: JobScheduleRow[] = [];
  #nowMs = 0;

  constructor(options: ToyOptions) {
    this.#options = { lengthMs: 120, tasks: 25, nodes: 6, unpriced: false, withLog: true, ...options };
    this.#roll = dice(options.seed);
    this.#pools = Array.from({ length: 1 + this.#roll(2) }, (_, i) => this.#makePool(i));
    for (const pool of this.#pools.keys()) this.#event('poolAdded', pool, 0);
    this.#startResizes();
    for (let i = 0; i < 1 + this.#roll(3); i++) this.#addJob(i);
    this.#addSchedule();
    for (let ms = 0; ms < this.#options.lengthMs; ms++) this.#millisecond(ms);
    this.#nowMs = this.#options.lengthMs;
  }

  #makePool(i: number): PoolRow {
    const price = this.#options.unpriced && i === 0 ? null : 0.1 + this.#roll(100) / 100;
    return {
      id: `pool-${i}`,
      accountIndex: 0,
      vmSize: {
        name: i === 0 ? 'Standard_D2s_v5' : 'Standard_D8s_v5',
        family: 'standardDSv5Family',
        vcpus: i === 0 ? 2 : 8,
        memoryGib: 8,
        tempDiskGib: null,
        gpus: 0,
      },
      os: 'linux',
      taskSlotsPerNode: 1 + this.#roll(4),
      targetDedicatedNodes: 2,
      targetLowPriorityNodes: 1,
      price: {
        dedicatedPerHourUsd: price,
        spotPerHourUsd: price === null ? null : price / 5,
        dedicatedSource: 'test',
        spotSource: 'test',
        spotAssumed: true,
      },
      state: 'active',
      createdMs: 0,
      deletedMs: -1,
      isAutoPool: false,
    };
  }

  #startResizes(): void {
    this.#pools.forEach((pool, poolIndex) => {
      this.#event('resizeStarted', poolIndex, this.#resizes.length);
      this.#resizes.push({
        poolIndex,
        startMs: 0,
        endMs: this.#roll(2) ? this.#options.lengthMs - 1 : -1,
        targetDedicatedNodes: pool.targetDedicatedNodes,
        targetLowPriorityNodes: pool.targetLowPriorityNodes,
        reservedDedicated: 1,
        reservedLowPriority: 1,
        cause: 'created',
        removedNodes: 0,
        errors: this.#roll(2) ? [{ code: 'AccountCoreQuotaReached', message: 'The quota is too small.' }] : [],
      });
    });
  }

  #addJob(i: number): void {
    const pool = this.#roll(this.#pools.length);
    this.#event('jobAdded', this.#jobs.length, 0);
    const addedWith = { priority: 0, poolIndex: pool };
    this.#jobs.push(jobRow({ id: `job-${i}`, poolId: `pool-${pool}`, poolIndex: pool, addedWith }));
  }

  #millisecond(ms: number): void {
    this.#nowMs = ms;
    for (let i = this.#roll(4); i > 0; i--) this.#something();
    for (const task of this.#tasks) {
      task.phases[ms] = task.phase;
      task.holding[ms] = HOLDING.has(task.phase) ? task.attempts.length - 1 : -1;
    }
    this.#nodes.forEach((node, row) => {
      const used = this.#usedSlots(row);
      node.states[ms] = node.state === 'idle' && used > 0 ? 'running' : node.state;
      node.used[ms] = used;
    });
    this.#jobHistory[ms] = this.#jobs.map((job) => ({ priority: job.priority, pool: job.poolIndex, state: job.state }));
    for (const [row, resize] of this.#resizes.entries()) {
      if (resize.endMs === ms) this.#event('resizeEnded', resize.poolIndex, row);
    }
  }

  #something(): void {
    const choice = this.#roll(26);
    if (choice < 4) this.#addNode();
    else if (choice < 8) this.#advanceNode();
    else if (choice < 12) this.#addTask();
    else if (choice === 12) this.#changeJob();
    else if (choice === 13) this.#operate();
    else if (this.#tasks.length > 0) this.#advanceTask(this.#roll(this.#tasks.length));
  }

  #addNode(): void {
    if (this.#nodes.length >= this.#options.nodes) return;
    const pool = this.#roll(this.#pools.length);
    const ordinal = this.#nodes.filter((node) => node.pool === pool).length;
    this.#nodes.push({
      pool,
      kind: this.#roll(2),
      ordinal,
      state: 'creating',
      requestedMs: 0,
      goneMs: -1,
      disabled: false,
      preemptions: 0,
      states: Array.from({ length: this.#nowMs }, () => null),
      used: Array.from({ length: this.#nowMs }, () => 0),
    });
    this.#nodeEvent(this.#nodes.length - 1, 'creating', 'resize');
  }

  #advanceNode(): void {
    if (this.#nodes.length === 0) return;
    const row = this.#roll(this.#nodes.length);
    const node = this.#nodes[row] as ToyNode;
    const isEmpty = this.#usedSlots(row) === 0;
    const next: Partial<Record<NodeState, readonly [NodeState, NodeCause]>> = {
      creating: ['starting', '-'],
      starting: this.#roll(4) ? ['idle', '-'] : ['starttaskfailed', '-'],
      starttaskfailed: ['rebooting', 'rebootNode'],
      rebooting: ['starting', '-'],
      preempted: ['creating', 'replaced'],
      offline: ['idle', 'enableScheduling'],
      unusable: ['rebooting', 'recovered'],
    };
    const entered = node.state === null ? undefined : next[node.state];
    if (entered !== undefined) this.#enter(row, ...entered);
    else if (node.state === 'idle') this.#disturb(row, node, isEmpty);
    // A node that leaves under taskcompletion keeps its tasks, and is gone once it has none.
    else if (node.state === 'leavingpool' && isEmpty) this.#leave(row);
  }

  #disturb(row: number, node: ToyNode, isEmpty: boolean): void {
    const what = this.#roll(12);
    if (what === 0) this.#enter(row, 'leavingpool', 'resize');
    else if (what === 1 && node.kind === 1) this.#lose(row, 'preempted', 'preempted', 'nodePreempted');
    else if (what === 2) this.#lose(row, 'unusable', 'hostFailure', 'nodeFailed');
    else if (what === 3 && isEmpty) this.#enter(row, 'offline', 'disableScheduling');
    else if (what < 6) {
      node.disabled = !node.disabled;
      this.#event('nodeScheduling', row, node.disabled ? 0 : 1);
    } else if (what < 8) this.#runNodeTask(row);
  }

  #runNodeTask(node: number): void {
    const open = this.#nodeTasks.findIndex((row) => row.node === node && row.state === 'running');
    if (open < 0) {
      const times = { startMs: this.#nowMs, endMs: -1, exitCode: null, failure: '', retries: 0 };
      this.#nodeTasks.push({ kind: 'start', node, job: -1, state: 'running', result: null, ...times });
      this.#event('nodeTaskStarted', this.#nodeTasks.length - 1, 0);
      return;
    }
    Object.assign(this.#nodeTasks[open] as NodeTaskRow, {
      state: 'completed',
      endMs: this.#nowMs,
      exitCode: 0,
      result: 'success',
    });
    this.#event('nodeTaskEnded', open, 0);
  }

  /** What runs on the node is requeued, then the node changes. */
  #lose(row: number, state: NodeState, cause: NodeCause, end: AttemptEnd): void {
    for (const [taskRow, task] of this.#tasks.entries()) {
      const holds = HOLDING.has(task.phase) && this.#nodesOf(task).includes(row);
      if (holds) this.#requeue(task, taskRow, end);
    }
    if (state === 'preempted') (this.#nodes[row] as ToyNode).preemptions += 1;
    this.#enter(row, state, cause);
  }

  #enter(row: number, state: NodeState, cause: NodeCause): void {
    (this.#nodes[row] as ToyNode).state = state;
    this.#nodeEvent(row, state, cause);
  }

  #leave(row: number): void {
    const node = this.#nodes[row] as ToyNode;
    node.state = null;
    node.goneMs = this.#nowMs;
    this.#event('nodeState', row, 255 + 256 * NODE_CAUSES.indexOf('resize'));
  }

  #nodeEvent(row: number, state: NodeState, cause: NodeCause): void {
    this.#event('nodeState', row, NODE_STATES.indexOf(state) + 256 * NODE_CAUSES.indexOf(cause));
  }

  #changeJob(): void {
    const row = this.#roll(this.#jobs.length);
    const job = this.#jobs[row] as ToyJob;
    if (job.state === 'deleted') return;
    const mine = [...this.#tasks.entries()].filter(([, task]) => task.job === row && task.phase !== 'deleted');
    const isFree = mine.every(([, task]) => !HOLDING.has(task.phase));
    const what = this.#roll(10);
    if (what < 3) {
      job.priority = this.#roll(2001) - 1000;
      this.#event('jobPriority', row, job.priority);
    } else if (what < 6) {
      job.state = job.state === 'active' ? 'disabled' : 'active';
      this.#event('jobState', row, JOB_STATES.indexOf(job.state));
    } else if (what < 8 && isFree && this.#tasks.every((task) => task.job !== row || task.slots === 1)) {
      job.poolIndex = this.#roll(this.#pools.length);
      job.poolId = `pool-${job.poolIndex}`;
      this.#event('jobPool', row, job.poolIndex);
    } else if (what === 9 && isFree && this.#jobs.length > 1 && this.#roll(3) === 0) {
      for (const [, task] of mine) this.#vanish(task);
      job.state = 'deleted';
      job.deletedMs = this.#nowMs;
      this.#event('jobState', row, 255);
    }
  }

  #addSchedule(): void {
    this.#event('scheduleState', 0, JOB_SCHEDULE_STATES.indexOf('active'));
    this.#event('scheduleState', 0, JOB_SCHEDULE_STATES.indexOf('disabled'));
    this.#schedules.push({ id: 'nightly', accountIndex: 0, state: 'disabled', createdMs: 0, endMs: -1, jobCount: 0 });
  }

  #operate(): void {
    const refused = this.#roll(2) === 1;
    this.#event('operation', this.#operations.length, 0);
    this.#operations.push({
      atMs: this.#nowMs,
      accountIndex: 0,
      kind: 'resizePool',
      target: 'pool pool-0',
      code: refused ? 'PoolBeingResized' : null,
      status: refused ? 409 : 202,
      message: refused ? 'The specified pool is being resized.' : '',
      expected: !refused,
      byTask: -1,
    });
  }

  #addTask(): void {
    if (this.#tasks.length >= this.#options.tasks) return;
    const job = this.#roll(this.#jobs.length);
    if (this.#jobs[job]?.state === 'deleted') return;
    const pool = this.#pools[(this.#jobs[job] as ToyJob).poolIndex] as PoolRow;
    const runnable = this.#roll(3) > 0;
    this.#event('taskAdded', this.#tasks.length, runnable ? 1 : 0);
    this.#tasks.push({
      job,
      slots: this.#roll(2) ? 1 : 1 + this.#roll(pool.taskSlotsPerNode),
      phase: runnable ? 'ready' : 'blocked',
      submitMs: this.#nowMs,
      readyMs: runnable ? this.#nowMs : -1,
      endMs: -1,
      deletedMs: -1,
      kept: 'absent',
      failure: '',
      requeues: 0,
      attempts: [],
      phases: Array.from({ length: this.#nowMs }, () => 'absent' as const),
      holding: Array.from({ length: this.#nowMs }, () => -1),
    });
  }

  #advanceTask(row: number): void {
    const task = this.#tasks[row] as ToyTask;
    if (task.phase !== 'deleted' && this.#roll(60) === 0) this.#delete(task, row);
    else if (!COMPLETED.has(task.phase) && task.phase !== 'deleted' && this.#roll(40) === 0) this.#stop(task, row);
    else if (task.phase === 'blocked') {
      task.phase = 'ready';
      task.readyMs = this.#nowMs;
      this.#event('taskRunnable', row, 0);
    } else if (task.phase === 'ready') this.#place(task, row);
    else if (task.phase === 'assigned') this.#afterAssignment(task, row);
    else if (task.phase === 'preparing') {
      if (this.#roll(4)) this.#start(task, row);
      else this.#requeue(task, row, 'preparationFailed');
    } else if (task.phase === 'running') this.#end(task, row);
    else if (task.phase === 'failed' && this.#roll(8) === 0) this.#reactivate(task, row);
  }

  #afterAssignment(task: ToyTask, row: number): void {
    const what = this.#roll(6);
    if (what === 0) this.#displace(task, row);
    else if (what === 1) {
      task.phase = 'preparing';
      this.#event('taskPreparing', row, (task.attempts.at(-1) as ToyAttempt).node);
    } else this.#start(task, row);
  }

  /** Stopped for good, wherever it is (TASK-22). */
  #stop(task: ToyTask, row: number): void {
    if (HOLDING.has(task.phase)) this.#close(task, 'last');
    task.phase = 'failed';
    task.failure = 'TaskEnded';
    task.endMs = this.#nowMs;
    this.#event('taskStopped', row, STOP_CAUSES.indexOf('terminateTask'));
  }

  #delete(task: ToyTask, row: number): void {
    this.#vanish(task);
    this.#event('taskDeleted', row, 0);
  }

  #vanish(task: ToyTask): void {
    if (HOLDING.has(task.phase)) this.#close(task, 'last');
    task.kept = task.phase;
    task.phase = 'deleted';
    task.deletedMs = this.#nowMs;
  }

  /** The attempt that completed it becomes an earlier one; without one its wait does (TASK-24). */
  #reactivate(task: ToyTask, row: number): void {
    const last = task.attempts.at(-1);
    if (last?.outcome === 'last') {
      last.outcome = 'reactivated';
      this.#retired.push({ task: row, attempt: last });
    } else {
      const wait = { node: -1, readyMs: task.readyMs, assignedMs: -1, startMs: -1, endMs: task.endMs, exitCode: 0 };
      const attempt: ToyAttempt = { ...wait, outcome: 'reactivated' };
      task.attempts.push(attempt);
      this.#retired.push({ task: row, attempt });
    }
    const runnable = this.#roll(3) > 0;
    Object.assign(task, { failure: '', endMs: -1, phase: runnable ? 'ready' : 'blocked' });
    task.readyMs = runnable ? this.#nowMs : -1;
    this.#event('taskReactivated', row, runnable ? 1 : 0);
  }

  #requeue(task: ToyTask, row: number, end: AttemptEnd): void {
    const attempt = this.#close(task, end);
    this.#retired.push({ task: row, attempt });
    if (attempt.startMs >= 0) task.readyMs = this.#nowMs;
    task.phase = 'ready';
    this.#event('taskRequeued', row, ATTEMPT_ENDS.indexOf(end));
  }

  /** The attempt at hand is over, on all its nodes. */
  #close(task: ToyTask, outcome: ToyAttempt['outcome']): ToyAttempt {
    const attempt = task.attempts.at(-1) as ToyAttempt;
    attempt.endMs = this.#nowMs;
    attempt.outcome = outcome;
    for (const [row, subtask] of this.#subtasks.entries()) {
      if (subtask.attempt !== attempt || subtask.endMs >= 0) continue;
      subtask.endMs = this.#nowMs;
      subtask.state = 'completed';
      this.#event('subtaskEnded', row, 0);
    }
    return attempt;
  }

  #place(task: ToyTask, row: number): void {
    const pool = (this.#jobs[task.job] as ToyJob).poolIndex;
    const { taskSlotsPerNode } = this.#pools[pool] as PoolRow;
    const node = this.#nodes.findIndex(
      (one, i) => one.pool === pool && one.state === 'idle' && this.#usedSlots(i) + task.slots <= taskSlotsPerNode,
    );
    if (task.slots === 1 && node >= 0 && this.#roll(4) === 0) {
      this.#placeOnTwo(task, row, node);
      return;
    }
    if (node < 0) {
      this.#event('taskScheduleFail', row, 0);
      return;
    }
    this.#assign(task, row, node);
    if (this.#roll(2)) this.#start(task, row);
  }

  #assign(task: ToyTask, row: number, node: number): void {
    task.phase = 'assigned';
    const open = { startMs: -1, endMs: -1, exitCode: 0, outcome: null };
    task.attempts.push({ node, readyMs: task.readyMs, assignedMs: this.#nowMs, ...open });
    this.#event('taskAssigned', row, node);
  }

  /** A multi-instance task: a second instance on another node. */
  #placeOnTwo(task: ToyTask, row: number, node: number): void {
    const { pool } = this.#nodes[node] as ToyNode;
    const { taskSlotsPerNode } = this.#pools[pool] as PoolRow;
    this.#assign(task, row, node);
    const other = this.#nodes.findIndex(
      (one, i) => i !== node && one.pool === pool && one.state === 'idle' && this.#usedSlots(i) < taskSlotsPerNode,
    );
    if (other < 0) return;
    const attempt = task.attempts.at(-1) as ToyAttempt;
    const open = { startMs: this.#nowMs, endMs: -1, exitCode: null };
    this.#event('subtaskStarted', this.#subtasks.length, 0);
    this.#subtasks.push({ task: row, id: 1, node: other, ...open, state: 'running', attempt });
  }

  #start(task: ToyTask, row: number): void {
    const attempt = task.attempts.at(-1) as ToyAttempt;
    task.phase = 'running';
    attempt.startMs = this.#nowMs;
    this.#event('taskStarted', row, attempt.node);
  }

  #displace(task: ToyTask, row: number): void {
    const attempt = this.#close(task, 'displaced');
    this.#retired.push({ task: row, attempt });
    // An attempt that never began does not end the wait.
    if (attempt.startMs >= 0) task.readyMs = this.#nowMs;
    task.phase = 'ready';
    this.#event('taskDisplaced', row, 0);
  }

  #end(task: ToyTask, row: number): void {
    const how = this.#roll(8);
    if (how === 0) {
      this.#displace(task, row);
      return;
    }
    if (how === 1) {
      task.requeues += 1;
      this.#requeue(task, row, 'jobDisabled');
      return;
    }
    const attempt = this.#close(task, 'last');
    attempt.exitCode = how < 4 ? 1 : 0;
    if (how === 2) {
      attempt.outcome = 'retry';
      this.#retired.push({ task: row, attempt });
      task.readyMs = this.#nowMs;
      task.phase = 'ready';
      this.#event('taskRetried', row, 1);
      return;
    }
    task.endMs = this.#nowMs;
    if (how === 4) this.#fail(task, row, attempt);
    else {
      task.phase = attempt.exitCode === 0 ? 'succeeded' : 'failed';
      task.failure = attempt.exitCode === 0 ? '' : 'FailureExitCode';
      this.#event('taskFinished', row, attempt.exitCode);
    }
  }

  /** At its wall clock, or by an error of its own. */
  #fail(task: ToyTask, row: number, attempt: ToyAttempt): void {
    task.phase = 'failed';
    if (this.#roll(2)) {
      attempt.exitCode = -9;
      task.failure = 'TaskEnded';
      this.#event('taskTimedOut', row, attempt.exitCode);
    } else {
      task.failure = 'FileUploadMiscError';
      this.#event('taskFailed', row, TASK_FAILURES.indexOf(task.failure));
    }
  }

  /** Nodes of the attempt at hand: the primary's, then those of other instances. */
  #nodesOf(task: ToyTask): number[] {
    const attempt = task.attempts.at(-1) as ToyAttempt;
    const others = this.#subtasks.filter((one) => one.attempt === attempt && one.endMs < 0).map((one) => one.node);
    return [attempt.node, ...others];
  }

  #usedSlots(node: number): number {
    let used = 0;
    for (const task of this.#tasks) {
      if (HOLDING.has(task.phase) && task.attempts.at(-1)?.node === node) used += task.slots;
    }
    return used + this.#subtasks.filter((one) => one.node === node && one.endMs < 0).length;
  }

  #event(kind: EventKind, subject: number, detail: number): void {
    this.#log.push({ atMs: this.#nowMs, kind, subject, detail });
  }

  result(): ToyWorld {
    const { seed, lengthMs, withLog } = this.#options;
    const history: ToyHistory = {
      ...{ seed, lengthMs, withLog, hasOrder: this.#roll(2) === 1 },
      pools: this.#pools,
      jobs: this.#jobs,
      tasks: this.#tasks,
      nodes: this.#nodes,
      resizes: this.#resizes,
      log: this.#log,
      retired: this.#retired,
      subtasks: this.#subtasks,
      operations: this.#operations,
      nodeTasks: this.#nodeTasks,
      schedules: this.#schedules,
    };
    const run = {
      scenario: makeScenario({ name: 'toy', accounts: [makeAccount({})] }),
      recording: toyRecording(history),
    };
    return { run, endMs: lengthMs, pools: this.#pools, tasks: this.#tasks, nodes: this.#nodes, jobs: this.#jobHistory };
  }
}
