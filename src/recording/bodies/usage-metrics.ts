/** BILL-08: core hours of pools in intervals of half an hour, on the hour and half past by the clock of the scenario. */
import { NODE_BILLING, NODE_STATES } from '../../model/index.js';
import { GONE } from '../phases.js';
import { EVENT_KINDS, type PoolRow, type Recording } from '../recording.js';
import { roundTo } from '../statistics.js';
import { instantOf, type Moment } from './moment.js';

/** The length is our choice (BILL-08), in ms. */
export const USAGE_INTERVAL_MS = 1_800_000;
const HOUR_MS = 3_600_000;
const NODE_STATE = EVENT_KINDS.indexOf('nodeState');

/** Batch's `PoolUsageMetrics`. Times in ISO 8601. */
export interface PoolUsageMetrics {
  readonly poolId: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly vmSize: string;
  /** Charged node time × cores of the size, in hours with 6 decimals. */
  readonly totalCoreHours: number;
}

/** Which intervals are wanted, in ms from the start of the scenario; those that lie wholly within. */
export interface UsageFilter {
  /** Default: the beginning of the last interval that is over. */
  readonly startMs?: number;
  /** Default: its end. */
  readonly endMs?: number;
}

/**
 * BILL-08: pools of an account by interval, in order of time and then of the pools; only what is over at the moment, and
 * only pools that had charged nodes then. Without a filter the last interval alone.
 */
export function poolUsageMetrics(moment: Moment, accountIndex: number, filter: UsageFilter = {}): PoolUsageMetrics[] {
  const { recording, atMs } = moment;
  const grid = new Grid(recording.run.epochMs);
  const last = grid.indexAt(Math.min(atMs, recording.run.endMs)) - 1;
  const from = filter.startMs === undefined ? last : grid.indexAt(filter.startMs + USAGE_INTERVAL_MS - 1);
  const to = filter.endMs === undefined ? last : Math.min(last, grid.indexAt(filter.endMs) - 1);
  const usage = chargedByInterval(recording, grid, from, to);
  return [...usage.keys()]
    .sort((a, b) => a - b)
    .flatMap((key) => {
      const pool = recording.pools[key % recording.pools.length] as PoolRow;
      const startMs = grid.startOf(from + Math.floor(key / recording.pools.length));
      if (pool.accountIndex !== accountIndex) return [];
      return {
        poolId: pool.id,
        startTime: instantOf(moment, startMs),
        endTime: instantOf(moment, startMs + USAGE_INTERVAL_MS),
        vmSize: pool.vmSize.name,
        totalCoreHours: roundTo(((usage.get(key) as number) * pool.vmSize.vcpus) / HOUR_MS, 6),
      };
    });
}

/** Half hours, counted from 1970. */
class Grid {
  readonly #epochMs: number;

  constructor(epochMs: number) {
    this.#epochMs = epochMs;
  }

  /** The interval that an instant of the scenario lies in. */
  indexAt(atMs: number): number {
    return Math.floor((this.#epochMs + atMs) / USAGE_INTERVAL_MS);
  }

  /** Its beginning, in ms from the start of the scenario. */
  startOf(index: number): number {
    return index * USAGE_INTERVAL_MS - this.#epochMs;
  }
}

/** Charged node time in ms, at `(interval - from) × pools + pool`, of the intervals from `from` up to `to`. */
function chargedByInterval(recording: Recording, grid: Grid, from: number, to: number): Map<number, number> {
  const sums = new Map<number, number>();
  const pools = recording.pools.length;
  const book = (node: number, fromMs: number, untilMs: number) => {
    const first = Math.max(from, grid.indexAt(fromMs));
    for (let index = first; index <= to && grid.startOf(index) < untilMs; index++) {
      const startMs = grid.startOf(index);
      const ms = Math.min(untilMs, startMs + USAGE_INTERVAL_MS) - Math.max(fromMs, startMs);
      const key = (index - from) * pools + (recording.nodes.pool[node] as number);
      if (ms > 0) sums.set(key, (sums.get(key) ?? 0) + ms);
    }
  };
  visitCharged(recording, grid.startOf(to + 1), book);
  return sums;
}

/** Every stretch in which a node was charged (BILL-02 to BILL-05), up to an instant. */
function visitCharged(
  recording: Recording,
  untilMs: number,
  visit: (node: number, fromMs: number, untilMs: number) => void,
): void {
  const log = recording.log!;
  const sinceMs = new Float64Array(recording.nodes.count).fill(-1);
  for (let row = 0; row < log.count && (log.atMs[row] as number) < untilMs; row++) {
    if (log.kind[row] !== NODE_STATE) continue;
    const node = log.subject[row] as number;
    const atMs = log.atMs[row] as number;
    const isCharged = isChargedIn((log.detail[row] as number) & 255);
    const from = sinceMs[node] as number;
    if (from >= 0 && !isCharged) visit(node, from, atMs);
    if (!isCharged) sinceMs[node] = -1;
    else if (from < 0) sinceMs[node] = atMs;
  }
  sinceMs.forEach((from, node) => {
    if (from >= 0) visit(node, from, untilMs);
  });
}

function isChargedIn(state: number): boolean {
  const name = NODE_STATES[state];
  return state !== GONE && name !== undefined && NODE_BILLING[name] !== 'free';
}
