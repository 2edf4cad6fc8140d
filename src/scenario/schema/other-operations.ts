/** Operations on applications and certificates, and what fate does to pools (NODE-22), as they stand in `actions`. */
import { INERT_CERTIFICATE } from './inert.js';
import { displayName, flag, table, text, whole } from './leaves.js';
import { node, nodes, poolId } from './pool-operations.js';

const applicationId = text('Id of the application.');
const version = text('A version of the application.');
const certificate = table({ thumbprint: text('Its thumbprint.'), ...INERT_CERTIFICATE });

/** One entry for each operation. */
export const accountOperations = {
  addApplication: table({ applicationId, displayName: displayName().optional() }).optional(),
  patchApplication: table({
    applicationId,
    defaultVersion: version.optional(),
    allowUpdates: flag('Whether versions may be replaced.').optional(),
    displayName: displayName().optional(),
  }).optional(),
  deleteApplication: table({ applicationId }).optional(),
  addApplicationPackage: table({ applicationId, version }).optional(),
  deleteApplicationPackage: table({ applicationId, version }).optional(),
  addCertificate: certificate.optional(),
  deleteCertificate: certificate.optional(),
  cancelCertificateDelete: certificate.optional(),
};

const limit = (kind: string) => whole(`The most ${kind} nodes that the pool can hold from now on.`, { min: 0 });
const limitOfRegion = (kind: string) =>
  whole(`The most ${kind} nodes that all pools of the size can hold together from now on.`, { min: 0 });

/** One entry for each blow of fate. */
export const fateOperations = {
  preemptNodes: table({
    poolId,
    count: whole('So many spot nodes, the lowest ordinals first.', { min: 1 }).optional(),
    nodes: nodes.optional().meta({ description: 'These spot nodes, by ordinal (n3) or id.' }),
  })
    .optional()
    .meta({ description: 'Takes spot nodes away: count, or nodes (NODE-11).' }),
  failNode: table({
    poolId,
    node,
    error: text('Error of the node, such as DiskFull; default: none, contact is lost.').optional(),
    recovers: flag('Whether the service brings it back; default: if it has no error (NODE-14).').optional(),
  }).optional(),
  loseContact: table({ poolId, node }).optional(),
  recoverNode: table({ poolId, node }).optional(),
  hostReboot: table({ poolId, node }).optional(),
  upgradeOs: table({
    poolId,
    nodes: nodes.optional().meta({ description: 'Only these nodes, by ordinal (n3) or id.' }),
  })
    .optional()
    .meta({ description: 'A new version of the operating system: upgradePolicy says which nodes go down (POOL-21).' }),
  setCapacity: table({
    poolId,
    dedicatedNodes: limit('dedicated').optional(),
    lowPriorityNodes: limit('spot').optional(),
  })
    .optional()
    .meta({ description: 'How many nodes the pool can have from now on; without a number any (ACC-09).' }),
  setRegionCapacity: table({
    vmSize: text('The VM size.'),
    dedicatedNodes: limitOfRegion('dedicated').optional(),
    lowPriorityNodes: limitOfRegion('spot').optional(),
  })
    .optional()
    .meta({ description: 'How many VMs of a size the region of the account has from now on (ACC-09).' }),
};
