/** What tasks are read with: as much of their job as is known where they stand. */
import type { Job, Pool, Timing } from '../../model/index.js';
import type { Path } from '../text/tree.js';

/** The job of the tasks, as far as it is known where they stand. */
export interface TaskOwner {
  /** Where the job stands; null: elsewhere, so that the service judges what depends on it. */
  readonly path: Path | null;
  readonly usesTaskDependencies: boolean;
  readonly onTaskFailure: Job['onTaskFailure'];
  readonly pool: Pool | null;
  /** Latencies, where the pool is not known. */
  readonly timing: Timing;
  /** When the job comes, in ms; null: more than once. */
  readonly createdMs: number | null;
}
