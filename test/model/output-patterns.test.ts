import { expect, test } from 'vitest';
import { expandVariables, matchesPattern } from '../../src/model/index.js';

const ENVIRONMENT = [
  { name: 'AZ_BATCH_TASK_ID', value: 't-1' },
  { name: 'OUT', value: 'results' },
];

test.each([
  ['linux', '$OUT/*.txt', 'results/*.txt'],
  ['linux', `\${OUT}_$AZ_BATCH_TASK_ID`, 'results_t-1'],
  ['linux', '$out/x', '/x'],
  ['linux', '%OUT%/x', '%OUT%/x'],
  ['windows', '%out%\\*.txt', 'results\\*.txt'],
  ['windows', '%OUT%-%AZ_BATCH_TASK_ID%', 'results-t-1'],
  ['windows', '%NOWHERE%\\x', '%NOWHERE%\\x'],
  ['windows', '$OUT\\x', '$OUT\\x'],
] as const)('ENV-18 on %s %s becomes %s', (os, pattern, expected) => {
  expect(expandVariables(os, pattern, ENVIRONMENT)).toBe(expected);
});

test.each([
  ['*.txt', 'a.txt', true],
  ['*.txt', 'b/a.txt', false],
  ['**/*.txt', 'a.txt', true],
  ['**/*.txt', 'b/c/a.txt', true],
  ['b/**', 'b/c/a.txt', true],
  ['b/**', 'c/b/a.txt', false],
  ['b/**/a.txt', 'b/a.txt', true],
  ['b/**/d/a.txt', 'b/d/c/d/a.txt', true],
  ['file?.log', 'file1.log', true],
  ['file?.log', 'file.log', false],
  ['file[0-3x].log', 'file2.log', true],
  ['file[0-3x].log', 'filex.log', true],
  ['file[0-3x].log', 'file4.log', false],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-b-b-d', false],
  ['../std*.txt', '../stdout.txt', true],
  ['[', '[', true],
  ['A.txt', 'a.txt', false],
] as const)('TASK-20 %s against %s: %s', (pattern, path, expected) => {
  expect(matchesPattern('linux', pattern, path)).toBe(expected);
});

test('TASK-20 on Windows case does not count, and either slash parts folders', () => {
  expect(matchesPattern('windows', 'OUT\\*.TXT', 'out/a.txt')).toBe(true);
});

test('TASK-20 many stars on a long name take no time', () => {
  expect(matchesPattern('linux', `${'*a'.repeat(200)}b`, 'a'.repeat(2000))).toBe(false);
  expect(matchesPattern('linux', `${'**/a/'.repeat(100)}b`, 'a/'.repeat(500))).toBe(false);
});
