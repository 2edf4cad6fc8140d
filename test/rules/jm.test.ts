import { describe, expect, test } from 'vitest';
import {
  type Account,
  type Action,
  DEFAULT_OPTIONS,
  type Job,
  makeJobManager,
  makeJobSchedule,
  NO_DEMANDS,
  type Operation,
} from '../../src/model/index.js';
import { type Recording, WAIT_CAUSES } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, answers, jobMoves, taskMoves, taskResult } from '../helpers/job-events.js';
import { at, each, gantt, job, latencies, pool, tasks, world } from '../helpers/world.js';

type Given = Partial<Parameters<typeof makeJobManager>[0]>;

/** A job with a manager `m` that shares its node unless told otherwise. */
function managed(given: Given & Pick<Parameters<typeof makeJobManager>[0], 'task'>): Partial<Job> {
  const task = { ...given.task, ids: { kind: 'list', values: ['m'] } as const };
  return { jobManagerTask: makeJobManager({ runExclusive: false, ...given, task }) };
}

function runOn(account: Partial<Account>, actions: readonly Action[] = []): Recording {
  return simulate(world({ pools: [pool(1)], actions, ...account })).recording;
}

const lost = (node: string): Operation => ({ kind: 'failNode', poolId: 'p', node, error: null, recovers: false });

describe('a manager is a task', () => {
  test('JM-01: the service adds it with the job, before the tasks that come with it', () => {
    const recording = runOn({
      jobs: [job('j', [tasks('t', [1])], { arrival: at(5), ...managed({ task: tasks('', [9]) }) })],
    });
    expect(gantt(recording)[0]).toBe('j/m 5-14 n0');
    expect(recording.tasks.submitMs[0]).toBe(5);
  });

  test('JM-02: it has files, packages, retries and a wall clock as any task has', () => {
    const demands = { ...NO_DEMANDS, downloadBytes: 30, uploadBytes: 20 };
    const task = tasks('', [10], { demands, exitCode: each(1, 0), maxTaskRetryCount: 1, maxWallClockTimeMs: 20 });
    const recording = runOn({ pools: [pool(1, { bandwidth: 10 })], jobs: [job('j', [], managed({ task }))] });
    // 3 ms of files, 10 of its process, 2 of output, twice.
    expect(taskMoves(recording, 'j/m')).toEqual(['0 running n0', '15 retry 1', '15 running n0', '30 exit 0']);
    const cut = tasks('', [10], { maxTaskRetryCount: 1, maxWallClockTimeMs: 6 });
    const late = runOn({ jobs: [job('j', [], managed({ task: cut }))] });
    expect(taskMoves(late, 'j/m')).toEqual(['0 running n0', '6 timed out']);
    expect(late.jobs[0]?.terminateReason).toBe('JMComplete');
  });

  test('JM-02: its id has at most 64 characters, and no other task of the job can have it', () => {
    const named = (id: string) => {
      const task = { ...tasks('', [10]), ids: { kind: 'list', values: [id] } as const };
      return { jobManagerTask: makeJobManager({ task }) };
    };
    const add = (id: string, manager: string): Operation => ({
      kind: 'addJob',
      job: { ok: true, value: job(id, [], named(manager)) },
    });
    const same: Operation = {
      kind: 'addTasks',
      jobId: 'k',
      tasks: { ok: true, value: [{ ...tasks('', [1]), ids: { kind: 'list', values: ['M'.repeat(64)] } }] },
    };
    const recording = runOn({}, [act(1, add('j', 'm'.repeat(65))), act(2, add('k', 'm'.repeat(64))), act(3, same)]);
    expect(recording.operations.map(({ code }) => code)).toEqual(['InvalidPropertyValue', null, 'TaskExists']);
  });

  test('JM-10: a job schedule without a manager is accepted', () => {
    const jobSchedule = makeJobSchedule({ id: 's', jobSpecification: job('', [tasks('t', [5])]) });
    const recording = runOn({}, [act(1, { kind: 'addJobSchedule', jobSchedule: { ok: true, value: jobSchedule } })]);
    expect(answers(recording)).toEqual(['1 addJobSchedule jobSchedule s 201']);
    expect(gantt(recording)).toEqual(['s:job-1/t1 1-6 n0']);
  });
});

describe('its node', () => {
  test('JM-05: exclusive by default, it starts on an empty node only, and from its assignment on nothing else starts there', () => {
    const two = pool(1, { taskSlotsPerNode: 2, timing: latencies({ dispatch: 2 }) });
    const manager = managed({ task: tasks('', [10]), runExclusive: true, killJobOnCompletion: false });
    const other = job('k', [tasks('u', [4])], { arrival: at(3) });
    const recording = runOn({ pools: [two], jobs: [job('j', [], manager), other] });
    // Assigned at 0, it runs 2-12; the second slot stays empty until then.
    expect(gantt(recording)).toEqual(['j/m 2-12 n0', 'k/u1 14-18 n0']);
  });

  test('JM-05: not exclusive, it shares its node', () => {
    const manager = managed({ task: tasks('', [10]), killJobOnCompletion: false });
    const recording = runOn({
      pools: [pool(1, { taskSlotsPerNode: 2 })],
      jobs: [job('j', [tasks('t', [4])], manager)],
    });
    expect(gantt(recording)).toEqual(['j/m 0-10 n0', 'j/t1 0-4 n0']);
  });

  test('JM-06, JM-08: for dedicated nodes only, it neither starts on a spot node nor evicts anybody from one', () => {
    const manager = managed({ task: tasks('', [10]), allowLowPriorityNode: false });
    const jobs = [job('j', [], manager), job('k', [tasks('u', [50], { arrival: at(1) })])];
    const recording = runOn({ pools: [pool(1, { targetLowPriorityNodes: 1 })], jobs }, [act(5, lost('n0'))]);
    expect(taskMoves(recording, 'j/m')).toEqual(['0 running n0', '5 requeued nodeFailed']);
    expect(taskMoves(recording, 'k/u1')).toEqual(['1 running n1', '51 exit 0']);
    expect(WAIT_CAUSES[recording.unfinished.cause[0] as number]).toBe('needsDedicatedNode');
  });
});

