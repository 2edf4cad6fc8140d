/**
 * Everything a run knows: the clock, what is due, the tables, the queues. Handlers and operations are functions of it;
 * nothing outside `sim` can reach it.
 */
import { Uniforms } from '../base/index.js';
import {
  idKey,
  type Job,
  NODE_KINDS,
  type NodeKind,
  nodeId,
  type Pool,
  type Scenario,
  type TaskConstraints,
  taskIdAt,
} from '../model/index.js';
import type { NodeTaskRow, OperationRow, ResizeRow, SubtaskRow } from '../recording/index.js';
import { AttemptTable } from './attempt-table.js';
import { Cancellations } from './cancellations.js';
import { type Declaration, declare, type SetInstance, taskKey } from './declaration.js';
import { buildDependents } from './dependents.js';
import type { Dependents } from './edge-list.js';
import type { Ending } from './ending.js';
import { EventQueue } from './engine/event-queue.js';
import {
  type AccountState,
  JobState,
  makeAccountState,
  PoolState,
  type ScheduleState,
  type ScriptLine,
} from './entities.js';
import { EventLogWriter } from './event-log.js';
import { hasActivity, isCalm, sharesCores } from './features.js';
import type { Hooks } from './hooks.js';
import { dispatchLatency } from './latencies.js';
import { LiveDependencies } from './live-dependencies.js';
import type { LiveNodeTask } from './live-node-task.js';
import { NodeTable } from './node-table.js';
import { NodeLives } from './nodes/node-lives.js';
import { Occupants } from './occupants.js';
import { poolKeyOf } from './pool-key.js';
import { EvaluationLog } from './pools/evaluation-log.js';
import { Sampling } from './pools/sampling-state.js';
import { Supplies } from './pools/supplies.js';
import { PURPOSE } from './purposes.js';
import type { SetFeed } from './set-feed.js';
import { StepsState } from './steps/state.js';
import { isScripted, makeTaskTable } from './task-rows.js';
import { TaskTable } from './task-table.js';

/** Room for tasks at the start of a run that adds them as they come. */
const FIRST_ROWS = 64;

