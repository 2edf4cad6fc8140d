/** Attempts from both tables of a recording as one: a task's earlier ones, and the times in which each held its slots. */
import { TASK_STATES } from '../model/index.js';
import type { Recording } from './recording.js';

const COMPLETED = TASK_STATES.indexOf('completed');
const RUNNING = TASK_STATES.indexOf('running');

/** Rows of `recording.attempts` by task: those of task t are `rows[firsts[t]] … rows[firsts[t + 1] - 1]`, oldest first. */
export interface AttemptIndex {
  readonly firsts: Int32Array;
  readonly rows: Int32Array;
}

/** The index of earlier attempts; null where no task had any, so that the ordinary run pays nothing. */
export function indexAttempts(recording: Recording): AttemptIndex | null {
  const { attempts, tasks } = recording;
  if (attempts.count === 0) return null;
  const firsts = new Int32Array(tasks.count + 2);
  for (let i = 0; i < attempts.count; i++) firsts[(attempts.task[i] as number) + 2]! += 1;
  for (let t = 2; t < firsts.length; t++) firsts[t]! += firsts[t - 1] as number;
  const rows = new Int32Array(attempts.count);
  for (let i = 0; i < attempts.count; i++) {
    const slot = (attempts.task[i] as number) + 1;
    rows[firsts[slot] as number] = i;
    firsts[slot]! += 1;
  }
  return { firsts: firsts.subarray(0, tasks.count + 1), rows };
}

/** When a task that is not completed stopped to hold or wait: the end of the run, or its lifetime (ACC-15). In ms. */
export function openEndMs(recording: Recording, task: number): number {
  const { endMs, taskLifetimeMs } = recording.run;
  if (taskLifetimeMs === null) return endMs;
  return Math.min(endMs, (recording.tasks.submitMs[task] as number) + taskLifetimeMs);
}

/**
 * True while the columns `node`, `assignedMs` and `startMs` of a task speak of an attempt that is not in
 * `recording.attempts`: one that completed the task, runs, or is assigned and has not begun.
 */
export function hasCurrentAttempt(recording: Recording, task: number, index: AttemptIndex | null): boolean {
  const { tasks, attempts } = recording;
  if ((tasks.node[task] as number) < 0) return false;
  const state = tasks.state[task];
  if (state === COMPLETED || state === RUNNING) return true;
  // Active: it holds slots if it was assigned after its last attempt, which may have taken no time at all.
  const assignedMs = tasks.assignedMs?.[task] ?? -1;
  if (assignedMs < 0 || (tasks.startMs[task] as number) >= assignedMs) return false;
  const lastRow = index === null ? -1 : lastRowOf(index, task);
  return lastRow < 0 || assignedMs > (attempts.assignedMs[lastRow] as number);
}

/** When a task's current attempt began to run, in ms; -1 if it has none or it has not begun. */
export function currentStartMs(recording: Recording, task: number): number {
  const { state, startMs } = recording.tasks;
  return state[task] === COMPLETED || state[task] === RUNNING ? (startMs[task] as number) : -1;
}

/** When a task's current attempt was given its slots, in ms. */
export function currentAssignedMs(recording: Recording, task: number): number {
  const { assignedMs, startMs } = recording.tasks;
  const atMs = assignedMs?.[task] ?? -1;
  // Before the first dispatch that takes time, assignment and start are one and only the start is kept.
  return atMs < 0 ? (startMs[task] as number) : atMs;
}

/** Row of the latest of a task's earlier attempts, -1 if there is none. */
export function lastRowOf(index: AttemptIndex, task: number): number {
  const end = index.firsts[task + 1] as number;
  return end === index.firsts[task] ? -1 : (index.rows[end - 1] as number);
}

/** One attempt that held slots from `fromMs` to `toMs` (SCH-10); `lost`: its work did not count. */
export type HoldVisitor = (task: number, node: number, fromMs: number, toMs: number, lost: boolean) => void;

/** Visits every hold of a run: each task's current attempt in task order, then the earlier ones as they ended. */
export function visitHolds(recording: Recording, index: AttemptIndex | null, visit: HoldVisitor): void {
  const { tasks, attempts } = recording;
  for (let task = 0; task < tasks.count; task++) {
    if (!hasCurrentAttempt(recording, task, index)) continue;
    const toMs = tasks.state[task] === COMPLETED ? (tasks.endMs[task] as number) : openEndMs(recording, task);
    visit(task, tasks.node[task] as number, currentAssignedMs(recording, task), toMs, false);
  }
  for (let i = 0; i < attempts.count; i++) {
    const assignedMs = attempts.assignedMs[i] as number;
    const fromMs = assignedMs < 0 ? (attempts.startMs[i] as number) : assignedMs;
    visit(attempts.task[i] as number, attempts.node[i] as number, fromMs, attempts.endMs[i] as number, true);
  }
}
