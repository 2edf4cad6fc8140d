import { describe, expect, test } from 'vitest';
import {
  type ExitConditions,
  NO_DEMANDS,
  type Pool,
  TASK_FAILURES,
  type TaskDemands,
  type TaskSet,
  TIMING_TYPICAL,
} from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import {
  afterTasks,
  each,
  gantt,
  job,
  latencies,
  NO_EXIT_CONDITIONS,
  pool,
  run,
  tasks,
  world,
} from '../helpers/world.js';

/** Tasks of 10 ms each with these demands. */
function demanding(demands: Partial<TaskDemands>, given: Partial<TaskSet> = {}, count = 1): TaskSet {
  return tasks('t', new Array<number>(count).fill(10), { demands: { ...NO_DEMANDS, ...demands }, ...given });
}

/** 5 ms to bring files, 3 to send them, on one node. */
const SLOW: Partial<Pool> = { timing: latencies({ download: 5, upload: 3, install: 4 }) };

function runOn(given: Partial<Pool>, ...sets: readonly TaskSet[]): Recording {
  return run([pool(1, given)], [job('j', sets, { usesTaskDependencies: true })]);
}

/** Failure and exit code of each task. */
function failures({ tasks: rows }: Recording): string[] {
  return Array.from({ length: rows.count }, (_, task) => {
    const exitCode = rows.exitCode[task] === -2147483648 ? 'none' : rows.exitCode[task];
    return `${TASK_FAILURES[rows.failure[task] as number]} ${exitCode}`;
  });
}

describe('downloads and uploads', () => {
  test('TASK-03, TASK-20, SIM-06 a task is running while its files come and its output goes', () => {
    expect(gantt(runOn(SLOW, demanding({ downloadBytes: 100, uploadBytes: 1 })))).toEqual(['j/t1 0-18 n0']);
    expect(gantt(runOn(SLOW, demanding({ downloadBytes: 100 })))).toEqual(['j/t1 0-15 n0']);
    expect(gantt(runOn(SLOW, demanding({ uploadBytes: 100 })))).toEqual(['j/t1 0-13 n0']);
  });

  test('SIM-06 a transfer takes its size over the bandwidth, rounded up to a millisecond', () => {
    const set = demanding({ downloadBytes: 101, uploadBytes: 20 });
    expect(gantt(runOn({ bandwidth: 10 }, set))).toEqual(['j/t1 0-23 n0']); // 11 + 10 + 2
  });

  test('SCH-10 the slot is held until the output is sent', () => {
    expect(gantt(runOn(SLOW, demanding({ uploadBytes: 1 }, {}, 2)))).toEqual(['j/t1 0-13 n0', 'j/t2 13-26 n0']);
  });

  test('SIM-02 an attempt whose steps take no time at all ends at its instant, and the next task starts then', () => {
    const set = demanding({ downloadBytes: 7 }, { runtime: each(0) }, 3);
    expect(gantt(runOn({}, set))).toEqual(['j/t1 0-0 n0', 'j/t2 0-0 n0', 'j/t3 0-0 n0']);
  });

  test('SIM-02 the same after a dispatch, which ends in a later phase than exits', () => {
    const set = demanding({ downloadBytes: 7 }, { runtime: each(0) }, 2);
    const recording = runOn({ timing: latencies({ dispatch: 2 }) }, set);
    expect(gantt(recording)).toEqual(['j/t1 2-2 n0', 'j/t2 4-4 n0']);
  });

  test('TASK-20 output is sent after the exits that it is meant for', () => {
    const ends = (uploadOn: TaskDemands['uploadOn'], exitCode: number) =>
      runOn(SLOW, demanding({ uploadBytes: 1, uploadOn }, { exitCode: each(exitCode) })).tasks.endMs[0];
    expect([ends('tasksuccess', 0), ends('taskfailure', 0), ends('taskcompletion', 0)]).toEqual([13, 10, 13]);
    expect([ends('tasksuccess', 1), ends('taskfailure', 1), ends('taskcompletion', 1)]).toEqual([10, 13, 13]);
  });

  test('TASK-20 an attempt that is to be retried sends its output first', () => {
    const set = demanding({ uploadBytes: 1 }, { exitCode: each(1, 0), maxTaskRetryCount: 1 });
    const recording = runOn(SLOW, set);
    expect(gantt(recording)).toEqual(['j/t1 13-26 n0']);
    expect([recording.attempts.startMs[0], recording.attempts.endMs[0], recording.tasks.retries[0]]).toEqual([
      0, 13, 1,
    ]);
  });
});

