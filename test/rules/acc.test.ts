/** Accounts and limits by the words of their rules, where other tests leave a clause open (ACC). */
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_OPTIONS,
  type Operation,
  type PackageReference,
  type Pool,
  type VmSize,
} from '../../src/model/index.js';
import { answers, on, preempt, remove, resize, resizesOf, runDeeds } from '../helpers/fleet.js';
import { FOUR, job, latencies, pool, tasks } from '../helpers/world.js';
import { codesOf, loaded } from '../scenario/memory-files.js';

const DAY = 86_400_000;
const add = (value: Pool): Operation => ({ kind: 'addPool', pool: { ok: true, value } });
const onQ = (operation: Operation) => ({ ...operation, poolId: 'q' }) as Operation;

describe('quotas of cores', () => {
  const OTHER: VmSize = { ...FOUR, name: 'Other', family: 'others' };

  test('ACC-03 spot nodes have the quota of low-priority cores, and do what those do', () => {
    const recording = runDeeds([pool(0, { targetLowPriorityNodes: 3 })], [job('j', [tasks('t', [5])])], [], {
      account: { lowPriorityCoreQuota: 8 },
    });
    expect(resizesOf(recording)).toEqual(['0-0 created +0+2-0 AccountLowPriorityCoreQuotaReached']);
  });

  test('ACC-05 900 dedicated and 100 low-priority cores are the default: 225 and 25 nodes of four', () => {
    const recording = runDeeds([pool(226, { targetLowPriorityNodes: 26 })], [], []);
    expect(resizesOf(recording)[0]).toMatch(/^0-0 created \+225\+25-0 AccountCoreQuotaReached AccountLow/);
  });

  test('ACC-06 an enforced family binds its own dedicated nodes alone; preemptible ones have one total over all', () => {
    const account = {
      dedicatedCoreQuotaPerVMFamily: new Map([['FOURS', 8]]),
      dedicatedCoreQuotaPerVMFamilyEnforced: true,
      lowPriorityCoreQuota: 12,
    };
    const pools = [
      pool(3, { targetLowPriorityNodes: 2 }),
      pool(1, { id: 'q', vmSize: OTHER, targetLowPriorityNodes: 2 }),
    ];
    expect(resizesOf(runDeeds(pools, [], [], { account }))).toEqual([
      '0-0 created +2+2-0 AccountVMSeriesCoreQuotaReached',
      '0-0 created +0+1-0 AccountVMSeriesCoreQuotaReached AccountLowPriorityCoreQuotaReached',
    ]);
    const unenforced = { ...account, dedicatedCoreQuotaPerVMFamilyEnforced: false };
    expect(runDeeds(pools, [], [], { account: unenforced }).resizes.map((row) => row.reservedDedicated)).toEqual([
      3, 1,
    ]);
  });

  test('ACC-07 cores are held from the beginning of the resize, before a node has come, and given back with what is dropped', () => {
    const slow = pool(2, { ready: false, timing: latencies({ alloc: 100 }) });
    const recording = runDeeds(
      [slow, pool(0, { id: 'q' })],
      [],
      [
        [10, onQ(resize(2))],
        [20, { kind: 'stopResizePool', poolId: 'p' }],
        [30, onQ(resize(2))],
      ],
      { account: { dedicatedCoreQuota: 8 } },
    );
    const ofQ = recording.resizes.filter((row) => row.poolIndex === 1).map((row) => row.reservedDedicated);
    expect(ofQ).toEqual([0, 0, 2]);
  });

  test('ACC-08 preempted and deallocated nodes keep their cores, unless preemptedHoldsQuota is false', () => {
    const spot = pool(0, { targetLowPriorityNodes: 1, timing: latencies({ replace: 1000 }) });
    const next = (options = DEFAULT_OPTIONS) =>
      runDeeds(
        [spot, pool(0, { id: 'q' })],
        [],
        [
          [10, preempt(1)],
          [20, onQ(resize(null, 1))],
        ],
        {
          ...{ account: { lowPriorityCoreQuota: 4 }, options },
        },
      ).resizes[2]?.reservedLowPriority;
    expect(next()).toBe(0);
    expect(next({ ...DEFAULT_OPTIONS, preemptedHoldsQuota: false })).toBe(1);
    const stopped = runDeeds(
      [pool(1), pool(0, { id: 'q' })],
      [],
      [
        [10, { kind: 'deallocateNode', ...on('n0'), option: null }],
        [20, onQ(resize(1))],
      ],
      { account: { dedicatedCoreQuota: 4 } },
    );
    expect(stopped.resizes[2]?.reservedDedicated).toBe(0);
  });

  test('ACC-09 capacity may be short though quota is there, and quota though capacity is', () => {
    const windows = [{ fromMs: 0, toMs: 50, dedicatedNodes: 1, lowPriorityNodes: 0 }];
    const nodes = pool(2, { ready: false, targetLowPriorityNodes: 1, capacity: windows });
    const recording = runDeeds([nodes], [], [], { account: { lowPriorityCoreQuota: 0 } });
    expect(Array.from(recording.nodes.createdMs.slice(0, recording.nodes.count))).toEqual([0, 50]);
    expect(resizesOf(recording)).toEqual(['0-50 created +2+0-0 AccountLowPriorityCoreQuotaReached']);
  });
});

