/** Capacity of the region and limits of pools, beside quota (ACC-09, ACC-12, RSZ-06, POOL-10). */
import { describe, expect, test } from 'vitest';
import { makeAccount, makeScenario, type Operation, type RegionCapacity } from '../../src/model/index.js';
import { simulate } from '../../src/sim/index.js';
import { lifeOf, resize, resizesOf, runDeeds } from '../helpers/fleet.js';
import { FOUR, job, latencies, pool, tasks } from '../helpers/world.js';

const growing = (count: number, given: Parameters<typeof pool>[1] = {}) => pool(count, { ready: false, ...given });
const capacity = (dedicatedNodes: number | null, lowPriorityNodes: number | null = null): Operation => ({
  ...{ kind: 'setCapacity', poolId: 'p', dedicatedNodes, lowPriorityNodes },
});
const created = ({ nodes }: ReturnType<typeof runDeeds>) => Array.from(nodes.createdMs.slice(0, nodes.count));

test('ACC-09, RSZ-06 setCapacity holds from now on: a resize gets what there is and waits for the rest', () => {
  const recording = runDeeds(
    [pool(1)],
    [],
    [
      [5, capacity(2)],
      [10, resize(4)],
      [40, capacity(3)],
      [70, capacity(null)],
    ],
  );
  expect(created(recording)).toEqual([0, 10, 40, 70]);
  expect(resizesOf(recording)[1]).toBe('10-70 resize +3+0-0');
});

test('ACC-09 it replaces the windows of the pool', () => {
  const windows = [{ fromMs: 0, toMs: 1000, dedicatedNodes: 0, lowPriorityNodes: null }];
  expect(created(runDeeds([growing(2, { capacity: windows })], [], [[30, capacity(null)]]))).toEqual([30, 30]);
});

test('ACC-09, NODE-11 spot capacity that a removed node leaves goes to one that waits', () => {
  const windows = [{ fromMs: 0, toMs: null, dedicatedNodes: null, lowPriorityNodes: 1 }];
  const nodes = growing(0, { targetLowPriorityNodes: 1, capacity: windows });
  const recording = runDeeds(
    [nodes],
    [job('j', [tasks('t', [500])])],
    [
      [10, resize(null, 2)],
      [20, { kind: 'stopResizePool', poolId: 'p' }],
      [30, { kind: 'removeNodes', poolId: 'p', nodes: ['n0'], resizeTimeoutMs: null, nodeDeallocationOption: null }],
    ],
  );
  // The target is still one; the removal gives back the one VM that there is.
  expect(created(recording)).toEqual([0, 30]);
});

