import { describe, expect, test } from 'vitest';
import {
  checkJob,
  checkPoolChanges,
  checkTaskValues,
  INSTANT_COMMAND,
  makeJob,
  makeJobManager,
  makeJobPreparation,
  makeJobRelease,
  makeTasks,
  nodeDirectories,
  type ResourceFile,
  resourceFilePlace,
  taskDirectory,
} from '../../src/model/index.js';

describe('where they land', () => {
  const linux = nodeDirectories('linux', '/mnt/batch/tasks');
  const directory = taskDirectory(linux, 'job1', 't');
  const windows = nodeDirectories('windows', 'D:\\batch\\tasks');

  test('FILE-04 in the working directory, with mode 0770 on Linux unless another is given', () => {
    expect(resourceFilePlace(linux, directory, { filePath: 'a/./in.dat' })).toEqual({
      path: '/mnt/batch/tasks/workitems/job1/job-1/t/wd/a/in.dat',
      fileMode: '0770',
    });
    expect(resourceFilePlace(linux, directory, { filePath: 'x', fileMode: '0644' }).fileMode).toBe('0644');
  });

  test('FILE-04 on Windows there are no modes', () => {
    const place = resourceFilePlace(windows, taskDirectory(windows, 'j', 't'), { filePath: 'a/x', fileMode: '0644' });
    expect(place).toEqual({ path: 'D:\\batch\\tasks\\workitems\\j\\job-1\\t\\wd\\a\\x', fileMode: null });
  });

  test('FILE-04 common files of a multi-instance task go to the directory of the task; a container without a path to its top', () => {
    expect(resourceFilePlace(linux, directory, { filePath: 'x' }, true).path).toBe(`${directory}/x`);
    expect(resourceFilePlace(linux, directory, { autoStorageContainerName: 'c' }).path).toBe(`${directory}/wd`);
  });
});

describe('who is judged', () => {
  const wrong: readonly ResourceFile[] = [{ httpUrl: 'http://h/x' }];
  const command = { ...INSTANT_COMMAND, resourceFiles: wrong };
  const set = makeTasks({ count: 1, resourceFiles: wrong });
  const job = (given: Parameters<typeof makeJob>[0]) => checkJob(makeJob(given));
  const of = { id: 'j', poolId: 'p' };

  test('FILE-13, FILE-04 start, preparation, release, manager and common files as well as those of a task', () => {
    const coordination = { ...INSTANT_COMMAND };
    const gang = { numberOfInstances: 2, coordination, commonDownloadBytes: 0, commonResourceFiles: wrong };
    const refusals = [
      checkTaskValues([set]),
      checkTaskValues([makeTasks({ count: 1, multiInstance: gang })]),
      checkPoolChanges({ startTask: { maxTaskRetryCount: 0, waitForSuccess: true, command } }),
      job({ ...of, jobPreparationTask: makeJobPreparation({ command }) }),
      job({ ...of, jobPreparationTask: makeJobPreparation(), jobReleaseTask: makeJobRelease({ command }) }),
      job({ ...of, jobManagerTask: makeJobManager({ task: set }) }),
      job({ ...of, tasks: [set] }),
    ];
    expect(refusals.map((refusal) => refusal?.code)).toEqual(Array(7).fill('MissingRequiredProperty'));
  });

  test('ERR-17 one more than the most is too large an entity', () => {
    const files = (count: number) => Array<ResourceFile>(count).fill({ autoStorageContainerName: 'c' });
    expect(checkTaskValues([makeTasks({ count: 1, resourceFiles: files(1000) })])).toBeNull();
    expect(checkTaskValues([makeTasks({ count: 1, resourceFiles: files(1001) })])).toMatchObject({
      ...{ code: 'RequestEntityTooLarge', status: 413 },
    });
  });
});
