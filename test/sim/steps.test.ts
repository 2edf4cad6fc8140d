import { describe, expect, test } from 'vitest';
import {
  type Account,
  type Action,
  INSTANT_COMMAND,
  NO_DEMANDS,
  type Operation,
  TASK_FAILURES,
  type TaskDemands,
  type TaskSet,
  TIMING_TYPICAL,
} from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { each, gantt, job, latencies, pool, tasks, world } from '../helpers/world.js';

const at = (atMs: number, operation: Operation): Action => ({ atMs, operation, expectError: null });

function runWith(account: Partial<Account>, ...actions: readonly Action[]): Recording {
  const { recording } = simulate(world({ ...account, actions }));
  expect(recording.operations.map(({ code }) => code)).toEqual(actions.map(() => null));
  return recording;
}

/** A task of 10 ms with these demands. */
function demanding(demands: Partial<TaskDemands>, given: Partial<TaskSet> = {}): TaskSet {
  return tasks('t', [10], { demands: { ...NO_DEMANDS, ...demands }, ...given });
}

/** Files come in 5 ms and go in 3. */
const timing = latencies({ download: 5, upload: 3 });
const filed = demanding({ downloadBytes: 1, uploadBytes: 1 });
const onTask = { jobId: 'j', taskId: 't1' };

describe('attempts that are stopped between their steps', () => {
  test('JOB-15 a task that is requeued during its download begins anew, with all steps', () => {
    const recording = runWith(
      { pools: [pool(1, { timing })], jobs: [job('j', [filed])] },
      at(3, { kind: 'disableJob', jobId: 'j', disableTasks: 'requeue' }),
      at(7, { kind: 'enableJob', jobId: 'j' }),
    );
    expect(gantt(recording)).toEqual(['j/t1 7-25 n0']);
    expect([recording.attempts.startMs[0], recording.attempts.endMs[0], recording.tasks.requeues?.[0]]).toEqual([
      0, 3, 1,
    ]);
  });

  test('TASK-22 a task is ended during its upload, and nothing of it happens later', () => {
    const recording = runWith(
      { pools: [pool(1, { timing })], jobs: [job('j', [filed, tasks('u', [2])])] },
      at(16, { kind: 'terminateTask', ...onTask }),
    );
    expect(gantt(recording)).toEqual(['j/t1 0-16 n0', 'j/u1 16-18 n0']);
    expect(TASK_FAILURES[recording.tasks.failure[0] as number]).toBe('TaskEnded');
  });

  test('TASK-25 a new wall clock counts from the start of the attempt that runs, longer or shorter', () => {
    const update = (maxWallClockTimeMs: number | null): Operation => ({
      ...{ kind: 'updateTask', ...onTask },
      constraints: { maxTaskRetryCount: null, maxWallClockTimeMs, retentionTimeMs: null },
    });
    const pools = [pool(1, { timing })];
    const jobs = [job('j', [filed])];
    const limited = [job('j', [demanding({ downloadBytes: 1 }, { maxWallClockTimeMs: 12 })])];
    expect(gantt(runWith({ pools, jobs }, at(2, update(12))))).toEqual(['j/t1 0-12 n0']);
    expect(gantt(runWith({ pools, jobs }, at(9, update(4))))).toEqual(['j/t1 0-9 n0']);
    expect(gantt(runWith({ pools, jobs: limited }, at(9, update(15))))).toEqual(['j/t1 0-15 n0']);
    expect(gantt(runWith({ pools, jobs: limited }, at(9, update(null))))).toEqual(['j/t1 0-15 n0']);
  });

  test('cores: what a stopped process kept busy is there for the others at that instant', () => {
    const sets = [demanding({ cpu: 4 }), { ...demanding({ cpu: 4 }), ids: { kind: 'list', values: ['u'] } as const }];
    const recording = runWith(
      { pools: [pool(1, { taskSlotsPerNode: 2 })], jobs: [job('j', sets)] },
      at(6, { kind: 'terminateTask', jobId: 'j', taskId: 'u' }),
    );
    expect(gantt(recording)).toEqual(['j/t1 0-13 n0', 'j/u 0-6 n0']);
  });
});

