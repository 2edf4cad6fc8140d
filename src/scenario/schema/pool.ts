/** A pool of a scenario: Batch's own body, and what a simulator needs beside it under `model`. */
import { z } from 'zod';
import { LATENCY_NAMES } from '../../model/index.js';
import { INERT_POOL } from './inert.js';
import { duration, flag, inert, moment, table, text, whole, word } from './leaves.js';
import { durations } from './quantity.js';

/** Nodes that a pool may want; Azure's largest pools have a few thousand. */
const MOST_NODES = 1_000_000;

const latencies = Object.fromEntries(LATENCY_NAMES.map((name) => [name, durations.optional()])) as Record<
  (typeof LATENCY_NAMES)[number],
  z.ZodOptional<typeof durations>
>;

/** `typical`, `none`, or a base and the latencies that differ (SIM-06). */
export const timing = z
  .union([
    word(['typical', 'none'], 'All latencies of the service as usual, or none at all.').transform((base) => ({ base })),
    table({ base: word(['typical', 'none'], 'What holds for latencies left out.').optional(), ...latencies }),
  ])
  .meta({
    id: 'timing',
    description: 'Latencies of the service: typical (default), none, or a table of those that differ.',
  });

const imageReference = table({
  publisher: text('Publisher of a marketplace image.').optional(),
  offer: text('Offer.').optional(),
  sku: text('SKU.').optional(),
  version: text('Version.').optional(),
  exactVersion: text('Read-only.').optional(),
  virtualMachineImageId: text('An image of a Compute Gallery, or a managed image.', { longest: 4096 }).optional(),
  sharedGalleryImageId: text('An image of a shared gallery.', { longest: 4096 }).optional(),
  communityGalleryImageId: text('An image of a community gallery.', { longest: 4096 }).optional(),
});

const virtualMachine = table({
  imageReference: imageReference.meta({
    description: 'Decides the operating system and how long nodes take to start.',
  }),
  nodeAgentSKUId: text('Node agent, such as batch.node.ubuntu 22.04.').optional(),
  nodeAgentSkuId: text('The same, as some clients spell it.').optional(),
  windowsConfiguration: inert(),
  dataDisks: inert(),
  licenseType: inert(),
  containerConfiguration: inert(),
  diskEncryptionConfiguration: inert(),
  nodePlacementConfiguration: inert(),
  extensions: inert(),
  osDisk: inert(),
  securityProfile: inert(),
  serviceArtifactReference: inert(),
});

const capacity = table({
  from: moment('The window opens.').optional(),
  for: duration('How long it stays open; without it to the end.').optional(),
  dedicatedNodes: whole('The most dedicated nodes that the pool can hold meanwhile.', { min: 0 }).optional(),
  lowPriorityNodes: whole('The most preemptible nodes that the pool can hold meanwhile.', { min: 0 }).optional(),
});

const model = table({
  ready: flag('The pool stands before the start: its target nodes are idle and charged from 0.').optional(),
  timing: timing.optional(),
  capacity: z.array(capacity).optional().meta({ description: 'How many nodes can be had, and when (ACC-09).' }),
  allocationFailure: flag('The first resize fails with AllocationFailed (RSZ-07).').optional(),
});

/** A pool. */
export const pool = table({
  id: text('1 to 64 letters, digits, hyphens and underscores.', { longest: 10_000 }),
  displayName: text('For people.', { longest: 1024, code: 'BS2114' }).optional(),
  vmSize: text('Size of the nodes as the Batch API spells it, such as Standard_D4s_v5.'),
  virtualMachineConfiguration: virtualMachine
    .optional()
    .meta({ description: 'Not needed: without it nodes run Linux from a marketplace image.' }),
  cloudServiceConfiguration: table({ osFamily: inert(), osVersion: inert() })
    .optional()
    .meta({ description: 'Retired by Azure in 2024; Windows.' }),
  deploymentConfiguration: table({ virtualMachineConfiguration: virtualMachine.optional() }).optional(),
  targetDedicatedNodes: whole('Dedicated nodes wanted.', {
    min: 0,
    max: MOST_NODES,
    code: 'BS2108',
    rule: 'POOL-06, InvalidPropertyValue',
  }).optional(),
  targetLowPriorityNodes: whole('Preemptible (low-priority, Spot) nodes wanted.', {
    min: 0,
    max: MOST_NODES,
    code: 'BS2108',
    rule: 'POOL-06, InvalidPropertyValue',
  }).optional(),
  resizeTimeout: duration('How long a resize may take: 5m to 168h, default 15m.').optional(),
  enableAutoScale: flag('Only false is modelled by this version.').optional(),
  taskSlotsPerNode: whole('Tasks that run side by side on a node, default 1.', {
    min: 1,
    code: 'BS2106',
    rule: 'POOL-07, InvalidPropertyValue',
  }).optional(),
  maxTasksPerNode: whole('Old name of taskSlotsPerNode.', {
    min: 1,
    code: 'BS2106',
    rule: 'POOL-07, InvalidPropertyValue',
  }).optional(),
  taskSchedulingPolicy: table({
    nodeFillType: word(
      ['spread', 'pack'],
      'Tasks go to the emptiest (spread, default) or fullest (pack) node.',
    ).optional(),
    jobDefaultOrder: word(['none', 'creationtime'], 'Order among jobs of equal priority.').optional(),
  }).optional(),
  enableInterNodeCommunication: flag('Limits the size of the pool.').optional(),
  model: model.optional().meta({ description: 'What only a simulation needs.' }),
  ...INERT_POOL,
});

/** What {@link pool} gives. */
export type GivenPool = z.infer<typeof pool>;
/** What {@link timing} gives. */
export type GivenTiming = z.infer<typeof timing>;
