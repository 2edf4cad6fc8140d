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
    ...readOutput(context, modelPath, given, model),
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
  const { exitCodeOnNode, applicationPackages, files, outputFiles, ...others } = demands;
  if (exitCodeOnNode.size > 0 || applicationPackages.length > 0) return true;
  if (files.length > 0 && outputFiles.length > 0) return true;
  return Object.entries(others).some(
    ([key, value]) => key !== 'uploadOn' && value !== NO_DEMANDS[key as keyof typeof others],
  );
}

function uploadFaultOf(model: GivenModel): TaskDemands['uploadFault'] {
  const fault = model?.uploadError;
  if (fault === undefined || fault === false) return null;
  return fault === true ? 'FileUploadContainerNotFound' : fault;
}

/** TASK-20: the files that the command leaves, and the entries that send some of them; each entry needs its pattern. */
function readOutput(
  context: BuildContext,
  modelPath: Path,
  given: GivenBody,
  model: GivenModel,
): Pick<TaskDemands, 'files' | 'outputFiles'> {
  const files = Object.entries(model?.files ?? {}).map(([path, bytes]) => ({ path, bytes }));
  if (files.length === 0) return { files: [], outputFiles: [] };
  const where = [...modelPath, 'files'];
  if (model?.upload !== undefined) {
    const message = `${context.name(where)} and upload both say how much is sent`;
    context.error('BS2013', where, message, 'keep files, whose sizes are known one by one, or upload for all');
  }
  const outputs = given.outputFiles ?? [];
  if (outputs.some(({ filePattern }) => filePattern === undefined)) {
    const message = `${context.name(where)} lists files, and an entry of outputFiles does not say which of them it means`;
    context.error('BS2013', where, message, 'give each entry its filePattern, such as "**/*.csv"');
  }
  const outputFiles = outputs.map(({ filePattern = '', uploadOptions }) => ({
    filePattern,
    uploadCondition: uploadOptions?.uploadCondition ?? NO_DEMANDS.uploadOn,
  }));
  return { files, outputFiles };
}

/** TASK-20: without a list of files, all output is one lot; under several conditions it is sent under any of them. */
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
