/** What pre-flight finds: BS23nn. */
import { row } from './row.js';

/** What pre-flight finds: BS23nn. */
export const PREFLIGHT_CODES = [
  row(
    'BS2301',
    'a pool that quota cuts (RSZ-05)',
    'The pools together want more cores than the account may hold. Pools are served in their order; the one that no longer fits gets as many whole nodes as do, and ends its resize with the error named.',
    'Raise the quota in the scenario, or lower the targets.',
  ),
  row(
    'BS2302',
    'a pool that cannot grow in time (timing row 9, RSZ-06)',
    'A pool receives about 70 nodes a minute. What is missing when resizeTimeout passes is given up: AllocationTimedout.',
    'Raise resizeTimeout: about 15 minutes for each 1,000 nodes.',
  ),
  row(
    'BS2303',
    'tasks that need more slots than a node has (TASK-18)',
    'Such tasks are accepted and never run.',
    'Raise taskSlotsPerNode, or lower requiredSlots.',
  ),
  row(
    'BS2304',
    'a job without a pool (JOB-03)',
    'The job names a pool that the scenario does not have. Batch accepts that; its tasks wait for ever.',
    'Correct poolInfo.poolId.',
  ),
  row(
    'BS2305',
    'dependencies on tasks that do not exist (DEP-05, DEP-07)',
    'A task waits for a task id, or a member of a range, that its job never gets. It never runs.',
    'Correct the id; ids of dependencies are those of the same job.',
  ),
  row(
    'BS2306',
    'dependencies in a circle (DEP-10)',
    'Tasks wait for each other. Batch does not check that; none of them ever runs.',
    'Break the circle.',
  ),
  row(
    'BS2307',
    'dependencies on tasks that fail for certain (DEP-03, EXIT-04)',
    'The parent exits with a code other than 0 in every attempt, or is stopped by its time limit, or never runs. Its children stay active for ever.',
    'Correct the parent, or take the dependency out.',
  ),
  row(
    'BS2308',
    'a pool without nodes',
    'The pool has targets of 0, and jobs that wait for it.',
    'Set targetDedicatedNodes or targetLowPriorityNodes.',
  ),
  row(
    'BS2309',
    'a pool over its size limit (ACC-12, POOL-10)',
    'A pool with inter-node communication holds at most 100 nodes (80 in user-subscription mode).',
    'Lower the targets, or switch inter-node communication off.',
  ),
  row(
    'BS2310',
    'a start task that never succeeds (START-03, START-05)',
    'Every attempt of the start task ends with an exit code other than 0 or before it runs, and nodes wait for its success. They all end in starttaskfailed: charged, and without a task.',
    'Correct its exitCode, raise maxTaskRetryCount, or set waitForSuccess: false.',
  ),
  row(
    'BS2311',
    'multi-instance tasks that never start (MI-01, MI-02)',
    'Such a task needs a pool with inter-node communication, one task slot a node, and as many nodes as it has instances. It stays active for ever otherwise.',
    'Set enableInterNodeCommunication: true and taskSlotsPerNode: 1 on the pool, and give it nodes enough.',
  ),
  row(
    'BS2312',
    'a job manager without a node (JM-06)',
    'The job manager may not run on spot nodes, and its pool has no dedicated ones.',
    'Set allowLowPriorityNode: true, or targetDedicatedNodes on the pool.',
  ),
  row(
    'BS2313',
    'an action on what is never there (ERR-14)',
    'An action names a pool, job or job schedule that the file does not have and no action adds. Batch answers 404, which is an event of the run.',
    'Correct the id, or add expectError if the refusal is meant.',
  ),
  row(
    'BS2314',
    'container settings that do not fit the pool (TASK-29)',
    'Tasks have containerSettings exactly where their pool has a containerConfiguration. Others end with the failure ContainerInvalidSettings.',
    'Add containerConfiguration: {} to the virtualMachineConfiguration of the pool, or containerSettings to the tasks.',
  ),
  row(
    'BS2315',
    'an action that Batch refuses for what it brings (ERR-04)',
    "A pool, job, task or job schedule of an action has a property that Batch does not take. In an action that is an event of the run, with Batch's code and status, and not an invalid file.",
    'Correct the property, or add expectError if the refusal is meant.',
  ),
] as const;
