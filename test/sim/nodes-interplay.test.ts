/** What happens to nodes while something else goes on: rules that meet. */
import { describe, expect, test } from 'vitest';
import { INSTANT_COMMAND, makeJobPreparation, makeJobRelease, TIMING_TYPICAL } from '../../src/model/index.js';
import { answers, lifeOf, on, preempt, resize, resizesOf, runDeeds } from '../helpers/fleet.js';
import { at, each, gantt, job, latencies, pool, tasks } from '../helpers/world.js';

const MINUTE = 60_000;
const runs = (ms: number) => ({ ...INSTANT_COMMAND, runtime: each(ms) });

describe('with preparation and release', () => {
  test('NODE-11, PREP-09 preempted during preparation: the task waits, and the node is prepared anew when it returns', () => {
    const nodes = pool(0, { targetLowPriorityNodes: 1, timing: latencies({ replace: 40 }) });
    const prepared = job('j', [tasks('t', [10])], { jobPreparationTask: makeJobPreparation({ command: runs(20) }) });
    const recording = runDeeds([nodes], [prepared], [[5, preempt(1)]]);
    expect(gantt(recording)).toEqual(['j/t1 65-75 n0']);
    expect(recording.nodeTasks.at(-1)).toMatchObject({
      kind: 'preparation',
      startMs: 45,
      endMs: 65,
      result: 'success',
    });
    expect(recording.tasks.interruptions?.[0]).toBe(1);
  });

  test('NODE-08, PREP-14 rebooted during release: it runs again when the node is back, and the job waits for it', () => {
    const ending = job('j', [tasks('t', [10])], {
      jobPreparationTask: makeJobPreparation(),
      jobReleaseTask: makeJobRelease({ command: runs(100) }),
      onAllTasksComplete: 'terminatejob',
    });
    const recording = runDeeds(
      [pool(1, { timing: latencies({ reboot: 30 }) })],
      [ending],
      [[50, { kind: 'rebootNode', ...on('n0'), option: null }]],
    );
    expect(recording.jobs[0]).toMatchObject({ state: 'completed', endMs: 180 });
  });

  test('RSZ-12, PREP-11 a node that is removed during release takes it with it', () => {
    const ending = job('j', [tasks('t', [10])], {
      jobPreparationTask: makeJobPreparation(),
      jobReleaseTask: makeJobRelease({ command: runs(100) }),
      onAllTasksComplete: 'terminatejob',
    });
    const recording = runDeeds([pool(1)], [ending], [[50, resize(0)]]);
    expect(recording.jobs[0]).toMatchObject({ state: 'completed', endMs: 50 });
  });
});

describe('resizes that meet', () => {
  test('RSZ-04 quota that comes free while a resize waits does not make it larger', () => {
    const waiting = pool(3, { ready: false, timing: latencies({ alloc: 100 }) });
    const recording = runDeeds(
      [pool(1, { id: 'q' }), waiting],
      [],
      [[50, { ...resize(0), poolId: 'q' } as ReturnType<typeof resize>]],
      { account: { dedicatedCoreQuota: 12 } },
    );
    expect(resizesOf(recording)[1]).toBe('0-100 created +2+0-0 AccountCoreQuotaReached');
    expect(recording.nodes.count).toBe(3);
  });

  test('RSZ-14, RSZ-18 one timeout for both ways: what has not come is given up, what is busy stays', () => {
    const nodes = pool(1, { timing: latencies({ alloc: 20 * MINUTE }) });
    const busy = [job('j', [tasks('t', [60 * MINUTE])])];
    const timeoutMs = 15 * MINUTE + 10;
    const recording = runDeeds([nodes], busy, [[10, resize(0, 1, 'taskcompletion')]]);
    expect(resizesOf(recording).slice(1)).toEqual([
      `10-${timeoutMs} resize +0+1-1 AllocationTimedout RemoveNodesFailed`,
      `${timeoutMs}-${timeoutMs + 20 * MINUTE} restore +0+1-0`, // RSZ-09
    ]);
    expect(lifeOf(recording, 0).at(-1)).toBe(`${timeoutMs} idle resizeTimeout`);
  });

  test('RSZ-13, NODE-06, NODE-13 a node on its way out is not rebooted; if it is lost, its task is interrupted and it leaves at once', () => {
    const recording = runDeeds(
      [pool(1)],
      [job('j', [tasks('t', [100])])],
      [
        [10, resize(0, null, 'taskcompletion')],
        [20, { kind: 'rebootNode', ...on('n0'), option: null }],
        [30, { kind: 'failNode', ...on('n0'), error: null, recovers: null }],
      ],
    );
    const wrong = 'OperationInvalidForCurrentState';
    expect(answers(recording)).toEqual(['ok', wrong, 'ok']);
    expect(gantt(recording)).toEqual(['j/t1 active']);
    expect(recording.nodes.goneMs[0]).toBe(30);
  });

  test('RSZ-13, NODE-07 removal takes the place of a reboot that waits for tasks', () => {
    const recording = runDeeds(
      [pool(1)],
      [job('j', [tasks('t', [100])])],
      [
        [10, { kind: 'rebootNode', ...on('n0'), option: 'taskcompletion' }],
        [20, resize(0, null, 'taskcompletion')],
      ],
    );
    expect(lifeOf(recording, 0).slice(3)).toEqual(['20 leavingpool resize', '100 gone resize']);
  });
});

