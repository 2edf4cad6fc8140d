/** What a scenario makes use of, as far as the engine can be quicker without it. */
import type { Account, Job, Pool, Scenario, TaskSet } from '../model/index.js';
import { visitParts } from './declared-parts.js';

/**
 * Whether the run itself may add pools, jobs or tasks, or change those that are there; or refuse tasks that are
 * declared, since their job may have ended before they come.
 */
export function hasActivity({ accounts }: Scenario): boolean {
  return accounts.some(
    ({ actions, jobSchedules, jobs }) =>
      actions.length > 0 ||
      jobSchedules.length > 0 ||
      jobs.some((job) => job.autoPool !== null || (job.jobManagerTask?.actions.length ?? 0) > 0 || mayRefuseTasks(job)),
  );
}

function mayRefuseTasks(job: Job): boolean {
  const mayEnd =
    job.onAllTasksComplete !== 'noaction' ||
    job.onTaskFailure !== 'noaction' ||
    job.maxWallClockTimeMs !== null ||
    job.jobManagerTask !== null;
  return mayEnd && job.tasks.some(({ arrival }) => arrival.kind !== 'at' || arrival.atMs > 0);
}

/** Whether nothing but its own exit, wall clock and lifetime can end an attempt: no faults, no stops, no preparation. */
export function isCalm({ accounts }: Scenario): boolean {
  return accounts.every(
    (account) => account.pools.every((pool) => isCalmPool(account, pool)) && account.jobs.every(isCalmJob),
  );
}

function isCalmPool({ jobs }: Account, pool: Pool): boolean {
  const { faults, autoScale } = pool;
  const hasFaults =
    faults.preemption !== null ||
    faults.unusable !== null ||
    faults.hostReboot !== null ||
    faults.lostContact !== null ||
    faults.unusableAtStart > 0 ||
    faults.packageFailure > 0 ||
    faults.mountFailure ||
    faults.portsBlocked;
  return !hasFaults && autoScale === null && !jobs.some(({ autoPool }) => autoPool !== null);
}

function isCalmJob(job: Job): boolean {
  return (
    !job.allowTaskPreemption &&
    job.maxWallClockTimeMs === null &&
    job.onTaskFailure === 'noaction' &&
    job.jobManagerTask === null &&
    job.jobPreparationTask === null &&
    job.tasks.every(({ multiInstance, demands }) => multiInstance === null && demands === null)
  );
}

/**
 * Whether attempts of all tasks have to go by steps: processes meet others on their nodes that declare cores or memory, or
 * nodes on which a task without container settings fails (TASK-29).
 */
export function needsSteps(scenario: Scenario): boolean {
  let found = false;
  visitParts(scenario, {
    set: ({ demands }) => {
      if (demands !== null && (demands.cpu !== null || demands.memoryBytes > 0)) found = true;
    },
    pool: ({ hasContainers }) => {
      if (hasContainers) found = true;
    },
  });
  return found;
}

/** Whether any task declares cores: else slots see to it that no node is over-committed. */
export function sharesCores(scenario: Scenario): boolean {
  let found = false;
  const pool = () => {};
  const set = ({ demands }: TaskSet) => {
    if (demands?.cpu != null) found = true;
  };
  visitParts(scenario, { set, pool });
  return found;
}
