/** What tasks need besides slots and time: transfers, packages, containers, cores, memory, and what goes wrong. */
import { NO_DEMANDS, type TaskDemands } from '../../model/index.js';
import type { GivenTask } from '../schema/task.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { preProcessingFault, readOrdinal, readPackages } from './settings.js';

type GivenBody = Omit<GivenTask, 'id' | 'model'>;
type GivenModel = GivenTask['model'];

/** The demands of a task whose `model` stands at `modelPath`; null if it has none, which the engine takes the quick way. */
export function readDemands(
  context: BuildContext,
  modelPath: Path,
  given: GivenBody,
  model: GivenModel,
): TaskDemands | null {
  if (model?.imageSize !== undefined && given.containerSettings === undefined) {
    const message = `${context.name([...modelPath, 'imageSize'])} describes an image that the task does not have`;
    context.error(
      'BS2016',
      [...modelPath, 'imageSize'],
      message,
      'add containerSettings: { imageName: … } to the task',
    );
  }
  const demands: TaskDemands = {
    downloadBytes: model?.download ?? 0,
    uploadBytes: model?.upload ?? 0,
    uploadOn: uploadCondition(given),
    fault: preProcessingFault(model),
    uploadFault: uploadFaultOf(model),
    applicationPackages: readPackages(given.applicationPackageReferences),
    container:
      given.containerSettings === undefined
        ? null
        : { image: given.containerSettings.imageName ?? '', imageBytes: model?.imageSize ?? 0 },
    cpu: model?.cpu ?? null,
    memoryBytes: model?.memory ?? 0,
    exitCodeOnNode: readExitCodes(context, [...modelPath, 'nodes'], model?.nodes),
  };
  return isUsed(demands) ? demands : null;
}

/** When output is sent means nothing as long as none is. */
function isUsed(demands: TaskDemands): boolean {
  const { exitCodeOnNode, applicationPackages, ...others } = demands;
  if (exitCodeOnNode.size > 0 || applicationPackages.length > 0) return true;
  return Object.entries(others).some(
    ([key, value]) => key !== 'uploadOn' && value !== NO_DEMANDS[key as keyof typeof others],
  );
}

function uploadFaultOf(model: GivenModel): TaskDemands['uploadFault'] {
  const fault = model?.uploadError;
  if (fault === undefined || fault === false) return null;
  return fault === true ? 'FileUploadContainerNotFound' : fault;
}

/** TASK-20: files that are sent under several conditions are taken as one lot that is sent under any of them. */
function uploadCondition(given: GivenBody): TaskDemands['uploadOn'] {
  const conditions = (given.outputFiles ?? []).map(
    (file) => file.uploadOptions?.uploadCondition ?? NO_DEMANDS.uploadOn,
  );
  const [first = NO_DEMANDS.uploadOn] = conditions;
  return conditions.every((condition) => condition === first) ? first : 'taskcompletion';
}

function readExitCodes(
  context: BuildContext,
  path: Path,
  given: NonNullable<GivenModel>['nodes'],
): ReadonlyMap<number, number> {
  const codes = new Map<number, number>();
  for (const [name, { exitCode }] of Object.entries(given ?? {})) {
    const ordinal = readOrdinal(context, path, name);
    if (exitCode === undefined || ordinal === null) continue;
    codes.set(ordinal, exitCode);
  }
  return codes;
}
