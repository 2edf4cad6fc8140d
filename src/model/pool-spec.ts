/** A pool as Batch's body describes it, with what only a simulation needs: latencies, faults, capacity, prices (POOL). */
import type { CommandModel, NameValue, PackageReference } from './command.js';
import type { PoolConfiguration } from './pool-configuration.js';
import type { Quantity } from './quantity.js';
import type { NodeErrorCode } from './reported-errors.js';
import { type ImageKind, TIMING_TYPICAL, type Timing } from './timing.js';
import { DEFAULT_UPGRADE_POLICY, type UpgradePolicy } from './upgrade-policy.js';
import type { VmSize } from './vm-size.js';

/** A pool as it is added. */
export interface Pool {
  readonly id: string;
  readonly displayName: string | null;
  readonly vmSize: VmSize;
  /** POOL-04: as the body names it; null: it names none, and nodes run Linux from a marketplace image. */
  readonly configuration: PoolConfiguration | null;
  readonly os: 'linux' | 'windows';
  readonly image: ImageKind;
  readonly targetDedicatedNodes: number;
  readonly targetLowPriorityNodes: number;
  /** RSZ-03: milliseconds; default 15 minutes. */
  readonly resizeTimeoutMs: number;
  readonly taskSlotsPerNode: number;
  /** POOL-08. */
  readonly nodeFillType: 'spread' | 'pack';
  /** POOL-09. */
  readonly jobDefaultOrder: 'none' | 'creationtime';
  /** POOL-10: limits the size of the pool (ACC-12). */
  readonly enableInterNodeCommunication: boolean;
  readonly timing: Timing;
  /** The pool stands before the start: all target nodes idle and charged from 0. Quota still binds. */
  readonly ready: boolean;
  /** RSZ-07: the first resize fails with `AllocationFailed`. */
  readonly allocationFailure: boolean;
  /** null: a fixed size (POOL-06). */
  readonly autoScale: AutoScale | null;
  readonly startTask: StartTask | null;
  /** PKG-02: at most ten (ACC-14). */
  readonly applicationPackages: readonly PackageReference[];
  /** NET-03: thumbprints. */
  readonly certificates: readonly string[];
  readonly metadata: readonly NameValue[];
  /** TASK-29: whether tasks of the pool need container settings. */
  readonly hasContainers: boolean;
  /** POOL-21. */
  readonly upgradePolicy: UpgradePolicy;
  /** NET-01: addresses that the subnet has left; null: enough. */
  readonly subnetAddresses: number | null;
  readonly faults: PoolFaults;
  /** Bytes per millisecond of a transfer; null: a transfer takes the latency `download` or `upload` of SIM-06. */
  readonly bandwidth: number | null;
  /** What holds for single nodes only, by ordinal. */
  readonly nodeModels: ReadonlyMap<number, NodeModel>;
  /** ACC-09: windows in which this pool can have only so many nodes, whatever its region has; outside them any. */
  readonly capacity: readonly CapacityWindow[];
  /** USD per node-hour; null: no price is known (BILL-07). */
  readonly price: NodePrice;
}

/** ACC-09: how many VMs of each kind can be had from `fromMs` (inclusive) to `toMs` (exclusive). */
export interface CapacityWindow {
  readonly fromMs: number;
  /** null: to the end. */
  readonly toMs: number | null;
  readonly dedicatedNodes: number | null;
  readonly lowPriorityNodes: number | null;
}

/** What an hour of one node costs, and where the figures come from. */
export interface NodePrice {
  readonly dedicatedPerHourUsd: number | null;
  readonly spotPerHourUsd: number | null;
  readonly dedicatedSource: string | null;
  readonly spotSource: string | null;
  /** True where the spot price is the list price less the assumed discount (BILL-07). */
  readonly spotAssumed: boolean;
  /** What a charged node costs besides its VM, disks and addresses, say: USD per hour, in neither price. Absent: nothing. */
  readonly extraPerHourUsd?: number;
}

/** ASC-01 to ASC-03. */
export interface AutoScale {
  readonly formula: string;
  /** In ms: default 15 minutes, 5 minutes to 168 hours. */
  readonly evaluationIntervalMs: number;
}

