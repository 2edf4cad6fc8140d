/** How far an upgrade of the operating system has come. */

/** POOL-21: an upgrade of a pool that goes batch by batch. */
export interface UpgradeState {
  /** Nodes, by row, that have the old version, in the order of their upgrade. */
  waiting: number[];
  /** Those of the batch at hand that are not back. */
  readonly batch: Set<number>;
  /** Those of the batches before, and of this one that are back. */
  readonly done: number[];
  /** The most nodes of a batch. */
  readonly size: number;
  /** The nodes of the batch are being taken down. */
  isBeginning: boolean;
  /** When the pause is over, in ms; -1: there was none. */
  resumesMs: number;
}
