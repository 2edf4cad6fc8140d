/** Ids and quota that jobs and job schedules share (ACC-10, ACC-17, JS-16). */
import { idKey, type ServiceError, serviceError } from '../../model/index.js';
import type { AccountState } from '../entities.js';

/** ACC-10: whether one more job or job schedule may be active. */
export function hasRoom(account: AccountState): boolean {
  return account.activeCount < account.spec.activeJobAndJobScheduleQuota;
}

/** Whether the account takes a job of this id now: existence, also of one that is being deleted, then quota (ERR-04). */
export function checkJobAdmission(account: AccountState, id: string): ServiceError | null {
  if (account.jobs.has(idKey(id))) return serviceError('JobExists');
  if (account.schedules.has(idKey(id))) return serviceError('JobScheduleWithSameIdExists');
  return checkRoom(account);
}

/** Whether the account takes a job schedule of this id now. */
export function checkScheduleAdmission(account: AccountState, id: string): ServiceError | null {
  if (account.schedules.has(idKey(id))) return serviceError('JobScheduleExists');
  if (account.jobs.has(idKey(id))) return serviceError('JobWithSameIdExists');
  return checkRoom(account);
}

function checkRoom(account: AccountState): ServiceError | null {
  return hasRoom(account) ? null : serviceError('ActiveJobAndScheduleQuotaReached');
}