describe('what nodes keep', () => {
  const typical = {
    ...TIMING_TYPICAL,
    overrides: { dispatch: each(0), reboot: each(1), reimage: each(1), start: each(0) },
  };
  const contained = (id: string, atMs: number): TaskSet => ({
    ...demanding({ container: { image: 'image', imageBytes: 0 } }, { arrival: { kind: 'at', atMs } }),
    ids: { kind: 'list', values: [id] },
  });
  const account: Partial<Account> = {
    pools: [pool(1, { hasContainers: true, timing: typical })],
    jobs: [job('j', [contained('a', 0), contained('b', 50_000)])],
  };
  const nodeOperation = (kind: 'rebootNode' | 'reimageNode') =>
    at(30_000, { kind, poolId: 'p', node: 'n0', option: null });

  test('NODE-08 an image that was pulled survives a reboot', () => {
    expect(gantt(runWith(account, nodeOperation('rebootNode')))[1]).toBe('j/b 50000-50010 n0');
  });

  test('NODE-09 after a reimage it is pulled again', () => {
    expect(gantt(runWith(account, nodeOperation('reimageNode')))[1]).toBe('j/b 50000-70010 n0');
  });
});

describe('multi-instance tasks', () => {
  const multiInstance = {
    numberOfInstances: 2,
    coordination: { ...INSTANT_COMMAND, runtime: each(2) },
    commonDownloadBytes: 0,
  };
  const gang = tasks('t', [10], { multiInstance });
  const subtasks = ({ subtasks: rows }: Recording) =>
    rows.map(({ node, startMs, endMs, exitCode }) => `${node} ${startMs}-${endMs} ${exitCode}`);

  test('MI-08 the loss of one of its nodes requeues the whole task, which the others do not survive', () => {
    const spot = pool(1, { targetLowPriorityNodes: 2, enableInterNodeCommunication: true });
    const recording = runWith(
      { pools: [spot], jobs: [job('j', [gang])] },
      at(4, { kind: 'preemptNodes', poolId: 'p', nodes: ['n1'], count: null }),
    );
    // n0 is free at 4, and n2 takes the place of n1; n1 comes back as well.
    expect(gantt(recording)).toEqual(['j/t1 4-16 n0']);
    expect([recording.attempts.endMs[0], recording.tasks.interruptions?.[0]]).toEqual([4, 1]);
    expect(subtasks(recording).map((line) => line.split(' ').slice(1))).toEqual([
      ['0-4', '0'],
      ['4-16', '0'],
    ]);
  });

  test('MI-10 a task that is ended takes its subtasks with it', () => {
    const nodes = pool(2, { enableInterNodeCommunication: true });
    const recording = runWith(
      { pools: [nodes], jobs: [job('j', [gang, tasks('u', [3, 3])])] },
      at(1, { kind: 'terminateTask', ...onTask }),
    );
    expect(gantt(recording)).toEqual(['j/t1 0-1 n0', 'j/u1 1-4 n0', 'j/u2 1-4 n1']);
    expect(subtasks(recording)).toEqual(['1 0-1 null']);
  });
});

describe('nodes out of contact', () => {
  const account: Partial<Account> = { pools: [pool(1, { timing })], jobs: [job('j', [filed])] };
  const silent = (fromMs: number, toMs: number) =>
    runWith(
      account,
      at(fromMs, { kind: 'loseContact', poolId: 'p', node: 'n0' }),
      at(toMs, { kind: 'recoverNode', poolId: 'p', node: 'n0' }),
    );

  test('NODE-13 steps go on while the service does not hear of the node', () => {
    expect(gantt(silent(3, 12))).toEqual(['j/t1 0-18 n0']);
  });

  test('NODE-13 the end of an attempt is heard of when contact is back', () => {
    expect(gantt(silent(3, 40))).toEqual(['j/t1 0-40 n0']);
  });

  test('NODE-13 a node that is lost for good takes the attempt with it', () => {
    const recording = runWith(
      { ...account, pools: [pool(2, { timing })] },
      at(3, { kind: 'loseContact', poolId: 'p', node: 'n0' }),
      at(40, { kind: 'failNode', poolId: 'p', node: 'n0', error: 'DiskFull', recovers: false }),
    );
    expect(gantt(recording)).toEqual(['j/t1 40-58 n1']);
    expect(recording.tasks.interruptions?.[0]).toBe(1);
  });
});
