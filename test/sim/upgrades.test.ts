/** Upgrades of the operating system by the policy of the pool (POOL-21, POOL-05). */
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_ROLLING_UPGRADE,
  type Operation,
  type Pool,
  type RollingUpgrade,
  type StartTask,
  type UpgradePolicy,
} from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { answers, type Deed, lifeOf, on, preempt, runDeeds } from '../helpers/fleet.js';
import { each, gantt, job, latencies, pool, tasks } from '../helpers/world.js';

const timing = latencies({ reimage: 40 });
const upgrade = (nodes: readonly string[] | null = null): Operation => ({ kind: 'upgradeOs', poolId: 'p', nodes });
const policy = (mode: UpgradePolicy['mode'], rolling: Partial<RollingUpgrade> = {}) => ({
  upgradePolicy: { mode, rolling: { ...DEFAULT_ROLLING_UPGRADE, ...rolling } },
});
const rolling = (percent: number, given: Partial<RollingUpgrade> = {}) =>
  policy('rolling', { maxBatchInstancePercent: percent, maxUnhealthyInstancePercent: 100, ...given });
const until = (untilMs: number) => ({ clock: { epochMs: 0, untilMs, tailMs: null } });

/** When each node went down for an upgrade, by ordinal; -1: it did not. */
function downs(recording: Recording): number[] {
  return Array.from({ length: recording.nodes.count }, (_, node) =>
    Number(
      lifeOf(recording, node)
        .find((line) => line.includes('upgradingos'))
        ?.split(' ')[0] ?? -1,
    ),
  );
}
function upgraded(count: number, given: Partial<Pool>, deeds: readonly Deed[] = [[10, upgrade()]]): number[] {
  return downs(runDeeds([pool(count, { timing, ...given })], [], deeds));
}

test('POOL-21 automatic brings all nodes down at once, and so does a pool without a policy', () => {
  expect(upgraded(3, policy('automatic'))).toEqual([10, 10, 10]);
  expect(upgraded(3, {})).toEqual([10, 10, 10]);
});

test('POOL-21 manual leaves the nodes alone but for those that are named, which any mode takes at once', () => {
  expect(upgraded(3, policy('manual'))).toEqual([-1, -1, -1]);
  expect(upgraded(3, policy('manual'), [[10, upgrade(['n2', 'n0', 'n2'])]])).toEqual([10, -1, 10]);
  expect(upgraded(3, rolling(34), [[10, upgrade(['n1', 'n2'])]])).toEqual([-1, 10, 10]);
  const answered = runDeeds([pool(1)], [], [[10, upgrade(['n0', 'n7'])]]);
  expect([answers(answered), downs(answered)]).toEqual([['NodeNotFound'], [-1]]);
});

