import { describe, expect, test } from 'vitest';
import {
  type Action,
  INSTANT_COMMAND,
  makeJobPreparation,
  type Operation,
  type Scenario,
} from '../../../src/model/index.js';
import {
  findNode,
  findPool,
  findTask,
  type Recording,
  type WhyAnswer,
  type WhyRun,
  whyNode,
  whyPool,
  whyRun,
  whyTask,
} from '../../../src/recording/index.js';
import { simulate } from '../../../src/sim/index.js';
import { afterTasks, each, job, latencies, pool, tasks, world } from '../../helpers/world.js';

/** A run of the engine that can be asked. */
function runOf(scenario: Scenario): WhyRun {
  const { recording }: { recording: Recording } = simulate(scenario);
  const run = whyRun(recording, scenario);
  if (!run.ok) throw new Error(run.error);
  return run.value;
}

function task(run: WhyRun, name: string, atMs?: number): WhyAnswer {
  const row = findTask(run, name);
  if (!row.ok) throw new Error(row.error.message);
  return whyTask(run, row.value, atMs ?? run.recording.run.endMs);
}

function node(run: WhyRun, name: string, atMs: number): WhyAnswer {
  const row = findNode(run, name, null);
  if (!row.ok) throw new Error(row.error.message);
  return whyNode(run, row.value, atMs);
}

function poolAt(run: WhyRun, atMs: number): WhyAnswer {
  const row = findPool(run, 'p');
  if (!row.ok) throw new Error(row.error.message);
  return whyPool(run, row.value, atMs);
}

function causes(reasons: WhyAnswer['now']): string[] {
  return reasons.map((one) => one.cause);
}

function does(atMs: number, operation: Operation): Action {
  return { atMs, operation, expectError: null };
}

