/** JOB-24: tasks of a job by state, and the slots that they take. */
import { TASK_PHASE } from '../phases.js';
import type { Moment } from './moment.js';

/** Batch's `TaskCounts` and `TaskSlotCounts`: `completed` is the sum of succeeded and failed. */
export interface CountsByState {
  /** Waiting for anything: dependencies, a slot, dispatch. */
  readonly active: number;
  /** Preparing or running. */
  readonly running: number;
  readonly completed: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** Batch's `TaskCountsResult`. */
export interface TaskCountsResult {
  readonly taskCounts: CountsByState;
  /** The same with the `requiredSlots` of each task. */
  readonly taskSlotCounts: CountsByState;
}

/** JOB-24: the tasks of one job at a moment; deleted ones are no longer there. */
export function taskCountsOf({ recording, state, jobTasks }: Moment, job: number): TaskCountsResult {
  const taskCounts = { active: 0, running: 0, completed: 0, succeeded: 0, failed: 0 };
  const taskSlotCounts = { ...taskCounts };
  const { firsts, rows } = jobTasks;
  for (let i = firsts[job] as number; i < (firsts[job + 1] as number); i++) {
    const task = rows[i] as number;
    const taskState = state.taskState(task);
    if (taskState === null) continue;
    const slots = recording.tasks.slots[task] as number;
    const add = (name: keyof CountsByState) => {
      taskCounts[name] += 1;
      taskSlotCounts[name] += slots;
    };
    if (taskState === 'completed') add(state.taskPhase[task] === TASK_PHASE.succeeded ? 'succeeded' : 'failed');
    add(taskState === 'preparing' ? 'running' : taskState);
  }
  return { taskCounts, taskSlotCounts };
}
