/** How upgrades of the operating system come to a pool (POOL-21). */
import {
  checkUpgradePolicy,
  DEFAULT_ROLLING_UPGRADE,
  DEFAULT_UPGRADE_POLICY,
  type UpgradePolicy,
} from '../../model/index.js';
import type { GivenPoolSpecification } from '../schema/pool.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { refuseBy } from './refusals.js';

/** What is not given is Azure's default. @param path of the policy */
export function readUpgradePolicy(
  context: BuildContext,
  path: Path,
  given: GivenPoolSpecification['upgradePolicy'],
): UpgradePolicy {
  if (given === undefined) return DEFAULT_UPGRADE_POLICY;
  const { mode, automaticOSUpgradePolicy: automatic, rollingUpgradePolicy: rolling = {} } = given;
  const defaults = DEFAULT_ROLLING_UPGRADE;
  const policy: UpgradePolicy = {
    mode: mode === 'automatic' && automatic?.useRollingUpgradePolicy === true ? 'rolling' : mode,
    rolling: {
      maxBatchInstancePercent: rolling.maxBatchInstancePercent ?? defaults.maxBatchInstancePercent,
      maxUnhealthyInstancePercent: rolling.maxUnhealthyInstancePercent ?? defaults.maxUnhealthyInstancePercent,
      maxUnhealthyUpgradedInstancePercent:
        rolling.maxUnhealthyUpgradedInstancePercent ?? defaults.maxUnhealthyUpgradedInstancePercent,
      pauseMs: rolling.pauseTimeBetweenBatches ?? defaults.pauseMs,
      prioritizeUnhealthyInstances: rolling.prioritizeUnhealthyInstances ?? defaults.prioritizeUnhealthyInstances,
    },
  };
  const where = given.rollingUpgradePolicy === undefined ? path : [...path, 'rollingUpgradePolicy'];
  refuseBy(context, where, checkUpgradePolicy(policy), 'rollingUpgradePolicy');
  return policy;
}
