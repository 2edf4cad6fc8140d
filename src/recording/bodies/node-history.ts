/** Which tasks each node had, up to a place of the log (NODE-17, NODE-18). */
import { TASK_PHASE } from '../phases.js';
import type { EventKind, Recording, SubtaskRow } from '../recording.js';
import type { WorldState } from '../world-state.js';

/** NODE-18: so many tasks of a node are remembered; the number is ours. */
export const MOST_RECENT_TASKS = 10;

/** A task on a node, or one of its instances besides the primary. */
export interface RecentEntry {
  readonly task: number;
  /** Row of the latest attempt's instance in `recording.subtasks`; -1: the task itself, or the primary. */
  readonly subtask: number;
}

/** Rows after which a task on a node is in another state there. */
const STATE_CHANGES: ReadonlySet<EventKind> = new Set<EventKind>([
  'taskPreparing',
  'taskStarted',
  'taskFinished',
  'taskRetried',
  'taskTimedOut',
  'taskDisplaced',
  'taskRequeued',
  'taskStopped',
  'taskFailed',
]);
const COMPLETIONS: ReadonlySet<EventKind> = new Set<EventKind>([
  'taskFinished',
  'taskTimedOut',
  'taskStopped',
  'taskFailed',
]);

/** What nodes remember of their tasks. */
export class NodeHistory {
  /** Tasks and instances that completed on the node. */
  readonly completed: Int32Array;
  /** Those of them that succeeded. */
  readonly succeeded: Int32Array;
  /** By node, the latest change first. */
  readonly #recent = new Map<number, RecentEntry[]>();
  readonly #recording: Recording;

  constructor(recording: Recording) {
    this.#recording = recording;
    this.completed = new Int32Array(recording.nodes.count);
    this.succeeded = new Int32Array(recording.nodes.count);
  }

  /** The latest tasks of a node whose state changed, the last change first. */
  recent(node: number): readonly RecentEntry[] {
    return this.#recent.get(node) ?? [];
  }

  /** Takes one row of the log that speaks of a task; `state` is the world before it. */
  noteTask(kind: EventKind, task: number, detail: number, state: WorldState): void {
    if (kind === 'taskDeleted') this.#forget(task);
    if (!STATE_CHANGES.has(kind)) return;
    const arrives = kind === 'taskStarted' || kind === 'taskPreparing';
    const node = arrives ? detail : (state.taskNode[task] as number);
    if (node < 0) return;
    if (arrives || state.taskPhase[task] !== TASK_PHASE.assigned) this.#remember(node, { task, subtask: -1 });
    if (COMPLETIONS.has(kind)) this.#complete(node, kind === 'taskFinished' && detail === 0);
  }

  /** Takes one row that speaks of an instance of a multi-instance task. */
  noteSubtask(kind: 'subtaskStarted' | 'subtaskEnded', row: number): void {
    const { task, node, exitCode } = this.#recording.subtasks[row] as SubtaskRow;
    this.#remember(node, { task, subtask: row });
    if (kind === 'subtaskEnded') this.#complete(node, exitCode === 0);
  }

  #complete(node: number, isSuccess: boolean): void {
    this.completed[node]! += 1;
    if (isSuccess) this.succeeded[node]! += 1;
  }

  #remember(node: number, entry: RecentEntry): void {
    const isOther = ({ task, subtask }: RecentEntry) => task !== entry.task || subtask < 0 !== entry.subtask < 0;
    const others = this.recent(node).filter(isOther);
    this.#recent.set(node, [entry, ...others].slice(0, MOST_RECENT_TASKS));
  }

  #forget(task: number): void {
    const isOther = (entry: RecentEntry) => entry.task !== task;
    for (const [node, entries] of this.#recent) {
      if (!entries.every(isOther)) this.#recent.set(node, entries.filter(isOther));
    }
  }
}
