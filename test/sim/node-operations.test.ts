/** What users do to nodes (NODE-03 to NODE-10, NODE-20). */
import { describe, expect, test } from 'vitest';
import { DEFAULT_OPTIONS, type NodeDeallocationOption, type Operation } from '../../src/model/index.js';
import { answers, lifeOf, on, resize, runDeeds } from '../helpers/fleet.js';
import { gantt, job, latencies, logged, pool, tasks } from '../helpers/world.js';

type SchedulingOption = 'requeue' | 'terminate' | 'taskcompletion';

const disable = (node = 'n0', option: SchedulingOption | null = null): Operation => ({
  ...{ kind: 'disableNodeScheduling', ...on(node), option },
});
const enable = (node = 'n0'): Operation => ({ kind: 'enableNodeScheduling', ...on(node) });
const restart = (
  kind: 'rebootNode' | 'reimageNode' | 'deallocateNode',
  option: NodeDeallocationOption | null = null,
): Operation => ({ kind, ...on('n0'), option });
const start: Operation = { kind: 'startNode', ...on('n0') };
const user = (kind: 'addNodeUser' | 'updateNodeUser' | 'deleteNodeUser', userName = 'ada'): Operation => ({
  ...{ kind, ...on('n0'), userName },
});

describe('scheduling', () => {
  const work = () => [job('j', [tasks('t', [100])])];

  test('NODE-04, NODE-05 an idle node is offline at once, and idle again when it is enabled', () => {
    const recording = runDeeds(
      [pool(1)],
      [],
      [
        [10, disable()],
        [20, enable()],
      ],
    );
    expect(lifeOf(recording, 0).slice(3)).toEqual(['10 offline disableScheduling', '20 idle enableScheduling']);
    expect(logged(recording, 'nodeScheduling', true)).toEqual(['10 0 0', '20 0 1']);
  });

  test('NODE-04 requeue: the task runs on another node at once and counts a requeue', () => {
    const recording = runDeeds([pool(2)], work(), [[10, disable()]]);
    expect(gantt(recording)).toEqual(['j/t1 10-110 n1']);
    expect(recording.tasks.requeues?.[0]).toBe(1);
  });

  test('NODE-04 terminate: the task is completed', () => {
    expect(gantt(runDeeds([pool(2)], work(), [[10, disable('n0', 'terminate')]]))).toEqual(['j/t1 0-10 n0']);
  });

  test('NODE-04 taskcompletion: it stays running, takes nothing more, and is offline after its task', () => {
    const jobs = [job('j', [tasks('t', [50, 70])])];
    const recording = runDeeds([pool(1, { taskSlotsPerNode: 1 })], jobs, [[10, disable('n0', 'taskcompletion')]]);
    expect(gantt(recording)).toEqual(['j/t1 0-50 n0', 'j/t2 active']);
    expect(lifeOf(recording, 0).slice(3)).toEqual(['50 offline disableScheduling']);
  });

  test('NODE-05 one that is enabled while it drains takes tasks again', () => {
    const jobs = [job('j', [tasks('t', [50, 70])])];
    const recording = runDeeds([pool(1)], jobs, [
      [10, disable('n0', 'taskcompletion')],
      [60, enable()],
    ]);
    expect(gantt(recording)).toEqual(['j/t1 0-50 n0', 'j/t2 60-130 n0']);
  });

  test('NODE-03 disable needs enabled, enable needs disabled', () => {
    const recording = runDeeds(
      [pool(1)],
      [],
      [
        [1, enable()],
        [2, disable()],
        [3, disable()],
        [4, disable('n9')],
      ],
    );
    expect(answers(recording)).toEqual([
      ...['NodeAlreadyInTargetSchedulingState', 'ok', 'NodeAlreadyInTargetSchedulingState', 'NodeNotFound'],
    ]);
  });

  test('NODE-04, NODE-08 a node that is disabled before it is ready is offline when it would be idle', () => {
    const timing = latencies({ start: 20 });
    const recording = runDeeds([pool(1, { ready: false, timing })], [], [[10, disable()]]);
    expect(lifeOf(recording, 0)).toEqual(['0 creating', '0 starting', '20 offline']);
  });
});