describe('changes that wait, and what comes between', () => {
  const retained = () => [job('j', [tasks('t', [5], { retentionTimeMs: 95 }), tasks('u', [1], { arrival: at(300) })])];
  const reimage = { kind: 'reimageNode', ...on('n0'), option: 'retaineddata' } as const;

  test('NODE-07, NODE-12 a node that is preempted while it drains takes tasks when it returns', () => {
    const nodes = pool(0, { targetLowPriorityNodes: 1, timing: latencies({ replace: 40 }) });
    const recording = runDeeds(
      [nodes],
      [job('j', [tasks('t', [100])])],
      [
        [10, { kind: 'rebootNode', ...on('n0'), option: 'taskcompletion' }],
        [20, preempt(1)],
      ],
    );
    expect(gantt(recording)).toEqual(['j/t1 60-160 n0']);
  });

  test('NODE-04, NODE-09 one that is disabled while it waits for data is reimaged, and offline then', () => {
    const disable = { kind: 'disableNodeScheduling', ...on('n0'), option: null } as const;
    const recording = runDeeds([pool(1)], retained(), [
      [10, reimage],
      [20, disable],
    ]);
    expect(lifeOf(recording, 0).slice(3)).toEqual(['100 reimaging reimageNode', '100 starting', '100 offline']);
  });

  test('NODE-13, NODE-09 what waits for data while contact is lost follows when it is back', () => {
    const recording = runDeeds([pool(1)], retained(), [
      [10, reimage],
      [50, { kind: 'loseContact', ...on('n0') }],
      [200, { kind: 'recoverNode', ...on('n0') }],
    ]);
    expect(
      lifeOf(recording, 0)
        .slice(3)
        .map((line) => line.split(' ').slice(0, 2).join(' ')),
    ).toEqual([...['50 unknown', '200 idle', '200 reimaging', '200 starting', '200 idle']]);
    expect(gantt(recording)[1]).toBe('j/u1 300-301 n0');
  });
});

describe('multi-instance tasks', () => {
  const gang = () =>
    job('j', [
      tasks('t', [100], {
        multiInstance: { numberOfInstances: 2, coordination: INSTANT_COMMAND, commonDownloadBytes: 0 },
      }),
    ]);

  test('RSZ-12, MI a removal of one node requeues the task from both, once', () => {
    const nodes = pool(3, { enableInterNodeCommunication: true });
    const recording = runDeeds(
      [nodes],
      [gang()],
      [[10, { kind: 'removeNodes', poolId: 'p', nodes: ['n1'], resizeTimeoutMs: null, nodeDeallocationOption: null }]],
    );
    expect(gantt(recording)).toEqual(['j/t1 10-110 n0']);
    expect(recording.tasks.requeues?.[0]).toBe(1);
    expect(lifeOf(recording, 1).at(-1)).toBe('10 gone removeNodes');
  });

  test('POOL-16, MI a pool that is deleted lets go of all its nodes', () => {
    const nodes = pool(2, { enableInterNodeCommunication: true });
    const recording = runDeeds([nodes], [gang()], [[10, { kind: 'deletePool', poolId: 'p' }]]);
    expect(recording.pools[0]?.deletedMs).toBe(10);
    expect(recording.tasks.requeues?.[0]).toBe(1);
  });
});

describe('typical timing', () => {
  test('SIM-06 row 12: a node is gone a minute after it is free', () => {
    const recording = runDeeds([pool(1, { timing: TIMING_TYPICAL })], [], [[1000, resize(0)]]);
    expect(lifeOf(recording, 0).slice(3)).toEqual(['1000 leavingpool resize', '61000 gone resize']);
  });

  test('SIM-06 rows 30 and 31: a reimage takes two minutes more than a reboot, which takes as long as a boot', () => {
    const downFor = (kind: 'rebootNode' | 'reimageNode') => {
      const recording = runDeeds(
        [pool(1, { timing: TIMING_TYPICAL })],
        [],
        [[1000, { kind, ...on('n0'), option: null }]],
      );
      return recording.nodes.bootingMs[0] as number;
    };
    const reboot = downFor('rebootNode');
    expect(reboot).toBeGreaterThan(20_000);
    expect(reboot).toBeLessThan(300_000);
    expect(downFor('reimageNode')).toBe(reboot + 120_000);
  });

  test('SIM-06 rows 5 and 6: a managed image makes resize and boot longer, a gallery image neither', () => {
    const ready = (image: 'marketplace' | 'gallery' | 'managed') => {
      const nodes = pool(1, { ready: false, timing: TIMING_TYPICAL, image });
      const { createdMs, readyMs } = runDeeds([nodes], [], []).nodes;
      return [createdMs[0] as number, (readyMs[0] as number) - (createdMs[0] as number)] as const;
    };
    const [alloc, boot] = ready('marketplace');
    expect(ready('gallery')).toEqual([alloc, boot]);
    expect(ready('managed')).toEqual([Math.floor(alloc * 1.33 + 0.5), Math.floor(boot * 1.4 + 0.5)]);
  });
});

test('SIM-02, NODE-12 a task that arrives when its node returns is placed at that instant', () => {
  const nodes = pool(0, { targetLowPriorityNodes: 1, timing: latencies({ replace: 40 }) });
  const late = job('j', [tasks('t', [5])], { arrival: at(50) });
  expect(gantt(runDeeds([nodes], [late], [[10, preempt(1)]]))).toEqual(['j/t1 50-55 n0']);
});
