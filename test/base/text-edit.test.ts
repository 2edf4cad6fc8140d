import { expect, test } from 'vitest';
import { applyEdits, applyFixes, type Fix } from '../../src/base/index.js';

const put = (start: number, end: number, text: string) => ({ span: { start, end }, text });
const fix = (title: string, ...edits: Fix['edits'][number][]): Fix => ({ title, edits });

test('edits are put in from left to right, in whatever order they come', () => {
  expect(applyEdits('one two three', [put(8, 13, '3'), put(0, 3, '1'), put(13, 13, '!')])).toBe('1 two 3!');
});

test('a fix of what an earlier one changed is left for another time, one beside it is not', () => {
  const near = fix('near', put(0, 3, '1'));
  const beside = fix('beside', put(3, 3, ';'));
  const overlaps = [fix('same', put(3, 3, ',')), fix('over', put(2, 5, ''))];
  expect(applyFixes('one two three', [near, beside, ...overlaps])).toEqual({
    text: '1; two three',
    done: [near, beside],
  });
});

test('the edits of a fix go in together or not at all', () => {
  const both = fix('both', put(0, 1, 'x'), put(4, 5, 'y'));
  expect(applyFixes('a b c', [fix('last', put(4, 5, 'z')), both]).text).toBe('a b z');
});
