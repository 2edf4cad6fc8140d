import { describe, expect, test } from 'vitest';
import { loadScenarioText } from '../../src/index.js';
import {
  type EnvironmentExtras,
  type EnvironmentNode,
  type EnvironmentTask,
  expandVariables,
  NO_EXTRAS,
  nodeDirectories,
  packageVariables,
  taskEnvironment,
} from '../../src/model/index.js';
import { simulate } from '../../src/sim/index.js';
import { gantt } from '../helpers/world.js';

const NODE: EnvironmentNode = {
  ...{
    accountName: 'acc',
    accountUrl: 'http://127.0.0.1:9',
    poolId: 'p',
    nodeId: 'tvm_1',
    isDedicated: true,
    os: 'linux',
  },
  ...{ directories: nodeDirectories('linux', '/mnt/batch/tasks'), packages: [] },
};
const KINDS: readonly EnvironmentTask[] = [
  { kind: 'start' },
  { kind: 'preparation', jobId: 'j', taskId: 'jobpreparation', preparationId: 'jobpreparation' },
  { kind: 'release', jobId: 'j', taskId: 'jobrelease', preparationId: 'jobpreparation' },
  { kind: 'task', jobId: 'j', taskId: 't', preparationId: 'jobpreparation' },
];
const ROOT = '/mnt/batch/tasks';

/** What each kind of task sees under a name: start, preparation, release, ordinary. */
function seenBy(name: string, extras: Partial<EnvironmentExtras> = {}): (string | undefined)[] {
  return KINDS.map((task) => {
    return taskEnvironment(NODE, task, { ...NO_EXTRAS, ...extras }).find((variable) => variable.name === name)?.value;
  });
}

describe('which task sees what', () => {
  test.each([
    ['AZ_BATCH_ACCOUNT_NAME', 'acc'],
    ['AZ_BATCH_ACCOUNT_URL', 'http://127.0.0.1:9'],
    ['AZ_BATCH_POOL_ID', 'p'],
    ['AZ_BATCH_NODE_ID', 'tvm_1'],
    ['AZ_BATCH_NODE_IS_DEDICATED', 'true'],
    ['AZ_BATCH_NODE_ROOT_DIR', ROOT],
    ['AZ_BATCH_NODE_SHARED_DIR', `${ROOT}/shared`],
    ['AZ_BATCH_NODE_STARTUP_DIR', `${ROOT}/startup`],
    ['AZ_BATCH_NODE_STARTUP_WORKING_DIR', `${ROOT}/startup/wd`],
    ['AZ_BATCH_NODE_MOUNTS_DIR', `${ROOT}/fsmounts`],
    ['AZ_BATCH_TASK_RESERVED_EPHEMERAL_DISK_SPACE_BYTES', '1000000'],
    ['AZ_BATCH_RESERVED_DISK_SPACE_BYTES', '1000000'],
  ])('ENV-01, ENV-02, ENV-08: every task sees %s', (name, value) => {
    expect(seenBy(name)).toEqual(Array(4).fill(value));
  });

  test('ENV-03: each has its own directory, with wd in it', () => {
    const items = `${ROOT}/workitems/j/job-1`;
    const directories = [`${ROOT}/startup`, `${items}/jobpreparation`, `${items}/jobrelease`, `${items}/t`];
    expect(seenBy('AZ_BATCH_TASK_DIR')).toEqual(directories);
    expect(seenBy('AZ_BATCH_TASK_WORKING_DIR')).toEqual(directories.map((directory) => `${directory}/wd`));
  });

  test('ENV-04, ENV-05: job and task for all but the start task, the preparation’s directory not for itself either', () => {
    expect(seenBy('AZ_BATCH_JOB_ID')).toEqual([undefined, 'j', 'j', 'j']);
    expect(seenBy('AZ_BATCH_TASK_ID')).toEqual([undefined, 'jobpreparation', 'jobrelease', 't']);
    const directory = `${ROOT}/workitems/j/job-1/jobpreparation`;
    expect(seenBy('AZ_BATCH_JOB_PREP_DIR')).toEqual([undefined, undefined, directory, directory]);
    expect(seenBy('AZ_BATCH_JOB_PREP_WORKING_DIR')).toEqual([
      undefined,
      undefined,
      `${directory}/wd`,
      `${directory}/wd`,
    ]);
  });

  test('ENV-06: the token is a variable of the task that has one', () => {
    expect(seenBy('AZ_BATCH_AUTHENTICATION_TOKEN')).toEqual(Array(4).fill(undefined));
    expect(seenBy('AZ_BATCH_AUTHENTICATION_TOKEN', { authenticationToken: 'x' })[3]).toBe('x');
  });

  test('ENV-07: certificates lie in the task’s directory', () => {
    expect(seenBy('AZ_BATCH_CERTIFICATES_DIR')[3]).toBe(`${ROOT}/workitems/j/job-1/t/certs`);
  });

  test('ENV-09: CCP_NODES counts the nodes and gives address and cores of each', () => {
    const instances = { addresses: ['10.0.0.4', '10.0.0.5', '10.0.0.6'], cores: 4, index: 2 };
    expect(seenBy('CCP_NODES', { instances })[3]).toBe('3 10.0.0.4 4 10.0.0.5 4 10.0.0.6 4');
    expect(seenBy('AZ_BATCH_MASTER_NODE', { instances })[3]).toBe('10.0.0.4:6000');
    expect(seenBy('AZ_BATCH_IS_CURRENT_NODE_MASTER', { instances })[3]).toBe('false');
  });

  test('ENV-14: what users set wins over what the service sets, the task over the job, also for AZ_BATCH names', () => {
    const extras = {
      commonEnvironmentSettings: [
        { name: 'AZ_BATCH_POOL_ID', value: 'job' },
        { name: 'AZ_BATCH_NODE_ID', value: 'job' },
      ],
      environmentSettings: [{ name: 'AZ_BATCH_NODE_ID', value: 'task' }],
    };
    expect(seenBy('AZ_BATCH_POOL_ID', extras)[3]).toBe('job');
    expect(seenBy('AZ_BATCH_NODE_ID', extras)[3]).toBe('task');
  });
});

