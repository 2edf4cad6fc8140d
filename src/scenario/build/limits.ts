/** Scenarios that no machine could run to their end: refused before the run rather than left to hang. */
import { formatCount } from '../../base/index.js';
import { effectiveRetryCount, type Job, type Scenario, type TaskSet } from '../../model/index.js';
import { expectedArrivals } from '../preflight/arrivals.js';
import { leastOf, neverZero } from '../preflight/outcomes.js';
import type { BuildContext } from './context.js';
import { MOST_TASKS } from './ids.js';

/** Reports too many tasks in all, and tasks that are retried without end. */
export function checkLimits(context: BuildContext, scenario: Scenario): void {
  let tasks = 0;
  for (const { jobs } of scenario.accounts) {
    for (const job of jobs) {
      const arrivals = expectedArrivals(job.arrival, scenario.clock.untilMs).count;
      const before = tasks;
      tasks += job.tasks.reduce((sum, set) => sum + set.count, 0) * arrivals;
      if (before <= MOST_TASKS && tasks > MOST_TASKS) tooMany(context, job, tasks);
      for (const set of job.tasks) if (retriesWithoutEnd(scenario, job, set)) endless(context, set, job);
    }
  }
}

function tooMany(context: BuildContext, job: Job, tasks: number): void {
  const about = formatCount(Math.min(Math.round(tasks), Number.MAX_SAFE_INTEGER));
  const message = `with job ${job.id} the scenario has about ${about} tasks; at most ${formatCount(MOST_TASKS)} can be simulated`;
  context.problems.error('BS2008', context.places.get(job) ?? null, message, 'simulate a part of it');
}

function endless(context: BuildContext, set: TaskSet, job: Job): void {
  const message = `tasks of job ${job.id} fail in every attempt and are retried without end (TASK-07)`;
  const hint = 'set maxTaskRetryCount to 0 or more, give them a runtime, or stop the run with clock.until';
  context.problems.error('BS2008', context.places.get(set) ?? null, message, hint);
}

/** An attempt that takes no time, or a run without an end: then nothing ever stops the retries. */
function retriesWithoutEnd(scenario: Scenario, job: Job, set: TaskSet): boolean {
  if (effectiveRetryCount(set.maxTaskRetryCount, job.maxTaskRetryCount) !== -1) return false;
  const { exitCode, runtime } = set;
  const last = exitCode instanceof Int32Array ? null : exitCode[exitCode.length - 1];
  const failsForEver =
    exitCode instanceof Int32Array
      ? exitCode.some((code) => code !== 0)
      : last !== undefined && last !== null && neverZero(last);
  if (!failsForEver) return false;
  const runs = runtime instanceof Float64Array ? null : runtime[runtime.length - 1];
  const takesNoTime =
    runtime instanceof Float64Array ? runtime.includes(0) : runs !== undefined && runs !== null && leastOf(runs) < 1;
  return takesNoTime || (scenario.clock.untilMs === null && scenario.options.taskLifetimeMs === null);
}
