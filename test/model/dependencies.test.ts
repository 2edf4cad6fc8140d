import { expect, test } from 'vitest';
import { idKey, rangeMember } from '../../src/model/index.js';

test.each([
  ['4', 4],
  ['04', 4],
  ['004', 4],
  ['0', 0],
  ['9007199254740991', 9007199254740991],
  ['9007199254740993', null],
  ['-4', null],
  ['4a', null],
  ['1e3', null],
  ['4_0', null],
  ['', null],
])('DEP-06 id %j is the integer %s', (id, expected) => {
  expect(rangeMember(id)).toBe(expected);
});

test('DEP-11 ids compare without regard to case', () => {
  expect(idKey('Render-A')).toBe(idKey('rENDER-a'));
  expect(idKey('a_b')).not.toBe(idKey('a-b'));
});
