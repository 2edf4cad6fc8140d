/** Makes a failing world smaller while it still fails, so that a person can work it out by hand. */
import {
  type Account,
  type Action,
  AT_ONCE,
  constant,
  type Job,
  type JobSchedule,
  makeJob,
  makeJobManager,
  makeJobPreparation,
  makeJobRelease,
  makePool,
  NO_DEMANDS,
  type Operation,
  type Pool,
  type Scenario,
  type TaskSet,
  TIMING_NONE,
} from '../../../src/model/index.js';
import { worldText } from './world-text.js';

/** The smallest world on the way down from a failing one: no single step of {@link smaller} leaves it failing. */
export function shrink(failing: Scenario, fails: (scenario: Scenario) => boolean): Scenario {
  let smallest = failing;
  for (;;) {
    const next = smaller(smallest).find(fails);
    if (next === undefined) return smallest;
    smallest = next;
  }
}

/** Worlds with one thing less, the greatest steps first. */
function smaller(scenario: Scenario): Scenario[] {
  const { accounts, clock, options } = scenario;
  const scenarios: Scenario[] = without(accounts).map((fewer) => ({ ...scenario, accounts: fewer }));
  if (clock.untilMs !== null) scenarios.push({ ...scenario, clock: { ...clock, untilMs: null } });
  if (clock.tailMs !== null) scenarios.push({ ...scenario, clock: { ...clock, tailMs: null } });
  for (const plain of [{ taskLifetimeMs: null }, { killedExitCode: null }, { taskOrder: 'creation' as const }]) {
    scenarios.push({ ...scenario, options: { ...options, ...plain } });
  }
  const withAccounts = eachReplaced(accounts, smallerAccounts).map((replaced) => ({ ...scenario, accounts: replaced }));
  return [...scenarios, ...withAccounts].filter((candidate) => worldText(candidate) !== worldText(scenario));
}

function smallerAccounts(account: Account): Account[] {
  return [
    ...without(account.actions).map((actions) => ({ ...account, actions })),
    ...without(account.jobs).map((jobs) => ({ ...account, jobs })),
    ...without(account.jobSchedules).map((jobSchedules) => ({ ...account, jobSchedules })),
    ...without(account.pools).map((pools) => ({ ...account, pools })),
    { ...account, dedicatedCoreQuota: 900, lowPriorityCoreQuota: 900, dedicatedCoreQuotaPerVMFamilyEnforced: false },
    ...eachReplaced(account.pools, smallerPools).map((pools) => ({ ...account, pools })),
    ...eachReplaced(account.jobs, smallerJobs).map((jobs) => ({ ...account, jobs })),
    ...eachReplaced(account.jobSchedules, smallerSchedules).map((jobSchedules) => ({ ...account, jobSchedules })),
    ...eachReplaced(account.actions, smallerActions).map((actions) => ({ ...account, actions })),
  ];
}

function smallerSchedules(schedule: JobSchedule): JobSchedule[] {
  return smallerJobs(schedule.jobSpecification).map((jobSpecification) => ({ ...schedule, jobSpecification }));
}

/** Earlier by half, or of less. */
function smallerActions(action: Action): Action[] {
  const { operation } = action;
  const less: Operation[] = [];
  if (operation.kind === 'addJob' && operation.job.ok) {
    for (const value of smallerJobs(operation.job.value)) less.push({ ...operation, job: { ok: true, value } });
  }
  if (operation.kind === 'addPool' && operation.pool.ok) {
    for (const value of smallerPools(operation.pool.value)) less.push({ ...operation, pool: { ok: true, value } });
  }
  return less.map((smaller) => ({ ...action, operation: smaller }));
}

function smallerPools(pool: Pool): Pool[] {
  const { targetDedicatedNodes: dedicated, targetLowPriorityNodes: spot, timing } = pool;
  return [
    ...(dedicated > 0 ? [{ ...pool, targetDedicatedNodes: dedicated - 1 }] : []),
    ...(spot > 0 ? [{ ...pool, targetLowPriorityNodes: spot - 1 }] : []),
    ...without(pool.capacity).map((capacity) => ({ ...pool, capacity })),
    ...Object.keys(timing.overrides).map((name) => {
      const overrides = Object.fromEntries(Object.entries(timing.overrides).filter(([other]) => other !== name));
      return { ...pool, timing: { ...timing, overrides } };
    }),
    ...plainer(pool, makePool({ id: pool.id, vmSize: pool.vmSize, timing: TIMING_NONE })),
  ];
}

