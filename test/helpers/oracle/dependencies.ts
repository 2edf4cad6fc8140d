/** When a task may run (DEP): each question is answered by looking at every task of the job. */
import type { TaskState } from './world.js';

/** DEP-02: every id, every integer of every range and every parent by position is satisfied. */
export function isRunnable(task: TaskState): boolean {
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

/** DEP-03, EXIT-04: a parent satisfies when it has completed with exit code 0 and was not ended by the service. */
function someSatisfies(task: TaskState, isMeant: (other: TaskState) => boolean): boolean {
  return task.job.tasks.some(
    (other) => isMeant(other) && other.state === 'completed' && other.exitCode === 0 && other.failure === '',
  );
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