/** START: what runs on every node when it joins, and after each reboot, reimage and recovery. */
export interface StartTask {
  /** START-04: -1 is unlimited. */
  readonly maxTaskRetryCount: number;
  /** START-03. */
  readonly waitForSuccess: boolean;
  readonly command: CommandModel;
  /** ACC-19: characters of command line, resource files and environment together; absent: not known, few. */
  readonly definitionLength?: number;
}

/** What holds for one node only. */
export interface NodeModel {
  /** In place of the command of the pool's start task; null: the same. */
  readonly startTask: CommandModel | null;
}

/** NODE-22: what fate does to a pool, all off by default. */
export interface PoolFaults {
  /** NODE-11, rows 23 and 24. */
  readonly preemption: Preemption | null;
  /** NODE-13: how long a node is usable, from each time it becomes ready, in ms; then it is unusable. */
  readonly unusable: Quantity | null;
  /** NODE-14: what is wrong with it then; null: nothing that is known, contact is lost for good. */
  readonly unusableError: NodeErrorCode | null;
  /** NODE-14: whether the service then brings it back. */
  readonly unusableRecovers: boolean;
  /** NODE-22: how long until a node's host reboots, from each time the node becomes ready, in ms. */
  readonly hostReboot: Quantity | null;
  /** NODE-13: silences; null: none. */
  readonly lostContact: LostContact | null;
  /** Share of nodes that become unusable when they boot (row 28), 0 to 1. */
  readonly unusableAtStart: number;
  /** Row 4: nodes that boot more slowly; null: none. */
  readonly slow: { readonly share: number; readonly factor: number } | null;
  /** PKG-05: share of nodes on which the pool's packages fail to install, 0 to 1, drawn for each boot. */
  readonly packageFailure: number;
  /** POOL-13: a mount fails on every node. */
  readonly mountFailure: boolean;
  /** NET-01: the network blocks Batch's ports; nodes become unusable. */
  readonly portsBlocked: boolean;
}

/** NODE-22, NODE-13: how long contact with a node lasts, from each time it is ready or heard of again, and stays away; in ms. */
export interface LostContact {
  readonly after: Quantity;
  /** null: as long as the service takes to recover a node (SIM-06 recover). */
  readonly lasts: Quantity | null;
}

/**
 * How spot nodes are taken away (NODE-11). `rate`: the hazard of each node per ms; events come at rate ÷ share and take
 * that share of the pool's spot nodes, within `spreadMs`. `trace`: so many nodes at each instant.
 */
export type Preemption =
  | { readonly kind: 'rate'; readonly ratePerMs: number; readonly share: number; readonly spreadMs: number }
  | { readonly kind: 'trace'; readonly atMs: Float64Array; readonly count: Int32Array };

/** No faults. */
export const NO_FAULTS: PoolFaults = {
  preemption: null,
  unusable: null,
  unusableError: null,
  unusableRecovers: true,
  hostReboot: null,
  lostContact: null,
  unusableAtStart: 0,
  slow: null,
  packageFailure: 0,
  mountFailure: false,
  portsBlocked: false,
};

/** RSZ-03: milliseconds. */
export const DEFAULT_RESIZE_TIMEOUT_MS = 15 * 60_000;
/** ASC-01: milliseconds. */
export const DEFAULT_EVALUATION_INTERVAL_MS = 15 * 60_000;

/** A pool with Batch's defaults for what is not given. */
export function makePool(given: Partial<Pool> & Pick<Pool, 'id' | 'vmSize'>): Pool {
  return {
    displayName: null,
    configuration: null,
    os: 'linux',
    image: 'marketplace',
    targetDedicatedNodes: 0,
    targetLowPriorityNodes: 0,
    resizeTimeoutMs: DEFAULT_RESIZE_TIMEOUT_MS,
    taskSlotsPerNode: 1,
    nodeFillType: 'spread',
    jobDefaultOrder: 'none',
    enableInterNodeCommunication: false,
    timing: TIMING_TYPICAL,
    ready: false,
    allocationFailure: false,
    autoScale: null,
    startTask: null,
    applicationPackages: [],
    certificates: [],
    metadata: [],
    hasContainers: false,
    upgradePolicy: DEFAULT_UPGRADE_POLICY,
    subnetAddresses: null,
    faults: NO_FAULTS,
    bandwidth: null,
    nodeModels: new Map(),
    capacity: [],
    price: {
      dedicatedPerHourUsd: null,
      spotPerHourUsd: null,
      dedicatedSource: null,
      spotSource: null,
      spotAssumed: false,
    },
    ...given,
  };
}
