/** What outcomes of a task mean for its job and for tasks that wait (EXIT). */
import { type ExitConditions, type ExitOptions, invalidProperty, type Job } from '../../model/index.js';
import type { GivenTask } from '../schema/task.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { refuseBy } from './refusals.js';

type GivenConditions = NonNullable<GivenTask['exitConditions']>;
type GivenOptions = NonNullable<GivenConditions['default']>;

/** Whose tasks the conditions belong to. */
interface ConditionsOwner {
  /** null: a job that stands elsewhere, so that the service judges. */
  readonly path: Path | null;
  readonly onTaskFailure: Job['onTaskFailure'];
}

/** The conditions at `path`; null: the defaults of EXIT-04 and EXIT-05. */
export function readExitConditions(
  context: BuildContext,
  path: Path,
  given: GivenConditions | undefined,
  owner: ConditionsOwner,
): ExitConditions | null {
  if (given === undefined) return null;
  const options = (where: Path, one: GivenOptions | undefined) =>
    one === undefined ? null : readOptions(context, [...path, ...where], one, owner);
  return {
    exitCodes: (given.exitCodes ?? []).map(({ code, exitOptions }, i) => ({
      code,
      exitOptions: readOptions(context, [...path, 'exitCodes', i, 'exitOptions'], exitOptions, owner),
    })),
    exitCodeRanges: (given.exitCodeRanges ?? []).map(({ start, end, exitOptions }, i) => {
      const where = [...path, 'exitCodeRanges', i];
      if (start > end) {
        const reason = 'A range ends where it starts, or later.';
        refuseBy(context, where, invalidProperty('exitCodeRanges', `${start} to ${end}`, reason));
      }
      return { start, end, exitOptions: readOptions(context, [...where, 'exitOptions'], exitOptions, owner) };
    }),
    preProcessingError: options(['preProcessingError'], given.preProcessingError),
    fileUploadError: options(['fileUploadError'], given.fileUploadError),
    default: options(['default'], given.default),
  };
}

/** EXIT-06. */
function readOptions(context: BuildContext, path: Path, given: GivenOptions, owner: ConditionsOwner): ExitOptions {
  const { dependencyAction = null, jobAction = null } = given;
  if (jobAction !== null && owner.path !== null && owner.onTaskFailure === 'noaction') {
    const reason = 'It has no effect unless the job has onTaskFailure: performexitoptionsjobaction.';
    refuseBy(context, [...path, 'jobAction'], invalidProperty('jobAction', jobAction, reason));
  }
  return { dependencyAction, jobAction };
}
