/** Pools by the words of their rules, where other tests leave a clause open (POOL). */
import { describe, expect, test } from 'vitest';
import {
  NODE_KINDS,
  NODE_STATES,
  type Operation,
  type Pool,
  type PoolChanges,
  type StartTask,
} from '../../src/model/index.js';
import { Replay } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { answers, lifeOf, on, preempt, remove, resize, resizesOf, runDeeds } from '../helpers/fleet.js';
import { each, gantt, job, latencies, pool, tasks } from '../helpers/world.js';
import { codesOf, loaded } from '../scenario/memory-files.js';

const drop: Operation = { kind: 'deletePool', poolId: 'p' };
const BODY = '{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 }';
const JOB = '{ id: j, poolInfo: { poolId: p }, tasks: [{ id: t, model: { runtime: 1m } }] }';

/** A scenario of one pool with `more` in its body. */
const withPool = (more = '', top = '') =>
  `version: 1\n${top}\npools: [${more === '' ? BODY : BODY.replace(' }', `, ${more} }`)}]\njobs: [${JOB}]\n`;
const codes = (text: string) => codesOf(text).map((line) => line.split(' ')[1]);
const digest = (text: string) => simulate(loaded(text).scenario).recording.run.digest;
const stopAt = (untilMs: number) => ({ clock: { epochMs: 0, untilMs, tailMs: null } });
const change = (kind: 'patchPool' | 'updatePoolProperties', changes: PoolChanges): Operation => ({
  ...{ kind, poolId: 'p', changes },
});

describe('what a pool is made of', () => {
  test('POOL-01 all its nodes have its one size, and several jobs share them', () => {
    const nodes = pool(1, { targetLowPriorityNodes: 1 });
    const recording = runDeeds([nodes], [job('j', [tasks('t', [5])]), job('k', [tasks('u', [5])])], []);
    expect(gantt(recording)).toEqual(['j/t1 0-5 n0', 'k/u1 0-5 n1']);
    expect(recording.pools.map(({ vmSize }) => vmSize.name)).toEqual(['Four']);
  });

  test('POOL-02 it is active at once: tasks may be added before a node has come', () => {
    const nodes = pool(1, { ready: false, timing: latencies({ alloc: 10 }) });
    const recording = runDeeds([nodes], [job('j', [tasks('t', [5])])], []);
    expect(recording.pools[0]).toMatchObject({ state: 'active', createdMs: 0 });
    expect(gantt(recording)).toEqual(['j/t1 10-15 n0']);
  });

  test.each([
    ['an id', '{ vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 }', 'BS2006'],
    ['a size', '{ id: p, targetDedicatedNodes: 1 }', 'BS2006'],
  ])('POOL-04 it needs %s', (_what, body, code) => {
    expect(codes(`version: 1\npools: [${body}]\n`)).toEqual([code]);
  });

  test('POOL-06 a formula without enableAutoScale is refused, and so are targets with it', () => {
    const formula = 'autoScaleFormula: "$TargetDedicatedNodes = 1;"';
    expect(codes(withPool(formula))).toEqual(['BS2118']);
    expect(codes(withPool(`enableAutoScale: true, ${formula}`))).toEqual(['BS2118']);
    expect(codes(withPool('enableAutoScale: true').replace(', targetDedicatedNodes: 1', ''))).toEqual(['BS2118']);
  });

  test('POOL-06 the target that is not given is 0', () => {
    expect(loaded(withPool()).scenario.accounts[0]?.pools[0]?.targetLowPriorityNodes).toBe(0);
    const spot = withPool().replace('targetDedicatedNodes', 'targetLowPriorityNodes');
    expect(loaded(spot).scenario.accounts[0]?.pools[0]?.targetDedicatedNodes).toBe(0);
  });

  test('POOL-07 one slot by default', () => {
    expect(loaded(withPool()).scenario.accounts[0]?.pools[0]?.taskSlotsPerNode).toBe(1);
  });

  test('POOL-24 the size is found in any case', () => {
    const text = withPool().replace('Standard_D4s_v5', 'STANDARD_d4S_V5');
    expect(loaded(text).scenario.accounts[0]?.pools[0]?.vmSize.name).toBe('Standard_D4s_v5');
  });
});