/** A run's state. */
export class World {
  readonly scenario: Scenario;
  readonly hooks: Hooks<World>;
  readonly declaration: Declaration;
  readonly uniforms: Uniforms;
  /** What is due and could change the work (SIM-10). */
  readonly queue = new EventQueue();
  /** What is due and is no reason to go on: faults, changes of capacity, samples, evaluations, retention. */
  readonly background = new EventQueue();
  readonly cancellations = new Cancellations();
  readonly tasks: TaskTable;
  readonly nodes = new NodeTable();
  readonly attempts = new AttemptTable();
  /** Who waits for whom, where all tasks are declared. */
  readonly dependents: Dependents | null;
  /** Who waits for whom, where the run itself may add tasks. */
  readonly liveDependencies: LiveDependencies | null;
  readonly accounts: readonly AccountState[];
  readonly pools: PoolState[] = [];
  readonly jobs: JobState[];
  /** Jobs that were added, in order of creation: a job's `place` here is its place among others (SIM-04). */
  readonly admitted: JobState[] = [];
  /** Job schedules in order of creation. */
  readonly schedules: ScheduleState[] = [];
  /** ACC-09: VMs that regions have. */
  readonly supplies: Supplies;
  private readonly onlyJob: JobState | null;
  private readonly onlyPool: PoolState | null;
  /** The run itself may add tasks, jobs and pools: actions, schedules, scripted managers, auto pools. */
  readonly grows: boolean;
  /** Nothing but its own exit, wall clock and lifetime ends an attempt. */
  readonly isCalm: boolean;
  /** Calm, no task is scripted and no dispatch takes time: then no task has a flag, but for those that are given up. */
  readonly isPlain: boolean;
  /** Whether placed and open tasks are counted by job. */
  readonly countsTasks: boolean;
  /** Resizes so far; log and pools use their row numbers. */
  readonly resizes: ResizeRow[] = [];
  readonly nodeTasks: NodeTaskRow[] = [];
  /** Those that run, by row. */
  readonly liveNodeTasks = new Map<number, LiveNodeTask>();
  readonly subtasks: SubtaskRow[] = [];
  /** Rows of `subtasks` of each multi-instance task that holds slots. */
  readonly openSubtasks = new Map<number, readonly number[]>();
  readonly operations: OperationRow[] = [];
  readonly log: EventLogWriter | null;
  /** Order of waiting tasks by row (SCH-04). */
  laneKey: Float64Array;
  /** TASK-25: constraints that were changed after the task was added. */
  readonly constraints = new Map<number, TaskConstraints>();
  /** Declared number by row, where rows come as tasks do. */
  private numbers: Int32Array | null;
  private readonly occupants: Occupants | null;
  /** Nodes of each multi-instance task that holds slots, the master first (MI-04). */
  readonly gangs = new Map<number, readonly number[]>();
  /** Nodes whose last task has left, until that is announced. */
  readonly emptied: number[] = [];
  /** Tasks whose process was stopped and is not gone yet: when it will be, and what becomes of them. */
  readonly dying = new Map<number, { readonly atMs: number; readonly ending: Ending }>();
  /** Tasks to come, in a run that gives rows as they come: sets in the order in which their jobs were created. */
  readonly feeds: SetFeed[] = [];
  /** Pools to be looked at when the instant settles: the first `touchedCount`. Kept long, for it changes at every event. */
  private readonly touched: PoolState[] = [];
  touchedCount = 0;
  /** Jobs and job schedules whose completion is to be checked when the instant settles (JOB-08, JS-08, JS-09). */
  readonly jobsToCheck = new Set<JobState | ScheduleState>();
  /** Whether there are any: asked at every instant. */
  hasChecks = false;
  /** JM-11: what is still to come of the scripts of managers that run, by task. */
  readonly scripts = new Map<number, ScriptLine[]>();
  /** Codes of events that are due at this instant but belong to its next round (SIM-02). */
  readonly nextRound: number[] = [];
  nowMs = 0;
  /** Kind of the event at hand; between events, of the last. Kept in runs that are not plain. */
  handling = 0;
  /** NODE-13: codes of events that are told late, with the attempt that they belong to. */
  readonly heard = new Map<number, number>();
  /** ASC-05: what pools followed, and every evaluation. */
  readonly evaluations = new EvaluationLog();
  /** ASC-07: the samples of pools that follow a formula. */
  readonly sampling = new Sampling();
  /** What a node goes through besides its state. */
  readonly lives = new NodeLives();
  /** Attempts that have several steps. */
  readonly steps = new StepsState();
  /** Whether processes that run on one node may slow each other down. */
  readonly sharesCores: boolean;
  /** ERR-19: why the run is not to go on; null: it is. */
  failure: string | null = null;

