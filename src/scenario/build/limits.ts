/** Scenarios that no machine could run to their end: refused before the run rather than left to hang. */
import { formatCount } from '../../base/index.js';
import {
  type CommandModel,
  effectiveRetryCount,
  type Job,
  type QuantityPerOccurrence,
  type Scenario,
  type TaskSet,
} from '../../model/index.js';
import { expectedArrivals, expectedRuns } from '../preflight/arrivals.js';
import { tasksOf } from '../preflight/counts.js';
import { Declared } from '../preflight/declared.js';
import { leastOf, neverZero } from '../preflight/outcomes.js';
import type { BuildContext } from './context.js';
import { MOST_TASKS } from './ids.js';

/** Reports too many jobs or tasks in all, and commands that are retried without end. */
export function checkLimits(context: BuildContext, scenario: Scenario): void {
  checkCounts(context, scenario);
  for (const account of scenario.accounts) {
    const declared = new Declared(account);
    for (const { id, job } of declared.jobs) checkRetries(context, scenario, id, job);
    const pools = [...declared.pools, ...declared.jobs.flatMap(({ job }) => job.autoPool?.pool ?? [])];
    for (const pool of pools) {
      const { startTask } = pool;
      if (startTask === null || !retriesForEver(scenario, startTask.maxTaskRetryCount, startTask.command)) continue;
      endless(context, pool, `the start task of pool ${pool.id} fails in every attempt and is`, 'START-04');
    }
  }
}

function checkCounts(context: BuildContext, scenario: Scenario): void {
  const { untilMs } = scenario.clock;
  let count = 0;
  const add = (what: object, name: string, times: number, tasks: number): void => {
    const before = count;
    // Jobs without tasks cost memory too.
    count += times * Math.max(1, tasks);
    if (before > MOST_TASKS || count <= MOST_TASKS) return;
    const about = formatCount(Math.min(Math.round(count), Number.MAX_SAFE_INTEGER));
    const message = `with ${name} the scenario has about ${about} tasks; at most ${formatCount(MOST_TASKS)} can be simulated`;
    context.problems.error('BS2008', context.places.get(what) ?? null, message, 'simulate a part of it');
  };
  for (const { jobs, jobSchedules } of scenario.accounts) {
    for (const job of jobs) add(job, `job ${job.id}`, expectedArrivals(job.arrival, untilMs).count, tasksOf(job));
    for (const one of jobSchedules)
      add(one, `job schedule ${one.id}`, expectedRuns(one.schedule, untilMs).count, tasksOf(one.jobSpecification));
  }
}

function checkRetries(context: BuildContext, scenario: Scenario, id: string, job: Job): void {
  const { jobManagerTask: manager, jobPreparationTask: preparation } = job;
  for (const set of manager === null ? job.tasks : [...job.tasks, manager.task]) {
    if (retriesWithoutEnd(scenario, job, set))
      endless(context, set, `tasks of job ${id} fail in every attempt and are`, 'TASK-07');
  }
  if (preparation !== null && retriesForEver(scenario, preparation.maxTaskRetryCount, preparation.command))
    endless(context, job, `the preparation task of job ${id} fails in every attempt and is`, 'PREP-08');
}

function endless(context: BuildContext, what: object, who: string, rule: string): void {
  const message = `${who} retried without end (${rule})`;
  const hint = 'set maxTaskRetryCount to 0 or more, give them a runtime, or stop the run with clock.until';
  context.problems.error('BS2008', context.places.get(what) ?? null, message, hint);
}

/** An attempt that takes no time, or a run without an end: then nothing ever stops the retries. */
function retriesWithoutEnd(scenario: Scenario, job: Job, set: TaskSet): boolean {
  const retries = effectiveRetryCount(set.maxTaskRetryCount, job.maxTaskRetryCount);
  const { exitCode, runtime, multiInstance } = set;
  if (retries !== -1 || (set.demands?.fault ?? null) !== null) return false;
  if (multiInstance !== null && retriesForEver(scenario, retries, multiInstance.coordination)) return true;
  const fails = exitCode instanceof Int32Array ? exitCode.some((code) => code !== 0) : failsAtLast(exitCode);
  if (!fails) return false;
  const takesNoTime = runtime instanceof Float64Array ? runtime.includes(0) : isInstant(runtime);
  return takesNoTime || (scenario.clock.untilMs === null && scenario.options.taskLifetimeMs === null);
}

/** The same for a command that is no task, whose retries no lifetime ends. A fault is not retried (START-04). */
function retriesForEver({ clock }: Scenario, retries: number, command: CommandModel): boolean {
  if (retries !== -1 || command.fault !== null || !failsAtLast(command.exitCode)) return false;
  return isInstant(command.runtime) || clock.untilMs === null;
}

function failsAtLast(exitCode: QuantityPerOccurrence): boolean {
  const last = exitCode[exitCode.length - 1];
  return last !== undefined && neverZero(last);
}

function isInstant(runtime: QuantityPerOccurrence): boolean {
  const last = runtime[runtime.length - 1];
  return last !== undefined && leastOf(last) < 1;
}
