/** How a new version of the operating system comes to the nodes of a pool (POOL-21). */
import { invalidProperty, type ServiceError } from './service-errors.js';

/** `upgradePolicy` of a pool. */
export interface UpgradePolicy {
  /** All nodes at once, those that somebody names, or batch by batch. */
  readonly mode: 'automatic' | 'manual' | 'rolling';
  readonly rolling: RollingUpgrade;
}

/** Percentages are whole numbers. */
export interface RollingUpgrade {
  /** Of the nodes that are to be upgraded: the most that go down together, 5 to 100; at least one node does. */
  readonly maxBatchInstancePercent: number;
  /** Of all nodes: with more of them unhealthy no further batch begins, 5 to 100. */
  readonly maxUnhealthyInstancePercent: number;
  /** Of the upgraded nodes: with more of them unhealthy no further batch begins, 0 to 100. */
  readonly maxUnhealthyUpgradedInstancePercent: number;
  /** From the end of a batch to the next, in ms. */
  readonly pauseMs: number;
  /** Nodes that are unhealthy come first. */
  readonly prioritizeUnhealthyInstances: boolean;
}

/** The percentages are those of Azure's scale sets, which Batch hands the policy on to. */
export const DEFAULT_ROLLING_UPGRADE: RollingUpgrade = {
  maxBatchInstancePercent: 20,
  maxUnhealthyInstancePercent: 20,
  maxUnhealthyUpgradedInstancePercent: 20,
  pauseMs: 0,
  prioritizeUnhealthyInstances: false,
};

/** A pool that names no policy. */
export const DEFAULT_UPGRADE_POLICY: UpgradePolicy = { mode: 'automatic', rolling: DEFAULT_ROLLING_UPGRADE };

/** POOL-21: what Batch refuses of a policy. */
export function checkUpgradePolicy({ rolling }: UpgradePolicy): ServiceError | null {
  const { maxBatchInstancePercent: batch, maxUnhealthyInstancePercent: unhealthy } = rolling;
  return (
    checkPercent('maxBatchInstancePercent', batch, 5) ??
    checkPercent('maxUnhealthyInstancePercent', unhealthy, 5) ??
    checkPercent('maxUnhealthyUpgradedInstancePercent', rolling.maxUnhealthyUpgradedInstancePercent, 0) ??
    (batch <= unhealthy
      ? null
      : invalidProperty('maxBatchInstancePercent', batch, 'It is not more than maxUnhealthyInstancePercent.'))
  );
}

/** POOL-21: how many of the nodes that are to be upgraded one batch takes. */
export function upgradeBatchSize({ maxBatchInstancePercent }: RollingUpgrade, nodes: number): number {
  return Math.max(1, Math.floor((nodes * maxBatchInstancePercent) / 100));
}

/** POOL-21: whether so many unhealthy nodes of all that are counted are too many to go on. */
export function isTooUnhealthy(unhealthy: number, all: number, mostPercent: number): boolean {
  return unhealthy * 100 > mostPercent * all;
}

function checkPercent(name: string, percent: number, least: number): ServiceError | null {
  if (Number.isInteger(percent) && percent >= least && percent <= 100) return null;
  return invalidProperty(name, percent, `It is a whole number from ${least} to 100.`);
}
