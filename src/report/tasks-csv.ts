/** `tasks.csv`: every task with its latest attempt and what all of them came to. */
import { TASK_FAILURES, TASK_STATES } from '../model/index.js';
import {
  costUsd,
  currentAssignedMs,
  hasCurrentAttempt,
  jobNameAt,
  jobPoolName,
  lastRowOf,
  nodeIdAt,
  openEndMs,
  type PoolRow,
  pricePerHourUsd,
  type Recording,
  slotShare,
  TaskMeasures,
} from '../recording/index.js';
import { type CsvRow, seconds, usd } from './csv.js';
import { planSlots, type SlotPlan } from './slots.js';

/** Rows by job, then by addition. */
export function* taskRows(recording: Recording): Generator<CsvRow> {
  const lines = new TaskLines(recording);
  const { tasks, jobs } = recording;
  const firsts = new Int32Array(jobs.length + 1);
  for (let task = 0; task < tasks.count; task++) firsts[(tasks.job[task] as number) + 1]! += 1;
  for (let job = 0; job < jobs.length; job++) firsts[job + 1]! += firsts[job] as number;
  const rows = new Int32Array(tasks.count);
  for (let task = 0; task < tasks.count; task++) rows[firsts[tasks.job[task] as number]!++] = task;
  for (const task of rows) yield lines.row(task);
}

const COMPLETED = TASK_STATES.indexOf('completed');

class TaskLines {
  readonly #recording: Recording;
  readonly #measures: TaskMeasures;
  readonly #slots: SlotPlan;
  readonly #nodeIds: string[] = [];

  constructor(recording: Recording) {
    this.#recording = recording;
    this.#measures = new TaskMeasures(recording);
    this.#slots = planSlots(recording);
  }

  row(task: number): CsvRow {
    const { tasks, taskNames } = this.#recording;
    const job = tasks.job[task] as number;
    const state = tasks.state[task] as number;
    const completed = state === COMPLETED;
    const failure = TASK_FAILURES[tasks.failure[task] as number] ?? '';
    const measures = this.#measures;
    const last = measures.lastAttempt(task);
    const anyEnded = completed || measures.earlierAttempts(task) > 0;
    return [
      jobNameAt(this.#recording, job),
      taskNames.id(task),
      jobPoolName(this.#recording, job),
      ...this.#place(task),
      tasks.slots[task] as number,
      TASK_STATES[state] ?? '',
      anyEnded ? (tasks.exitCode[task] as number) : '',
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
      usd(this.#cost(task)),
    ];
  }

  /** Node id, ordinal and slot of the latest attempt. */
  #place(task: number): [string, number | string, number | string] {
    const { tasks, nodes } = this.#recording;
    const node = tasks.node[task] as number;
    if (node < 0) return ['', '', ''];
    this.#nodeIds[node] ??= nodeIdAt(this.#recording, node);
    const { index } = this.#measures;
    const slot =
      index === null || hasCurrentAttempt(this.#recording, task, index)
        ? this.#slots.ofTask[task]
        : this.#slots.ofAttempt[lastRowOf(index, task)];
    return [this.#nodeIds[node], nodes.ordinal[node] as number, slot ?? ''];
  }

  /** NaN where a price is missing. */
  #cost(task: number): number {
    const { tasks, attempts } = this.#recording;
    const { index } = this.#measures;
    let sum = 0;
    if (hasCurrentAttempt(this.#recording, task, index)) {
      const endMs = tasks.state[task] === COMPLETED ? (tasks.endMs[task] as number) : openEndMs(this.#recording, task);
      sum += this.#charge(task, tasks.node[task] as number, endMs - currentAssignedMs(this.#recording, task));
    }
    if (index === null) return sum;
    for (let k = index.firsts[task] as number; k < (index.firsts[task + 1] as number); k++) {
      const row = index.rows[k] as number;
      const assignedMs = attempts.assignedMs[row] as number;
      const fromMs = assignedMs < 0 ? (attempts.startMs[row] as number) : assignedMs;
      sum += this.#charge(task, attempts.node[row] as number, (attempts.endMs[row] as number) - fromMs);
    }
    return sum;
  }

  #charge(task: number, node: number, heldMs: number): number {
    if (heldMs === 0) return 0;
    const { nodes, pools } = this.#recording;
    const pool = pools[nodes.pool[node] as number] as PoolRow;
    const perHour = pricePerHourUsd(pool.price, nodes.kind[node] as number) ?? Number.NaN;
    return costUsd(heldMs * slotShare(this.#recording, task, node), perHour);
  }
}
