/** Capacity of the region and limits of pools, beside quota (ACC-09, ACC-12, RSZ-06, POOL-10). */
import { expect, test } from 'vitest';
import type { Operation } from '../../src/model/index.js';
import { resize, resizesOf, runDeeds } from '../helpers/fleet.js';
import { job, pool, tasks } from '../helpers/world.js';

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
