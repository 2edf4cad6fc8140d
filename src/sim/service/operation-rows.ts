/** What the recording keeps of an operation: what was asked for, what of, and what the service said. */
import type { Operation, ServiceError } from '../../model/index.js';
import type { OperationRow } from '../../recording/index.js';
import type { AccountState } from '../entities.js';
import { LOGGED } from '../event-log.js';
import type { World } from '../world.js';
import type { Answer, Answered } from './answer.js';

/** Who asked, and what was expected. */
export interface Asked {
  /** The code with which the operation is expected to be refused; null: it is expected to be accepted. */
  readonly expectError: string | null;
  /** The job manager whose script asked (JM-11); -1: somebody else. */
  readonly byTask: number;
}

/** Adds the row of an operation that was performed now, and returns it. */
export function recordOperation(
  world: World,
  account: AccountState,
  operation: Pick<OperationRow, 'kind' | 'target'>,
  answer: Answered,
  { expectError, byTask }: Asked,
): OperationRow {
  const refusal = answer.ok ? refusedItem(answer.value, byTask) : { taskId: '', error: answer.error };
  const code = refusal?.error.code ?? null;
  const row: OperationRow = {
    atMs: world.nowMs,
    accountIndex: account.row,
    kind: operation.kind,
    target: operation.target,
    code,
    status: answer.ok ? answer.value.status : answer.error.status,
    message: refusal === null ? '' : messageOf(refusal.taskId, refusal.error),
    expected: code === expectError,
    byTask,
  };
  world.operations.push(row);
  world.log?.add(world.nowMs, LOGGED.operation, world.operations.length - 1, 0);
  return row;
}

/** What an operation is done to: `pool p`, `pool p node n3`, `job j task t`, in the words of {@link OperationRow}. */
export function targetOf(operation: Operation): string {
  if ('pool' in operation) return operation.pool.ok ? `pool ${operation.pool.value.id}` : 'pool';
  if ('job' in operation) return operation.job.ok ? `job ${operation.job.value.id}` : 'job';
  if ('jobSchedule' in operation)
    return operation.jobSchedule.ok ? `jobSchedule ${operation.jobSchedule.value.id}` : 'jobSchedule';
  if ('poolId' in operation) return `pool ${operation.poolId}${'node' in operation ? ` node ${operation.node}` : ''}`;
  if ('jobId' in operation) return `job ${operation.jobId}${'taskId' in operation ? ` task ${operation.taskId}` : ''}`;
  if ('jobScheduleId' in operation) return `jobSchedule ${operation.jobScheduleId}`;
  if ('vmSize' in operation) return `vmSize ${operation.vmSize}`;
  if ('thumbprint' in operation) return `certificate ${operation.thumbprint}`;
  const version = 'version' in operation ? ` version ${operation.version}` : '';
  return `application ${operation.applicationId}${version}`;
}

/** TASK-26: a collection is accepted as a whole; the first task of it that was not is what there is to tell. */
function refusedItem({ items = [] }: Answer, byTask: number): { taskId: string; error: ServiceError } | null {
  for (const { taskId, error } of items) {
    // JM-11: a manager that runs again meets the tasks of its earlier attempts.
    if (error !== null && !(byTask !== -1 && error.code === 'TaskExists')) return { taskId, error };
  }
  return null;
}

function messageOf(taskId: string, { message, values }: ServiceError): string {
  const details = values.map(({ key, value }) => `${key}: ${value}`).join('; ');
  return `${taskId === '' ? '' : `Task ${taskId}: `}${message}${details === '' ? '' : ` (${details})`}`;
}
