/** Pools: what Batch would refuse is an error, the rest becomes the model's pool. */
import { formatDuration } from '../../base/index.js';
import {
  type CapacityWindow,
  DEFAULT_RESIZE_TIMEOUT_MS,
  findVmSize,
  type ImageKind,
  LATENCY_NAMES,
  type LatencyName,
  makePool,
  maxTaskSlots,
  nodePrice,
  type Pool,
  type PriceSources,
  type QuantityPerOccurrence,
  suggestVmSize,
  TIMING_TYPICAL,
  type Timing,
  type VmSize,
} from '../../model/index.js';
import type { GivenPool, GivenTiming } from '../schema/pool.js';
import { settled } from '../schema/quantity.js';
import { type Path, treeAt } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { checkId } from './ids.js';
import { readValues } from './value-files.js';

/** RSZ-03. */
const SHORTEST_RESIZE_MS = 5 * 60_000;
/** RSZ-03. */
const LONGEST_RESIZE_MS = 168 * 3_600_000;

/** The pool at `path`; null after a problem that leaves none. */
export function readPool(
  context: BuildContext,
  path: Path,
  given: GivenPool,
  timing: Timing,
  prices: PriceSources,
): Pool | null {
  checkId(context, [...path, 'id'], given.id);
  const vmSize = readVmSize(context, [...path, 'vmSize'], given.vmSize);
  const { os, image } = readImage(context, path, given);
  checkTargets(context, path, given);
  const { model } = given;
  if (vmSize === null) return null;
  const pool = makePool({
    id: given.id,
    displayName: given.displayName ?? null,
    vmSize,
    os,
    image,
    targetDedicatedNodes: given.targetDedicatedNodes ?? 0,
    targetLowPriorityNodes: given.targetLowPriorityNodes ?? 0,
    resizeTimeoutMs: readResizeTimeout(context, path, given),
    taskSlotsPerNode: readSlots(context, path, given, vmSize),
    nodeFillType: given.taskSchedulingPolicy?.nodeFillType ?? 'spread',
    jobDefaultOrder: given.taskSchedulingPolicy?.jobDefaultOrder ?? 'none',
    enableInterNodeCommunication: given.enableInterNodeCommunication ?? false,
    timing: readTiming(context, [...path, 'model', 'timing'], model?.timing, timing),
    ready: model?.ready ?? false,
    allocationFailure: model?.allocationFailure ?? false,
    capacity: (model?.capacity ?? []).map((window, i) =>
      readCapacity(context, [...path, 'model', 'capacity', i], window),
    ),
    price: nodePrice(vmSize, os, prices),
  });
  warnOfPrice(context, path, pool);
  return context.placed(pool, path);
}

function readVmSize(context: BuildContext, path: Path, name: string): VmSize | null {
  const size = findVmSize(name);
  if (size !== null) return size;
  const near = suggestVmSize(name);
  context.error(
    'BS2105',
    path,
    `there is no VM size "${name}" in the catalogue (POOL-24)`,
    near === null ? null : `did you mean "${near}"?`,
  );
  return null;
}

/** POOL-06. */
function checkTargets(context: BuildContext, path: Path, given: GivenPool): void {
  if (given.targetDedicatedNodes !== undefined || given.targetLowPriorityNodes !== undefined) return;
  // A pool with autoscale is refused as not modelled; to ask for a target besides would mislead.
  const tree = treeAt(context.tree, path);
  if (tree?.kind === 'table' && (tree.entries.has('autoScaleFormula') || given.enableAutoScale === true)) return;
  context.error(
    'BS2108',
    path,
    `${context.name(path)} has no target (POOL-06)`,
    'add targetDedicatedNodes: 10, or targetLowPriorityNodes',
  );
}

function readResizeTimeout(context: BuildContext, path: Path, given: GivenPool): number {
  const ms = given.resizeTimeout ?? DEFAULT_RESIZE_TIMEOUT_MS;
  if (ms < SHORTEST_RESIZE_MS || ms > LONGEST_RESIZE_MS) {
    const message = `resizeTimeout of ${context.name(path)} is ${formatDuration(ms)}; Batch accepts 5m to 168h (RSZ-03, InvalidPropertyValue)`;
    context.error('BS2109', [...path, 'resizeTimeout'], message, 'the default is 15m');
  }
  return ms;
}

