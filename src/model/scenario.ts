/**
 * A checked scenario: everything one run needs and nothing about the file it came from. `scenario` makes it from text,
 * library users make it with the functions below, `sim` runs it. Batch's own words throughout; times are whole
 * milliseconds from the start of the scenario, money is USD, absent values are null.
 *
 * Many tasks are held as columns (typed arrays), never as one object per task: a million of them is an ordinary case.
 */
import { constant, type Quantity, type QuantityPerOccurrence } from './quantity.js';
import { type ImageKind, TIMING_TYPICAL, type Timing } from './timing.js';
import type { VmSize } from './vm-size.js';

/** One world to simulate. */
export interface Scenario {
  readonly name: string;
  /** Everything random derives from it (SIM-05). */
  readonly seed: string | number;
  readonly clock: Clock;
  readonly options: ModelOptions;
  /** Several accounts live side by side and never influence each other (ACC-01). */
  readonly accounts: readonly Account[];
  /** `expect` rules and other parts of the file that the engine does not read, by key, as plain data. */
  readonly extras: Readonly<Record<string, unknown>>;
}

/** SIM-01, SIM-10. */
export interface Clock {
  /** Unix time of the start in milliseconds (`clock.start`, default 2026-01-01T00:00:00Z). */
  readonly epochMs: number;
  /** Stop here even if work remains; null: run until nothing is due. */
  readonly untilMs: number | null;
  /** Run on this long after the last work; null: the default of SIM-10. */
  readonly tailMs: number | null;
}

/** Options that rules of the specification name in code font. */
export interface ModelOptions {
  /** SCH-04: order of a job's tasks. */
  readonly taskOrder: 'creation' | 'ready' | 'random';
  /** SCH-05: order among jobs of equal priority. */
  readonly jobOrder: 'roundRobin' | 'random';
  /** ACC-15: the service gives a task up this long after its addition; null: never. */
  readonly taskLifetimeMs: number | null;
  /** TASK-14: exit code of a stopped process; null: by operating system (-9 on Linux, -1073741510 on Windows). */
  readonly killedExitCode: number | null;
}

/** A Batch account with its quotas (ACC-04, ACC-05). */
export interface Account {
  readonly name: string;
  /** ACC-02. */
  readonly poolAllocationMode: 'BatchService' | 'UserSubscription';
  readonly dedicatedCoreQuota: number;
  readonly lowPriorityCoreQuota: number;
  /** Cores by VM family; families compare without regard to case. */
  readonly dedicatedCoreQuotaPerVMFamily: ReadonlyMap<string, number>;
  readonly dedicatedCoreQuotaPerVMFamilyEnforced: boolean;
  readonly poolQuota: number;
  readonly activeJobAndJobScheduleQuota: number;
  readonly pools: readonly Pool[];
  readonly jobs: readonly Job[];
}

/** A pool as added at the start of the scenario. */
export interface Pool {
  readonly id: string;
  readonly displayName: string | null;
  readonly vmSize: VmSize;
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
  /** ACC-09: windows in which only so many nodes can be had; outside them capacity is unlimited. */
  readonly capacity: readonly CapacityWindow[];
  /** USD per node-hour; null: no price is known (BILL-07). */
  readonly price: NodePrice;
}

/** How many nodes of each kind the pool can hold from `fromMs` (inclusive) to `toMs` (exclusive). */
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
}

/** A job, or many: with an arrival process, a new one each time. */
export interface Job {
  /** With several arrivals, `{n}` stands for the count from 1. */
  readonly id: string;
  readonly displayName: string | null;
  /** A pool with this id need not exist (JOB-03). */
  readonly poolId: string;
  readonly priority: number;
  /** JOB-19: -1 is unlimited. */
  readonly maxParallelTasks: number;
  /** JOB-20. */
  readonly allowTaskPreemption: boolean;
  readonly usesTaskDependencies: boolean;
  /** JOB-07: used for tasks without constraints of their own. */
  readonly maxTaskRetryCount: number;
  readonly arrival: Arrival;
  readonly tasks: readonly TaskSet[];
}

/**
 * Tasks that were described together: one entry of a scenario, or one table of a trace. Each field is either one value
 * for all, or a column with a value for each. Order within the job is set by set, then by index.
 */
export interface TaskSet {
  readonly count: number;
  readonly ids: TaskIds;
  /** Empty string: none. null: none at all. */
  readonly displayNames: readonly string[] | null;
  /** When the tasks are added: offsets from the job's creation in whole ms, or a process. */
  readonly arrival: Arrival;
  /** How long an attempt runs, in ms: one value or quantity per attempt, or a column with one value per task. */
  readonly runtime: QuantityPerOccurrence | Float64Array;
  readonly exitCode: QuantityPerOccurrence | Int32Array;
  readonly requiredSlots: number | Uint16Array;
  /** null: the job's (TASK-12). */
  readonly maxTaskRetryCount: number | null;
  /** TASK-11: ms an attempt may run; null: no limit. A column holds -1 for no limit. */
  readonly maxWallClockTimeMs: number | Float64Array | null;
  /** TASK-19. */
  readonly affinityId: string | null;
  /** Extra dispatch time of the attempts (rows 14, 15 of the timing defaults), in ms. */
  readonly dispatchExtraMs: number;
  readonly dependsOn: TaskDependencies | null;
}

