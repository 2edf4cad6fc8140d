/** What the things of an account are read with: what the scenario says for all of them. */
import type { JobManager, Pool, PoolFaults, PriceSources, Timing } from '../../model/index.js';
import type { Path } from '../text/tree.js';

/** Shared by the readers of one account. */
export interface Surroundings {
  readonly timing: Timing;
  readonly poolAllocationMode: 'BatchService' | 'UserSubscription';
  readonly prices: PriceSources;
  /** Faults of pools that do not say otherwise, and how fast files are transferred (bytes per ms). */
  readonly faults: PoolFaults;
  readonly bandwidth: number | null;
  /** The pools of the account by `idKey`, as far as they have been read. */
  readonly pools: ReadonlyMap<string, Pool>;
  /** Jobs that actions add tasks to, by `idKey`. */
  readonly fedJobs: ReadonlySet<string>;
  /** The pools of the account's jobs by the `idKey` of the job, as far as they have been read. */
  readonly poolsOfJobs: ReadonlyMap<string, Pool>;
  /**
   * Reads what a job manager does. It is handed in, since an operation may hold a job, whose manager may do operations.
   * @param lines what the schema `scriptLine` gave
   * @param pool on which the manager's job runs, if it is known
   */
  readonly readScript: (
    path: Path,
    lines: readonly unknown[],
    pool: Pool | null,
    around: Surroundings,
  ) => JobManager['actions'];
}
