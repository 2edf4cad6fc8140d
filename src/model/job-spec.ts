/**
 * Jobs and job schedules as Batch's bodies describe them, with what only a simulation needs (JOB, JM, PREP, JS, AUTO),
 * and the operations that a scenario or a job manager may ask the service for.
 */
import type { Result } from '../base/index.js';
import { type Arrival, AT_ONCE } from './arrival.js';
import { type CommandModel, INSTANT_COMMAND, type NameValue, type PackageReference } from './command.js';
import type { Pool, StartTask } from './pool-spec.js';
import type { ServiceError } from './service-errors.js';
import type { TaskSet } from './task-spec.js';

/** A job, or many: with an arrival process, a new one each time. */
export interface Job {
  /** With several arrivals, `{n}` stands for the count from 1. */
  readonly id: string;
  readonly displayName: string | null;
  /** A pool with this id need not exist (JOB-03). Empty with `autoPool`. */
  readonly poolId: string;
  /** AUTO-01: in place of `poolId`; null: none. */
  readonly autoPool: AutoPool | null;
  readonly priority: number;
  /** JOB-19: -1 is unlimited. */
  readonly maxParallelTasks: number;
  /** JOB-20. */
  readonly allowTaskPreemption: boolean;
  readonly usesTaskDependencies: boolean;
  /** JOB-07: used for tasks without constraints of their own. */
  readonly maxTaskRetryCount: number;
  /** JOB-06: in ms from its creation; null: no limit. */
  readonly maxWallClockTimeMs: number | null;
  /** JOB-08. */
  readonly onAllTasksComplete: 'noaction' | 'terminatejob';
  /** JOB-10. */
  readonly onTaskFailure: 'noaction' | 'performexitoptionsjobaction';
  readonly jobManagerTask: JobManager | null;
  readonly jobPreparationTask: JobPreparation | null;
  /** Only with a preparation task (JOB-28). */
  readonly jobReleaseTask: JobRelease | null;
  /** JOB-22. */
  readonly commonEnvironmentSettings: readonly NameValue[];
  readonly metadata: readonly NameValue[];
  readonly arrival: Arrival;
  readonly tasks: readonly TaskSet[];
}

/** JM: the task that is created with its job. */
export interface JobManager {
  /** One task; its id, run time, constraints and the like. */
  readonly task: TaskSet;
  /** JM-03, default true. */
  readonly killJobOnCompletion: boolean;
  /** JM-05, default true. */
  readonly runExclusive: boolean;
  /** JM-06, default true. */
  readonly allowLowPriorityNode: boolean;
  /** JM-11: what it does, at offsets from the start of each of its attempts. */
  readonly actions: readonly { readonly atMs: number; readonly operation: Operation }[];
}

/** PREP-01 to PREP-10. */
export interface JobPreparation {
  readonly id: string;
  readonly maxTaskRetryCount: number;
  /** null: no limit. */
  readonly maxWallClockTimeMs: number | null;
  readonly retentionTimeMs: number | null;
  readonly waitForSuccess: boolean;
  readonly rerunOnNodeRebootAfterSuccess: boolean;
  readonly command: CommandModel;
}

/** PREP-11 to PREP-17. */
export interface JobRelease {
  readonly id: string;
  /** PREP-12: default and maximum 15 minutes. */
  readonly maxWallClockTimeMs: number;
  readonly retentionTimeMs: number | null;
  readonly command: CommandModel;
}

/** AUTO: a pool that is made for a job or a job schedule. */
export interface AutoPool {
  readonly autoPoolIdPrefix: string;
  readonly poolLifetimeOption: 'job' | 'jobschedule';
  readonly keepAlive: boolean;
  /** The pool; its id is made when it is (AUTO-04). */
  readonly pool: Pool;
}

/** JS-02, JS-03: times in ms from the start of the scenario; null: not given. */
export interface Schedule {
  readonly doNotRunUntilMs: number | null;
  readonly doNotRunAfterMs: number | null;
  readonly startWindowMs: number | null;
  readonly recurrenceIntervalMs: number | null;
}

/** Nothing said about when: one job at once. */
export const NO_BOUNDS: Schedule = {
  doNotRunUntilMs: null,
  doNotRunAfterMs: null,
  startWindowMs: null,
  recurrenceIntervalMs: null,
};

/** JS: jobs that come by the calendar. */
export interface JobSchedule {
  readonly id: string;
  readonly displayName: string | null;
  readonly schedule: Schedule;
  /** What each job is made of; its id is made by JS-10, and its `tasks` are added with it. */
  readonly jobSpecification: Job;
  readonly metadata: readonly NameValue[];
}

/** What a caller gave: the thing, or why Batch refuses to make it, found before the state of the world counts (ERR-04). */
export type Given<T> = Result<T, ServiceError>;

