import { describe, expect, test } from 'vitest';
import {
  type Account,
  type Action,
  checkResourceFiles,
  NO_DEMANDS,
  nodeDirectories,
  nodeRoot,
  type Operation,
  type ResourceFile,
  staysBelow,
  taskDirectory,
  taskFiles,
  taskFilesRefusal,
  workingDirectory,
} from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, taskMoves } from '../helpers/job-events.js';
import { at, each, gantt, job, pool, tasks, world } from '../helpers/world.js';

function runOn(account: Partial<Account>, actions: readonly Action[] = []): Recording {
  return simulate(world({ pools: [pool(1)], actions, ...account })).recording;
}

const LINUX = nodeDirectories('linux', '/mnt/batch/tasks');
const restart = (kind: 'rebootNode' | 'reimageNode'): Operation => ({
  kind,
  poolId: 'p',
  node: 'n0',
  option: 'requeue',
});

describe('names', () => {
  test('FILE-01: below workitems a job that stands alone has job-1, one of a schedule the level of its schedule', () => {
    expect(taskDirectory(LINUX, 'job1', 't')).toBe('/mnt/batch/tasks/workitems/job1/job-1/t');
    expect(taskDirectory(LINUX, 'nightly:job-3', 't')).toBe('/mnt/batch/tasks/workitems/nightly/job-3/t');
    expect([LINUX.applications, LINUX.mounts, LINUX.shared, LINUX.startup, LINUX.startupWorking]).toEqual(
      ['applications', 'fsmounts', 'shared', 'startup', 'startup/wd'].map((name) => `/mnt/batch/tasks/${name}`),
    );
  });

  test('FILE-02: the root depends on image and temporary disk', () => {
    const roots = (['linux', 'windows'] as const).flatMap((os) =>
      [150, 0].map((tempDiskGib) => nodeRoot(os, { tempDiskGib })),
    );
    expect(roots).toEqual(['/mnt/batch/tasks', '/opt/batch/data/tasks', 'D:\\batch\\tasks', 'C:\\batch\\data\\tasks']);
  });

  test('FILE-03: output stands one level above wd', () => {
    const paths = taskFiles({ os: 'linux', workingBytes: 0, hasOutputFiles: false }).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['stdout.txt', 'stderr.txt', 'wd']));
  });

  test('FILE-04: resource files go to wd and may not leave it', () => {
    expect(workingDirectory(LINUX, '/d')).toBe('/d/wd');
    expect(['a/b.txt', 'a/../b', '..', 'a/../../b', '/etc/x', 'C:\\x'].map(staysBelow)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('what is there, and for how long', () => {
  const bytes = { demands: { ...NO_DEMANDS, downloadBytes: 30 } };
  const narrow = { bandwidth: 10 };

  test('FILE-04, FILE-07: a retry on the same node finds an empty working directory and fetches its files again', () => {
    const set = tasks('t', [10], { ...bytes, exitCode: each(1, 0), maxTaskRetryCount: 1 });
    const recording = runOn({ pools: [pool(1, narrow)], jobs: [job('j', [set])] });
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 running n0', '13 retry 1', '13 running n0', '26 exit 0']);
  });

  test('FILE-08: files of a task that was interrupted on another node are not moved: they are fetched anew', () => {
    const lost: Operation = { kind: 'failNode', poolId: 'p', node: 'n0', error: null, recovers: false };
    const recording = runOn({ pools: [pool(2, narrow)], jobs: [job('j', [tasks('t', [10], bytes)])] }, [act(5, lost)]);
    expect(taskMoves(recording, 'j/t1')).toEqual([
      '0 running n0',
      '5 requeued nodeFailed',
      '5 running n1',
      '18 exit 0',
    ]);
  });

  test.each([
    ['rebootNode', 'j/u1 20-30 n0'],
    ['reimageNode', 'j/u1 20-33 n0'],
  ] as const)('FILE-05: what is shared on a node survives its tasks; after a %s %s', (kind, expected) => {
    const container = { image: 'work', imageBytes: 30 };
    const given = { demands: { ...NO_DEMANDS, container } };
    const sets = [
      tasks('t', [1], given),
      tasks('s', [1], { ...given, arrival: at(10) }),
      tasks('u', [10], { ...given, arrival: at(20) }),
    ];
    const one = pool(1, { ...narrow, hasContainers: true });
    const recording = runOn({ pools: [one], jobs: [job('j', sets)] }, [act(15, restart(kind))]);
    expect(gantt(recording)).toEqual(['j/t1 0-4 n0', 'j/s1 10-11 n0', expected]);
  });

  const completed = { state: 'completed', endMs: 100, retentionTimeMs: 50, dataLostMs: null } as const;
  test('FILE-06, TASK-30: a completed task’s files are there until its retention ends', () => {
    expect(taskFilesRefusal(completed, 149)).toBe(null);
    expect(taskFilesRefusal(completed, 150)).toMatchObject({ code: 'TaskFilesCleanedup', status: 409 });
  });

  test('FILE-09, TASK-30: with its node they are gone at once', () => {
    expect(taskFilesRefusal({ ...completed, dataLostMs: 120 }, 119)).toBe(null);
    expect(taskFilesRefusal({ ...completed, dataLostMs: 120 }, 120)).toMatchObject({
      code: 'TaskFilesUnavailable',
      status: 409,
    });
    for (const state of ['active', 'preparing'] as const) {
      expect(taskFilesRefusal({ ...completed, state, endMs: null }, 0)).toMatchObject({
        code: 'OperationInvalidForCurrentState',
      });
    }
  });

  test('FILE-12: what is known of a file is its path, its kind and its size', () => {
    for (const file of taskFiles({ os: 'linux', workingBytes: 7, hasOutputFiles: true })) {
      expect(Object.keys(file).sort()).toEqual(['bytes', 'isDirectory', 'path']);
    }
  });

  test.each([
    [{ httpUrl: 'http://h/x', filePath: 'x' }, 'ok'],
    [{ storageContainerUrl: 'http://h/c', blobPrefix: 'a/' }, 'ok'],
    [{ autoStorageContainerName: 'c', filePath: 'd' }, 'ok'],
    [{}, 'MissingRequiredProperty'],
    [{ httpUrl: 'http://h/x' }, 'MissingRequiredProperty'],
    [{ httpUrl: 'http://h/x', filePath: 'x', blobPrefix: 'a' }, 'InvalidPropertyValue'],
    [{ httpUrl: 'http://h/x', filePath: 'x', storageContainerUrl: 'http://h/c' }, 'InvalidPropertyValue'],
    [{ storageContainerUrl: 'http://h/c', autoStorageContainerName: 'c' }, 'InvalidPropertyValue'],
    [{ httpUrl: 'http://h/x', filePath: '../x' }, 'InvalidPropertyValue'],
  ] satisfies [ResourceFile, string][])('FILE-13, FILE-04: %o: %s', (file, expected) => {
    expect(checkResourceFiles([file])?.code ?? 'ok').toBe(expected);
  });
});
