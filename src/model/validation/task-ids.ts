/** Ids of tasks, told from their list or pattern without spelling out a million of them (ACC-17, PREP-01). */
import { idKey } from '../dependencies.js';
import type { Job } from '../job-spec.js';
import { type ServiceError, serviceError } from '../service-errors.js';
import { type TaskIds, type TaskSet, taskIdAt } from '../task-spec.js';
import { checkId } from './names.js';

/** ACC-17; of a pattern the first and the last id tell about all. */
export function checkTaskIds({ ids, count }: TaskSet): ServiceError | null {
  if (count === 0) return null;
  if (ids.kind === 'pattern') return checkId(taskIdAt(ids, 0), 'id') ?? checkId(taskIdAt(ids, count - 1), 'id');
  for (const id of ids.values) {
    const refusal = checkId(id, 'id');
    if (refusal !== null) return refusal;
  }
  return null;
}

/** PREP-01: the ids of the preparation and the release task are taken. */
export function checkReservedIds(
  set: TaskSet,
  job: Pick<Job, 'jobPreparationTask' | 'jobReleaseTask'>,
): ServiceError | null {
  if (holdsId(set, job.jobPreparationTask?.id)) return serviceError('TaskIdSameAsJobPreparationTask');
  if (holdsId(set, job.jobReleaseTask?.id)) return serviceError('TaskIdSameAsJobReleaseTask');
  return null;
}

/** Whether one of a set's ids is this one, case aside (ACC-17). */
function holdsId({ ids, count }: TaskSet, id: string | undefined): boolean {
  if (id === undefined) return false;
  const wanted = idKey(id);
  if (ids.kind === 'list') return ids.values.some((value) => idKey(value) === wanted);
  const index = indexInPattern(ids, wanted);
  return index >= 0 && index < count && idKey(taskIdAt(ids, index)) === wanted;
}

/** The place at which a pattern could give this id; -1: at none. */
function indexInPattern({ prefix, suffix, first }: TaskIds & { kind: 'pattern' }, id: string): number {
  if (!id.startsWith(idKey(prefix)) || !id.endsWith(idKey(suffix))) return -1;
  const number = id.slice(prefix.length, id.length - suffix.length);
  return /^[0-9]+$/.test(number) ? Number(number) - first : -1;
}
