/** What can be told of a task's end before it runs: whether it fails whatever happens (DEP-03, EXIT-04). */
import {
  type CommandModel,
  type ExitConditions,
  effectiveRetryCount,
  type Job,
  type Quantity,
  type TaskSet,
} from '../../model/index.js';

/** True if no attempt of the task can exit 0 in time, so that it never satisfies those that wait for it. */
export function failsForCertain(job: Job, set: TaskSet, index: number): boolean {
  if (set.exitConditions !== null && maySatisfy(set.exitConditions)) return false;
  return fault(set) || exceedsWallClock(set, index) || exitsNonZero(job, set, index);
}

/** Whether every attempt that `maxTaskRetryCount` allows of a command fails. */
export function commandFails(command: CommandModel, maxTaskRetryCount: number): boolean {
  if (command.fault !== null) return true;
  const { exitCode } = command;
  const attempts = maxTaskRetryCount === -1 ? exitCode.length : Math.min(maxTaskRetryCount + 1, exitCode.length);
  return exitCode.slice(0, attempts).every(neverZero);
}

/** EXIT-04: a failure that satisfies those that wait. */
function maySatisfy(conditions: ExitConditions): boolean {
  const listed = [...conditions.exitCodes, ...conditions.exitCodeRanges].map(({ exitOptions }) => exitOptions);
  const all = [...listed, conditions.preProcessingError, conditions.fileUploadError, conditions.default];
  return all.some((options) => options?.dependencyAction === 'satisfy');
}

/** TASK-06, TASK-20, EXIT-08: it never runs, or its output never arrives. */
function fault({ demands }: TaskSet): boolean {
  if (demands === null) return false;
  // Which of listed files are sent is known when the task has exited.
  const sendsIfItSucceeds = demands.files.length === 0 && demands.uploadOn !== 'taskfailure';
  return demands.fault !== null || (demands.uploadFault !== null && sendsIfItSucceeds);
}

/** TASK-11: the first attempt runs into its limit, and is not retried. */
function exceedsWallClock(set: TaskSet, index: number): boolean {
  const { runtime, maxWallClockTimeMs } = set;
  if (maxWallClockTimeMs === null) return false;
  const limit = typeof maxWallClockTimeMs === 'number' ? maxWallClockTimeMs : (maxWallClockTimeMs[index] as number);
  if (limit < 0) return false;
  if (runtime instanceof Float64Array) return (runtime[index] as number) > limit;
  return leastOf(runtime[0]) > limit;
}

function exitsNonZero(job: Job, set: TaskSet, index: number): boolean {
  const { exitCode, demands } = set;
  if (demands !== null && [...demands.exitCodeOnNode.values()].includes(0)) return false;
  if (exitCode instanceof Int32Array) return exitCode[index] !== 0;
  const retries = effectiveRetryCount(set.maxTaskRetryCount, job.maxTaskRetryCount);
  const attempts = retries === -1 ? exitCode.length : Math.min(retries + 1, exitCode.length);
  return exitCode.slice(0, attempts).every(neverZero);
}

/** True for an exit code that is never 0. */
export function neverZero(quantity: Quantity): boolean {
  if (quantity.kind === 'constant') return Math.floor(quantity.value + 0.5) !== 0;
  return quantity.kind === 'mix' && quantity.parts.every((part) => neverZero(part.of));
}

/** A bound below which the quantity never falls. */
export function leastOf(quantity: Quantity): number {
  switch (quantity.kind) {
    case 'constant':
      return quantity.value;
    case 'uniform':
      return Math.max(quantity.low, quantity.min ?? quantity.low);
    case 'pareto':
      return Math.max(quantity.scale, quantity.min ?? 0);
    default:
      return quantity.min ?? 0;
  }
}
