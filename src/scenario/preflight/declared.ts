/** All that an account declares, also by its schedules and actions: what is known to come, or may. */
import {
  type Account,
  type Action,
  idKey,
  type Job,
  type JobSchedule,
  type Operation,
  type Pool,
} from '../../model/index.js';

/** A job and what it is called. */
export interface NamedJob {
  readonly id: string;
  readonly job: Job;
}

/** The things of one account, wherever they are declared. */
export class Declared {
  readonly account: Account;
  /** Jobs of the file, of actions, and those that schedules make, which are called `schedule:job-n`. */
  readonly jobs: readonly NamedJob[];
  readonly jobSchedules: readonly JobSchedule[];
  readonly actions: readonly Action[];
  /** Pools of the file and of actions. */
  readonly pools: readonly Pool[];
  /** Their ids, as they are written. */
  readonly poolIds: ReadonlySet<string>;
  readonly #pools = new Map<string, Pool>();
  readonly #growing = new Set<string>();
  readonly #fed = new Set<string>();

  constructor(account: Account) {
    this.account = account;
    this.actions = account.actions;
    const operations = account.actions.map(({ operation }) => operation);
    this.pools = [
      ...account.pools,
      ...operations.flatMap((one) => (one.kind === 'addPool' && one.pool.ok ? [one.pool.value] : [])),
    ];
    this.jobSchedules = [
      ...account.jobSchedules,
      ...operations.flatMap((one) =>
        one.kind === 'addJobSchedule' && one.jobSchedule.ok ? [one.jobSchedule.value] : [],
      ),
    ];
    const jobs = [
      ...account.jobs,
      ...operations.flatMap((one) => (one.kind === 'addJob' && one.job.ok ? [one.job.value] : [])),
    ];
    this.jobs = [
      ...jobs.map((job) => ({ id: job.id, job })),
      ...this.jobSchedules.map(({ id, jobSpecification }) => ({ id: `${id}:job-n`, job: jobSpecification })),
    ];
    for (const pool of this.pools) if (!this.#pools.has(idKey(pool.id))) this.#pools.set(idKey(pool.id), pool);
    this.poolIds = new Set(this.pools.map(({ id }) => id));
    const scripts = this.jobs.flatMap(({ job }) =>
      (job.jobManagerTask?.actions ?? []).map(({ operation }) => operation),
    );
    for (const operation of [...operations, ...scripts]) this.#note(operation);
  }

  /** The pool on which a job runs; null: it never exists. */
  poolOf(job: Job): Pool | null {
    return job.autoPool?.pool ?? this.#pools.get(idKey(job.poolId)) ?? null;
  }

  /** Whether the targets of a pool may change. */
  mayGrow(pool: Pool): boolean {
    return pool.autoScale !== null || this.#growing.has(idKey(pool.id));
  }

  /** Whether tasks may be added to a job, or run again when they have failed. */
  mayGetTasks({ id, job }: NamedJob): boolean {
    const own = (job.jobManagerTask?.actions ?? []).some(({ operation }) => operation.kind === 'addTasks');
    return own || this.#fed.has(idKey(id));
  }

  /** Whether any pool is made for a job, under an id that nobody knows yet. */
  get hasAutoPools(): boolean {
    return this.jobs.some(({ job }) => job.autoPool !== null);
  }

  #note(operation: Operation): void {
    if (operation.kind === 'resizePool' || operation.kind === 'enableAutoScale')
      this.#growing.add(idKey(operation.poolId));
    if (operation.kind === 'addTasks' || operation.kind === 'reactivateTask') this.#fed.add(idKey(operation.jobId));
  }
}
