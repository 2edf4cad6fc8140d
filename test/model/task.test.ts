import { describe, expect, test } from 'vitest';
import {
  afterExit,
  effectiveRetryCount,
  killedExitCode,
  satisfiesDependents,
  TASK_FAILURES,
  TASK_MOVES,
  TASK_STATES,
  TASK_TRIGGERS,
} from '../../src/model/index.js';

/** Rows are states, columns triggers; a dot is illegal. */
const TABLE = `
             start     finish      retry     recover   stop
active       running   .           .         active    .
preparing    running   .           .         active    .
running      .         completed   active    active    completed
completed    .         .           .         .         .
`;

describe('states', () => {
  const [header = [], ...rows] = TABLE.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const cells = rows.flatMap(([state = '', ...next]) =>
    header.map((trigger, i) => [state, trigger, next[i] as string]),
  );

  test('TASK-01 the table has every state and every trigger', () => {
    expect(rows.map(([state]) => state)).toEqual([...TASK_STATES]);
    expect(header).toEqual([...TASK_TRIGGERS]);
  });

  test.each(cells)('TASK-02 %s, %s: %s', (state, trigger, next) => {
    const moves = TASK_MOVES[state as 'active'] as Partial<Record<string, string>>;
    expect(moves[trigger] ?? '.').toBe(next);
  });
});

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

test.each([0, 1, -1, 255])('EXIT-04, DEP-03 only exit code 0 satisfies: %i', (exitCode) => {
  expect(satisfiesDependents(exitCode)).toBe(exitCode === 0);
});

test('TASK-16 failures are those that this version meets, and the first is none', () => {
  expect(TASK_FAILURES).toEqual(['', 'FailureExitCode', 'TaskEnded']);
});
