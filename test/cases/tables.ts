/**
 * A recording as the small tables in which the cases state their outcome: one function a table, one line a row, columns
 * parted by spaces, `-` for what never was. Times are seconds from the start.
 */
import {
  ATTEMPT_ENDS,
  accountedName,
  EVENT_KINDS,
  FATE_KINDS,
  NODE_KINDS,
  NODE_STATES,
  type Recording,
  TASK_FAILURES,
  TASK_STATES,
  TaskMeasures,
  taskNameAt,
  WAIT_CAUSES,
} from '../../src/index.js';
import { histories } from './history.js';
import { at, counted, line, nodeName, poolName, rows } from './words.js';

type Table = (recording: Recording) => readonly string[];

/** Every table that `x-expect` may hold. */
export const TABLES: Readonly<Record<string, Table>> = {
  /** `job/task state exit failure start end node`, of the latest attempt; then counts that are not 0. */
  tasks: (recording) => {
    const { tasks } = recording;
    const measures = new TaskMeasures(recording);
    return rows(tasks.count, (task) => {
      const { startMs, endMs } = measures.lastAttempt(task);
      const isDeleted = (tasks.deletedMs?.[task] ?? -1) >= 0;
      const state = TASK_STATES[tasks.state[task] as number];
      const isOver = state === 'completed' && !isDeleted;
      return line(
        taskNameAt(recording, task),
        isDeleted ? 'deleted' : state,
        measures.exitCode(task),
        isOver ? TASK_FAILURES[tasks.failure[task] as number] : '',
        at(startMs),
        at(isOver ? (tasks.endMs[task] as number) : endMs),
        nodeName(recording, measures.latestNode(task)),
        counted('retries', tasks.retries[task]),
        counted('requeues', tasks.requeues?.[task]),
        counted('interruptions', tasks.interruptions?.[task]),
      );
    });
  },
  /** `job/task end start end node exit`: attempts that were not the last, as they ended. */
  attempts: (recording) => {
    const { attempts } = recording;
    return rows(attempts.count, (row) =>
      line(
        taskNameAt(recording, attempts.task[row] as number),
        ATTEMPT_ENDS[attempts.outcome[row] as number],
        at(attempts.startMs[row]),
        at(attempts.endMs[row]),
        nodeName(recording, attempts.node[row] as number),
      ),
    );
  },
  /** `node kind state created ready gone`. */
  nodes: (recording) => {
    const { nodes } = recording;
    return rows(nodes.count, (node) => {
      const isGone = (nodes.goneMs[node] as number) >= 0;
      return line(
        nodeName(recording, node),
        NODE_KINDS[nodes.kind[node] as number],
        isGone ? 'gone' : NODE_STATES[nodes.state[node] as number],
        at(nodes.createdMs[node]),
        at(nodes.readyMs[node]),
        at(nodes.goneMs[node]),
      );
    });
  },
  /** `count state`, at the end. */
  nodeCounts: (recording) => {
    const { nodes } = recording;
    const counts = NODE_STATES.map(() => 0);
    for (let node = 0; node < nodes.count; node++) {
      if ((nodes.goneMs[node] as number) < 0) counts[nodes.state[node] as number]! += 1;
    }
    return NODE_STATES.map((state, i) => `${counts[i]} ${state}`).filter((text) => !text.startsWith('0 '));
  },
  /** `node booting idle running failed`: seconds that are charged (BILL-06). */
  billed: (recording) => {
    const { nodes } = recording;
    return rows(nodes.count, (node) =>
      line(
        nodeName(recording, node),
        ...[nodes.bootingMs, nodes.idleMs, nodes.runningMs, nodes.failedMs].map((column) => at(column[node])),
      ),
    );
  },
  /** `job state end reason`. */
  jobs: (recording) =>
    recording.jobs
      .filter((job) => job.createdMs <= recording.run.endMs)
      .map((job) =>
        line(
          accountedName(recording, job.accountIndex, job.id),
          job.state,
          at(job.state === 'deleted' ? job.deletedMs : job.endMs),
          job.terminateReason ?? job.schedulingError ?? '',
        ),
      ),
  /** `schedule state end jobs`. */
  schedules: (recording) =>
    recording.jobSchedules.map((row) => line(row.id, row.state, at(row.endMs), String(row.jobCount))),
  /** `pool state dedicated+spot deleted`, the targets at the end. */
  pools: (recording) =>
    recording.pools.map((pool, row) =>
      line(
        poolName(recording, row),
        pool.state,
        `${pool.targetDedicatedNodes}+${pool.targetLowPriorityNodes}`,
        at(pool.deletedMs),
      ),
    ),
  /** `pool cause start end dedicated+spot errors`. */
  resizes: (recording) =>
    recording.resizes.map((row) =>
      line(
        poolName(recording, row.poolIndex),
        row.cause,
        at(row.startMs),
        at(row.endMs),
        `${row.targetDedicatedNodes}+${row.targetLowPriorityNodes}`,
        row.errors.map((error) => error.code).join(','),
      ),
    ),
  /** `kind job node start end result exit`: start, preparation and release tasks, their latest attempt. */
  nodeTasks: (recording) =>
    recording.nodeTasks.map((row) =>
      line(
        row.kind,
        row.job < 0 ? '' : recording.jobs[row.job]?.id,
        nodeName(recording, row.node),
        at(row.startMs),
        at(row.endMs),
        row.result ?? row.state,
        row.exitCode,
        counted('retries', row.retries),
      ),
    ),
  /** `job/task#id node start end state`. */
  subtasks: (recording) =>
    recording.subtasks.map((row) =>
      line(
        `${taskNameAt(recording, row.task)}#${row.id}`,
        nodeName(recording, row.node),
        at(row.startMs),
        at(row.endMs),
        row.state,
      ),
    ),
  /** `time operation status code`, and the task that asked; what fate does is none. */
  operations: (recording) =>
    recording.operations
      .filter((row) => !FATE_KINDS.some((kind) => kind === row.kind))
      .map((row) =>
        [
          at(row.atMs),
          row.kind,
          String(row.status),
          row.code ?? '',
          row.byTask < 0 ? '' : `by ${taskNameAt(recording, row.byTask)}`,
        ]
          .filter((text) => text !== '')
          .join(' '),
      ),
  /** `job/task cause`: who is left active, and why (SIM-10). */
  unfinished: (recording) => {
    const { unfinished } = recording;
    return rows(unfinished.count, (row) =>
      line(taskNameAt(recording, unfinished.task[row] as number), WAIT_CAUSES[unfinished.cause[row] as number]),
    );
  },
  /** `time job/task`: it was runnable and could not be placed (SCH-13). */
  scheduleFails: (recording) => {
    const { log } = recording;
    if (log === null) return [];
    const kind = EVENT_KINDS.indexOf('taskScheduleFail');
    return rows(log.count, (row) => row)
      .filter((row) => log.kind[row] === kind)
      .map((row) => line(at(log.atMs[row]), taskNameAt(recording, log.subject[row] as number)));
  },
  /** `name state@time …`: states of nodes, jobs and job schedules that lasted. */
  history: (recording) => histories(recording, (node) => nodeName(recording, node)),
  /** When the run stopped. */
  end: (recording) => [at(recording.run.endMs)],
};
