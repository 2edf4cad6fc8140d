import { expect, test } from 'vitest';
import {
  checkApplicationId,
  checkDisplayName,
  checkId,
  checkMetadata,
  checkMounts,
  checkPackageVersion,
  checkUserAccounts,
} from '../../../src/model/index.js';

test.each(['a', 'A-b_9', '0', '-', 'x'.repeat(64)])('ACC-17 %s can be an id', (id) => {
  expect(checkId(id, 'id')).toBeNull();
});

test.each(['', 'a b', 'a.b', 'a/b', 'a:b', 'ä', 'a\n', 'x'.repeat(65)])('ACC-17 "%s" cannot be an id', (id) => {
  expect(checkId(id, 'poolId')).toMatchObject({ code: 'InvalidPropertyValue', status: 400 });
  expect(checkId(id, 'poolId')?.values.slice(0, 2)).toEqual([
    { key: 'PropertyName', value: 'poolId' },
    { key: 'PropertyValue', value: id },
  ]);
});

test('ACC-17 a display name has at most 1024 characters of any kind', () => {
  expect(checkDisplayName('ü'.repeat(1024))).toBeNull();
  expect(checkDisplayName('ü'.repeat(1025))?.code).toBe('InvalidPropertyValue');
  expect(checkDisplayName(null)).toBeNull();
});

test('PKG-01 versions may hold dots, ids of applications may not', () => {
  expect(checkPackageVersion('2.7-rc_1')).toBeNull();
  expect(checkApplicationId('blender')).toBeNull();
  expect(checkApplicationId('blender.app')?.code).toBe('InvalidPropertyValue');
  expect(checkPackageVersion('1'.repeat(65))?.code).toBe('InvalidPropertyValue');
  expect(checkPackageVersion('1 0')?.code).toBe('InvalidPropertyValue');
});

test('POOL-11 metadata needs keys, not values', () => {
  expect(checkMetadata([{ name: 'a', value: '' }])).toBeNull();
  expect(checkMetadata([{ name: '', value: 'a' }])).toMatchObject({ code: 'EmptyMetadataKey', status: 400 });
});

test.each([
  ['u'.repeat(20), 'admin', null],
  ['u', null, null],
  ['u', 'NonAdmin', null],
  ['u'.repeat(21), null, 'InvalidPropertyValue'],
  ['', null, 'MissingRequiredProperty'],
  ['u', 'root', 'InvalidPropertyValue'],
])('POOL-12 the user account %s with elevation %s: %s', (name, elevationLevel, code) => {
  expect(checkUserAccounts([{ name, elevationLevel }])?.code ?? null).toBe(code);
});

test('POOL-13, ACC-14 a mount is of one kind, and there are at most ten', () => {
  const nfs = ['nfsMountConfiguration'];
  expect(checkMounts(new Array(10).fill(nfs))).toBeNull();
  expect(checkMounts(new Array(11).fill(nfs))?.code).toBe('InvalidPropertyValue');
  expect(checkMounts([nfs, []])?.code).toBe('InvalidPropertyValue');
  expect(checkMounts([['nfsMountConfiguration', 'cifsMountConfiguration']])?.code).toBe('InvalidPropertyValue');
});
