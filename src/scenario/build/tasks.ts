/** Tasks of a job → task sets: one per entry, or one per trace. */
import {
  AT_ONCE,
  checkDisplayName,
  invalidProperty,
  type JobManager,
  type MultiInstance,
  makeTasks,
  serviceError,
  type TaskSet,
  TYPICAL_CONTAINER_DISPATCH_MS,
  TYPICAL_TASK_USER_DISPATCH_MS,
} from '../../model/index.js';
import type { GivenJobModel, GivenJobSpecification } from '../schema/job.js';
import type { GivenTask, GivenTrace } from '../schema/task.js';
import type { Path } from '../text/tree.js';
import { readTrace, traceTaskSet } from '../traces/index.js';
import { readArrival } from './arrivals.js';
import type { BuildContext } from './context.js';
import { readDemands } from './demands.js';
import { checkUses, readDependencies } from './dependencies.js';
import { readExitConditions } from './exit-conditions.js';
import { checkId, readTaskIds } from './ids.js';
import { refuseBy } from './refusals.js';
import { readResourceFiles } from './resource-files.js';
import { readCommand, readConstraints, readNameValues, readQuantities } from './settings.js';
import type { TaskOwner } from './task-owner.js';

type GivenBody = Omit<GivenTask, 'id' | 'model'>;
type GivenManagerBody = NonNullable<GivenJobSpecification['jobManagerTask']>;
type GivenManagerModel = NonNullable<GivenJobModel['jobManagerTask']>;

/** One entry of a job's tasks; null after a problem with its ids. */
export function readTask(context: BuildContext, path: Path, given: GivenTask, owner: TaskOwner): TaskSet | null {
  const made = readTaskIds(context, [...path, 'id'], given.id);
  const { model } = given;
  warnOfNoRuntime(context, path, [...path, 'model'], model);
  const arrivalOwner = { endsByItself: true, originMs: owner.createdMs };
  const set = {
    ...readBody(context, path, [...path, 'model'], given, model, owner),
    arrival:
      model?.arrival === undefined
        ? AT_ONCE
        : readArrival(context, [...path, 'model', 'arrival'], model.arrival, arrivalOwner),
    affinityId: given.affinityInfo?.affinityId ?? null,
    dependsOn: readDependencies(context, path, given.dependsOn, owner),
    exitConditions: readExitConditions(context, [...path, 'exitConditions'], given.exitConditions, owner),
    multiInstance: readMultiInstance(context, path, given),
  };
  if (made === null) return null;
  const { ids, count } = made;
  const displayNames = given.displayName === undefined ? null : new Array<string>(count).fill(given.displayName);
  return context.placed(makeTasks({ count, ids, displayNames, ...set }), path);
}

/** JM-02: the job manager is a task like others, but for what a job's other tasks wait or stand for. */
export function readManagerTask(
  context: BuildContext,
  path: Path,
  modelPath: Path,
  given: GivenManagerBody,
  model: GivenManagerModel | undefined,
  owner: TaskOwner,
): JobManager['task'] {
  checkId(context, [...path, 'id'], given.id);
  warnOfNoRuntime(context, path, modelPath, model);
  const { displayName, id } = given;
  const set = makeTasks({
    count: 1,
    ids: { kind: 'list', values: [id] },
    displayNames: displayName === undefined ? null : [displayName],
    ...readBody(context, path, modelPath, given, model, owner),
  });
  return context.placed(set, path);
}

/** What every task has, the job manager too. */
function readBody(
  context: BuildContext,
  path: Path,
  modelPath: Path,
  given: GivenBody,
  model: GivenTask['model'],
  owner: TaskOwner,
) {
  refuseBy(context, [...path, 'displayName'], checkDisplayName(given.displayName ?? null));
  return {
    runtime: readQuantities(context, [...modelPath, 'runtime'], model?.runtime, 'ms'),
    exitCode: readQuantities(context, [...modelPath, 'exitCode'], model?.exitCode, 'number'),
    requiredSlots: readSlots(context, [...path, 'requiredSlots'], given.requiredSlots),
    ...readConstraints(context, [...path, 'constraints'], given.constraints),
    dispatchExtraMs: dispatchExtra(given, owner),
    demands: readDemands(context, modelPath, given, model),
    resourceFiles: readResourceFiles(context, [...path, 'resourceFiles'], given.resourceFiles),
    environmentSettings: readNameValues(given.environmentSettings),
    hasJobAccess: given.authenticationTokenSettings?.access?.includes('job') ?? false,
  };
}

