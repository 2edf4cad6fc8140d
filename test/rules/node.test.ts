/** Nodes by the words of their rules, where other tests leave a clause open (NODE). */
import { describe, expect, test } from 'vitest';
import {
  makeJobManager,
  makeJobPreparation,
  makeJobRelease,
  type Operation,
  type StartTask,
} from '../../src/model/index.js';
import { nodeIdAt, Replay, type WorldState } from '../../src/recording/index.js';
import { answers, lifeOf, on, preempt, resize, runDeeds } from '../helpers/fleet.js';
import { each, gantt, job, latencies, pool, tasks } from '../helpers/world.js';

type Option = 'requeue' | 'terminate' | 'taskcompletion' | 'retaineddata';
const act = (
  kind: 'rebootNode' | 'reimageNode' | 'deallocateNode',
  option: Option | null = null,
  node = 'n0',
): Operation => ({
  ...{ kind, ...on(node), option },
});
const start: Operation = { kind: 'startNode', ...on('n0') };
const fail = (error: string | null = null): Operation => ({ kind: 'failNode', ...on('n0'), error, recovers: null });
const disable: Operation = { kind: 'disableNodeScheduling', ...on('n0'), option: 'taskcompletion' };
const command = (runtime: number) => ({ runtime: each(runtime), exitCode: each(0), downloadBytes: 0, fault: null });
const startTask = (runtime: number, waitForSuccess = true): StartTask => ({
  ...{ maxTaskRetryCount: 0, waitForSuccess, command: command(runtime) },
});
const work = (...runtimes: number[]) => [job('j', [tasks('t', runtimes)])];
const stopAt = (untilMs: number) => ({ clock: { epochMs: 0, untilMs, tailMs: null } });

describe('what counts as running', () => {
  test('NODE-01 creating, starting, waitingforstarttask, idle', () => {
    const timing = latencies({ alloc: 1, create: 2, start: 3 });
    const recording = runDeeds([pool(1, { ready: false, timing, startTask: startTask(4) })], [], []);
    expect(lifeOf(recording, 0)).toEqual(['1 creating', '3 starting', '6 waitingforstarttask', '10 idle']);
  });

  test('NODE-02 a start task that nobody waits for does not make it running', () => {
    const recording = runDeeds([pool(1, { ready: false, startTask: startTask(40, false) })], [], []);
    expect(lifeOf(recording, 0)).toEqual(['0 creating', '0 starting', '0 idle']);
    expect([recording.nodes.idleMs[0], recording.nodes.runningMs[0]]).toEqual([40, 0]);
  });

  test('NODE-02 a task that prepares makes it running; a release task does not', () => {
    const around = {
      jobPreparationTask: makeJobPreparation({ command: command(20) }),
      jobReleaseTask: makeJobRelease({ command: command(30) }),
      onAllTasksComplete: 'terminatejob',
    } as const;
    const recording = runDeeds([pool(1)], [job('j', [tasks('t', [10])], around)], []);
    // 0-20 preparing, 20-30 running, 30-60 releasing.
    expect([recording.nodes.runningMs[0], recording.nodes.idleMs[0]]).toEqual([30, 30]);
  });

  test('NODE-17 its tasks are counted with the job manager, without start, preparation and release tasks', () => {
    const manager = makeJobManager({ task: tasks('m', [10]), runExclusive: false, killJobOnCompletion: false });
    const around = {
      jobManagerTask: manager,
      jobPreparationTask: makeJobPreparation(),
      jobReleaseTask: makeJobRelease(),
    };
    const nodes = pool(1, { ready: false, taskSlotsPerNode: 4, startTask: startTask(5) });
    const set = tasks('t', [10, 50], { requiredSlots: 2 });
    const recording = runDeeds([nodes], [job('j', [set], around)], []);
    expect(recording.nodes.tasksRun[0]).toBe(3);
    const state = stateAt(recording, 6);
    // The manager takes one slot and the first task two; the second waits for room.
    expect([state.nodeTasks[0], state.nodeUsedSlots[0]]).toEqual([2, 3]);
  });
});

