/** What Batch itself would refuse: BS21nn. */
import { row } from './row.js';

/** What Batch itself would refuse: BS21nn. */
export const REFUSED_CODES = [
  row(
    'BS2101',
    'an id that Batch refuses (ACC-17)',
    'Ids of pools, jobs and tasks have 1 to 64 letters, digits, hyphens and underscores. Case is kept but does not count. Batch answers 400 InvalidPropertyValue.',
    'Rename it; other words fit in displayName.',
  ),
  row(
    'BS2102',
    'the same id twice (TASK-26, POOL-18)',
    'Ids are unique among the pools of an account, its jobs and job schedules, and the tasks of a job; case does not count. Batch answers 409 PoolExists, JobExists, JobScheduleExists, JobWithSameIdExists or TaskExists.',
    'Rename one of the two.',
  ),
  row(
    'BS2103',
    'pool quota exceeded (ACC-11)',
    'An account holds at most poolQuota pools. Batch answers 409 PoolQuotaReached.',
    'Raise account.poolQuota, or take pools out.',
  ),
  row(
    'BS2104',
    'job quota exceeded (ACC-10)',
    'An account holds at most activeJobAndJobScheduleQuota active jobs and job schedules. Batch answers 409 ActiveJobAndScheduleQuotaReached.',
    'Raise account.activeJobAndJobScheduleQuota, or take jobs out.',
  ),
  row(
    'BS2105',
    'unknown VM size (POOL-24)',
    'The size is not in the built-in catalogue. Names are spelled as in the Batch API, such as Standard_D4s_v5; case does not count.',
    'Take the suggested name, or a size of the same number of cores.',
  ),
  row(
    'BS2106',
    'task slots out of range (POOL-07, ACC-13)',
    'A node has from 1 task slot to four times its cores, and never more than 256. Batch answers 400 InvalidPropertyValue.',
    'Lower taskSlotsPerNode, or take a larger size.',
  ),
  row(
    'BS2107',
    'priority out of range (JOB-04)',
    'A priority lies from -1000 to 1000. Batch answers 400 OutOfRangePriority.',
    'Choose a priority in the range.',
  ),
  row(
    'BS2108',
    'no target for the pool (POOL-06)',
    'A pool of fixed size needs targetDedicatedNodes, targetLowPriorityNodes or both, as whole numbers from 0. Batch answers 400.',
    'Add a target.',
  ),
  row(
    'BS2109',
    'resize timeout out of range (RSZ-03)',
    'resizeTimeout is at least 5 minutes and at most 168 hours. Batch answers 400 InvalidPropertyValue.',
    'Choose a time in the range; the default is 15m.',
  ),
  row(
    'BS2110',
    'maxParallelTasks out of range (JOB-19)',
    'maxParallelTasks is -1 (unlimited) or at least 1. Batch answers 400.',
    'Leave it out for no limit.',
  ),
  row(
    'BS2111',
    'dependencies without usesTaskDependencies (DEP-01)',
    'A task names dependencies and its job does not allow them. Batch answers 400 TaskDependenciesNotSpecifiedOnJob.',
    'Set usesTaskDependencies: true on the job.',
  ),
  row(
    'BS2112',
    'retry count out of range (TASK-07)',
    'maxTaskRetryCount is -1 (no limit), 0 or a positive number. Batch answers 400 InvalidConstraintValue.',
    'Correct the count.',
  ),
  row(
    'BS2113',
    'dependency list too long (DEP-08)',
    'The ids in taskIds have fewer than 64,000 characters together, and taskIdRanges at most 1,000 ranges. Batch answers 400 TaskDependencyListTooLong or TaskDependencyRangesTooLong.',
    'Use ranges, or an intermediate task that collects the parents.',
  ),
  row(
    'BS2114',
    'display name too long (ACC-17)',
    'A display name has at most 1,024 characters. Batch answers 400 InvalidPropertyValue.',
    'Shorten it.',
  ),
  row(
    'BS2115',
    'required slots out of range (TASK-18)',
    'requiredSlots is a whole number from 1. Batch answers 400 InvalidPropertyValue.',
    'Correct it; the default is 1.',
  ),
  row(
    'BS2116',
    'a time limit that Batch refuses',
    'A wall-clock limit is a duration above zero. Batch answers 400 InvalidConstraintValue.',
    'Leave it out for no limit.',
  ),
  row(
    'BS2117',
    'a range of dependencies that is none',
    'Each of taskIdRanges has whole numbers start and end, with start at most end. Batch answers 400 InvalidPropertyValue.',
    'Swap the two numbers.',
  ),
  row(
    'BS2118',
    'autoscale settings that Batch refuses (POOL-06, ASC-01, ASC-03)',
    'A pool has either targets, or enableAutoScale: true with an autoScaleFormula. A formula has at most 8,192 characters and is evaluated every 5 minutes to 168 hours. Batch answers 400.',
    'Keep the targets or the formula, and choose an interval in the range.',
  ),
  row(
    'BS2119',
    'a job without one pool (AUTO-01, AUTO-02, AUTO-04)',
    'poolInfo names a pool by poolId or describes one by autoPoolSpecification, and never both. The prefix of an auto pool has at most 20 characters, and only the pool of a job schedule can live as long as the schedule. Batch answers 400.',
    'Give one of the two.',
  ),
  row(
    'BS2120',
    'a release task that Batch refuses (JOB-28, PREP-12)',
    'A job with a release task has a preparation task, and the release task may run for at most 15 minutes. Batch answers 400 InvalidPropertyValue.',
    'Add jobPreparationTask: { commandLine: … }, which may do nothing.',
  ),
  row(
    'BS2121',
    'a task with the id of a preparation or release task (PREP-01)',
    'The preparation task of a job has the id jobpreparation and the release task the id jobrelease, unless they say otherwise. Batch answers 409 TaskIdSameAsJobPreparationTask or TaskIdSameAsJobReleaseTask.',
    'Rename one of the two.',
  ),
  row(
    'BS2122',
    'exit conditions that Batch refuses (EXIT-06)',
    'A jobAction needs onTaskFailure: performexitoptionsjobaction on the job, and a range of exit codes ends where it starts, or later. Batch answers 400 InvalidPropertyValue.',
    'Set onTaskFailure on the job, or take the jobAction out.',
  ),
  row(
    'BS2123',
    'a schedule that Batch refuses (JS-03)',
    'startWindow and recurrenceInterval are at least one minute. Batch answers 400 InvalidPropertyValue.',
    'Choose a minute or more.',
  ),
  row(
    'BS2124',
    'a multi-instance task that Batch refuses (TASK-18, MI-02)',
    'A multi-instance task runs on one node or more, and takes one task slot on each. Batch answers 400 InvalidPropertyValue.',
    'Take requiredSlots out; numberOfInstances says how many nodes work together.',
  ),
  row(
    'BS2125',
    'application packages that Batch refuses (ACC-14, PKG-01, PKG-04)',
    'A pool refers to at most ten packages, each an application of the account with a version that it has, or with a default version. Batch answers 400 InvalidPropertyValue or 409 InvalidApplicationPackageReferences.',
    'Add the application to applications of the account. An account that lists none has all that are referred to.',
  ),
  row(
    'BS2126',
    'metadata without a name (POOL-11)',
    'Each item of metadata has a name. Batch answers 400 EmptyMetadataKey.',
    'Name it, or take it out.',
  ),
  row(
    'BS2127',
    'a start task that is too long (ACC-19)',
    'Command line, resource files and environment of a start task have at most 32,768 characters together. Batch answers 400.',
    'Put the long part into a resource file.',
  ),
  row(
    'BS2128',
    'something else that Batch refuses',
    'Batch would answer 400 to this body; the message says what it objects to.',
    'Correct what the message names.',
  ),
] as const;