function smallerJobs(job: Job): Job[] {
  // Dependency columns count through all sets, so only a set behind them or all columns may go.
  const columned = job.tasks.some(({ dependsOn }) => (dependsOn?.columns ?? null) !== null);
  const fewer = columned ? [job.tasks.slice(0, -1)] : without(job.tasks);
  const forms = [
    ...fewer.map((tasks) => ({ ...job, tasks })),
    ...plainer(job, makeJob({ id: job.id, poolId: job.poolId, usesTaskDependencies: job.usesTaskDependencies })),
    ...smallerAround(job),
    ...eachReplaced(job.tasks, (set) => smallerSets(set, columned)).map((tasks) => ({ ...job, tasks })),
  ];
  return forms.filter(isValid);
}

/** What the service would refuse is no smaller form of what it took. */
function isValid({ jobPreparationTask, jobReleaseTask, onTaskFailure, tasks }: Job): boolean {
  if (jobReleaseTask !== null && jobPreparationTask === null) return false; // JOB-28
  return onTaskFailure !== 'noaction' || tasks.every(({ exitConditions }) => exitConditions === null); // EXIT-06
}

/** Its manager, preparation and release made plainer. */
function smallerAround(job: Job): Job[] {
  const { jobManagerTask: manager, jobPreparationTask: preparation, jobReleaseTask: release } = job;
  const jobs: Job[] = [];
  if (manager !== null) {
    const forms = [
      ...without(manager.actions).map((actions) => ({ ...manager, actions })),
      ...plainer(manager, makeJobManager({ task: manager.task, actions: manager.actions })),
      ...smallerSets(manager.task, false).map((task) => ({ ...manager, task })),
    ];
    jobs.push(...forms.map((jobManagerTask) => ({ ...job, jobManagerTask })));
  }
  if (preparation !== null) {
    const forms = plainer(preparation, makeJobPreparation());
    jobs.push(...forms.map((jobPreparationTask) => ({ ...job, jobPreparationTask })));
  }
  if (release !== null) {
    const forms = plainer(release, makeJobRelease());
    jobs.push(...forms.map((jobReleaseTask) => ({ ...job, jobReleaseTask })));
  }
  return jobs;
}

function smallerSets(set: TaskSet, columned: boolean): TaskSet[] {
  const sets: TaskSet[] = [
    { ...set, arrival: AT_ONCE },
    { ...set, runtime: [constant(1)] },
    { ...set, exitCode: [constant(0)] },
    { ...set, requiredSlots: 1 },
    { ...set, maxTaskRetryCount: set.maxTaskRetryCount === null ? null : 0 },
    { ...set, maxWallClockTimeMs: null },
    { ...set, affinityId: null },
    { ...set, dispatchExtraMs: 0 },
    { ...set, dependsOn: null },
    { ...set, exitConditions: null },
    { ...set, multiInstance: null },
    { ...set, demands: null },
  ];
  if (set.demands !== null) {
    for (const demands of plainer(set.demands, NO_DEMANDS)) sets.push({ ...set, demands });
  }
  if (set.count > 1 && !columned) sets.unshift({ ...set, count: set.count - 1 });
  return sets;
}

/** The object with one of its values replaced by the plain object's. */
function plainer<T extends object>(given: T, plain: T): T[] {
  const keys = (Object.keys(plain) as (keyof T)[]).filter((key) => key !== ('tasks' as keyof T));
  return keys.filter((key) => given[key] !== plain[key]).map((key) => ({ ...given, [key]: plain[key] }));
}

/** The list without each of its members in turn. */
function without<T>(list: readonly T[]): T[][] {
  return list.map((_, index) => list.filter((_other, other) => other !== index));
}

/** The list with each member replaced in turn by each of its smaller forms. */
function eachReplaced<T>(list: readonly T[], forms: (member: T) => T[]): T[][] {
  return list.flatMap((member, index) =>
    forms(member).map((form) => list.map((other, i) => (i === index ? form : other))),
  );
}