describe('quotas of pools and jobs', () => {
  const addJob = (id: string): Operation => ({ kind: 'addJob', job: { ok: true, value: job(id, []) } });
  const end = (jobId: string): Operation => ({ kind: 'terminateJob', jobId, terminateReason: null, force: false });
  const off = (jobId: string): Operation => ({ kind: 'disableJob', jobId, disableTasks: 'requeue' });

  test('ACC-10 every job that is not completed counts, a disabled one too', () => {
    const recording = runDeeds(
      [pool(1)],
      [],
      [
        [1, addJob('a')],
        [2, addJob('b')],
        [3, addJob('c')],
        [4, off('a')],
        [5, addJob('c')],
        [6, end('b')],
        [7, addJob('c')],
      ],
      { account: { activeJobAndJobScheduleQuota: 2 } },
    );
    const full = 'ActiveJobAndScheduleQuotaReached';
    expect(answers(recording)).toEqual(['ok', 'ok', full, 'ok', full, 'ok', 'ok']);
    expect(recording.operations[2]?.status).toBe(409);
  });

  test('ACC-11 a pool beyond the quota is refused with 409', () => {
    const recording = runDeeds([pool(1)], [], [[1, add(pool(1, { id: 'q' }))]], { account: { poolQuota: 1 } });
    expect(recording.operations[0]).toMatchObject({ status: 409, code: 'PoolQuotaReached' });
  });

  test('ACC-04, ACC-05 300 active jobs and schedules, 100 pools', () => {
    const pools = Array.from({ length: 100 }, (_, i) => pool(0, { id: `p${i}` }));
    expect(answers(runDeeds(pools, [], [[1, add(pool(0, { id: 'q' }))]]))).toEqual(['PoolQuotaReached']);
    const jobs = Array.from({ length: 300 }, (_, i) => job(`j${i}`, []));
    expect(answers(runDeeds([pool(0)], jobs, [[1, addJob('k')]]))).toEqual(['ActiveJobAndScheduleQuotaReached']);
  });
});

