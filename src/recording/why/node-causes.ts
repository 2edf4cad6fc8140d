/** Why a node is as it is. */
import { row, SPOT_CHANGE } from './cause-doc.js';

/** Causes of states of nodes. */
export const NODE_DOCS = {
  nodeNotThere: row(['SIM-07'], 'it appears {when}', ''),
  nodeBooting: row(['NODE-01'], 'it boots ({state})', 'shorter latencies create and start (SIM-06)'),
  nodeInStartTask: row(
    ['START-03'],
    'it waits for its start task',
    'a shorter start task, or its waitForSuccess false',
  ),
  nodeStartTaskFailed: row(
    ['START-05', 'START-09'],
    'its start task failed{exit}: it takes no tasks and is still charged',
    'let the start task succeed, allow retries, reboot or remove the node',
  ),
  nodeIdleNothingWaits: row(
    ['SCH-03'],
    'it is idle: no task of a job of its pool waits for a node',
    'more work, or fewer nodes',
  ),
  nodeIdleNothingFits: row(
    ['SCH-07'],
    'it is idle though {count} {count#task waits#tasks wait}: {reasons}',
    'see why of one of these tasks, such as {task}',
  ),
  nodeSchedulingDisabled: row(['NODE-04'], 'scheduling on it is disabled', 'enable its scheduling'),
  nodeBusy: row(['NODE-02'], '{used} of its {slots} slots are held by {tasks}', ''),
  nodeOffline: row(
    ['NODE-04'],
    'it is offline: scheduling was disabled and it is free of tasks',
    'enable its scheduling',
  ),
  nodeRestarting: row(['NODE-08', 'NODE-09', 'POOL-21'], 'it is {state}{why}', ''),
  nodeUnusable: row(
    ['NODE-13', 'NODE-14'],
    'it is unusable{why}; it takes no tasks and is still charged',
    'reboot or remove it',
  ),
  nodeUnknown: row(
    ['NODE-13'],
    'the service has lost contact with it; its tasks stay as they were',
    'nothing: it comes back or becomes unusable',
  ),
  nodeDrains: row(
    ['RSZ-12', 'RSZ-13'],
    'it leaves the pool{why} and still runs {tasks}',
    'the option requeue or terminate in place of taskcompletion',
  ),
  nodeLeaves: row(
    ['RSZ-13'],
    'it leaves the pool{why}; it is gone after the latency leave, or with retaineddata after the retention of its tasks',
    'a shorter latency leave (SIM-06), or shorter retentionTime',
  ),
  nodePreempted: row(
    ['NODE-11', 'NODE-12', 'BILL-04'],
    'its VM was taken away; it waits for capacity and costs nothing',
    SPOT_CHANGE,
  ),
  nodeDeallocated: row(['NODE-10', 'BILL-05'], 'it is {state}{why}', 'start the node'),
  nodeGoneByResize: row(['RSZ-11', 'RSZ-15'], 'it left the pool: a resize to fewer nodes chose it', 'a higher target'),
  nodeGoneByRemoval: row(['RSZ-11'], 'it left the pool: removeNodes named it', 'leave out that operation'),
  nodeGoneByAutoscale: row(
    ['ASC-06', 'RSZ-15'],
    'it left the pool: a formula asked for fewer nodes, and it was chosen',
    'another formula',
  ),
  nodeGoneWithPool: row(['POOL-16'], 'it left the pool, which was deleted', 'delete the pool later'),
  nodeGone: row(['RSZ-13'], 'it left the pool{why}', ''),
  nodeChanged: row(['NODE-01'], 'became {state}{why}', ''),
} as const;
