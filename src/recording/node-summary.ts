/** How many nodes a run had. */
import { NODE_KINDS } from '../model/index.js';
import { type Charges, costUsd } from './costs.js';
import type { Recording } from './recording.js';
import { groupMs } from './spending.js';
import { roundTo } from './statistics.js';

/** Nodes over the whole run. */
export interface NodeSummary {
  /** How many ever existed. */
  readonly total: number;
  /** Most at one time, by kind and together; nodes that leave at an instant are gone before others come. */
  readonly peak: { readonly total: number; readonly dedicated: number; readonly spot: number };
  /** Charged node-hours, 6 decimals. */
  readonly hours: number;
  /** How often VMs of spot nodes were taken away (NODE-11). */
  readonly preemptions: number;
}

/** Counts nodes. */
export function nodeSummary(recording: Recording, charges: Charges): NodeSummary {
  const hours = charges.groups.reduce((sum, group) => sum + costUsd(groupMs(group), 1), 0);
  const peakOf = (kind: number | null) => peakNodes(recording, kind);
  return {
    total: recording.nodes.count,
    peak: {
      total: peakOf(null),
      dedicated: peakOf(NODE_KINDS.indexOf('dedicated')),
      spot: peakOf(NODE_KINDS.indexOf('spot')),
    },
    hours: roundTo(hours, 6),
    preemptions: recording.nodes.preemptions?.subarray(0, recording.nodes.count).reduce((a, b) => a + b, 0) ?? 0,
  };
}

function peakNodes(recording: Recording, kind: number | null): number {
  const { nodes } = recording;
  const created: number[] = [];
  const gone: number[] = [];
  for (let node = 0; node < nodes.count; node++) {
    if (kind !== null && nodes.kind[node] !== kind) continue;
    if ((nodes.createdMs[node] as number) < 0) continue;
    created.push(nodes.createdMs[node] as number);
    if ((nodes.goneMs[node] as number) >= 0) gone.push(nodes.goneMs[node] as number);
  }
  created.sort((a, b) => a - b);
  gone.sort((a, b) => a - b);
  let peak = 0;
  let left = 0;
  for (let came = 0; came < created.length; came++) {
    while (left < gone.length && (gone[left] as number) <= (created[came] as number)) left += 1;
    peak = Math.max(peak, came + 1 - left);
  }
  return peak;
}
