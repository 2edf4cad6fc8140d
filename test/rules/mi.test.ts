import { describe, expect, test } from 'vitest';
import {
  type Account,
  type Action,
  INSTANT_COMMAND,
  type Job,
  makeJobPreparation,
  NO_DEMANDS,
  type Operation,
  type Pool,
  SUBTASK_STATES,
  type TaskSet,
} from '../../src/model/index.js';
import { type Recording, WAIT_CAUSES } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, nodeTasks, taskMoves, taskResult } from '../helpers/job-events.js';
import { commandOf, parallel } from '../helpers/parallel-tasks.js';
import { at, each, gantt, job, latencies, pool, tasks, world } from '../helpers/world.js';

const mpi = (count: number, given: Partial<Pool> = {}) => pool(count, { enableInterNodeCommunication: true, ...given });

function runOn(
  pools: readonly Pool[],
  sets: readonly TaskSet[],
  actions: readonly Action[] = [],
  given: Partial<Job> = {},
  account: Partial<Account> = {},
): Recording {
  return simulate(world({ pools, jobs: [job('j', sets, given)], actions, ...account })).recording;
}

/** `id node from-to state` of each subtask. */
const subtasks = ({ subtasks: rows, nodes }: Recording) =>
  rows.map(({ id, node, startMs, endMs, state }) => `${id} n${nodes.ordinal[node]} ${startMs}-${endMs} ${state}`);
const onTask = (kind: 'terminateTask' | 'deleteTask'): Operation => ({ kind, jobId: 'j', taskId: 'm1' });

describe('where it runs', () => {
  test.each([
    ['no inter-node communication', pool(3)],
    ['two slots a node', mpi(3, { taskSlotsPerNode: 2 })],
  ])('MI-01: on a pool with %s it stays active for ever, and others pass it by', (_, unfit) => {
    const recording = runOn([unfit], [parallel(2), tasks('t', [1])]);
    expect(gantt(recording)).toEqual(['j/m1 active', 'j/t1 0-1 n0']);
    expect(WAIT_CAUSES[recording.unfinished.cause[0] as number]).toBe('needsInterNodePool');
  });

  test('MI-02: by default there is a primary alone; less than one instance is refused', () => {
    expect(gantt(runOn([mpi(2)], [parallel(1)]))).toEqual(['j/m1 0-12 n0']);
    expect(subtasks(runOn([mpi(2)], [parallel(1)]))).toEqual([]);
    const add: Operation = { kind: 'addTasks', jobId: 'j', tasks: { ok: true, value: [parallel(0)] } };
    expect(runOn([mpi(1)], [], [act(1, add)]).operations[0]?.code).toBe('InvalidPropertyValue');
  });

  test('MI-02, MI-10: N - 1 subtasks numbered from 1, one node each, the primary not among them', () => {
    expect(subtasks(runOn([mpi(4)], [parallel(3)]))).toEqual(['1 n1 0-12 completed', '2 n2 0-12 completed']);
    expect(SUBTASK_STATES).toEqual(['preparing', 'running', 'completed']);
  });

  test('MI-03: all or nothing: while too few nodes are idle at once others take them', () => {
    const sets = [tasks('t', [6, 20]), parallel(3, { arrival: at(1) }), tasks('u', [5, 5, 5], { arrival: at(2) })];
    // Three nodes; n2 goes to u1 2-7, n0 to u2 6-11, n2 to u3 7-12; n1 is free at 20: all three then.
    expect(gantt(runOn([mpi(3)], sets)).slice(2)).toEqual([
      'j/m1 20-32 n0',
      'j/u1 2-7 n2',
      'j/u2 6-11 n0',
      'j/u3 7-12 n2',
    ]);
  });

  test('MI-04: the lowest idle nodes, dedicated before spot ones, and the first of them is the master', () => {
    const mixed = mpi(2, { targetLowPriorityNodes: 2 });
    const recording = runOn([mixed], [tasks('t', [50]), parallel(2, { arrival: at(1) })]);
    expect(gantt(recording)[1]).toBe('j/m1 1-13 n1');
    expect(subtasks(recording)).toEqual(['1 n2 1-13 completed']);
  });
});

