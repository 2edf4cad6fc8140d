/** Quotas on pools, jobs and job schedules of the file itself (ACC-10, ACC-11); cores are a matter of the run. */
import type { Account, Job } from '../../model/index.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';

/** ACC-11. @param path of the pools */
export function checkPoolQuota(context: BuildContext, account: Account, path: Path): void {
  const count = account.pools.length;
  if (count <= account.poolQuota) return;
  const message = `account "${account.name}" has ${count} pools and a poolQuota of ${account.poolQuota} (ACC-11, PoolQuotaReached)`;
  context.error('BS2103', [...path, account.poolQuota], message, 'raise account.poolQuota, or take pools out');
}

/**
 * ACC-10, as far as it is certain: what is there at the start, and jobs that nothing ever ends.
 * @param path of the account's parts
 */
export function checkJobQuota(context: BuildContext, account: Account, path: Path): void {
  const endings = account.actions.some(({ operation }) => ENDINGS.has(operation.kind));
  const atStart = firstBeyond(account, account.jobSchedules.length, (job) => (comesAtStart(job) ? 1 : 0));
  const beyond = atStart ?? (endings ? null : firstBeyond(account, 0, (job) => (stays(job) ? leastArrivals(job) : 0)));
  if (beyond === null) return;
  const quota = account.activeJobAndJobScheduleQuota;
  const where = beyond >= 0 ? [...path, 'jobs', beyond] : [...path, 'jobSchedules', quota];
  const what = beyond >= 0 ? 'job' : 'job schedule';
  const message = `this ${what} is the ${ordinal(quota + 1)} active one of account "${account.name}", whose activeJobAndJobScheduleQuota is ${quota} (ACC-10, ActiveJobAndScheduleQuotaReached)`;
  context.error('BS2104', where, message, 'raise account.activeJobAndJobScheduleQuota, or take jobs out');
}

/** Operations that may end a job before another comes. */
const ENDINGS: ReadonlySet<string> = new Set(['terminateJob', 'deleteJob', 'patchJob', 'updateJob', 'terminateTask']);

/** The index of the first job that no longer fits; -1: the schedules alone are too many; null: all fit. */
function firstBeyond(account: Account, schedules: number, countOf: (job: Job) => number): number | null {
  let count = schedules;
  if (count > account.activeJobAndJobScheduleQuota) return -1;
  for (const [i, job] of account.jobs.entries()) {
    count += countOf(job);
    if (count > account.activeJobAndJobScheduleQuota) return i;
  }
  return null;
}

function comesAtStart({ arrival }: Job): boolean {
  return arrival.kind === 'at' && arrival.atMs === 0;
}

/** Whether nothing that the job declares ever ends it. */
function stays(job: Job): boolean {
  return (
    job.onAllTasksComplete === 'noaction' &&
    job.onTaskFailure === 'noaction' &&
    job.maxWallClockTimeMs === null &&
    job.jobManagerTask === null &&
    job.autoPool === null
  );
}

/** How many times a job comes for certain; a process by chance may come less often than it is expected to. */
function leastArrivals(job: Job): number {
  return job.arrival.kind === 'at' ? 1 : job.arrival.kind === 'trace' ? job.arrival.atMs.length : 0;
}

function ordinal(n: number): string {
  const tens = Math.floor(n / 10) % 10;
  const suffix = tens === 1 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${suffix}`;
}
