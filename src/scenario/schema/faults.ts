/** What fate does to pools (NODE-22), under the `model` of a pool or, for all of them, of the scenario. */
import { z } from 'zod';
import { NODE_ERROR_CODES } from '../../model/index.js';
import { flag, real, table, text, whole, word } from './leaves.js';
import { durationQuantity, type LooseQuantity } from './quantity.js';
import { bandwidth, duration, rate, share } from './units.js';

/** Row 23: how often each spot node is taken, per ms, under a word. */
const PRESETS = { calm: 0.005, ordinary: 0.025, busy: 0.1, bad: 1.2 } as const;
/** Row 24: share of the spot nodes that one event takes, and the time within which it does, in ms. */
const CLUSTER = { share: 0.5, within: 180_000 } as const;
const HOUR_MS = 3_600_000;

const evictions = table({ file: text('CSV with the columns at_s (or at) and count.', { longest: 4096 }) });

const preemption = z
  .union([
    word(
      Object.keys(PRESETS) as (keyof typeof PRESETS)[],
      'How often each spot node is taken: calm 0.5, ordinary 2.5, busy 10, bad 120 % an hour.',
    ).transform((preset) => ({ rate: PRESETS[preset] / HOUR_MS, ...CLUSTER })),
    table({
      rate: rate('How often each spot node is taken, such as 3%/h.').optional(),
      share: share(
        'Share of the spot nodes that one event takes, default 50%; events come at rate / share.',
      ).optional(),
      within: duration('An event takes its nodes within this time, default 3m.').optional(),
      trace: z
        .union([text('A file of evictions.', { longest: 4096 }).transform((file) => ({ file })), evictions])
        .optional()
        .meta({
          description: 'A file with the instants, and how many nodes are taken at each: { file: evictions.csv }.',
        }),
    }).transform((given) => ({
      ...given,
      share: given.share ?? CLUSTER.share,
      within: given.within ?? CLUSTER.within,
    })),
  ])
  .meta({
    id: 'preemption',
    description: 'How spot nodes are taken away: { rate: 3%/h, share: 50% }, { trace: { file } }, or calm … bad.',
  });

const slow = z
  .union([
    flag('3 % of the nodes take four times as long to boot.').transform((on) =>
      on ? { share: 0.03, factor: 4 } : null,
    ),
    table({
      share: share('Share of the nodes.').optional(),
      factor: real('How many times longer they take.', 1).optional(),
    }).transform((given) => ({ share: given.share ?? 0.03, factor: given.factor ?? 4 })),
  ])
  .meta({ description: 'Nodes that boot slowly: true (3 %, four times as long), or { share, factor }.' });

/** NODE-22: how long until something happens to a node, drawn for each; or how often it does, which is exponential. */
const untilThen = z.union([
  table({ rate: rate('How often it happens to each node, such as 1%/d.') }).transform(
    ({ rate }): LooseQuantity | null =>
      rate === 0 ? null : { kind: 'exponential', mean: 1 / rate, min: null, max: null },
  ),
  durationQuantity,
]);

const unusable = z
  .union([
    untilThen.transform((after) => ({ after, error: undefined, recovers: undefined })),
    table({
      after: untilThen,
      error: word(NODE_ERROR_CODES, 'What is wrong with it then; default: nothing, contact is lost.').optional(),
      recovers: flag('Whether the service brings it back; default: if it has no error (NODE-14).').optional(),
    }),
  ])
  .meta({
    description:
      'How long a node is usable, from each time it becomes ready: a duration, a distribution, { rate: 1%/d }, or { after, error, recovers }.',
  });

const lostContact = z
  .union([
    untilThen.transform((after) => ({ after, for: undefined })),
    table({
      after: untilThen,
      for: durationQuantity
        .optional()
        .meta({ description: 'How long nobody hears of it; default: the latency recover.' }),
    }),
  ])
  .meta({
    description:
      'How long until contact with a node is lost for a while: a duration, a distribution, { rate: 1%/d }, or { after, for }.',
  });

/** Faults that may stand on a pool, or on the scenario for all pools. */
export const sharedFaults = {
  preemption: preemption.optional(),
  unusable: unusable.optional(),
  hostReboot: untilThen.optional().meta({
    description: 'How long until the host of a node reboots: a duration, a distribution, or { rate: 1%/d } (NODE-22).',
  }),
  lostContact: lostContact.optional(),
  unusableAtStart: share('Share of the nodes that become unusable when they boot, such as 0.2%.').optional(),
  slow: slow.optional(),
  bandwidth: bandwidth('How fast files are transferred, such as 100MB/s; default: each takes its latency.').optional(),
};

/** Faults of one pool. */
export const poolFaults = {
  ...sharedFaults,
  allocationFailure: flag('The first resize fails with AllocationFailed (RSZ-07).').optional(),
  packageFailure: z
    .union([flag('On every node.').transform(Number), share('Share of the nodes.')])
    .optional()
    .meta({ description: 'Share of the nodes on which the application packages fail to install (PKG-05).' }),
  mountFailure: flag('Mounting fails on every node: it becomes unusable (POOL-13).').optional(),
  portsBlocked: flag('The network blocks the ports of Batch: nodes become unusable (NET-01).').optional(),
  subnetAddresses: whole('Addresses that the subnet has left for nodes (NET-01); default: enough.', {
    min: 0,
  }).optional(),
};

const sharedTable = table(sharedFaults);
/** What {@link sharedFaults} gives. */
export type GivenSharedFaults = z.infer<typeof sharedTable>;
const poolTable = table(poolFaults);
/** What {@link poolFaults} gives. */
export type GivenPoolFaults = z.infer<typeof poolTable>;
