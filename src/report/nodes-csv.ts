/** `nodes.csv`: every node and where its time and money went. */
import { NODE_KINDS, NODE_STATES } from '../model/index.js';
import {
  type Charges,
  chargedMs,
  costUsd,
  NODE_CAUSES,
  nodeIdAt,
  type PoolRow,
  poolNameAt,
  pricePerHourUsd,
  type Recording,
} from '../recording/index.js';
import { type CsvRow, decimal, seconds, usd } from './csv.js';

/** Rows by pool, then by ordinal. */
export function* nodeRows(recording: Recording, charges: Charges): Generator<CsvRow> {
  const { pool, ordinal, count } = recording.nodes;
  const rows = Int32Array.from({ length: count }, (_, node) => node);
  rows.sort((a, b) => (pool[a] as number) - (pool[b] as number) || (ordinal[a] as number) - (ordinal[b] as number));
  for (const node of rows) yield nodeRow(recording, charges, node);
}

function nodeRow(recording: Recording, charges: Charges, node: number): CsvRow {
  const { nodes } = recording;
  const poolIndex = nodes.pool[node] as number;
  const pool = recording.pools[poolIndex] as PoolRow;
  const kind = nodes.kind[node] as number;
  const totalMs = chargedMs(recording, node);
  const slotMs = totalMs * pool.taskSlotsPerNode;
  const isGone = (nodes.goneMs[node] as number) >= 0;
  return [
    nodeIdAt(recording, node),
    nodes.ordinal[node] as number,
    poolNameAt(recording, poolIndex),
    NODE_KINDS[kind] ?? '',
    pool.vmSize.name,
    pool.vmSize.vcpus,
    seconds(nodes.requestedMs[node] as number),
    seconds(nodes.createdMs[node] as number),
    seconds(nodes.readyMs[node] as number),
    seconds(nodes.goneMs[node] as number),
    isGone ? '' : (NODE_STATES[nodes.state[node] as number] ?? ''),
    isGone ? endReason(nodes.endReason[node] as number) : '',
    seconds(nodes.bootingMs[node] as number),
    seconds(nodes.idleMs[node] as number),
    seconds(nodes.runningMs[node] as number),
    seconds(nodes.failedMs[node] as number),
    seconds(charges.nodeLostMs[node] as number),
    nodes.tasksRun[node] as number,
    slotMs === 0 ? '' : decimal((nodes.slotMs[node] as number) / slotMs, 6),
    totalMs === 0 ? 0 : usd(costUsd(totalMs, pricePerHourUsd(pool.price, kind) ?? Number.NaN)),
    nodes.preemptions?.[node] ?? 0,
  ];
}

function endReason(cause: number): string {
  return cause === 0 ? '' : (NODE_CAUSES[cause] ?? '');
}
