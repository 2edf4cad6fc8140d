/** The tasks around a job's own: manager, preparation, release (JM, PREP). */
import {
  invalidProperty,
  type JobManager,
  type JobPreparation,
  type JobRelease,
  MOST_RELEASE_MS,
  makeJobManager,
  makeJobPreparation,
  makeJobRelease,
} from '../../model/index.js';
import type { GivenJobModel, GivenJobSpecification } from '../schema/job.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { checkId } from './ids.js';
import { refuseBy } from './refusals.js';
import { readCommandFiles } from './resource-files.js';
import { isNoLimit, readCommand, readConstraints, readWallClock } from './settings.js';
import type { Surroundings } from './surroundings.js';
import type { TaskOwner } from './task-owner.js';
import { readManagerTask } from './tasks.js';

/** A job's body and its `model`, each with its place. */
export interface JobParts {
  readonly path: Path;
  readonly modelPath: Path;
  readonly given: GivenJobSpecification;
  readonly model: GivenJobModel | undefined;
}

type Part = 'jobManagerTask' | 'jobPreparationTask' | 'jobReleaseTask';

/** JM-02 to JM-06, JM-11. */
export function readManager(
  context: BuildContext,
  parts: JobParts,
  owner: TaskOwner,
  around: Surroundings,
): JobManager | null {
  const { path, modelPath, given } = parts;
  const body = given.jobManagerTask;
  const model = parts.model?.jobManagerTask;
  if (body === undefined) return missing(context, parts, 'jobManagerTask', '{ id: jm }');
  const where = [...modelPath, 'jobManagerTask'];
  const task = readManagerTask(context, [...path, 'jobManagerTask'], where, body, model, owner);
  return makeJobManager({
    task,
    killJobOnCompletion: body.killJobOnCompletion ?? true,
    runExclusive: body.runExclusive ?? true,
    allowLowPriorityNode: body.allowLowPriorityNode ?? true,
    actions:
      model?.actions === undefined ? [] : around.readScript([...where, 'actions'], model.actions, owner.pool, around),
  });
}

/** PREP-01, PREP-04, PREP-08, PREP-09. */
export function readPreparation(context: BuildContext, parts: JobParts): JobPreparation | null {
  const { path, modelPath, given, model } = parts;
  const body = given.jobPreparationTask;
  if (body === undefined) return missing(context, parts, 'jobPreparationTask', '{ commandLine: … }');
  const where = [...path, 'jobPreparationTask'];
  if (body.id !== undefined) checkId(context, [...where, 'id'], body.id);
  const { maxTaskRetryCount, ...limits } = readConstraints(context, [...where, 'constraints'], body.constraints);
  return makeJobPreparation({
    ...(body.id === undefined ? {} : { id: body.id }),
    ...limits,
    maxTaskRetryCount: maxTaskRetryCount ?? 0,
    waitForSuccess: body.waitForSuccess ?? true,
    rerunOnNodeRebootAfterSuccess: body.rerunOnNodeRebootAfterSuccess ?? true,
    command: {
      ...readCommand(context, [...modelPath, 'jobPreparationTask'], model?.jobPreparationTask),
      ...readCommandFiles(context, [...where, 'resourceFiles'], body.resourceFiles),
    },
  });
}

/** PREP-11, PREP-12, JOB-28. */
export function readRelease(context: BuildContext, parts: JobParts): JobRelease | null {
  const { path, modelPath, given, model } = parts;
  const body = given.jobReleaseTask;
  if (body === undefined) return missing(context, parts, 'jobReleaseTask', '{ commandLine: … }');
  const where = [...path, 'jobReleaseTask'];
  if (body.id !== undefined) checkId(context, [...where, 'id'], body.id);
  if (given.jobPreparationTask === undefined) {
    const reason = 'A job with a release task has a preparation task.';
    refuseBy(context, where, invalidProperty('jobReleaseTask', body.id ?? 'jobrelease', reason));
  }
  return makeJobRelease({
    ...(body.id === undefined ? {} : { id: body.id }),
    maxWallClockTimeMs: releaseTime(context, [...where, 'maxWallClockTime'], body.maxWallClockTime),
    retentionTimeMs: body.retentionTime ?? null,
    command: {
      ...readCommand(context, [...modelPath, 'jobReleaseTask'], model?.jobReleaseTask),
      ...readCommandFiles(context, [...where, 'resourceFiles'], body.resourceFiles),
    },
  });
}

function releaseTime(context: BuildContext, path: Path, given: number | undefined): number {
  const ms = given ?? MOST_RELEASE_MS;
  if (ms > MOST_RELEASE_MS && !isNoLimit(ms)) {
    const refusal = invalidProperty('maxWallClockTime', `${ms} ms`, 'A release task has at most 15 minutes.');
    refuseBy(context, path, refusal, 'releaseWallClock');
  }
  return isNoLimit(ms) ? MOST_RELEASE_MS : (readWallClock(context, path, ms) ?? MOST_RELEASE_MS);
}

/** A task that is not there can have no behaviour. */
function missing(context: BuildContext, { path, modelPath, model }: JobParts, part: Part, body: string): null {
  if (model?.[part] !== undefined) {
    const message = `${context.name([...modelPath, part])} describes what ${context.name(path)} does not have`;
    context.error('BS2016', [...modelPath, part], message, `add ${part}: ${body} beside it`);
  }
  return null;
}
