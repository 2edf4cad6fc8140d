/** Why a task waits; the names that WAIT_CAUSES has are the same here. */
import { row } from './cause-doc.js';

/** Causes of waits. */
export const WAIT_DOCS = {
  notAdded: row(['SIM-08'], 'it is added {when}', ''),
  neverAdded: row(['SIM-10'], 'it is never added in this run', 'let the run go on longer (clock.until)'),
  blockedByDependency: row(
    ['DEP-02'],
    'it waits for tasks that it depends on',
    'let each of them complete with an outcome that satisfies',
  ),
  parentUnfinished: row(['DEP-03'], 'it depends on {parent}, which is {state}', 'nothing, if {parent} completes'),
  parentBlocks: row(
    ['DEP-04', 'EXIT-04'],
    'it depends on {parent}, which completed with {outcome}: that blocks, and it never runs',
    'let {parent} succeed, reactivate it, or give that outcome the dependencyAction satisfy in its exitConditions',
  ),
  parentMissing: row(
    ['DEP-05', 'DEP-07'],
    'it depends on {parent}, and there is no such task',
    'add a task with that id to the job',
  ),
  parentDeleted: row(
    ['DEP-09'],
    'it depends on {parent}, which was deleted before it satisfied',
    'add a task with that id again',
  ),
  parentsBesides: row(['DEP-02'], 'and on {count} more that have not satisfied', ''),
  requiresMoreSlotsThanANodeHas: row(
    ['TASK-18'],
    'it needs {slots} slots and a node of pool {pool} has {slotsPerNode}: it never runs there',
    'a pool with taskSlotsPerNode of at least {slots}, or fewer requiredSlots',
  ),
  noEligibleNode: row(
    ['SCH-07'],
    'no node of pool {pool} can take it: {census}',
    'a node that is idle or running, is not disabled and has {slots} free {slots#slot#slots}',
  ),
  noNodes: row(['SCH-07'], 'pool {pool} has no nodes', 'a target above 0, and quota and capacity for it'),
  allNodesBarredByPreparation: row(
    ['PREP-05', 'PREP-06'],
    "its job's preparation failed on every node of pool {pool} that could take it",
    'let the preparation task succeed, or reimage the nodes',
  ),
  needsDedicatedNode: row(
    ['JM-06'],
    'it is a job manager that may not run on spot nodes, and no dedicated node of pool {pool} can take it',
    'dedicated nodes in the pool, or allowLowPriorityNode',
  ),
  needsInterNodePool: row(
    ['MI-01'],
    'it is a multi-instance task, and pool {pool} has no inter-node communication or more than one slot a node',
    'a pool with enableInterNodeCommunication and taskSlotsPerNode 1',
  ),
  waitsForInstances: row(
    ['MI-03'],
    'it needs {instances} idle nodes at one instant, and {idle} are idle',
    'more nodes, or less work beside it: no node is held back for it',
  ),
  jobDisabled: row(['JOB-15', 'SCH-03'], 'its job is {state}', 'enable the job'),
  jobEnded: row(['JOB-11'], 'its job is {state}: tasks that were active then stay so for ever', 'end the job later'),
  poolBeingDeleted: row(
    ['POOL-16'],
    'pool {pool} is being deleted',
    'point the job to another pool while it is disabled (JOB-21)',
  ),
  poolMissing: row(['JOB-03'], 'its job names pool {pool}, which does not exist', 'add a pool with that id'),
  jobAtMaxParallelTasks: row(
    ['JOB-19'],
    'its job has {running} {running#task#tasks} preparing or running, as many as its maxParallelTasks of {limit} allows',
    'a higher maxParallelTasks',
  ),
  lifetimeExceeded: row(
    ['ACC-15'],
    'it was given up: it was older than the lifetime of a task',
    'more nodes, or the option taskLifetime',
  ),
  stoppedAtUntil: row(
    ['SIM-10'],
    'the clock stopped before its turn came',
    'let the run go on longer (clock.until), or add nodes',
  ),
  behindHigherPriority: row(
    ['SCH-04', 'JOB-04'],
    '{count} waiting {count#task#tasks} of jobs with a higher priority {count#goes#go} first',
    'a higher priority of its job, or more nodes',
  ),
  behindOwnJob: row(
    ['SCH-04'],
    '{count} waiting {count#task#tasks} of its own job {count#was#were} added before it',
    'more nodes',
  ),
  besideOtherJobs: row(
    ['SCH-05'],
    '{count} waiting {count#task#tasks} of jobs with the same priority {count#takes#take} turns with it',
    'a higher priority of its job, or more nodes',
  ),
  nextPass: row(['SCH-02'], 'a node can take it: the scheduler places it at this instant', ''),
  dispatching: row(
    ['SCH-11'],
    'it was given to node {node} and is being dispatched',
    'a shorter dispatch latency (SIM-06)',
  ),
  preparing: row(
    ['PREP-03'],
    "it waits on node {node} for its job's preparation",
    'a shorter preparation task, or its waitForSuccess false (PREP-07)',
  ),
} as const;
