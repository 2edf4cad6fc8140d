/** How far a job's preparation and release have come on its nodes. */

/** What a job's preparation and release tasks are on one node; it goes when the node loses its disk (PREP-02, PREP-11). */
export interface PreparationState {
  readonly node: number;
  /** Its latest run in `nodeTasks`. */
  row: number;
  /** `void`: it has to run again before the next task of the job (PREP-09). */
  state: 'running' | 'succeeded' | 'failed' | 'void';
  /** Attempts of its runs before the latest. */
  attemptsBefore: number;
  /** Tasks that wait for it. */
  readonly waiting: Set<number>;
  /** PREP-11: it has completed here, if only before a reboot. */
  hasCompleted: boolean;
  /** PREP-11: a task of the job has run here since. */
  hasRun: boolean;
  /** The job's release task here; `interrupted`: it runs again when the node is back (PREP-14). */
  release: 'none' | 'running' | 'interrupted' | 'over';
  /** Its latest run in `nodeTasks`; -1: none. */
  releaseRow: number;
  /** How often it was begun. */
  releaseRuns: number;
}
