/** Small worlds in a few words, and what happened in them as lines. Ready pools, no latencies, unless said otherwise. */
import {
  type Account,
  type Arrival,
  constant,
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
  TASK_STATES,
  type TaskDependencies,
  type TaskSet,
  TIMING_NONE,
  type Timing,
  type VmSize,
} from '../../src/model/index.js';
import { EVENT_KINDS, type EventKind, type Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';

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

/** Runs pools and jobs of one account to the end. */
export function run(pools: readonly Pool[], jobs: readonly Job[], given: Partial<Scenario> = {}): Recording {
  return simulate(world({ pools, jobs }, given)).recording;
}

/** What happened to each task, in order of addition: `j/t1 0-5 n0`, `j/t2 3-… n1` if it still runs, `j/t3 active`. */
export function gantt(recording: Recording): string[] {
  const { tasks: rows } = recording;
  return Array.from({ length: rows.count }, (_, task) => {
    const name = nameOf(recording, task);
    const state = TASK_STATES[rows.state[task] as number];
    if (state === 'active') return `${name} active`;
    const end = state === 'completed' ? rows.endMs[task] : '…';
    return `${name} ${rows.startMs[task]}-${end} n${recording.nodes.ordinal[rows.node[task] as number]}`;
  });
}

/** `job/task`. */
export function nameOf(recording: Recording, task: number): string {
  return `${recording.jobs[recording.tasks.job[task] as number]?.id}/${recording.taskNames.id(task)}`;
}

/** The log's rows of one kind: `at subject`, or `at subject detail`. */
export function logged(recording: Recording, kind: EventKind, withDetail = false): string[] {
  const { log } = recording;
  if (log === null) return [];
  const lines: string[] = [];
  for (let row = 0; row < log.count; row++) {
    if (EVENT_KINDS[log.kind[row] as number] !== kind) continue;
    lines.push(`${log.atMs[row]} ${log.subject[row]}${withDetail ? ` ${log.detail[row]}` : ''}`);
  }
  return lines;
}

/** Codes of the errors of each resize. */
export function resizeErrors(recording: Recording): string[] {
  return recording.resizes.map(({ errors }) => errors.map(({ code }) => code).join(' '));
}