/** POOL-07, ACC-13; `maxTasksPerNode` is the old name. */
function readSlots(context: BuildContext, path: Path, given: GivenPool, size: VmSize): number {
  if (given.taskSlotsPerNode !== undefined && given.maxTasksPerNode !== undefined) {
    context.error(
      'BS2013',
      [...path, 'maxTasksPerNode'],
      'maxTasksPerNode is the old name of taskSlotsPerNode; one of them is enough',
    );
  }
  const slots = given.taskSlotsPerNode ?? given.maxTasksPerNode ?? 1;
  const most = maxTaskSlots(size.vcpus);
  if (slots > most) {
    const key = given.taskSlotsPerNode === undefined ? 'maxTasksPerNode' : 'taskSlotsPerNode';
    const message = `${key} of ${context.name(path)} is ${slots}; a node of ${size.vcpus} cores has at most ${most} (ACC-13, InvalidPropertyValue)`;
    context.error('BS2106', [...path, key], message, 'lower it, or take a larger VM size');
  }
  return slots;
}

function readImage(context: BuildContext, path: Path, given: GivenPool): { os: 'linux' | 'windows'; image: ImageKind } {
  const machine = given.virtualMachineConfiguration ?? given.deploymentConfiguration?.virtualMachineConfiguration;
  if (given.cloudServiceConfiguration !== undefined) {
    if (machine !== undefined) {
      const message = `${context.name(path)} has both a virtual machine and a cloud service configuration (POOL-04)`;
      context.error('BS2013', [...path, 'cloudServiceConfiguration'], message, 'keep virtualMachineConfiguration');
    }
    return { os: 'windows', image: 'marketplace' };
  }
  if (machine === undefined) return { os: 'linux', image: 'marketplace' };
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
  return { os: isWindows ? 'windows' : 'linux', image: imageKind(imageReference) };
}

function imageKind(reference: NonNullable<GivenPool['virtualMachineConfiguration']>['imageReference']): ImageKind {
  if (reference.sharedGalleryImageId !== undefined || reference.communityGalleryImageId !== undefined) return 'gallery';
  if (reference.virtualMachineImageId === undefined) return 'marketplace';
  return /\/galleries\//i.test(reference.virtualMachineImageId) ? 'gallery' : 'managed';
}

/** Latencies: those of the pool over those of the scenario. */
export function readTiming(
  context: BuildContext,
  path: Path,
  given: GivenTiming | undefined,
  inherited: Timing,
): Timing {
  if (given === undefined) return inherited;
  const overrides: Partial<Record<LatencyName, QuantityPerOccurrence>> = {};
  const latencies = given as Partial<Record<LatencyName, Parameters<typeof settled>[0]>>;
  for (const name of LATENCY_NAMES) {
    const loose = latencies[name];
    if (loose !== undefined)
      overrides[name] = settled(loose, (file) => readValues(context, [...path, name], file, 'ms'));
  }
  return { base: given.base ?? TIMING_TYPICAL.base, overrides };
}

function readCapacity(
  context: BuildContext,
  path: Path,
  given: NonNullable<NonNullable<GivenPool['model']>['capacity']>[number],
): CapacityWindow {
  const fromMs = given.from === undefined ? 0 : context.moment([...path, 'from'], given.from);
  if (given.dedicatedNodes === undefined && given.lowPriorityNodes === undefined) {
    context.error('BS2006', path, `${context.name(path)} limits nothing`, 'add dedicatedNodes or lowPriorityNodes');
  }
  return {
    fromMs,
    toMs: given.for === undefined ? null : fromMs + given.for,
    dedicatedNodes: given.dedicatedNodes ?? null,
    lowPriorityNodes: given.lowPriorityNodes ?? null,
  };
}

/** BILL-07: an unknown price is told, and never taken for 0. */
function warnOfPrice(context: BuildContext, path: Path, pool: Pool): void {
  const { price, vmSize, os } = pool;
  const kinds = [
    pool.targetDedicatedNodes > 0 && price.dedicatedPerHourUsd === null ? 'dedicated' : null,
    pool.targetLowPriorityNodes > 0 && price.spotPerHourUsd === null ? 'preemptible' : null,
  ].filter((kind) => kind !== null);
  if (kinds.length === 0) return;
  const message = `no price is known for ${kinds.join(' and ')} ${os} nodes of ${vmSize.name}; their cost stays unknown (BILL-07)`;
  context.warning(
    'BS2202',
    [...path, 'vmSize'],
    message,
    `add prices: { overrides: { ${vmSize.name}: { dedicated: 0.10, spot: 0.02 } } }`,
  );
}
