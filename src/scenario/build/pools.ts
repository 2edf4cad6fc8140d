/** Pools: what Batch would refuse is told, the rest becomes the model's pool. */
import { formatDuration } from '../../base/index.js';
import {
  checkDisplayName,
  checkMounts,
  checkPool,
  checkResizeTimeout,
  checkUserAccounts,
  DEFAULT_RESIZE_TIMEOUT_MS,
  findVmSize,
  invalidProperty,
  makePool,
  maxTaskSlots,
  type NodeModel,
  nodePrice,
  type Pool,
  suggestVmSize,
  type VmSize,
} from '../../model/index.js';
import type { GivenPool, GivenPoolSpecification } from '../schema/pool.js';
import type { Path } from '../text/tree.js';
import { readAutoScale } from './autoscale.js';
import { readWindow } from './capacity.js';
import type { BuildContext } from './context.js';
import { readPoolFaults } from './faults.js';
import { checkId } from './ids.js';
import { readChangeable } from './pool-changes.js';
import { readImage } from './pool-image.js';
import { refuseBy } from './refusals.js';
import { readCommand, readOrdinal } from './settings.js';
import type { Surroundings } from './surroundings.js';
import { readTiming } from './timing.js';
import { readUpgradePolicy } from './upgrade-policy.js';

/** A pool of the file itself; null after a problem that leaves none. */
export function readPool(context: BuildContext, path: Path, given: GivenPool, around: Surroundings): Pool | null {
  const before = context.problems.errorCount;
  checkId(context, [...path, 'id'], given.id);
  const pool = readSpecification(context, path, given.id, given, around);
  // Whatever the checks above do not know by its place.
  if (pool !== null && context.problems.errorCount === before && !context.inAction)
    refuseBy(context, path, checkPool(pool, around.poolAllocationMode));
  return pool;
}

/** A pool by all of its body but the id, which is made elsewhere for an auto pool (AUTO-04). */
export function readSpecification(
  context: BuildContext,
  path: Path,
  id: string,
  given: GivenPoolSpecification,
  around: Surroundings,
): Pool | null {
  const { model } = given;
  const vmSize = readVmSize(context, [...path, 'vmSize'], given.vmSize);
  const size = { autoScale: readAutoScale(context, path, given), resizeTimeoutMs: readTimeout(context, path, given) };
  const changeable = readChangeable(context, path, given, model?.startTask);
  refuseBy(context, [...path, 'displayName'], checkDisplayName(given.displayName ?? null));
  checkNodeSetup(context, path, given);
  if (vmSize === null) return null;
  const nodes = readImage(context, path, given, around.poolAllocationMode);
  const pool = makePool({
    id,
    displayName: given.displayName ?? null,
    vmSize,
    ...nodes,
    targetDedicatedNodes: given.targetDedicatedNodes ?? 0,
    targetLowPriorityNodes: given.targetLowPriorityNodes ?? 0,
    ...size,
    taskSlotsPerNode: readSlots(context, path, given, vmSize),
    nodeFillType: given.taskSchedulingPolicy?.nodeFillType ?? 'spread',
    jobDefaultOrder: given.taskSchedulingPolicy?.jobDefaultOrder ?? 'none',
    enableInterNodeCommunication: given.enableInterNodeCommunication ?? false,
    timing: readTiming(context, [...path, 'model', 'timing'], model?.timing, around.timing),
    ready: model?.ready ?? false,
    allocationFailure: model?.allocationFailure ?? false,
    ...changeable,
    upgradePolicy: readUpgradePolicy(context, [...path, 'upgradePolicy'], given.upgradePolicy),
    subnetAddresses: model?.subnetAddresses ?? null,
    faults: readPoolFaults(context, [...path, 'model'], model, around.faults),
    bandwidth: model?.bandwidth ?? around.bandwidth,
    nodeModels: readNodeModels(context, [...path, 'model', 'nodes'], model?.nodes, given.startTask !== undefined),
    capacity: (model?.capacity ?? []).map((window, i) =>
      readWindow(context, [...path, 'model', 'capacity', i], window),
    ),
    price: nodePrice(vmSize, nodes.os, around.prices),
  });
  warnOfPrice(context, path, pool);
  return context.placed(pool, path);
}

/** POOL-12, POOL-13, ACC-14. */
function checkNodeSetup(context: BuildContext, path: Path, given: GivenPoolSpecification): void {
  const users = (given.userAccounts ?? []).map(({ name, elevationLevel = null }) => ({ name, elevationLevel }));
  refuseBy(context, [...path, 'userAccounts'], checkUserAccounts(users));
  const mounts = (given.mountConfiguration ?? []).map((entry) => Object.keys(entry));
  refuseBy(context, [...path, 'mountConfiguration'], checkMounts(mounts));
}