describe('sizes of pools', () => {
  test('ACC-12 inter-node pools have 100 nodes, 80 in user-subscription mode, of both kinds together', () => {
    const nodes = pool(90, { ready: false, targetLowPriorityNodes: 20, enableInterNodeCommunication: true });
    const reserved = (poolAllocationMode: 'BatchService' | 'UserSubscription') => {
      const [row] = runDeeds([nodes], [], [], { account: { poolAllocationMode } }).resizes;
      return [row?.reservedDedicated, row?.reservedLowPriority];
    };
    expect(reserved('BatchService')).toEqual([90, 10]);
    expect(reserved('UserSubscription')).toEqual([80, 0]);
  });

  test('ACC-12 the limits of a managed image hold without inter-node communication only; other pools have none', () => {
    const account = { dedicatedCoreQuota: 1e6, lowPriorityCoreQuota: 1e6 };
    const reserved = (given: Partial<Pool>) =>
      runDeeds([pool(2100, { ready: false, ...given })], [], [], { account }).resizes[0];
    expect(reserved({ image: 'managed' })?.reservedDedicated).toBe(2000);
    expect(reserved({ image: 'managed', enableInterNodeCommunication: true })?.reservedDedicated).toBe(100);
    expect(reserved({ image: 'gallery' })?.reservedDedicated).toBe(2100);
  });

  test.each([
    [1, 4, 5],
    [4, 16, 17],
    [64, 256, 257],
    [96, 256, 257],
  ])('ACC-13 a node of %i cores has up to %i slots: %i are refused', (vcpus, most, tooMany) => {
    const added = (taskSlotsPerNode: number, i: number) =>
      add(pool(0, { id: `q${i}`, vmSize: { ...FOUR, vcpus }, taskSlotsPerNode }));
    const recording = runDeeds(
      [],
      [],
      [
        [1, added(most, 1)],
        [2, added(tooMany, 2)],
        [3, added(0, 3)],
      ],
    );
    expect(answers(recording)).toEqual(['ok', 'InvalidPropertyValue', 'InvalidPropertyValue']);
  });
});

describe('other limits', () => {
  test('ACC-14 a pool refers to ten packages at most, when it is added and when it is changed', () => {
    const packages = (count: number): PackageReference[] =>
      Array.from({ length: count }, (_, i) => ({ applicationId: `a${i}`, version: '1' }));
    const applications = packages(11).map(({ applicationId }) => ({
      id: applicationId,
      defaultVersion: null,
      versions: ['1'],
    }));
    const change = (count: number): Operation => ({
      ...{ kind: 'patchPool', poolId: 'p', changes: { applicationPackages: packages(count) } },
    });
    const recording = runDeeds(
      [pool(1)],
      [],
      [
        [1, add(pool(1, { id: 'q', applicationPackages: packages(10) }))],
        [2, add(pool(1, { id: 'r', applicationPackages: packages(11) }))],
        [3, change(10)],
        [4, change(11)],
      ],
      { account: { applications } },
    );
    expect(answers(recording)).toEqual(['ok', 'InvalidPropertyValue', 'ok', 'InvalidPropertyValue']);
  });

  test('ACC-15 the lifetime counts from the addition of the task, 180 days to the millisecond', () => {
    const late = job('j', [tasks('t', [200 * DAY])], { arrival: { kind: 'at', atMs: 5 } });
    const recording = runDeeds([pool(1)], [late], [], { clock: { epochMs: 0, untilMs: 190 * DAY, tailMs: null } });
    expect(recording.nodes.runningMs[0]).toBe(180 * DAY);
    expect(recording.tasks.state[0]).toBe(2); // running
    const clock = { epochMs: 0, untilMs: 300 * DAY, tailMs: null };
    const options = { ...DEFAULT_OPTIONS, taskLifetimeMs: null };
    expect(runDeeds([pool(1)], [late], [], { clock, options }).tasks.endMs[0]).toBe(200 * DAY + 5);
  });

  test('ACC-17 ids keep their case and are found in any; a hundred characters of any kind may name a thing', () => {
    const recording = runDeeds(
      [pool(1, { id: 'MyPool', displayName: 'Ω — pool № 1' })],
      [],
      [
        [1, add(pool(1, { id: 'mypool' }))],
        [2, { ...resize(2), poolId: 'MYPOOL' } as Operation],
        [3, add(pool(1, { id: 'a.b' }))],
        [4, add(pool(1, { id: 'q', displayName: 'x'.repeat(1025) }))],
        [5, add(pool(1, { id: 'q', displayName: 'x'.repeat(1024) }))],
      ],
    );
    expect(answers(recording)).toEqual(['PoolExists', 'ok', 'InvalidPropertyValue', 'InvalidPropertyValue', 'ok']);
    expect(recording.pools[0]?.id).toBe('MyPool');
  });

  test('ACC-18 a hundred tasks are added in one call, a hundred and one are not', () => {
    const addTasks = (prefix: string, count: number): Operation => ({
      ...{
        kind: 'addTasks',
        jobId: 'j',
        tasks: { ok: true, value: [tasks(prefix, new Array<number>(count).fill(1))] },
      },
    });
    const recording = runDeeds(
      [pool(1)],
      [job('j', [])],
      [
        [1, addTasks('a', 100)],
        [2, addTasks('b', 101)],
      ],
    );
    expect(recording.operations.map(({ status, code }) => `${status} ${code}`)).toEqual([
      ...['200 null', '400 InvalidPropertyValue'],
    ]);
    expect(recording.tasks.count).toBe(100);
  });

  test('ACC-19 a start task is described in 32,768 characters at most, its variables and files included', () => {
    const text = (line: number, more = '') =>
      `pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1, startTask: { commandLine: ${'x'.repeat(line)}${more} } }]`;
    expect(codesOf(text(32_768))).toEqual([]);
    expect(codesOf(text(32_769))).toHaveLength(1);
    expect(codesOf(text(32_768, ', environmentSettings: [{ name: A, value: b }]'))).toHaveLength(1);
    expect(loaded(text(10)).scenario.accounts[0]?.pools[0]?.startTask?.definitionLength).toBe(10);
  });

  test('ACC-16 a job has as many tasks as it is given', () => {
    const recording = runDeeds([pool(1)], [job('j', [tasks('t', new Array<number>(20_000).fill(0))])], []);
    expect(recording.tasks.count).toBe(20_000);
  });
});

