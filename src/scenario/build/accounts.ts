/** Accounts with all that is in them. */
import { type Account, type Action, idKey, type Job, makeAccount, type Pool } from '../../model/index.js';
import type { GivenAction } from '../schema/action.js';
import type { GivenAccount, GivenScenario } from '../schema/root.js';
import type { Path } from '../text/tree.js';
import { readQuotas } from './account-quotas.js';
import { readActions, readScript } from './actions.js';
import { checkReferences, readApplications } from './applications.js';
import type { BuildContext } from './context.js';
import { checkUnique } from './ids.js';
import { readJobSchedule } from './job-schedules.js';
import { poolOf, readJob } from './jobs.js';
import { readPool } from './pools.js';
import { checkJobQuota, checkPoolQuota } from './quotas.js';
import type { Surroundings } from './surroundings.js';

/** What the scenario says for all accounts. */
export type SharedSurroundings = Pick<Surroundings, 'timing' | 'prices' | 'faults' | 'bandwidth'>;

/** Keys of the root that belong into one account where there are several. */
const PARTS = ['account', 'pools', 'jobs', 'jobSchedules', 'actions'] as const;

/** The accounts of a scenario: those listed, or the one whose parts stand at the root. */
export function readAccounts(context: BuildContext, given: GivenScenario, shared: SharedSurroundings): Account[] {
  const { accounts, account } = given;
  if (accounts === undefined) {
    const { pools, jobs, jobSchedules, actions } = given;
    if ([pools, jobs, jobSchedules, actions].every((part) => part === undefined)) {
      const hint = 'add pools and jobs, or include a file that has them';
      context.error('BS2006', [], 'the scenario has neither pools nor jobs', hint);
    }
    const one: GivenAccount = { ...account, name: account?.name ?? 'account', pools, jobs, jobSchedules, actions };
    return [readAccount(context, [], ['account'], one, shared)];
  }
  for (const key of PARTS) {
    if (given[key] !== undefined)
      context.keyError('BS2013', [], key, `${key} stands beside accounts`, 'move it into one of the accounts');
  }
  const names = accounts.map((one, i) => ({ id: one.name, path: ['accounts', i, 'name'] }));
  checkUnique(context, names, 'AccountExists');
  return accounts.map((one, i) => readAccount(context, ['accounts', i], ['accounts', i], one, shared));
}

/** @param path where pools, jobs and so on stand · @param quotaPath where name and quotas stand */
function readAccount(
  context: BuildContext,
  path: Path,
  quotaPath: Path,
  given: GivenAccount,
  shared: SharedSurroundings,
): Account {
  const poolsById = new Map<string, Pool>();
  const poolsOfJobs = new Map<string, Pool>();
  const around: Surroundings = {
    ...shared,
    poolAllocationMode: given.poolAllocationMode ?? 'BatchService',
    pools: poolsById,
    poolsOfJobs,
    fedJobs: fedJobs(given.actions ?? []),
    readScript: readScript(context),
  };
  const pools = (given.pools ?? []).flatMap((one, i) => {
    const pool = readPool(context, [...path, 'pools', i], one, around);
    if (pool !== null && !poolsById.has(idKey(pool.id))) poolsById.set(idKey(pool.id), pool);
    return pool === null ? [] : [pool];
  });
  const jobs = (given.jobs ?? []).map((one, i) => {
    const job = readJob(context, [...path, 'jobs', i], one, around);
    const pool = poolOf(job, around);
    if (pool !== null) poolsOfJobs.set(idKey(job.id), pool);
    return job;
  });
  const jobSchedules = (given.jobSchedules ?? []).map((one, i) =>
    readJobSchedule(context, [...path, 'jobSchedules', i], one, around),
  );
  const actions = readActions(context, [...path, 'actions'], given.actions ?? [], around);
  checkIds(context, path, given, jobs);
  const things = { pools, jobs, jobSchedules, actions };
  const account = makeAccount({
    name: given.name,
    ...readQuotas(context, quotaPath, given),
    ...things,
    applications: readApplications(context, [...quotaPath, 'applications'], given.applications, things),
    certificates: readCertificates(given, pools, actions),
  });
  checkReferences(context, path, account);
  checkPoolQuota(context, account, [...path, 'pools']);
  checkJobQuota(context, account, path);
  return context.placed(account, quotaPath);
}

/** Jobs that actions add tasks to. */
function fedJobs(actions: readonly GivenAction[]): ReadonlySet<string> {
  return new Set(actions.flatMap(({ addTasks }) => (addTasks === undefined ? [] : [idKey(addTasks.jobId)])));
}

/** ACC-17: also a job and a job schedule may not share an id. */
function checkIds(context: BuildContext, path: Path, given: GivenAccount, jobs: readonly Job[]): void {
  const idsOf = (key: 'pools' | 'jobSchedules') =>
    (given[key] ?? []).map(({ id }, i) => ({ id, path: [...path, key, i, 'id'] }));
  const jobIds = jobs.map(({ id }, i) => ({ id, path: [...path, 'jobs', i, 'id'] }));
  const schedules = idsOf('jobSchedules');
  checkUnique(context, idsOf('pools'), 'PoolExists');
  checkUnique(context, jobIds, 'JobExists');
  checkUnique(context, schedules, 'JobScheduleExists');
  const known = new Set(jobIds.map(({ id }) => idKey(id)));
  for (const one of schedules) {
    if (!known.has(idKey(one.id))) continue;
    const message = `the id "${one.id}" is that of a job (409 JobWithSameIdExists; case does not count)`;
    context.error('BS2102', one.path, message, 'rename one of the two');
  }
}

/** NET-03: those of the account; without a list of them those that pools refer to. */
function readCertificates(given: GivenAccount, pools: readonly Pool[], actions: readonly Action[]): readonly string[] {
  if (given.certificates !== undefined) return given.certificates.map(({ thumbprint }) => thumbprint);
  if (actions.some(({ operation }) => operation.kind === 'addCertificate')) return [];
  return [...new Set(pools.flatMap(({ certificates }) => certificates))];
}
