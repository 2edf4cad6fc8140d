import { describe, expect, test } from 'vitest';
import { bytesOfOutput, isSentAfter, type OutputPlace, type UploadCondition } from '../../src/model/index.js';

const LINUX: OutputPlace = {
  os: 'linux',
  workingDirectory: '/mnt/batch/tasks/workitems/j/job-1/t/wd',
  environment: [
    { name: 'AZ_BATCH_TASK_ID', value: 't' },
    { name: 'AZ_BATCH_TASK_DIR', value: '/mnt/batch/tasks/workitems/j/job-1/t' },
  ],
};
const WINDOWS: OutputPlace = {
  os: 'windows',
  workingDirectory: 'D:\\batch\\tasks\\t\\wd',
  environment: LINUX.environment,
};
const FILES = [
  { path: 'result.csv', bytes: 1 },
  { path: 'out/part-1.csv', bytes: 2 },
  { path: 'out/part-2.csv', bytes: 4 },
  { path: 'out/deep/part-3.csv', bytes: 8 },
  { path: '../stderr.txt', bytes: 16 },
  { path: '$AZ_BATCH_TASK_ID.log', bytes: 32 },
];
const bytesOf = (filePattern: string, place = LINUX) =>
  bytesOfOutput(place, { filePattern, uploadCondition: 'taskcompletion' }, FILES);

test.each([
  ['*.csv', 1],
  ['out/*.csv', 6],
  ['out/part-[12].csv', 6],
  ['**/*.csv', 15],
  ['out/**/*.csv', 14],
  ['../std*.txt', 16],
  ['./out/../result.csv', 1],
  ['$AZ_BATCH_TASK_DIR/stderr.txt', 16],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable, not ours
  ['${AZ_BATCH_TASK_ID}.log', 32],
  ['t.log', 32],
  ['/elsewhere/*.csv', null],
  ['*.png', null],
])('TASK-20, ENV-18 %s means %s bytes', (pattern, bytes) => {
  expect(bytesOf(pattern)).toBe(bytes);
});

test('TASK-20 on Windows either slash parts folders and case does not count; variables stand between percent signs', () => {
  expect(bytesOf('OUT\\*.csv', WINDOWS)).toBe(6);
  expect(bytesOf('D:\\batch\\tasks\\t\\wd\\*.csv', WINDOWS)).toBe(1);
  expect(bytesOf('%AZ_BATCH_TASK_ID%.log', { ...WINDOWS })).toBeNull(); // the file is written with a $, which is no variable here
});

describe('conditions', () => {
  test.each([
    ['tasksuccess', true, false],
    ['taskfailure', false, true],
    ['taskcompletion', true, true],
  ] satisfies [UploadCondition, boolean, boolean][])(
    'TASK-20 %s: after exit 0 %s, after exit 1 %s',
    (on, zero, one) => {
      expect([isSentAfter(on, 0), isSentAfter(on, 1), isSentAfter(on, -9)]).toEqual([zero, one, one]);
    },
  );
});
