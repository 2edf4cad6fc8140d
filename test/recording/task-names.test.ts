import { expect, test } from 'vitest';
import { makeTaskNames, type TaskNameSet } from '../../src/recording/index.js';

const SETS: TaskNameSet[] = [
  { count: 2, ids: { kind: 'list', values: ['a', 'b'] }, displayNames: ['Ä', ''] },
  { count: 0, ids: { kind: 'list', values: [] }, displayNames: null },
  { count: 3, ids: { kind: 'pattern', prefix: 't-', first: 9, digits: 2, suffix: 'x' }, displayNames: null },
];
const ALL = ['a', 'b', 't-09x', 't-10x', 't-11x'];

test('rows run through the sets in order, in whatever order they are asked for', () => {
  const names = makeTaskNames(SETS, null);
  expect([0, 1, 2, 3, 4].map((row) => names.id(row))).toEqual(ALL);
  expect([4, 0, 3, 1, 2].map((row) => names.id(row))).toEqual(['t-11x', 'a', 't-10x', 'b', 't-09x']);
});

test('an order maps rows to declared tasks', () => {
  const names = makeTaskNames(SETS, Int32Array.of(4, 2, 0));
  expect([0, 1, 2].map((row) => names.id(row))).toEqual(['t-11x', 't-09x', 'a']);
});

test('an empty display name is none', () => {
  const names = makeTaskNames(SETS, null);
  expect([0, 1, 2].map((row) => names.displayName(row))).toEqual(['Ä', null, null]);
});
