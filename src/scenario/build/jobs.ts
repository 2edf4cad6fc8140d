/** Jobs with their tasks: what Batch would refuse is an error, the rest becomes the model's job. */
import { type Arrival, AT_ONCE, idKey, type Job, makeJob, type Pool, type TaskSet } from '../../model/index.js';
import type { GivenJob } from '../schema/job.js';
import type { Path } from '../text/tree.js';
import { MOST_ARRIVALS, readArrival } from './arrivals.js';
import type { BuildContext } from './context.js';
import { checkId } from './ids.js';
import { setsOverlap } from './task-ids.js';
import { readTask, readTraceTasks, type TaskOwner } from './tasks.js';

/** A number no larger than any count of arrivals, to try a job's id with. */
const LONGEST_COUNT = String(MOST_ARRIVALS);

/** The job at `path`, on one of the pools by {@link idKey}. */
export function readJob(context: BuildContext, path: Path, given: GivenJob, pools: ReadonlyMap<string, Pool>): Job {
  const arrivalPath = [...path, 'model', 'arrival'];
  const arrival: Arrival =
    given.model?.arrival === undefined
      ? AT_ONCE
      : readArrival(context, arrivalPath, given.model.arrival, { endsByItself: false, originMs: 0 });
  checkJobId(context, path, given, arrival);
  const pool = pools.get(idKey(given.poolInfo.poolId)) ?? null;
  const owner: TaskOwner = {
    path,
    usesTaskDependencies: given.usesTaskDependencies ?? false,
    pool,
    createdMs: arrival.kind === 'at' ? arrival.atMs : null,
  };
  const tasks = readTasks(context, [...path, 'tasks'], given.tasks, owner);
  const job = makeJob({
    id: given.id,
    displayName: given.displayName ?? null,
    poolId: given.poolInfo.poolId,
    priority: given.priority ?? 0,
    maxParallelTasks: given.maxParallelTasks ?? -1,
    allowTaskPreemption: given.allowTaskPreemption ?? false,
    usesTaskDependencies: owner.usesTaskDependencies,
    maxTaskRetryCount: given.constraints?.maxTaskRetryCount ?? 0,
    arrival,
    tasks,
  });
  return context.placed(job, path);
}

/** Several arrivals need several ids: `{n}` counts them. */
function checkJobId(context: BuildContext, path: Path, given: GivenJob, arrival: Arrival): void {
  const idPath = [...path, 'id'];
  const comesOnce = arrival.kind === 'at' || (arrival.kind === 'trace' && arrival.atMs.length === 1);
  if (!comesOnce && !given.id.includes('{n}')) {
    const message = `job "${given.id}" comes more than once, and each time needs an id of its own`;
    context.error('BS2102', idPath, message, `write id: ${given.id}-{n}`);
    return;
  }
  const tried = given.id.replaceAll('{n}', comesOnce ? '1' : LONGEST_COUNT);
  // A long id is only too long if the count really gets that far, which a process does not tell beforehand.
  checkId(context, idPath, comesOnce || tried.length <= 64 ? tried : given.id.replaceAll('{n}', '1'));
}

function readTasks(context: BuildContext, path: Path, given: GivenJob['tasks'], owner: TaskOwner): TaskSet[] {
  if (given === undefined || (Array.isArray(given) && given.length === 0)) {
    context.warning('BS2204', owner.path, `${context.name(owner.path)} has no tasks`);
    return [];
  }
  if (!Array.isArray(given)) {
    const set = readTraceTasks(context, path, given, owner);
    return set === null ? [] : [set];
  }
  const sets: TaskSet[] = [];
  const paths: Path[] = [];
  given.forEach((task, i) => {
    const set = readTask(context, [...path, i], task, owner);
    if (set === null) return;
    sets.push(set);
    paths.push([...path, i, 'id']);
  });
  for (const { index, id } of setsOverlap(
    sets.map((set) => set.ids),
    sets.map((set) => set.count),
  )) {
    const message = `the task id "${id}" is taken in ${context.name(owner.path)} (409 TaskExists; case does not count)`;
    context.error('BS2102', paths[index] as Path, message, 'rename one of the two');
  }
  return sets;
}