describe('what is stored and changes nothing', () => {
  test('POOL-11 metadata changes nothing; an item without a name is refused, in a new pool and in a change', () => {
    expect(digest(withPool('metadata: [{ name: team, value: blue }]'))).toBe(digest(withPool()));
    expect(codes(withPool('metadata: [{ name: "", value: blue }]'))).toHaveLength(1);
    const empty = { metadata: [{ name: '', value: 'x' }] };
    const bad: Operation = { kind: 'addPool', pool: { ok: true, value: pool(1, { id: 'q', ...empty }) } };
    const recording = runDeeds(
      [pool(1)],
      [],
      [
        [1, bad],
        [2, change('patchPool', empty)],
        [3, change('updatePoolProperties', empty)],
      ],
    );
    expect(answers(recording)).toEqual(['EmptyMetadataKey', 'EmptyMetadataKey', 'EmptyMetadataKey']);
    expect(recording.operations.map(({ status }) => status)).toEqual([400, 400, 400]);
  });

  const inert = (given: string) => {
    expect(codes(withPool(given))).toEqual([]);
    expect(digest(withPool(given))).toBe(digest(withPool()));
  };

  test('POOL-12 user accounts are accepted and have no effect', () => {
    inert('userAccounts: [{ name: ada, password: x }, { name: bob, password: x, elevationLevel: admin }]');
  });

  test('POOL-13 mounts that work are accepted and have no effect', () => {
    inert('mountConfiguration: [{ nfsMountConfiguration: { source: "s:/", relativeMountPath: m } }]');
  });

  test('POOL-20 each communication mode is accepted and has no effect', () => {
    for (const mode of ['default', 'classic', 'simplified']) inert(`targetNodeCommunicationMode: ${mode}`);
    inert('currentNodeCommunicationMode: classic');
  });
});

describe('changes', () => {
  const startTask = (runtime: number): StartTask => ({
    ...{ maxTaskRetryCount: 0, waitForSuccess: true },
    command: { runtime: each(runtime), exitCode: each(0), downloadBytes: 0, fault: null },
  });
  const started = (pools: readonly Pool[], deeds: Parameters<typeof runDeeds>[2]) =>
    runDeeds(pools, [], deeds).nodeTasks.map(({ node, startMs, endMs }) => `n${node} ${startMs}-${endMs}`);

  test('POOL-14 a patch that names metadata leaves the start task, an update removes it', () => {
    const nodes = [pool(1, { ready: false, startTask: startTask(5) })];
    const metadata = [{ name: 'a', value: 'b' }];
    const begun = (kind: 'patchPool' | 'updatePoolProperties') =>
      started(nodes, [
        [10, change(kind, { metadata })],
        [20, resize(2)],
      ]);
    expect(begun('patchPool')).toEqual(['n0 0-5', 'n1 20-25']);
    expect(begun('updatePoolProperties')).toEqual(['n0 0-5']);
  });

  test('POOL-15 a node that stands keeps the old start task until a reboot, and until a reimage', () => {
    const nodes = [pool(2, { ready: false, startTask: startTask(5) })];
    const change30 = change('patchPool', { startTask: startTask(30) });
    const times = started(nodes, [
      [10, change30],
      [20, { kind: 'rebootNode', ...on('n0'), option: null }],
      [20, { kind: 'reimageNode', ...on('n1'), option: null }],
    ]);
    expect(times).toEqual(['n0 0-5', 'n1 0-5', 'n0 20-50', 'n1 20-50']);
  });
});

describe('deletion', () => {
  test('POOL-16 what has not come is dropped, and a pool without nodes is gone at once', () => {
    const nodes = pool(3, { ready: false, timing: latencies({ alloc: 50 }) });
    const recording = runDeeds([nodes], [], [[10, drop]]);
    expect(resizesOf(recording)).toEqual(['0-10 created +3+0-0 ResizeStopped', '10-10 deletePool +0+0-0']);
    expect(recording.pools[0]).toMatchObject({ state: 'deleted', deletedMs: 10 });
  });

  test('POOL-17 update, patch, delete, resize, removal and autoscale meet PoolBeingDeleted with 409', () => {
    const deeds: readonly Operation[] = [
      change('patchPool', {}),
      change('updatePoolProperties', {}),
      drop,
      resize(1),
      remove(['n0']),
      { kind: 'enableAutoScale', poolId: 'p', formula: '$TargetDedicatedNodes = 1;', evaluationIntervalMs: null },
      { kind: 'disableAutoScale', poolId: 'p' },
      { kind: 'stopResizePool', poolId: 'p' },
    ];
    const nodes = pool(1, { timing: latencies({ leave: 50 }) });
    const recording = runDeeds([nodes], [], [[1, drop], ...deeds.map((deed) => [2, deed] as const)]);
    expect(answers(recording).slice(1)).toEqual(deeds.map(() => 'PoolBeingDeleted'));
    expect(new Set(recording.operations.slice(1).map(({ status }) => status))).toEqual(new Set([409]));
  });

  test('POOL-18 an id that differs in case alone is taken, and free when the pool is gone', () => {
    const again: Operation = { kind: 'addPool', pool: { ok: true, value: pool(1, { id: 'P' }) } };
    const nodes = pool(1, { timing: latencies({ leave: 10 }) });
    const recording = runDeeds(
      [nodes],
      [job('j', [tasks('t', [100])])],
      [
        [1, again],
        [5, drop],
        [14, again],
        [15, again],
      ],
    );
    expect(answers(recording)).toEqual(['PoolExists', 'ok', 'PoolExists', 'ok']);
    // JOB-03: the job is bound by name.
    expect(gantt(recording)).toEqual(['j/t1 15-115 n0']);
  });
});

