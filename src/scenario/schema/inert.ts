/**
 * Keys of Batch's REST bodies that are accepted and change nothing in a simulation, so that a body from a template, an
 * SDK call or `az batch … show` can be pasted in. One list per body; read-only keys of answers included.
 */
import { inert } from './leaves.js';

const POOL = [
  'targetNodeCommunicationMode',
  'currentNodeCommunicationMode',
  'applicationLicenses',
  'identity',
  'resourceTags',
  ...['url', 'eTag', 'lastModified', 'creationTime', 'state', 'stateTransitionTime', 'allocationState'],
  ...['allocationStateTransitionTime', 'currentDedicatedNodes', 'currentLowPriorityNodes', 'resizeErrors', 'stats'],
  'autoScaleRun',
] as const;

const JOB = [
  'networkConfiguration',
  ...['url', 'eTag', 'lastModified', 'creationTime', 'state', 'stateTransitionTime', 'previousState'],
  ...['previousStateTransitionTime', 'executionInfo', 'stats'],
] as const;

const JOB_SCHEDULE = [
  ...['url', 'eTag', 'lastModified', 'creationTime', 'state', 'stateTransitionTime', 'previousState'],
  ...['previousStateTransitionTime', 'executionInfo', 'stats'],
] as const;

const TASK = [
  ...['url', 'eTag', 'lastModified', 'creationTime', 'state', 'stateTransitionTime', 'previousState'],
  ...['previousStateTransitionTime', 'executionInfo', 'nodeInfo', 'stats'],
] as const;

const NETWORK = [
  'dynamicVNetAssignmentScope',
  'endpointConfiguration',
  'publicIPAddressConfiguration',
  'enableAcceleratedNetworking',
] as const;

const CERTIFICATE = ['thumbprintAlgorithm', 'storeLocation', 'storeName', 'visibility'] as const;

const NODE_USER = ['isAdmin', 'expiryTime', 'password', 'sshPublicKey'] as const;

/** Accepted on a pool. */
export const INERT_POOL = keys(POOL);
/** Accepted on a job. */
export const INERT_JOB = keys(JOB);
/** Accepted on a job schedule. */
export const INERT_JOB_SCHEDULE = keys(JOB_SCHEDULE);
/** Accepted on a task. */
export const INERT_TASK = keys(TASK);
/** Accepted in a pool's `networkConfiguration`. */
export const INERT_NETWORK = keys(NETWORK);
/** Accepted beside the thumbprint of a certificate. */
export const INERT_CERTIFICATE = keys(CERTIFICATE);
/** Accepted beside the name of a node's user. */
export const INERT_NODE_USER = keys(NODE_USER);

function keys<const K extends string>(names: readonly K[]): Record<K, ReturnType<typeof inert>> {
  return Object.fromEntries(names.map((name) => [name, inert()])) as Record<K, ReturnType<typeof inert>>;
}
