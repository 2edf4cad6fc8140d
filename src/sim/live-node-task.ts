/** A start, preparation or release task that runs on a node. */
import type { CommandModel } from '../model/index.js';
import type { NodeTaskRow } from '../recording/index.js';

/** What is to be run, and where. */
export interface NodeTaskSpec {
  readonly kind: NodeTaskRow['kind'];
  readonly node: number;
  /** -1 for a start task. */
  readonly job: number;
  readonly command: CommandModel;
  /** -1: no limit. */
  readonly maxTaskRetryCount: number;
  /** null: no limit. */
  readonly maxWallClockTimeMs: number | null;
  /** How often the task ran before on this node: attempts of one run after the other share lists (SIM-08). */
  readonly attemptsBefore: number;
}

/** A run that goes on. */
export interface LiveNodeTask {
  readonly spec: NodeTaskSpec;
  /** Attempts begun in this run. */
  attempts: number;
  /** The event that ends the attempt at hand. */
  endMs: number;
  endCode: number;
}