describe('why, asked of the engine', () => {
  test('DEP-04 a child of a parent that failed never runs', () => {
    const jobs = [
      job('j', [tasks('a', [5], { exitCode: each(3) }), tasks('b', [5], afterTasks(['a1']))], { maxTaskRetryCount: 1 }),
    ];
    const run = runOf(world({ pools: [pool(1)], jobs }));
    expect(causes(task(run, 'j/b1', 3).now)).toEqual(['parentUnfinished']);
    expect(task(run, 'j/b1').now).toMatchObject([
      { cause: 'parentBlocks', sinceMs: 10, details: { parent: 'a1', outcome: 'exit code 3' } },
    ]);
    expect(task(run, 'j/a1')).toMatchObject({
      now: [{ cause: 'exitedWithFailure', details: { exitCode: 3, retries: 1, most: 1 } }],
      before: [{ cause: 'retried', sinceMs: 5, details: { retry: 1, node: 'n0' } }],
    });
  });

  test('SCH-04 tasks of one node go one by one: the last is behind the others', () => {
    const run = runOf(world({ pools: [pool(1)], jobs: [job('j', [tasks('t', [10, 10, 10])])] }));
    expect(causes(task(run, 'j/t3', 5).now)).toEqual(['noEligibleNode']);
    expect(node(run, 'n0', 5).now).toMatchObject([
      { cause: 'nodeBusy', details: { used: 1, slots: 1, tasks: 'j/t1' } },
    ]);
    expect(causes(node(run, 'n0', 30).now)).toEqual(['nodeIdleNothingWaits']);
  });

  test('JOB-15 a task that was requeued by disableJob waits until enableJob', () => {
    const actions = [
      does(5, { kind: 'disableJob', jobId: 'j', disableTasks: 'requeue' }),
      does(20, { kind: 'enableJob', jobId: 'j' }),
    ];
    const run = runOf(world({ pools: [pool(1)], jobs: [job('j', [tasks('t', [10])])], actions }));
    expect(task(run, 'j/t1', 10)).toMatchObject({
      state: 'active',
      now: [{ cause: 'jobDisabled' }],
      before: [{ cause: 'requeuedByJobDisable' }],
    });
    expect(task(run, 'j/t1', 10).before[0]?.sentence).toContain('by disableJob of job j');
    expect(task(run, 'j/t1')).toMatchObject({ now: [{ cause: 'succeeded', sinceMs: 30 }] });
  });

  test('NODE-11 a node that was preempted, and the task that was lost with it', () => {
    const pools = [pool(0, { targetLowPriorityNodes: 1, timing: latencies({ replace: 100 }) })];
    const actions = [does(5, { kind: 'preemptNodes', poolId: 'p', count: 1, nodes: null })];
    const run = runOf(world({ pools, jobs: [job('j', [tasks('t', [10])])], actions }));
    expect(node(run, 'n0', 50)).toMatchObject({ state: 'preempted', now: [{ cause: 'nodePreempted', sinceMs: 5 }] });
    expect(task(run, 'j/t1', 50)).toMatchObject({
      state: 'active',
      before: [{ cause: 'lostToPreemption', sinceMs: 5 }, { cause: 'couldNotBePlaced' }],
    });
    expect(causes(poolAt(run, 50).now)).toContain('poolPreempted');
  });

  test('RSZ-05 a pool that its quota cuts short', () => {
    const pools = [pool(5, { ready: false })];
    const run = runOf(world({ pools, jobs: [job('j', [tasks('t', [10])])], dedicatedCoreQuota: 8 }));
    expect(poolAt(run, 5).now).toMatchObject([
      { cause: 'poolShortByQuota', details: { count: 3, code: 'AccountCoreQuotaReached' } },
    ]);
  });

  test('START-05 a node whose start task fails takes no task', () => {
    const command = { ...INSTANT_COMMAND, runtime: each(3), exitCode: each(9) };
    const startTask = { maxTaskRetryCount: 0, waitForSuccess: true, command };
    const run = runOf(world({ pools: [pool(1, { ready: false, startTask })], jobs: [job('j', [tasks('t', [10])])] }));
    const endMs = run.recording.run.endMs;
    expect(node(run, 'n0', endMs).now).toMatchObject([
      { cause: 'nodeStartTaskFailed', details: { exit: ' with exit code 9' } },
    ]);
    expect(task(run, 'j/t1').now[0]).toMatchObject({
      cause: 'noEligibleNode',
      details: { census: '1 is starttaskfailed' },
    });
    expect(causes(poolAt(run, endMs).now)).toEqual(['poolStartTasksFailed']);
  });

  test('PREP-06 a job whose preparation fails on every node', () => {
    const command = { ...INSTANT_COMMAND, runtime: each(3), exitCode: each(1) };
    const jobPreparationTask = makeJobPreparation({ command });
    const run = runOf(world({ pools: [pool(1)], jobs: [job('j', [tasks('t', [10])], { jobPreparationTask })] }));
    expect(task(run, 'j/t1', 1)).toMatchObject({ state: 'preparing', now: [{ cause: 'preparing', sinceMs: 0 }] });
    expect(causes(task(run, 'j/t1').now)).toEqual(['allNodesBarredByPreparation']);
  });

  test('RSZ-12 a node that leaves under taskcompletion drains its task', () => {
    const shrink = { kind: 'resizePool', poolId: 'p', targetDedicatedNodes: 0, targetLowPriorityNodes: null } as const;
    const actions = [does(5, { ...shrink, resizeTimeoutMs: null, nodeDeallocationOption: 'taskcompletion' })];
    const run = runOf(world({ pools: [pool(1)], jobs: [job('j', [tasks('t', [20])])], actions }));
    expect(node(run, 'n0', 10).now).toMatchObject([{ cause: 'nodeDrains', sinceMs: 5, details: { tasks: 'j/t1' } }]);
    expect(causes(poolAt(run, 10).now)).toContain('poolShrinking');
    expect(node(run, 'n0', run.recording.run.endMs)).toMatchObject({
      state: 'gone',
      now: [{ cause: 'nodeGoneByResize' }],
    });
  });
});
