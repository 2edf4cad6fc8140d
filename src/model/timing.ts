/**
 * Latencies of the service (SIM-06). `none` makes every one 0 and is the reference mode for exact tests; `typical`
 * follows `timing-defaults.md`, whose row numbers stand in the comments. LN(median, s) is log-normal.
 */
import { ln } from '../base/index.js';
import { constant, type Quantity, type QuantityPerOccurrence, UNCLAMPED } from './quantity.js';

/** The names of SIM-06, each a time in milliseconds between two moments of a node, a task or a transfer. */
export const LATENCY_NAMES = [
  'alloc',
  'create',
  'start',
  'reboot',
  'reimage',
  'leave',
  'replace',
  'recover',
  'dispatch',
  'kill',
  'download',
  'upload',
  'install',
] as const;
export type LatencyName = (typeof LATENCY_NAMES)[number];

/** A base profile and the latencies that a scenario sets otherwise; a list has one quantity per occurrence. */
export interface Timing {
  readonly base: 'typical' | 'none';
  readonly overrides: Partial<Readonly<Record<LatencyName, QuantityPerOccurrence>>>;
}

/** Every latency 0. */
export const TIMING_NONE: Timing = { base: 'none', overrides: {} };

/** The default. */
export const TIMING_TYPICAL: Timing = { base: 'typical', overrides: {} };

/** Where a node's operating system image comes from; slower images boot more slowly (rows 5, 6). */
export type ImageKind = 'marketplace' | 'gallery' | 'managed';

function logNormal(medianMs: number, sigma: number): Quantity {
  return { kind: 'lognormal', mu: ln(medianMs), sigma, ...UNCLAMPED };
}

/** Row 1: resize accepted → the first nodes begin to be created; one draw per resize. */
export const TYPICAL_ALLOC_PER_RESIZE = logNormal(285_000, 0.3);
/** Row 1: besides, each node's own part. */
export const TYPICAL_ALLOC_PER_NODE: Quantity = { kind: 'uniform', low: 0, high: 30_000, ...UNCLAMPED };
/** Row 9: a pool receives at most this many nodes a minute in one resize. */
export const TYPICAL_NODES_PER_MINUTE = 70;
/** Row 2: created → start task on Linux; `create` and `start` are its two halves. */
export const TYPICAL_BOOT_LINUX = logNormal(75_000, 0.35);
/** Row 3: the same on Windows. */
export const TYPICAL_BOOT_WINDOWS = logNormal(300_000, 0.35);
/** Row 6: rows 2 and 3 take this many times longer from a managed image. */
export const MANAGED_IMAGE_FACTOR = 1.4;
/** Row 7: a container image that is not on the node yet comes with so many bytes a millisecond … */
export const TYPICAL_PULL_BYTES_PER_MS = 100_000;
/** … and takes at least so long, in ms. */
export const TYPICAL_LEAST_PULL_MS = 20_000;
/** Row 6: and a pool takes this many times longer to be steady. */
export const MANAGED_ALLOC_FACTOR = 1.33;
/** Row 12: command → VM gone. */
export const TYPICAL_LEAVE = constant(60_000);
/** Row 13: slot free and task active → process running. */
export const TYPICAL_DISPATCH = logNormal(3_000, 0.32);
/** Row 14: extra for a container task. */
export const TYPICAL_CONTAINER_DISPATCH_MS = 4_500;
/** Row 15: extra for a task-scoped user on Windows. */
export const TYPICAL_TASK_USER_DISPATCH_MS = 5_000;
/** Row 26: how long an evicted node waits for capacity. */
export const TYPICAL_CAPACITY_WAIT = logNormal(900_000, 0.8);
/** Row 29: how long the service takes to reboot an unusable node. */
export const TYPICAL_RECOVERY: Quantity = { kind: 'uniform', low: 900_000, high: 2_700_000, ...UNCLAMPED };
/** Row 31: a reimage takes this much longer than a reboot. */
export const TYPICAL_REIMAGE_EXTRA_MS = 120_000;