describe('its restart', () => {
  test('JM-07, JM-08: after the loss of its node it takes the place of the latest task, whose counters do not change', () => {
    const manager = managed({ task: tasks('', [20]) });
    const jobs = [job('j', [], manager), job('k', [tasks('u', [50]), tasks('v', [50], { arrival: at(2) })])];
    const recording = runOn({ pools: [pool(3)], jobs }, [act(5, lost('n0'))]);
    expect(taskMoves(recording, 'j/m').slice(0, 3)).toEqual(['0 running n0', '5 requeued nodeFailed', '5 running n2']);
    expect(taskMoves(recording, 'k/v1').slice(0, 2)).toEqual(['2 running n2', '5 requeued evicted']);
    expect(taskResult(recording, 'k/v1')).toMatch(/retries 0 requeues 0$/);
    expect(taskMoves(recording, 'k/u1')).toEqual(['0 running n1', '50 exit 0']);
  });

  test('JM-07: it stops one task, which the manager follows, also when the process takes time to stop', () => {
    const slow = pool(2, { timing: latencies({ kill: 3 }) });
    const manager = managed({ task: tasks('', [20]) });
    const jobs = [job('a', [tasks('u', [50])]), job('j', [], manager)];
    const recording = runOn({ pools: [slow], jobs }, [act(5, lost('n1'))]);
    expect(taskMoves(recording, 'j/m')).toEqual(['0 running n1', '5 requeued nodeFailed', '8 running n0', '28 exit 0']);
    expect(taskMoves(recording, 'a/u1').slice(0, 2)).toEqual(['0 running n0', '8 requeued evicted']);
  });

  test('JM-08: another manager is never the victim, nor is a task of a job of higher priority', () => {
    const manager = (priority: number) => ({ priority, ...managed({ task: tasks('', [30]) }) });
    const jobs = [job('j', [], manager(0)), job('k', [], manager(-1)), job('l', [tasks('u', [40])], { priority: 1 })];
    const recording = runOn({ pools: [pool(3)], jobs }, [act(5, lost('n1'))]);
    // l goes first and has n0; j has n1, which is lost; k has n2.
    expect(taskMoves(recording, 'j/m')).toEqual([
      '0 running n1',
      '5 requeued nodeFailed',
      '30 running n2',
      '60 exit 0',
    ]);
    expect(taskMoves(recording, 'k/m')).toEqual(['0 running n2', '30 exit 0']);
    expect(taskMoves(recording, 'l/u1')).toEqual(['0 running n0', '40 exit 0']);
  });

  test('JM-08: the option jmEvictsOnRestart leaves everybody where he is', () => {
    const manager = managed({ task: tasks('', [20]) });
    const scenario = world({
      pools: [pool(2)],
      jobs: [job('j', [], manager), job('k', [tasks('u', [50])])],
      actions: [act(5, lost('n0'))],
    });
    const options = { ...DEFAULT_OPTIONS, jmEvictsOnRestart: false };
    const { recording } = simulate({ ...scenario, options });
    expect(taskMoves(recording, 'j/m').slice(2)).toEqual(['50 running n1', '70 exit 0']);
  });

  test('JM-09: a manager does not go before tasks of other jobs of the same priority, which take turns', () => {
    const jobs = [
      job('a', [tasks('u', [10, 10])]),
      job('j', [tasks('t', [10])], managed({ task: tasks('', [10]), killJobOnCompletion: false })),
    ];
    expect(gantt(runOn({ jobs }))).toEqual(['a/u1 0-10 n0', 'a/u2 20-30 n0', 'j/m 10-20 n0', 'j/t1 30-40 n0']);
  });

  test('JM-11: its script can change and end its job, and its offsets count from the start of each attempt', () => {
    const actions = [
      { atMs: 2, operation: { kind: 'patchJob', jobId: '', changes: { priority: 7 } } },
      { atMs: 6, operation: { kind: 'terminateJob', jobId: '', terminateReason: 'done', force: false } },
    ] as const;
    const task = tasks('', [5, 10], { maxTaskRetryCount: 1, exitCode: each(1, 0), runtime: each(5, 10) });
    const manager = managed({ task: { ...task, count: 1 }, actions });
    const recording = runOn({ jobs: [job('j', [], manager)] });
    // The first attempt ends at 5, before its second line; the second runs from 5 on and is ended at 11.
    expect(answers(recording)).toEqual(['2 patchJob job j 200', '7 patchJob job j 200', '11 terminateJob job j 202']);
    expect(recording.jobs[0]?.terminateReason).toBe('done');
    expect(jobMoves(recording, 'j').at(-1)).toBe('11 completed');
  });
});