/** RSZ-12, NODE-07. */
export const NODE_DEALLOCATION_OPTIONS = ['requeue', 'terminate', 'taskcompletion', 'retaineddata'] as const;
export type NodeDeallocationOption = (typeof NODE_DEALLOCATION_OPTIONS)[number];

/** POOL-14, POOL-15: properties of a pool that may change; absent ones are left (patch) or reset (update). */
export interface PoolChanges {
  readonly startTask?: StartTask | null;
  readonly applicationPackages?: readonly PackageReference[];
  readonly certificates?: readonly string[];
  readonly metadata?: readonly NameValue[];
}

/** Properties of a job that may change; absent ones are left (patch) or reset (update, PUT). */
export interface JobChanges {
  readonly priority?: number;
  readonly maxParallelTasks?: number;
  readonly allowTaskPreemption?: boolean;
  readonly maxTaskRetryCount?: number;
  /** null: no limit. */
  readonly maxWallClockTimeMs?: number | null;
  readonly onAllTasksComplete?: Job['onAllTasksComplete'];
  /** JOB-21. */
  readonly poolId?: string;
  /** AUTO-06. */
  readonly keepAlive?: boolean;
  readonly metadata?: readonly NameValue[];
}

/** TASK-25: constraints that replace those of a task; null: the default. */
export interface TaskConstraints {
  readonly maxTaskRetryCount: number | null;
  readonly maxWallClockTimeMs: number | null;
  readonly retentionTimeMs: number | null;
}

/** Properties of a job schedule that may change; absent ones are left (patch) or reset (update, PUT). */
export interface JobScheduleChanges {
  readonly schedule?: Schedule;
  readonly jobSpecification?: Job;
  readonly metadata?: readonly NameValue[];
}

type OnPool<K extends string> = { readonly kind: K; readonly poolId: string };
/** `node`: its ordinal (`n3`) or its id. */
type OnNode<K extends string> = OnPool<K> & { readonly node: string };
type OnJob<K extends string> = { readonly kind: K; readonly jobId: string };
type OnTask<K extends string> = OnJob<K> & { readonly taskId: string };
type OnSchedule<K extends string> = { readonly kind: K; readonly jobScheduleId: string };
type OnApplication<K extends string> = { readonly kind: K; readonly applicationId: string };

/** An operation of Batch with its arguments; null: not given, the default holds. */
export type BatchOperation =
  | { readonly kind: 'addPool'; readonly pool: Given<Pool> }
  | (OnPool<'patchPool' | 'updatePoolProperties'> & { readonly changes: PoolChanges })
  | OnPool<'deletePool' | 'stopResizePool' | 'disableAutoScale'>
  | (OnPool<'resizePool'> & {
      readonly targetDedicatedNodes: number | null;
      readonly targetLowPriorityNodes: number | null;
      readonly resizeTimeoutMs: number | null;
      readonly nodeDeallocationOption: NodeDeallocationOption | null;
    })
  | (OnPool<'removeNodes'> & {
      readonly nodes: readonly string[];
      readonly resizeTimeoutMs: number | null;
      readonly nodeDeallocationOption: NodeDeallocationOption | null;
    })
  | (OnPool<'enableAutoScale'> & { readonly formula: string | null; readonly evaluationIntervalMs: number | null })
  | (OnPool<'evaluateAutoScale'> & { readonly formula: string })
  | (OnNode<'rebootNode' | 'reimageNode' | 'deallocateNode'> & { readonly option: NodeDeallocationOption | null })
  | OnNode<'startNode' | 'enableNodeScheduling'>
  | (OnNode<'disableNodeScheduling'> & { readonly option: 'requeue' | 'terminate' | 'taskcompletion' | null })
  | (OnNode<'addNodeUser' | 'updateNodeUser' | 'deleteNodeUser'> & { readonly userName: string })
  | { readonly kind: 'addJob'; readonly job: Given<Job> }
  | (OnJob<'patchJob' | 'updateJob'> & { readonly changes: JobChanges })
  | (OnJob<'disableJob'> & { readonly disableTasks: 'requeue' | 'terminate' | 'wait' | null })
  | OnJob<'enableJob'>
  | (OnJob<'terminateJob'> & { readonly terminateReason: string | null; readonly force: boolean })
  | (OnJob<'deleteJob'> & { readonly force: boolean })
  | (OnJob<'addTasks'> & { readonly tasks: Given<readonly TaskSet[]> })
  | (OnTask<'updateTask'> & { readonly constraints: TaskConstraints | null })
  | OnTask<'terminateTask' | 'deleteTask' | 'reactivateTask'>
  | { readonly kind: 'addJobSchedule'; readonly jobSchedule: Given<JobSchedule> }
  | (OnSchedule<'patchJobSchedule' | 'updateJobSchedule'> & { readonly changes: Given<JobScheduleChanges> })
  | OnSchedule<'disableJobSchedule' | 'enableJobSchedule' | 'terminateJobSchedule' | 'deleteJobSchedule'>
  | OnApplication<'addApplication' | 'deleteApplication'>
  | (OnApplication<'patchApplication'> & {
      readonly defaultVersion: string | null;
      readonly allowUpdates: boolean | null;
    })
  | (OnApplication<'addApplicationPackage' | 'deleteApplicationPackage'> & { readonly version: string })
  | {
      readonly kind: 'addCertificate' | 'deleteCertificate' | 'cancelCertificateDelete';
      readonly thumbprint: string;
    };

