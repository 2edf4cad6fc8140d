/** Operations on applications and certificates, and what fate does → the model's. */
import { type FateOperation, idKey } from '../../model/index.js';
import { checkSize } from './capacity.js';
import type { Readers } from './operation-readers.js';

type AccountKind =
  | 'addApplication'
  | 'patchApplication'
  | 'deleteApplication'
  | 'addApplicationPackage'
  | 'deleteApplicationPackage'
  | 'addCertificate'
  | 'deleteCertificate'
  | 'cancelCertificateDelete';

/** One reader for each operation. */
export const ACCOUNT_READERS: Readers<AccountKind> = {
  addApplication: (_, { applicationId }) => ({ kind: 'addApplication', applicationId }),
  patchApplication: (_, { applicationId, defaultVersion = null, allowUpdates = null }) => ({
    kind: 'patchApplication',
    applicationId,
    defaultVersion,
    allowUpdates,
  }),
  deleteApplication: (_, given) => ({ kind: 'deleteApplication', ...given }),
  addApplicationPackage: (_, given) => ({ kind: 'addApplicationPackage', ...given }),
  deleteApplicationPackage: (_, given) => ({ kind: 'deleteApplicationPackage', ...given }),
  addCertificate: (_, { thumbprint }) => ({ kind: 'addCertificate', thumbprint }),
  deleteCertificate: (_, { thumbprint }) => ({ kind: 'deleteCertificate', thumbprint }),
  cancelCertificateDelete: (_, { thumbprint }) => ({ kind: 'cancelCertificateDelete', thumbprint }),
};

/** One reader for each blow of fate (NODE-22). */
export const FATE_READERS: Readers<FateOperation['kind']> = {
  preemptNodes: ({ context, path }, { poolId, count = null, nodes = null }) => {
    if ((count === null) === (nodes === null)) {
      const found = count === null ? 'neither count nor nodes' : 'count and nodes';
      context.error('BS2013', path, `${context.name(path)} has ${found}`, 'write count: 10, or nodes: [n3, n4]');
    }
    return { kind: 'preemptNodes', poolId, count, nodes };
  },
  failNode: (_, { poolId, node, error = null, recovers = null }) => ({
    kind: 'failNode',
    poolId,
    node,
    error,
    recovers,
  }),
  loseContact: (_, given) => ({ kind: 'loseContact', ...given }),
  recoverNode: (_, given) => ({ kind: 'recoverNode', ...given }),
  hostReboot: (_, given) => ({ kind: 'hostReboot', ...given }),
  upgradeOs: ({ context, path, around }, { poolId, nodes = null }) => {
    if (nodes === null && around.pools.get(idKey(poolId))?.upgradePolicy.mode === 'manual') {
      const message = `upgradeOs touches no node of pool ${poolId}, whose upgradePolicy.mode is manual (POOL-21)`;
      context.warning('BS2206', path, message, 'name the nodes: nodes: [n0, n1]');
    }
    return { kind: 'upgradeOs', poolId, nodes };
  },
  setCapacity: (_, { poolId, dedicatedNodes = null, lowPriorityNodes = null }) => ({
    kind: 'setCapacity',
    poolId,
    dedicatedNodes,
    lowPriorityNodes,
  }),
  setRegionCapacity: ({ context, path }, { vmSize, dedicatedNodes = null, lowPriorityNodes = null }) => {
    checkSize(context, [...path, 'vmSize'], vmSize);
    return { kind: 'setRegionCapacity', vmSize, dedicatedNodes, lowPriorityNodes };
  },
};
