/** The tasks of each job. */
import type { Recording } from './recording.js';

/** Rows of tasks by job, in order of addition: those of job j are `rows[firsts[j]] … rows[firsts[j + 1] - 1]`. */
export interface JobTasks {
  readonly firsts: Int32Array;
  readonly rows: Int32Array;
}

/** Sorts tasks by job. */
export function tasksByJob({ tasks, jobs }: Recording): JobTasks {
  const firsts = new Int32Array(jobs.length + 2);
  for (let task = 0; task < tasks.count; task++) firsts[(tasks.job[task] as number) + 2]! += 1;
  for (let job = 2; job < firsts.length; job++) firsts[job]! += firsts[job - 1] as number;
  const rows = new Int32Array(tasks.count);
  for (let task = 0; task < tasks.count; task++) rows[firsts[(tasks.job[task] as number) + 1]!++] = task;
  return { firsts: firsts.subarray(0, jobs.length + 1), rows };
}