/** What fate does to a pool (NODE-22, POOL-21, ACC-09); happens with the faults of its instant (SIM-02). */
export type FateOperation =
  /** So many spot nodes, the lowest ordinals that have not been taken; or the named ones. */
  | (OnPool<'preemptNodes'> & { readonly count: number | null; readonly nodes: readonly string[] | null })
  /** NODE-13, NODE-14. recovers null: if there is no error. */
  | (OnNode<'failNode'> & { readonly error: string | null; readonly recovers: boolean | null })
  | OnNode<'loseContact' | 'recoverNode' | 'hostReboot'>
  /** POOL-21: a new version is there; of the named nodes only, or of the pool as its policy says. */
  | (OnPool<'upgradeOs'> & { readonly nodes: readonly string[] | null })
  /** From now on; null: no limit. */
  | (OnPool<'setCapacity'> & CapacityLimits)
  /** ACC-09: of all pools of a VM size in the region of the account, in place of the scenario's windows. */
  | ({ readonly kind: 'setRegionCapacity'; readonly vmSize: string } & CapacityLimits);

/** VMs that can be had at most; null: as many as anybody wants. */
export interface CapacityLimits {
  readonly dedicatedNodes: number | null;
  readonly lowPriorityNodes: number | null;
}

/** Whatever a scenario may do to the world. */
export type Operation = BatchOperation | FateOperation;

/** The kinds of {@link FateOperation}. */
export const FATE_KINDS = [
  'preemptNodes',
  'failNode',
  'loseContact',
  'recoverNode',
  'hostReboot',
  'upgradeOs',
  'setCapacity',
  'setRegionCapacity',
] as const satisfies readonly FateOperation['kind'][];

/** One line of a scenario's `actions`. */
export interface Action {
  readonly atMs: number;
  readonly operation: Operation;
  /** The code with which Batch is expected to refuse it; null: it is expected to be accepted. */
  readonly expectError: string | null;
}

/** A job with Batch's defaults for what is not given. */
export function makeJob(given: Partial<Job> & Pick<Job, 'id' | 'poolId'>): Job {
  return {
    displayName: null,
    autoPool: null,
    priority: 0,
    maxParallelTasks: -1,
    allowTaskPreemption: false,
    usesTaskDependencies: given.tasks?.some((set) => set.dependsOn !== null) ?? false,
    maxTaskRetryCount: 0,
    maxWallClockTimeMs: null,
    onAllTasksComplete: 'noaction',
    onTaskFailure: 'noaction',
    jobManagerTask: null,
    jobPreparationTask: null,
    jobReleaseTask: null,
    commonEnvironmentSettings: [],
    metadata: [],
    arrival: AT_ONCE,
    tasks: [],
    ...given,
  };
}

/** A job manager with Batch's defaults for what is not given. */
export function makeJobManager(given: Partial<JobManager> & Pick<JobManager, 'task'>): JobManager {
  return { killJobOnCompletion: true, runExclusive: true, allowLowPriorityNode: true, actions: [], ...given };
}

/** A job preparation task with Batch's defaults for what is not given. */
export function makeJobPreparation(given: Partial<JobPreparation> = {}): JobPreparation {
  return {
    id: 'jobpreparation',
    maxTaskRetryCount: 0,
    maxWallClockTimeMs: null,
    retentionTimeMs: null,
    waitForSuccess: true,
    rerunOnNodeRebootAfterSuccess: true,
    command: INSTANT_COMMAND,
    ...given,
  };
}

/** A job release task with Batch's defaults for what is not given. */
export function makeJobRelease(given: Partial<JobRelease> = {}): JobRelease {
  return {
    id: 'jobrelease',
    maxWallClockTimeMs: MOST_RELEASE_MS,
    retentionTimeMs: null,
    command: INSTANT_COMMAND,
    ...given,
  };
}

/** A job schedule without bounds: one job at once. */
export function makeJobSchedule(
  given: Partial<JobSchedule> & Pick<JobSchedule, 'id' | 'jobSpecification'>,
): JobSchedule {
  return {
    displayName: null,
    schedule: NO_BOUNDS,
    metadata: [],
    ...given,
  };
}

/** PREP-12: milliseconds. */
export const MOST_RELEASE_MS = 15 * 60_000;
