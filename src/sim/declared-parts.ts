/** Everything of a kind that a scenario holds, wherever it stands: in jobs, schedules, actions, scripts of managers. */
import type { Job, Operation, Pool, Scenario, TaskSet } from '../model/index.js';

/** What is called for each part. */
export interface PartVisitor {
  readonly set: (set: TaskSet) => void;
  readonly pool: (pool: Pool) => void;
}

/** Visits all sets of tasks and all pools that may come to be in a run. */
export function visitParts({ accounts }: Scenario, visitor: PartVisitor): void {
  for (const { pools, jobs, jobSchedules, actions } of accounts) {
    for (const pool of pools) visitor.pool(pool);
    for (const job of jobs) visitJob(job, visitor);
    for (const { jobSpecification } of jobSchedules) visitJob(jobSpecification, visitor);
    for (const { operation } of actions) visitOperation(operation, visitor);
  }
}

function visitJob({ tasks, jobManagerTask, autoPool }: Job, visitor: PartVisitor): void {
  if (autoPool !== null) visitor.pool(autoPool.pool);
  for (const set of tasks) visitor.set(set);
  if (jobManagerTask === null) return;
  visitor.set(jobManagerTask.task);
  for (const { operation } of jobManagerTask.actions) visitOperation(operation, visitor);
}

function visitOperation(operation: Operation, visitor: PartVisitor): void {
  switch (operation.kind) {
    case 'addPool':
      if (operation.pool.ok) visitor.pool(operation.pool.value);
      break;
    case 'addJob':
      if (operation.job.ok) visitJob(operation.job.value, visitor);
      break;
    case 'addTasks':
      if (operation.tasks.ok) for (const set of operation.tasks.value) visitor.set(set);
      break;
    case 'addJobSchedule':
      if (operation.jobSchedule.ok) visitJob(operation.jobSchedule.value.jobSpecification, visitor);
      break;
    case 'patchJobSchedule':
    case 'updateJobSchedule': {
      const { changes } = operation;
      const job = changes.ok ? changes.value.jobSpecification : undefined;
      if (job !== undefined) visitJob(job, visitor);
    }
  }
}
