import { describe, expect, test } from 'vitest';
import type { Pool } from '../../src/model/index.js';
import { codesAtMarks, loaded, problemsOf } from './memory-files.js';

const S = 1000;
const MIN = 60 * S;
const H = 60 * MIN;
const constant = (value: number) => ({ kind: 'constant', value });

/** A pool of one dedicated node with `more` in its body. */
const body = (more: string, root = '') =>
  `${root}pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1${more === '' ? '' : `, ${more}`} }]`;

function pool(more: string, root = '', files: Readonly<Record<string, string>> = {}): Pool {
  return loaded(body(more, root), files).scenario.accounts[0]?.pools[0] as Pool;
}

const autoscale = (more: string) => `pools: [{ id: p, vmSize: Standard_D4s_v5, ${more} }]`;

describe('start tasks', () => {
  test('START-03, START-04 the body says how often and whether nodes wait, model how it runs', () => {
    const given =
      'startTask: { commandLine: ./install.sh, maxTaskRetryCount: 2 }, model: { startTask: { runtime: [40s, 20s], exitCode: [1, 0], download: 5MB } }';
    expect(pool(given).startTask).toEqual({
      maxTaskRetryCount: 2,
      waitForSuccess: true,
      definitionLength: 12,
      command: {
        runtime: [constant(40 * S), constant(20 * S)],
        exitCode: [constant(1), constant(0)],
        downloadBytes: 5_000_000,
        fault: null,
      },
    });
  });

  test.each([
    ['missingFile: true', 'BlobNotFound'],
    ['programNotFound: true', 'CommandProgramNotFound'],
    ['missingFile: true, programNotFound: true', 'BlobNotFound'],
    ['missingFile: false', null],
  ])('SIM-08 %s ends every attempt with %s', (model, fault) => {
    expect(pool(`startTask: {}, model: { startTask: { ${model} } }`).startTask?.command.fault).toBe(fault);
  });

  test('single nodes may behave otherwise, by ordinal', () => {
    const models = pool('startTask: {}, model: { nodes: { n0: { startTask: { exitCode: 1 } }, n12: {} } }').nodeModels;
    expect([...models.keys()]).toEqual([0, 12]);
    expect(models.get(0)?.startTask?.exitCode).toEqual([constant(1)]);
    expect(models.get(12)?.startTask).toBeNull();
  });
});

describe('faults', () => {
  test.each([
    ['{ rate: 3%/h, share: 50% }', { kind: 'rate', ratePerMs: 0.03 / H, share: 0.5, spreadMs: 3 * MIN }],
    ['{ rate: 1/h, share: 10%, within: 30s }', { kind: 'rate', ratePerMs: 1 / H, share: 0.1, spreadMs: 30 * S }],
    ['calm', { kind: 'rate', ratePerMs: 0.005 / H, share: 0.5, spreadMs: 3 * MIN }],
    ['bad', { kind: 'rate', ratePerMs: 1.2 / H, share: 0.5, spreadMs: 3 * MIN }],
    ['{ rate: 0/h }', null],
    ['{ trace: e.csv }', { kind: 'trace', atMs: Float64Array.of(1500, 90 * S), count: Int32Array.of(1, 7) }],
    ['{ trace: { file: e.csv } }', { kind: 'trace', atMs: Float64Array.of(1500, 90 * S), count: Int32Array.of(1, 7) }],
    ['{ trace: plain.csv }', { kind: 'trace', atMs: Float64Array.of(60 * S, 2 * H), count: Int32Array.of(1, 3) }],
  ])('NODE-11 preemption: %s', (text, preemption) => {
    const files = { 'e.csv': '# two\nat_s,zone,count\n90,a,7\n1.5,b,1\n', 'plain.csv': '60,1\n+2h,3\n' };
    expect(pool(`model: { preemption: ${text} }`, '', files).faults.preemption).toEqual(preemption);
  });

  test.each([
    ['slow: true', 'slow', { share: 0.03, factor: 4 }],
    ['slow: false', 'slow', null],
    ['slow: { share: 10% }', 'slow', { share: 0.1, factor: 4 }],
    ['slow: { factor: 2 }', 'slow', { share: 0.03, factor: 2 }],
    ['unusable: 10h', 'unusable', constant(10 * H)],
    ['unusableAtStart: 0.2%', 'unusableAtStart', 0.002],
    ['packageFailure: true', 'packageFailure', 1],
    ['packageFailure: 5%', 'packageFailure', 0.05],
    ['mountFailure: true', 'mountFailure', true],
    ['portsBlocked: true', 'portsBlocked', true],
  ] as const)('%s', (text, key, value) => {
    expect(pool(`model: { ${text} }`).faults[key]).toEqual(value);
  });

  test('those of the scenario hold for pools that do not say otherwise', () => {
    const root = 'model: { preemption: busy, unusable: 5h, slow: true, bandwidth: 100MB/s }\n';
    const own = pool('model: { slow: false, unusable: 1h }', root);
    expect(own.faults.preemption).toMatchObject({ ratePerMs: 0.1 / H });
    expect([own.faults.slow, own.faults.unusable, own.bandwidth]).toEqual([null, constant(H), 100_000]);
    expect(pool('model: { bandwidth: 1GiB/min }', root).bandwidth).toBe(1024 ** 3 / MIN);
  });
});