describe('packages and patterns', () => {
  const names = (os: 'linux' | 'windows', applicationId: string, version: string, byDefault: boolean, lower = true) =>
    packageVariables(os, { applicationId, version, byDefault }, 'here', lower).map(({ name }) => name);

  test('ENV-11, ENV-13: on Windows the id in capitals, a hash sign and the version; without it for a default', () => {
    expect(names('windows', 'Blender', '2.7', false)).toEqual(['AZ_BATCH_APP_PACKAGE_BLENDER#2.7']);
    expect(names('windows', 'Blender', '2.7', true)).toEqual([
      'AZ_BATCH_APP_PACKAGE_BLENDER#2.7',
      'AZ_BATCH_APP_PACKAGE_BLENDER',
    ]);
  });

  test('ENV-12, ENV-13: on Linux underscores, as written, in capitals, and in small letters if the option says so', () => {
    const all = names('linux', 'Agent-linux-x64', '1.1.46.0', false);
    expect(all).toEqual(
      expect.arrayContaining([
        'AZ_BATCH_APP_PACKAGE_Agent_linux_x64_1_1_46_0',
        'AZ_BATCH_APP_PACKAGE_AGENT_LINUX_X64_1_1_46_0',
        'AZ_BATCH_APP_PACKAGE_agent_linux_x64_1_1_46_0',
      ]),
    );
    expect(names('linux', 'Agent', '1', false, false)).not.toContain('AZ_BATCH_APP_PACKAGE_agent_1');
    expect(names('linux', 'blender', '2.7', true)).toContain('AZ_BATCH_APP_PACKAGE_blender');
  });

  test('ENV-10: the value is the folder of the package, for every kind of task if the pool has it', () => {
    const node = { ...NODE, packages: [{ applicationId: 'blender', version: '2.7', byDefault: false }] };
    const values = KINDS.map((task) => {
      return taskEnvironment(node, task).find(({ name }) => name === 'AZ_BATCH_APP_PACKAGE_blender_2_7')?.value;
    });
    expect(values).toEqual(Array(4).fill(`${ROOT}/applications/blender/2.7`));
  });

  test('ENV-18: patterns of output files are expanded', () => {
    const variables = taskEnvironment(NODE, KINDS[3] as EnvironmentTask);
    expect(expandVariables('linux', '$AZ_BATCH_JOB_ID/$AZ_BATCH_TASK_ID/*.txt', variables)).toBe('j/t/*.txt');
    expect(expandVariables('windows', '%az_batch_job_id%\\*.txt', variables)).toBe('j\\*.txt');
  });

  test('ENV-19: a release task sees the directory of a preparation whose files are long gone', () => {
    expect(seenBy('AZ_BATCH_JOB_PREP_DIR')[2]).toBe(`${ROOT}/workitems/j/job-1/jobpreparation`);
  });

  test('ENV-14, JOB-22: settings of a scenario are taken for tasks and jobs, and change nothing in a run', () => {
    const text = `
version: 1
model: { timing: none }
pools: [{ id: p, vmSize: Standard_D2s_v5, targetDedicatedNodes: 1 }]
jobs:
  - id: j
    poolInfo: { poolId: p }
    commonEnvironmentSettings: [{ name: A, value: job }]
    tasks: [{ id: t, environmentSettings: [{ name: B, value: task }], model: { runtime: 10s } }]
`;
    const loaded = loadScenarioText('scenario.yaml', text);
    if (!loaded.ok) throw new Error('the scenario is refused');
    const given = loaded.value.scenario.accounts[0]?.jobs[0];
    expect(given?.commonEnvironmentSettings).toEqual([{ name: 'A', value: 'job' }]);
    expect(given?.tasks[0]?.environmentSettings).toEqual([{ name: 'B', value: 'task' }]);
    expect(gantt(simulate(loaded.value.scenario).recording)).toEqual(['j/t 0-10000 n0']);
  });
});
