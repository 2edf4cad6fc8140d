/**
 * A checked scenario: everything one run needs and nothing about the file it came from. `scenario` makes it from text,
 * library users make it with the functions below, `sim` runs it. Batch's own words throughout; times are whole
 * milliseconds from the start of the scenario, money is USD, absent values are null.
 *
 * Many tasks are held as columns (typed arrays), never as one object per task: a million of them is an ordinary case.
 */
import type { Action, Job, JobSchedule } from './job-spec.js';
import type { CapacityWindow, Pool } from './pool-spec.js';

/** One world to simulate. */
export interface Scenario {
  readonly name: string;
  /** Everything random derives from it (SIM-05). */
  readonly seed: string | number;
  readonly clock: Clock;
  readonly options: ModelOptions;
  /** Several accounts live side by side and never influence each other (ACC-01). */
  readonly accounts: readonly Account[];
  /** ACC-09: what regions have of single VM sizes; of all others, as many VMs as anybody wants. */
  readonly capacity: readonly RegionCapacity[];
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
  /** TASK-15. */
  readonly taskEndedCategory: 'usererror' | 'servererror';
  /** ACC-08: whether preempted nodes hold their cores. */
  readonly preemptedHoldsQuota: boolean;
  /** RSZ-09: how long a lost preemptible node is sought; null: without end. */
  readonly restoreWindowMs: number | null;
  /** JOB-18. */
  readonly addToDisabledJob: boolean;
  /** JM-08. */
  readonly jmEvictsOnRestart: boolean;
  /** MI-03: whether idle nodes are held back for a multi-instance task that waits. */
  readonly multiInstanceReservation: boolean;
  /** NODE-06: whether nodes in unusable and starttaskfailed may be rebooted. */
  readonly rebootUnusable: boolean;
  /** NODE-09. */
  readonly allowReimage: boolean;
  /** ACC-14. */
  readonly maxApplications: number;
  /** ENV-12: whether Linux package variables exist in lower case besides. */
  readonly appPackageLowerCase: boolean;
  /** ASC-07: how long after it was taken a sample can be read, in ms. */
  readonly sampleDelayMs: number;
  /** Row 21: share of samples that are lost, 0 to 1. */
  readonly sampleLoss: number;
  /** ERR-19: whether a refused action that nobody expected stops the run. */
  readonly onActionError: 'continue' | 'fail';
}

/** A Batch account with its quotas (ACC-04, ACC-05). */
export interface Account {
  readonly name: string;
  /** ACC-09: its region, such as `westeurope`; null: one of its own, that it shares with no other account. */
  readonly location: string | null;
  /** ACC-02. */
  readonly poolAllocationMode: 'BatchService' | 'UserSubscription';
  readonly dedicatedCoreQuota: number;
  readonly lowPriorityCoreQuota: number;
  /** Cores by VM family; families compare without regard to case. */
  readonly dedicatedCoreQuotaPerVMFamily: ReadonlyMap<string, number>;
  readonly dedicatedCoreQuotaPerVMFamilyEnforced: boolean;
  /** ACC-02: what binds in place of these core quotas in user-subscription mode. */
  readonly subscription: SubscriptionQuotas;
  readonly poolQuota: number;
  readonly activeJobAndJobScheduleQuota: number;
  readonly pools: readonly Pool[];
  readonly jobs: readonly Job[];
  readonly jobSchedules: readonly JobSchedule[];
  /** What happens during the run, in the order of the file. */
  readonly actions: readonly Action[];
  /** PKG-01: applications that are there from the start. */
  readonly applications: readonly Application[];
  /** NET-03: thumbprints of certificates that are there from the start. */
  readonly certificates: readonly string[];
}

/** ACC-09: a window in which a region has only so many VMs of a size, for all pools of that size together. */
export interface RegionCapacity extends CapacityWindow {
  /** Name of the size; case does not count. */
  readonly vmSize: string;
  /** null: every region, each by itself. */
  readonly location: string | null;
}

/** ACC-02: core quotas of a subscription in one region, for one account; null: none is known, and none binds. */
export interface SubscriptionQuotas {
  /** All cores of dedicated nodes. */
  readonly coreQuota: number | null;
  /** All cores of spot nodes. */
  readonly spotCoreQuota: number | null;
  /** Cores of dedicated nodes by VM family; one that is not listed has no quota of its own. */
  readonly coreQuotaPerVMFamily: ReadonlyMap<string, number>;
}

/** ACC-02: a subscription whose quotas are not known. */
export const NO_SUBSCRIPTION_QUOTAS: SubscriptionQuotas = {
  coreQuota: null,
  spotCoreQuota: null,
  coreQuotaPerVMFamily: new Map(),
};

/** PKG-01. */
export interface Application {
  readonly id: string;
  /** null: none. */
  readonly defaultVersion: string | null;
  readonly versions: readonly string[];
  /** Whether a version may be replaced; absent: it may. */
  readonly allowUpdates?: boolean;
}

/** ACC-15. */
export const TASK_LIFETIME_MS = 180 * 86_400_000;
/** SIM-01: 2026-01-01T00:00:00Z. */
export const DEFAULT_EPOCH_MS = 1_767_225_600_000;
/** A scenario with Batch's defaults for what is not given. */
export function makeScenario(given: Partial<Scenario> & Pick<Scenario, 'accounts'>): Scenario {
  return {
    name: 'scenario',
    seed: 1,
    capacity: [],
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
  taskEndedCategory: 'usererror',
  preemptedHoldsQuota: true,
  restoreWindowMs: null,
  addToDisabledJob: true,
  jmEvictsOnRestart: true,
  multiInstanceReservation: false,
  rebootUnusable: true,
  allowReimage: true,
  maxApplications: 200,
  appPackageLowerCase: true,
  sampleDelayMs: 0,
  sampleLoss: 0,
  onActionError: 'continue',
};

/** An account with the simulator's default quotas (ACC-05) for what is not given. */
export function makeAccount(given: Partial<Account>): Account {
  return {
    name: 'account',
    location: null,
    poolAllocationMode: 'BatchService',
    dedicatedCoreQuota: 900,
    lowPriorityCoreQuota: 100,
    dedicatedCoreQuotaPerVMFamily: new Map(),
    dedicatedCoreQuotaPerVMFamilyEnforced: false,
    subscription: NO_SUBSCRIPTION_QUOTAS,
    poolQuota: 100,
    activeJobAndJobScheduleQuota: 300,
    pools: [],
    jobs: [],
    jobSchedules: [],
    actions: [],
    applications: [],
    certificates: [],
    ...given,
  };
}
