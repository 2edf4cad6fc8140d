import { expect, test } from 'vitest';
import type { Account, ModelOptions, Operation } from '../../src/model/index.js';
import { DEFAULT_OPTIONS } from '../../src/model/index.js';
import { simulate } from '../../src/sim/index.js';
import { pool, world } from '../helpers/world.js';

/** What the service answers to operations one after the other: code, or status. */
function answers(
  operations: readonly Operation[],
  account: Partial<Account> = {},
  options: Partial<ModelOptions> = {},
): string[] {
  const actions = operations.map((operation, i) => ({ atMs: i, operation, expectError: null }));
  const scenario = world({ actions, ...account }, { options: { ...DEFAULT_OPTIONS, ...options } });
  return simulate(scenario).recording.operations.map(({ code, status }) => code ?? String(status));
}

const blender = { id: 'Blender', defaultVersion: '2.7', versions: ['2.7', '2.8'] };
const withBlender = [{ applicationId: 'blender', version: null }];

test('PKG-01 an application is added once, ids without regard to case, and its id is a word', () => {
  expect(
    answers([
      { kind: 'addApplication', applicationId: 'app' },
      { kind: 'addApplication', applicationId: 'APP' },
      { kind: 'addApplication', applicationId: 'not a word' },
    ]),
  ).toEqual(['201', 'OperationInvalidForCurrentState', 'InvalidPropertyValue']);
});

test('PKG-01 a version is replaced only while allowUpdates is true', () => {
  const version = { kind: 'addApplicationPackage', applicationId: 'app', version: '1.0' } as const;
  expect(
    answers([
      version,
      { kind: 'addApplication', applicationId: 'app' },
      version,
      version,
      { kind: 'patchApplication', applicationId: 'app', defaultVersion: null, allowUpdates: false },
      version,
    ]),
  ).toEqual(['ApplicationNotFound', '201', '201', '201', '200', 'OperationInvalidForCurrentState']);
});

test('PKG-01 a default version is one that the application has', () => {
  const patch = { kind: 'patchApplication', applicationId: 'blender', allowUpdates: null } as const;
  expect(
    answers(
      [
        { ...patch, defaultVersion: '2.8' },
        { ...patch, defaultVersion: '3.0' },
      ],
      { applications: [blender] },
    ),
  ).toEqual(['200', 'InvalidPropertyValue']);
});

test('PKG-07, PKG-04 without its default version an application serves no pool that leaves the version open', () => {
  const more = (id: string, packages: typeof withBlender): Operation => ({
    kind: 'addPool',
    pool: { ok: true, value: pool(0, { id, applicationPackages: packages }) },
  });
  expect(
    answers(
      [
        more('p1', withBlender),
        { kind: 'deleteApplicationPackage', applicationId: 'blender', version: '2.7' },
        more('p2', withBlender),
      ],
      { applications: [blender] },
    ),
  ).toEqual(['201', '200', 'InvalidApplicationPackageReferences']);
});

test('PKG-01 an application is deleted once it has no packages', () => {
  const gone = { kind: 'deleteApplication', applicationId: 'blender' } as const;
  const without = (version: string) =>
    ({ kind: 'deleteApplicationPackage', applicationId: 'blender', version }) as const;
  expect(
    answers([gone, without('2.7'), without('2.8'), without('2.8'), gone, gone], { applications: [blender] }),
  ).toEqual(['OperationInvalidForCurrentState', '200', '200', 'ResourceNotFound', '200', 'ApplicationNotFound']);
});

test('ACC-14 an account has at most maxApplications applications, and one of them 40 versions', () => {
  const add = (applicationId: string) => ({ kind: 'addApplication', applicationId }) as const;
  expect(answers([add('a'), add('b'), add('c')], {}, { maxApplications: 2 })).toEqual([
    '201',
    '201',
    'OperationInvalidForCurrentState',
  ]);
  const versions = Array.from({ length: 39 }, (_, i) => `1.${i}`);
  const next = (version: string) => ({ kind: 'addApplicationPackage', applicationId: 'a', version }) as const;
  expect(answers([next('40'), next('41')], { applications: [{ id: 'a', defaultVersion: null, versions }] })).toEqual([
    '201',
    'OperationInvalidForCurrentState',
  ]);
});
