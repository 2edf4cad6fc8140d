/**
 * Recordings made without the engine: a toy world of a few pools, nodes and tasks in which anything legal happens at
 * random, a millisecond at a time. Beside the columns it keeps what every task and node was doing in every millisecond,
 * so that measures can be checked by counting instead of by the arithmetic under test.
 */
import { makeAccount, makeScenario, NODE_BILLING, NODE_STATES, type NodeState } from '../../src/model/index.js';
import {
  ATTEMPT_ENDS,
  EVENT_KINDS,
  type EventKind,
  type JobRow,
  makeTaskNames,
  type PoolRow,
  type Recording,
  type ResizeRow,
  type Run,
  type TaskNames,
  WAIT_CAUSES,
} from '../../src/recording/index.js';

/** What a task does in one millisecond. */
export type ToyPhase = 'absent' | 'blocked' | 'ready' | 'assigned' | 'running' | 'succeeded' | 'failed';

/** One attempt of a task as it went. */
export interface ToyAttempt {
  readonly node: number;
  readonly readyMs: number;
  readonly assignedMs: number;
  startMs: number;
  endMs: number;
  exitCode: number;
  outcome: 'retry' | 'displaced' | 'last' | null;
}

export interface ToyTask {
  readonly job: number;
  readonly slots: number;
  phase: ToyPhase;
  submitMs: number;
  readyMs: number;
  timedOut: boolean;
  readonly attempts: ToyAttempt[];
  /** By millisecond: the phase it was in, and the attempt (place in `attempts`) that held slots, or -1. */
  readonly phases: ToyPhase[];
  readonly holding: number[];
}

export interface ToyNode {
  readonly pool: number;
  readonly kind: number;
  readonly ordinal: number;
  state: NodeState | null;
  requestedMs: number;
  readonly states: (NodeState | null)[];
  readonly used: number[];
}

/** A toy world at its end, and the recording that says the same in columns. */
export interface ToyWorld {
  readonly run: Run;
  readonly endMs: number;
  readonly pools: readonly PoolRow[];
  readonly tasks: readonly ToyTask[];
  readonly nodes: readonly ToyNode[];
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

const ROOM = 1 << 30;

class Toy {
  readonly #roll: (sides: number) => number;
  readonly #options: Required<ToyOptions>;
  readonly #pools: PoolRow[];
  readonly #jobs: JobRow[] = [];
  readonly #tasks: ToyTask[] = [];
  readonly #nodes: ToyNode[] = [];
  readonly #resizes: ResizeRow[] = [];
  readonly #log: { atMs: number; kind: EventKind; subject: number; detail: number }[] = [];
  readonly #retired: { task: number; attempt: ToyAttempt }[] = [];
  #nowMs = 0;

