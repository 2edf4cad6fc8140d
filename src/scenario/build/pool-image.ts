/** What the nodes of a pool are made from: operating system and image, which decide how long they take to start. */
import {
  checkPoolConfiguration,
  type ImageKind,
  type ImageReference,
  type PoolConfiguration,
} from '../../model/index.js';
import type { GivenPoolSpecification } from '../schema/pool.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { refuseBy } from './refusals.js';

/** POOL-04, POOL-05, TASK-29. */
export interface PoolImage {
  readonly configuration: PoolConfiguration | null;
  readonly os: 'linux' | 'windows';
  readonly image: ImageKind;
  readonly hasContainers: boolean;
}

type GivenMachine = NonNullable<GivenPoolSpecification['virtualMachineConfiguration']>;

/** Linux from a marketplace image unless the pool says otherwise; what it says is held to Batch's rules. */
export function readImage(
  context: BuildContext,
  path: Path,
  given: GivenPoolSpecification,
  mode: 'BatchService' | 'UserSubscription',
): PoolImage {
  const { deploymentConfiguration, cloudServiceConfiguration } = given;
  const machine = given.virtualMachineConfiguration ?? deploymentConfiguration?.virtualMachineConfiguration;
  const configuration = readConfiguration(machine, cloudServiceConfiguration);
  const of = (key: string) => [...path, key];
  const where =
    cloudServiceConfiguration !== undefined
      ? of('cloudServiceConfiguration')
      : given.virtualMachineConfiguration !== undefined
        ? of('virtualMachineConfiguration')
        : of('deploymentConfiguration');
  refuseBy(context, where, checkPoolConfiguration(configuration, mode));
  const image = configuration?.virtualMachine?.imageReference ?? null;
  return {
    configuration,
    os: cloudServiceConfiguration !== undefined || isWindows(machine) ? 'windows' : 'linux',
    image: image === null ? 'marketplace' : imageKind(machine?.imageReference, image),
    hasContainers: cloudServiceConfiguration === undefined && machine?.containerConfiguration !== undefined,
  };
}

function readConfiguration(
  machine: GivenMachine | undefined,
  cloudService: GivenPoolSpecification['cloudServiceConfiguration'],
): PoolConfiguration | null {
  if (machine === undefined && cloudService === undefined) return null;
  return {
    virtualMachine:
      machine === undefined
        ? null
        : {
            imageReference: machine.imageReference === undefined ? null : readReference(machine.imageReference),
            nodeAgentSkuId: machine.nodeAgentSKUId ?? machine.nodeAgentSkuId ?? null,
          },
    cloudService:
      cloudService === undefined
        ? null
        : { osFamily: cloudService.osFamily ?? null, osVersion: cloudService.osVersion ?? '*' },
  };
}

function readReference(given: NonNullable<GivenMachine['imageReference']>): ImageReference {
  const { publisher = null, offer = null, sku = null } = given;
  const ids = [given.virtualMachineImageId, given.sharedGalleryImageId, given.communityGalleryImageId];
  return { publisher, offer, sku, ids: ids.filter((id) => id !== undefined) };
}

/** By its words: the service knows it by the agent. */
function isWindows(machine: GivenMachine | undefined): boolean {
  if (machine === undefined) return false;
  const { imageReference: { publisher, offer, sku } = {}, nodeAgentSKUId, nodeAgentSkuId } = machine;
  const words = [publisher, offer, sku, nodeAgentSKUId, nodeAgentSkuId];
  return (
    machine.windowsConfiguration !== undefined || words.some((word) => word !== undefined && /windows/i.test(word))
  );
}

function imageKind(given: GivenMachine['imageReference'], { ids }: ImageReference): ImageKind {
  if (ids.length === 0) return 'marketplace';
  return given?.virtualMachineImageId !== undefined && !/\/galleries\//i.test(given.virtualMachineImageId)
    ? 'managed'
    : 'gallery';
}