/** POOL-24. */
function readVmSize(context: BuildContext, path: Path, name: string): VmSize | null {
  const size = findVmSize(name);
  if (size !== null) return size;
  const near = suggestVmSize(name);
  const message = `there is no VM size "${name}" in the catalogue (POOL-24)`;
  const refusal = invalidProperty('vmSize', name, 'There is no such size in the catalogue.');
  context.refuse('BS2105', path, message, near === null ? null : `did you mean "${near}"?`, refusal);
  return null;
}

/** RSZ-03. */
function readTimeout(context: BuildContext, path: Path, given: GivenPoolSpecification): number {
  const ms = given.resizeTimeout ?? DEFAULT_RESIZE_TIMEOUT_MS;
  const refusal = checkResizeTimeout(ms);
  if (refusal !== null) {
    const message = `resizeTimeout of ${context.name(path)} is ${formatDuration(ms)}; Batch accepts 5m to 168h (RSZ-03, InvalidPropertyValue)`;
    context.refuse('BS2109', [...path, 'resizeTimeout'], message, 'the default is 15m', refusal);
  }
  return ms;
}

/** POOL-07, ACC-13; `maxTasksPerNode` is the old name. */
function readSlots(context: BuildContext, path: Path, given: GivenPoolSpecification, size: VmSize): number {
  if (given.taskSlotsPerNode !== undefined && given.maxTasksPerNode !== undefined) {
    const message = 'maxTasksPerNode is the old name of taskSlotsPerNode; one of them is enough';
    context.error('BS2013', [...path, 'maxTasksPerNode'], message);
  }
  const slots = given.taskSlotsPerNode ?? given.maxTasksPerNode ?? 1;
  const most = maxTaskSlots(size.vcpus);
  if (slots < 1 || slots > most) {
    const key = given.taskSlotsPerNode === undefined ? 'maxTasksPerNode' : 'taskSlotsPerNode';
    const range = slots < 1 ? 'at least 1 slot' : `at most ${most}`;
    const message = `${key} of ${context.name(path)} is ${slots}; a node of ${size.vcpus} cores has ${range} (ACC-13, InvalidPropertyValue)`;
    const refusal = invalidProperty(key, slots, `It is a whole number from 1 to ${most}.`);
    const hint = slots < 1 ? 'the default is 1' : 'lower it, or take a larger VM size';
    context.refuse('BS2106', [...path, key], message, hint, refusal);
  }
  return slots;
}

function readNodeModels(
  context: BuildContext,
  path: Path,
  given: NonNullable<GivenPoolSpecification['model']>['nodes'],
  hasStartTask: boolean,
): ReadonlyMap<number, NodeModel> {
  const models = new Map<number, NodeModel>();
  for (const [name, { startTask }] of Object.entries(given ?? {})) {
    const ordinal = readOrdinal(context, path, name);
    if (startTask !== undefined && !hasStartTask) {
      const message = `${context.name([...path, name, 'startTask'])} describes a start task that the pool does not have`;
      context.error('BS2016', [...path, name, 'startTask'], message, 'add startTask: { commandLine: … } to the pool');
    }
    if (ordinal === null) continue;
    const command = startTask === undefined ? null : readCommand(context, [...path, name, 'startTask'], startTask);
    models.set(ordinal, { startTask: command });
  }
  return models;
}

/** BILL-07: an unknown price is told, and never taken for 0. */
function warnOfPrice(context: BuildContext, path: Path, pool: Pool): void {
  const { price, vmSize, os, autoScale } = pool;
  const kinds = [
    (pool.targetDedicatedNodes > 0 || autoScale !== null) && price.dedicatedPerHourUsd === null ? 'dedicated' : null,
    (pool.targetLowPriorityNodes > 0 || autoScale !== null) && price.spotPerHourUsd === null ? 'preemptible' : null,
  ].filter((kind) => kind !== null);
  if (kinds.length === 0) return;
  const message = `no price is known for ${kinds.join(' and ')} ${os} nodes of ${vmSize.name}; their cost stays unknown (BILL-07)`;
  const hint = `add prices: { overrides: { ${vmSize.name}: { dedicated: 0.10, spot: 0.02 } } }`;
  context.warning('BS2202', [...path, 'vmSize'], message, hint);
}