  constructor(options: ToyOptions) {
    this.#options = { lengthMs: 120, tasks: 25, nodes: 6, unpriced: false, withLog: true, ...options };
    this.#roll = dice(options.seed);
    this.#pools = Array.from({ length: 1 + this.#roll(2) }, (_, i) => this.#makePool(i));
    for (const pool of this.#pools.keys()) this.#event('poolAdded', pool, 0);
    this.#startResizes();
    for (let i = 0; i < 1 + this.#roll(3); i++) this.#addJob(i);
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
        errors: this.#roll(2) ? [{ code: 'AccountCoreQuotaReached', message: 'The quota is too small.' }] : [],
      });
    });
  }

  #addJob(i: number): void {
    const pool = this.#roll(this.#pools.length);
    this.#event('jobAdded', this.#jobs.length, 0);
    this.#jobs.push({
      id: `job-${i}`,
      displayName: null,
      accountIndex: 0,
      poolId: `pool-${pool}`,
      poolIndex: pool,
      priority: 0,
      state: 'active',
      createdMs: 0,
      taskCount: 0,
    });
  }

  #millisecond(ms: number): void {
    this.#nowMs = ms;
    for (let i = this.#roll(4); i > 0; i--) this.#something();
    for (const task of this.#tasks) {
      task.phases[ms] = task.phase;
      task.holding[ms] = task.phase === 'assigned' || task.phase === 'running' ? task.attempts.length - 1 : -1;
    }
    this.#nodes.forEach((node, row) => {
      const used = this.#usedSlots(row);
      node.states[ms] = node.state === 'idle' && used > 0 ? 'running' : node.state;
      node.used[ms] = used;
    });
    for (const [row, resize] of this.#resizes.entries()) {
      if (resize.endMs === ms) this.#event('resizeEnded', resize.poolIndex, row);
    }
  }

  #something(): void {
    const choice = this.#roll(12);
    if (choice < 2) this.#addNode();
    else if (choice < 4) this.#advanceNode();
    else if (choice < 6) this.#addTask();
    else if (this.#tasks.length > 0) this.#advanceTask(this.#roll(this.#tasks.length));
  }

  #addNode(): void {
    if (this.#nodes.length >= this.#options.nodes) return;
    const pool = this.#roll(this.#pools.length);
    const ordinal = this.#nodes.filter((node) => node.pool === pool).length;
    this.#nodes.push({ pool, kind: this.#roll(2), ordinal, state: 'creating', requestedMs: 0, states: [], used: [] });
    this.#event('nodeState', this.#nodes.length - 1, NODE_STATES.indexOf('creating'));
  }

  #advanceNode(): void {
    if (this.#nodes.length === 0) return;
    const row = this.#roll(this.#nodes.length);
    const node = this.#nodes[row] as ToyNode;
    const next: Partial<Record<NodeState, NodeState>> = {
      creating: 'starting',
      starting: this.#roll(4) ? 'idle' : 'starttaskfailed',
    };
    const state = node.state === null ? undefined : next[node.state];
    if (state === undefined) return;
    node.state = state;
    this.#event('nodeState', row, NODE_STATES.indexOf(state));
  }

  #addTask(): void {
    if (this.#tasks.length >= this.#options.tasks) return;
    const job = this.#roll(this.#jobs.length);
    const pool = this.#pools[(this.#jobs[job] as JobRow).poolIndex] as PoolRow;
    const runnable = this.#roll(3) > 0;
    this.#event('taskAdded', this.#tasks.length, runnable ? 1 : 0);
    this.#tasks.push({
      job,
      slots: 1 + this.#roll(pool.taskSlotsPerNode),
      phase: runnable ? 'ready' : 'blocked',
      submitMs: this.#nowMs,
      readyMs: runnable ? this.#nowMs : -1,
      timedOut: false,
      attempts: [],
      phases: Array.from({ length: this.#nowMs }, () => 'absent' as const),
      holding: Array.from({ length: this.#nowMs }, () => -1),
    });
  }

  #advanceTask(row: number): void {
    const task = this.#tasks[row] as ToyTask;
    if (task.phase === 'blocked') {
      task.phase = 'ready';
      task.readyMs = this.#nowMs;
      this.#event('taskRunnable', row, 0);
    } else if (task.phase === 'ready') this.#place(task, row);
    else if (task.phase === 'assigned') this.#roll(4) ? this.#start(task, row) : this.#displace(task, row);
    else if (task.phase === 'running') this.#end(task, row);
  }

  #place(task: ToyTask, row: number): void {
    const pool = (this.#jobs[task.job] as JobRow).poolIndex;
    const { taskSlotsPerNode } = this.#pools[pool] as PoolRow;
    const node = this.#nodes.findIndex(
      (one, i) => one.pool === pool && one.state === 'idle' && this.#usedSlots(i) + task.slots <= taskSlotsPerNode,
    );
    if (node < 0) {
      this.#event('taskScheduleFail', row, 0);
      return;
    }
    task.phase = 'assigned';
    const open = { startMs: -1, endMs: -1, exitCode: 0, outcome: null };
    task.attempts.push({ node, readyMs: task.readyMs, assignedMs: this.#nowMs, ...open });
    this.#event('taskAssigned', row, node);
    if (this.#roll(2)) this.#start(task, row);
  }

  #start(task: ToyTask, row: number): void {
    const attempt = task.attempts.at(-1) as ToyAttempt;
    task.phase = 'running';
    attempt.startMs = this.#nowMs;
    this.#event('taskStarted', row, attempt.node);
  }

  #displace(task: ToyTask, row: number): void {
    const attempt = task.attempts.at(-1) as ToyAttempt;
    attempt.endMs = this.#nowMs;
    attempt.outcome = 'displaced';
    this.#retired.push({ task: row, attempt });
    // An attempt that never began does not end the wait.
    if (attempt.startMs >= 0) task.readyMs = this.#nowMs;
    task.phase = 'ready';
    this.#event('taskDisplaced', row, 0);
  }

  #end(task: ToyTask, row: number): void {
    const attempt = task.attempts.at(-1) as ToyAttempt;
    const how = this.#roll(6);
    if (how === 0) {
      this.#displace(task, row);
      return;
    }
    attempt.endMs = this.#nowMs;
    attempt.exitCode = how === 1 || how === 2 ? 1 : 0;
    if (how === 1) {
      attempt.outcome = 'retry';
      this.#retired.push({ task: row, attempt });
      task.readyMs = this.#nowMs;
      task.phase = 'ready';
      this.#event('taskRetried', row, 1);
      return;
    }
    attempt.outcome = 'last';
    task.timedOut = how === 3;
    if (task.timedOut) attempt.exitCode = -9;
    task.phase = attempt.exitCode === 0 ? 'succeeded' : 'failed';
    this.#event(task.timedOut ? 'taskTimedOut' : 'taskFinished', row, attempt.exitCode);
  }

  #usedSlots(node: number): number {
    let used = 0;
    for (const task of this.#tasks) {
      const holds = task.phase === 'assigned' || task.phase === 'running';
      if (holds && task.attempts.at(-1)?.node === node) used += task.slots;
    }
    return used;
  }

  #event(kind: EventKind, subject: number, detail: number): void {
    this.#log.push({ atMs: this.#nowMs, kind, subject, detail });
  }

  result(): ToyWorld {
    const scenario = makeScenario({ name: 'toy', accounts: [makeAccount({})] });
    const run = { scenario, recording: this.#recording() };
    return { run, endMs: this.#options.lengthMs, pools: this.#pools, tasks: this.#tasks, nodes: this.#nodes };
  }

  #recording(): Recording {
    const endMs = this.#options.lengthMs;
    const jobs = this.#jobs.map((job, row) => ({
      ...job,
      taskCount: this.#tasks.filter((task) => task.job === row).length,
    }));
    return {
      run: {
        name: 'toy',
        seed: this.#options.seed,
        epochMs: 0,
        endMs,
        complete: true,
        taskLifetimeMs: null,
        eventCount: this.#log.length,
        digest: '0'.repeat(32),
      },
      accounts: [{ name: 'account' }],
      pools: this.#pools,
      jobs,
      resizes: this.#resizes,
      nodes: this.#nodeColumns(),
      tasks: this.#taskColumns(),
      taskNames: this.#names(),
      attempts: this.#attemptColumns(),
      unfinished: this.#unfinishedColumns(),
      log: this.#options.withLog ? this.#logColumns() : null,
    };
  }

  #nodeColumns(): Recording['nodes'] {
    const nodes = this.#nodes;
    const spent = (part: string) =>
      Float64Array.from(nodes, (node) => node.states.filter((s) => s && NODE_BILLING[s] === part).length);
    const firstMs = (state: NodeState) =>
      Float64Array.from(nodes, (_, row) => {
        const wanted = NODE_STATES.indexOf(state);
        return this.#log.find((e) => e.kind === 'nodeState' && e.subject === row && e.detail === wanted)?.atMs ?? -1;
      });
    const attemptsOn = (row: number) =>
      this.#tasks.flatMap((task) =>
        task.attempts.filter((a) => a.node === row && a.startMs >= 0).map((a) => ({ task, a })),
      );
    return {
      count: nodes.length,
      pool: Int32Array.from(nodes, (node) => node.pool),
      ordinal: Int32Array.from(nodes, (node) => node.ordinal),
      kind: Uint8Array.from(nodes, (node) => node.kind),
      state: Uint8Array.from(nodes, (node) => NODE_STATES.indexOf((node.states.at(-1) ?? 'creating') as NodeState)),
      requestedMs: Float64Array.from(nodes, (node) => node.requestedMs),
      createdMs: firstMs('creating'),
      readyMs: firstMs('idle'),
      goneMs: new Float64Array(nodes.length).fill(-1),
      bootingMs: spent('booting'),
      idleMs: spent('idle'),
      runningMs: spent('running'),
      failedMs: spent('failed'),
      tasksRun: Int32Array.from(nodes, (_, row) => attemptsOn(row).length),
      slotMs: Float64Array.from(nodes, (_, row) =>
        attemptsOn(row).reduce((sum, { task, a }) => {
          return sum + task.slots * ((a.endMs < 0 ? this.#options.lengthMs : a.endMs) - a.startMs);
        }, 0),
      ),
    };
  }

  #taskColumns(): Recording['tasks'] {
    const tasks = this.#tasks;
    const last = (task: ToyTask) => task.attempts.at(-1);
    const ended = (task: ToyTask) => task.attempts.findLast((attempt) => attempt.endMs >= 0);
    const states = { absent: 0, blocked: 0, ready: 0, assigned: 0, running: 2, succeeded: 3, failed: 3 };
    return {
      count: tasks.length,
      job: Int32Array.from(tasks, (task) => task.job),
      state: Uint8Array.from(tasks, (task) => states[task.phase]),
      failure: Uint8Array.from(tasks, (task) => (task.phase !== 'failed' ? 0 : task.timedOut ? 2 : 1)),
      exitCode: Int32Array.from(tasks, (task) => ended(task)?.exitCode ?? 0),
      slots: Uint16Array.from(tasks, (task) => task.slots),
      retries: Int32Array.from(tasks, (task) => task.attempts.filter((a) => a.outcome === 'retry').length),
      requeues: null,
      interruptions: Uint32Array.from(tasks, (task) => task.attempts.filter((a) => a.outcome === 'displaced').length),
      node: Int32Array.from(tasks, (task) => last(task)?.node ?? -1),
      submitMs: Float64Array.from(tasks, (task) => task.submitMs),
      readyMs: Float64Array.from(tasks, (task) => task.readyMs),
      assignedMs: Float64Array.from(tasks, (task) => last(task)?.assignedMs ?? -1),
      // Of an attempt before the one at hand where that has not begun, as the engine leaves it.
      startMs: Float64Array.from(tasks, (task) => task.attempts.findLast((a) => a.startMs >= 0)?.startMs ?? -1),
      endMs: Float64Array.from(tasks, (task) => (states[task.phase] === 3 ? (last(task)?.endMs ?? -1) : -1)),
    };
  }

  #attemptColumns(): Recording['attempts'] {
    const rows = this.#retired;
    return {
      count: rows.length,
      task: Int32Array.from(rows, (row) => row.task),
      node: Int32Array.from(rows, ({ attempt }) => attempt.node),
      readyMs: Float64Array.from(rows, ({ attempt }) => attempt.readyMs),
      assignedMs: Float64Array.from(rows, ({ attempt }) => attempt.assignedMs),
      startMs: Float64Array.from(rows, ({ attempt }) => attempt.startMs),
      endMs: Float64Array.from(rows, ({ attempt }) => attempt.endMs),
      exitCode: Int32Array.from(rows, ({ attempt }) => attempt.exitCode),
      outcome: Uint8Array.from(rows, ({ attempt }) => ATTEMPT_ENDS.indexOf(attempt.outcome as 'retry' | 'displaced')),
    };
  }

  #unfinishedColumns(): Recording['unfinished'] {
    const rows = this.#tasks.flatMap((task, row) => (task.phase === 'blocked' || task.phase === 'ready' ? [row] : []));
    const cause = (row: number) =>
      WAIT_CAUSES.indexOf(this.#tasks[row]?.phase === 'blocked' ? 'blockedByDependency' : 'noEligibleNode');
    return { count: rows.length, task: Int32Array.from(rows), cause: Uint8Array.from(rows, cause) };
  }

  #logColumns(): Recording['log'] {
    const rows = this.#log;
    return {
      count: rows.length,
      atMs: Float64Array.from(rows, (row) => row.atMs),
      kind: Uint8Array.from(rows, (row) => EVENT_KINDS.indexOf(row.kind)),
      subject: Int32Array.from(rows, (row) => row.subject),
      detail: Int32Array.from(rows, (row) => row.detail),
    };
  }

  #names(): TaskNames {
    const count = this.#tasks.length;
    const half = Math.floor(count / 2);
    const values = Array.from({ length: half }, (_, i) => `päir,${i}"`);
    const displayNames = values.map((_, i) => (i % 2 ? `original ${i}` : ''));
    const pattern = { kind: 'pattern' as const, prefix: 't-', first: 1, digits: 3, suffix: '' };
    const sets = [
      { count: half, ids: { kind: 'list' as const, values }, displayNames },
      { count: count - half, ids: pattern, displayNames: null },
    ];
    const order = Int32Array.from({ length: count }, (_, i) => count - 1 - i);
    return makeTaskNames(sets, this.#roll(ROOM) % 2 ? order : null);
  }
}
