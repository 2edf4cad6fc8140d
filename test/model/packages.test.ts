import { describe, expect, test } from 'vitest';
import {
  type Application,
  checkApplicationLimit,
  checkPoolPackageReferences,
  checkVersionLimit,
  packageVariables,
  type ResolvedPackage,
  resolvePackage,
  withoutVersion,
} from '../../src/model/index.js';

const BLENDER: Application = { id: 'Blender', defaultVersion: '2.7', versions: ['2.6', '2.7'] };
const RENDER: Application = { id: 'render', defaultVersion: null, versions: ['1.0-RC'] };
const ALL = [BLENDER, RENDER];

test.each<[string, string | null, ResolvedPackage | null]>([
  ['Blender', '2.6', { applicationId: 'Blender', version: '2.6', byDefault: false }],
  ['blender', null, { applicationId: 'Blender', version: '2.7', byDefault: true }],
  ['RENDER', '1.0-rc', { applicationId: 'render', version: '1.0-RC', byDefault: false }],
  ['render', null, null],
  ['blender', '9.9', null],
  ['nothing', '1.0', null],
])('PKG-04 %s %s is resolved, or is not', (applicationId, version, expected) => {
  expect(resolvePackage(ALL, { applicationId, version })).toEqual(expected);
});

test('PKG-04 a pool with one unknown reference is refused', () => {
  const known = { applicationId: 'blender', version: null };
  expect(checkPoolPackageReferences(ALL, [known])).toBeNull();
  const refusal = checkPoolPackageReferences(ALL, [known, { applicationId: 'render', version: null }]);
  expect(refusal).toMatchObject({ code: 'InvalidApplicationPackageReferences', status: 409 });
  expect(refusal?.values).toEqual([{ key: 'render', value: 'default version' }]);
});

describe('PKG-07 deleting a version', () => {
  test('PKG-07 of the default version clears the default', () => {
    expect(withoutVersion(BLENDER, '2.7')).toEqual({ id: 'Blender', defaultVersion: null, versions: ['2.6'] });
  });

  test('PKG-07 of another keeps it', () => {
    expect(withoutVersion(BLENDER, '2.6')).toEqual({ id: 'Blender', defaultVersion: '2.7', versions: ['2.7'] });
  });
});

/** Names without their common beginning. */
function names(os: 'linux' | 'windows', found: ResolvedPackage, lowerCase = true): string[] {
  return packageVariables(os, found, 'folder', lowerCase).map(({ name }) => name.replace('AZ_BATCH_APP_PACKAGE_', ''));
}

const AGENT: ResolvedPackage = { applicationId: 'Agent-linux-x64', version: '1.1.46.0', byDefault: false };

describe('PKG-08, ENV-10 the variables of a package', () => {
  test('ENV-11 on Windows: the id in upper case, #, the version', () => {
    expect(names('windows', { applicationId: 'blender', version: '2.7', byDefault: false })).toEqual(['BLENDER#2.7']);
  });

  test('ENV-12 on Linux: points, hyphens and # are underscores, case is kept; also all upper and all lower', () => {
    expect(names('linux', AGENT)).toEqual([
      'Agent_linux_x64_1_1_46_0',
      'AGENT_LINUX_X64_1_1_46_0',
      'agent_linux_x64_1_1_46_0',
    ]);
  });

  test('ENV-12 the lower case form is an option', () => {
    expect(names('linux', AGENT, false)).toEqual(['Agent_linux_x64_1_1_46_0', 'AGENT_LINUX_X64_1_1_46_0']);
  });

  test('ENV-12 a name that is in lower case already stands once', () => {
    const found = { applicationId: 'blender', version: '2.7', byDefault: false };
    expect(names('linux', found)).toEqual(['blender_2_7', 'BLENDER_2_7']);
  });

  test('ENV-13 the default version is named without its number as well', () => {
    const found = { applicationId: 'blender', version: '2.7', byDefault: true };
    expect(names('linux', found)).toEqual(['blender_2_7', 'BLENDER_2_7', 'blender', 'BLENDER']);
    expect(names('windows', found)).toEqual(['BLENDER#2.7', 'BLENDER']);
  });

  test('ENV-10 the value is the folder of the package', () => {
    const values = packageVariables('linux', AGENT, '/mnt/x', true).map(({ value }) => value);
    expect(new Set(values)).toEqual(new Set(['/mnt/x']));
  });
});

test('ACC-14 an application has at most 40 versions, an account as many applications as the option says', () => {
  const versions = Array.from({ length: 40 }, (_, n) => `1.${n}`);
  expect(checkVersionLimit({ ...RENDER, versions: versions.slice(1) })).toBeNull();
  expect(checkVersionLimit({ ...RENDER, versions })?.status).toBe(409);
  expect(checkApplicationLimit(199, 200)).toBeNull();
  expect(checkApplicationLimit(200, 200)?.status).toBe(409);
});
