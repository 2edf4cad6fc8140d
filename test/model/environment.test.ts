import { describe, expect, test } from 'vitest';
import {
  type EnvironmentExtras,
  type EnvironmentNode,
  type EnvironmentTask,
  NO_EXTRAS,
  nodeDirectories,
  taskEnvironment,
} from '../../src/model/index.js';

const NODE: EnvironmentNode = {
  accountName: 'mybatchaccount',
  accountUrl: 'https://mybatchaccount.example.invalid',
  poolId: 'pool1',
  nodeId: 'tvmps_0_d',
  isDedicated: true,
  os: 'linux',
  directories: nodeDirectories('linux', '/mnt/batch/tasks'),
  packages: [],
};
const WINDOWS: EnvironmentNode = {
  ...NODE,
  os: 'windows',
  directories: nodeDirectories('windows', 'D:\\batch\\tasks'),
};
const START: EnvironmentTask = { kind: 'start' };
const TASK: EnvironmentTask = { kind: 'task', jobId: 'job1', taskId: 'task1', preparationId: null };
const PREPARED: EnvironmentTask = { ...TASK, preparationId: 'jobpreparation' };

/** The variables as an object; a variable that stands twice would lose itself, so that is looked for too. */
function seen(task: EnvironmentTask, extras: Partial<EnvironmentExtras> = {}, node = NODE): Record<string, string> {
  const variables = taskEnvironment(node, task, { ...NO_EXTRAS, ...extras });
  expect(new Set(variables.map(({ name }) => name)).size).toBe(variables.length);
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
}

const EVERY_TASK = {
  AZ_BATCH_ACCOUNT_NAME: 'mybatchaccount',
  AZ_BATCH_ACCOUNT_URL: 'https://mybatchaccount.example.invalid',
  AZ_BATCH_POOL_ID: 'pool1',
  AZ_BATCH_NODE_ID: 'tvmps_0_d',
  AZ_BATCH_NODE_IS_DEDICATED: 'true',
  AZ_BATCH_NODE_ROOT_DIR: '/mnt/batch/tasks',
  AZ_BATCH_NODE_SHARED_DIR: '/mnt/batch/tasks/shared',
  AZ_BATCH_NODE_STARTUP_DIR: '/mnt/batch/tasks/startup',
  AZ_BATCH_NODE_STARTUP_WORKING_DIR: '/mnt/batch/tasks/startup/wd',
  AZ_BATCH_NODE_MOUNTS_DIR: '/mnt/batch/tasks/fsmounts',
  AZ_BATCH_TASK_RESERVED_EPHEMERAL_DISK_SPACE_BYTES: '1000000',
  AZ_BATCH_RESERVED_DISK_SPACE_BYTES: '1000000',
};

test('ENV-01, ENV-02, ENV-03, ENV-07, ENV-08 all that a start task sees', () => {
  expect(seen(START)).toEqual({
    ...EVERY_TASK,
    AZ_BATCH_TASK_DIR: '/mnt/batch/tasks/startup',
    AZ_BATCH_TASK_WORKING_DIR: '/mnt/batch/tasks/startup/wd',
    AZ_BATCH_CERTIFICATES_DIR: '/mnt/batch/tasks/startup/certs',
  });
});

test('ENV-03, ENV-04 all that an ordinary task sees', () => {
  expect(seen(TASK)).toEqual({
    ...EVERY_TASK,
    AZ_BATCH_JOB_ID: 'job1',
    AZ_BATCH_TASK_ID: 'task1',
    AZ_BATCH_TASK_DIR: '/mnt/batch/tasks/workitems/job1/job-1/task1',
    AZ_BATCH_TASK_WORKING_DIR: '/mnt/batch/tasks/workitems/job1/job-1/task1/wd',
    AZ_BATCH_CERTIFICATES_DIR: '/mnt/batch/tasks/workitems/job1/job-1/task1/certs',
  });
});

test('ENV-01 a spot node says so', () => {
  expect(seen(TASK, {}, { ...NODE, isDedicated: false })['AZ_BATCH_NODE_IS_DEDICATED']).toBe('false');
});

describe('ENV-05 the directory of the preparation', () => {
  const directory = '/mnt/batch/tasks/workitems/job1/job-1/jobpreparation';
  const prepDir = (task: EnvironmentTask) => seen(task)['AZ_BATCH_JOB_PREP_DIR'];

  test('ENV-05 is seen by tasks of a job that has one', () => {
    expect(prepDir(PREPARED)).toBe(directory);
    expect(seen(PREPARED)['AZ_BATCH_JOB_PREP_WORKING_DIR']).toBe(`${directory}/wd`);
  });

  test('ENV-19 and by its release task, whatever has become of it', () => {
    expect(prepDir({ ...PREPARED, kind: 'release', taskId: 'jobrelease' })).toBe(directory);
  });

  test('ENV-05 not by the preparation itself, a start task, or where there is none', () => {
    expect(prepDir({ ...PREPARED, kind: 'preparation', taskId: 'jobpreparation' })).toBeUndefined();
    expect(prepDir(START)).toBeUndefined();
    expect(prepDir(TASK)).toBeUndefined();
  });
});