describe('reboot and reimage', () => {
  const timing = latencies({ reboot: 30, reimage: 50, create: 3, start: 4 });
  const work = () => [job('j', [tasks('t', [100])])];

  test('NODE-07, NODE-08 requeue: rebooting for `reboot`, starting in no time, idle; the task begins anew', () => {
    const recording = runDeeds([pool(1, { timing })], work(), [[10, restart('rebootNode')]]);
    expect(lifeOf(recording, 0).slice(3)).toEqual(['10 rebooting rebootNode', '40 starting', '40 idle']);
    expect(gantt(recording)).toEqual(['j/t1 40-140 n0']);
    expect(recording.tasks.requeues?.[0]).toBe(1);
    expect(recording.nodes.bootingMs[0]).toBe(30);
  });

  test('NODE-07 taskcompletion: the node stays running and takes no new task until its own has ended', () => {
    const jobs = [job('j', [tasks('t', [100, 5])])];
    const recording = runDeeds([pool(1, { timing })], jobs, [[10, restart('rebootNode', 'taskcompletion')]]);
    expect(gantt(recording)).toEqual(['j/t1 0-100 n0', 'j/t2 130-135 n0']);
    expect(lifeOf(recording, 0)[3]).toBe('100 rebooting rebootNode');
  });

  test('NODE-07, RSZ-12 retaineddata: also until the data of its tasks may go', () => {
    const jobs = [job('j', [tasks('t', [100], { retentionTimeMs: 200 })])];
    const recording = runDeeds([pool(1, { timing })], jobs, [[10, restart('rebootNode', 'retaineddata')]]);
    expect(lifeOf(recording, 0)[3]).toBe('300 rebooting rebootNode');
  });

  test('NODE-07 terminate: its task is completed', () => {
    const recording = runDeeds([pool(1, { timing })], work(), [[10, restart('rebootNode', 'terminate')]]);
    expect(gantt(recording)).toEqual(['j/t1 0-10 n0']);
  });

  test('NODE-09 reimage takes its own time and loses the data: nothing is retained any more', () => {
    const jobs = [job('j', [tasks('t', [5], { retentionTimeMs: 10_000 })])];
    const recording = runDeeds([pool(1, { timing })], jobs, [
      [10, restart('reimageNode')],
      [100, resize(0, null, 'retaineddata')],
    ]);
    expect(lifeOf(recording, 0).slice(3)).toEqual([
      ...['10 reimaging reimageNode', '60 starting', '60 idle', '100 leavingpool resize', '100 gone resize'],
    ]);
  });

  test('NODE-09 allowReimage: false refuses it', () => {
    const options = { ...DEFAULT_OPTIONS, allowReimage: false };
    expect(answers(runDeeds([pool(1)], [], [[1, restart('reimageNode')]], { options }))).toEqual([
      'OperationNotValidOnNode',
    ]);
  });

  test('NODE-06 each state in which a node cannot reboot says which it is', () => {
    const growing = pool(1, { ready: false, timing: latencies({ create: 10, start: 10, reboot: 10, reimage: 10 }) });
    const recording = runDeeds(
      [growing],
      [],
      [
        [5, restart('rebootNode')],
        [15, restart('rebootNode')],
        [20, restart('rebootNode')],
        [25, restart('rebootNode')],
        [30, restart('reimageNode')],
        [35, restart('reimageNode')],
        [45, disable()],
        [46, restart('rebootNode')],
      ],
    );
    expect(answers(recording)).toEqual([
      ...['NodeBeingCreated', 'NodeBeingStarted', 'ok', 'NodeBeingRebooted', 'ok', 'NodeBeingReimaged', 'ok'],
      'OperationInvalidForCurrentState',
    ]);
  });

  test('NODE-06 rebootUnusable: an unusable node is rebooted, unless the option says no', () => {
    const fail = { kind: 'failNode', ...on('n0'), error: 'DiskFull', recovers: null } as const;
    const deeds = [
      [1, fail],
      [5, restart('rebootNode')],
    ] as const;
    expect(lifeOf(runDeeds([pool(1, { timing })], [], deeds), 0).slice(3)).toEqual([
      ...['1 unusable DiskFull', '5 rebooting rebootNode', '35 starting', '35 idle'],
    ]);
    const options = { ...DEFAULT_OPTIONS, rebootUnusable: false };
    expect(answers(runDeeds([pool(1)], [], deeds, { options }))).toEqual(['ok', 'NodeStateUnusable']);
  });

  test('NODE-08, NODE-04 a node disabled while it drains for a reboot comes back offline', () => {
    const recording = runDeeds([pool(1, { timing })], work(), [
      [10, restart('rebootNode', 'taskcompletion')],
      [20, disable('n0', 'taskcompletion')],
    ]);
    expect(lifeOf(recording, 0).slice(3)).toEqual(['100 rebooting rebootNode', '130 starting', '130 offline']);
  });
});

describe('deallocate and start', () => {
  test('NODE-10, BILL-05 the VM is given back when its task is off, stays in the pool, and is not charged', () => {
    const timing = latencies({ start: 7 });
    const recording = runDeeds(
      [pool(1, { timing })],
      [job('j', [tasks('t', [100])])],
      [
        [10, restart('deallocateNode')],
        [50, start],
      ],
    );
    expect(lifeOf(recording, 0).slice(3)).toEqual([
      ...['10 deallocating deallocateNode', '10 deallocated', '50 starting startNode', '57 idle'],
    ]);
    expect(gantt(recording)).toEqual(['j/t1 57-157 n0']);
    const { runningMs, idleMs, bootingMs } = recording.nodes;
    expect([runningMs[0], idleMs[0], bootingMs[0]]).toEqual([110, 0, 7]);
    expect(recording.pools[0]?.targetDedicatedNodes).toBe(1);
  });

  test('NODE-10 only an idle or running node is deallocated, only a deallocated one is started', () => {
    const recording = runDeeds(
      [pool(1)],
      [],
      [
        [1, start],
        [2, restart('deallocateNode')],
        [3, restart('deallocateNode')],
        [4, restart('rebootNode')],
        [5, start],
      ],
    );
    const wrong = 'OperationInvalidForCurrentState';
    expect(answers(recording)).toEqual([wrong, 'ok', wrong, wrong, 'ok']);
  });
});

test('NODE-20 users are added, changed and deleted only while the node is idle or running', () => {
  const recording = runDeeds(
    [pool(1)],
    [],
    [
      [1, user('addNodeUser')],
      [2, user('addNodeUser', 'ADA')],
      [3, user('updateNodeUser')],
      [4, user('deleteNodeUser', 'bob')],
      [5, disable()],
      [6, user('deleteNodeUser')],
      [7, enable()],
      [8, user('deleteNodeUser')],
      [9, user('addNodeUser', '')],
    ],
  );
  expect(answers(recording)).toEqual([
    ...['ok', 'NodeUserExists', 'ok', 'NodeUserNotFound', 'ok', 'OperationInvalidForCurrentState', 'ok', 'ok'],
    'MissingRequiredProperty',
  ]);
  expect(recording.operations.map(({ status }) => status)).toEqual([201, 409, 200, 404, 200, 409, 200, 200, 400]);
});
