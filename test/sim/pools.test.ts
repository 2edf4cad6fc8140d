/** Pools that are changed and deleted, and pools that jobs bring along (POOL-14 to POOL-19, AUTO-03, AUTO-04, ACC-11). */
import { describe, expect, test } from 'vitest';
import type { AutoPool, Operation } from '../../src/model/index.js';
import { answers, lifeOf, remove, resize, resizesOf, runDeeds } from '../helpers/fleet.js';
import { gantt, job, latencies, logged, pool, tasks } from '../helpers/world.js';

const drop: Operation = { kind: 'deletePool', poolId: 'p' };

describe('deleting', () => {
  const timing = latencies({ leave: 5 });
  const work = () => [job('j', [tasks('t', [100])])];

  test('POOL-16 tasks are requeued, nodes leave, then the pool disappears; its tasks stay active', () => {
    const recording = runDeeds([pool(2, { timing })], work(), [[10, drop]]);
    expect(logged(recording, 'poolDeleting')).toEqual(['10 0']);
    expect(logged(recording, 'poolDeleted')).toEqual(['15 0']);
    expect(lifeOf(recording, 0).slice(3)).toEqual(['10 leavingpool poolDeleted', '15 gone poolDeleted']);
    expect(resizesOf(recording)[1]).toBe('10-15 deletePool +0+0-2');
    expect(recording.pools[0]).toMatchObject({ state: 'deleted', deletedMs: 15 });
    expect(gantt(recording)).toEqual(['j/t1 active']);
    expect(recording.tasks.requeues?.[0]).toBe(1);
  });

  test('POOL-16 they run if their job is pointed at another pool', () => {
    const recording = runDeeds([pool(1), pool(1, { id: 'q' })], work(), [
      [10, drop],
      [20, { kind: 'disableJob', jobId: 'j', disableTasks: 'requeue' }],
      [21, { kind: 'patchJob', jobId: 'j', changes: { poolId: 'q' } }],
      [22, { kind: 'enableJob', jobId: 'j' }],
    ]);
    expect(gantt(recording)).toEqual(['j/t1 22-122 n0']);
  });

  test('POOL-16 a running resize is stopped; POOL-17 a deleting pool refuses everything', () => {
    const growing = pool(2, { ready: false, timing: latencies({ alloc: 50, leave: 30 }), targetLowPriorityNodes: 0 });
    const recording = runDeeds(
      [growing, pool(0, { id: 'q' })],
      [],
      [
        [60, resize(3)],
        [70, drop],
        [80, drop],
        [80, resize(1)],
        [80, remove(['n0'])],
        [80, { kind: 'patchPool', poolId: 'p', changes: {} }],
        [
          80,
          { kind: 'enableAutoScale', poolId: 'p', formula: '$TargetDedicatedNodes = 1;', evaluationIntervalMs: null },
        ],
        [100, drop],
      ],
    );
    expect(resizesOf(recording).slice(2)).toEqual(['60-70 resize +1+0-0 ResizeStopped', '70-100 deletePool +0+0-2']);
    expect(answers(recording)).toEqual(['ok', 'ok', ...Array(5).fill('PoolBeingDeleted'), 'PoolNotFound']);
  });

  test('POOL-18, ACC-11 the id is taken and the pool counts until it is gone', () => {
    const timing = latencies({ leave: 10 });
    const again = { kind: 'addPool', pool: { ok: true, value: pool(1, { id: 'P' }) } } as const;
    const other = { kind: 'addPool', pool: { ok: true, value: pool(1, { id: 'q' }) } } as const;
    const recording = runDeeds(
      [pool(1, { timing })],
      [],
      [
        [10, drop],
        [15, again],
        [15, other],
        [20, again],
      ],
      {
        account: { poolQuota: 1 },
      },
    );
    expect(answers(recording)).toEqual(['ok', 'PoolExists', 'PoolQuotaReached', 'ok']);
  });

  test('ACC-07 its cores serve others when its nodes have left', () => {
    const nodes = pool(2, { timing: latencies({ leave: 10 }) });
    const toQ = { ...resize(2), poolId: 'q' } as ReturnType<typeof resize>;
    const recording = runDeeds(
      [nodes, pool(0, { id: 'q' })],
      [],
      [
        [10, drop],
        [15, toQ],
        [20, toQ],
      ],
      {
        account: { dedicatedCoreQuota: 8 },
      },
    );
    expect(resizesOf(recording).slice(3)).toEqual([
      '15-15 resize +0+0-0 AccountCoreQuotaReached',
      '20-20 resize +2+0-0',
    ]);
  });
});

describe('auto pools', () => {
  const autoPool = (given: Partial<AutoPool> = {}): AutoPool => ({
    ...{ autoPoolIdPrefix: 'night', poolLifetimeOption: 'job', keepAlive: false },
    pool: pool(1, { id: '', ready: false }),
    ...given,
  });
  const work = (given: Partial<AutoPool> = {}) =>
    job('j', [tasks('t', [10])], { poolId: '', autoPool: autoPool(given), onAllTasksComplete: 'terminatejob' });

  test('AUTO-02, AUTO-03, AUTO-04 made with the job, named by prefix and GUID, deleted when the job completes', () => {
    const recording = runDeeds([], [work()], []);
    expect(recording.pools[0]?.id).toMatch(/^night_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(recording.jobs[0]?.poolId).toBe(recording.pools[0]?.id);
    expect(recording.pools[0]).toMatchObject({ isAutoPool: true, createdMs: 0, deletedMs: 10, state: 'deleted' });
  });

  test('AUTO-04, SIM-05 the same seed gives the same id, another seed another', () => {
    const id = (seed: number) => runDeeds([], [work()], [], { seed }).pools[0]?.id;
    expect(id(1)).toBe(id(1));
    expect(id(1)).not.toBe(id(2));
  });

  test('AUTO-03 keepAlive leaves it', () => {
    expect(runDeeds([], [work({ keepAlive: true })], []).pools[0]?.state).toBe('active');
  });

  test('AUTO-05, ERR-20 without pool quota the job is completed with the error and runs nothing', () => {
    const recording = runDeeds([pool(1)], [work()], [], { account: { poolQuota: 1 } });
    expect(recording.jobs[0]).toMatchObject({
      ...{ state: 'completed', schedulingError: 'AutoPoolCreationFailedWithQuotaReached' },
    });
  });
});
