/** A pool of a scenario: Batch's own body, and what a simulator needs beside it under `model`. */
import { z } from 'zod';
import { LATENCY_NAMES, MOUNT_KINDS } from '../../model/index.js';
import { commandModel } from './command.js';
import { commandBody, nameValues, packageReferences, retries } from './common.js';
import { poolFaults } from './faults.js';
import { INERT_CERTIFICATE, INERT_NETWORK, INERT_POOL } from './inert.js';
import { count, displayName, flag, inert, LONGEST_TEXT, table, text, whole, word } from './leaves.js';
import { upgradePolicy, virtualMachine } from './pool-image.js';
import { durations } from './quantity.js';
import { duration, moment } from './units.js';

/** Nodes that a pool may want; Azure's largest pools have a few thousand. */
export const MOST_NODES = 1_000_000;

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

/** POOL-13: each entry has one of the kinds; what it mounts has no effect. */
const mounts = z
  .array(
    table(
      Object.fromEntries(MOUNT_KINDS.map((kind) => [kind, inert()])) as Record<
        (typeof MOUNT_KINDS)[number],
        ReturnType<typeof inert>
      >,
    ),
  )
  .optional()
  .meta({ description: 'File systems mounted on every node, at most ten; no effect (POOL-13).' });

/** POOL-12. */
const userAccounts = z
  .array(
    table({
      name: text('At most 20 characters.'),
      password: inert(),
      elevationLevel: text('nonadmin (default) or admin.').optional(),
      linuxUserConfiguration: inert(),
      windowsUserConfiguration: inert(),
    }),
  )
  .optional()
  .meta({ description: 'Users made on every node; no effect (POOL-12).' });

const capacityWindow = {
  from: moment('The window opens.').optional(),
  for: duration('How long it stays open; without it to the end.').optional(),
  dedicatedNodes: whole('The most dedicated nodes that can be had meanwhile.', { min: 0 }).optional(),
  lowPriorityNodes: whole('The most preemptible nodes that can be had meanwhile.', { min: 0 }).optional(),
};
const capacity = table(capacityWindow);

/** ACC-09: the same for all pools of a size in a region. */
export const regionCapacity = table({
  vmSize: text('The VM size.'),
  location: text('The region, as accounts name it; default: every region, each by itself.').optional(),
  ...capacityWindow,
});

/** A formula: its text, or the file that holds it. */
export const formula = z
  .union([
    text('The text of the formula.', { longest: 1_000_000 }).transform((source) => ({ source })),
    table({ file: text('A file with the formula.', { longest: 4096 }) }),
  ])
  .meta({
    id: 'formula',
    description: 'An autoscale formula of at most 8,192 characters, or { file: ./name.autoscale }.',
  });

/** How often a formula is evaluated. */
export const evaluationInterval = duration('How often the formula is evaluated: 5m to 168h, default 15m (ASC-01).');

const startTask = table({
  ...commandBody,
  maxTaskRetryCount: retries().optional(),
  waitForSuccess: flag('Nodes take tasks only after it has succeeded; default true (START-03).').optional(),
}).meta({
  id: 'startTask',
  description: 'Runs on every node when it joins, and after each reboot (START); its length: model.startTask.',
});

/** Properties of a pool that can change later (POOL-14). */
export const changeable = {
  startTask: startTask.optional(),
  applicationPackageReferences: packageReferences('Packages installed on every node, at most ten (PKG-02).'),
  certificateReferences: z
    .array(table({ thumbprint: text('Its thumbprint.'), ...INERT_CERTIFICATE }))
    .optional()
    .meta({ description: 'Certificates installed on every node (NET-03).' }),
  metadata: nameValues('Notes for people; no meaning to the service.'),
};

/** How the pool's start task behaves. */
const startTaskModel = commandModel.optional().meta({ description: 'How the start task behaves.' });
const targetOf = (kind: string) => count(`${kind} nodes wanted.`, { min: 0, max: MOST_NODES });