describe('faults', () => {
  test('TASK-06, SIM-08 a missing file fails the task when its download ends; nothing ran, nothing is retried', () => {
    const set = demanding({ downloadBytes: 100, fault: 'BlobNotFound' }, { maxTaskRetryCount: 3 });
    const recording = runOn(SLOW, set);
    expect(gantt(recording)).toEqual(['j/t1 0-5 n0']);
    expect(failures(recording)).toEqual(['BlobNotFound none']);
    expect(recording.attempts.count).toBe(0);
  });

  test('TASK-17 a program that is not found fails the task after its files have come, without an exit code', () => {
    const set = demanding({ downloadBytes: 1, uploadBytes: 1, fault: 'CommandProgramNotFound' });
    const recording = runOn(SLOW, set);
    expect(gantt(recording)).toEqual(['j/t1 0-5 n0']);
    expect(failures(recording)).toEqual(['CommandProgramNotFound none']);
  });

  test('TASK-06 faults that take no time end each task at its instant', () => {
    const recording = runOn({}, demanding({ fault: 'CommandProgramNotFound' }, {}, 2));
    expect(gantt(recording)).toEqual(['j/t1 0-0 n0', 'j/t2 0-0 n0']);
  });

  test('TASK-20, TASK-04 an upload that fails keeps the exit code, fails the task and is not retried', () => {
    const fault = { uploadBytes: 1, uploadFault: 'FileUploadContainerNotFound' } as const;
    const ended = (exitCode: number) =>
      runOn(SLOW, demanding(fault, { exitCode: each(exitCode), maxTaskRetryCount: 5 }));
    expect(failures(ended(0))).toEqual(['FileUploadContainerNotFound 0']);
    expect(failures(ended(4))).toEqual(['FileUploadContainerNotFound 4']);
    expect(gantt(ended(4))).toEqual(['j/t1 0-13 n0']);
    expect(failures(runOn(SLOW, demanding({ ...fault, uploadOn: 'taskfailure' })))).toEqual([' 0']);
  });

  test('EXIT-08, EXIT-02 an upload error blocks by default; its own entry or that of the exit code decides otherwise', () => {
    const options = { dependencyAction: 'satisfy', jobAction: null } as const;
    const child = (exitConditions: ExitConditions | null) => {
      const parent = demanding({ uploadFault: 'FileUploadAccessDenied' }, { exitConditions });
      return gantt(runOn({}, parent, tasks('c', [1], afterTasks(['t1']))))[1];
    };
    expect(child(null)).toBe('j/c1 active');
    expect(child({ ...NO_EXIT_CONDITIONS, fileUploadError: options })).toBe('j/c1 10-11 n0');
    expect(child({ ...NO_EXIT_CONDITIONS, exitCodes: [{ code: 0, exitOptions: options }] })).toBe('j/c1 10-11 n0');
    expect(child({ ...NO_EXIT_CONDITIONS, preProcessingError: options })).toBe('j/c1 active');
  });

  test('SIM-08 a bad node gives the exit code of tasks that run on it', () => {
    const set = demanding({ exitCodeOnNode: new Map([[1, 42]]) }, {}, 2);
    expect(failures(run([pool(2)], [job('j', [set])]))).toEqual([' 0', 'FailureExitCode 42']);
  });
});

