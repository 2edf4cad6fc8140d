/** When a task may run (DEP): each question is answered by looking at every task of the job. */
import type { TaskState, World } from './world.js';

/** DEP-02: with the end of others, or on being added, tasks become runnable. */
export function noticeRunnable(world: World): void {
  for (const task of world.tasks) {
    if (task.readyMs === null && task.state === 'active' && !task.givenUp && isRunnable(task)) task.readyMs = world.now;
  }
}

/** DEP-02: every id, every integer of every range and every parent by position is satisfied. */
function isRunnable(task: TaskState): boolean {
  const { dependsOn } = task.set;
  if (dependsOn === null) return true;
  for (const id of dependsOn.taskIds) {
    const key = id.toLowerCase(); // DEP-11
    if (!someSatisfies(task, (other) => other.id.toLowerCase() === key)) return false;
  }
  for (const { start, end } of dependsOn.taskIdRanges) {
    for (let member = start; member <= end; member++) {
      if (!someSatisfies(task, (other) => asInteger(other.id) === member)) return false; // DEP-06, DEP-07
    }
  }
  return parentsOf(task).every((position) => someSatisfies(task, (other) => other.position === position));
}

/** DEP-09: satisfaction is remembered, also of a parent that is gone. */
function someSatisfies(task: TaskState, isMeant: (other: TaskState) => boolean): boolean {
  return task.job.tasks.some((other) => isMeant(other) && other.satisfied);
}

/** DEP-06: only decimal integers are members of ranges, leading zeros ignored. */
function asInteger(id: string): number | null {
  return /^[0-9]+$/.test(id) ? Number.parseInt(id, 10) : null;
}

function parentsOf(task: TaskState): number[] {
  const columns = task.set.dependsOn?.columns ?? null;
  if (columns === null) return [];
  return [...columns.parents.slice(columns.offsets[task.index], columns.offsets[task.index + 1])];
}
