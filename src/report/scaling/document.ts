/** A comparison for programs. */
import { reduceSteps, reduceStraight, type Series } from '../../recording/index.js';
import type { ScalingComparison, ScalingRun } from './comparison.js';

/** Keys are only added while this stays the same. */
export const SCALING_SCHEMA_VERSION = 1;

/** Series with more changes than this show each of so many equal stretches of time by its lowest, highest and last value. */
export const MOST_STRETCHES = 2000;

/** The document: times in seconds from the start, series as `[second, value]`, of which `cost` grows evenly between its points. */
export function scalingDocument({ scenario, seed, pool, runs }: ScalingComparison): object {
  return { schemaVersion: SCALING_SCHEMA_VERSION, scenario, seed, pool, runs: runs.map(runDocument) };
}

function runDocument({ label, formula, series, figures, missesMs, complete }: ScalingRun): object {
  const endMs = Math.max(series.endMs, 1);
  const steps = (one: Series) => pairs(one.count <= MOST_STRETCHES ? one : reduceSteps(one, 0, endMs, MOST_STRETCHES));
  const { cost, parts } = series;
  return {
    label,
    formula,
    complete,
    run_end_s: series.endMs / 1000,
    cost: figures.costUsd,
    wait_p95_s: figures.p95WaitMs === null ? null : figures.p95WaitMs / 1000,
    peak_nodes: figures.peakNodes,
    changes_per_hour: figures.changesPerHour,
    end_s: figures.endMs / 1000,
    unended_tasks: figures.unended,
    failed_evaluations_s: missesMs.map((atMs) => atMs / 1000),
    series: {
      target: steps(series.target),
      nodes: steps(series.nodes),
      ...Object.fromEntries(Object.entries(parts).map(([part, one]) => [part, steps(one)])),
      tasks_waiting: steps(series.queue),
      tasks_running: steps(series.running),
      cost: cost === null ? null : pairs(reduceStraight(cost, 0, endMs, MOST_STRETCHES)),
    },
  };
}

function pairs({ count, atMs, value }: Series): (readonly [number, number])[] {
  return Array.from({ length: count }, (_, row) => [(atMs[row] as number) / 1000, value[row] as number]);
}
