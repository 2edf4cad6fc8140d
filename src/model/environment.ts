/**
 * The variables that a task's process sees (ENV-01 to ENV-14, ENV-19): names and values in the order of the rules,
 * service variables first, then the job's settings, then the task's own.
 */
import type { NameValue } from './command.js';
import { type NodeDirectories, packageDirectory, taskDirectory, workingDirectory } from './node-directories.js';
import { packageVariables, type ResolvedPackage } from './packages.js';

/** ENV-08: free bytes below which a disk counts as full. */
export const RESERVED_DISK_BYTES = 1_000_000;

/** ENV-09: the port of the master node. */
const MASTER_PORT = 6000;

/** Where a task runs. */
export interface EnvironmentNode {
  readonly accountName: string;
  readonly accountUrl: string;
  readonly poolId: string;
  readonly nodeId: string;
  readonly isDedicated: boolean;
  readonly os: 'linux' | 'windows';
  readonly directories: NodeDirectories;
  /** Of the pool: every task sees them (ENV-10). */
  readonly packages: readonly ResolvedPackage[];
}

/** What kind of task it is, with what only that kind has. */
export type EnvironmentTask =
  | { readonly kind: 'start' }
  | {
      readonly kind: 'preparation' | 'release' | 'task';
      readonly jobId: string;
      readonly taskId: string;
      /** null: the job has no preparation task. */
      readonly preparationId: string | null;
    };

/** ENV-09: the nodes of a multi-instance task, the master first. */
export interface EnvironmentInstances {
  readonly addresses: readonly string[];
  /** Of each node. */
  readonly cores: number;
  /** Which of them this process runs on; 0 is the master. */
  readonly index: number;
}

/** What else a task has been given. */
export interface EnvironmentExtras {
  /** ENV-06: null without `authenticationTokenSettings`. */
  readonly authenticationToken: string | null;
  /** null: not a multi-instance task. */
  readonly instances: EnvironmentInstances | null;
  /** The task's own packages (ENV-10). */
  readonly packages: readonly ResolvedPackage[];
  /** JOB-22: of the job; none for a start task. */
  readonly commonEnvironmentSettings: readonly NameValue[];
  readonly environmentSettings: readonly NameValue[];
  /** ENV-12. */
  readonly appPackageLowerCase: boolean;
}

/** Nothing else. */
export const NO_EXTRAS: EnvironmentExtras = {
  authenticationToken: null,
  instances: null,
  packages: [],
  commonEnvironmentSettings: [],
  environmentSettings: [],
  appPackageLowerCase: true,
};

/** ENV-14: all variables of a task; of those with one name the last given holds, at the place of the first. */
export function taskEnvironment(
  node: EnvironmentNode,
  task: EnvironmentTask,
  extras: EnvironmentExtras = NO_EXTRAS,
): NameValue[] {
  const variables = new Map<string, NameValue>();
  const add = (setting: NameValue) => {
    const key = node.os === 'windows' ? setting.name.toUpperCase() : setting.name; // Windows knows no case here
    variables.set(key, setting);
  };
  for (const [name, value] of serviceVariables(node, task, extras)) add({ name, value });
  for (const variable of packagesSeen(node, extras)) add(variable);
  extras.commonEnvironmentSettings.forEach(add);
  extras.environmentSettings.forEach(add);
  return [...variables.values()];
}

type Variable = readonly [name: string, value: string];

function serviceVariables(node: EnvironmentNode, task: EnvironmentTask, extras: EnvironmentExtras): Variable[] {
  const directory = directoryOf(node, task);
  return [
    ...nodeVariables(node),
    ['AZ_BATCH_TASK_DIR', directory], // ENV-03
    ['AZ_BATCH_TASK_WORKING_DIR', workingDirectory(node.directories, directory)],
    ...jobVariables(node, task),
    ...(extras.authenticationToken === null
      ? []
      : [['AZ_BATCH_AUTHENTICATION_TOKEN', extras.authenticationToken] as const]), // ENV-06
    ...certificateVariables(node, directory),
    ['AZ_BATCH_TASK_RESERVED_EPHEMERAL_DISK_SPACE_BYTES', String(RESERVED_DISK_BYTES)], // ENV-08
    ['AZ_BATCH_RESERVED_DISK_SPACE_BYTES', String(RESERVED_DISK_BYTES)],
    ...(extras.instances === null ? [] : instanceVariables(extras.instances, directory)),
  ];
}

/** ENV-01, ENV-02. */
function nodeVariables({ directories, ...node }: EnvironmentNode): Variable[] {
  return [
    ['AZ_BATCH_ACCOUNT_NAME', node.accountName],
    ['AZ_BATCH_ACCOUNT_URL', node.accountUrl],
    ['AZ_BATCH_POOL_ID', node.poolId],
    ['AZ_BATCH_NODE_ID', node.nodeId],
    ['AZ_BATCH_NODE_IS_DEDICATED', String(node.isDedicated)],
    ['AZ_BATCH_NODE_ROOT_DIR', directories.root],
    ['AZ_BATCH_NODE_SHARED_DIR', directories.shared],
    ['AZ_BATCH_NODE_STARTUP_DIR', directories.startup],
    ['AZ_BATCH_NODE_STARTUP_WORKING_DIR', directories.startupWorking],
    ['AZ_BATCH_NODE_MOUNTS_DIR', directories.mounts],
  ];
}

/** ENV-04, ENV-05; the preparation's directory is named even if retention has emptied it (ENV-19). */
function jobVariables({ directories }: EnvironmentNode, task: EnvironmentTask): Variable[] {
  if (task.kind === 'start') return [];
  const variables: Variable[] = [
    ['AZ_BATCH_JOB_ID', task.jobId],
    ['AZ_BATCH_TASK_ID', task.taskId],
  ];
  if (task.kind === 'preparation' || task.preparationId === null) return variables;
  const directory = taskDirectory(directories, task.jobId, task.preparationId);
  variables.push(['AZ_BATCH_JOB_PREP_DIR', directory]);
  variables.push(['AZ_BATCH_JOB_PREP_WORKING_DIR', workingDirectory(directories, directory)]);
  return variables;
}

/** ENV-07. */
function certificateVariables({ os }: EnvironmentNode, directory: string): Variable[] {
  return os === 'linux' ? [['AZ_BATCH_CERTIFICATES_DIR', `${directory}/certs`]] : [];
}

/** ENV-09. */
function instanceVariables({ addresses, cores, index }: EnvironmentInstances, directory: string): Variable[] {
  return [
    ['AZ_BATCH_NODE_LIST', addresses.join(';')],
    ['AZ_BATCH_HOST_LIST', addresses.join(',')],
    ['AZ_BATCH_MASTER_NODE', `${addresses[0] ?? ''}:${MASTER_PORT}`],
    ['AZ_BATCH_IS_CURRENT_NODE_MASTER', String(index === 0)],
    ['AZ_BATCH_TASK_SHARED_DIR', directory],
    ['CCP_NODES', [addresses.length, ...addresses.map((address) => `${address} ${cores}`)].join(' ')],
  ];
}

/** ENV-10: the pool's and its own. */
function packagesSeen(node: EnvironmentNode, extras: EnvironmentExtras): NameValue[] {
  return [...node.packages, ...extras.packages].flatMap((found) => {
    const folder = packageDirectory(node.directories, found.applicationId, found.version);
    return packageVariables(node.os, found, folder, extras.appPackageLowerCase);
  });
}

function directoryOf({ directories }: EnvironmentNode, task: EnvironmentTask): string {
  return task.kind === 'start' ? directories.startup : taskDirectory(directories, task.jobId, task.taskId);
}