test('ENV-06 a token only for tasks that have one', () => {
  expect(seen(TASK)).not.toHaveProperty('AZ_BATCH_AUTHENTICATION_TOKEN');
  expect(seen(TASK, { authenticationToken: 'secret' })['AZ_BATCH_AUTHENTICATION_TOKEN']).toBe('secret');
});

test('ENV-07 no certificates directory on Windows', () => {
  expect(seen(TASK, {}, WINDOWS)).not.toHaveProperty('AZ_BATCH_CERTIFICATES_DIR');
  expect(seen(TASK, {}, WINDOWS)['AZ_BATCH_TASK_DIR']).toBe('D:\\batch\\tasks\\workitems\\job1\\job-1\\task1');
});

describe('ENV-09 a multi-instance task', () => {
  const instances = { addresses: ['10.0.0.4', '10.0.0.5'], cores: 1, index: 0 };

  test('ENV-09 the primary knows all nodes and that it is the master', () => {
    expect(seen(TASK, { instances })).toMatchObject({
      AZ_BATCH_NODE_LIST: '10.0.0.4;10.0.0.5',
      AZ_BATCH_HOST_LIST: '10.0.0.4,10.0.0.5',
      AZ_BATCH_MASTER_NODE: '10.0.0.4:6000',
      AZ_BATCH_IS_CURRENT_NODE_MASTER: 'true',
      AZ_BATCH_TASK_SHARED_DIR: '/mnt/batch/tasks/workitems/job1/job-1/task1',
      CCP_NODES: '2 10.0.0.4 1 10.0.0.5 1',
    });
  });

  test('ENV-09 a subtask knows that it is not', () => {
    const subtask = seen(TASK, { instances: { ...instances, index: 1 } });
    expect(subtask['AZ_BATCH_IS_CURRENT_NODE_MASTER']).toBe('false');
  });

  test('ENV-09 an ordinary task has none of them', () => {
    expect(Object.keys(seen(TASK)).filter((name) => /LIST|MASTER|CCP|TASK_SHARED/.test(name))).toEqual([]);
  });
});

describe('ENV-10 packages', () => {
  const blender = { applicationId: 'blender', version: '2.7', byDefault: false };
  const maya = { applicationId: 'maya', version: '1', byDefault: false };

  test('ENV-10, PKG-08 of the pool are seen by all tasks, a task’s own by itself', () => {
    const node = { ...NODE, packages: [blender] };
    const folder = '/mnt/batch/tasks/applications/blender/2.7';
    expect(seen(START, {}, node)['AZ_BATCH_APP_PACKAGE_blender_2_7']).toBe(folder);
    expect(seen(TASK, { packages: [maya] }, node)).toMatchObject({
      AZ_BATCH_APP_PACKAGE_blender_2_7: folder,
      AZ_BATCH_APP_PACKAGE_maya_1: '/mnt/batch/tasks/applications/maya/1',
    });
  });
});

describe('ENV-14 what a job and a task set themselves', () => {
  const common = [
    { name: 'LEVEL', value: 'job' },
    { name: 'PLACE', value: 'job' },
  ];

  test('ENV-14, JOB-22 the task’s own setting wins over the job’s', () => {
    const variables = seen(TASK, {
      commonEnvironmentSettings: common,
      environmentSettings: [{ name: 'LEVEL', value: 'task' }],
    });
    expect(variables).toMatchObject({ LEVEL: 'task', PLACE: 'job' });
  });

  test('ENV-14 both win over the service', () => {
    const commonEnvironmentSettings = [{ name: 'AZ_BATCH_POOL_ID', value: 'mine' }];
    expect(seen(TASK, { commonEnvironmentSettings })['AZ_BATCH_POOL_ID']).toBe('mine');
  });

  test('ENV-14 variables keep their order: service, job, task', () => {
    const variables = taskEnvironment(NODE, TASK, {
      ...NO_EXTRAS,
      commonEnvironmentSettings: common,
      environmentSettings: [{ name: 'OWN', value: '1' }],
    });
    const names = variables.map(({ name }) => name);
    expect(names[0]).toBe('AZ_BATCH_ACCOUNT_NAME');
    expect(names.slice(-3)).toEqual(['LEVEL', 'PLACE', 'OWN']);
  });

  test('ENV-14 case counts on Linux and not on Windows', () => {
    const environmentSettings = [{ name: 'level', value: 'task' }];
    const extras = { commonEnvironmentSettings: common, environmentSettings };
    expect(seen(TASK, extras)).toMatchObject({ LEVEL: 'job', level: 'task' });
    const onWindows = seen(TASK, extras, WINDOWS);
    expect(onWindows['level']).toBe('task');
    expect(onWindows).not.toHaveProperty('LEVEL');
  });
});
