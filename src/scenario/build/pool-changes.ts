/** Properties of a pool that may change later: start task, packages, certificates, metadata (POOL-14, POOL-15). */
import {
  checkPoolChanges,
  INSTANT_COMMAND,
  type NameValue,
  type PackageReference,
  type PoolChanges,
  type StartTask,
} from '../../model/index.js';
import type { GivenCommandModel } from '../schema/command.js';
import type { GivenPoolChanges } from '../schema/pool.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { refuseBy } from './refusals.js';
import { readCommandFiles } from './resource-files.js';
import { readCommand, readMetadata, readPackages, readRetries } from './settings.js';

type GivenChangeable = Omit<GivenPoolChanges, 'model'>;
type GivenStartTask = NonNullable<GivenPoolChanges['startTask']>;

/** The properties as they are when the pool is added. */
export interface Changeable {
  readonly startTask: StartTask | null;
  readonly applicationPackages: readonly PackageReference[];
  readonly certificates: readonly string[];
  readonly metadata: readonly NameValue[];
}

/** What a pool starts with. */
export function readChangeable(
  context: BuildContext,
  path: Path,
  given: GivenChangeable,
  model: GivenCommandModel | undefined,
): Changeable {
  const { startTask } = given;
  if (startTask === undefined && model !== undefined) {
    const where = [...path, 'model', 'startTask'];
    const message = `${context.name(where)} describes a start task that the pool does not have`;
    context.error('BS2016', where, message, 'add startTask: { commandLine: … } to the pool');
  }
  const applicationPackages = readPackages(given.applicationPackageReferences);
  refuseBy(context, [...path, 'applicationPackageReferences'], checkPoolChanges({ applicationPackages }));
  return {
    startTask: startTask === undefined ? null : readStartTask(context, path, startTask, model),
    applicationPackages,
    certificates: (given.certificateReferences ?? []).map(({ thumbprint }) => thumbprint),
    metadata: readMetadata(context, [...path, 'metadata'], given.metadata),
  };
}

/** What an operation changes; absent properties stay absent. */
export function readPoolChanges(context: BuildContext, path: Path, given: GivenPoolChanges): PoolChanges {
  const read = readChangeable(context, path, given, given.model?.startTask);
  return {
    ...(given.startTask === undefined ? {} : { startTask: read.startTask }),
    ...(given.applicationPackageReferences === undefined ? {} : { applicationPackages: read.applicationPackages }),
    ...(given.certificateReferences === undefined ? {} : { certificates: read.certificates }),
    ...(given.metadata === undefined ? {} : { metadata: read.metadata }),
  };
}

/** START-03, START-04, ACC-19. */
function readStartTask(
  context: BuildContext,
  path: Path,
  given: GivenStartTask,
  model: GivenCommandModel | undefined,
): StartTask {
  const where = [...path, 'startTask'];
  const startTask: StartTask = {
    maxTaskRetryCount: readRetries(context, [...where, 'maxTaskRetryCount'], given.maxTaskRetryCount),
    waitForSuccess: given.waitForSuccess ?? true,
    command: {
      ...readCommand(context, [...path, 'model', 'startTask'], model),
      ...readCommandFiles(context, [...where, 'resourceFiles'], given.resourceFiles),
    },
    definitionLength: definitionLength(given),
  };
  refuseBy(
    context,
    where,
    checkPoolChanges({ startTask: { ...startTask, maxTaskRetryCount: 0, command: INSTANT_COMMAND } }),
  );
  return startTask;
}

/** ACC-19: characters of command line, resource files and environment, as a request holds them. */
function definitionLength({ commandLine = '', resourceFiles = [], environmentSettings = [] }: GivenStartTask): number {
  const lists = [resourceFiles, environmentSettings].filter((list) => list.length > 0);
  return lists.reduce((sum, list) => sum + JSON.stringify(list).length, commandLine.length);
}
