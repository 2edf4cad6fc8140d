/**
 * Recordings told row by row: the log is what a test writes down, and the columns that follow from it are filled in.
 * For what is asked about single moments; what holds for whole runs is tried on the toy worlds of `recordings.ts`.
 */
import { NODE_STATES, TASK_FAILURES, TASK_STATES, type TaskFailure } from '../../src/model/index.js';
import {
  ATTEMPT_ENDS,
  EVENT_KINDS,
  type EventKind,
  type JobRow,
  makeTaskNames,
  NODE_CAUSES,
  type NodeCause,
  type PoolRow,
  type Recording,
  type ResizeRow,
  WAIT_CAUSES,
  type WaitCause,
} from '../../src/recording/index.js';
import { NO_AUTOSCALE } from './no-autoscale.js';
import { jobRow, poolRow, resizeRow } from './recording-rows.js';

/** One row of the log: time in seconds, kind, subject, detail. */
export type Told = readonly [atS: number, kind: EventKind, subject: number, detail?: number];

/** What a story is made of; times are in seconds. */
export interface Story {
  readonly endS?: number;
  readonly pools?: readonly (Partial<PoolRow> & { readonly id: string })[];
  readonly jobs?: readonly (Partial<JobRow> & { readonly id: string })[];
  /** Ids of tasks, with their job's row and slots. */
  readonly tasks?: readonly { readonly id: string; readonly job?: number; readonly slots?: number }[];
  /** Pool rows of nodes; odd kinds are spot. */
  readonly nodes?: readonly { readonly pool?: number; readonly kind?: 0 | 1 }[];
  readonly resizes?: readonly Partial<ResizeRow>[];
  readonly rows: readonly Told[];
  readonly operations?: Recording['operations'];
  readonly nodeTasks?: Recording['nodeTasks'];
  readonly subtasks?: Recording['subtasks'];
  readonly unfinished?: readonly (readonly [task: number, cause: WaitCause])[];
}

/** The detail of a `nodeState` row. */
export function nodeState(state: (typeof NODE_STATES)[number] | 'gone', cause: NodeCause = '-'): number {
  return (state === 'gone' ? 255 : NODE_STATES.indexOf(state)) + 256 * NODE_CAUSES.indexOf(cause);
}

/** The recording of a story. */
export function tell(story: Story): Recording {
  const { pools = [{ id: 'p' }], jobs = [{ id: 'j' }], tasks = [], nodes = [], resizes = [], rows } = story;
  const endMs = (story.endS ?? 1000) * 1000;
  const log = {
    count: rows.length,
    atMs: Float64Array.from(rows, ([atS]) => atS * 1000),
    kind: Uint8Array.from(rows, ([, kind]) => EVENT_KINDS.indexOf(kind)),
    subject: Int32Array.from(rows, ([, , subject]) => subject),
    detail: Int32Array.from(rows, ([, , , detail]) => detail ?? 0),
  };
  const run = { name: 'story', seed: 1, epochMs: 0, endMs, complete: true, taskLifetimeMs: null };
  return {
    run: { ...run, eventCount: rows.length, digest: '0'.repeat(32) },
    accounts: [{ name: 'account' }],
    pools: pools.map(poolRow),
    jobs: jobs.map(jobRow),
    jobSchedules: [],
    resizes: resizes.map(resizeRow),
    nodes: nodeColumns(nodes, rows),
    ...taskTables(tasks, rows),
    taskNames: makeTaskNames(
      [{ count: tasks.length, ids: { kind: 'list', values: tasks.map((task) => task.id) }, displayNames: null }],
      null,
    ),
    nodeTasks: story.nodeTasks ?? [],
    subtasks: story.subtasks ?? [],
    operations: story.operations ?? [],
    unfinished: {
      count: story.unfinished?.length ?? 0,
      task: Int32Array.from(story.unfinished ?? [], ([task]) => task),
      cause: Uint8Array.from(story.unfinished ?? [], ([, cause]) => WAIT_CAUSES.indexOf(cause)),
    },
    ...NO_AUTOSCALE,
    log,
  };
}