describe('reboot, reimage, deallocate', () => {
  const timing = latencies({ reboot: 30, reimage: 50, start: 7 });

  test.each(['rebootNode', 'reimageNode', 'deallocateNode'] as const)(
    'NODE-07, NODE-09, NODE-10 %s requeues by default, and the task runs elsewhere at once',
    (kind) => {
      const recording = runDeeds([pool(2, { timing })], work(100), [[10, act(kind)]]);
      expect(gantt(recording)).toEqual(['j/t1 10-110 n1']);
      expect([recording.tasks.requeues?.[0], recording.tasks.retries[0]]).toEqual([1, 0]);
    },
  );

  test.each([
    ['reimageNode', '100 reimaging reimageNode'],
    ['deallocateNode', '100 deallocating deallocateNode'],
  ] as const)('NODE-09, NODE-10 %s with taskcompletion waits for the task, and no other begins', (kind, state) => {
    const recording = runDeeds([pool(1, { timing })], work(100, 10), [[10, act(kind, 'taskcompletion')]], stopAt(140));
    expect(lifeOf(recording, 0)[3]).toBe(state);
    expect(gantt(recording)).toEqual(['j/t1 0-100 n0', 'j/t2 active']);
  });

  test.each(['reimageNode', 'deallocateNode'] as const)(
    'NODE-09, NODE-10 %s with terminate completes the task',
    (kind) => {
      const recording = runDeeds([pool(2, { timing })], work(100), [[10, act(kind, 'terminate')]]);
      expect(gantt(recording)).toEqual(['j/t1 0-10 n0']);
    },
  );

  test('NODE-06 unusable and starttaskfailed nodes reboot; waiting, offline, unknown, preempted, leaving, deallocated do not', () => {
    const failing: StartTask = { ...startTask(5), command: { ...command(5), exitCode: each(1, 0) } };
    const recovered = runDeeds([pool(1, { ready: false, startTask: failing })], [], [[10, act('rebootNode')]]);
    expect(answers(recovered)).toEqual(['ok']);
    expect(lifeOf(recovered, 0).at(-1)).toBe('15 idle');

    const spot = (given: Parameters<typeof pool>[1] = {}) =>
      pool(0, { targetLowPriorityNodes: 1, timing: latencies({ replace: 100, leave: 100 }), ...given });
    const refusedAfter = (deed: Operation, given = {}) =>
      runDeeds(
        [spot(given)],
        [],
        [
          [1, deed],
          [2, act('rebootNode')],
        ],
        stopAt(5),
      ).operations[1]?.code;
    const wrong = 'OperationInvalidForCurrentState';
    expect(refusedAfter(disable)).toBe(wrong);
    expect(refusedAfter({ kind: 'loseContact', ...on('n0') })).toBe(wrong);
    expect(refusedAfter(preempt(1))).toBe(wrong);
    expect(refusedAfter(resize(null, 0))).toBe(wrong);
    expect(refusedAfter(act('deallocateNode'))).toBe(wrong);
    expect(refusedAfter({ kind: 'recoverNode', ...on('n0') }, { ready: false, startTask: startTask(9) })).toBe(wrong);
  });

  test('NODE-08 the start task runs again before the node is idle, and the pool is as it was', () => {
    const nodes = pool(1, { timing, ready: false, startTask: startTask(5) });
    const recording = runDeeds([nodes], [], [[20, act('rebootNode')]]);
    expect(lifeOf(recording, 0).slice(4)).toEqual([
      ...['20 rebooting rebootNode', '50 starting', '50 waitingforstarttask', '55 idle'],
    ]);
    expect(recording.resizes).toHaveLength(1);
  });

  test('NODE-08, RSZ-12 the disk survives a reboot: data of earlier tasks is still waited for', () => {
    const kept = job('j', [tasks('t', [10], { retentionTimeMs: 500 })]);
    const recording = runDeeds(
      [pool(1, { timing })],
      [kept],
      [
        [20, act('rebootNode')],
        [100, resize(0, null, 'retaineddata')],
      ],
    );
    expect(recording.nodes.goneMs[0]).toBe(510);
  });

  test('NODE-10 started again it goes through starting and its start task; it is in the target all along', () => {
    const nodes = pool(1, { timing, ready: false, startTask: startTask(5) });
    const recording = runDeeds(
      [nodes],
      [],
      [
        [20, act('deallocateNode')],
        [60, start],
      ],
    );
    expect(lifeOf(recording, 0).slice(4)).toEqual([
      ...[
        '20 deallocating deallocateNode',
        '20 deallocated',
        '60 starting startNode',
        '67 waitingforstarttask',
        '72 idle',
      ],
    ]);
    expect(recording.pools[0]?.targetDedicatedNodes).toBe(1);
    expect(recording.resizes).toHaveLength(1);
  });

  test('NODE-16, NODE-19 a reboot, a reimage and a return leave id and time of allocation, and boot the node anew', () => {
    const spot = pool(0, {
      targetLowPriorityNodes: 1,
      ready: false,
      timing: latencies({ alloc: 5, reboot: 10, reimage: 10 }),
    });
    const recording = runDeeds(
      [spot],
      [],
      [
        [20, act('rebootNode')],
        [40, act('reimageNode')],
        [60, preempt(1)],
      ],
    );
    const boots = lifeOf(recording, 0).filter((line) => line.includes(' starting'));
    expect(boots).toEqual(['5 starting', '30 starting', '50 starting', '60 starting']);
    expect([recording.nodes.count, recording.nodes.createdMs[0]]).toEqual([1, 5]);
    expect(nodeIdAt(recording, 0)).toMatch(/^tvmps_[0-9a-f]{64}_p$/);
  });
});