test('network, packages, certificates, containers and metadata come from the body', () => {
  const read = pool(
    `networkConfiguration: { subnetId: /x }, certificateReferences: [{ thumbprint: ab12, thumbprintAlgorithm: sha1 }],
     applicationPackageReferences: [{ applicationId: blender, version: '4.2' }, { applicationId: tools }],
     virtualMachineConfiguration: { imageReference: { publisher: canonical }, containerConfiguration: { type: dockerCompatible } },
     metadata: [{ name: owner, value: me }], model: { subnetAddresses: 30 }`,
  );
  expect(read.subnetAddresses).toBe(30);
  expect(read.certificates).toEqual(['ab12']);
  expect(read.hasContainers).toBe(true);
  expect(read.metadata).toEqual([{ name: 'owner', value: 'me' }]);
  expect(read.applicationPackages).toEqual([
    { applicationId: 'blender', version: '4.2' },
    { applicationId: 'tools', version: null },
  ]);
});

describe('applications', () => {
  const REFERENCE = 'applicationPackageReferences: [{ applicationId: Blender, version: "4" }]';

  test('PKG-01 an account that lists none has those that are referred to', () => {
    const [account] = loaded(body(REFERENCE)).scenario.accounts;
    expect(account?.applications).toEqual([{ id: 'Blender', defaultVersion: '4', versions: ['4'] }]);
  });

  test('PKG-04 a list is complete: a pool that refers to anything else is refused', () => {
    const marked = REFERENCE.replace('applicationId', '»applicationId');
    const listed = (text: string) => codesAtMarks(`account: { applications: [${text}] }\n${body(marked)}`);
    expect(listed('{ id: blender, versions: ["4"] }')).toEqual([]);
    expect(listed('{ id: blender, packages: [{ version: "4" }] }')).toEqual([]);
    expect(listed('{ id: blender, versions: ["3"] }')).toEqual(['here BS2125']);
    expect(listed('')).toEqual(['here BS2125']);
    expect(listed('{ id: blender, defaultVersion: »"5", versions: ["4"] }')).toEqual(['here BS2125']);
  });
});

describe('autoscale', () => {
  test('ASC-01 a formula in the text or in a file, every 15 minutes by default', () => {
    const files = { 'f.autoscale': '$TargetDedicatedNodes = 2;' };
    const read = (text: string) =>
      loaded(autoscale(`enableAutoScale: true, ${text}`), files).scenario.accounts[0]?.pools[0]?.autoScale;
    expect(read('autoScaleFormula: "$TargetDedicatedNodes = 1;"')).toEqual({
      formula: '$TargetDedicatedNodes = 1;',
      evaluationIntervalMs: 15 * MIN,
    });
    expect(read('autoScaleFormula: { file: f.autoscale }, autoScaleEvaluationInterval: PT5M')).toEqual({
      formula: '$TargetDedicatedNodes = 2;',
      evaluationIntervalMs: 5 * MIN,
    });
  });

  test.each([
    ['POOL-06 no formula', 'enableAutoScale: »true', 'BS2118'],
    [
      'POOL-06 a target too',
      'enableAutoScale: true, autoScaleFormula: $TargetDedicatedNodes = 1, targetDedicatedNodes: »0',
      'BS2118',
    ],
    ['POOL-06 not enabled', 'autoScaleFormula: »x', 'BS2118'],
    [
      'ASC-01',
      'enableAutoScale: true, autoScaleFormula: $TargetDedicatedNodes = 1, autoScaleEvaluationInterval: »4m',
      'BS2118',
    ],
    ['ASC-03', `enableAutoScale: true, autoScaleFormula: »${'x'.repeat(8193)}`, 'BS2118'],
    ['no file', 'enableAutoScale: true, autoScaleFormula: { file: »gone }', 'BS2001'],
  ])('%s is refused', (_what, text, code) => {
    expect(codesAtMarks(autoscale(text))).toEqual([`here ${code}`]);
  });
});

test.each([
  ['TASK-07 a retry count', 'startTask: { maxTaskRetryCount: »-2 }', 'BS2112'],
  ['ACC-19 a long start task', `startTask: { »commandLine: ${'x'.repeat(32_769)} }`, 'BS2127'],
  [
    'ACC-14 eleven packages',
    `applicationPackageReferences: [{ »applicationId: a }, ${'{ applicationId: a }, '.repeat(10)}]`,
    'BS2125',
  ],
  ['POOL-11 metadata without a name', 'metadata: [{ name: »"", value: x }]', 'BS2126'],
  ['ACC-17 a long name', `displayName: »${'x'.repeat(1025)}`, 'BS2114'],
  ['POOL-07 no slot', 'taskSlotsPerNode: »0', 'BS2106'],
  ['a behaviour of no start task', 'model: { startTask: { »runtime: 1s } }', 'BS2016'],
  ['a behaviour of no start task on a node', 'model: { nodes: { n0: { startTask: »{} } } }', 'BS2016'],
  ['a node that is no ordinal', 'model: { nodes: { »first: {} } }', 'BS2005'],
  ['rate and trace', 'model: { preemption: { »rate: 1/h, trace: x.csv } }', 'BS2013'],
  ['neither', 'model: { preemption: { »share: 5% } }', 'BS2013'],
  ['an unknown word', 'model: { preemption: »wild }', 'BS2005'],
  ['a bandwidth of nothing', 'model: { bandwidth: »100 }', 'BS2005'],
  ['a factor below one', 'model: { slow: { factor: »0.5 } }', 'BS2005'],
])('%s is refused at its place', (_what, more, code) => {
  expect(codesAtMarks(body(more))).toEqual([`here ${code}`]);
});

test('a broken row of an eviction trace is shown in that file', () => {
  const text = body('model: { preemption: { trace: e.csv } }');
  expect(problemsOf(text, { 'e.csv': 'at_s,count\n90,7\nsoon,1\n' })).toBe(`
e.csv:3:1: error BS2005: "soon,1" is not a time and a count of nodes
  |
3 | soon,1
  | ^^^^^^
  = hint: write 90,3 or 1m30s,3 under the header at_s,count
`);
});
