// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the scenario format has references of this form
/**
 * Every problem that a scenario can have: one row each, read by the loader and by `batchsim explain`. Codes are stable.
 * BS20nn: text and form · BS21nn: what Batch itself would refuse · BS22nn: questionable · BS23nn: what pre-flight finds.
 */

/** The longer story of a code. */
export interface CodeStory {
  readonly code: string;
  /** One line. */
  readonly title: string;
  /** What it means and when it happens. */
  readonly story: string;
  /** What to do. */
  readonly fix: string;
}

/** The table, in the order of the codes. */
export const SCENARIO_CODES = [
  row(
    'BS2001',
    'a file of the scenario cannot be read',
    'The scenario, or a file that it names (include, trace, prices, values), is missing, is a folder or cannot be read. Paths in a scenario are taken from the folder of the file in which they stand.',
    'Check the path in the line shown.',
  ),
  row(
    'BS2002',
    'this is not YAML',
    'Scenarios are YAML 1.2 or JSON. The text breaks its rules: a wrong indent, an open bracket or quote, a tab as indent, the same key twice, an alias without an anchor.',
    'Mend the place shown; everything after it may be a consequence.',
  ),
  row(
    'BS2003',
    'unknown key',
    'A key is neither part of the REST body of Batch nor of the scenario format. Unknown keys are errors, so that a typo is never silently ignored.',
    'Correct the key; keys that begin with x- are free for your own use (for anchors, say).',
  ),
  row(
    'BS2004',
    'wrong kind of value',
    'A text stands where a number or a table is needed, or the other way round.',
    'The message says what was expected; `batchsim schema` gives editors the whole format.',
  ),
  row(
    'BS2005',
    'value out of range or in a wrong form',
    'The value is of the right kind but not one that is accepted. Durations need a unit (90s, 1h30m, PT1H30M), sizes too (8GiB), rates say per what (12/h), shares are percentages (5%).',
    'Write the value as the message says.',
  ),
  row(
    'BS2006',
    'missing key',
    'A key without which the entry means nothing is absent.',
    'Add the key; the hint says what it takes.',
  ),
  row(
    'BS2007',
    'files include each other',
    'A file includes itself, directly or through others, or includes go too deep.',
    'Break the circle.',
  ),
  row(
    'BS2008',
    'too large or nested too deeply',
    'The text would cost more memory or time than any honest scenario: nesting beyond 64 levels, aliases or variables that multiply, more than two million values.',
    'Put many tasks into a table of their own: tasks: { trace: ./tasks.ndjson }.',
  ),
  row(
    'BS2009',
    'a large text file',
    'YAML of more than about a million characters takes seconds to read.',
    'Put many tasks into a table of their own: tasks: { trace: ./tasks.ndjson }.',
  ),
  row(
    'BS2010',
    'not modelled by this version',
    'The key or value is a real one of Batch or of the scenario format, but this version does not simulate what it does. It is refused rather than ignored, because a result without it would mislead.',
    'Take it out to simulate the rest, or use a version that models it; the change log says since when.',
  ),
  row(
    'BS2011',
    'a reference cannot be resolved',
    '${vars.name} names a variable that is not there, ${env.NAME} an environment variable that is not set, or the reference is malformed.',
    'Add the variable, pass --var name=value, or give a default: ${vars.name:-value}.',
  ),
  row(
    'BS2012',
    'an override cannot be applied',
    '--set takes path=value. Each step of the path is a key; an item of a list is named by its id or its position from 0.',
    'Correct the path, such as --set pools.render.taskSlotsPerNode=4.',
  ),
  row(
    'BS2013',
    'keys that exclude each other',
    'Two keys are given of which only one may stand there, or none of several of which one must.',
    'Keep one of them.',
  ),
  row(
    'BS2014',
    'not this format version',
    'The first key of a scenario is version: 1, the version of the format.',
    'Write version: 1, or use the version of batchsim that reads the other format.',
  ),
  row(
    'BS2015',
    'a distribution that cannot be',
    'The parameters of a distribution contradict each other or describe nothing: p95 below the median, min above max, weights that sum to nothing.',
    'Correct the parameters; `batchsim schema` lists those of each distribution.',
  ),
  row(
    'BS2101',
    'an id that Batch refuses (ACC-17)',
    'Ids of pools, jobs and tasks have 1 to 64 letters, digits, hyphens and underscores. Case is kept but does not count. Batch answers 400 InvalidPropertyValue.',
    'Rename it; other words fit in displayName.',
  ),
  row(
    'BS2102',
    'the same id twice (TASK-26, POOL-18)',
    'Ids are unique among the pools of an account, its jobs, and the tasks of a job; case does not count. Batch answers 409 PoolExists, JobExists or TaskExists.',
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
    'An account holds at most activeJobAndJobScheduleQuota active jobs. Batch answers 409 ActiveJobAndScheduleQuotaReached.',
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
    'BS2201',
    'tasks that take no time',
    'A task without model.runtime runs for 0 seconds. That is rarely meant.',
    'Add model: { runtime: 5m }, or a distribution.',
  ),
  row(
    'BS2202',
    'no price is known (BILL-07)',
    'Neither the scenario nor its price file nor the built-in table has a price for this size and operating system. Its cost is reported as unknown, never as 0.',
    'Add prices.overrides, or a price file.',
  ),
  row(
    'BS2203',
    'prices of another region',
    'The built-in prices are those of eastus. They are used as they are, whatever region the scenario names.',
    'Supply the prices of your region: prices: { file: prices.csv }.',
  ),
  row('BS2204', 'a job that creates no work', 'A job has no tasks.', 'Add tasks, or take the job out.'),
  row(
    'BS2205',
    'dropped rows of a trace',
    'Rows of a task table were left out because they cannot be used.',
    'Look at the reasons; `batchsim import` lists the rows.',
  ),
  row(
    'BS2206',
    'a key without effect',
    'The key is accepted, but here it changes nothing.',
    'Take it out, or read in the message what it would need.',
  ),
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
] as const;

/** The code of a problem of a scenario. */
export type ScenarioCode = (typeof SCENARIO_CODES)[number]['code'];

/** The longer story of a code, or null when it is not one of a scenario's. */
export function scenarioCodeStory(code: string): CodeStory | null {
  return SCENARIO_CODES.find((story) => story.code === code) ?? null;
}

function row<Code extends string>(code: Code, title: string, story: string, fix: string) {
  return { code, title, story, fix } as const;
}
