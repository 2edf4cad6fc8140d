/** What Batch answers when it does what it was asked for (ERR-06 to ERR-09). */
import type { BatchOperation } from './job-spec.js';

/**
 * HTTP status of every operation that was accepted. Applications belong to the management service, which the rules do
 * not number; their statuses are ours.
 */
export const SUCCESS_STATUS: Readonly<Record<BatchOperation['kind'], number>> = {
  // ERR-06: made at once
  addPool: 201,
  addJob: 201,
  addJobSchedule: 201,
  addCertificate: 201,
  addNodeUser: 201,
  // ERR-07: begun, and done later
  deletePool: 202,
  deleteJob: 202,
  deleteJobSchedule: 202,
  deleteCertificate: 202,
  resizePool: 202,
  stopResizePool: 202,
  removeNodes: 202,
  disableJob: 202,
  enableJob: 202,
  terminateJob: 202,
  terminateJobSchedule: 202,
  rebootNode: 202,
  reimageNode: 202,
  deallocateNode: 202,
  startNode: 202,
  // ERR-08: done, and nothing to say
  updatePoolProperties: 204,
  disableJobSchedule: 204,
  enableJobSchedule: 204,
  terminateTask: 204,
  reactivateTask: 204,
  cancelCertificateDelete: 204,
  // ERR-09: done
  patchPool: 200,
  patchJob: 200,
  updateJob: 200,
  patchJobSchedule: 200,
  updateJobSchedule: 200,
  updateTask: 200,
  addTasks: 200, // as a collection; see ADD_TASK_STATUS
  enableAutoScale: 200,
  disableAutoScale: 200,
  evaluateAutoScale: 200,
  deleteTask: 200,
  updateNodeUser: 200,
  deleteNodeUser: 200,
  enableNodeScheduling: 200,
  disableNodeScheduling: 200,
  addApplication: 201,
  addApplicationPackage: 201,
  patchApplication: 200,
  deleteApplication: 200,
  deleteApplicationPackage: 200,
};

/** ERR-06: one task that is added by itself. */
export const ADD_TASK_STATUS = 201;

/** ERR-10: whether a pool or job schedule is there, asked by HEAD. */
export function existsStatus(exists: boolean): 200 | 404 {
  return exists ? 200 : 404;
}
