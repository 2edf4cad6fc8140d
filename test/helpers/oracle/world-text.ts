/** A world as a short text: a line for each thing in it, what has its default left out, columns as lists. */
import {
  type Account,
  DEFAULT_OPTIONS,
  INSTANT_COMMAND,
  type Job,
  makeAccount,
  makeJob,
  makeJobManager,
  makeJobPreparation,
  makeJobRelease,
  makePool,
  makeScenario,
  makeTasks,
  NO_DEMANDS,
  type Pool,
  type Scenario,
  TIMING_NONE,
} from '../../../src/model/index.js';

/** Everything that tells the world from another, for people to read. */
export function worldText(scenario: Scenario): string {
  const plain = { ...makeScenario({ accounts: [], name: scenario.name }), options: {} };
  const options = told(scenario.options, DEFAULT_OPTIONS);
  const head = line('scenario', { ...scenario, accounts: [], options }, plain);
  return [head, ...scenario.accounts.flatMap(accountLines)].join('\n');
}

function accountLines(account: Account): string[] {
  const lines = [
    line('account', { ...account, pools: [], jobs: [], jobSchedules: [], actions: [] }, makeAccount({})),
    ...account.pools.map((pool) => `  ${poolLine(pool)}`),
    ...account.jobs.flatMap((job) => jobLines('job', job).map((text) => `  ${text}`)),
  ];
  for (const { jobSpecification, ...schedule } of account.jobSchedules) {
    lines.push(`  ${line('schedule', schedule, {})}`);
    lines.push(...jobLines('of jobs', jobSpecification).map((text) => `    ${text}`));
  }
  for (const { atMs, operation } of account.actions) lines.push(`  at ${atMs}: ${operationText(operation)}`);
  return lines;
}

function poolLine(pool: Pool): string {
  const plain = makePool({ id: '', vmSize: pool.vmSize, timing: TIMING_NONE });
  const given = { ...pool, timing: Object.fromEntries(Object.entries(pool.timing.overrides).map(([k, v]) => [k, v])) };
  return line(`pool of ${pool.vmSize.vcpus} cores`, given, { ...plain, timing: {} });
}

function jobLines(what: string, job: Job): string[] {
  const { jobManagerTask: manager, jobPreparationTask: preparation, jobReleaseTask: release } = job;
  const alone = { ...job, tasks: [], jobManagerTask: null, jobPreparationTask: null, jobReleaseTask: null };
  const lines = [line(what, alone, makeJob({ id: '', poolId: '' }))];
  if (manager !== null) {
    lines.push(
      `  ${line('manager', { ...manager, actions: [], task: null }, makeJobManager({ task: null as never }))}`,
    );
    lines.push(`    ${line('task', manager.task, makeTasks({ count: 0 }))}`);
    for (const { atMs, operation } of manager.actions) lines.push(`    after ${atMs}: ${operationText(operation)}`);
  }
  if (preparation !== null) lines.push(`  ${line('preparation', preparation, makeJobPreparation())}`);
  if (release !== null) lines.push(`  ${line('release', release, makeJobRelease())}`);
  for (const set of job.tasks) lines.push(`  ${line('tasks', set, makeTasks({ count: 0 }))}`);
  return lines;
}

function operationText({ kind, ...rest }: Account['actions'][number]['operation']): string {
  if ('job' in rest) return `${kind} ${rest.job.ok ? jobLines('job', rest.job.value).join('\n      ') : ''}`;
  if ('pool' in rest) return `${kind} ${rest.pool.ok ? poolLine(rest.pool.value) : ''}`;
  if ('tasks' in rest && rest.tasks.ok) {
    return [
      `${kind} ${rest.jobId}`,
      ...rest.tasks.value.map((set) => line('tasks', set, makeTasks({ count: 0 }))),
    ].join(' ');
  }
  return line(kind, rest, {});
}

function line(name: string, given: object, plain: object): string {
  return [name, ...Object.entries(told(given, plain)).map(([key, value]) => `${key}=${json(value)}`)].join(' ');
}

function told(given: object, plain: object): object {
  const defaults = new Map(Object.entries(plain).map(([key, value]) => [key, json(value)]));
  return Object.fromEntries(Object.entries(given).filter(([key, value]) => json(value) !== defaults.get(key)));
}

/** Shorter than JSON where a value has a short form: constants, commands, demands. */
function json(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (ArrayBuffer.isView(inner)) return Array.from(inner as unknown as ArrayLike<number>);
    if (inner instanceof Map) return Object.fromEntries(inner);
    if (inner !== null && typeof inner === 'object') {
      if ('kind' in inner && inner.kind === 'constant' && 'value' in inner) return inner.value;
      if (key === 'command' || key === 'coordination') return told(inner, INSTANT_COMMAND);
      if (key === 'demands') return told(inner, NO_DEMANDS);
    }
    return inner;
  });
}
