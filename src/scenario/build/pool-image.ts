/** What the nodes of a pool are made from: operating system and image, which decide how long they take to start. */
import { type ImageKind, invalidProperty, missingProperty } from '../../model/index.js';
import type { GivenPoolSpecification } from '../schema/pool.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { refuseBy } from './refusals.js';

/** POOL-04, POOL-05, TASK-29. */
export interface PoolImage {
  readonly os: 'linux' | 'windows';
  readonly image: ImageKind;
  readonly hasContainers: boolean;
}

/** Linux from a marketplace image unless the pool says otherwise. */
export function readImage(
  context: BuildContext,
  path: Path,
  given: GivenPoolSpecification,
  mode: 'BatchService' | 'UserSubscription',
): PoolImage {
  const machine = given.virtualMachineConfiguration ?? given.deploymentConfiguration?.virtualMachineConfiguration;
  if (given.cloudServiceConfiguration !== undefined) {
    if (machine !== undefined) {
      const message = `${context.name(path)} has both a virtual machine and a cloud service configuration (POOL-04)`;
      const where = [...path, 'cloudServiceConfiguration'];
      const reason = 'Give virtualMachineConfiguration or cloudServiceConfiguration, not both.';
      const refusal = invalidProperty('cloudServiceConfiguration', '', reason);
      context.refuse('BS2013', where, message, 'keep virtualMachineConfiguration', refusal);
    }
    checkCloudService(context, [...path, 'cloudServiceConfiguration'], given.cloudServiceConfiguration, mode);
    return { os: 'windows', image: 'marketplace', hasContainers: false };
  }
  if (machine === undefined) return { os: 'linux', image: 'marketplace', hasContainers: false };
  const { imageReference } = machine;
  const words = [
    imageReference.publisher,
    imageReference.offer,
    imageReference.sku,
    machine.nodeAgentSKUId,
    machine.nodeAgentSkuId,
  ];
  const isWindows =
    machine.windowsConfiguration !== undefined || words.some((word) => word !== undefined && /windows/i.test(word));
  return {
    os: isWindows ? 'windows' : 'linux',
    image: imageKind(imageReference),
    hasContainers: machine.containerConfiguration !== undefined,
  };
}

/** POOL-04, POOL-05. */
function checkCloudService(
  context: BuildContext,
  path: Path,
  { osFamily }: NonNullable<GivenPoolSpecification['cloudServiceConfiguration']>,
  mode: 'BatchService' | 'UserSubscription',
): void {
  if (osFamily === undefined) refuseBy(context, path, missingProperty('osFamily'));
  const reason = 'Accounts in user-subscription mode have no cloud-service pools.';
  if (mode === 'UserSubscription') refuseBy(context, path, invalidProperty('cloudServiceConfiguration', '', reason));
}

function imageKind(
  reference: NonNullable<GivenPoolSpecification['virtualMachineConfiguration']>['imageReference'],
): ImageKind {
  if (reference.sharedGalleryImageId !== undefined || reference.communityGalleryImageId !== undefined) return 'gallery';
  if (reference.virtualMachineImageId === undefined) return 'marketplace';
  return /\/galleries\//i.test(reference.virtualMachineImageId) ? 'gallery' : 'managed';
}
