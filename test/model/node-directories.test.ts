import { describe, expect, test } from 'vitest';
import {
  filesUntilMs,
  nodeDirectories,
  nodeRoot,
  packageDirectory,
  staysBelow,
  taskDirectory,
  taskFiles,
  taskFilesRefusal,
  workingDirectory,
} from '../../src/model/index.js';

const DAY = 86_400_000;
const LINUX = nodeDirectories('linux', '/mnt/batch/tasks');
const WINDOWS = nodeDirectories('windows', 'D:\\batch\\tasks');

test.each([
  ['linux', 150, '/mnt/batch/tasks'],
  ['linux', 0, '/opt/batch/data/tasks'],
  ['linux', null, '/mnt/batch/tasks'],
  ['windows', 150, 'D:\\batch\\tasks'],
  ['windows', 0, 'C:\\batch\\data\\tasks'],
] as const)('FILE-02 %s with a temporary disk of %s GiB: %s', (os, tempDiskGib, root) => {
  expect(nodeRoot(os, { tempDiskGib })).toBe(root);
});

describe('FILE-01 the tree', () => {
  test('FILE-01 has the directories that every node has', () => {
    expect(LINUX).toEqual({
      root: '/mnt/batch/tasks',
      applications: '/mnt/batch/tasks/applications',
      mounts: '/mnt/batch/tasks/fsmounts',
      shared: '/mnt/batch/tasks/shared',
      startup: '/mnt/batch/tasks/startup',
      startupWorking: '/mnt/batch/tasks/startup/wd',
      workitems: '/mnt/batch/tasks/workitems',
      separator: '/',
    });
    expect(WINDOWS.startupWorking).toBe('D:\\batch\\tasks\\startup\\wd');
  });

  test.each([
    ['job1', 'task1', '/mnt/batch/tasks/workitems/job1/job-1/task1'],
    ['job1', 'jobpreparation', '/mnt/batch/tasks/workitems/job1/job-1/jobpreparation'],
    ['job1', 'jobrelease', '/mnt/batch/tasks/workitems/job1/job-1/jobrelease'],
    ['nightly:job-12', 'task1', '/mnt/batch/tasks/workitems/nightly/job-12/task1'],
    ['job-3', 'task1', '/mnt/batch/tasks/workitems/job-3/job-1/task1'],
  ])('FILE-01 task %s/%s lies in %s', (jobId, taskId, path) => {
    expect(taskDirectory(LINUX, jobId, taskId)).toBe(path);
    expect(workingDirectory(LINUX, path)).toBe(`${path}/wd`);
  });

  test('FILE-01 on Windows with its own separator', () => {
    expect(taskDirectory(WINDOWS, 'j', 't')).toBe('D:\\batch\\tasks\\workitems\\j\\job-1\\t');
    expect(packageDirectory(WINDOWS, 'blender', '2.7')).toBe('D:\\batch\\tasks\\applications\\blender\\2.7');
  });
});

test('FILE-01, FILE-03 a task leaves its output beside wd', () => {
  const files = taskFiles({ os: 'windows', workingBytes: 5, hasOutputFiles: false });
  expect(files.map(({ path }) => path)).toEqual(['stdout.txt', 'stderr.txt', 'wd']);
});

test('FILE-12, TASK-20 the logs of uploads and the size of what lies in wd', () => {
  const files = taskFiles({ os: 'linux', workingBytes: 5, hasOutputFiles: true });
  const names = ['stdout.txt', 'stderr.txt', 'wd', 'certs', 'fileuploadout.txt', 'fileuploaderr.txt'];
  expect(files.map(({ path }) => path)).toEqual(names);
  expect(files.find(({ path }) => path === 'wd')).toEqual({ path: 'wd', isDirectory: true, bytes: 5 });
});

test('TASK-13, FILE-06 files stay for the retention time, 7 days by default', () => {
  expect(filesUntilMs(1000, 500)).toBe(1500);
  expect(filesUntilMs(1000, null)).toBe(1000 + 7 * DAY);
});

describe('TASK-30 asking for files', () => {
  const running = { state: 'running', endMs: null, retentionTimeMs: 100, dataLostMs: null } as const;
  const completed = { state: 'completed', endMs: 1000, retentionTimeMs: 100, dataLostMs: null } as const;

  test.each([
    ['of an active task', { ...running, state: 'active' }, 5, 'OperationInvalidForCurrentState'],
    ['of a preparing task', { ...running, state: 'preparing' }, 5, 'OperationInvalidForCurrentState'],
    ['of a running task', running, 5, null],
    ['of a running task whose node was lost', { ...running, dataLostMs: 5 }, 5, 'TaskFilesUnavailable'],
    ['until retention ends', completed, 1099, null],
    ['when retention has ended', completed, 1100, 'TaskFilesCleanedup'],
    ['when the node has gone', { ...completed, dataLostMs: 1050 }, 1050, 'TaskFilesUnavailable'],
    ['not before the node has gone', { ...completed, dataLostMs: 1050 }, 1049, null],
    ['when the node went first', { ...completed, dataLostMs: 1050 }, 2000, 'TaskFilesUnavailable'],
    ['when retention ended first', { ...completed, dataLostMs: 1150 }, 2000, 'TaskFilesCleanedup'],
  ] as const)('TASK-30, FILE-06, FILE-09 %s', (_, task, nowMs, code) => {
    expect(taskFilesRefusal(task, nowMs)?.code ?? null).toBe(code);
  });

  test('TASK-30 each answers 409', () => {
    expect(taskFilesRefusal(completed, 1100)?.status).toBe(409);
  });
});

test.each([
  ['data.txt', true],
  ['a/b/data.txt', true],
  ['a/../data.txt', true],
  ['./data.txt', true],
  ['../data.txt', false],
  ['a/../../data.txt', false],
  ['/data.txt', false],
  ['\\data.txt', false],
  ['C:\\data.txt', false],
  ['a\\..\\..\\data.txt', false],
])('FILE-04 %s stays in the working directory: %s', (path, stays) => {
  expect(staysBelow(path)).toBe(stays);
});
