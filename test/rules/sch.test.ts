import { describe, expect, test } from 'vitest';
import {
  type Account,
  type Action,
  DEFAULT_OPTIONS,
  INSTANT_COMMAND,
  type Job,
  type ModelOptions,
  makeJobManager,
  makeJobPreparation,
  NO_DEMANDS,
  type Operation,
  type Pool,
} from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, taskMoves, taskResult } from '../helpers/job-events.js';
import { afterTasks, at, each, gantt, job, latencies, logged, pool, tasks, world } from '../helpers/world.js';

interface Given extends Partial<Account> {
  readonly options?: Partial<ModelOptions>;
}

function runOn(
  pools: readonly Pool[],
  jobs: readonly Job[],
  actions: readonly Action[] = [],
  { options = {}, ...account }: Given = {},
): Recording {
  const scenario = world({ pools, jobs, actions, ...account });
  return simulate({ ...scenario, options: { ...DEFAULT_OPTIONS, ...options } }).recording;
}

describe('candidates and order', () => {
  test('SCH-02: a change of anything has its pass at that very instant', () => {
    const jobs = [job('j', [tasks('t', [20, 20, 20, 20])], { maxParallelTasks: 1 })];
    const recording = runOn([pool(2)], jobs, [
      act(3, { kind: 'patchJob', jobId: 'j', changes: { maxParallelTasks: -1 } }),
      act(5, {
        ...{ kind: 'resizePool', poolId: 'p', targetDedicatedNodes: 3, targetLowPriorityNodes: null },
        ...{ resizeTimeoutMs: null, nodeDeallocationOption: null },
      }),
    ]);
    expect(gantt(recording)).toEqual(['j/t1 0-20 n0', 'j/t2 3-23 n1', 'j/t3 5-25 n2', 'j/t4 20-40 n0']);
  });

  test('SCH-03: tasks of jobs that are not active, of other pools, blocked or beyond the limit are no candidates', () => {
    const jobs = [
      job('disabled', [tasks('t', [1])]),
      job('elsewhere', [tasks('t', [1])], { poolId: 'q' }),
      job('blocked', [tasks('t', [1], afterTasks(['nobody']))]),
      job('limited', [tasks('t', [5, 5])], { maxParallelTasks: 1 }),
    ];
    const recording = runOn([pool(9)], jobs, [act(0, { kind: 'disableJob', jobId: 'disabled', disableTasks: 'wait' })]);
    expect(gantt(recording)).toEqual([
      'disabled/t1 active',
      'elsewhere/t1 active',
      'blocked/t1 active',
      'limited/t1 0-5 n0',
      'limited/t2 5-10 n0',
    ]);
  });

  test('SCH-04: priority, then the manager, then creation', () => {
    const manager = makeJobManager({ task: tasks('m', [5]), killJobOnCompletion: false });
    const jobs = [
      job('low', [tasks('t', [5, 5])], { jobManagerTask: manager }),
      job('high', [tasks('u', [5])], { priority: 1 }),
    ];
    expect(gantt(runOn([pool(1)], jobs))).toEqual([
      'low/m1 5-10 n0',
      'low/t1 10-15 n0',
      'low/t2 15-20 n0',
      'high/u1 0-5 n0',
    ]);
  });

  test('SCH-04: taskOrder ready goes by the instant of becoming runnable, creation by the instant of addition', () => {
    const sets = [
      tasks('a', [9]),
      tasks('b', [1], { arrival: at(1), ...afterTasks(['p1']) }),
      tasks('c', [9, 1], { arrival: at(2) }),
      tasks('p', [4]),
    ];
    const orderOf = (taskOrder: ModelOptions['taskOrder']) => {
      const recording = runOn([pool(2)], [job('j', sets, { usesTaskDependencies: true })], [], {
        options: { taskOrder },
      });
      return gantt(recording)
        .filter((line) => /\/(b1|c2)/.test(line))
        .sort();
    };
    // p1 ends at 4 on n1 and makes b1 runnable; c1 and c2 have been so since 2. By readiness c1 has n1 from 4 to 13.
    expect(orderOf('creation')).toEqual(['j/b1 4-5 n1', 'j/c2 9-10 n0']);
    expect(orderOf('ready')).toEqual(['j/b1 10-11 n0', 'j/c2 9-10 n0']);
  });

  test('SCH-05: equals take turns, one placement each, and the turn is kept between passes; creationtime serves the older job first', () => {
    const jobs = ['a', 'b', 'c'].map((id) => job(id, [tasks('t', [1, 1])]));
    const orderOf = (given: Partial<Pool>) =>
      gantt(runOn([pool(1, given)], jobs))
        .map((line) => [Number(/ (\d+)-/.exec(line)?.[1]), line.split('/')[0]] as const)
        .sort(([one], [other]) => one - other)
        .map(([, id]) => id)
        .join('');
    expect(orderOf({})).toBe('abcabc');
    expect(orderOf({ jobDefaultOrder: 'creationtime' })).toBe('aabbcc');
  });

  test('SCH-06, SCH-15: what finds no place is passed by, also by lower priority, and nothing is kept for it', () => {
    const jobs = [
      job('big', [tasks('t', [10], { requiredSlots: 4 })], { priority: 9 }),
      job('small', [tasks('u', [6, 6, 6, 6, 6])]),
    ];
    const recording = runOn(
      [pool(1, { taskSlotsPerNode: 4 })],
      [job('first', [tasks('v', [3])], { priority: 10 }), ...jobs],
    );
    // Three slots are free at 0, one more at 3: never four at once before 12.
    expect(gantt(recording).find((line) => line.startsWith('big'))).toBe('big/t1 12-22 n0');
  });

  test('SCH-12: retried, requeued and recovered tasks compete by their first place', () => {
    const failing = tasks('t', [5, 5, 5], { exitCode: Int32Array.of(1, 0, 0), maxTaskRetryCount: 1 });
    expect(gantt(runOn([pool(1)], [job('j', [failing])])).slice(1)).toEqual(['j/t2 10-15 n0', 'j/t3 15-20 n0']);
    const host: Operation = { kind: 'hostReboot', poolId: 'p', node: 'n0' };
    const recovered = runOn([pool(1)], [job('j', [tasks('t', [5, 5])])], [act(3, host)]);
    expect(gantt(recovered)).toEqual(['j/t1 3-8 n0', 'j/t2 8-13 n0']);
  });
});