test('POOL-23 errors belong to the latest resize: the next one begins without them, an autoscale run that changes nothing leaves them', () => {
  const account = { dedicatedCoreQuota: 4 };
  const recording = runDeeds(
    [pool(2)],
    [],
    [
      [10, resize(2)],
      [20, resize(1)],
    ],
    { account },
  );
  expect(resizesOf(recording)).toEqual([
    ...['0-0 created +1+0-0 AccountCoreQuotaReached', '10-10 resize +0+0-0 AccountCoreQuotaReached'],
    '20-20 resize +0+0-0',
  ]);
  const autoScale = { formula: '$TargetDedicatedNodes = 2;', evaluationIntervalMs: 300_000 };
  const scaled = runDeeds([pool(0, { ready: false, autoScale })], [], [], {
    ...{ account, clock: { epochMs: 0, untilMs: 1_000_000, tailMs: null } },
  });
  expect(resizesOf(scaled)).toEqual(['0-0 created +0+0-0', '0-0 autoscale +1+0-0 AccountCoreQuotaReached']);
});

test('POOL-22 nodes by kind and state at a moment, preempted and leaving ones too', () => {
  const nodes = pool(2, { targetLowPriorityNodes: 2, timing: latencies({ replace: 50, leave: 50 }) });
  const recording = runDeeds(
    [nodes],
    [job('j', [tasks('t', [100])])],
    [
      [10, preempt(1)],
      [20, remove(['n1'])],
    ],
  );
  const replay = new Replay(recording);
  while (replay.nextMs <= 30) replay.step();
  const found = Array.from({ length: recording.nodes.count }, (_, node) => {
    const kind = NODE_KINDS[recording.nodes.kind[node] as number];
    return `${kind} ${NODE_STATES[replay.state.nodeState[node] as number]}`;
  });
  expect(found).toEqual(['dedicated running', 'dedicated leavingpool', 'spot preempted', 'spot idle']);
  expect(replay.state.nodesIn(0, 1, 'free')).toBe(1);
});

test('POOL-19 a preempted node is still one of the current nodes: no other takes its place while steady', () => {
  const nodes = pool(0, { targetLowPriorityNodes: 2, timing: latencies({ replace: 50 }) });
  const taken: Operation = { kind: 'preemptNodes', poolId: 'p', count: 1, nodes: null };
  const recording = runDeeds([nodes], [job('j', [tasks('t', [100])])], [[10, taken]]);
  expect(recording.nodes.count).toBe(2);
  expect(recording.resizes).toHaveLength(1);
  expect(lifeOf(recording, 0).slice(3)).toEqual([
    '10 preempted preempted',
    '60 creating replaced',
    '60 starting',
    '60 idle',
  ]);
});

test('POOL-21, POOL-05 a node under upgrade is in upgradingos for as long as a reimage, then comes up again', () => {
  const nodes = pool(1, { timing: latencies({ reimage: 40 }) });
  const recording = runDeeds(
    [nodes],
    [job('j', [tasks('t', [100])])],
    [[10, { kind: 'upgradeOs', poolId: 'p', nodes: null }]],
  );
  expect(lifeOf(recording, 0).slice(3)).toEqual(['10 upgradingos osUpgrade', '50 starting', '50 idle']);
  expect(gantt(recording)).toEqual(['j/t1 50-150 n0']);
  expect(recording.tasks.requeues?.[0]).toBe(1);
});

test('POOL-08 spread goes to the emptiest node, pack to the fullest that has room', () => {
  const placed = (nodeFillType: 'spread' | 'pack') =>
    gantt(runDeeds([pool(2, { taskSlotsPerNode: 2, nodeFillType })], [job('j', [tasks('t', [9, 9, 9])])], [])).map(
      (line) => line.split(' ')[2],
    );
  expect(placed('spread')).toEqual(['n0', 'n1', 'n0']);
  expect(placed('pack')).toEqual(['n0', 'n0', 'n1']);
});