test('ACC-01 ids are unique within an account and in no need to be across accounts', () => {
  const account = (name: string) =>
    `{ name: ${name}, pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 }], jobs: [{ id: j, poolInfo: { poolId: p }, tasks: [{ id: t, model: { runtime: 1m } }] }] }`;
  expect(codesOf(`accounts: [${account('east')}, ${account('west')}]`)).toEqual([]);
  expect(codesOf(`accounts: [${account('east')}, ${account('east')}]`)).toHaveLength(1);
});

test('ACC-09 a preempted node that is removed leaves no VM of capacity behind', () => {
  const windows: Operation = { kind: 'setCapacity', poolId: 'p', dedicatedNodes: null, lowPriorityNodes: 1 };
  const nodes = pool(0, { targetLowPriorityNodes: 2, timing: latencies({ replace: 100_000 }) });
  const deeds = [
    [5, preempt(1)],
    [10, windows],
    [20, remove(['n0'])],
    [30, resize(null, 3)],
  ] as const;
  // n1 has the only VM that can be had.
  expect(runDeeds([nodes], [], deeds, { clock: { epochMs: 0, untilMs: 600_000, tailMs: null } }).nodes.count).toBe(2);
});

test('ACC-14 ten mounts a node, and as many applications as the option says, also where they stand in the file', () => {
  const body = (more: string) => `pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1${more} }]`;
  const mount = '{ nfsMountConfiguration: { source: s, relativeMountPath: m } }';
  expect(codesOf(body(`, mountConfiguration: [${new Array(11).fill(mount).join(', ')}]`))).toHaveLength(1);
  const applications = Array.from({ length: 201 }, (_, i) => `{ id: a${i} }`).join(', ');
  expect(codesOf(`account: { applications: [${applications}] }\n${body('')}`)).toHaveLength(1);
});
