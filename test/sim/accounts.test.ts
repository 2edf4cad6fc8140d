import { expect, test } from 'vitest';
import {
  type Account,
  makeAccount,
  makeScenario,
  type Operation,
  TIMING_TYPICAL,
  UNCLAMPED,
} from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { FOUR, job, pool, tasks } from '../helpers/world.js';

function runAll(...accounts: readonly Account[]): Recording {
  return simulate(makeScenario({ accounts })).recording;
}

/** What became of the tasks of one account: `job/task start-end n0`. */
function tasksOf(recording: Recording, name: string): string[] {
  const { tasks: rows, jobs, nodes, accounts, taskNames } = recording;
  const lines: string[] = [];
  for (let task = 0; task < rows.count; task++) {
    const owner = jobs[rows.job[task] as number];
    if (owner === undefined || accounts[owner.accountIndex]?.name !== name) continue;
    const node = nodes.ordinal[rows.node[task] as number];
    lines.push(`${owner.id}/${taskNames.id(task)} ${rows.startMs[task]}-${rows.endMs[task]} n${node}`);
  }
  return lines;
}

/** An account whose pool and tasks are drawn at random, with ids that the others have too. */
function chancy(name: string, priority: number): Account {
  const runtime = { kind: 'exponential', mean: 60_000, ...UNCLAMPED } as const;
  const set = tasks('t', [], { count: 6, runtime: [runtime] });
  return makeAccount({
    name,
    pools: [pool(2, { ready: false, timing: TIMING_TYPICAL })],
    jobs: [job('j', [set], { priority })],
  });
}

test('ACC-01 accounts live side by side under the same ids, and no work of one influences another', () => {
  const [east, west] = [chancy('east', 0), chancy('west', 1000)];
  const both = runAll(east, west);
  expect(tasksOf(both, 'east')).toEqual(tasksOf(runAll(east), 'east'));
  expect(tasksOf(both, 'west')).toEqual(tasksOf(runAll(west), 'west'));
  expect(tasksOf(both, 'east')).not.toEqual(tasksOf(both, 'west'));
});

test('ACC-01 a job sees the pools of its own account alone', () => {
  const recording = runAll(
    makeAccount({ name: 'east', pools: [pool(1)] }),
    makeAccount({ name: 'west', jobs: [job('j', [tasks('t', [5])])] }),
  );
  expect(recording.unfinished.count).toBe(1);
  expect(recording.jobs[0]?.poolIndex).toBe(-1);
});

test('ACC-06 each account has its own quota of cores', () => {
  const account = (name: string) => makeAccount({ name, dedicatedCoreQuota: 8, pools: [pool(3)] });
  const recording = runAll(account('east'), account('west'));
  expect(recording.resizes.map(({ reservedDedicated }) => reservedDedicated)).toEqual([2, 2]);
});

test('ACC-02 in user-subscription mode core quotas of Batch do not count, those of pools do', () => {
  const more: Operation = { kind: 'addPool', pool: { ok: true, value: pool(1, { id: 'q' }) } };
  const account = makeAccount({
    ...{ poolAllocationMode: 'UserSubscription', dedicatedCoreQuota: FOUR.vcpus, poolQuota: 1, pools: [pool(3)] },
    actions: [{ atMs: 1, operation: more, expectError: null }],
  });
  const recording = runAll(account);
  expect(recording.nodes.count).toBe(3);
  expect(recording.operations.map(({ code }) => code)).toEqual(['PoolQuotaReached']);
});
