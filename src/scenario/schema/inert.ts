/**
 * Keys of Batch's REST bodies that are accepted and change nothing in a simulation, so that a body from a template, an
 * SDK call or `az batch … show` can be pasted in. One list per body; read-only keys of answers included.
 */
import { inert } from './leaves.js';

const POOL = [
  'networkConfiguration',
  'targetNodeCommunicationMode',
  'currentNodeCommunicationMode',
  'mountConfiguration',
  'certificateReferences',
  'userAccounts',
  'metadata',
  'upgradePolicy',
  'applicationLicenses',
  'identity',
  'resourceTags',
  ...['url', 'eTag', 'lastModified', 'creationTime', 'state', 'stateTransitionTime', 'allocationState'],
  ...['allocationStateTransitionTime', 'currentDedicatedNodes', 'currentLowPriorityNodes', 'resizeErrors', 'stats'],
  ...['autoScaleRun', 'autoScaleEvaluationInterval'],
] as const;

const JOB = [
  'commonEnvironmentSettings',
  'metadata',
  'networkConfiguration',
  ...['url', 'eTag', 'lastModified', 'creationTime', 'state', 'stateTransitionTime', 'previousState'],
  ...['previousStateTransitionTime', 'executionInfo', 'stats'],
] as const;

const TASK = [
  'commandLine',
  'resourceFiles',
  'outputFiles',
  'environmentSettings',
  'authenticationTokenSettings',
  ...['url', 'eTag', 'lastModified', 'creationTime', 'state', 'stateTransitionTime', 'previousState'],
  ...['previousStateTransitionTime', 'executionInfo', 'nodeInfo', 'stats'],
] as const;

/** Accepted on a pool. */
export const INERT_POOL = keys(POOL);
/** Accepted on a job. */
export const INERT_JOB = keys(JOB);
/** Accepted on a task. */
export const INERT_TASK = keys(TASK);

function keys<const K extends string>(names: readonly K[]): Record<K, ReturnType<typeof inert>> {
  return Object.fromEntries(names.map((name) => [name, inert()])) as Record<K, ReturnType<typeof inert>>;
}