describe('how it runs', () => {
  test('MI-05: common files on all nodes, then coordination everywhere, then the command of the primary, all of it running', () => {
    const recording = runOn([mpi(2, { bandwidth: 10 })], [parallel(2, {}, { commonDownloadBytes: 40 })]);
    expect(taskMoves(recording, 'j/m1')).toEqual(['0 running n0', '16 exit 0']);
    expect(subtasks(recording)).toEqual(['1 n1 0-16 completed']);
  });

  test('MI-06: the exit code of the primary is the task’s, and the nodes of the subtasks are free with its exit', () => {
    const recording = runOn([mpi(2)], [parallel(2, { exitCode: each(5) }), tasks('t', [1, 1])]);
    expect(taskResult(recording, 'j/m1')).toBe('completed FailureExitCode retries 0 requeues 0');
    expect(recording.tasks.exitCode[0]).toBe(5);
    expect(gantt(recording).slice(1)).toEqual(['j/t1 12-13 n0', 'j/t2 12-13 n1']);
  });

  test('MI-07: a coordination command that fails fails the whole with its exit code, and it is retried as a whole', () => {
    const coordination = { ...INSTANT_COMMAND, runtime: each(2), exitCode: each(7, 0) };
    const recording = runOn([mpi(2)], [parallel(2, { maxTaskRetryCount: 1 }, { coordination })]);
    expect(taskMoves(recording, 'j/m1')).toEqual(['0 running n0', '2 retry 7', '2 running n0', '14 exit 0']);
    const once = runOn([mpi(2)], [parallel(2, {}, { coordination })]);
    expect(taskMoves(once, 'j/m1')).toEqual(['0 running n0', '2 exit 7']);
  });

  test.each(['n0', 'n1', 'n2'])('MI-08: the loss of %s requeues the whole task, which counts as no requeue', (node) => {
    const lost: Operation = { kind: 'failNode', poolId: 'p', node, error: null, recovers: false };
    const recording = runOn([mpi(6)], [parallel(3)], [act(5, lost)]);
    expect(taskMoves(recording, 'j/m1').slice(1)).toEqual([
      '5 requeued nodeFailed',
      `5 running ${node === 'n0' ? 'n1' : 'n0'}`,
      '17 exit 0',
    ]);
    expect(taskResult(recording, 'j/m1')).toBe('completed success retries 0 requeues 0');
    expect(subtasks(recording).filter((line) => line.includes(' 0-5 '))).toHaveLength(2);
  });

  test('MI-09: the wall clock covers coordination and command', () => {
    const cut = (ms: number) => taskMoves(runOn([mpi(2)], [parallel(2, { maxWallClockTimeMs: ms })]), 'j/m1').at(-1);
    expect([cut(1), cut(11), cut(12)]).toEqual(['1 timed out', '11 timed out', '12 exit 0']);
  });

  test('MI-09: its own files and output concern the primary alone: they are fetched once', () => {
    const demands = { ...NO_DEMANDS, downloadBytes: 30, uploadBytes: 20 };
    const recording = runOn([mpi(3, { bandwidth: 10 })], [parallel(3, { demands })]);
    // 3 ms of files, 2 of coordination, 10 of its command, 2 of output.
    expect(gantt(recording)).toEqual(['j/m1 0-17 n0']);
  });

  test.each([
    ['terminateTask', '5 stopped terminateTask'],
    ['deleteTask', '5 deleted'],
  ] as const)('MI-10: %s acts on the primary and, right after it, on the subtasks', (kind, expected) => {
    const recording = runOn([mpi(2)], [parallel(2), tasks('t', [1, 1])], [act(5, onTask(kind))]);
    expect(taskMoves(recording, 'j/m1').at(-1)).toBe(expected);
    expect(subtasks(recording)).toEqual(['1 n1 0-5 completed']);
    expect(gantt(recording).slice(1)).toEqual(['j/t1 5-6 n0', 'j/t2 5-6 n1']);
  });

  test('MI-10: with a process that takes time to stop all nodes are held until then', () => {
    const slow = mpi(2, { timing: latencies({ kill: 4 }) });
    const recording = runOn([slow], [parallel(2), tasks('t', [1, 1])], [act(5, onTask('terminateTask'))]);
    expect(gantt(recording).slice(1)).toEqual(['j/t1 9-10 n0', 'j/t2 9-10 n1']);
  });

  test('MI-11: it is preparing until every one of its nodes is prepared', () => {
    const command = commandOf(6);
    const given = { jobPreparationTask: makeJobPreparation({ command }) };
    const sets = [tasks('t', [1]), parallel(2, { arrival: at(8) })];
    const recording = runOn([mpi(2)], sets, [], given);
    // n0 is prepared since 6, n1 from 8 to 14.
    expect(nodeTasks(recording)).toEqual(['preparation n0 0-6 success', 'preparation n1 8-14 success']);
    expect(taskMoves(recording, 'j/m1')).toEqual(['8 preparing n0', '14 running n0', '26 exit 0']);
  });
});
