/** Core-hours, utilization and money of a run, rounded so that every split sums to its whole (BILL-06). */
import { NODE_KINDS } from '../model/index.js';
import { type ChargeGroup, type Charges, costUsd } from './costs.js';
import { jobNameAt, poolNameAt } from './naming.js';
import type { PoolRow, Recording } from './recording.js';
import { roundParts, roundTo } from './statistics.js';

/** BILL-06: core-hours are printed with so many decimals. */
export const CORE_HOUR_DECIMALS = 6;
/** USD are printed with so many decimals, so that a split of a small run still adds up. */
export const USD_DECIMALS = 9;
/** The row of costs that no job's attempt held: booting, idle and free slots of running nodes. */
export const NO_JOB = '(none)';

/** Charged node time × cores / 3600 s. running + idle + booting + failed = total; lost is a part of running. */
export interface CoreHours {
  readonly total: number;
  readonly running: number;
  readonly idle: number;
  readonly booting: number;
  readonly failed: number;
  readonly lost: number;
}

/** USD; parts as in {@link CoreHours}. null where a node without a known price was charged (BILL-07). */
export interface CostSummary {
  readonly currency: 'USD';
  readonly total: number | null;
  readonly running: number | null;
  readonly idle: number | null;
  readonly booting: number | null;
  readonly failed: number | null;
  readonly lost: number | null;
  /** The part of `total` that is not the price of VMs (`prices.extraPerNodeHour`). */
  readonly extras: number | null;
  /** Each of these sums to `total`; with several accounts ids are written `account/id`. */
  readonly byPool: Readonly<Record<string, number | null>>;
  readonly byVmSize: Readonly<Record<string, number | null>>;
  readonly byKind: Readonly<Record<string, number | null>>;
  /** By the share of slots that a job's attempts held; the rest stands under {@link NO_JOB}. */
  readonly byJob: Readonly<Record<string, number | null>>;
  /** Total divided by the tasks that succeeded. */
  readonly perTask: number | null;
}

/** Node time of the four parts, in the order in which they are printed. */
export const CHARGE_PARTS = ['running', 'idle', 'booting', 'failed'] as const;

/** Time of a group's nodes in one part, in ms. */
export function partMs(group: ChargeGroup, part: (typeof CHARGE_PARTS)[number] | 'lost'): number {
  return group[`${part}Ms`];
}

/** Sums over every pool and kind. */
export function coreHours(recording: Recording, charges: Charges): CoreHours {
  const hours = (part: (typeof CHARGE_PARTS)[number] | 'lost') =>
    sum(charges.groups, (group) => (partMs(group, part) / 3_600_000) * poolOf(recording, group).vmSize.vcpus);
  const parts = CHARGE_PARTS.map(hours);
  const total = roundTo(
    parts.reduce((a, b) => a + b, 0),
    CORE_HOUR_DECIMALS,
  );
  const [running, idle, booting, failed] = roundParts(parts, total, CORE_HOUR_DECIMALS) as [
    number,
    number,
    number,
    number,
  ];
  return { total, running, idle, booting, failed, lost: roundTo(hours('lost'), CORE_HOUR_DECIMALS) };
}

/** Slot time of running tasks over charged slot time, 6 decimals. */
export function utilization(recording: Recording, charges: Charges): number | null {
  let busyMs = 0;
  for (let node = 0; node < recording.nodes.count; node++) busyMs += recording.nodes.slotMs[node] as number;
  const slotMs = sum(charges.groups, (group) => groupMs(group) * poolOf(recording, group).taskSlotsPerNode);
  return slotMs === 0 ? null : roundTo(busyMs / slotMs, 6);
}

