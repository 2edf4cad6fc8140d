/**
 * What the scenario declared for a task of a recording, found by its names: a recording holds what happened, not what
 * was asked for. Jobs and tasks may come from the scenario's lists, from schedules, and from operations.
 */
import { type Account, idKey, type Job, type Operation, type Scenario, type TaskSet } from '../../model/index.js';
import type { JobRow, Recording } from '../recording.js';

/** A declared task: its job, its set, and its place in the set. */
export interface DeclaredTask {
  readonly job: Job;
  readonly set: TaskSet;
  readonly index: number;
  /** The task is the job's manager. */
  readonly isManager: boolean;
}

/** The job's declaration; null if the scenario does not hold it. */
export function declaredJob(scenario: Scenario | null, recording: Recording, job: number): Job | null {
  const row = recording.jobs[job] as JobRow;
  const account = scenario?.accounts[row.accountIndex];
  if (account === undefined) return null;
  if (row.scheduleIndex >= 0) {
    const id = recording.jobSchedules[row.scheduleIndex]?.id ?? '';
    return schedulesOf(account).find((one) => idKey(one.id) === idKey(id))?.jobSpecification ?? null;
  }
  return jobsOf(account).find((one) => matchesId(one.id, row.id)) ?? null;
}

/** The task's declaration; null if the scenario does not hold it. */
export function declaredTask(scenario: Scenario | null, recording: Recording, task: number): DeclaredTask | null {
  const jobRow = recording.tasks.job[task] as number;
  const job = declaredJob(scenario, recording, jobRow);
  if (job === null || scenario === null) return null;
  const id = recording.taskNames.id(task);
  const manager = job.jobManagerTask?.task;
  if (manager !== undefined && indexInSet(manager, id) >= 0) return { job, set: manager, index: 0, isManager: true };
  for (const set of setsOf(scenario, recording, jobRow, job)) {
    const index = indexInSet(set, id);
    if (index >= 0) return { job, set, index, isManager: false };
  }
  return null;
}

/** All sets from which tasks of the job may come, its manager's own included; none if the scenario does not hold the job. */
export function declaredSets(scenario: Scenario, recording: Recording, job: number): readonly TaskSet[] {
  const declared = declaredJob(scenario, recording, job);
  if (declared === null) return [];
  const manager = declared.jobManagerTask?.task;
  return [...(manager === undefined ? [] : [manager]), ...setsOf(scenario, recording, job, declared)];
}

function setsOf(scenario: Scenario, recording: Recording, jobRow: number, job: Job): readonly TaskSet[] {
  const row = recording.jobs[jobRow] as JobRow;
  return [...job.tasks, ...addedSets(scenario.accounts[row.accountIndex] as Account, job, row.id)];
}

/** All sets of an account, whichever jobs they are for. */
export function setsOfAccount(account: Account): TaskSet[] {
  const jobs = [...jobsOf(account), ...schedulesOf(account).map((one) => one.jobSpecification)];
  const managers = jobs.flatMap(({ jobManagerTask }) => (jobManagerTask === null ? [] : [jobManagerTask]));
  const operations = [
    ...operationsOf(account),
    ...managers.flatMap(({ actions }) => actions.map((one) => one.operation)),
  ];
  const added = operations.flatMap((one) => (one.kind === 'addTasks' && one.tasks.ok ? one.tasks.value : []));
  return [...jobs.flatMap(({ tasks }) => tasks), ...managers.map(({ task }) => task), ...added];
}

/** Where in a set the task with this id stands; -1: nowhere. Ids compare without regard to case (ACC-17). */
export function indexInSet({ ids, count }: TaskSet, id: string): number {
  const key = idKey(id);
  if (ids.kind === 'list') return ids.values.findIndex((value) => idKey(value) === key);
  const { prefix, suffix, first, digits } = ids;
  if (!key.startsWith(idKey(prefix)) || !key.endsWith(idKey(suffix))) return -1;
  const number = key.slice(prefix.length, key.length - suffix.length);
  const index = /^[0-9]+$/.test(number) ? Number(number) - first : -1;
  return index >= 0 && index < count && number === String(first + index).padStart(digits, '0') ? index : -1;
}

/** A job id may hold `{n}`, the count of an arrival process. */
function matchesId(declared: string, id: string): boolean {
  const [head = '', tail] = declared.toLowerCase().split('{n}');
  const key = idKey(id);
  if (tail === undefined) return key === head;
  return (
    key.startsWith(head) && key.endsWith(tail) && /^[0-9]+$/.test(key.slice(head.length, key.length - tail.length))
  );
}

function operationsOf({ actions, jobs, jobSchedules }: Account): Operation[] {
  const managers = [...jobs, ...jobSchedules.map((one) => one.jobSpecification)].flatMap(
    (job) => job.jobManagerTask?.actions ?? [],
  );
  return [...actions, ...managers].map((one) => one.operation);
}

function jobsOf(account: Account): Job[] {
  const added = operationsOf(account).flatMap((one) => (one.kind === 'addJob' && one.job.ok ? [one.job.value] : []));
  return [...account.jobs, ...added];
}

function schedulesOf(account: Account): Account['jobSchedules'] {
  const added = operationsOf(account).flatMap((one) =>
    one.kind === 'addJobSchedule' && one.jobSchedule.ok ? [one.jobSchedule.value] : [],
  );
  return [...account.jobSchedules, ...added];
}

/** Sets that operations add to the job. Those of its own manager name no job, or this one. */
function addedSets(account: Account, job: Job, jobId: string): TaskSet[] {
  const own = (job.jobManagerTask?.actions ?? []).map((one) => one.operation);
  return [...operationsOf(account), ...own].flatMap((one) => {
    if (one.kind !== 'addTasks' || !one.tasks.ok) return [];
    return own.includes(one) || idKey(one.jobId) === idKey(jobId) ? one.tasks.value : [];
  });
}