  constructor(scenario: Scenario, withLog: boolean, hooks: Hooks<World>) {
    this.scenario = scenario;
    this.hooks = hooks;
    this.uniforms = new Uniforms(scenario.seed);
    this.log = withLog ? new EventLogWriter() : null;
    this.declaration = declare(scenario, hasActivity(scenario));
    this.grows = this.declaration.grows;
    this.isCalm = !this.grows && isCalm(scenario) && !this.declaration.isStepped;
    this.sharesCores = sharesCores(scenario);
    const { rows, declaredCount, jobs } = this.declaration;
    this.tasks = this.grows
      ? new TaskTable(Math.max(FIRST_ROWS, declaredCount), { grows: true })
      : makeTaskTable(this.declaration, this.isCalm);
    this.numbers = this.grows ? new Int32Array(this.tasks.capacity) : null;
    this.dependents = this.grows ? null : buildDependents(jobs, declaredCount, rows);
    this.liveDependencies = this.grows ? new LiveDependencies() : null;
    this.occupants = this.isCalm ? null : new Occupants();
    this.laneKey = this.makeLaneKey();
    this.accounts = scenario.accounts.map(makeAccountState);
    this.supplies = new Supplies(scenario.capacity);
    for (const account of this.accounts) for (const pool of account.spec.pools) this.makePool(account, pool, false);
    this.onlyPool = !this.grows && this.pools.length === 1 ? (this.pools[0] as PoolState) : null;
    this.isPlain =
      this.isCalm &&
      !this.declaration.sets.some(({ set, isManager }) => isManager || isScripted(set)) &&
      !jobs.some(({ spec }) => spec.jobPreparationTask !== null) &&
      this.pools.every((pool) => pool.dispatchesAtOnce);
    this.countsTasks = !this.isCalm || jobs.some(({ spec }) => isCounted(spec));
    this.jobs = jobs.map(
      (job, row) => new JobState(row, job.spec, job.id, this.accounts[job.accountIndex] as AccountState, job.createdMs),
    );
    jobs.forEach((job, row) => {
      for (let i = 0; i < job.sets.length; i++) (this.jobs[row] as JobState).setRows.push(job.firstSet + i);
    });
    this.onlyJob = !this.grows && this.jobs.length === 1 ? (this.jobs[0] as JobState) : null;
  }

  /** The pool that an account knows by this id; null: there is none (JOB-03). One that is being deleted still is. */
  poolOf(account: AccountState, poolId: string): PoolState | null {
    return account.pools.get(idKey(poolId)) ?? null;
  }

  /** Something changed in the pool that may let a task be placed: it is looked at when the instant settles (SCH-02). */
  touch(pool: PoolState): void {
    if (pool.touched) return;
    pool.touched = true;
    this.touched[this.touchedCount++] = pool;
  }

  /** The job or job schedule may be over: that is looked at when the instant settles. */
  checkLater(one: JobState | ScheduleState): void {
    this.jobsToCheck.add(one);
    this.hasChecks = true;
  }

  /** The only touched pool, which is being looked at: what changes from now on counts for the next round. */
  untouchOnly(): PoolState {
    const pool = this.touched[0] as PoolState;
    this.touchedCount = 0;
    pool.touched = false;
    return pool;
  }

  /** All touched pools in creation order; what changes from now on counts for the next round. */
  untouchAll(): PoolState[] {
    const pools = this.touched.slice(0, this.touchedCount).sort((a, b) => a.row - b.row);
    for (const pool of pools) pool.touched = false;
    this.touchedCount = 0;
    return pools;
  }

  /** An event that was scheduled will not happen. One whose time has passed stands in no queue any more. */
  cancel(atMs: number, code: number): void {
    if (atMs < this.nowMs) return;
    this.cancellations.add(atMs, code);
    if (atMs === this.nowMs) this.heard.delete(code); // it was about to be told late, and is not told at all
  }

  /** The pool of a node. With a single pool its column is not even read. */
  poolOfNode(node: number): PoolState {
    return this.onlyPool ?? (this.pools[this.nodes.pool[node] as number] as PoolState);
  }

  /** The job of a task. With a single job its column is not even read. */
  jobOf(task: number): JobState {
    return this.onlyJob ?? (this.jobs[this.tasks.job[task] as number] as JobState);
  }