/** Money of the whole run and its splits. */
export function costSummary(recording: Recording, charges: Charges, succeeded: number): CostSummary {
  const exact = sum(charges.groups, groupUsd);
  const total = known(exact);
  const parts = CHARGE_PARTS.map((part) => sum(charges.groups, (group) => partUsd(group, part)));
  const [running, idle, booting, failed] = splitUsd(parts, total);
  return {
    currency: 'USD',
    total,
    running: running ?? null,
    idle: idle ?? null,
    booting: booting ?? null,
    failed: failed ?? null,
    lost: known(sum(charges.groups, (group) => partUsd(group, 'lost'))),
    extras:
      total === null ? null : known(sum(charges.groups, (group) => costUsd(groupMs(group), group.extraPerHourUsd))),
    byPool: byPool(recording, charges, total),
    byVmSize: byKey(charges, total, [], (group) => poolOf(recording, group).vmSize.name),
    byKind: byKey(charges, total, NODE_KINDS, (group) => NODE_KINDS[group.kind] as string),
    byJob: byJob(recording, charges, exact, total),
    perTask: total === null || succeeded === 0 ? null : roundTo(total / succeeded, USD_DECIMALS),
  };
}

/** USD of one part; NaN if the price is unknown and there is time to charge. */
export function partUsd(group: ChargeGroup, part: (typeof CHARGE_PARTS)[number] | 'lost'): number {
  const ms = partMs(group, part);
  return ms === 0 ? 0 : costUsd(ms, group.pricePerHourUsd ?? Number.NaN);
}

function groupUsd(group: ChargeGroup): number {
  return CHARGE_PARTS.reduce((total, part) => total + partUsd(group, part), 0);
}

/** Charged node time of a group in ms. */
export function groupMs(group: ChargeGroup): number {
  return group.runningMs + group.idleMs + group.bootingMs + group.failedMs;
}

function byKey(
  charges: Charges,
  total: number | null,
  keys: readonly string[],
  keyOf: (group: ChargeGroup) => string,
): Record<string, number | null> {
  const sums = new Map<string, number>(keys.map((key) => [key, 0]));
  for (const group of charges.groups) {
    const key = keyOf(group);
    sums.set(key, (sums.get(key) ?? 0) + groupUsd(group));
  }
  return record([...sums.keys()], splitUsd([...sums.values()], total));
}

/** Every pool that was ever added, also one that cost nothing. */
function byPool(recording: Recording, charges: Charges, total: number | null): Record<string, number | null> {
  const groups = charges.groups.filter((group) => poolOf(recording, group).state !== 'absent');
  return byKey({ ...charges, groups }, total, [], (group) => poolNameAt(recording, group.pool));
}

function byJob(
  recording: Recording,
  charges: Charges,
  exact: number,
  total: number | null,
): Record<string, number | null> {
  // What was never added cost nothing.
  const added = [...recording.jobs.keys()].filter((job) => recording.jobs[job]!.state !== 'absent');
  const jobs = added.map((job) => charges.jobUsd[job] as number);
  // NaN stays NaN; a rounding error must not make the rest negative.
  const rest = exact - jobs.reduce((a, b) => a + b, 0);
  const names = added.map((job) => jobNameAt(recording, job));
  return record([...names, NO_JOB], splitUsd([...jobs, Math.max(rest, 0)], total));
}

/** Rounded parts of a known total; without one, each part that is known for itself. */
function splitUsd(parts: readonly number[], total: number | null): (number | null)[] {
  return total === null ? parts.map(known) : roundParts(parts, total, USD_DECIMALS);
}

function known(usd: number): number | null {
  return Number.isNaN(usd) ? null : roundTo(usd, USD_DECIMALS);
}

function record(keys: readonly string[], values: readonly (number | null)[]): Record<string, number | null> {
  return Object.fromEntries(keys.map((key, i) => [key, values[i] ?? null]));
}

function poolOf(recording: Recording, group: ChargeGroup): PoolRow {
  return recording.pools[group.pool] as PoolRow;
}

function sum(groups: readonly ChargeGroup[], value: (group: ChargeGroup) => number): number {
  return groups.reduce((total, group) => total + value(group), 0);
}
