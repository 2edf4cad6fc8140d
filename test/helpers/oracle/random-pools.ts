/** Random accounts and pools (ACC, POOL, RSZ). */
import {
  type Account,
  type CapacityWindow,
  constant,
  makeAccount,
  makePool,
  type Pool,
  TIMING_NONE,
  type Timing,
  type VmSize,
} from '../../../src/model/index.js';
import type { Dice, Swarm } from './dice.js';
import { randomNodeModels, randomStartTask } from './random-commands.js';

const SIZES: readonly VmSize[] = [
  { name: 'Standard_One', family: 'standardOneFamily', vcpus: 1, memoryGib: 2, tempDiskGib: null, gpus: 0 },
  { name: 'Standard_Two', family: 'standardManyFamily', vcpus: 2, memoryGib: 8, tempDiskGib: null, gpus: 0 },
  { name: 'Standard_Four', family: 'STANDARDMANYFAMILY', vcpus: 4, memoryGib: 16, tempDiskGib: null, gpus: 0 },
];
const MINUTE_MS = 60_000;

/** An account without pools and jobs, its quotas tight where the world has quotas. */
export function randomAccount(dice: Dice, swarm: Swarm, name: string): Account {
  const families = [
    ['standardonefamily', dice.int(1, 6)],
    ['standardManyFamily', dice.int(2, 16)],
  ] as const;
  return makeAccount({
    name,
    poolAllocationMode: swarm.has('userSubscription') ? 'UserSubscription' : 'BatchService',
    dedicatedCoreQuota: swarm.has('quota') ? dice.int(2, 16) : 900,
    lowPriorityCoreQuota: swarm.has('quota') ? dice.int(0, 8) : 900,
    dedicatedCoreQuotaPerVMFamily: new Map(families.slice(0, dice.int(1, 2))),
    dedicatedCoreQuotaPerVMFamilyEnforced: swarm.has('family'),
  });
}

/** A pool of a few nodes whose latencies are constants. `unitMs`: the grain of the world's times. */
export function randomPool(dice: Dice, swarm: Swarm, id: string, unitMs: number): Pool {
  const ready = swarm.has('ready') && dice.chance(0.5);
  const interNode = swarm.has('interNode') || swarm.has('multiInstance');
  const crowded = swarm.has('interNode') && dice.chance(0.05);
  const allocationFailure = !ready && swarm.has('allocationFailure') && dice.chance(0.2);
  // Whether missing preemptible nodes are sought after a stop or a failure of the provider is nowhere said.
  const noSpot = allocationFailure || swarm.has('stopResize');
  const startTask = swarm.has('startTasks') && dice.chance(0.8) ? randomStartTask(dice, unitMs) : null;
  return makePool({
    id,
    ready,
    vmSize: dice.pick(SIZES),
    os: swarm.has('windows') ? dice.pick(['linux', 'windows']) : 'linux',
    targetDedicatedNodes: crowded
      ? dice.int(60, 110)
      : dice.pick(swarm.has('preemption') ? [1, 1, 2] : [0, 1, 1, 2, 3, 4]),
    targetLowPriorityNodes: noSpot ? 0 : crowded ? dice.int(0, 30) : dice.pick(spotCounts(swarm)),
    resizeTimeoutMs: dice.pick([5, 5, 15]) * MINUTE_MS,
    taskSlotsPerNode: swarm.has('slots') && !swarm.has('multiInstance') ? dice.int(1, 4) : 1,
    nodeFillType: swarm.has('pack') ? dice.pick(['spread', 'pack']) : 'spread',
    jobDefaultOrder: swarm.has('creationtime') ? dice.pick(['none', 'creationtime']) : 'none',
    enableInterNodeCommunication: interNode,
    timing: swarm.has('latencies') ? randomTiming(dice, swarm, unitMs, noSpot && !swarm.has('resizes')) : TIMING_NONE,
    allocationFailure,
    capacity:
      !ready && !crowded && swarm.has('capacity') && !swarm.has('setCapacity') ? randomCapacity(dice, unitMs) : [],
    startTask,
    nodeModels: randomNodeModels(dice, unitMs, startTask),
    bandwidth: swarm.has('transfers') ? dice.pick([null, 1]) : null,
  });
}

function spotCounts(swarm: Swarm): number[] {
  return swarm.has('preemptions') ? [1, 2, 3] : [0, 0, 1, 2];
}

function randomTiming(dice: Dice, swarm: Swarm, unitMs: number, noSpot: boolean): Timing {
  const latency = (values: readonly number[]): [ReturnType<typeof constant>] => [constant(dice.pick(values))];
  const short = [0, 0, unitMs, 2 * unitMs];
  const again = latency(short);
  return {
    base: 'none',
    overrides: {
      // Around the resize timeout: before it, at it, after it. What is sought for ever must come before it (RSZ-09).
      alloc: latency([...short, ...short, 5 * MINUTE_MS - 1, 5 * MINUTE_MS, (noSpot ? 5 : 4) * MINUTE_MS + 1]),
      create: latency(short),
      start: latency(short),
      dispatch: latency(swarm.has('preemption') ? [unitMs, 2 * unitMs] : short),
      reboot: again,
      reimage: swarm.has('osUpgrades') ? again : latency(short),
      leave: swarm.has('deallocation') ? latency([0]) : latency(short),
      replace: latency(short),
      recover: latency(short),
      download: latency(short),
      upload: latency(short),
    },
  };
}

/** Windows one after another, some with a gap between them. */
function randomCapacity(dice: Dice, unitMs: number): CapacityWindow[] {
  const windows: CapacityWindow[] = [];
  let fromMs = dice.pick([0, 0, unitMs]);
  for (let left = dice.int(1, 3); left > 0; left--) {
    const toMs = fromMs + dice.pick([unitMs, 2 * unitMs, 5 * MINUTE_MS]);
    const limit = (): number | null => dice.pick([null, 0, 1, 2]);
    const open = left === 1 && dice.chance(0.2);
    windows.push({ fromMs, toMs: open ? null : toMs, dedicatedNodes: limit(), lowPriorityNodes: limit() });
    fromMs = toMs + dice.pick([0, 0, unitMs]);
  }
  return windows;
}