describe('the wall clock', () => {
  const limited = (maxWallClockTimeMs: number) =>
    runOn(SLOW, demanding({ downloadBytes: 1, uploadBytes: 1 }, { maxWallClockTimeMs, maxTaskRetryCount: 2 }));

  test('TASK-11, SIM-03 it counts from the start of the attempt to the end of the process, which may end with it', () => {
    expect(gantt(limited(15))).toEqual(['j/t1 0-18 n0']);
    expect(failures(limited(15))).toEqual([' 0']);
    expect(gantt(limited(14))).toEqual(['j/t1 0-14 n0']);
    expect(failures(limited(14))).toEqual(['TaskEnded -9']);
  });

  test('TASK-11 it cuts a download short as well', () => {
    expect(gantt(limited(4))).toEqual(['j/t1 0-4 n0']);
    expect(failures(limited(4))).toEqual(['TaskEnded -9']);
    expect(gantt(limited(5))).toEqual(['j/t1 0-5 n0']);
  });
});

describe('packages and containers', () => {
  const applications = [{ id: 'app', defaultVersion: '1.0', versions: ['1.0', '2.0'] }];
  const uses = (...versions: (string | null)[]) => ({
    applicationPackages: versions.map((version) => ({ applicationId: 'APP', version })),
  });
  const ranWith = (given: Partial<Pool>, ...sets: readonly TaskSet[]) =>
    simulate(world({ applications, pools: [pool(1, { ...SLOW, ...given })], jobs: [job('j', sets)] })).recording;

  test('PKG-02, PKG-03 a package is installed while the task runs, once for each node and version', () => {
    expect(gantt(ranWith({}, demanding(uses('1.0'), {}, 2)))).toEqual(['j/t1 0-14 n0', 'j/t2 14-24 n0']);
    const [first, second] = [demanding(uses('1.0')), tasks('u', [10], demanding(uses('2.0', null)))];
    const other = { ...second, ids: { kind: 'list', values: ['u1'] } } as const;
    expect(gantt(ranWith({}, first, other))).toEqual(['j/t1 0-14 n0', 'j/u1 14-28 n0']);
  });

  test('PKG-02 what comes with the pool is there already', () => {
    const given = { applicationPackages: uses('1.0').applicationPackages };
    expect(gantt(ranWith(given, demanding(uses(null))))).toEqual(['j/t1 0-10 n0']);
  });

  test('PKG-04 a version that does not exist is accepted and fails the task when it runs', () => {
    const recording = ranWith({}, demanding({ ...uses('9'), downloadBytes: 1 }, { maxTaskRetryCount: 1 }));
    expect(gantt(recording)).toEqual(['j/t1 0-5 n0']);
    expect(failures(recording)).toEqual(['ApplicationPackageError none']);
  });

  const image = (imageBytes: number) => ({ container: { image: 'registry/image', imageBytes } });
  const typical = { ...TIMING_TYPICAL, overrides: { dispatch: each(0) } };

  test('SIM-06 row 7: an image is pulled at 100 MB/s, in 20 s at least, before its first use on a node', () => {
    const given = { hasContainers: true, timing: typical };
    expect(gantt(runOn(given, demanding(image(3_000_000_000), {}, 2)))).toEqual([
      'j/t1 0-30010 n0',
      'j/t2 30010-30020 n0',
    ]);
    expect(gantt(runOn(given, demanding(image(0))))).toEqual(['j/t1 0-20010 n0']);
    expect(gantt(runOn({ hasContainers: true }, demanding(image(3_000_000_000))))).toEqual(['j/t1 0-10 n0']);
  });

  test('SIM-06 a task that comes while the image is pulled waits for what is left of it', () => {
    const given = { hasContainers: true, timing: typical, taskSlotsPerNode: 2 };
    const sets = [demanding(image(0)), demanding(image(0), { ids: { kind: 'list', values: ['late'] } })] as const;
    const late = { ...sets[1], arrival: { kind: 'at', atMs: 15_000 } } as const;
    expect(gantt(runOn(given, sets[0], late))).toEqual(['j/t1 0-20010 n0', 'j/late 15000-20010 n0']);
  });

  test('TASK-29 container settings stand exactly where the pool has containers, else the task fails before it runs', () => {
    const recordings = [runOn({}, demanding(image(0))), runOn({ hasContainers: true }, tasks('t', [10]))];
    expect(recordings.map(failures)).toEqual([['ContainerInvalidSettings none'], ['ContainerInvalidSettings none']]);
    expect(recordings.map(gantt)).toEqual([['j/t1 0-0 n0'], ['j/t1 0-0 n0']]);
  });
});
