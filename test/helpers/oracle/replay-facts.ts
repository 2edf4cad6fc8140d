/** Facts of a scenario that the columns of its recording do not repeat. */
import { type Job, type Scenario, taskIdAt } from '../../../src/model/index.js';
import type { Recording } from '../../../src/recording/index.js';
import { at } from './columns.js';

/** The job as it was declared, by whomever; null: nobody declared it by this id. */
export function declaredJob(scenario: Scenario, recording: Recording, row: number): Job | null {
  const { id, accountIndex, scheduleIndex } = at(recording.jobs, row);
  const account = scenario.accounts[accountIndex];
  if (account === undefined) return null;
  if (scheduleIndex !== -1) {
    const made = at(recording.jobSchedules, scheduleIndex).id;
    return account.jobSchedules.find((schedule) => schedule.id === made)?.jobSpecification ?? null;
  }
  const added = account.actions.flatMap(({ operation }) =>
    operation.kind === 'addJob' && operation.job.ok ? [operation.job.value] : [],
  );
  const pattern = (job: Job) => new RegExp(`^${job.id.replace(/[^\w]/g, '.').replace('.n.', '\\d+')}$`);
  return [...account.jobs, ...added].find((job) => pattern(job).test(id)) ?? null;
}

/** JM-05. */
export function isExclusive(scenario: Scenario, recording: Recording, task: number): boolean {
  const manager = declaredJob(scenario, recording, at(recording.tasks.job, task))?.jobManagerTask ?? null;
  return manager?.runExclusive === true && recording.taskNames.id(task) === taskIdAt(manager.task.ids, 0);
}

/** Whether nothing happens but jobs that come and tasks that run: no action, no manager, no preparation, no fault. */
export function isPlain(scenario: Scenario): boolean {
  return scenario.accounts.every(
    ({ actions, jobs, jobSchedules, pools }) =>
      actions.length === 0 &&
      jobSchedules.length === 0 &&
      pools.every(
        ({ faults, startTask }) => startTask === null && faults.preemption === null && faults.unusable === null,
      ) &&
      jobs.every(isPlainJob),
  );
}

function isPlainJob(job: Job): boolean {
  const alone = job.jobManagerTask === null && job.jobPreparationTask === null && job.maxWallClockTimeMs === null;
  const quiet = job.onAllTasksComplete === 'noaction' && job.onTaskFailure === 'noaction';
  return alone && quiet && job.tasks.every(({ multiInstance }) => multiInstance === null);
}
