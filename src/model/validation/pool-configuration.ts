/** POOL-04, POOL-05: what Batch refuses in the configuration of a pool. */
import type {
  CloudServiceConfiguration,
  ImageReference,
  PoolConfiguration,
  VirtualMachineConfiguration,
} from '../pool-configuration.js';
import type { Account } from '../scenario.js';
import { invalidProperty, missingProperty, type ServiceError } from '../service-errors.js';

/**
 * POOL-04: exactly one kind of configuration.
 * @param configuration null: the body names none, and stands for the default image
 * @param mode of the account; the retired kind is not for user-subscription mode
 */
export function checkPoolConfiguration(
  configuration: PoolConfiguration | null,
  mode: Account['poolAllocationMode'],
): ServiceError | null {
  if (configuration === null) return null;
  const { virtualMachine, cloudService } = configuration;
  if (virtualMachine !== null && cloudService !== null) {
    const reason = 'Give virtualMachineConfiguration or cloudServiceConfiguration, not both.';
    return invalidProperty('cloudServiceConfiguration', '', reason);
  }
  if (virtualMachine !== null) return checkVirtualMachine(virtualMachine);
  return cloudService === null ? missingProperty('virtualMachineConfiguration') : checkCloudService(cloudService, mode);
}

/** POOL-05. */
function checkVirtualMachine({ imageReference, nodeAgentSkuId }: VirtualMachineConfiguration): ServiceError | null {
  if (imageReference === null) return missingProperty('imageReference');
  return checkImage(imageReference) ?? (isGiven(nodeAgentSkuId) ? null : missingProperty('nodeAgentSKUId'));
}

/** An image has one name. */
function checkImage({ publisher, offer, sku, ids }: ImageReference): ServiceError | null {
  const isOfMarketplace = [publisher, offer, sku].some(isGiven);
  const names = ids.filter(isGiven).length + (isOfMarketplace ? 1 : 0);
  if (names === 1) return null;
  const reason = 'It names one image: by publisher, offer and sku, or by one id.';
  return invalidProperty('imageReference', `${names} images`, reason);
}

/** POOL-05, POOL-04. */
function checkCloudService(
  { osFamily }: CloudServiceConfiguration,
  mode: Account['poolAllocationMode'],
): ServiceError | null {
  if (!isGiven(osFamily)) return missingProperty('osFamily');
  if (mode === 'BatchService') return null;
  const reason = 'Accounts in user-subscription mode have no cloud-service pools.';
  return invalidProperty('cloudServiceConfiguration', '', reason);
}

function isGiven(text: string | null): boolean {
  return text !== null && text !== '';
}