describe('nodes', () => {
  test('SCH-07: not on nodes that are offline, draining, held exclusively or barred, nor with too few slots', () => {
    const offline = (node: string): Operation => ({
      kind: 'disableNodeScheduling',
      poolId: 'p',
      node,
      option: 'taskcompletion',
    });
    const reboot: Operation = { kind: 'rebootNode', poolId: 'p', node: 'n1', option: 'taskcompletion' };
    const jobs = [job('j', [tasks('t', [9, 9])]), job('k', [tasks('u', [1, 1], { arrival: at(2) })])];
    const recording = runOn([pool(3)], jobs, [act(1, offline('n0')), act(1, reboot)]);
    expect(gantt(recording).slice(2)).toEqual(['k/u1 2-3 n2', 'k/u2 3-4 n2']);
  });

  test('SCH-08: spread takes the node with the fewest used slots, pack that with the most; ties: dedicated, then the lowest', () => {
    const mixed = (given: Partial<Pool>) => pool(2, { targetLowPriorityNodes: 1, taskSlotsPerNode: 2, ...given });
    const nodesOf = (given: Partial<Pool>) =>
      gantt(runOn([mixed(given)], [job('j', [tasks('t', [9, 9, 9, 9, 9])])]))
        .map((line) => line.slice(-2))
        .join(' ');
    expect(nodesOf({})).toBe('n0 n1 n2 n0 n1');
    expect(nodesOf({ nodeFillType: 'pack' })).toBe('n0 n0 n1 n1 n2');
  });

  test('SCH-08, SCH-09: managers and jobs with barred nodes choose as all others do', () => {
    const command = { ...INSTANT_COMMAND, exitCode: each(1) };
    const failing = makeJobPreparation({ command: { ...command, runtime: each(1) } });
    const jobs = [job('j', [tasks('t', [9])], { jobPreparationTask: failing })];
    const recording = runOn([pool(2, { targetLowPriorityNodes: 1 })], jobs);
    expect(taskMoves(recording, 'j/t1').filter((line) => line.includes('preparing'))).toEqual([
      '0 preparing n0',
      '1 preparing n1',
      '2 preparing n2',
    ]);
  });

  test('SCH-10: slots are held from assignment to the end of the upload', () => {
    const timing = latencies({ dispatch: 2 });
    const demands = { ...NO_DEMANDS, uploadBytes: 30 };
    const recording = runOn([pool(1, { timing, bandwidth: 10 })], [job('j', [tasks('t', [5, 5], { demands })])]);
    // 2 dispatch, 5 process, 3 upload.
    expect(gantt(recording)).toEqual(['j/t1 2-10 n0', 'j/t2 12-20 n0']);
  });

  test('SCH-13: a placement that failed is told once a waiting episode, however many passes there are', () => {
    const jobs = [
      job('j', [tasks('t', [10, 10])]),
      job('k', [tasks('u', [1, 1, 1], { arrival: at(3) })], { priority: -1 }),
    ];
    const recording = runOn([pool(1)], jobs);
    expect(logged(recording, 'taskScheduleFail')).toEqual(['0 1', '3 2', '3 3', '3 4']);
    const again = runOn(
      [pool(1)],
      [job('j', [tasks('t', [10, 10], { exitCode: Int32Array.of(0, 1), maxTaskRetryCount: 1 })])],
      [act(12, { kind: 'disableNodeScheduling', poolId: 'p', node: 'n0', option: 'requeue' })],
    );
    expect(logged(again, 'taskScheduleFail')).toEqual(['0 1', '12 1']);
  });

  test('SCH-14: a node whose start task nobody waits for takes tasks while it runs, and after it has failed', () => {
    const startTask = {
      ...{ maxTaskRetryCount: 0, waitForSuccess: false, retentionTimeMs: null, environmentSettings: [] },
      command: { ...INSTANT_COMMAND, runtime: each(50), exitCode: each(1) },
    };
    const late = pool(1, { startTask, ready: false });
    const recording = runOn([late], [job('j', [tasks('t', [10]), tasks('u', [5], { arrival: at(60) })])]);
    expect(gantt(recording)).toEqual(['j/t1 0-10 n0', 'j/u1 60-65 n0']);
  });
});

