/** What a reader of the figures must know before trusting them. */
import { NODE_KINDS } from '../model/index.js';
import type { Charges } from './costs.js';
import { poolNameAt } from './naming.js';
import type { PoolRow, Recording } from './recording.js';
import { groupMs } from './spending.js';

/** One caveat. `code` is stable, `message` a sentence. */
export interface RunWarning {
  readonly code: 'priceMissing' | 'priceAssumed' | 'stopped' | 'refused';
  readonly message: string;
}

/** Caveats of one run, in order of pools. */
export function runWarnings(recording: Recording, charges: Charges): RunWarning[] {
  const warnings: RunWarning[] = [];
  if (recording.run.failure !== undefined) {
    // ERR-19, onActionError: fail
    const message = `A refused operation stopped the run at ${recording.run.endMs / 1000} s: ${recording.run.failure}`;
    warnings.push({ code: 'refused', message });
  } else if (!recording.run.complete) {
    const message = `The run was stopped at ${recording.run.endMs / 1000} s; figures count what had happened by then.`;
    warnings.push({ code: 'stopped', message });
  }
  for (const group of charges.groups) {
    if (groupMs(group) === 0) continue;
    const pool = recording.pools[group.pool] as PoolRow;
    const nodes = `${NODE_KINDS[group.kind]} nodes of pool ${poolNameAt(recording, group.pool)} (${pool.vmSize.name})`;
    if (group.pricePerHourUsd === null) {
      const message = `No price is known for the ${nodes}, so their cost and every total with it is null.`;
      warnings.push({ code: 'priceMissing', message });
    } else if (NODE_KINDS[group.kind] === 'spot' && pool.price.spotAssumed) {
      const message = `The price of the ${nodes} is assumed: the list price less the usual discount.`;
      warnings.push({ code: 'priceAssumed', message });
    }
  }
  return warnings;
}
