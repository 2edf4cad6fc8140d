/** Tasks of a job → task sets: one per entry, or one per trace. */
import { formatCount } from '../../base/index.js';
import {
  AT_ONCE,
  constant,
  type Pool,
  type QuantityPerOccurrence,
  type TaskDependencies,
  type TaskSet,
  TYPICAL_CONTAINER_DISPATCH_MS,
  TYPICAL_TASK_USER_DISPATCH_MS,
} from '../../model/index.js';
import type { GivenTask, GivenTrace } from '../schema/job.js';
import { type LooseQuantities, settled } from '../schema/quantity.js';
import type { Path } from '../text/tree.js';
import { readTrace, traceTaskSet } from '../traces/index.js';
import { readArrival } from './arrivals.js';
import type { BuildContext } from './context.js';
import { readTaskIds } from './ids.js';
import { readValues } from './value-files.js';

/** From here on a maxWallClockTime is Batch's way of writing "none". */
const NO_LIMIT_MS = 900_000_000_000_000;
/** DEP-08. */
export const LONGEST_DEPENDENCIES = 64_000;
/** DEP-08. */
export const MOST_RANGES = 1000;

/** What the tasks of a job inherit. */
export interface TaskOwner {
  /** Where the job stands. */
  readonly path: Path;
  readonly usesTaskDependencies: boolean;
  readonly pool: Pool | null;
  /** When the job comes, in ms; null: more than once. */
  readonly createdMs: number | null;
}

/** One entry of a job's tasks; null after a problem with its ids. */
export function readTask(context: BuildContext, path: Path, given: GivenTask, owner: TaskOwner): TaskSet | null {
  const made = readTaskIds(context, [...path, 'id'], given.id);
  const { model, constraints } = given;
  if (model?.runtime === undefined) {
    const message = `${context.name(path)} has no model.runtime and takes 0 s`;
    context.warning('BS2201', path, message, 'add model: { runtime: 5m }, or a distribution');
  }
  const arrivalOwner = { endsByItself: true, originMs: owner.createdMs };
  const set = {
    arrival:
      model?.arrival === undefined
        ? AT_ONCE
        : readArrival(context, [...path, 'model', 'arrival'], model.arrival, arrivalOwner),
    runtime: quantities(context, [...path, 'model', 'runtime'], model?.runtime, 'ms'),
    exitCode: quantities(context, [...path, 'model', 'exitCode'], model?.exitCode, 'number'),
    requiredSlots: given.requiredSlots ?? 1,
    // TASK-12: constraints without a count mean 0, no constraints mean the job's.
    maxTaskRetryCount: constraints === undefined ? null : (constraints.maxTaskRetryCount ?? 0),
    maxWallClockTimeMs: wallClock(context, path, constraints?.maxWallClockTime),
    affinityId: given.affinityInfo?.affinityId ?? null,
    dispatchExtraMs: dispatchExtra(given, owner.pool),
    dependsOn: dependencies(context, path, given.dependsOn, owner),
  };
  if (made === null) return null;
  const { ids, count } = made;
  const displayNames = given.displayName === undefined ? null : new Array<string>(count).fill(given.displayName);
  return context.placed({ count, ids, displayNames, ...set }, path);
}

function quantities(
  context: BuildContext,
  path: Path,
  loose: LooseQuantities | undefined,
  unit: 'ms' | 'number',
): QuantityPerOccurrence {
  if (loose === undefined) return [constant(0)];
  return settled(loose, (file) => readValues(context, path, file, unit));
}

function wallClock(context: BuildContext, path: Path, ms: number | undefined): number | null {
  if (ms === 0) {
    const where = [...path, 'constraints', 'maxWallClockTime'];
    context.error(
      'BS2116',
      where,
      `${context.name(where)} is 0; Batch refuses that (InvalidConstraintValue)`,
      'leave it out for no limit',
    );
  }
  return ms === undefined || ms >= NO_LIMIT_MS ? null : ms;
}

/** Rows 14 and 15 of the timing defaults are part of `dispatch` as long as that is the typical one. */
function dispatchExtra(given: GivenTask, pool: Pool | null): number {
  if (pool === null || pool.timing.base !== 'typical' || pool.timing.overrides.dispatch !== undefined) return 0;
  const hasOwnUser = given.userIdentity?.autoUser?.scope === 'task' && pool.os === 'windows';
  return (
    (given.containerSettings === undefined ? 0 : TYPICAL_CONTAINER_DISPATCH_MS) +
    (hasOwnUser ? TYPICAL_TASK_USER_DISPATCH_MS : 0)
  );
}

function dependencies(
  context: BuildContext,
  path: Path,
  given: GivenTask['dependsOn'],
  owner: TaskOwner,
): TaskDependencies | null {
  const { taskIds = [], taskIdRanges = [] } = given ?? {};
  if (given === undefined || (taskIds.length === 0 && taskIdRanges.length === 0)) return null;
  const where = [...path, 'dependsOn'];
  checkUses(context, path, owner, 'dependsOn');
  const length = taskIds.reduce((sum, id) => sum + id.length, 0);
  if (length >= LONGEST_DEPENDENCIES) {
    const message = `taskIds of ${context.name(path)} have ${formatCount(length)} characters together; Batch accepts fewer than 64,000 (DEP-08, TaskDependencyListTooLong)`;
    context.error('BS2113', [...where, 'taskIds'], message, 'use taskIdRanges, or a task that collects the parents');
  }
  if (taskIdRanges.length > MOST_RANGES) {
    const message = `${context.name(path)} has ${taskIdRanges.length} ranges; at most ${MOST_RANGES} are accepted (DEP-08, TaskDependencyRangesTooLong)`;
    context.error('BS2113', [...where, 'taskIdRanges'], message);
  }
  taskIdRanges.forEach(({ start, end }, i) => {
    if (start > end)
      context.error(
        'BS2117',
        [...where, 'taskIdRanges', i],
        `the range from ${start} to ${end} counts down`,
        'swap the two',
      );
  });
  return { taskIds, taskIdRanges, columns: null };
}

function checkUses(context: BuildContext, path: Path, owner: TaskOwner, key: string): void {
  if (owner.usesTaskDependencies) return;
  const message = `${context.name(path)} depends on other tasks and ${context.name(owner.path)} has no usesTaskDependencies: true (DEP-01, TaskDependenciesNotSpecifiedOnJob)`;
  context.keyError('BS2111', path, key, message, 'add usesTaskDependencies: true to the job');
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
  if (set.dependsOn !== null) checkUses(context, path, owner, 'trace');
  return context.placed(set, path);
}
