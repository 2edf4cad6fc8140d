/** What a resize is while it goes on: what it has reserved, and who is to leave. */
import type { ResizeRow } from '../../recording/index.js';

/** Nodes of one kind that a resize has reserved. */
export interface DueNodes {
  /** When each is due, ascending. */
  dueMs: Float64Array;
  /** How many of them have appeared. */
  obtained: number;
}

/** The resize that goes on in a pool. */
export interface ResizeState {
  /** Row in the recording. */
  readonly row: number;
  readonly cause: ResizeRow['cause'];
  readonly startMs: number;
  /** Dedicated nodes, spot nodes. */
  readonly due: readonly [DueNodes, DueNodes];
  /** Nodes chosen to leave that have not gone yet (RSZ-14). */
  readonly leaving: Set<number>;
  /** All that it wants is on its way; before that it cannot end. */
  hasBegun: boolean;
  /** For when the next node is awaited; -1: none is. */
  awaitedMs: number;
  /** When `resizeTimeout` is due; null when it cannot matter. */
  timeoutMs: number | null;
}
