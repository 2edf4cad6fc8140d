/** Tasks as Batch's bodies describe them, with what only a simulation needs (TASK, EXIT, DEP, MI). */
import { type Arrival, AT_ONCE } from './arrival.js';
import type { CommandModel, NameValue, PackageReference, PreProcessingFault } from './command.js';
import type { OutputFile, ProducedFile, UploadCondition } from './output-files.js';
import { constant, type Quantity, type QuantityPerOccurrence } from './quantity.js';
import type { ResourceFile } from './resource-file.js';

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
  /** null: the task has no constraints and takes the job's (TASK-12). */
  readonly maxTaskRetryCount: number | null;
  /** TASK-11: ms an attempt may run; null: no limit. A column holds -1 for no limit. */
  readonly maxWallClockTimeMs: number | Float64Array | null;
  /** TASK-19. */
  readonly affinityId: string | null;
  /** Extra dispatch time of the attempts (rows 14, 15 of the timing defaults), in ms. */
  readonly dispatchExtraMs: number;
  readonly dependsOn: TaskDependencies | null;
  /** TASK-13: ms that its files stay after completion; null: the default of 7 days. */
  readonly retentionTimeMs: number | null;
  /** EXIT; null: the defaults of EXIT-04 and EXIT-05. */
  readonly exitConditions: ExitConditions | null;
  /** MI; null: an ordinary task. */
  readonly multiInstance: MultiInstance | null;
  /** Transfers, faults, cores and memory; null: none of them, which is the quick way. */
  readonly demands: TaskDemands | null;
  /** Which resource files it has (FILE-04, FILE-13); their bytes are among its demands. */
  readonly resourceFiles: readonly ResourceFile[];
  /** JOB-22, ENV-14. */
  readonly environmentSettings: readonly NameValue[];
  /** TASK-21: whether it gets a token for operations on its own job. */
  readonly hasJobAccess: boolean;
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

/** What a task needs besides slots and time. */
export interface TaskDemands {
  /** Bytes of resource files that are fetched while it runs, before its command. */
  readonly downloadBytes: number;
  /** Bytes of output files that are sent after its command, as one lot; where `files` are listed these count instead. */
  readonly uploadBytes: number;
  /** TASK-20: when that lot is sent. */
  readonly uploadOn: UploadCondition;
  /** TASK-20: files that its command leaves behind. */
  readonly files: readonly ProducedFile[];
  /** TASK-20: which of these are sent, entry by entry. */
  readonly outputFiles: readonly OutputFile[];
  /** A fault that ends every attempt before the process runs; null: none. */
  readonly fault: PreProcessingFault | null;
  /** TASK-20: the upload fails with this code; null: it works. */
  readonly uploadFault: 'FileUploadContainerNotFound' | 'FileUploadAccessDenied' | 'FileUploadMiscError' | null;
  /** PKG-02: installed on the node before the command. */
  readonly applicationPackages: readonly PackageReference[];
  /** TASK-29; null: no container settings. Bytes of the image 0: unknown, the least pull of row 7. */
  readonly container: { readonly image: string; readonly imageBytes: number } | null;
  /** Cores that the process keeps busy; null: its share of the node, cores ÷ slots × requiredSlots. */
  readonly cpu: number | null;
  /** Bytes that the process occupies. */
  readonly memoryBytes: number;
  /** Exit code on single nodes, by ordinal: what a bad node does to it. */
  readonly exitCodeOnNode: ReadonlyMap<number, number>;
}

/** MI-02, MI-05. */
export interface MultiInstance {
  readonly numberOfInstances: number;
  /** Runs on every node before the command of the primary. */
  readonly coordination: CommandModel;
  /** Bytes of common resource files, fetched on every node first. */
  readonly commonDownloadBytes: number;
  /** Which files these are; absent: not told. */
  readonly commonResourceFiles?: readonly ResourceFile[];
}

/** EXIT: what an outcome means for dependents and job. null: the default for the exit code (EXIT-04, EXIT-05). */
export interface ExitOptions {
  readonly dependencyAction: 'satisfy' | 'block' | null;
  readonly jobAction: 'none' | 'disable' | 'terminate' | null;
}

/** EXIT-02. */
export interface ExitConditions {
  readonly exitCodes: readonly { readonly code: number; readonly exitOptions: ExitOptions }[];
  readonly exitCodeRanges: readonly {
    readonly start: number;
    readonly end: number;
    readonly exitOptions: ExitOptions;
  }[];
  readonly preProcessingError: ExitOptions | null;
  readonly fileUploadError: ExitOptions | null;
  readonly default: ExitOptions | null;
}

/** TASK-13: milliseconds. */
export const DEFAULT_RETENTION_MS = 7 * 86_400_000;

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
    retentionTimeMs: null,
    exitConditions: null,
    multiInstance: null,
    demands: null,
    resourceFiles: [],
    environmentSettings: [],
    hasJobAccess: false,
    ...given,
  };
}

/** No demands: a start for those that have some. */
export const NO_DEMANDS: TaskDemands = {
  downloadBytes: 0,
  uploadBytes: 0,
  uploadOn: 'taskcompletion',
  files: [],
  outputFiles: [],
  fault: null,
  uploadFault: null,
  applicationPackages: [],
  container: null,
  cpu: null,
  memoryBytes: 0,
  exitCodeOnNode: new Map(),
};

/** The id of one task of a set. */
export function taskIdAt(ids: TaskIds, index: number): string {
  if (ids.kind === 'list') return ids.values[index] as string;
  return `${ids.prefix}${String(ids.first + index).padStart(ids.digits, '0')}${ids.suffix}`;
}
