/** A world as a short text: a line for each thing in it, what has its default left out, columns as lists. */
import {
  type Account,
  makeAccount,
  makeJob,
  makePool,
  makeScenario,
  makeTasks,
  type Scenario,
  TIMING_NONE,
} from '../../../src/model/index.js';

/** Everything that tells the world from another, for people to read. */
export function worldText(scenario: Scenario): string {
  const plain = makeScenario({ accounts: [], name: scenario.name });
  const head = line('scenario', { ...scenario, accounts: [] }, plain);
  return [head, ...scenario.accounts.flatMap(accountLines)].join('\n');
}

function accountLines(account: Account): string[] {
  const lines = [line('account', { ...account, pools: [], jobs: [] }, makeAccount({}))];
  for (const pool of account.pools) {
    const plain = makePool({ id: '', vmSize: pool.vmSize, timing: TIMING_NONE });
    lines.push(line(`  pool of ${pool.vmSize.vcpus} cores`, pool, plain));
  }
  for (const job of account.jobs) {
    lines.push(line('  job', { ...job, tasks: [] }, makeJob({ id: '', poolId: '' })));
    for (const set of job.tasks) lines.push(line('    tasks', set, makeTasks({ count: 0 })));
  }
  return lines;
}

function line(name: string, given: object, plain: object): string {
  const defaults = new Map(Object.entries(plain).map(([key, value]) => [key, json(value)]));
  const told = Object.entries(given).filter(([key, value]) => json(value) !== defaults.get(key));
  return [name, ...told.map(([key, value]) => `${key}=${json(value)}`)].join(' ');
}

function json(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (ArrayBuffer.isView(inner)) return Array.from(inner as unknown as ArrayLike<number>);
    return inner instanceof Map ? Object.fromEntries(inner) : inner;
  });
}
