/** The findings of pre-flight in words. */
import { formatCount } from '../../base/index.js';
import type { ScenarioCode } from '../codes.js';
import type { Finding } from './findings.js';

/** A finding as a warning. */
export interface FindingText {
  readonly code: ScenarioCode;
  readonly message: string;
  readonly hint: string;
}

/** Code, sentence and remedy of a finding. */
export function findingText(finding: Finding): FindingText {
  switch (finding.kind) {
    case 'poolCut':
      return poolCut(finding);
    case 'slowResize': {
      const minutes = Math.ceil(finding.wanted / 70 + 5);
      const message = `pool ${finding.pool} wants ${formatCount(finding.wanted)} nodes and gets about ${formatCount(finding.inTime)} of them before its resize timeout passes (AllocationTimedout)`;
      return { code: 'BS2302', message, hint: `set resizeTimeout: ${minutes}m` };
    }
    case 'emptyPool': {
      const jobs = finding.jobs === 1 ? 'a job waits' : `${finding.jobs} jobs wait`;
      return {
        code: 'BS2308',
        message: `pool ${finding.pool} has no nodes, and ${jobs} for it`,
        hint: 'set targetDedicatedNodes or targetLowPriorityNodes',
      };
    }
    case 'startTaskFails': {
      const attempts = finding.attempts === 1 ? 'its only attempt' : 'every attempt';
      return {
        code: 'BS2310',
        message: `the start task of pool ${finding.pool} fails in ${attempts}: all its nodes end in starttaskfailed`,
        hint: 'correct its exitCode or faults, or set waitForSuccess: false',
      };
    }
    case 'managerKeptOut':
      return {
        code: 'BS2312',
        message: `the job manager of job ${finding.job} needs a dedicated node, and pool ${finding.pool} has none (JM-06)`,
        hint: 'set allowLowPriorityNode: true, or targetDedicatedNodes on the pool',
      };
    case 'noInstances':
      return noInstances(finding);
    case 'containerMismatch': {
      const { poolHasContainers, pool, example } = finding;
      const why = poolHasContainers
        ? `${example} has no containerSettings and pool ${pool} runs containers`
        : `${example} has containerSettings and pool ${pool} has no containerConfiguration`;
      return {
        code: 'BS2314',
        message: `${counted(finding.tasks)} of job ${finding.job} can only fail: ${why} (TASK-29, ContainerInvalidSettings)`,
        hint: poolHasContainers ? 'add containerSettings to the task' : 'add containerConfiguration to the pool',
      };
    }
    case 'actionRefused': {
      const property = finding.property === null ? '' : ` ${finding.property}:`;
      const reason = `${finding.reason.slice(0, 1).toLowerCase()}${finding.reason.slice(1).replace(/\.$/, '')}`;
      return {
        code: 'BS2315',
        message: `${finding.operation} will be refused with ${finding.code}:${property} ${reason}`,
        hint: `correct it, or add expectError: ${finding.code}`,
      };
    }
    case 'actionMisses':
      return {
        code: 'BS2313',
        message: `${finding.operation} is about ${finding.what} "${finding.id}", which is never there: Batch answers 404`,
        hint: finding.near === null ? 'correct the id, or add expectError' : `did you mean "${finding.near}"?`,
      };
    case 'missingPool': {
      const message = `job ${finding.job} names pool "${finding.pool}", which does not exist; ${counted(finding.tasks)} can never run`;
      return {
        code: 'BS2304',
        message,
        hint: finding.near === null ? 'add the pool, or correct poolInfo.poolId' : `did you mean "${finding.near}"?`,
      };
    }
    case 'tooManySlots': {
      const message = `${counted(finding.tasks)} of job ${finding.job} can never run: ${finding.example} needs ${finding.needed} slots and a node has ${finding.slots}`;
      return { code: 'BS2303', message, hint: 'raise taskSlotsPerNode, take a larger VM size, or lower requiredSlots' };
    }
    case 'missingParents': {
      const message = `${counted(finding.tasks)} of job ${finding.job} can never run: ${finding.example} waits for "${finding.missing}", which the job does not have`;
      return { code: 'BS2305', message, hint: 'correct the id; ids of dependencies are those of the same job' };
    }
    case 'cycle': {
      const [first = ''] = finding.circle;
      const circle = [...finding.circle, first].join(' <- ');
      return {
        code: 'BS2306',
        message: `${counted(finding.tasks)} of job ${finding.job} can never run: ${circle} wait for each other`,
        hint: 'take one of these dependencies out',
      };
    }
    case 'failingParents': {
      const message = `${counted(finding.tasks)} of job ${finding.job} can never run: ${finding.example} waits for ${finding.parent}, which cannot succeed`;
      return { code: 'BS2307', message, hint: 'correct exitCode, the limits or the slots of the parent' };
    }
  }
}

function noInstances(finding: Extract<Finding, { kind: 'noInstances' }>): FindingText {
  const { pool, job, example, needed, nodes } = finding;
  const why = {
    communication: `pool ${pool} has no inter-node communication`,
    'one slot': `nodes of pool ${pool} have more than one slot`,
    nodes: `${example} needs ${needed} nodes and pool ${pool} has ${nodes}`,
  }[finding.lacks];
  const hint = {
    communication: 'set enableInterNodeCommunication: true',
    'one slot': 'set taskSlotsPerNode: 1',
    nodes: 'raise the targets of the pool, or lower numberOfInstances',
  }[finding.lacks];
  const message = `${counted(finding.tasks)} of job ${job} can never run: ${why} (MI-01)`;
  return { code: 'BS2311', message, hint };
}

const KIND_OF_NODES: Readonly<Record<string, string>> = {
  AccountCoreQuotaReached: 'dedicated ',
  AccountVMSeriesCoreQuotaReached: 'dedicated ',
  AccountLowPriorityCoreQuotaReached: 'low-priority ',
  AccountSpotCoreQuotaReached: 'spot ',
};

/** ACC-02: which of them binds depends on the mode of the account. */
const BATCH_QUOTAS: Readonly<Record<string, string>> = {
  AccountCoreQuotaReached: 'dedicatedCoreQuota',
  AccountVMSeriesCoreQuotaReached: 'dedicatedCoreQuotaPerVMFamily',
  AccountLowPriorityCoreQuotaReached: 'lowPriorityCoreQuota',
};
const SUBSCRIPTION_QUOTAS: Readonly<Record<string, string>> = {
  AccountCoreQuotaReached: 'subscription.coreQuota',
  AccountVMSeriesCoreQuotaReached: 'subscription.coreQuotaPerVMFamily',
  AccountSpotCoreQuotaReached: 'subscription.spotCoreQuota',
};

function poolCut(finding: Extract<Finding, { kind: 'poolCut' }>): FindingText {
  const { pool, wanted, granted, code } = finding;
  const gets = `pool ${pool} wants ${formatCount(wanted)} ${KIND_OF_NODES[code] ?? ''}nodes and gets ${formatCount(granted)} (${code})`;
  if (code === 'CommunicationEnabledPoolReachedMaxVMCount') {
    return { code: 'BS2309', message: gets, hint: 'lower the targets, or switch enableInterNodeCommunication off' };
  }
  const quota = finding.ofSubscription ? SUBSCRIPTION_QUOTAS[code] : BATCH_QUOTAS[code];
  return {
    code: 'BS2301',
    message: gets,
    hint: `raise ${quota ?? 'the quota'} of account ${finding.account}, or lower the targets`,
  };
}

function counted(tasks: number): string {
  return tasks === 1 ? '1 task' : `${formatCount(tasks)} tasks`;
}
