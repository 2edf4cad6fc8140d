/** What became of the tasks of a run, counted. */
import { TASK_FAILURES, TASK_STATES } from '../model/index.js';
import { jobNameAt } from './naming.js';
import { ATTEMPT_ENDS, type AttemptEnd, type Recording } from './recording.js';

/** `total` is the sum of succeeded, failed, active, running and deleted. */
export interface TaskCounts {
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Waiting for anything: dependencies, a slot, dispatch. */
  readonly active: number;
  /** Preparing or running (JOB-24). */
  readonly running: number;
  /** Deleted before they were completed. */
  readonly deleted: number;
  readonly retries: number;
  /** Attempts that a request cut short (TASK-09). */
  readonly requeues: number;
  /** Attempts cut short by the service: node loss, preemption, displacement. */
  readonly interruptions: number;
}

/** Failed tasks of one code. */
export interface FailureSummary {
  /** Batch's `failureInfo.code` (TASK-16). */
  readonly code: string;
  readonly count: number;
  /** The first ones, as `job/task`. */
  readonly examples: readonly string[];
}

/** What became of a task. */
export type TaskFate = 'succeeded' | 'failed' | 'active' | 'running' | 'deleted';

const COMPLETED = TASK_STATES.indexOf('completed');
const ACTIVE = TASK_STATES.indexOf('active');
const RETRY = ATTEMPT_ENDS.indexOf('retry');
const ENDED = TASK_FAILURES.indexOf('TaskEnded');

/** One task's fate. What was stopped because it was deleted counts as deleted; what had completed before does not. */
export function fateOf({ tasks }: Recording, task: number): TaskFate {
  const deletedMs = tasks.deletedMs?.[task] ?? -1;
  const failure = tasks.failure[task];
  if (tasks.state[task] === COMPLETED && !(failure === ENDED && deletedMs >= 0 && tasks.endMs[task] === deletedMs)) {
    return failure === 0 ? 'succeeded' : 'failed';
  }
  if (deletedMs >= 0) return 'deleted';
  return tasks.state[task] === ACTIVE ? 'active' : 'running';
}

/** Counts the tasks of a run. */
export function countTasks(recording: Recording): TaskCounts {
  const { tasks, attempts } = recording;
  const fates = { succeeded: 0, failed: 0, active: 0, running: 0, deleted: 0 };
  let retries = 0;
  for (let task = 0; task < tasks.count; task++) {
    fates[fateOf(recording, task)] += 1;
  }
  // Not the tasks' own counters, which begin anew when a task is reactivated (TASK-24).
  for (let i = 0; i < attempts.count; i++) if (attempts.outcome[i] === RETRY) retries += 1;
  return {
    total: tasks.count,
    ...fates,
    retries,
    requeues: sumOf(tasks.requeues, tasks.count),
    interruptions: interruptionsOf(recording),
  };
}

/** Names of tasks that a summary gives for each code and each cause. */
export const EXAMPLES = 20;

/** Failed tasks by code, in the order of the table of codes. */
export function countFailures(recording: Recording): FailureSummary[] {
  const counts = TASK_FAILURES.map(() => 0);
  const examples = TASK_FAILURES.map((): string[] => []);
  for (let task = 0; task < recording.tasks.count; task++) {
    if (fateOf(recording, task) !== 'failed') continue;
    const failure = recording.tasks.failure[task] as number;
    counts[failure]! += 1;
    if ((examples[failure]?.length ?? 0) < EXAMPLES) examples[failure]?.push(taskNameAt(recording, task));
  }
  return TASK_FAILURES.map((code, i) => ({ code, count: counts[i]!, examples: examples[i]! })).filter(
    (row) => row.count > 0,
  );
}

/** A task as `job/task`. */
export function taskNameAt(recording: Recording, task: number): string {
  return `${jobNameAt(recording, recording.tasks.job[task] as number)}/${recording.taskNames.id(task)}`;
}

/** Ends of attempts that the service brought about, not a user. */
const INTERRUPTING: readonly AttemptEnd[] = ['displaced', 'evicted', 'nodePreempted', 'nodeFailed', 'hostRebooted'];

/** A run that has no column of them may still have attempts that tell. */
function interruptionsOf({ tasks, attempts }: Recording): number {
  if (tasks.interruptions !== null) return sumOf(tasks.interruptions, tasks.count);
  let count = 0;
  for (let i = 0; i < attempts.count; i++) {
    if (INTERRUPTING.includes(ATTEMPT_ENDS[attempts.outcome[i] as number] as AttemptEnd)) count += 1;
  }
  return count;
}

function sumOf(column: Uint32Array | null, count: number): number {
  let sum = 0;
  for (let i = 0; column !== null && i < count; i++) sum += column[i] as number;
  return sum;
}
