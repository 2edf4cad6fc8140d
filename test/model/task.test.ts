import { expect, test } from 'vitest';
import { afterExit, effectiveRetryCount, killedExitCode } from '../../src/model/index.js';

test.each([
  [0, 0, 5, 'finish'],
  [1, 0, 0, 'finish'],
  [1, 0, 1, 'retry'],
  [1, 1, 1, 'finish'],
  [-9, 2, 3, 'retry'],
  [1, 1e9, -1, 'retry'],
  [0, 0, -1, 'finish'],
] as const)('TASK-06, TASK-07 exit %i after %i retries of %i: %s', (exitCode, retries, most, expected) => {
  expect(afterExit(exitCode, retries, most)).toBe(expected);
});

test.each([
  [null, 3, 3],
  [0, 3, 0],
  [-1, 0, -1],
])('TASK-12 own %s, the job’s %i: %i', (own, ofJob, expected) => {
  expect(effectiveRetryCount(own, ofJob)).toBe(expected);
});

test.each([
  ['linux', null, -9],
  ['windows', null, -1073741510],
  ['linux', 137, 137],
  ['windows', 0, 0],
] as const)('TASK-14 a stopped process on %s, option %s: %i', (os, option, expected) => {
  expect(killedExitCode(os, option)).toBe(expected);
});

test('TASK-14 the code on Windows is 0xC000013A', () => {
  expect(killedExitCode('windows', null) >>> 0).toBe(0xc000013a);
});
