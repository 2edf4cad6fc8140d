/** What a scenario would run, and what in it can never work, told before the run. */
import { type Diagnostic, nearest } from '../../base/index.js';
import type { Job, Scenario, TaskSet } from '../../model/index.js';
import { indexInPattern } from '../build/task-ids.js';
import type { ScenarioCode } from '../codes.js';
import { Problems } from '../text/problems.js';
import type { Place } from '../text/tree.js';
import { actionFindings } from './actions.js';
import { type Counts, countAll, summaryOf } from './counts.js';
import { Declared, type NamedJob } from './declared.js';
import { dependencyFindings } from './dependencies.js';
import type { Finding } from './findings.js';
import { containerFindings, instanceFindings, managerFinding, slotFindings } from './job-fit.js';
import { type CoreNeed, poolFindings } from './pools.js';
import { findingText } from './texts.js';

/** The answer. */
export interface Preflight extends Counts {
  /** One line for people: what would run. */
  readonly summary: string;
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
    const declared = new Declared(account);
    const pools = poolFindings(declared);
    cores.push(...pools.needs);
    for (const { finding, pool } of pools.findings) report(finding, [pool]);
    for (const job of declared.jobs) lookOver(declared, job, report);
    for (const { action, finding } of actionFindings(declared)) report(finding, [action]);
  }
  const counts = countAll(scenario);
  return { ...counts, summary: summaryOf(counts, cores), cores, findings, diagnostics: problems.list() };
}

function lookOver(
  declared: Declared,
  named: NamedJob,
  report: (finding: Finding, about: readonly object[]) => void,
): void {
  const { job } = named;
  const about = { account: declared.account.name, job: named.id };
  const pool = declared.poolOf(job);
  if (pool === null) {
    const tasks = job.tasks.reduce((sum, set) => sum + set.count, 0);
    const near = nearest(job.poolId, [...declared.poolIds]);
    report({ kind: 'missingPool', ...about, pool: job.poolId, near, tasks }, [job]);
  } else {
    const manager = managerFinding(about, job, pool);
    if (manager !== null) report(manager, [job]);
    for (const { finding, set } of containerFindings(about, job, pool)) report(finding, [set, job]);
    if (!declared.mayGrow(pool))
      for (const { finding, set } of instanceFindings(about, job, pool)) report(finding, [set, job]);
  }
  const slots = pool === null ? null : slotFindings(about, job, pool);
  for (const { finding, set } of slots?.findings ?? []) report(finding, [set, job]);
  const { neverRuns = null } = slots ?? {};
  for (const finding of dependencyFindings(about, job, neverRuns, declared.mayGetTasks(named))) {
    const example = finding.kind === 'cycle' ? finding.circle[0] : 'example' in finding ? finding.example : undefined;
    const set = example === undefined ? undefined : setOf(job, example);
    report(finding, set === undefined ? [job] : [set, job]);
  }
}

function setOf(job: Job, id: string): TaskSet | undefined {
  return job.tasks.find((set) => {
    if (set.ids.kind === 'list') return set.ids.values.includes(id);
    return indexInPattern(set.ids, set.count, id) >= 0;
  });
}