  /** The set that a task was declared in, and its index there. */
  setOf(task: number): { readonly instance: SetInstance; readonly index: number } {
    const { sets } = this.declaration;
    const order = this.numbers ?? this.declaration.order;
    const declared = order === null ? task : (order[task] as number);
    let low = 0;
    let high = sets.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((sets[middle] as SetInstance).firstTask <= declared) low = middle;
      else high = middle - 1;
    }
    // Empty sets share their first number with the set that follows; the search ends at the last of them.
    const instance = sets[low] as SetInstance;
    return { instance, index: declared - instance.firstTask };
  }

  /** Declared number by row; null: the same. */
  get taskNumbers(): Int32Array | null {
    return this.numbers ?? this.declaration.order;
  }

  /** The user's id of a task. */
  taskIdOf(task: number): string {
    const { instance, index } = this.setOf(task);
    return taskIdAt(instance.ids, index);
  }

  /** A row for a task that comes now, in a run that adds them as they come. */
  addTaskRow(instance: SetInstance, index: number): number {
    const { tasks } = this;
    const row = tasks.count;
    if (tasks.addRow()) {
      const numbers = new Int32Array(tasks.capacity);
      numbers.set(this.numbers as Int32Array);
      this.numbers = numbers;
      this.laneKey = this.makeLaneKey();
      for (const job of this.jobs) for (const lane of job.lanes) lane.queue.rekey(this.laneKey);
    }
    (this.numbers as Int32Array)[row] = instance.firstTask + index;
    if (this.scenario.options.taskOrder === 'random') this.laneKey[row] = this.randomKey(instance, index);
    return row;
  }

  /** NODE-16. */
  nodeIdOf(node: number): string {
    const pool = this.pools[this.nodes.pool[node] as number] as PoolState;
    const kind = NODE_KINDS[this.nodes.kind[node] as number] as NodeKind;
    return nodeId(this.scenario.seed, pool.account.spec.name, pool.spec.id, this.nodes.ordinal[node] as number, kind);
  }

  /** The task holds slots on the node from now on. */
  seat(node: number, task: number): void {
    this.occupants?.add(node, task);
    this.sampling.touch(node);
  }

  /** The task holds no slots on the node any more. */
  unseat(node: number, task: number): void {
    this.occupants?.remove(node, task);
    this.sampling.touch(node);
  }

  /** Tasks that hold slots on a node, in no order, to be read at once. Only in runs that are not calm. */
  occupantsOf(node: number): readonly number[] {
    return this.occupants?.on(node) ?? [];
  }

  /** Tasks that hold slots on a node, in order of creation. Only in runs that are not calm. */
  tasksOn(node: number): number[] {
    return this.occupants?.of(node) ?? [];
  }

  /** Whether a task waits for others (DEP-02). */
  isBlocked(task: number): boolean {
    if (this.liveDependencies !== null) return this.liveDependencies.isBlocked(task);
    return this.dependents !== null && (this.dependents.left[task] as number) > 0;
  }

  /** A pool of its account, not yet added. */
  makePool(account: AccountState, spec: Pool, isAutoPool: boolean): PoolState {
    const key = poolKeyOf(account.spec.name, spec.id);
    const pool = new PoolState(this.pools.length, spec, account, key, dispatchLatency(spec), isAutoPool);
    this.pools.push(pool);
    return pool;
  }

  /** A job of its account, not yet added. */
  makeJob(account: AccountState, spec: Job, id: string, schedule: number): JobState {
    const job = new JobState(this.jobs.length, spec, id, account, this.nowMs, schedule);
    this.jobs.push(job);
    return job;
  }

  private makeLaneKey(): Float64Array {
    switch (this.scenario.options.taskOrder) {
      case 'creation':
        return this.tasks.submitMs;
      case 'ready':
        return this.tasks.readyMs;
      case 'random':
        return this.randomKeys();
    }
  }

  private randomKeys(): Float64Array {
    const keys = new Float64Array(this.tasks.capacity);
    const known = this.grows ? this.tasks.count : this.tasks.capacity;
    for (let task = 0; task < known; task++) {
      const { instance, index } = this.setOf(task);
      keys[task] = this.randomKey(instance, index);
    }
    return keys;
  }

  private randomKey(instance: SetInstance, index: number): number {
    return this.uniforms.seek(taskKey(instance, index), 0, PURPOSE.taskOrder).next();
  }
}

/** Whether anything about a job depends on how many of its tasks are placed or open. */
function isCounted(spec: Job): boolean {
  return spec.maxParallelTasks !== -1 || spec.onAllTasksComplete !== 'noaction' || spec.jobManagerTask !== null;
}
