/** Random start, preparation and release tasks, managers and demands of tasks. */
import {
  type CommandModel,
  constant,
  type ExitConditions,
  type ExitOptions,
  type JobManager,
  type JobPreparation,
  type JobRelease,
  makeJobManager,
  makeJobPreparation,
  makeJobRelease,
  makeTasks,
  NO_DEMANDS,
  type NodeModel,
  type Operation,
  type Quantity,
  type StartTask,
  type TaskDemands,
} from '../../../src/model/index.js';
import type { Dice, Swarm } from './dice.js';

/** A command of constant times. `endless`: retries have no limit, so that it must take time and succeed at last. */
function randomCommand(dice: Dice, unitMs: number, endless: boolean): CommandModel {
  const runtime = constant(dice.pick(endless ? [1, 2] : [0, 1, 1, 2]) * unitMs);
  const codes = dice.times(dice.int(1, 3), () => dice.pick([0, 0, 0, 1]));
  if (endless) codes.push(0);
  const [first = 0, ...rest] = codes;
  const exitCode: [Quantity, ...Quantity[]] = [constant(first), ...rest.map(constant)];
  const fault = !endless && dice.chance(0.05) ? 'BlobNotFound' : null;
  return { runtime: [runtime], exitCode, downloadBytes: 0, fault };
}

/** START. */
export function randomStartTask(dice: Dice, unitMs: number): StartTask {
  const maxTaskRetryCount = dice.pick([0, 0, 1, 2, -1]);
  const command = randomCommand(dice, unitMs, maxTaskRetryCount === -1);
  return { maxTaskRetryCount, waitForSuccess: dice.chance(0.7), command };
}

/** What the start task does on one of the nodes only. */
export function randomNodeModels(dice: Dice, unitMs: number, startTask: StartTask | null): Map<number, NodeModel> {
  if (startTask === null || dice.chance(0.6)) return new Map();
  const command = randomCommand(dice, unitMs, startTask.maxTaskRetryCount === -1);
  return new Map([[dice.int(0, 2), { startTask: command }]]);
}

/** PREP-01 to PREP-10. */
export function randomPreparation(dice: Dice, unitMs: number): JobPreparation {
  const maxTaskRetryCount = dice.pick([0, 0, 1, -1]);
  return makeJobPreparation({
    maxTaskRetryCount,
    maxWallClockTimeMs: dice.chance(0.2) ? dice.int(1, 2) * unitMs : null,
    waitForSuccess: dice.chance(0.7),
    rerunOnNodeRebootAfterSuccess: dice.chance(0.7),
    command: randomCommand(dice, unitMs, maxTaskRetryCount === -1),
  });
}

/** PREP-11 to PREP-17. */
export function randomRelease(dice: Dice, unitMs: number): JobRelease {
  const maxWallClockTimeMs = Math.min(15 * 60_000, dice.pick([1, 2, 9]) * unitMs);
  return makeJobRelease({ maxWallClockTimeMs, command: randomCommand(dice, unitMs, false) });
}

/** JM. Its script acts on its own job. */
export function randomManager(dice: Dice, swarm: Swarm, unitMs: number, jobId: string): JobManager {
  const runtime = constant(dice.int(0, 5) * unitMs);
  const actions = dice.times(swarm.has('scripts') ? dice.int(0, 3) : 0, (index) => ({
    atMs: dice.int(0, 4) * unitMs,
    operation: scripted(dice, unitMs, jobId, index),
  }));
  return makeJobManager({
    task: makeTasks({
      count: 1,
      ids: { kind: 'list', values: ['manager'] },
      runtime: [runtime],
      exitCode: [constant(dice.pick([0, 0, 1])), constant(0)],
      maxTaskRetryCount: dice.pick([0, 1, 2]),
    }),
    killJobOnCompletion: dice.chance(0.5),
    runExclusive: dice.chance(0.5),
    allowLowPriorityNode: dice.chance(0.7),
    actions,
  });
}

function scripted(dice: Dice, unitMs: number, jobId: string, index: number): Operation {
  const values = dice.times(dice.int(1, 3), (task) => `made${index}-${task}`);
  const set = makeTasks({
    count: values.length,
    ids: { kind: 'list', values },
    runtime: [constant(dice.int(0, 3) * unitMs)],
  });
  switch (dice.int(0, 5)) {
    case 0:
      return { kind: 'terminateJob', jobId, terminateReason: 'enough', force: false };
    case 1:
      return { kind: 'patchJob', jobId, changes: { onAllTasksComplete: 'terminatejob' } };
    default:
      return { kind: 'addTasks', jobId, tasks: { ok: true, value: [set] } };
  }
}

/** EXIT. */
export function randomExitConditions(dice: Dice, mayActOnJob: boolean): ExitConditions {
  const options = (): ExitOptions => ({
    dependencyAction: dice.pick([null, 'satisfy', 'block']),
    jobAction: mayActOnJob ? dice.pick([null, 'none', 'disable', 'terminate']) : null,
  });
  const some = <T>(make: () => T): T[] => (dice.chance(0.4) ? [make()] : []);
  return {
    exitCodes: some(() => ({ code: dice.pick([0, 1, 2, -9]), exitOptions: options() })),
    exitCodeRanges: some(() => ({ start: dice.pick([-10, 0, 1]), end: dice.pick([1, 3]), exitOptions: options() })),
    preProcessingError: some(options)[0] ?? null,
    fileUploadError: some(options)[0] ?? null,
    default: some(options)[0] ?? null,
  };
}

/** Transfers, faults, cores and memory; null: none of them. `endless`: retries have no limit, so nothing may fail for ever. */
export function randomDemands(dice: Dice, swarm: Swarm, unitMs: number, endless: boolean): TaskDemands | null {
  const transfers = swarm.has('transfers');
  const given = {
    downloadBytes: transfers ? dice.pick([0, unitMs, 2 * unitMs]) : 0,
    uploadBytes: transfers ? dice.pick([0, unitMs]) : 0,
    uploadOn: dice.pick(['tasksuccess', 'taskfailure', 'taskcompletion'] as const),
    fault: swarm.has('taskFaults') && dice.chance(0.2) ? ('CommandProgramNotFound' as const) : null,
    cpu: swarm.has('cores') ? dice.pick([null, 1, 2, 4]) : null,
    memoryBytes: swarm.has('memory') && !endless ? dice.pick([0, 1, 2, 5]) * 1024 ** 3 : 0,
    exitCodeOnNode: new Map(swarm.has('badNodes') && !endless && dice.chance(0.5) ? [[dice.int(0, 2), 3]] : []),
  };
  const upload = given.uploadBytes > 0 && given.uploadOn === 'tasksuccess';
  const uploadFault = upload && dice.chance(0.3) ? ('FileUploadAccessDenied' as const) : null;
  const features = ['transfers', 'taskFaults', 'badNodes', 'cores', 'memory'] as const;
  if (!features.some((feature) => swarm.has(feature)) || dice.chance(0.3)) return null;
  return { ...NO_DEMANDS, ...given, uploadFault };
}
