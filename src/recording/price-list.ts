/** The prices that a run was charged at, and where each comes from (BILL-07): they stand on every report. */
import { NODE_KINDS, type NodeKind } from '../model/index.js';
import type { Charges } from './costs.js';
import { poolNameAt } from './naming.js';
import type { PoolRow, Recording } from './recording.js';

/** The price of one kind of node of a pool. */
export interface PriceSummary {
  readonly pool: string;
  readonly kind: NodeKind;
  readonly vmSize: string;
  readonly os: 'linux' | 'windows';
  /** USD per node-hour of the VM alone; null: none is known. */
  readonly perHour: number | null;
  /** USD per node-hour besides. */
  readonly extraPerHour: number;
  /** Table or file, with region and date where they are known; null: there is no price. */
  readonly source: string | null;
  /** The spot price is the dedicated one less the usual discount. */
  readonly assumed: boolean;
}

/** Prices of all kinds of nodes that a run had, in order of pools. */
export function priceList(recording: Recording, charges: Charges): PriceSummary[] {
  return charges.groups.flatMap(({ pool, kind, nodeCount }) => {
    if (nodeCount === 0) return [];
    const { vmSize, os, price } = recording.pools[pool] as PoolRow;
    const isSpot = NODE_KINDS[kind] === 'spot';
    return {
      pool: poolNameAt(recording, pool),
      kind: NODE_KINDS[kind] as NodeKind,
      vmSize: vmSize.name,
      os,
      perHour: isSpot ? price.spotPerHourUsd : price.dedicatedPerHourUsd,
      extraPerHour: price.extraPerHourUsd ?? 0,
      source: isSpot ? price.spotSource : price.dedicatedSource,
      assumed: isSpot && price.spotAssumed,
    };
  });
}
