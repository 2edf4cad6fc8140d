/** From the checked shape of a file to the model: accounts, clock, options, and what else a run needs. */
import { nearest, parseInstant } from '../../base/index.js';
import {
  type Account,
  DEFAULT_EPOCH_MS,
  DEFAULT_OPTIONS,
  idKey,
  type Job,
  type ModelOptions,
  makeAccount,
  makeScenario,
  type Pool,
  type PriceSources,
  type Scenario,
  TIMING_TYPICAL,
  type Timing,
  vmFamilyNames,
} from '../../model/index.js';
import type { GivenAccount, GivenScenario } from '../schema/root.js';
import { type Path, treeAt } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { checkUnique } from './ids.js';
import { readJob } from './jobs.js';
import { checkLimits } from './limits.js';
import { readPool, readTiming } from './pools.js';
import { readPrices } from './prices.js';

/** The scenario; good only if the context's problems hold no error. `defaultName` comes from the file's name. */
export function buildScenario(context: BuildContext, given: GivenScenario, defaultName: string): Scenario {
  readClock(context, given);
  const timing = readTiming(context, ['model', 'timing'], given.model?.timing, TIMING_TYPICAL);
  const prices = readPrices(context, given.prices, given.model?.options?.preemptibleDiscount);
  const scenario = makeScenario({
    name: given.name ?? defaultName,
    seed: given.seed ?? 1,
    clock: { epochMs: context.epochMs, untilMs: context.untilMs, tailMs: given.clock?.tail ?? null },
    options: readOptions(given),
    accounts: readAccounts(context, given, timing, prices),
    extras: { expect: given.expect ?? [], report: { step: readStep(context, given) } },
  });
  if (!context.problems.failed) checkLimits(context, scenario);
  return scenario;
}

/** Step of the report's series in ms; null: chosen by the length of the run. */
function readStep(context: BuildContext, given: GivenScenario): number | null {
  const step = given.report?.step ?? null;
  if (step !== null && step < 1000)
    context.error(
      'BS2005',
      ['report', 'step'],
      'report.step is less than 1s',
      'leave it out for a step that fits the run',
    );
  return step;
}

function readClock(context: BuildContext, given: GivenScenario): void {
  context.epochMs = DEFAULT_EPOCH_MS;
  if (given.clock?.start !== undefined) {
    const start = parseInstant(given.clock.start);
    if (start.ok) context.epochMs = start.value;
    else context.error('BS2005', ['clock', 'start'], `clock.start: ${start.error}`, 'write 2026-01-05T00:00:00Z');
  }
  if (given.clock?.until !== undefined) context.untilMs = context.moment(['clock', 'until'], given.clock.until);
}

function readOptions(given: GivenScenario): ModelOptions {
  const options = given.model?.options;
  return {
    taskOrder: options?.taskOrder ?? DEFAULT_OPTIONS.taskOrder,
    jobOrder: options?.jobOrder ?? DEFAULT_OPTIONS.jobOrder,
    // null says "none"; only an absent option means the default.
    taskLifetimeMs: options?.taskLifetime === undefined ? DEFAULT_OPTIONS.taskLifetimeMs : options.taskLifetime,
    killedExitCode: options?.killedExitCode ?? DEFAULT_OPTIONS.killedExitCode,
  };
}

function readAccounts(context: BuildContext, given: GivenScenario, timing: Timing, prices: PriceSources): Account[] {
  const { accounts, account, pools, jobs } = given;
  if (accounts === undefined) {
    if (pools === undefined && jobs === undefined) {
      context.error(
        'BS2006',
        [],
        'the scenario has neither pools nor jobs',
        'add pools and jobs, or include a file that has them',
      );
    }
    const one: GivenAccount = { ...account, name: account?.name ?? 'account', pools, jobs };
    return [readAccount(context, [], ['account'], one, timing, prices)];
  }
  for (const key of ['account', 'pools', 'jobs'] as const) {
    if (given[key] !== undefined)
      context.keyError('BS2013', [], key, `${key} stands beside accounts`, 'move it into one of the accounts');
  }
  const names = accounts.map((one, i) => ({ id: one.name, path: ['accounts', i, 'name'] }));
  checkUnique(context, names, 'AccountExists');
  return accounts.map((one, i) => readAccount(context, ['accounts', i], ['accounts', i], one, timing, prices));
}

