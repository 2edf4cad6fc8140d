/** `tasks.csv`: every task with its latest attempt and what all of them came to. */
import { TASK_FAILURES, TASK_STATES } from '../model/index.js';
import {
  hasCurrentAttempt,
  jobNameAt,
  jobPoolName,
  lastHeldRowOf,
  nodeIdAt,
  type Recording,
  TaskMeasures,
  taskCosts,
  tasksByJob,
} from '../recording/index.js';
import { type CsvRow, seconds, usd } from './csv.js';
import { planSlots, type SlotPlan } from './slots.js';

/** Rows by job, then by addition. */
export function* taskRows(recording: Recording): Generator<CsvRow> {
  const lines = new TaskLines(recording);
  for (const task of tasksByJob(recording).rows) yield lines.row(task);
}

const COMPLETED = TASK_STATES.indexOf('completed');

class TaskLines {
  readonly #recording: Recording;
  readonly #measures: TaskMeasures;
  readonly #slots: SlotPlan;
  /** NaN where a price is missing. */
  readonly #costs: Float64Array;
  readonly #nodeIds: string[] = [];

  constructor(recording: Recording) {
    this.#recording = recording;
    this.#measures = new TaskMeasures(recording);
    this.#slots = planSlots(recording);
    this.#costs = taskCosts(recording, this.#measures.index);
  }

  row(task: number): CsvRow {
    const { tasks, taskNames } = this.#recording;
    const job = tasks.job[task] as number;
    const state = tasks.state[task] as number;
    const completed = state === COMPLETED;
    const failure = TASK_FAILURES[tasks.failure[task] as number] ?? '';
    const measures = this.#measures;
    const last = measures.lastAttempt(task);
    const isDeleted = (tasks.deletedMs?.[task] ?? -1) >= 0;
    return [
      jobNameAt(this.#recording, job),
      taskNames.id(task),
      jobPoolName(this.#recording, job),
      ...this.#place(task),
      tasks.slots[task] as number,
      isDeleted ? 'deleted' : (TASK_STATES[state] ?? ''),
      measures.exitCode(task) ?? '',
      completed ? (failure === '' ? 'success' : 'failure') : '',
      completed ? failure : '',
      tasks.retries[task] as number,
      tasks.requeues?.[task] ?? 0,
      tasks.interruptions?.[task] ?? 0,
      seconds(tasks.submitMs[task] as number),
      seconds(tasks.readyMs[task] as number),
      seconds(last.startMs),
      seconds(last.endMs),
      seconds(measures.waitMs(task)),
      seconds(measures.runMs(task)),
      seconds(measures.lostMs(task)),
      usd(this.#costs[task] as number),
    ];
  }

  /** Node id, ordinal and slot of the latest attempt. */
  #place(task: number): [string, number | string, number | string] {
    const { nodes } = this.#recording;
    const node = this.#measures.latestNode(task);
    if (node < 0) return ['', '', ''];
    this.#nodeIds[node] ??= nodeIdAt(this.#recording, node);
    const { index } = this.#measures;
    const isCurrent = index === null || hasCurrentAttempt(this.#recording, task, index);
    const slot = isCurrent
      ? this.#slots.ofTask[task]
      : this.#slots.ofAttempt[lastHeldRowOf(this.#recording, index, task)];
    return [this.#nodeIds[node], nodes.ordinal[node] as number, slot ?? ''];
  }
}