function warnOfNoRuntime(context: BuildContext, path: Path, modelPath: Path, model: GivenTask['model']): void {
  const neverRuns = model?.missingFile === true || model?.programNotFound === true;
  if (model?.runtime !== undefined || neverRuns) return;
  const where = modelPath.slice(path.length).join('.') || context.name(modelPath);
  const message = `${context.name(path)} has no ${where}.runtime and takes 0 s`;
  context.warning('BS2201', path, message, 'add model: { runtime: 5m }, or a distribution');
}

/** TASK-18. */
function readSlots(context: BuildContext, path: Path, slots = 1): number {
  const refusal =
    slots < 1 || slots > 65_535 ? invalidProperty('requiredSlots', slots, 'It lies from 1 to 65,535.') : null;
  refuseBy(context, path, refusal);
  return slots;
}

/** Rows 14 and 15 of the timing defaults are part of `dispatch` as long as that is the typical one. */
function dispatchExtra(given: GivenBody, { pool, timing: inherited }: TaskOwner): number {
  const timing = pool?.timing ?? inherited;
  if (timing.base !== 'typical' || timing.overrides.dispatch !== undefined) return 0;
  const hasOwnUser = given.userIdentity?.autoUser?.scope === 'task' && pool?.os === 'windows';
  return (
    (given.containerSettings === undefined ? 0 : TYPICAL_CONTAINER_DISPATCH_MS) +
    (hasOwnUser ? TYPICAL_TASK_USER_DISPATCH_MS : 0)
  );
}

/** MI-02, MI-05, TASK-18. */
function readMultiInstance(context: BuildContext, path: Path, given: GivenTask): MultiInstance | null {
  const { multiInstanceSettings: settings, model } = given;
  const modelPath = [...path, 'model', 'coordination'];
  if (settings === undefined) {
    if (model?.coordination !== undefined) {
      const message = `${context.name(modelPath)} describes what the task does not have`;
      context.error('BS2016', modelPath, message, 'add multiInstanceSettings: { numberOfInstances: 4 } to the task');
    }
    return null;
  }
  const { numberOfInstances = 1 } = settings;
  if (numberOfInstances < 1) {
    const refusal = invalidProperty('numberOfInstances', numberOfInstances, 'It is a whole number from 1.');
    refuseBy(context, [...path, 'multiInstanceSettings', 'numberOfInstances'], refusal);
  }
  if ((given.requiredSlots ?? 1) > 1) {
    const reason = 'A multi-instance task requires 1 slot.';
    const refusal = invalidProperty('requiredSlots', given.requiredSlots ?? 1, reason);
    refuseBy(context, [...path, 'requiredSlots'], refusal, 'instanceSlots');
  }
  const { commonResourceFiles: common } = settings;
  const commonPath = [...path, 'multiInstanceSettings', 'commonResourceFiles'];
  const { download = 0, ...command } = model?.coordination ?? {};
  return {
    numberOfInstances,
    coordination: readCommand(context, modelPath, command),
    commonDownloadBytes: download,
    ...(common === undefined ? {} : { commonResourceFiles: readResourceFiles(context, commonPath, common) }),
  };
}

/** All tasks of a trace; null after a problem. */
export function readTraceTasks(context: BuildContext, path: Path, given: GivenTrace, owner: TaskOwner): TaskSet | null {
  const where = [...path, 'trace'];
  const name = context.filePath(where, given.trace);
  const chunks = context.files.readChunks(name);
  if (!chunks.ok) {
    context.error('BS2001', where, chunks.error, 'paths are taken from the folder of the file in which they stand');
    return null;
  }
  context.filesRead.push(name);
  const table = readTrace({
    name,
    format: given.format ?? null,
    chunks: chunks.value,
    map: new Map(Object.entries(given.map ?? {})),
    head: given.head ?? null,
    timeScale: given.timeScale ?? 1,
  });
  if (!table.ok) {
    context.problems.addAll(table.error);
    return null;
  }
  context.problems.addAll(table.value.warnings);
  const set = traceTaskSet(table.value, { slots: given.slots ?? 'column' });
  if (set.dependsOn !== null)
    checkUses(context, path, owner, 'trace', serviceError('TaskDependenciesNotSpecifiedOnJob'));
  return context.placed(set, path);
}
