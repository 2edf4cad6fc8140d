/** Batch's operations on single tasks (TASK-22 to TASK-25); each checks in the order of ERR-04. */
import { err, ok } from '../../base/index.js';
import {
  checkTaskConstraints,
  idKey,
  type ServiceError,
  SUCCESS_STATUS,
  serviceError,
  type TaskConstraints,
} from '../../model/index.js';
import { deleteTaskNow, stopTask } from '../endings.js';
import type { AccountState } from '../entities.js';
import { reviewRetention } from '../nodes/draining.js';
import type { Answered } from '../service/answer.js';
import { TASK } from '../task-table.js';
import type { World } from '../world.js';
import { changeConstraints } from './constraint-changes.js';
import { endedError, findTask } from './job-lookups.js';
import { reactivate } from './reactivation.js';

export { addTasks } from './task-additions.js';

interface OnTask {
  readonly jobId: string;
  readonly taskId: string;
}

/** TASK-22. */
export function terminateTask(world: World, account: AccountState, { jobId, taskId }: OnTask): Answered {
  const found = findTask(account, jobId, taskId);
  if (!found.ok) return found;
  const { task } = found.value;
  if (world.tasks.state[task] === TASK.completed) return err(serviceError('TaskCompleted'));
  stopTask(world, task, 'terminateTask');
  return ok({ status: SUCCESS_STATUS.terminateTask });
}

/** TASK-23, DEP-09: it satisfies nobody by going, and its id is free. */
export function deleteTask(world: World, account: AccountState, { jobId, taskId }: OnTask): Answered {
  const found = findTask(account, jobId, taskId);
  if (!found.ok) return found;
  const { job, task } = found.value;
  job.taskRows.delete(idKey(taskId));
  const node = world.tasks.node[task] as number;
  deleteTaskNow(world, task);
  if (node >= 0 && world.tasks.state[task] === TASK.completed) reviewRetention(world, node);
  return ok({ status: SUCCESS_STATUS.deleteTask });
}

/** TASK-24: only a task that has failed, of a job that has not ended. */
export function reactivateTask(world: World, account: AccountState, { jobId, taskId }: OnTask): Answered {
  const found = findTask(account, jobId, taskId);
  if (!found.ok) return found;
  const { job, task } = found.value;
  const refusal = endedError(job) ?? reactivationError(world, task);
  if (refusal !== null) return err(refusal);
  reactivate(world, job, task);
  return ok({ status: SUCCESS_STATUS.reactivateTask });
}

/** TASK-25. */
export function updateTask(
  world: World,
  account: AccountState,
  { jobId, taskId, constraints }: OnTask & { readonly constraints: TaskConstraints | null },
): Answered {
  const badValue = constraints === null ? null : checkTaskConstraints(constraints);
  if (badValue !== null) return err(badValue);
  const found = findTask(account, jobId, taskId);
  if (!found.ok) return found;
  const { task } = found.value;
  if (world.tasks.state[task] === TASK.completed) return err(serviceError('TaskCompleted'));
  changeConstraints(world, task, constraints);
  return ok({ status: SUCCESS_STATUS.updateTask });
}

function reactivationError(world: World, task: number): ServiceError | null {
  const { state, failure } = world.tasks;
  if (state[task] !== TASK.completed) return serviceError('TaskNotCompleted');
  return failure[task] === 0 ? serviceError('TaskSucceeded') : null;
}