describe('in a region', () => {
  const inRegion = (windows: readonly Partial<RegionCapacity>[]) => ({
    capacity: windows.map((one) => ({
      ...{ vmSize: 'four', location: null, fromMs: 0, toMs: null, dedicatedNodes: null, lowPriorityNodes: null },
      ...one,
    })),
  });
  const ofRegion = (dedicatedNodes: number | null, lowPriorityNodes: number | null = null): Operation => ({
    ...{ kind: 'setRegionCapacity', vmSize: 'FOUR', dedicatedNodes, lowPriorityNodes },
  });
  const later = job('late', [tasks('late', [0])], { poolId: 'none', arrival: { kind: 'at', atMs: 1000 } });

  test('ACC-09 what a region has of a size is shared by its pools, in order of creation; other sizes have their own', () => {
    const pools = [growing(2), growing(2, { id: 'q' }), growing(2, { id: 'r', vmSize: { ...FOUR, name: 'Other' } })];
    const recording = runDeeds(pools, [], [], { ...inRegion([{ dedicatedNodes: 3, toMs: 70 }]) });
    expect(resizesOf(recording)).toEqual(['0-0 created +2+0-0', '0-70 created +2+0-0', '0-0 created +2+0-0']);
    expect(created(recording)).toEqual([0, 0, 0, 0, 0, 70]);
  });

  test('ACC-09 windows of the pool and of the region both bind; it may change over time', () => {
    const own = [{ fromMs: 0, toMs: 100, dedicatedNodes: 1, lowPriorityNodes: null }];
    const windows = inRegion([
      { dedicatedNodes: 2, toMs: 50 },
      { dedicatedNodes: 3, fromMs: 50, toMs: 150 },
    ]);
    const recording = runDeeds([growing(4, { capacity: own })], [], [], windows);
    expect(created(recording)).toEqual([0, 100, 100, 150]);
  });

  test('ACC-09 a VM that one pool gives back goes to another that waits for it', () => {
    const recording = runDeeds(
      [growing(2, { timing: latencies({ leave: 5 }) }), growing(1, { id: 'q' })],
      [],
      [[30, resize(1)]],
      inRegion([{ dedicatedNodes: 2 }]),
    );
    expect(created(recording)).toEqual([0, 0, 35]);
  });

  test('ACC-09, NODE-11, NODE-12 a VM that was taken away may go to another pool; its node waits until one is there', () => {
    const spot = { targetLowPriorityNodes: 1, timing: latencies({ replace: 10 }) };
    const recording = runDeeds(
      [growing(0, spot), growing(0, { ...spot, id: 'q' })],
      [later],
      [
        [20, { kind: 'preemptNodes', poolId: 'p', count: 1, nodes: null }],
        [50, { kind: 'deletePool', poolId: 'q' }],
      ],
      inRegion([{ lowPriorityNodes: 1 }]),
    );
    expect(created(recording)).toEqual([0, 20]);
    expect(lifeOf(recording, 0).filter((line) => /preempted|creating/.test(line))).toEqual([
      ...['0 creating', '20 preempted preempted', '60 creating replaced'],
    ]);
  });

  test('ACC-09 setRegionCapacity holds from now on, in place of the windows', () => {
    const windows = inRegion([{ dedicatedNodes: 1 }]);
    const deeds = [
      [10, ofRegion(2)],
      [20, ofRegion(null)],
    ] as const;
    expect(created(runDeeds([growing(2), growing(1, { id: 'q' })], [], deeds, windows))).toEqual([0, 10, 20]);
  });

  test('ACC-09, ACC-01 accounts share it where they name one region, and nowhere else', () => {
    const made = (locations: readonly (string | null)[], where: string | null) => {
      const accounts = locations.map((location, i) => makeAccount({ name: `a${i}`, location, pools: [growing(2)] }));
      const { recording } = simulate(makeScenario({ accounts, ...inRegion([{ dedicatedNodes: 2, location: where }]) }));
      return recording.nodes.count;
    };
    expect(made(['westeurope', 'WestEurope'], null)).toBe(2);
    expect(made(['westeurope', 'eastus'], null)).toBe(4);
    expect(made([null, null], null)).toBe(4);
    // Three accounts: two of them in the region that lacks VMs.
    expect(made(['eastus', 'eastus', 'northeurope'], 'EASTUS')).toBe(4);
  });
});

test('SIM-10 capacity alone keeps no run alive', () => {
  const windows = [{ fromMs: 0, toMs: 900_000_000, dedicatedNodes: 0, lowPriorityNodes: null }];
  const recording = runDeeds([growing(1, { capacity: windows, resizeTimeoutMs: 300_000 })], [], []);
  expect(recording.run.endMs).toBe(300_000);
});

test('POOL-10, ACC-12 a resize counts the nodes that an inter-node pool has already', () => {
  const nodes = pool(90, { enableInterNodeCommunication: true });
  const recording = runDeeds([nodes], [], [[10, resize(120)]]);
  expect(resizesOf(recording)[1]).toBe('10-10 resize +10+0-0 CommunicationEnabledPoolReachedMaxVMCount');
});

test('ACC-12 a pool from a managed image has at most 2,000 dedicated and 1,000 spot nodes', () => {
  const nodes = growing(2_100, { image: 'managed', targetLowPriorityNodes: 1_100 });
  const account = { dedicatedCoreQuota: 1e6, lowPriorityCoreQuota: 1e6 };
  const recording = runDeeds([nodes], [], [], { account });
  expect(resizesOf(recording)).toEqual(['0-0 created +2000+1000-0 AllocationFailed AllocationFailed']);
});