describe('loss', () => {
  test('NODE-11 a task that prepares goes back too, and no counter tells', () => {
    const spot = pool(0, { targetLowPriorityNodes: 1, timing: latencies({ replace: 5 }) });
    const prepared = job('j', [tasks('t', [10])], { jobPreparationTask: makeJobPreparation({ command: command(20) }) });
    const recording = runDeeds([spot], [prepared], [[10, preempt(1)]]);
    // Back at 15, prepared anew until 35.
    expect(gantt(recording)).toEqual(['j/t1 35-45 n0']);
    expect([
      recording.tasks.retries[0],
      recording.tasks.requeues?.[0] ?? 0,
      recording.tasks.interruptions?.[0],
    ]).toEqual([...[0, 0, 1]]);
  });

  test('NODE-12 it comes back under its ordinal, through its start task', () => {
    const timing = latencies({ replace: 5, create: 2, start: 3 });
    const spot = pool(0, { targetLowPriorityNodes: 1, ready: false, timing, startTask: startTask(4) });
    const recording = runDeeds([spot], [], [[20, preempt(1)]]);
    expect(lifeOf(recording, 0).slice(4)).toEqual([
      ...['20 preempted preempted', '25 creating replaced', '27 starting', '30 waitingforstarttask', '34 idle'],
    ]);
  });

  test('NODE-14 without an error it is recovered by a reboot and its start task; with one it is not', () => {
    const timing = latencies({ recover: 100, reboot: 10 });
    const nodes = pool(1, { timing, ready: false, startTask: startTask(4) });
    expect(lifeOf(runDeeds([nodes], [], [[20, fail()]]), 0).slice(4)).toEqual([
      ...['20 unusable hostFailure', '120 rebooting recovered', '130 starting', '130 waitingforstarttask', '134 idle'],
    ]);
    for (const error of ['ApplicationPackageError', 'ContainerImagePullFailed', 'MountConfigurationError', 'DiskFull'])
      expect(lifeOf(runDeeds([nodes], [], [[20, fail(error)]]), 0).slice(4)).toEqual([`20 unusable ${error}`]);
  });

  test('NODE-15 a full disk sends its tasks back to the queue', () => {
    const recording = runDeeds([pool(2)], work(100), [[10, fail('DiskFull')]]);
    expect(lifeOf(recording, 0).at(-1)).toBe('10 unusable DiskFull');
    expect(gantt(recording)).toEqual(['j/t1 10-110 n1']);
    expect([recording.tasks.retries[0], recording.tasks.interruptions?.[0]]).toEqual([0, 1]);
  });

  test('NODE-13 unknown first, unusable then: the task is requeued only when the node is given up', () => {
    const recording = runDeeds([pool(2)], work(100), [
      [10, { kind: 'loseContact', ...on('n0') }],
      [50, fail('NodeRecoveryFailed')],
    ]);
    expect(lifeOf(recording, 0).slice(3)).toEqual(['10 unknown contactLost', '50 unusable NodeRecoveryFailed']);
    expect(gantt(recording)).toEqual(['j/t1 50-150 n1']);
  });

  test('NODE-21 a dedicated node is never preempted, though its host may fail', () => {
    const mixed = pool(1, { targetLowPriorityNodes: 1, timing: latencies({ replace: 1000 }) });
    const recording = runDeeds(
      [mixed],
      [],
      [
        [10, preempt(2)],
        [20, fail('DiskFull')],
      ],
    );
    expect(lifeOf(recording, 0).slice(3)).toEqual(['20 unusable DiskFull']);
    expect(lifeOf(recording, 1).slice(3, 4)).toEqual(['10 preempted preempted']);
  });

  test('NODE-22 preempt, fail, lose contact and host reboot each strike the node of their ordinal', () => {
    const spot = pool(0, {
      targetLowPriorityNodes: 4,
      timing: latencies({ replace: 1000, recover: 1000, reboot: 30 }),
    });
    const recording = runDeeds(
      [spot],
      [],
      [
        [1, { kind: 'preemptNodes', poolId: 'p', count: null, nodes: ['n3'] }],
        [1, { kind: 'failNode', ...on('n2'), error: null, recovers: null }],
        [1, { kind: 'loseContact', ...on('n1') }],
        [1, { kind: 'hostReboot', ...on('n0') }],
      ],
      stopAt(20),
    );
    expect([0, 1, 2, 3].map((node) => lifeOf(recording, node)[3])).toEqual([
      ...['1 rebooting hostReboot', '1 unknown contactLost', '1 unusable hostFailure', '1 preempted preempted'],
    ]);
  });
});

