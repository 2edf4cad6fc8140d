/** What a scenario would run, and what in it can never work, told before the run. */
import { type Diagnostic, formatCount, nearest } from '../../base/index.js';
import { type Account, idKey, type Job, type Pool, type Scenario, type TaskSet, taskIdAt } from '../../model/index.js';
import { indexInPattern } from '../build/task-ids.js';
import type { ScenarioCode } from '../codes.js';
import { Problems } from '../text/problems.js';
import type { Place } from '../text/tree.js';
import { type ExpectedCount, expectedArrivals } from './arrivals.js';
import { dependencyFindings } from './dependencies.js';
import type { Finding } from './findings.js';
import { type CoreNeed, poolFindings } from './pools.js';
import { findingText } from './texts.js';

/** The answer. */
export interface Preflight {
  /** One line for people: what would run. */
  readonly summary: string;
  readonly poolCount: number;
  readonly dedicatedNodes: number;
  readonly lowPriorityNodes: number;
  /** Expected values where jobs come by chance; then `exact` is false. */
  readonly jobCount: number;
  readonly taskCount: number;
  readonly exact: boolean;
  /** Cores wanted against quota, account by account. */
  readonly cores: readonly CoreNeed[];
  readonly findings: readonly Finding[];
  /** The findings as warnings, at their places where those are known. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Looks a scenario over in time linear in what it declares.
 * @param places where its pools, jobs and task sets stand (`LoadedScenario.places`)
 */
export function preflight(scenario: Scenario, places: ReadonlyMap<object, Place> = new Map()): Preflight {
  const problems = new Problems();
  const findings: Finding[] = [];
  const cores: CoreNeed[] = [];
  const report = (finding: Finding, about: readonly object[]): void => {
    const place = about.map((thing) => places.get(thing)).find((known) => known !== undefined) ?? null;
    const { code, message, hint } = findingText(finding);
    findings.push(finding);
    problems.warning(code satisfies ScenarioCode, place, message, hint);
  };
  for (const account of scenario.accounts) {
    const pools = poolFindings(account);
    cores.push(...pools.needs);
    for (const { finding, pool } of pools.findings) report(finding, [pool]);
    for (const job of account.jobs) lookOver(account, job, report);
  }
  const counts = countAll(scenario);
  return { ...counts, summary: summaryOf(counts, cores), cores, findings, diagnostics: problems.list() };
}

function lookOver(account: Account, job: Job, report: (finding: Finding, about: readonly object[]) => void): void {
  const about = { account: account.name, job: job.id };
  const pool = account.pools.find(({ id }) => idKey(id) === idKey(job.poolId));
  if (pool === undefined) {
    const tasks = job.tasks.reduce((sum, set) => sum + set.count, 0);
    report(
      {
        kind: 'missingPool',
        ...about,
        pool: job.poolId,
        near: nearest(
          job.poolId,
          account.pools.map(({ id }) => id),
        ),
        tasks,
      },
      [job],
    );
  }
  const slots = pool === undefined ? null : slotFindings(about, job, pool);
  for (const { finding, set } of slots?.findings ?? []) report(finding, [set, job]);
  for (const finding of dependencyFindings(account.name, job, slots?.neverRuns ?? null)) {
    const example = finding.kind === 'cycle' ? finding.circle[0] : 'example' in finding ? finding.example : undefined;
    const set = example === undefined ? undefined : setOf(job, example);
    report(finding, set === undefined ? [job] : [set, job]);
  }
}

/** TASK-18: tasks that no node can ever hold; their positions are marked. */
function slotFindings(about: { readonly account: string; readonly job: string }, job: Job, pool: Pool) {
  const findings: { finding: Finding; set: TaskSet }[] = [];
  let neverRuns: Uint8Array | null = null;
  let first = 0;
  for (const set of job.tasks) {
    let tasks = 0;
    let example = -1;
    let needed = 0;
    for (let i = 0; i < set.count; i++) {
      const slots = typeof set.requiredSlots === 'number' ? set.requiredSlots : (set.requiredSlots[i] as number);
      if (slots <= pool.taskSlotsPerNode) {
        if (typeof set.requiredSlots === 'number') break; // the same for all
        continue;
      }
      neverRuns ??= new Uint8Array(job.tasks.reduce((sum, { count }) => sum + count, 0));
      neverRuns[first + i] = 1;
      tasks += 1;
      if (example < 0) [example, needed] = [i, slots];
    }
    if (tasks > 0) {
      const finding: Finding = {
        kind: 'tooManySlots',
        ...about,
        tasks,
        example: taskIdAt(set.ids, example),
        needed,
        slots: pool.taskSlotsPerNode,
      };
      findings.push({ finding, set });
    }
    first += set.count;
  }
  return { findings, neverRuns };
}

function setOf(job: Job, id: string): TaskSet | undefined {
  return job.tasks.find((set) => {
    if (set.ids.kind === 'list') return set.ids.values.includes(id);
    return indexInPattern(set.ids, set.count, id) >= 0;
  });
}

type Counts = Pick<Preflight, 'poolCount' | 'dedicatedNodes' | 'lowPriorityNodes' | 'jobCount' | 'taskCount' | 'exact'>;

function countAll(scenario: Scenario): Counts {
  const pools = scenario.accounts.flatMap((account) => account.pools);
  const jobs = scenario.accounts.flatMap((account) => account.jobs);
  const arrivals: ExpectedCount[] = jobs.map((job) => expectedArrivals(job.arrival, scenario.clock.untilMs));
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const tasksOf = (job: Job) => sum(job.tasks.map((set) => set.count));
  return {
    poolCount: pools.length,
    dedicatedNodes: sum(pools.map((pool) => pool.targetDedicatedNodes)),
    lowPriorityNodes: sum(pools.map((pool) => pool.targetLowPriorityNodes)),
    jobCount: sum(arrivals.map(({ count }) => count)),
    taskCount: sum(jobs.map((job, i) => tasksOf(job) * (arrivals[i] as ExpectedCount).count)),
    exact: arrivals.every(({ exact }) => exact),
  };
}

function summaryOf(counts: Counts, cores: readonly CoreNeed[]): string {
  const about = counts.exact ? '' : 'about ';
  const plural = (count: number, noun: string) => `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
  const nodes = [
    counts.dedicatedNodes > 0 ? plural(counts.dedicatedNodes, 'dedicated node') : '',
    counts.lowPriorityNodes > 0 ? plural(counts.lowPriorityNodes, 'spot node') : '',
  ].filter((part) => part !== '');
  const needed = cores
    .filter(({ of }) => of === 'dedicated' || of === 'lowPriority')
    .reduce((sum, need) => sum + need.neededCores, 0);
  const held = nodes.length === 0 ? 'no nodes' : `${nodes.join(' + ')}, ${plural(needed, 'core')}`;
  const work = `${about}${plural(Math.round(counts.taskCount), 'task')} in ${plural(Math.round(counts.jobCount), 'job')}`;
  return `${work} on ${plural(counts.poolCount, 'pool')} (${held})`;
}
