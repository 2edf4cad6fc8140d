/** Attempts from both tables of a recording as one: a task's earlier ones, and the times in which each held its slots. */
import { TASK_STATES } from '../model/index.js';
import type { Recording } from './recording.js';

const COMPLETED = TASK_STATES.indexOf('completed');
const RUNNING = TASK_STATES.indexOf('running');
const PREPARING = TASK_STATES.indexOf('preparing');

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

/**
 * When a task that is not completed stopped to hold or wait: the end of the run, of its lifetime (ACC-15), or when it was
 * deleted (TASK-23). In ms.
 */
export function openEndMs(recording: Recording, task: number): number {
  const { endMs, taskLifetimeMs } = recording.run;
  const deletedMs = recording.tasks.deletedMs?.[task] ?? -1;
  const lastMs = deletedMs < 0 ? endMs : deletedMs;
  if (taskLifetimeMs === null) return lastMs;
  return Math.min(lastMs, (recording.tasks.submitMs[task] as number) + taskLifetimeMs);
}

/** When a task's current attempt ended: it completed, or {@link openEndMs}. In ms. */
export function currentEndMs(recording: Recording, task: number): number {
  const { state, endMs } = recording.tasks;
  return state[task] === COMPLETED ? (endMs[task] as number) : openEndMs(recording, task);
}

/**
 * True while the columns `node`, `assignedMs` and `startMs` of a task speak of an attempt that is not in
 * `recording.attempts`: one that completed the task, runs, prepares, or is assigned and has not begun.
 */
export function hasCurrentAttempt(recording: Recording, task: number, index: AttemptIndex | null): boolean {
  const { tasks, attempts } = recording;
  if ((tasks.node[task] as number) < 0) return false;
  const state = tasks.state[task];
  if (state === RUNNING || state === PREPARING) return true;
  if (state === COMPLETED && (tasks.startMs[task] as number) >= 0) return true;
  // It held slots without running if it was assigned after its last attempt, which may have taken no time at all.
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

/** When an earlier attempt was given its slots, in ms. */
export function earlierAssignedMs({ attempts }: Recording, row: number): number {
  const atMs = attempts.assignedMs[row] as number;
  return atMs < 0 ? (attempts.startMs[row] as number) : atMs;
}

/** Row of the latest of a task's earlier attempts, -1 if there is none. */
export function lastRowOf(index: AttemptIndex, task: number): number {
  const end = index.firsts[task + 1] as number;
  return end === index.firsts[task] ? -1 : (index.rows[end - 1] as number);
}

/** The same of those that held slots. */
export function lastHeldRowOf(recording: Recording, index: AttemptIndex, task: number): number {
  for (let k = (index.firsts[task + 1] as number) - 1; k >= (index.firsts[task] as number); k--) {
    const row = index.rows[k] as number;
    if ((recording.attempts.node[row] as number) >= 0) return row;
  }
  return -1;
}

/** A stretch in which slots of a node were held (SCH-10). */
export interface Hold {
  readonly task: number;
  readonly node: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly slots: number;
  /** Its work did not count. */
  readonly lost: boolean;
  /** Row of `recording.attempts`, or of `recording.subtasks`; -1: it is none. */
  readonly attempt: number;
  readonly subtask: number;
}

/**
 * Visits every hold of a run: each task's current attempt in task order, then the earlier ones as they ended, then the
 * instances of multi-instance tasks, each of which holds one slot (MI-02).
 */
export function visitHolds(recording: Recording, index: AttemptIndex | null, visit: (hold: Hold) => void): void {
  const { tasks, attempts, subtasks } = recording;
  for (let task = 0; task < tasks.count; task++) {
    if (!hasCurrentAttempt(recording, task, index)) continue;
    const [node, slots] = [tasks.node[task] as number, tasks.slots[task] as number];
    const [fromMs, toMs] = [currentAssignedMs(recording, task), currentEndMs(recording, task)];
    visit({ task, node, fromMs, toMs, slots, lost: false, attempt: -1, subtask: -1 });
  }
  for (let i = 0; i < attempts.count; i++) {
    const [task, node] = [attempts.task[i] as number, attempts.node[i] as number];
    if (node < 0) continue;
    const [fromMs, toMs] = [earlierAssignedMs(recording, i), attempts.endMs[i] as number];
    visit({ task, node, fromMs, toMs, slots: tasks.slots[task] as number, lost: true, attempt: i, subtask: -1 });
  }
  for (const [i, { task, node, startMs: fromMs, endMs }] of subtasks.entries()) {
    const toMs = endMs < 0 ? openEndMs(recording, task) : endMs;
    const counts = hasCurrentAttempt(recording, task, index) && fromMs >= currentAssignedMs(recording, task);
    visit({ task, node, fromMs, toMs, slots: 1, lost: !counts, attempt: -1, subtask: i });
  }
}