describe('scheduling', () => {
  test('NODE-03 a new node is enabled; NODE-04 it keeps running while its task does', () => {
    const recording = runDeeds([pool(1)], work(100), [[10, disable]]);
    const state = stateAt(recording, 50);
    expect(state.nodeDisabled[0]).toBe(1);
    expect([recording.nodes.runningMs[0], lifeOf(recording, 0).at(-1)]).toEqual([100, '100 offline disableScheduling']);
    expect(stateAt(recording, 5).nodeDisabled[0]).toBe(0);
  });

  test('NODE-04 requeue is the default', () => {
    const recording = runDeeds([pool(2)], work(100), [
      [10, { kind: 'disableNodeScheduling', ...on('n0'), option: null }],
    ]);
    expect(gantt(recording)).toEqual(['j/t1 10-110 n1']);
    expect(lifeOf(recording, 0).at(-1)).toBe('10 offline disableScheduling');
  });

  test('NODE-20 a user is gone with the VM that was taken away', () => {
    const spot = pool(0, { targetLowPriorityNodes: 1 });
    const user = (kind: 'addNodeUser' | 'deleteNodeUser'): Operation => ({ kind, ...on('n0'), userName: 'ada' });
    const recording = runDeeds(
      [spot],
      [],
      [
        [1, user('addNodeUser')],
        [2, preempt(1)],
        [3, user('deleteNodeUser')],
      ],
    );
    expect(answers(recording)).toEqual(['ok', 'ok', 'NodeUserNotFound']);
  });
});

/** The world when all of an instant has happened. */
function stateAt(recording: ReturnType<typeof runDeeds>, atMs: number): WorldState {
  const replay = new Replay(recording);
  while (replay.nextMs <= atMs) replay.step();
  return replay.state;
}
