/**
 * Everything a run knows: the clock, what is due, the tables, the queues. Handlers and operations are functions of it;
 * nothing outside `sim` can reach it.
 */
import { combine, keyOf, Uniforms } from '../base/index.js';
import { CoreUse, idKey, NODE_KINDS, type NodeKind, nodeId, type Scenario } from '../model/index.js';
import type { ResizeRow } from '../recording/index.js';
import { AttemptTable } from './attempt-table.js';
import { Cancellations } from './cancellations.js';
import { type Declaration, declare, isScripted, makeTaskTable, type SetInstance, taskKey } from './declaration.js';
import { buildDependents } from './dependents.js';
import type { Dependents } from './edge-list.js';
import { EventQueue } from './engine/event-queue.js';
import { EventLogWriter } from './event-log.js';
import { dispatchLatency } from './latencies.js';
import { NodeTable } from './node-table.js';
import { type AccountState, JobState, PoolState } from './pool-state.js';
import { PURPOSE } from './purposes.js';
import type { TaskTable } from './task-table.js';

/** A run's state. */
export class World {
  readonly scenario: Scenario;
  readonly declaration: Declaration;
  readonly uniforms: Uniforms;
  readonly queue = new EventQueue();
  readonly cancellations = new Cancellations();
  readonly tasks: TaskTable;
  readonly nodes = new NodeTable();
  readonly attempts = new AttemptTable();
  readonly dependents: Dependents | null;
  readonly accounts: readonly AccountState[];
  readonly pools: readonly PoolState[];
  readonly jobs: readonly JobState[];
  private readonly onlyJob: JobState | null;
  private readonly onlyPool: PoolState | null;
  /** No task is scripted and no dispatch takes time: then no task has a flag, but for those that are given up. */
  readonly isPlain: boolean;
  /** Resizes so far; log and pools use their row numbers. */
  readonly resizes: ResizeRow[] = [];
  readonly log: EventLogWriter | null;
  /** Order of waiting tasks by row (SCH-04). */
  readonly laneKey: Float64Array;
  /** Whether any job has `maxParallelTasks` (JOB-19); only then are placed tasks counted by job. */
  readonly limitsJobs: boolean;
  /** Pools to be looked at when the instant settles: the first `touchedCount`. Kept long, for it changes at every event. */
  private readonly touched: PoolState[] = [];
  touchedCount = 0;
  /** Codes of events that are due at this instant but belong to its next round (SIM-02). */
  readonly nextRound: number[] = [];
  nowMs = 0;

  constructor(scenario: Scenario, withLog: boolean) {
    this.scenario = scenario;
    this.uniforms = new Uniforms(scenario.seed);
    this.log = withLog ? new EventLogWriter() : null;
    this.declaration = declare(scenario);
    const { rows, declaredCount, jobs } = this.declaration;
    this.tasks = makeTaskTable(this.declaration);
    this.dependents = buildDependents(jobs, declaredCount, rows);
    this.laneKey = this.makeLaneKey();
    this.accounts = scenario.accounts.map((spec, row) => ({ row, spec, use: new CoreUse() }));
    this.pools = this.makePools();
    this.onlyPool = this.pools.length === 1 ? (this.pools[0] as PoolState) : null;
    this.isPlain =
      !this.declaration.sets.some(({ set }) => isScripted(set)) && this.pools.every((pool) => pool.dispatchesAtOnce);
    this.limitsJobs = jobs.some((job) => job.spec.maxParallelTasks !== -1);
    this.jobs = jobs.map(
      (job, row) => new JobState(row, job.spec, job.id, this.accounts[job.accountIndex] as AccountState, job.createdMs),
    );
    this.onlyJob = this.jobs.length === 1 ? (this.jobs[0] as JobState) : null;
  }

  /** The pool that jobs of an account know by this id; null: there is none (JOB-03). */
  poolOf(account: AccountState, poolId: string): PoolState | null {
    return this.pools.find((pool) => pool.account === account && idKey(pool.spec.id) === idKey(poolId)) ?? null;
  }

  /** Something changed in the pool that may let a task be placed: it is looked at when the instant settles (SCH-02). */
  touch(pool: PoolState): void {
    if (pool.touched) return;
    pool.touched = true;
    this.touched[this.touchedCount++] = pool;
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
    const { order, sets } = this.declaration;
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

  /** NODE-16. */
  nodeIdOf(node: number): string {
    const pool = this.pools[this.nodes.pool[node] as number] as PoolState;
    const kind = NODE_KINDS[this.nodes.kind[node] as number] as NodeKind;
    return nodeId(this.scenario.seed, pool.account.spec.name, pool.spec.id, this.nodes.ordinal[node] as number, kind);
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
    return Float64Array.from({ length: this.tasks.capacity }, (_, task) => {
      const { instance, index } = this.setOf(task);
      return this.uniforms.seek(taskKey(instance, index), 0, PURPOSE.taskOrder).next();
    });
  }

  private makePools(): PoolState[] {
    const pools: PoolState[] = [];
    for (const account of this.accounts) {
      for (const spec of account.spec.pools) {
        const key = combine(keyOf(account.spec.name), keyOf(idKey(spec.id)));
        pools.push(new PoolState(pools.length, spec, account, key, dispatchLatency(spec)));
      }
    }
    return pools;
  }
}