/** Ids of a set's tasks: a list, or `prefix` + (first + index, padded with zeros to `digits`) + `suffix`. */
export type TaskIds =
  | { readonly kind: 'list'; readonly values: readonly string[] }
  | {
      readonly kind: 'pattern';
      readonly prefix: string;
      readonly first: number;
      readonly digits: number;
      readonly suffix: string;
    };

/** What the tasks of a set wait for. */
export interface TaskDependencies {
  /** Every task of the set waits for all of these ids (DEP-02, DEP-05). */
  readonly taskIds: readonly string[];
  /** … and for every integer of these inclusive ranges (DEP-06). */
  readonly taskIdRanges: readonly { readonly start: number; readonly end: number }[];
  /**
   * … and each for its own parents: task i waits for `parents[offsets[i]] … parents[offsets[i + 1] - 1]`, each the
   * index of a task within the job (set by set). null: none.
   */
  readonly columns: { readonly offsets: Int32Array; readonly parents: Int32Array } | null;
}

/** When things come. Rates are per millisecond; times are ms from the start (jobs) or the job's creation (tasks). */
export type Arrival =
  | { readonly kind: 'at'; readonly atMs: number }
  | {
      readonly kind: 'poisson';
      readonly ratePerMs: number;
      readonly fromMs: number;
      readonly untilMs: number | null;
      readonly count: number | null;
    }
  | {
      readonly kind: 'phases';
      readonly fromMs: number;
      readonly phases: readonly ArrivalPhase[];
      readonly count: number | null;
    }
  | {
      readonly kind: 'every';
      readonly intervalMs: number;
      readonly fromMs: number;
      readonly untilMs: number | null;
      readonly count: number | null;
    }
  /** One value per arrival, in the order of the trace; need not be sorted. */
  | { readonly kind: 'trace'; readonly atMs: Float64Array };

/** A stretch of a Poisson process with a steady rate, or one that goes evenly from `ratePerMs` to `rampToPerMs`. */
export interface ArrivalPhase {
  readonly forMs: number;
  readonly ratePerMs: number;
  readonly rampToPerMs: number | null;
}

/** ACC-15. */
export const TASK_LIFETIME_MS = 180 * 86_400_000;
/** SIM-01: 2026-01-01T00:00:00Z. */
export const DEFAULT_EPOCH_MS = 1_767_225_600_000;
/** RSZ-03. */
export const DEFAULT_RESIZE_TIMEOUT_MS = 15 * 60_000;

/** At the start, or as soon as the job is there. */
export const AT_ONCE: Arrival = { kind: 'at', atMs: 0 };

/** A scenario with Batch's defaults for what is not given. */
export function makeScenario(given: Partial<Scenario> & Pick<Scenario, 'accounts'>): Scenario {
  return {
    name: 'scenario',
    seed: 1,
    extras: {},
    ...given,
    clock: given.clock ?? { epochMs: DEFAULT_EPOCH_MS, untilMs: null, tailMs: null },
    options: given.options ?? DEFAULT_OPTIONS,
  };
}

/** The options' defaults, rule by rule. */
export const DEFAULT_OPTIONS: ModelOptions = {
  taskOrder: 'creation',
  jobOrder: 'roundRobin',
  taskLifetimeMs: TASK_LIFETIME_MS,
  killedExitCode: null,
};

/** An account with the simulator's default quotas (ACC-05) for what is not given. */
export function makeAccount(given: Partial<Account>): Account {
  return {
    name: 'account',
    poolAllocationMode: 'BatchService',
    dedicatedCoreQuota: 900,
    lowPriorityCoreQuota: 100,
    dedicatedCoreQuotaPerVMFamily: new Map(),
    dedicatedCoreQuotaPerVMFamilyEnforced: false,
    poolQuota: 100,
    activeJobAndJobScheduleQuota: 300,
    pools: [],
    jobs: [],
    ...given,
  };
}

/** A pool with Batch's defaults for what is not given. */
export function makePool(given: Partial<Pool> & Pick<Pool, 'id' | 'vmSize'>): Pool {
  return {
    displayName: null,
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

/** A job with Batch's defaults for what is not given. */
export function makeJob(given: Partial<Job> & Pick<Job, 'id' | 'poolId'>): Job {
  return {
    displayName: null,
    priority: 0,
    maxParallelTasks: -1,
    allowTaskPreemption: false,
    usesTaskDependencies: given.tasks?.some((set) => set.dependsOn !== null) ?? false,
    maxTaskRetryCount: 0,
    arrival: AT_ONCE,
    tasks: [],
    ...given,
  };
}

/** Tasks with Batch's defaults for what is not given; ids count up from `task-1`. */
export function makeTasks(given: Partial<TaskSet> & Pick<TaskSet, 'count'>): TaskSet {
  const nothing: Quantity = constant(0);
  return {
    ids: { kind: 'pattern', prefix: 'task-', first: 1, digits: 0, suffix: '' },
    displayNames: null,
    arrival: AT_ONCE,
    runtime: [nothing],
    exitCode: [nothing],
    requiredSlots: 1,
    maxTaskRetryCount: null,
    maxWallClockTimeMs: null,
    affinityId: null,
    dispatchExtraMs: 0,
    dependsOn: null,
    ...given,
  };
}

/** The id of one task of a set. */
export function taskIdAt(ids: TaskIds, index: number): string {
  if (ids.kind === 'list') return ids.values[index] as string;
  return `${ids.prefix}${String(ids.first + index).padStart(ids.digits, '0')}${ids.suffix}`;
}
