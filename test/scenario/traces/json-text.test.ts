import { describe, expect, test } from 'vitest';
import { jsonErrorOffset } from '../../../src/scenario/traces/json-text.js';

describe('where JSON stops', () => {
  test.each([
    '{}',
    '[]',
    ' [1, -2.5e+3, "a\\u00e9\\n", {"b": [true, false, null]}] ',
    '""',
    '0',
    '{"a":{"b":{}},"c":[[],[{}]]}',
  ])('%s is JSON', (text) => {
    expect(() => JSON.parse(text)).not.toThrow();
    expect(jsonErrorOffset(text)).toBeNull();
  });

  test.each([
    ['', 0],
    ['{', 1],
    ['[1,]', 3],
    ['[1 2]', 3],
    ['{"a" 1}', 5],
    ['{"a":1,}', 7],
    ['{a:1}', 1],
    ['[01]', 2],
    ['"abc', 0],
    ['"a\nb"', 0],
    ['[tru]', 1],
    ['{"a":}', 5],
    ['[1]]', 3],
    ['[1', 2],
    ['{"a":"b\\x"}', 5],
    ['nul', 0],
  ])('%j stops being JSON at %d', (text, offset) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(jsonErrorOffset(text)).toBe(offset);
  });

  test('depth and length cost no stack', () => {
    expect(jsonErrorOffset('['.repeat(500_000))).toBe(500_000);
    expect(jsonErrorOffset(`["${'a\\n'.repeat(1_000_000)}",]`)).toBe(3_000_004);
  });
});
