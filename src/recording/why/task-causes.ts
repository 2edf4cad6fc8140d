/** Why a task runs or has ended as it did, and what happened to it before. */
import { row, SPOT_CHANGE } from './cause-doc.js';

const OPERATIONS_CHANGE = 'leave out that operation, or give its option taskcompletion';

/** Causes of ends and of lost attempts. */
export const TASK_DOCS = {
  running: row(['TASK-03'], 'it runs on node {node}', ''),
  sharesCores: row(
    ['SIM-08'],
    'it runs at {speed} of its speed, since the tasks of its node need more cores than there are',
    'fewer slots a node, or a larger VM size',
  ),
  succeeded: row(['TASK-04'], 'it exited with 0', ''),
  exitedWithFailure: row(
    ['TASK-04', 'TASK-07'],
    'it exited with {exitCode}, and {retries} of {most} retries are spent',
    'let it exit with 0, or raise maxTaskRetryCount',
  ),
  exceededWallClock: row(
    ['TASK-11'],
    'it was stopped at its maxWallClockTime',
    'a longer maxWallClockTime; it is not retried',
  ),
  failedWithCode: row(
    ['TASK-16', 'ERR-21'],
    'it failed with {code}, a {category}: {message}',
    'remove the cause; it is not retried (TASK-06)',
  ),
  stoppedByUser: row(['TASK-22', 'TASK-15'], 'it was ended by the operation terminateTask', 'leave out that operation'),
  stoppedWithJob: row(['JOB-11', 'TASK-15'], 'it was ended when its job was terminated{reason}', 'end the job later'),
  stoppedByDisable: row(
    ['JOB-15', 'TASK-15'],
    'it was ended when its job was disabled with option terminate',
    'disable the job with requeue or wait',
  ),
  stoppedOnNode: row(
    ['RSZ-12', 'NODE-07', 'TASK-15'],
    'it was ended with its node {node} ({operation}, option terminate)',
    'the option requeue or taskcompletion',
  ),
  deleted: row(['TASK-23'], 'it was deleted', 'leave out that operation'),
  deletedWithJob: row(['JOB-14'], 'it was deleted with its job', 'leave out that operation'),
  retried: row(['TASK-08'], 'exited with {exitCode} on node {node}: retry {retry} of {most}', 'let it exit with 0'),
  displaced: row(
    ['SCH-16', 'JOB-20'],
    'displaced from node {node} for a task of higher priority',
    'allowTaskPreemption false in its job',
  ),
  evicted: row(
    ['JM-08'],
    'stopped on node {node} so that a job manager could start again',
    'the option jmEvictsOnRestart false',
  ),
  requeuedByRemoval: row(
    ['RSZ-12', 'TASK-09'],
    'requeued when node {node} was taken out of the pool{operation}',
    OPERATIONS_CHANGE,
  ),
  requeuedByReboot: row(['NODE-07', 'TASK-09'], 'requeued when node {node} was rebooted{operation}', OPERATIONS_CHANGE),
  requeuedByReimage: row(
    ['NODE-09', 'TASK-09'],
    'requeued when node {node} was reimaged{operation}',
    OPERATIONS_CHANGE,
  ),
  requeuedByDeallocation: row(
    ['NODE-10', 'TASK-09'],
    'requeued when node {node} was deallocated{operation}',
    OPERATIONS_CHANGE,
  ),
  requeuedByNodeDisable: row(
    ['NODE-04', 'TASK-09'],
    'requeued when scheduling on node {node} was disabled{operation}',
    OPERATIONS_CHANGE,
  ),
  requeuedByJobDisable: row(
    ['JOB-15', 'TASK-09'],
    'requeued when its job was disabled{operation}',
    'disable the job with option wait',
  ),
  requeuedByPoolDelete: row(['POOL-16'], 'requeued when its pool was deleted{operation}', 'delete the pool later'),
  requeuedByUpgrade: row(
    ['POOL-21'],
    'requeued when the operating system of node {node} was upgraded{operation}',
    'leave out that operation',
  ),
  lostToPreemption: row(['NODE-11', 'TASK-09'], 'lost with node {node}, which was preempted', SPOT_CHANGE),
  lostToFailure: row(['NODE-13', 'TASK-10'], 'lost with node {node}, which failed', 'leave out that fault'),
  lostToHostReboot: row(
    ['NODE-22', 'TASK-10'],
    'lost when the host of node {node} was rebooted',
    'leave out that fault',
  ),
  preparationFailed: row(
    ['PREP-05'],
    "taken from node {node}, where its job's preparation failed",
    'let the preparation task succeed',
  ),
  recalled: row(['SCH-11', 'JOB-11', 'JOB-15'], 'taken back on its way to node {node}, for its job ran no more', ''),
  reactivated: row(['TASK-24'], 'reactivated', ''),
  couldNotBePlaced: row(['SCH-13'], 'could not be placed', ''),
  barredFromAllNodes: row(
    ['SCH-13', 'PREP-06'],
    "could not be placed, for its job's preparation had failed on every node that was ready",
    'let the preparation task succeed, or reimage the nodes',
  ),
} as const;
