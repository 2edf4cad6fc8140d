/**
 * What the end of a task means for those that depend on it and for its job (EXIT-01 to EXIT-08): asked once, when the
 * task becomes completed. The answers are six shared constants, so that asking allocates nothing.
 */
import { isPreProcessingError, isUploadError } from './failure-info.js';
import type { TaskFailure } from './task.js';
import type { ExitConditions, ExitOptions } from './task-spec.js';

/** How a task ended. */
export interface TaskOutcome {
  /** null: no process ran to an exit. */
  readonly exitCode: number | null;
  /** Empty: it succeeded. */
  readonly failure: TaskFailure;
}

/** EXIT-04, EXIT-05: with every default filled in. */
export interface ExitAction {
  readonly dependencyAction: 'satisfy' | 'block';
  /** Has an effect only if the job has `performexitoptionsjobaction` (EXIT-05). */
  readonly jobAction: 'none' | 'disable' | 'terminate';
}

const ACTIONS = {
  satisfy: {
    none: { dependencyAction: 'satisfy', jobAction: 'none' },
    disable: { dependencyAction: 'satisfy', jobAction: 'disable' },
    terminate: { dependencyAction: 'satisfy', jobAction: 'terminate' },
  },
  block: {
    none: { dependencyAction: 'block', jobAction: 'none' },
    disable: { dependencyAction: 'block', jobAction: 'disable' },
    terminate: { dependencyAction: 'block', jobAction: 'terminate' },
  },
} as const satisfies Record<ExitAction['dependencyAction'], Record<ExitAction['jobAction'], ExitAction>>;

/**
 * EXIT-02: the exit code itself, then its range, for any process that ended; then the error before or after it; then
 * `default`, which never covers a success (EXIT-03). A listed code wins over an upload error that follows it.
 */
export function exitAction(conditions: ExitConditions | null, outcome: TaskOutcome): ExitAction {
  const { exitCode, failure } = outcome;
  const failed = failure !== ''; // JOB-10: exit code 0 does not save what was ended or could not be uploaded
  if (conditions === null) return exitDefaults(failed);
  const listed = exitCode === null ? null : optionsOfCode(conditions, exitCode);
  if (listed !== null) return withDefaults(listed, exitDefaults(exitCode !== 0));
  return failed ? withDefaults(optionsOfFailure(conditions, failure), FAILED) : SUCCEEDED;
}

/** EXIT-04, EXIT-05: satisfy and none for exit code 0, block and terminate for everything else. */
export function exitDefaults(failed: boolean): ExitAction {
  return failed ? FAILED : SUCCEEDED;
}

const SUCCEEDED: ExitAction = ACTIONS.satisfy.none;
const FAILED: ExitAction = ACTIONS.block.terminate;

function optionsOfCode({ exitCodes, exitCodeRanges }: ExitConditions, exitCode: number): ExitOptions | null {
  for (const { code, exitOptions } of exitCodes) if (code === exitCode) return exitOptions;
  for (const { start, end, exitOptions } of exitCodeRanges) {
    if (start <= exitCode && exitCode <= end) return exitOptions;
  }
  return null;
}

/** EXIT-03, EXIT-08: `default` stands in where a kind of error has no entry of its own. */
function optionsOfFailure(conditions: ExitConditions, failure: TaskFailure): ExitOptions | null {
  if (isPreProcessingError(failure)) return conditions.preProcessingError ?? conditions.default;
  if (isUploadError(failure)) return conditions.fileUploadError ?? conditions.default;
  return conditions.default;
}

function withDefaults(options: ExitOptions | null, defaults: ExitAction): ExitAction {
  if (options === null) return defaults;
  const satisfied = ACTIONS[options.dependencyAction ?? defaults.dependencyAction];
  return satisfied[options.jobAction ?? defaults.jobAction];
}
