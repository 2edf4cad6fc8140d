/**
 * From what is declared to rows: what the row of each task starts with. Where nothing but the declaration adds tasks, every
 * task has its row from the beginning, in order of addition; a scenario with actions, schedules or scripted managers gives
 * each its row when it comes.
 */
import type { QuantityPerOccurrence, TaskSet } from '../model/index.js';
import type { Declaration, SetInstance } from './declaration.js';
import { type GivenColumns, TASK_FLAG, TaskTable } from './task-table.js';

/**
 * The rows with what is declared.
 * @param isCalm a task becomes runnable when it is added and never again, but for retries
 */
export function makeTaskTable(declaration: Declaration, isCalm: boolean): TaskTable {
  const { sets, rowCount, rows } = declaration;
  const only = sets.length === 1 && rows === null ? (sets[0] as SetInstance) : null;
  const isReadyOnAddition = isCalm && sets.every(({ set }) => set.dependsOn === null && !isScripted(set));
  const tasks = new TaskTable(rowCount, { ...(only === null ? {} : columnsOf(only)), isReadyOnAddition });
  for (const instance of sets) {
    if (rows === null) fillRange(instance, tasks);
    else fillScattered(instance, tasks, rows, rowCount);
  }
  return tasks;
}

/** A row for the next task of a set, in a table that grows. */
export function fillRow(instance: SetInstance, index: number, tasks: TaskTable, row: number): void {
  const { set } = instance;
  tasks.job[row] = instance.job;
  tasks.node[row] = -1;
  tasks.slots[row] = typeof set.requiredSlots === 'number' ? set.requiredSlots : (set.requiredSlots[index] as number);
  tasks.flags[row] = flagsOf(instance);
  if (!isScripted(set)) {
    const { runtime } = set;
    tasks.durationMs[row] =
      runtime instanceof Float64Array ? (runtime[index] as number) : Math.max(0, sameForAll(runtime));
  }
}

function flagsOf({ set, isManager, isStepped }: SetInstance): number {
  return (
    (isScripted(set) ? TASK_FLAG.scripted : 0) |
    (isStepped ? TASK_FLAG.stepped : 0) |
    (set.multiInstance !== null ? TASK_FLAG.gang : 0) |
    (isManager ? TASK_FLAG.manager : 0)
  );
}

/** The columns of a set that stands alone and can be read as they are: a million tasks are not copied for nothing. */
function columnsOf(instance: SetInstance): GivenColumns {
  const { set, submitMs } = instance;
  return {
    ...(submitMs instanceof Float64Array ? { submitMs } : {}),
    ...(set.runtime instanceof Float64Array && !isScripted(set) ? { durationMs: set.runtime } : {}),
  };
}

function fillRange(instance: SetInstance, tasks: TaskTable): void {
  const { set, firstTask: from } = instance;
  const to = from + set.count;
  // Columns begin as zeros: what is 0 is not written, so that its memory is not touched before it is needed.
  if (instance.job !== 0) tasks.job.fill(instance.job, from, to);
  if (typeof instance.submitMs === 'number') {
    if (instance.submitMs !== 0) tasks.submitMs.fill(instance.submitMs, from, to);
  } else if (instance.submitMs !== tasks.submitMs) tasks.submitMs.set(instance.submitMs.subarray(0, set.count), from);
  if (typeof set.requiredSlots === 'number') tasks.slots.fill(set.requiredSlots, from, to);
  else tasks.slots.set(set.requiredSlots.subarray(0, set.count), from);
  const flags = flagsOf(instance);
  if (flags !== 0) tasks.flags.fill(flags, from, to);
  if (isScripted(set)) return;
  if (set.runtime instanceof Float64Array) {
    if (set.runtime !== tasks.durationMs) tasks.durationMs.set(set.runtime.subarray(0, set.count), from);
  } else tasks.durationMs.fill(Math.max(0, sameForAll(set.runtime)), from, to);
}

function fillScattered(instance: SetInstance, tasks: TaskTable, rows: Int32Array, rowCount: number): void {
  const { set, firstTask } = instance;
  const flags = flagsOf(instance);
  const scripted = isScripted(set);
  for (let i = 0; i < set.count; i++) {
    const row = rows[firstTask + i] as number;
    if (row >= rowCount) continue;
    tasks.job[row] = instance.job;
    tasks.submitMs[row] = typeof instance.submitMs === 'number' ? instance.submitMs : (instance.submitMs[i] as number);
    tasks.slots[row] = typeof set.requiredSlots === 'number' ? set.requiredSlots : (set.requiredSlots[i] as number);
    tasks.flags[row] = flags;
    if (scripted) continue;
    const { runtime } = set;
    tasks.durationMs[row] = runtime instanceof Float64Array ? (runtime[i] as number) : Math.max(0, sameForAll(runtime));
  }
}

/** Whether the attempts of a set's tasks need more than a duration: draws, exit codes, limits, affinity, extra time. */
export function isScripted(set: TaskSet): boolean {
  if (set.demands !== null || set.multiInstance !== null || set.exitConditions !== null) return true;
  if (set.maxWallClockTimeMs !== null || set.affinityId !== null || set.dispatchExtraMs > 0) return true;
  if (set.exitCode instanceof Int32Array || !isZero(set.exitCode)) return true;
  return !(set.runtime instanceof Float64Array || isConstant(set.runtime));
}

function isConstant(quantities: QuantityPerOccurrence): boolean {
  return quantities.length === 1 && quantities[0].kind === 'constant';
}

function isZero(quantities: QuantityPerOccurrence): boolean {
  return isConstant(quantities) && sameForAll(quantities) === 0;
}

/** The value of a constant, rounded as draws are. */
function sameForAll([first]: QuantityPerOccurrence): number {
  return first.kind === 'constant' ? Math.floor(first.value + 0.5) : 0;
}
