/** From a scenario to what it declares: which jobs and tasks come when, and in which order. `task-rows.ts` makes rows of it. */
import { combine, keyOf, namedStream, type UniformSource } from '../base/index.js';
import { type Job, type Scenario, type TaskSet, taskIdAt } from '../model/index.js';
import type { TaskNameSet } from '../recording/index.js';
import { arrivalTimes } from './arrivals.js';
import type { DeclaredJob } from './dependents.js';
import { needsSteps } from './features.js';

/** A job as it arrives. */
export interface JobInstance extends DeclaredJob {
  readonly accountIndex: number;
  readonly spec: Job;
  readonly id: string;
  readonly createdMs: number;
  /** Rows of its sets in {@link Declaration.sets}: from this one on, as many as it has sets. */
  readonly firstSet: number;
}

/** The tasks of one set of one job. */
export interface SetInstance extends TaskNameSet {
  readonly job: number;
  readonly set: TaskSet;
  /** Its one task is the manager of the job (JM-01). */
  readonly isManager: boolean;
  /** Attempts of its tasks have several steps. */
  readonly isStepped: boolean;
  /** Key of its random draws. */
  readonly key: number;
  /** Number of its first task in order of declaration. */
  readonly firstTask: number;
  /** When its tasks are added, by index; Infinity: never. A number: all at once. */
  readonly submitMs: Float64Array | number;
}

/** What a scenario declares, in order. */
export interface Declaration {
  readonly jobs: readonly JobInstance[];
  /** Those of jobs that come later in the run are added at the end. */
  readonly sets: SetInstance[];
  /** Tasks that are declared. */
  readonly declaredCount: number;
  /** Tasks that will be added: the rows. */
  readonly rowCount: number;
  /** Declared number by row; null: the same. */
  readonly order: Int32Array | null;
  /** Row by declared number; null: the same. Numbers from `rowCount` on are of tasks that never come. */
  readonly rows: Int32Array | null;
  /** Tasks get their rows when they are added: the run itself may add more, or refuse some. */
  readonly grows: boolean;
  /** Every attempt goes by steps, whatever its task declares. */
  readonly isStepped: boolean;
}

/**
 * Reads what a scenario declares and draws its arrivals.
 * @param isActive the run itself may add tasks, or refuse some
 */
export function declare(scenario: Scenario, isActive: boolean): Declaration {
  const untilMs = scenario.clock.untilMs ?? Number.POSITIVE_INFINITY;
  const jobs = jobInstances(scenario, untilMs);
  const sets: SetInstance[] = [];
  const declared: JobInstance[] = [];
  const isStepped = needsSteps(scenario);
  let task = 0;
  for (const job of jobs) {
    declared.push({ ...job, firstTask: task, firstSet: sets.length });
    const account = scenario.accounts[job.accountIndex]?.name ?? '';
    const owner = { account, id: job.id, createdMs: job.createdMs, row: declared.length - 1 };
    for (const set of job.sets) {
      sets.push(setInstance(scenario, owner, set, task, set === job.spec.jobManagerTask?.task, isStepped));
      task += set.count;
    }
  }
  const grows = isActive || mayRefuseJobs(scenario, declared);
  const order = grows ? { rowCount: 0, order: null, rows: null } : orderOf(sets, task);
  return { jobs: declared, sets, declaredCount: task, ...order, grows, isStepped };
}

/** ACC-10: more jobs are declared than may be active at a time, so that some may be refused. */
function mayRefuseJobs({ accounts }: Scenario, jobs: readonly JobInstance[]): boolean {
  return accounts.some(({ activeJobAndJobScheduleQuota }, account) => {
    return jobs.filter(({ accountIndex }) => accountIndex === account).length > activeJobAndJobScheduleQuota;
  });
}

/** The sets of tasks that come with a job: its manager first (JM-01), then what was declared. */
export function setsOf(spec: Job): readonly TaskSet[] {
  return spec.jobManagerTask === null ? spec.tasks : [spec.jobManagerTask.task, ...spec.tasks];
}

