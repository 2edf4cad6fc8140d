/** How much a scenario would run. */
import { formatCount } from '../../base/index.js';
import type { Job, Operation, Scenario, TaskSet } from '../../model/index.js';
import { type ExpectedCount, expectedArrivals, expectedRuns } from './arrivals.js';
import type { CoreNeed } from './pools.js';

/** Pools and nodes at the start; jobs and tasks of the whole run. */
export interface Counts {
  readonly poolCount: number;
  /** Of these, pools whose size a formula sets. */
  readonly autoScaledPools: number;
  readonly dedicatedNodes: number;
  readonly lowPriorityNodes: number;
  /** Expected values where jobs come by chance, the most where they come by a schedule; then `exact` is false. */
  readonly jobCount: number;
  readonly taskCount: number;
  readonly exact: boolean;
}

/** Counts what is declared; what the service refuses at its time is counted all the same. */
export function countAll({ accounts, clock }: Scenario): Counts {
  const pools = accounts.flatMap((account) => account.pools);
  const operations = accounts.flatMap(({ actions }) => actions.map(({ operation }) => operation));
  const schedules = [
    ...accounts.flatMap((account) => account.jobSchedules),
    ...operations.flatMap((one) =>
      one.kind === 'addJobSchedule' && one.jobSchedule.ok ? [one.jobSchedule.value] : [],
    ),
  ];
  const jobs: (ExpectedCount & { readonly tasks: number })[] = [
    ...accounts.flatMap((account) =>
      account.jobs.map((job) => ({ ...expectedArrivals(job.arrival, clock.untilMs), tasks: tasksOf(job) })),
    ),
    ...schedules.map(({ schedule, jobSpecification }) => ({
      ...expectedRuns(schedule, clock.untilMs),
      tasks: tasksOf(jobSpecification),
    })),
    ...operations.flatMap((one) =>
      one.kind === 'addJob' && one.job.ok ? [{ count: 1, exact: true, tasks: tasksOf(one.job.value) }] : [],
    ),
  ];
  return {
    poolCount: pools.length,
    autoScaledPools: pools.filter(({ autoScale }) => autoScale !== null).length,
    dedicatedNodes: sum(pools.map((pool) => pool.targetDedicatedNodes)),
    lowPriorityNodes: sum(pools.map((pool) => pool.targetLowPriorityNodes)),
    jobCount: sum(jobs.map(({ count }) => count)),
    taskCount: sum(jobs.map(({ count, tasks }) => (tasks === 0 ? 0 : count * tasks))) + addedBy(operations),
    exact: jobs.every(({ exact }) => exact),
  };
}

/** Tasks that a job brings, with its manager and what that adds. */
export function tasksOf({ tasks, jobManagerTask }: Pick<Job, 'tasks' | 'jobManagerTask'>): number {
  const own = countOf(tasks);
  return jobManagerTask === null ? own : own + 1 + addedBy(jobManagerTask.actions.map(({ operation }) => operation));
}

function addedBy(operations: readonly Operation[]): number {
  return sum(operations.map((one) => (one.kind === 'addTasks' && one.tasks.ok ? countOf(one.tasks.value) : 0)));
}

function countOf(sets: readonly TaskSet[]): number {
  return sum(sets.map(({ count }) => count));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** What would run, in one line. */
export function summaryOf(counts: Counts, cores: readonly CoreNeed[]): string {
  const about = counts.exact ? '' : 'about ';
  const nodes = [
    counts.dedicatedNodes > 0 ? plural(counts.dedicatedNodes, 'dedicated node') : '',
    counts.lowPriorityNodes > 0 ? plural(counts.lowPriorityNodes, 'spot node') : '',
  ].filter((part) => part !== '');
  const needed = sum(
    cores.filter(({ of }) => of === 'dedicated' || of === 'lowPriority').map((need) => need.neededCores),
  );
  const fixed = nodes.length === 0 ? [] : [`${nodes.join(' + ')}, ${plural(needed, 'core')}`];
  const scaled = counts.autoScaledPools === 0 ? [] : [`${formatCount(counts.autoScaledPools)} sized by a formula`];
  const held = [...fixed, ...scaled].join('; ') || 'no nodes';
  const work = `${about}${plural(Math.round(counts.taskCount), 'task')} in ${plural(Math.round(counts.jobCount), 'job')}`;
  return `${work} on ${plural(counts.poolCount, 'pool')} (${held})`;
}

function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
