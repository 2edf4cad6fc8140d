/** Pools, jobs and tasks to be declared, in a few words: ready pools, no latencies, unless said otherwise. */
import {
  type Account,
  type Arrival,
  constant,
  type ExitConditions,
  type Job,
  type LatencyName,
  makeAccount,
  makeJob,
  makePool,
  makeScenario,
  makeTasks,
  type Pool,
  type QuantityPerOccurrence,
  type Scenario,
  type TaskDependencies,
  type TaskSet,
  TIMING_NONE,
  type Timing,
  type VmSize,
} from '../../src/model/index.js';

/** A size of four cores. */
export const FOUR: VmSize = { name: 'Four', family: 'fours', vcpus: 4, memoryGib: null, tempDiskGib: null, gpus: 0 };

/** A pool `p` of so many dedicated nodes, which stands before the start. */
export function pool(count: number, given: Partial<Pool> = {}): Pool {
  return makePool({
    ...{ id: 'p', vmSize: FOUR, targetDedicatedNodes: count, timing: TIMING_NONE, ready: true },
    ...given,
  });
}

/** A job on the pool `p`. */
export function job(id: string, tasks: readonly TaskSet[], given: Partial<Job> = {}): Job {
  return makeJob({ id, poolId: 'p', tasks, ...given });
}

/** Tasks `<prefix>1`, `<prefix>2` … with a run time in ms each. */
export function tasks(prefix: string, runtimes: readonly number[], given: Partial<TaskSet> = {}): TaskSet {
  const ids = { kind: 'pattern', prefix, first: 1, digits: 0, suffix: '' } as const;
  return makeTasks({ count: runtimes.length, ids, runtime: Float64Array.from(runtimes), ...given });
}

/** Constants, one per occurrence. */
export function each(first: number, ...rest: readonly number[]): QuantityPerOccurrence {
  return [constant(first), ...rest.map(constant)];
}

/** Constant latencies in ms; the others are 0. */
export function latencies(given: Partial<Record<LatencyName, number>>): Timing {
  const overrides = Object.fromEntries(Object.entries(given).map(([name, ms]) => [name, each(ms)]));
  return { base: 'none', overrides };
}

/** Once, so many ms from the start. */
export function at(atMs: number): Arrival {
  return { kind: 'at', atMs };
}

/** What every task of a set waits for. */
export function afterTasks(taskIds: readonly string[], ...ranges: readonly [number, number][]): Partial<TaskSet> {
  const taskIdRanges = ranges.map(([start, end]) => ({ start, end }));
  const dependsOn: TaskDependencies = { taskIds, taskIdRanges, columns: null };
  return { dependsOn };
}

/** A scenario of one account. */
export function world(account: Partial<Account>, given: Partial<Scenario> = {}): Scenario {
  return makeScenario({ accounts: [makeAccount({ name: 'a', ...account })], ...given });
}

/** No way to exit has conditions. */
export const NO_EXIT_CONDITIONS: ExitConditions = {
  exitCodes: [],
  exitCodeRanges: [],
  preProcessingError: null,
  fileUploadError: null,
  default: null,
};