/** @param path where pools and jobs stand · @param quotaPath where name and quotas stand */
function readAccount(
  context: BuildContext,
  path: Path,
  quotaPath: Path,
  given: GivenAccount,
  timing: Timing,
  prices: PriceSources,
): Account {
  const poolPaths = (given.pools ?? []).map((_, i) => [...path, 'pools', i]);
  const jobPaths = (given.jobs ?? []).map((_, i) => [...path, 'jobs', i]);
  const pools: Pool[] = [];
  (given.pools ?? []).forEach((one, i) => {
    const pool = readPool(context, poolPaths[i] as Path, one, timing, prices);
    if (pool !== null) pools.push(pool);
  });
  const poolsById = new Map(pools.map((pool) => [idKey(pool.id), pool]));
  const jobs = (given.jobs ?? []).map((one, i) => readJob(context, jobPaths[i] as Path, one, poolsById));
  checkUnique(
    context,
    (given.pools ?? []).map(({ id }, i) => ({ id, path: [...(poolPaths[i] as Path), 'id'] })),
    'PoolExists',
  );
  checkUnique(
    context,
    jobs.map(({ id }, i) => ({ id, path: [...(jobPaths[i] as Path), 'id'] })),
    'JobExists',
  );
  const account = makeAccount({ name: given.name, ...quotasOf(context, quotaPath, given), pools, jobs });
  checkPoolQuota(context, account, poolPaths);
  checkJobQuota(context, account, jobPaths);
  return context.placed(account, quotaPath);
}

function quotasOf(context: BuildContext, path: Path, given: GivenAccount): Partial<Account> {
  const families = given.dedicatedCoreQuotaPerVMFamily ?? [];
  const known = families.length === 0 ? [] : vmFamilyNames();
  families.forEach(({ name }, i) => {
    if (known.some((family) => family.toLowerCase() === name.toLowerCase())) return;
    const near = nearest(name, known);
    const where = [...path, 'dedicatedCoreQuotaPerVMFamily', i, 'name'];
    context.warning(
      'BS2206',
      where,
      `no VM size of the catalogue is of family "${name}"`,
      near === null ? null : `did you mean "${near}"?`,
    );
  });
  const quotas = {
    poolAllocationMode: given.poolAllocationMode,
    dedicatedCoreQuota: given.dedicatedCoreQuota,
    lowPriorityCoreQuota: given.lowPriorityCoreQuota,
    dedicatedCoreQuotaPerVMFamilyEnforced: given.dedicatedCoreQuotaPerVMFamilyEnforced,
    poolQuota: given.poolQuota,
    activeJobAndJobScheduleQuota: given.activeJobAndJobScheduleQuota,
  };
  const present = Object.fromEntries(Object.entries(quotas).filter(([, value]) => value !== undefined));
  return {
    ...present,
    dedicatedCoreQuotaPerVMFamily: new Map(families.map(({ name, coreQuota }) => [name, coreQuota])),
  };
}

/** ACC-11. */
function checkPoolQuota(context: BuildContext, account: Account, paths: readonly Path[]): void {
  if (paths.length <= account.poolQuota) return;
  const message = `account "${account.name}" has ${paths.length} pools and a poolQuota of ${account.poolQuota} (ACC-11, PoolQuotaReached)`;
  context.error('BS2103', paths[account.poolQuota] as Path, message, 'raise account.poolQuota, or take pools out');
}

/** ACC-10: jobs stay active here, so every one that comes counts to the end. */
function checkJobQuota(context: BuildContext, account: Account, paths: readonly Path[]): void {
  let count = 0;
  for (const [i, job] of account.jobs.entries()) {
    count += leastArrivals(job);
    if (count <= account.activeJobAndJobScheduleQuota) continue;
    const quota = account.activeJobAndJobScheduleQuota;
    const message = `this job is the ${ordinal(quota + 1)} active one of account "${account.name}", whose activeJobAndJobScheduleQuota is ${quota} (ACC-10, ActiveJobAndScheduleQuotaReached)`;
    context.error('BS2104', paths[i] as Path, message, 'raise account.activeJobAndJobScheduleQuota, or take jobs out');
    return;
  }
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

/** The rules under `expect`, each with its place. */
export function readExpect(context: BuildContext, given: GivenScenario) {
  return (given.expect ?? []).map((text, i) => {
    const tree = treeAt(context.tree, ['expect', i]);
    return { text, place: tree === null ? null : context.place(['expect', i]) };
  });
}
