/**
 * What Batch refuses in the body of a pool before it looks at anything else (ERR-04): the properties by themselves.
 * Whether the id is free, what it refers to exists and the quota allows it comes later.
 */
import type { PoolChanges } from '../job-spec.js';
import { maxTaskSlots } from '../pool.js';
import type { AutoScale, Pool, StartTask } from '../pool-spec.js';
import type { Account } from '../scenario.js';
import { invalidProperty, missingProperty, type ServiceError } from '../service-errors.js';
import { checkUpgradePolicy } from '../upgrade-policy.js';
import { checkRetryCount } from './constraints.js';
import { checkDisplayName, checkId, checkMetadata } from './names.js';
import { checkPoolConfiguration } from './pool-configuration.js';
import { checkEvaluationInterval, checkFormula, checkResizeTimeout, checkTarget } from './resize.js';
import { checkResourceFiles } from './resource-files.js';

/** ACC-14: packages that one pool may refer to. */
export const MOST_POOL_PACKAGES = 10;
/** ACC-19: characters of command line, resource files and environment of a start task together. */
export const LONGEST_START_TASK = 32_768;

/** A pool as it is added (POOL-04 to POOL-11). @param mode of the account */
export function checkPool(pool: Pool, mode: Account['poolAllocationMode'] = 'BatchService'): ServiceError | null {
  return checkId(pool.id, 'id') ?? checkPoolSpecification(pool, mode);
}

/** All of a pool but its id, which the service makes for an auto pool (AUTO-04). @param mode of the account */
export function checkPoolSpecification(
  pool: Omit<Pool, 'id'>,
  mode: Account['poolAllocationMode'] = 'BatchService',
): ServiceError | null {
  return (
    checkDisplayName(pool.displayName) ??
    checkPoolConfiguration(pool.configuration, mode) ??
    checkResizeTimeout(pool.resizeTimeoutMs) ??
    checkTarget('targetDedicatedNodes', pool.targetDedicatedNodes) ??
    checkTarget('targetLowPriorityNodes', pool.targetLowPriorityNodes) ??
    checkAutoScale(pool.autoScale, pool) ??
    checkSlots(pool) ??
    checkUpgradePolicy(pool.upgradePolicy) ??
    checkPoolChanges(pool)
  );
}

/** POOL-14: what can be changed later is held to the same limits. */
export function checkPoolChanges(changes: PoolChanges): ServiceError | null {
  return (
    checkStartTask(changes.startTask ?? null) ??
    checkPoolPackages(changes.applicationPackages ?? []) ??
    checkMetadata(changes.metadata)
  );
}

/** POOL-06: targets or a formula, and never both. */
function checkAutoScale(autoScale: AutoScale | null, pool: Omit<Pool, 'id'>): ServiceError | null {
  if (autoScale === null) return null;
  if (autoScale.formula === '') return missingProperty('autoScaleFormula');
  return (
    refuseTarget('targetDedicatedNodes', pool.targetDedicatedNodes) ??
    refuseTarget('targetLowPriorityNodes', pool.targetLowPriorityNodes) ??
    checkFormula(autoScale.formula) ??
    checkEvaluationInterval(autoScale.evaluationIntervalMs)
  );
}

function refuseTarget(property: string, target: number): ServiceError | null {
  if (target === 0) return null;
  return invalidProperty(property, target, 'With enableAutoScale the formula sets the targets.');
}

/** ACC-13, POOL-07. */
function checkSlots({ taskSlotsPerNode, vmSize }: Omit<Pool, 'id'>): ServiceError | null {
  const most = maxTaskSlots(vmSize.vcpus);
  if (Number.isInteger(taskSlotsPerNode) && taskSlotsPerNode >= 1 && taskSlotsPerNode <= most) return null;
  const reason = `It is a whole number from 1 to ${most} on nodes with ${vmSize.vcpus} cores.`;
  return invalidProperty('taskSlotsPerNode', taskSlotsPerNode, reason);
}

/** START-04, ACC-19, FILE-13. */
function checkStartTask(startTask: StartTask | null): ServiceError | null {
  if (startTask === null) return null;
  const { maxTaskRetryCount, definitionLength = 0, command } = startTask;
  if (definitionLength > LONGEST_START_TASK) {
    const reason = `Command line, resource files and environment have at most ${LONGEST_START_TASK} characters together.`;
    return invalidProperty('startTask', `${definitionLength} characters`, reason);
  }
  return checkRetryCount(maxTaskRetryCount) ?? checkResourceFiles(command.resourceFiles ?? []);
}

function checkPoolPackages(packages: readonly unknown[]): ServiceError | null {
  if (packages.length <= MOST_POOL_PACKAGES) return null;
  const reason = `A pool refers to at most ${MOST_POOL_PACKAGES} application packages.`;
  return invalidProperty('applicationPackageReferences', `${packages.length} packages`, reason);
}
