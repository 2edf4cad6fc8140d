/** Applications of an account (PKG-01), and whether what pools refer to is there (PKG-04). */
import { formatCount } from '../../base/index.js';
import {
  type Account,
  type Application,
  checkApplicationId,
  checkPackageVersion,
  type PackageReference,
  serviceError,
  type TaskSet,
} from '../../model/index.js';
import type { GivenAccount } from '../schema/root.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { checkUnique } from './ids.js';
import { refuseBy } from './refusals.js';

/** ACC-14. */
const MOST_VERSIONS = 40;

/** What may refer to applications. */
type Things = Pick<Account, 'pools' | 'jobs' | 'jobSchedules' | 'actions'>;

/** The applications listed; without a list those that the file's pools and tasks refer to are there. */
export function readApplications(
  context: BuildContext,
  path: Path,
  given: GivenAccount['applications'],
  things: Things,
): readonly Application[] {
  if (given === undefined) return impliedBy(things);
  const ids = given.map(({ id }, i) => ({ id, path: [...path, i, 'id'] }));
  checkUnique(context, ids, 'ApplicationExists');
  return given.map(({ id, defaultVersion = null, versions, packages, allowUpdates = true }, i) => {
    const all = [...(versions ?? []), ...(packages ?? []).map(({ version }) => version)];
    refuseBy(context, [...path, i, 'id'], checkApplicationId(id), 'application');
    all.forEach((version) => {
      refuseBy(context, [...path, i], checkPackageVersion(version), 'application');
    });
    if (all.length > MOST_VERSIONS) {
      const message = `${context.name([...path, i])} has ${formatCount(all.length)} versions; at most ${MOST_VERSIONS} are accepted (ACC-14)`;
      context.error('BS2125', [...path, i], message, 'take some out');
    }
    if (defaultVersion !== null && !all.includes(defaultVersion)) {
      const where = [...path, i, 'defaultVersion'];
      const message = `${context.name(where)}: there is no version "${defaultVersion}" (PKG-01)`;
      context.error('BS2125', where, message, 'add it to versions');
    }
    return { id, defaultVersion, versions: all, allowUpdates };
  });
}

/** An account that says nothing of applications, and whose actions add none, has all that are referred to. */
function impliedBy(things: Things): readonly Application[] {
  if (things.actions.some(({ operation }) => operation.kind === 'addApplication')) return [];
  const versions = new Map<string, string[]>();
  for (const { applicationId, version } of referencesIn(things)) {
    const known = versions.get(applicationId) ?? [];
    if (version !== null && !known.includes(version)) known.push(version);
    versions.set(applicationId, known);
  }
  return [...versions].map(([id, known]) => {
    const all = known.length === 0 ? ['1.0'] : known;
    return { id, defaultVersion: all[0] as string, versions: all };
  });
}

function referencesIn({ pools, jobs, jobSchedules, actions }: Things): PackageReference[] {
  const added = actions.map(({ operation }) => operation);
  const allPools = [
    ...pools,
    ...added.flatMap((one) => (one.kind === 'addPool' && one.pool.ok ? [one.pool.value] : [])),
  ];
  const allJobs = [
    ...jobs,
    ...jobSchedules.map(({ jobSpecification }) => jobSpecification),
    ...added.flatMap((one) => (one.kind === 'addJob' && one.job.ok ? [one.job.value] : [])),
    ...added.flatMap((one) =>
      one.kind === 'addJobSchedule' && one.jobSchedule.ok ? [one.jobSchedule.value.jobSpecification] : [],
    ),
  ];
  const scripts = allJobs.flatMap((job) => (job.jobManagerTask?.actions ?? []).map(({ operation }) => operation));
  const sets: TaskSet[] = [
    ...allJobs.flatMap(({ tasks, jobManagerTask }) =>
      jobManagerTask === null ? tasks : [...tasks, jobManagerTask.task],
    ),
    ...[...added, ...scripts].flatMap((one) => (one.kind === 'addTasks' && one.tasks.ok ? one.tasks.value : [])),
  ];
  return [
    ...[...allPools, ...allJobs.flatMap(({ autoPool }) => autoPool?.pool ?? [])].flatMap(
      (pool) => pool.applicationPackages,
    ),
    ...sets.flatMap(({ demands }) => demands?.applicationPackages ?? []),
  ];
}

/** PKG-04: pools of the file; of tasks and actions the run tells. */
export function checkReferences(context: BuildContext, path: Path, account: Account): void {
  account.pools.forEach((pool, i) => {
    pool.applicationPackages.forEach(({ applicationId, version }, k) => {
      const application = account.applications.find(({ id }) => id.toLowerCase() === applicationId.toLowerCase());
      const wanted = version ?? application?.defaultVersion ?? null;
      if (wanted !== null && application?.versions.includes(wanted) === true) return;
      const what =
        application === undefined ? `application "${applicationId}"` : `version ${version ?? 'by default'} of it`;
      const where = [...path, 'pools', i, 'applicationPackageReferences', k];
      const message = `${context.name(where)}: the account has no ${what} (PKG-04, InvalidApplicationPackageReferences)`;
      const refusal = serviceError('InvalidApplicationPackageReferences');
      context.refuse('BS2125', where, message, 'add it to applications of the account', refusal);
    });
  });
}