describe('what is not so yet', () => {
  test('POOL-16 nodes that drain already are requeued with the others: the pool does not wait for their tasks', () => {
    const draining = [10, resize(1, null, 'taskcompletion')] as const;
    const recording = runDeeds([pool(2)], [job('j', [tasks('t', [100, 100])])], [draining, [20, drop]]);
    expect(recording.pools[0]).toMatchObject({ state: 'deleted', deletedMs: 20 });
    expect([recording.tasks.requeues?.[0], recording.tasks.requeues?.[1]]).toEqual([1, 1]);
  });

  test('POOL-16 nor for data that is retained', () => {
    const draining = [10, resize(0, null, 'retaineddata')] as const;
    const recording = runDeeds([pool(1)], [job('j', [tasks('t', [5])])], [draining, [20, drop]], stopAt(1000));
    expect(recording.pools[0]).toMatchObject({ state: 'deleted', deletedMs: 20 });
  });

  test('POOL-12 user names have 20 characters, elevations are nonadmin and admin', () => {
    expect(codes(withPool(`userAccounts: [{ name: ${'x'.repeat(21)}, password: x }]`))).toHaveLength(1);
    expect(codes(withPool('userAccounts: [{ name: a, password: x, elevationLevel: root }]'))).toHaveLength(1);
  });

  test('POOL-13 a mount is of one kind', () => {
    const two = '{ nfsMountConfiguration: { source: s }, cifsMountConfiguration: { source: s } }';
    expect(codes(withPool(`mountConfiguration: [${two}]`))).toHaveLength(1);
  });
});

describe('what its nodes are made from', () => {
  const IMAGE = 'imageReference: { publisher: canonical, offer: ubuntu, sku: "22.04" }';
  const AGENT = 'nodeAgentSKUId: batch.node.ubuntu 22.04';
  const machine = (parts: string) => `virtualMachineConfiguration: { ${parts} }`;
  const cloud = (parts: string) => `cloudServiceConfiguration: { ${parts} }`;
  const subscription = 'account: { poolAllocationMode: UserSubscription }';
  const refusalIn = (given: string, mode = 'account: {}') => {
    const action = `actions: [{ at: +1m, addPool: ${BODY.replace('id: p', 'id: q').replace(' }', `, ${given} }`)} }]\n`;
    const { scenario } = loaded(withPool('', mode) + action);
    const [row] = simulate(scenario).recording.operations;
    return row?.code === null
      ? 'ok'
      : `${row?.status} ${row?.code} ${/PropertyName: (\w+)/.exec(row?.message ?? '')?.[1]}`;
  };

  test.each([
    [
      'POOL-04 both kinds',
      `${machine(`${IMAGE}, ${AGENT}`)}, ${cloud('osFamily: "6"')}`,
      'InvalidPropertyValue cloudServiceConfiguration',
    ],
    ['POOL-05 no image', machine(AGENT), 'MissingRequiredProperty imageReference'],
    ['POOL-05 an image without a name', machine(`imageReference: {}, ${AGENT}`), 'InvalidPropertyValue imageReference'],
    [
      'POOL-05 an image with two names',
      machine(`imageReference: { offer: ubuntu, virtualMachineImageId: /images/i }, ${AGENT}`),
      'InvalidPropertyValue imageReference',
    ],
    ['POOL-05 a virtual machine without its node agent', machine(IMAGE), 'MissingRequiredProperty nodeAgentSKUId'],
    ['POOL-05 a cloud service without its OS family', cloud('osVersion: "*"'), 'MissingRequiredProperty osFamily'],
  ])('%s is 400, and an error where it stands in the file', (_what, given, refusal) => {
    expect(refusalIn(given)).toBe(`400 ${refusal}`);
    expect(codes(withPool(given))).toEqual(['BS2129']);
  });

  test('POOL-04 an account in user-subscription mode has no cloud services', () => {
    expect(codes(withPool(cloud('osFamily: "6"'), subscription))).toEqual(['BS2129']);
    expect(refusalIn(cloud('osFamily: "6"'), subscription)).toBe('400 InvalidPropertyValue cloudServiceConfiguration');
    expect(refusalIn(cloud('osFamily: "6"'))).toBe('ok');
  });

  test('POOL-04, POOL-05 each kind by itself is taken; a cloud service is Windows, of the latest version', () => {
    const read = (given: string) => loaded(withPool(given)).scenario.accounts[0]?.pools[0];
    expect(read(machine(`${IMAGE}, ${AGENT}`))).toMatchObject({ os: 'linux', image: 'marketplace' });
    expect(read(machine(`imageReference: { communityGalleryImageId: /x }, nodeAgentSkuId: a`))?.image).toBe('gallery');
    const windows = read(cloud('osFamily: "6"'));
    expect(windows?.os).toBe('windows');
    expect(windows?.configuration?.cloudService).toEqual({ osFamily: '6', osVersion: '*' });
  });

  test('POOL-04 a scenario may name none: Linux from a marketplace image', () => {
    expect(loaded(withPool()).scenario.accounts[0]?.pools[0]).toMatchObject({
      ...{ configuration: null, os: 'linux', image: 'marketplace' },
    });
    expect(refusalIn('displayName: q')).toBe('ok');
  });
});