describe('rolling', () => {
  test.each([
    [5, 40, [10, 10, 50, 50, 90]],
    [5, 20, [10, 50, 90, 130, 170]],
    [5, 5, [10, 50, 90, 130, 170]],
    [5, 79, [10, 10, 10, 50, 50]],
    [3, 100, [10, 10, 10]],
  ])('POOL-21 %i nodes, %i %% of them at a time: the next batch when the last is up', (count, percent, expected) => {
    expect(upgraded(count, rolling(percent))).toEqual(expected);
  });

  test('POOL-21 between two batches there may be a pause, after the last there is none', () => {
    const recording = runDeeds([pool(3, { timing, ...rolling(34, { pauseMs: 100 }) })], [], [[10, upgrade()]]);
    expect(downs(recording)).toEqual([10, 150, 290]);
    expect(recording.run.endMs).toBe(330);
  });

  test('POOL-21 nodes that take no time to come up follow each other at once', () => {
    expect(upgraded(4, { ...rolling(25), timing: latencies({}) })).toEqual([10, 10, 10, 10]);
  });

  test('POOL-21, POOL-05 tasks of the batch are requeued, and run on nodes that are up; the others go on', () => {
    const nodes = pool(2, { timing, ...rolling(50) });
    const recording = runDeeds([nodes], [job('j', [tasks('t', [30, 100])])], [[10, upgrade()]]);
    // t1 is requeued at 10 and back on n0 at 50; at that instant n1 goes down, t2 waits for it.
    expect(gantt(recording)).toEqual(['j/t1 50-80 n0', 'j/t2 80-180 n0']);
    expect([recording.tasks.requeues?.[0], recording.tasks.requeues?.[1]]).toEqual([1, 1]);
    expect(downs(recording)).toEqual([10, 50]);
  });

  test('POOL-21 a node that is preempted or removed meanwhile holds no batch up', () => {
    const spot = pool(0, {
      targetLowPriorityNodes: 3,
      timing: latencies({ reimage: 40, replace: 500 }),
      ...rolling(34),
    });
    const gone: Operation = {
      kind: 'removeNodes',
      poolId: 'p',
      nodes: ['n1'],
      resizeTimeoutMs: null,
      nodeDeallocationOption: null,
    };
    const deeds = [
      [10, upgrade()],
      [20, preempt(1)],
      [35, gone],
    ] as const;
    expect(downs(runDeeds([spot], [], deeds, until(300)))).toEqual([10, 20, 35]);
  });

  test('POOL-21 nodes that come later have the new version; a second upgrade waits for the end of the first', () => {
    const deeds = [
      [10, upgrade()],
      [
        20,
        {
          kind: 'resizePool',
          poolId: 'p',
          targetDedicatedNodes: 3,
          targetLowPriorityNodes: null,
          resizeTimeoutMs: null,
          nodeDeallocationOption: null,
        },
      ],
      [60, upgrade()],
      [95, upgrade()],
    ] as const;
    const recording = runDeeds([pool(2, { timing, ...rolling(50) })], [], deeds);
    expect(answers(recording)).toEqual(['ok', 'ok', 'UpgradePoolVersionConflict', 'ok']);
    // The second: three nodes, one at a time.
    expect(downs(recording)).toEqual([10, 50, 175]);
  });

  test('POOL-21 a pool that is being deleted is upgraded no further', () => {
    const recording = runDeeds(
      [pool(2, { timing, ...rolling(50) })],
      [],
      [
        [10, upgrade()],
        [20, { kind: 'deletePool', poolId: 'p' }],
      ],
    );
    expect(downs(recording)).toEqual([10, -1]);
  });
});

describe('health', () => {
  const fail = (node: string): Operation => ({ kind: 'failNode', ...on(node), error: 'DiskFull', recovers: null });

  test('POOL-21 with more nodes unhealthy than maxUnhealthyInstancePercent no batch begins', () => {
    const downAt = (percent: number) =>
      upgraded(4, rolling(25, { maxUnhealthyInstancePercent: percent }), [
        [10, upgrade()],
        [20, fail('n3')],
      ]);
    expect(downAt(25)).toEqual([10, 50, 90, -1]);
    expect(downAt(24)).toEqual([10, -1, -1, -1]);
  });

  test('POOL-21 nor with more of the upgraded nodes than maxUnhealthyUpgradedInstancePercent', () => {
    const startTask: StartTask = {
      ...{ maxTaskRetryCount: 0, waitForSuccess: true },
      command: { runtime: each(1), exitCode: each(0, 1), downloadBytes: 0, fault: null },
    };
    const downAt = (percent: number) =>
      upgraded(4, { startTask, ready: false, ...rolling(25, { maxUnhealthyUpgradedInstancePercent: percent }) });
    // Every start task fails after the upgrade.
    expect(downAt(99)).toEqual([10, -1, -1, -1]);
    expect(downAt(100)).toEqual([10, 51, 92, 133]);
  });

  test('POOL-21 prioritizeUnhealthyInstances: nodes whose start task failed come first', () => {
    const failing: StartTask = {
      ...{ maxTaskRetryCount: 0, waitForSuccess: true },
      command: { runtime: each(1), exitCode: each(0), downloadBytes: 0, fault: null },
    };
    const nodeModels = new Map([[2, { startTask: { ...failing.command, exitCode: each(1) } }]]);
    const given = (prioritizeUnhealthyInstances: boolean) => ({
      ...{ startTask: failing, nodeModels, ready: false },
      ...rolling(34, { prioritizeUnhealthyInstances, maxUnhealthyUpgradedInstancePercent: 100 }),
    });
    expect(upgraded(3, given(true))).toEqual([51, 92, 10]);
    expect(upgraded(3, given(false))).toEqual([10, 51, 92]);
  });
});
