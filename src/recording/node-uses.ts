/** What all charged node time of a run was used for, in time and money. */
import { costUsd, pricePerHourUsd } from './costs.js';
import { Ledger } from './ledger.js';
import type { PoolRow, Recording } from './recording.js';
import { CHARGE_PARTS, type CostSummary, USD_DECIMALS } from './spending.js';
import { roundParts, roundTo } from './statistics.js';
import { NODE_USES, type NodeUseName } from './uses.js';

/** One use over the whole run. */
export interface UseSummary {
  /** Charged node time in seconds, shares of slots added up. */
  readonly node_s: number;
  /** USD; null where a node without a known price was charged. */
  readonly usd: number | null;
}

/** Uses by name. In money those of each of BILL-06's parts sum to that part of `cost`. */
export type UsesSummary = Readonly<Record<NodeUseName, UseSummary>>;

/** null: there is no log to tell. */
export function nodeUses(recording: Recording, cost: CostSummary): UsesSummary | null {
  if (recording.log === null) return null;
  const nodeMs = NODE_USES.map(() => 0);
  const usd = NODE_USES.map(() => 0);
  for (const { pool, kind, slotMs } of new Ledger(recording).upTo(recording.run.endMs)) {
    const { taskSlotsPerNode, price } = recording.pools[pool] as PoolRow;
    const perHour = pricePerHourUsd(price, kind) ?? Number.NaN;
    for (const [use, ms] of slotMs.entries()) {
      if (ms === 0) continue;
      nodeMs[use]! += ms / taskSlotsPerNode;
      usd[use]! += costUsd(ms / taskSlotsPerNode, perHour);
    }
  }
  const rounded = roundUsd(usd, cost);
  const entries = NODE_USES.map(({ name }, use) => {
    return [name, { node_s: roundTo((nodeMs[use] as number) / 1000, 3), usd: rounded[use] ?? null }] as const;
  });
  return Object.fromEntries(entries) as Record<NodeUseName, UseSummary>;
}

/** Rounded so that each part keeps its sum; NaN becomes null. */
function roundUsd(usd: readonly number[], cost: CostSummary): (number | null)[] {
  const rounded: (number | null)[] = usd.map((value) => (Number.isNaN(value) ? null : roundTo(value, USD_DECIMALS)));
  for (const part of CHARGE_PARTS) {
    const total = cost[part];
    const places = NODE_USES.flatMap((use, i) => (use.part === part ? [i] : []));
    if (total === null || places.some((place) => rounded[place] === null)) continue;
    const split = roundParts(
      places.map((place) => usd[place] as number),
      total,
      USD_DECIMALS,
    );
    for (const [i, place] of places.entries()) rounded[place] = split[i] ?? null;
  }
  return rounded;
}
