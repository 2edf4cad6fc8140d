/**
 * Who pays for what (BILL-01 to BILL-07). Nodes are charged by their kind's price for as long as they exist, in four
 * parts that sum to the whole; a job is charged for the share of a node's slots that its attempts held, and what no
 * attempt held is nobody's. An unknown price makes null, never 0.
 */
import { NODE_KINDS, type NodePrice } from '../model/index.js';
import { type AttemptIndex, type Hold, visitHolds } from './attempts.js';
import type { PoolRow, Recording } from './recording.js';

const HOUR_MS = 3_600_000;

/** Nodes of one pool and kind: row `2 × pool + kind` of every table here. */
export interface ChargeGroup {
  readonly pool: number;
  /** Index in `NODE_KINDS`. */
  readonly kind: number;
  readonly nodeCount: number;
  /** Charged node time in ms: BILL-06's four parts, and `lost`, which is a part of `running`. */
  readonly bootingMs: number;
  readonly idleMs: number;
  readonly runningMs: number;
  readonly failedMs: number;
  readonly lostMs: number;
  /** USD per node-hour, extras included; null: unknown. */
  readonly pricePerHourUsd: number | null;
  /** The part of it that is not the VM's. */
  readonly extraPerHourUsd: number;
}

/** Charges of one run. */
export interface Charges {
  readonly groups: readonly ChargeGroup[];
  /** USD by job row: what its attempts' shares cost; NaN where an attempt ran at an unknown price. */
  readonly jobUsd: Float64Array;
  /** USD of the same that was lost. */
  readonly jobLostUsd: Float64Array;
  /** Lost node time by node row, in ms. */
  readonly nodeLostMs: Float64Array;
}

/** The row of {@link Charges} groups to which a node belongs. */
export function groupOf(recording: Recording, node: number): number {
  return (recording.nodes.pool[node] as number) * NODE_KINDS.length + (recording.nodes.kind[node] as number);
}

/** BILL-07: USD per hour of a node of this kind, its VM and what it costs besides; null where no price is known. */
export function pricePerHourUsd(price: NodePrice, kind: number): number | null {
  const vmUsd = NODE_KINDS[kind] === 'spot' ? price.spotPerHourUsd : price.dedicatedPerHourUsd;
  return vmUsd === null ? null : vmUsd + (price.extraPerHourUsd ?? 0);
}

/** Milliseconds of a node at a price per hour, in USD. */
export function costUsd(nodeMs: number, perHourUsd: number): number {
  return (nodeMs / HOUR_MS) * perHourUsd;
}

/** Charged time of one node so far, in ms. */
export function chargedMs(recording: Recording, node: number): number {
  const { bootingMs, idleMs, runningMs, failedMs } = recording.nodes;
  return (
    (bootingMs[node] as number) + (idleMs[node] as number) + (runningMs[node] as number) + (failedMs[node] as number)
  );
}

/** The part of its node's time that an attempt is charged: the share of slots that it holds (BILL-06). */
export function slotShare(recording: Recording, { node, slots }: Pick<Hold, 'node' | 'slots'>): number {
  const pool = recording.pools[recording.nodes.pool[node] as number] as PoolRow;
  return slots / pool.taskSlotsPerNode;
}

/** Adds everything up. */
export function chargesOf(recording: Recording, index: AttemptIndex | null): Charges {
  const prices = groupPrices(recording);
  const jobUsd = new Float64Array(recording.jobs.length);
  const jobLostUsd = new Float64Array(recording.jobs.length);
  const nodeLostMs = new Float64Array(recording.nodes.count);
  visitHolds(recording, index, (hold) => {
    const { task, node, lost } = hold;
    const shareMs = (hold.toMs - hold.fromMs) * slotShare(recording, hold);
    if (lost) nodeLostMs[node]! += shareMs;
    if (shareMs === 0) return;
    const usd = costUsd(shareMs, prices[groupOf(recording, node)] ?? Number.NaN);
    const job = recording.tasks.job[task] as number;
    jobUsd[job]! += usd;
    if (lost) jobLostUsd[job]! += usd;
  });
  return { groups: sumGroups(recording, prices, nodeLostMs), jobUsd, jobLostUsd, nodeLostMs };
}

/** USD by task row: the share of its nodes' time that all its attempts held; NaN where a price is missing. */
export function taskCosts(recording: Recording, index: AttemptIndex | null): Float64Array {
  const prices = groupPrices(recording);
  const usd = new Float64Array(recording.tasks.count);
  visitHolds(recording, index, (hold) => {
    const shareMs = (hold.toMs - hold.fromMs) * slotShare(recording, hold);
    if (shareMs > 0) usd[hold.task]! += costUsd(shareMs, prices[groupOf(recording, hold.node)] ?? Number.NaN);
  });
  return usd;
}

function groupPrices(recording: Recording): (number | null)[] {
  return recording.pools.flatMap((pool) => NODE_KINDS.map((_, kind) => pricePerHourUsd(pool.price, kind)));
}

function sumGroups(recording: Recording, prices: readonly (number | null)[], nodeLostMs: Float64Array): ChargeGroup[] {
  const { nodes } = recording;
  const groups = prices.map((price, row) => ({
    pool: Math.floor(row / NODE_KINDS.length),
    kind: row % NODE_KINDS.length,
    nodeCount: 0,
    bootingMs: 0,
    idleMs: 0,
    runningMs: 0,
    failedMs: 0,
    lostMs: 0,
    pricePerHourUsd: price,
    extraPerHourUsd: recording.pools[Math.floor(row / NODE_KINDS.length)]?.price.extraPerHourUsd ?? 0,
  }));
  for (let node = 0; node < nodes.count; node++) {
    const group = groups[groupOf(recording, node)]!;
    group.nodeCount += 1;
    group.bootingMs += nodes.bootingMs[node] as number;
    group.idleMs += nodes.idleMs[node] as number;
    group.runningMs += nodes.runningMs[node] as number;
    group.failedMs += nodes.failedMs[node] as number;
    group.lostMs += nodeLostMs[node] as number;
  }
  return groups;
}