function nodeColumns(nodes: NonNullable<Story['nodes']>, rows: Story['rows']): Recording['nodes'] {
  const { length } = nodes;
  const numbers = () => new Float64Array(length);
  const states = nodes.map((_, node) => {
    const codes = rows
      .filter(([, kind, subject]) => kind === 'nodeState' && subject === node)
      .map((row) => row[3] ?? 0);
    return (codes.at(-1) ?? 0) & 255;
  });
  return {
    count: length,
    pool: Int32Array.from(nodes, (node) => node.pool ?? 0),
    ordinal: Int32Array.from(nodes, (_, i) => i),
    kind: Uint8Array.from(nodes, (node) => node.kind ?? 0),
    state: Uint8Array.from(states),
    requestedMs: numbers(),
    createdMs: numbers(),
    readyMs: numbers(),
    goneMs: numbers().fill(-1),
    endReason: new Uint8Array(length),
    preemptions: null,
    bootingMs: numbers(),
    idleMs: numbers(),
    runningMs: numbers(),
    failedMs: numbers(),
    tasksRun: new Int32Array(length),
    slotMs: numbers(),
  };
}

/** Columns of tasks and attempts, as far as the log tells them. */
function taskTables(given: NonNullable<Story['tasks']>, rows: Story['rows']): Pick<Recording, 'tasks' | 'attempts'> {
  const { length } = given;
  const column = (fill: number) => new Float64Array(length).fill(fill);
  const tasks = {
    count: length,
    job: Int32Array.from(given, (task) => task.job ?? 0),
    state: new Uint8Array(length),
    failure: new Uint8Array(length),
    exitCode: new Int32Array(length),
    slots: Uint16Array.from(given, (task) => task.slots ?? 1),
    retries: new Int32Array(length),
    requeues: null,
    interruptions: null,
    node: new Int32Array(length).fill(-1),
    submitMs: column(-1),
    readyMs: column(-1),
    assignedMs: column(-1),
    startMs: column(-1),
    endMs: column(-1),
    deletedMs: column(-1),
    stretchedMs: null,
  };
  const attempts: { task: number; endMs: number; outcome: number; exitCode: number }[] = [];
  for (const [atS, kind, task, detail = 0] of rows) {
    const atMs = atS * 1000;
    const end = (failure: TaskFailure, exitCode: number) => {
      tasks.state[task] = TASK_STATES.indexOf('completed');
      tasks.endMs[task] = atMs;
      tasks.failure[task] = TASK_FAILURES.indexOf(failure);
      tasks.exitCode[task] = exitCode;
    };
    if (kind === 'taskAdded') tasks.submitMs[task] = atMs;
    else if (kind === 'taskStarted') {
      tasks.state[task] = TASK_STATES.indexOf('running');
      tasks.node[task] = detail;
      tasks.startMs[task] = atMs;
    } else if (kind === 'taskFinished') end(detail === 0 ? '' : 'FailureExitCode', detail);
    else if (kind === 'taskTimedOut' || kind === 'taskStopped') end('TaskEnded', -9);
    else if (kind === 'taskFailed') end(TASK_FAILURES[detail] ?? '', 0);
    else if (kind === 'taskDeleted') tasks.deletedMs[task] = atMs;
    else if (kind === 'taskRetried' || kind === 'taskRequeued' || kind === 'taskDisplaced') {
      tasks.state[task] = TASK_STATES.indexOf('active');
      const outcome =
        kind === 'taskRequeued' ? detail : ATTEMPT_ENDS.indexOf(kind === 'taskRetried' ? 'retry' : 'displaced');
      attempts.push({ task, endMs: atMs, outcome, exitCode: kind === 'taskRetried' ? detail : 0 });
    }
  }
  const moments = () => new Float64Array(attempts.length);
  return {
    tasks,
    attempts: {
      count: attempts.length,
      task: Int32Array.from(attempts, (one) => one.task),
      node: new Int32Array(attempts.length),
      readyMs: moments(),
      assignedMs: moments(),
      startMs: moments(),
      endMs: Float64Array.from(attempts, (one) => one.endMs),
      exitCode: Int32Array.from(attempts, (one) => one.exitCode),
      outcome: Uint8Array.from(attempts, (one) => one.outcome),
    },
  };
}