const model = table({
  ready: flag('The pool stands before the start: its target nodes are idle and charged from 0.').optional(),
  timing: timing.optional(),
  startTask: startTaskModel,
  ...poolFaults,
  capacity: z.array(capacity).optional().meta({ description: 'How many nodes this pool can have, and when (ACC-09).' }),
  nodes: z
    .record(z.string(), table({ startTask: startTaskModel }))
    .optional()
    .meta({ description: 'What is different on single nodes, by ordinal: { n0: { startTask: … } }.' }),
});

/** All of a pool but its id: what an auto pool is made of (AUTO-01). */
export const poolSpecification = {
  displayName: displayName().optional(),
  vmSize: text('Size of the nodes as the Batch API spells it, such as Standard_D4s_v5.'),
  virtualMachineConfiguration: virtualMachine
    .optional()
    .meta({ description: 'Without any configuration nodes run Linux from a marketplace image (POOL-04).' }),
  cloudServiceConfiguration: table({
    osFamily: text('Windows Server by its number, 2 to 7; required (POOL-05).').optional(),
    osVersion: text('Its version, default *: the latest.').optional(),
  })
    .optional()
    .meta({ description: 'Retired by Azure in 2024; Windows.' }),
  deploymentConfiguration: table({ virtualMachineConfiguration: virtualMachine.optional() })
    .optional()
    .meta({ description: 'Where the management API has virtualMachineConfiguration.' }),
  targetDedicatedNodes: targetOf('Dedicated').optional(),
  targetLowPriorityNodes: targetOf('Preemptible (low-priority, Spot)').optional(),
  resizeTimeout: duration('How long a resize may take: 5m to 168h, default 15m.').optional(),
  enableAutoScale: flag('A formula sets the targets (POOL-06); needs autoScaleFormula.').optional(),
  autoScaleFormula: formula.optional(),
  autoScaleEvaluationInterval: evaluationInterval.optional(),
  taskSlotsPerNode: count('Tasks that run side by side on a node, default 1.', { min: 1, max: 256 }).optional(),
  maxTasksPerNode: count('Old name of taskSlotsPerNode.', { min: 1, max: 256 }).optional(),
  taskSchedulingPolicy: table({
    nodeFillType: word(
      ['spread', 'pack'],
      'Tasks go to the emptiest (spread, default) or fullest (pack) node.',
    ).optional(),
    jobDefaultOrder: word(['none', 'creationtime'], 'Order among jobs of equal priority.').optional(),
  })
    .optional()
    .meta({ description: 'Which node a task goes to, and which job is first.' }),
  upgradePolicy: upgradePolicy.optional(),
  enableInterNodeCommunication: flag('Limits the size of the pool; multi-instance tasks need it.').optional(),
  networkConfiguration: table({
    subnetId: text('The subnet of the nodes; model.subnetAddresses says how many it can hold.', {
      longest: LONGEST_TEXT,
    }).optional(),
    ...INERT_NETWORK,
  })
    .optional()
    .meta({ description: 'Where the nodes are in the network (NET-01).' }),
  userAccounts,
  mountConfiguration: mounts,
  ...changeable,
  model: model.optional().meta({ description: 'What only a simulation needs.' }),
  ...INERT_POOL,
};

/** A pool. */
export const pool = table({
  id: text('1 to 64 letters, digits, hyphens and underscores.', { longest: LONGEST_TEXT }),
  ...poolSpecification,
}).meta({ id: 'pool' });

/** Changes of a pool: the properties of POOL-14, and how the new start task behaves. */
export const poolChanges = {
  ...changeable,
  model: table({ startTask: startTaskModel }).optional().meta({ description: 'What only a simulation needs.' }),
};

const specificationTable = table(poolSpecification);
/** What a pool gives, without its id. */
export type GivenPoolSpecification = z.infer<typeof specificationTable>;
/** What {@link pool} gives. */
export type GivenPool = z.infer<typeof pool>;
const changesTable = table(poolChanges);
/** What {@link poolChanges} gives. */
export type GivenPoolChanges = z.infer<typeof changesTable>;
/** What a window of `capacity` gives. */
export type GivenCapacityWindow = z.infer<typeof capacity>;
/** What {@link regionCapacity} gives. */
export type GivenRegionCapacity = z.infer<typeof regionCapacity>;
/** What {@link timing} gives. */
export type GivenTiming = z.infer<typeof timing>;