function jobInstances(scenario: Scenario, untilMs: number): JobInstance[] {
  const instances: JobInstance[] = [];
  scenario.accounts.forEach((account, accountIndex) => {
    for (const spec of account.jobs) {
      const stream = namedStream(scenario.seed, `arrivals/${account.name}/${spec.id}`);
      const times = arrivalTimes(spec.arrival, { untilMs, count: null }, stream);
      times.forEach((createdMs, n) => {
        const id = spec.id.replaceAll('{n}', String(n + 1));
        const managers = spec.jobManagerTask === null ? 0 : 1;
        instances.push({ accountIndex, spec, id, createdMs, sets: setsOf(spec), firstTask: 0, firstSet: 0, managers });
      });
    }
  });
  return instances.sort((a, b) => a.createdMs - b.createdMs); // stable: file order among equals
}

/** The job that a set belongs to, as far as the set cares. */
export interface SetOwner {
  /** Name of the account. */
  readonly account: string;
  /** Id and row of the job. */
  readonly id: string;
  readonly row: number;
  /** From when its tasks' arrivals count. */
  readonly createdMs: number;
}

/**
 * A set of tasks of one job.
 * @param firstTask number of its first task in order of declaration
 * @param isStepped whether every attempt of the run goes by steps ({@link Declaration.isStepped})
 */
export function setInstance(
  scenario: Scenario,
  job: SetOwner,
  set: TaskSet,
  firstTask: number,
  isManager: boolean,
  isStepped: boolean,
): SetInstance {
  const { account, createdMs } = job;
  const untilMs = scenario.clock.untilMs ?? Number.POSITIVE_INFINITY;
  const template = set.ids.kind === 'list' ? (set.ids.values[0] ?? '') : `${set.ids.prefix}{}${set.ids.suffix}`;
  const name = `${account}/${job.id}/${template}`;
  const submitMs = submissions(createdMs, set, untilMs, () => namedStream(scenario.seed, `arrivals/${name}`));
  return {
    job: job.row,
    set,
    isManager,
    isStepped: isStepped || set.demands !== null || set.multiInstance !== null,
    key: keyOf(set.ids.kind === 'list' ? `${account}/${job.id}` : name),
    firstTask,
    submitMs,
    count: set.count,
    ids: set.ids,
    displayNames: set.displayNames,
  };
}

function submissions(
  createdMs: number,
  set: TaskSet,
  untilMs: number,
  stream: () => UniformSource,
): Float64Array | number {
  const { arrival } = set;
  if (arrival.kind === 'at') return Math.max(createdMs, createdMs + arrival.atMs);
  if (arrival.kind === 'trace' && createdMs === 0) return arrival.atMs;
  const times = arrivalTimes(arrival, { untilMs: untilMs - createdMs, count: set.count }, stream());
  const submitMs = new Float64Array(set.count).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < times.length && i < set.count; i++) submitMs[i] = createdMs + (times[i] as number);
  return submitMs;
}

/** The key of one task's draws: stable whatever else the scenario holds. */
export function taskKey(instance: SetInstance, index: number): number {
  const { ids } = instance.set;
  return combine(instance.key, ids.kind === 'list' ? keyOf(taskIdAt(ids, index)) : ids.first + index);
}

function orderOf(
  sets: readonly SetInstance[],
  declaredCount: number,
): Pick<Declaration, 'rowCount' | 'order' | 'rows'> {
  if (isInOrder(sets)) return { rowCount: declaredCount, order: null, rows: null };
  const submitMs = new Float64Array(declaredCount);
  for (const { firstTask, count, submitMs: at } of sets) {
    if (typeof at === 'number') submitMs.fill(at, firstTask, firstTask + count);
    else submitMs.set(at.subarray(0, count), firstTask);
  }
  const order = Int32Array.from({ length: declaredCount }, (_, i) => i);
  order.sort((a, b) => {
    const atA = submitMs[a] as number;
    const atB = submitMs[b] as number;
    return atA < atB ? -1 : atA > atB ? 1 : a - b;
  });
  const rows = new Int32Array(declaredCount);
  let rowCount = 0;
  for (let row = 0; row < declaredCount; row++) {
    const declared = order[row] as number;
    rows[declared] = row;
    if ((submitMs[declared] as number) < Number.POSITIVE_INFINITY) rowCount += 1;
  }
  return { rowCount, order, rows };
}

function isInOrder(sets: readonly SetInstance[]): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (const { submitMs, count } of sets) {
    if (count === 0) continue;
    if (typeof submitMs === 'number') {
      if (submitMs < last) return false;
      last = submitMs;
      continue;
    }
    for (let i = 0; i < count; i++) {
      const at = submitMs[i] as number;
      if (at < last || at === Number.POSITIVE_INFINITY) return false;
      last = at;
    }
  }
  return true;
}
