/** How a pool scaled under one formula, or under several that are compared: the data of `formula plot`. */
import type { PoolSeries, ScalingFigures, Series } from '../../recording/index.js';
import { highestOf } from '../../recording/index.js';

/** One run of the scenario. */
export interface ScalingRun {
  /** What the formula is called: the name of its file. */
  readonly label: string;
  /** Its text; null: the pool has a fixed size. */
  readonly formula: string | null;
  readonly series: PoolSeries;
  readonly figures: ScalingFigures;
  /** When evaluations failed, in ms from the start. */
  readonly missesMs: readonly number[];
  /** False when it was stopped from outside. */
  readonly complete: boolean;
}

/** Runs of one scenario that differ in the formula of one pool. */
export interface ScalingComparison {
  readonly scenario: string;
  readonly seed: string | number;
  readonly pool: string;
  /** At least one. */
  readonly runs: readonly ScalingRun[];
}

/** What all charts of a comparison share, so that they can be compared. */
export interface SharedAxes {
  /** End of the longest run, in ms; at least 1. */
  readonly toMs: number;
  /** Highest values of any run. */
  readonly nodes: number;
  readonly queue: number;
  /** USD. */
  readonly cost: number;
}

/** The axes that hold every run. */
export function sharedAxes({ runs }: ScalingComparison): SharedAxes {
  const highest = (seriesOf: (series: PoolSeries) => readonly (Series | null)[]) =>
    Math.max(0, ...runs.flatMap((run) => seriesOf(run.series).map((one) => (one === null ? 0 : highestOf(one)))));
  return {
    toMs: Math.max(1, ...runs.map((run) => run.series.endMs)),
    nodes: highest(({ nodes, target }) => [nodes, target]),
    queue: highest(({ queue }) => [queue]),
    cost: highest(({ cost }) => [cost]),
  };
}
