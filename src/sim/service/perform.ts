/** The service's operations in one table: what a caller asks for → the function that does it, or says why not. */
import type { Operation } from '../../model/index.js';
import type { AccountState } from '../entities.js';
import { addJob, deleteJob, disableJob, enableJob, patchJob, terminateJob, updateJob } from '../jobs/job-operations.js';
import {
  addJobSchedule,
  deleteJobSchedule,
  disableJobSchedule,
  enableJobSchedule,
  patchJobSchedule,
  terminateJobSchedule,
  updateJobSchedule,
} from '../jobs/schedule-operations.js';
import { addTasks, deleteTask, reactivateTask, terminateTask, updateTask } from '../jobs/task-operations.js';
import {
  failNode,
  hostReboot,
  loseContact,
  preemptNodes,
  recoverNode,
  setCapacity,
  setRegionCapacity,
} from '../nodes/fate.js';
import {
  deallocateNode,
  disableNodeScheduling,
  enableNodeScheduling,
  rebootNode,
  reimageNode,
  startNode,
} from '../nodes/node-operations.js';
import { addNodeUser, deleteNodeUser, updateNodeUser } from '../nodes/node-users.js';
import { upgradeOs } from '../nodes/upgrades.js';
import { addPool } from '../pools/admission.js';
import { disableAutoScale, enableAutoScale, evaluateAutoScale } from '../pools/autoscale-operations.js';
import {
  deletePool,
  patchPool,
  removeNodes,
  resizePool,
  stopResizePool,
  updatePoolProperties,
} from '../pools/pool-operations.js';
import type { World } from '../world.js';
import type { Answered } from './answer.js';
import {
  addApplication,
  addApplicationPackage,
  deleteApplication,
  deleteApplicationPackage,
  patchApplication,
} from './applications.js';
import { addCertificate, cancelCertificateDelete, deleteCertificate } from './certificates.js';

/** The arguments of an operation of this kind: kinds that take the same share one type in the model. */
type Arguments<K extends Operation['kind'], O = Operation> = O extends { readonly kind: infer Kinds }
  ? K extends Kinds
    ? O
    : never
  : never;

type Performer<K extends Operation['kind']> = (
  world: World,
  account: AccountState,
  operation: Arguments<K>,
) => Answered;

/**
 * One function for each operation. It validates in the order of ERR-04: properties, existence, state, quota; then it
 * does what was asked for, and answers. Nothing throws.
 */
const OPERATIONS: { readonly [K in Operation['kind']]: Performer<K> } = {
  addPool,
  patchPool,
  updatePoolProperties,
  deletePool,
  resizePool,
  stopResizePool,
  removeNodes,
  enableAutoScale,
  disableAutoScale,
  evaluateAutoScale,

  rebootNode,
  reimageNode,
  deallocateNode,
  startNode,
  disableNodeScheduling,
  enableNodeScheduling,
  addNodeUser,
  updateNodeUser,
  deleteNodeUser,

  addJob,
  patchJob,
  updateJob,
  disableJob,
  enableJob,
  terminateJob,
  deleteJob,

  addTasks,
  updateTask,
  terminateTask,
  deleteTask,
  reactivateTask,

  addJobSchedule,
  patchJobSchedule,
  updateJobSchedule,
  disableJobSchedule,
  enableJobSchedule,
  terminateJobSchedule,
  deleteJobSchedule,

  addApplication,
  patchApplication,
  deleteApplication,
  addApplicationPackage,
  deleteApplicationPackage,
  addCertificate,
  deleteCertificate,
  cancelCertificateDelete,

  // what fate does (NODE-22, POOL-21, ACC-09)
  preemptNodes,
  failNode,
  loseContact,
  recoverNode,
  hostReboot,
  upgradeOs,
  setCapacity,
  setRegionCapacity,
};

/** Does what an account's user, or fate, asks for, now. */
export function perform(world: World, account: AccountState, operation: Operation): Answered {
  const performer = OPERATIONS[operation.kind] as Performer<Operation['kind']>;
  return performer(world, account, operation as Arguments<Operation['kind']>);
}
