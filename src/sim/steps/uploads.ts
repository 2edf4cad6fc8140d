/** Output of an attempt on its way to storage (TASK-20): what is sent after which exit, and how long it takes. */
import { combine } from '../../base/index.js';
import {
  bytesOfOutput,
  isSentAfter,
  NO_EXTRAS,
  NODE_KINDS,
  nodeDirectories,
  nodeId,
  nodeRoot,
  type OutputPlace,
  taskDirectory,
  taskEnvironment,
  taskIdAt,
  workingDirectory,
} from '../../model/index.js';
import { transferMs } from '../latencies.js';
import type { World } from '../world.js';
import type { LiveAttempt } from './state.js';

/** What is sent at once. */
interface Lot {
  /** Place among the task's outputs, so that draws do not depend on which others are sent. */
  readonly index: number;
  readonly bytes: number;
}

/** The output of an attempt whose process has exited, lot after lot, in ms. */
export function uploadMs(world: World, live: LiveAttempt): number {
  const pool = world.poolOfNode(live.nodes[0] as number);
  return lotsToSend(world, live).reduce((sum, { index, bytes }) => {
    const key = index === 0 ? live.key : combine(live.key, index);
    return sum + transferMs(pool, 'upload', bytes, key, live.attempt, world.uniforms);
  }, 0);
}

/** Whether anything is sent after the exit of the attempt. */
export function sendsOutput(world: World, live: LiveAttempt): boolean {
  return lotsToSend(world, live).length > 0;
}

/** A task that lists its files sends them by pattern, each entry for itself; one that does not has a single lot. */
function lotsToSend(world: World, live: LiveAttempt): Lot[] {
  const { demands, exitCode } = live;
  if (demands.files.length === 0) {
    return isSentAfter(demands.uploadOn, exitCode) ? [{ index: 0, bytes: demands.uploadBytes }] : [];
  }
  const place = placeOf(world, live);
  return demands.outputFiles.flatMap((output, index) => {
    const bytes = isSentAfter(output.uploadCondition, exitCode) ? bytesOfOutput(place, output, demands.files) : null;
    return bytes === null ? [] : [{ index, bytes }];
  });
}

/** Where the task runs, and what its patterns may name (ENV-18). */
function placeOf(world: World, { task, nodes }: LiveAttempt): OutputPlace {
  const node = nodes[0] as number;
  const { spec, account } = world.poolOfNode(node);
  const job = world.jobOf(task);
  const { instance, index } = world.setOf(task);
  const accountName = account.spec.name;
  const taskId = taskIdAt(instance.set.ids, index);
  const directories = nodeDirectories(spec.os, nodeRoot(spec.os, spec.vmSize));
  const kind = NODE_KINDS[world.nodes.kind[node] as number] ?? 'dedicated';
  const environment = taskEnvironment(
    {
      ...{ accountName, accountUrl: '', poolId: spec.id, isDedicated: kind === 'dedicated', os: spec.os },
      nodeId: nodeId(world.scenario.seed, accountName, spec.id, world.nodes.ordinal[node] as number, kind),
      ...{ directories, packages: [] },
    },
    { kind: 'task', jobId: job.id, taskId, preparationId: job.spec.jobPreparationTask?.id ?? null },
    {
      ...NO_EXTRAS,
      commonEnvironmentSettings: job.spec.commonEnvironmentSettings,
      environmentSettings: instance.set.environmentSettings,
    },
  );
  const directory = taskDirectory(directories, job.id, taskId);
  return { os: spec.os, workingDirectory: workingDirectory(directories, directory), environment };
}
