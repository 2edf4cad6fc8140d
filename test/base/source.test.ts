/** Offsets become lines and columns that count from 1, also inside a text that starts in the middle of a file. */
import { describe, expect, test } from 'vitest';
import { fileSource, lineAt, positionAt, type Source } from '../../src/base/index.js';

const SOURCE = fileSource('a.yaml', 'one\ntwo\r\n\nfour');

describe('positionAt', () => {
  test.each([
    [0, '1:1'],
    [2, '1:3'],
    [3, '1:4'],
    [4, '2:1'],
    [8, '2:5'],
    [9, '3:1'],
    [10, '4:1'],
    [14, '4:5'],
    [99, '4:5'],
    [-1, '1:1'],
  ])('offset %d is %s', (offset, place) => {
    const { line, column } = positionAt(SOURCE, offset);
    expect(`${line}:${column}`).toBe(place);
  });

  test('a part of a file reports places of the file; only its first line is indented', () => {
    const part: Source = { name: 'night.yaml', text: 'a = 1;\nb = 2;', firstLine: 14, firstColumn: 7 };
    expect(positionAt(part, 0)).toEqual({ line: 14, column: 7 });
    expect(positionAt(part, 4)).toEqual({ line: 14, column: 11 });
    expect(positionAt(part, 7)).toEqual({ line: 15, column: 1 });
  });

  test('agrees with counting the characters one by one', () => {
    let [line, column] = [1, 1];
    for (let offset = 0; offset <= SOURCE.text.length; offset++) {
      expect(positionAt(SOURCE, offset)).toEqual({ line, column });
      [line, column] = SOURCE.text[offset] === '\n' ? [line + 1, 1] : [line, column + 1];
    }
  });
});

describe('lineAt', () => {
  test.each([
    [0, 'one', 0],
    [3, 'one', 0],
    [4, 'two', 4],
    [8, 'two', 4],
    [9, '', 9],
    [12, 'four', 10],
    [99, 'four', 10],
  ])('offset %d lies in the line "%s" that starts at %d', (offset, text, start) => {
    expect(lineAt(SOURCE, offset)).toEqual({ text, start });
  });
});
