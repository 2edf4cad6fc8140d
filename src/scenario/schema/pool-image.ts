/** What the nodes of a pool are made from, and how it is brought up to date (POOL-05, POOL-21). */
import { count, flag, inert, table, text, word } from './leaves.js';
import { duration } from './units.js';

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

/** POOL-05: an image and its agent. */
export const virtualMachine = table({
  imageReference: imageReference.optional().meta({
    description: 'Decides the operating system and how long nodes take to start; required (POOL-05).',
  }),
  nodeAgentSKUId: text('Node agent, such as batch.node.ubuntu 22.04; required (POOL-05).').optional(),
  nodeAgentSkuId: text('The same, as some clients spell it.').optional(),
  windowsConfiguration: inert(),
  dataDisks: inert(),
  licenseType: inert(),
  containerConfiguration: table({
    type: inert(),
    containerImageNames: inert(),
    containerRegistries: inert(),
  })
    .optional()
    .meta({ description: 'The pool runs containers: its tasks need containerSettings (TASK-29).' }),
  diskEncryptionConfiguration: inert(),
  nodePlacementConfiguration: inert(),
  extensions: inert(),
  osDisk: inert(),
  securityProfile: inert(),
  serviceArtifactReference: inert(),
});

const percent = (description: string, min: number) =>
  count(`${description}; default 20.`, { min, max: 100 }).optional();
/** POOL-21. */
export const upgradePolicy = table({
  mode: word(['automatic', 'manual', 'rolling'], 'All nodes at once, those that are named, or batch by batch.'),
  automaticOSUpgradePolicy: table({
    useRollingUpgradePolicy: flag('Batch by batch in mode automatic, too.').optional(),
    disableAutomaticRollback: inert(),
    enableAutomaticOSUpgrade: inert(),
    osRollingUpgradeDeferral: inert(),
  }).optional(),
  rollingUpgradePolicy: table({
    maxBatchInstancePercent: percent('The most nodes of a batch, in percent', 5),
    maxUnhealthyInstancePercent: percent('With more percent of all nodes unhealthy the upgrade ends', 5),
    maxUnhealthyUpgradedInstancePercent: percent('The same of the upgraded nodes', 0),
    pauseTimeBetweenBatches: duration('From the end of a batch to the next, default 0s.').optional(),
    prioritizeUnhealthyInstances: flag('Unhealthy nodes come first; default false.').optional(),
    enableCrossZoneUpgrade: inert(),
    rollbackFailedInstancesOnPolicyBreach: inert(),
  }).optional(),
}).meta({ description: 'Which nodes go down together when upgradeOs comes (POOL-21); default: all.' });