describe('displacement', () => {
  const allows = { allowTaskPreemption: true };

  test('SCH-16, JOB-20: lowest priority first, then the latest start, on the node of fewest stops; counters stay', () => {
    const jobs = [
      job('low', [tasks('l', [50])], { priority: -5, ...allows }),
      job('mid', [tasks('m', [50, 50], { arrival: at(1) })], allows),
      job('high', [tasks('h', [5], { arrival: at(3) })], { priority: 5 }),
    ];
    const recording = runOn([pool(3)], jobs);
    expect(taskMoves(recording, 'high/h1')).toEqual(['3 running n0', '8 exit 0']);
    expect(taskMoves(recording, 'low/l1').slice(0, 3)).toEqual(['0 running n0', '3 displaced', '8 running n0']);
    expect(taskResult(recording, 'low/l1')).toBe('completed success retries 0 requeues 0');
  });

  test('SCH-16: with two slots wanted, one stop on one node is better than two on another', () => {
    const two = pool(2, { taskSlotsPerNode: 2 });
    const jobs = [
      job('small', [tasks('s', [50, 50])], { priority: -5, ...allows }),
      job('wide', [tasks('w', [50], { requiredSlots: 2 })], allows),
      job('high', [tasks('h', [5], { arrival: at(3), requiredSlots: 2 })], { priority: 5 }),
    ];
    const recording = runOn([two], jobs);
    // wide goes first: it has n0; the small ones share n1.
    expect(taskMoves(recording, 'wide/w1').slice(0, 2)).toEqual(['0 running n0', '3 displaced']);
    expect(taskMoves(recording, 'high/h1')).toEqual(['3 running n0', '8 exit 0']);
  });

  test('SCH-16: a process that takes time to stop is stopped once, and its place goes to whom it was stopped for', () => {
    const slow = pool(1, { timing: latencies({ kill: 4 }) });
    const jobs = [
      job('low', [tasks('l', [50])], allows),
      job('high', [tasks('h', [5], { arrival: at(3) })], { priority: 5 }),
    ];
    const recording = runOn([slow], jobs);
    expect(taskMoves(recording, 'high/h1')).toEqual(['7 running n0', '12 exit 0']);
    expect(taskMoves(recording, 'low/l1')).toEqual(['0 running n0', '7 displaced', '12 running n0', '62 exit 0']);
  });

  test('SCH-16: while one process is stopping no second one is stopped for the same task', () => {
    const slow = pool(2, { timing: latencies({ kill: 4 }) });
    const jobs = [
      job('low', [tasks('l', [50, 50])], allows),
      job('high', [tasks('h', [5], { arrival: at(3) })], { priority: 5 }),
      job('other', [tasks('o', [1], { arrival: at(5) })], { priority: -9 }),
    ];
    const recording = runOn([slow], jobs);
    // The arrival at 5 brings a pass while l1 stops; l2 goes on undisturbed.
    expect(taskMoves(recording, 'high/h1')).toEqual(['7 running n0', '12 exit 0']);
    expect(taskMoves(recording, 'low/l2')).toEqual(['0 running n1', '50 exit 0']);
  });

  test('SCH-16: two tasks that wait have two stopped at once, also when that takes time', () => {
    const slow = pool(2, { timing: latencies({ kill: 4 }) });
    const jobs = [
      job('low', [tasks('l', [50, 50])], allows),
      job('high', [tasks('h', [5, 5], { arrival: at(3) })], { priority: 5 }),
    ];
    expect(gantt(runOn([slow], jobs)).slice(2)).toEqual(['high/h1 7-12 n0', 'high/h2 7-12 n1']);
  });

  test('SCH-01, SCH-17: a job of higher priority that waits in one pool takes nothing from another', () => {
    const pools = [pool(1), pool(1, { id: 'q' })];
    const jobs = [
      job('here', [tasks('t', [9])], allows),
      job('there', [tasks('u', [9, 9])], { poolId: 'q', priority: 9 }),
      job('alsoHere', [tasks('v', [1], { arrival: at(1) })], { priority: -9 }),
    ];
    expect(gantt(runOn(pools, jobs))).toEqual([
      'here/t1 0-9 n0',
      'there/u1 0-9 n0',
      'there/u2 9-18 n0',
      'alsoHere/v1 9-10 n0',
    ]);
  });
});
