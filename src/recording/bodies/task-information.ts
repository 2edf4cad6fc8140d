/** What Batch tells of a task's execution (TASK-04, TASK-08, TASK-09), and of the tasks of a node (NODE-17, NODE-18). */
import { type FailureInfo, failureInfo, TASK_FAILURES, type TaskState } from '../../model/index.js';
import type { JobRow, SubtaskRow } from '../recording.js';
import { type Moment, whenIt } from './moment.js';
import type { RecentEntry } from './node-history.js';

/** Batch's `TaskExecutionInformation`; fields whose moment has not come are left out. */
export interface TaskExecutionInformation {
  /** The attempt at hand, or that counts, began to run; ISO 8601. */
  readonly startTime?: string;
  readonly endTime?: string;
  readonly exitCode?: number;
  readonly failureInfo?: FailureInfo;
  readonly retryCount: number;
  readonly lastRetryTime?: string;
  readonly requeueCount: number;
  readonly lastRequeueTime?: string;
  readonly result?: 'success' | 'failure';
}

/** Batch's `TaskInformation`, without the URL. */
export interface TaskInformation {
  readonly jobId: string;
  readonly taskId: string;
  /** Of a multi-instance task; 0: the primary. */
  readonly subtaskId?: number;
  readonly taskState: TaskState;
  readonly executionInfo: TaskExecutionInformation;
}

/** Batch's counts of the tasks of a node. */
export interface NodeTaskCounts {
  /** Tasks that completed on it, once for each time. */
  readonly totalTasksRun: number;
  /** Those of them that exited with 0. */
  readonly totalTasksSucceeded: number;
  /** Tasks that it has been given, those on their way included (SCH-11). */
  readonly runningTasksCount: number;
  readonly runningTaskSlotsCount: number;
}

/**
 * NODE-17: job managers and normal tasks of a node, instances of multi-instance tasks each for itself; start,
 * preparation and release tasks are not counted.
 */
export function nodeTaskCounts({ nodes, state }: Moment, node: number): NodeTaskCounts {
  return {
    totalTasksRun: nodes.completed[node] as number,
    totalTasksSucceeded: nodes.succeeded[node] as number,
    runningTasksCount: state.nodeTasks[node] as number,
    runningTaskSlotsCount: state.nodeUsedSlots[node] as number,
  };
}

/** NODE-18: the ten tasks of a node whose state changed last there, the latest first; undefined before the first. */
export function recentTasks(moment: Moment, node: number): TaskInformation[] | undefined {
  const found = moment.nodes.recent(node).flatMap((entry) => informationOf(moment, entry) ?? []);
  return found.length === 0 ? undefined : found;
}

/** TASK-04: what is told of a task at a moment. */
export function executionInfoOf(moment: Moment, task: number): TaskExecutionInformation {
  const { tasks, state } = moment;
  const taskState = state.taskState(task);
  const hasStart = taskState === 'running' || taskState === 'completed';
  return {
    ...(hasStart ? whenIt(moment, 'startTime', tasks.startMs[task] as number) : {}),
    ...(taskState === 'completed' ? endOf(moment, task) : {}),
    retryCount: tasks.retries[task] as number,
    ...whenIt(moment, 'lastRetryTime', tasks.lastRetryMs[task] as number),
    requeueCount: tasks.requeues[task] as number,
    ...whenIt(moment, 'lastRequeueTime', tasks.lastRequeueMs[task] as number),
  };
}

function endOf(moment: Moment, task: number): Partial<TaskExecutionInformation> {
  const { tasks, scenario } = moment;
  const code = TASK_FAILURES[tasks.failure[task] as number] ?? '';
  const reason = tasks.timedOut[task] === 1 ? 'wallClock' : 'stopped';
  const failure = failureInfo(code, scenario.options.taskEndedCategory, reason);
  const exitCode = tasks.exitCode(task);
  return {
    ...whenIt(moment, 'endTime', tasks.endMs[task] as number),
    ...(exitCode === null ? {} : { exitCode }),
    ...(failure === null ? {} : { failureInfo: failure }),
    result: failure === null ? 'success' : 'failure',
  };
}

function informationOf(moment: Moment, { task, subtask }: RecentEntry): TaskInformation | null {
  const { recording, state } = moment;
  const taskState = state.taskState(task);
  if (taskState === null) return null;
  const names = {
    jobId: (recording.jobs[recording.tasks.job[task] as number] as JobRow).id,
    taskId: recording.taskNames.id(task),
  };
  if (subtask >= 0) return { ...names, ...instanceOf(moment, subtask, taskState) };
  const isPrimary = recording.subtasks.some((row) => row.task === task);
  const subtaskId = isPrimary ? { subtaskId: 0 } : {};
  return { ...names, ...subtaskId, taskState, executionInfo: executionInfoOf(moment, task) };
}

/** MI-10: an instance shares the state of its task while it holds its slot, and has completed after that. */
function instanceOf(moment: Moment, row: number, ofTask: TaskState) {
  const { id, startMs, endMs, exitCode } = moment.recording.subtasks[row] as SubtaskRow;
  const counters = { retryCount: 0, requeueCount: 0 };
  if (moment.state.subtaskHolds[row] === 1) {
    const taskState: TaskState = ofTask === 'running' ? 'running' : 'preparing';
    const started = taskState === 'running' ? whenIt(moment, 'startTime', startMs) : {};
    return { subtaskId: id, taskState, executionInfo: { ...started, ...counters } };
  }
  const times = { ...whenIt(moment, 'startTime', startMs), ...whenIt(moment, 'endTime', endMs) };
  const result: 'success' | 'failure' = exitCode === 0 ? 'success' : 'failure';
  const exited = exitCode === null ? {} : { exitCode };
  return {
    subtaskId: id,
    taskState: 'completed' as const,
    executionInfo: { ...times, ...exited, ...counters, result },
  };
}
