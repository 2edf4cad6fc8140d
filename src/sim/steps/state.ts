/** Attempts that have several steps, while they go on, and what nodes share between them. */
import type { TaskDemands } from '../../model/index.js';
import { ContentsByNode } from '../node-contents.js';

/** How an attempt ends. */
export interface Outcome {
  /** Number of a code of TASK-16; 0: it ends by its exit code. */
  readonly failure: number;
  /** NO_EXIT_CODE: no process ran to an exit. */
  readonly exitCode: number;
}

/** One such attempt. */
export interface LiveAttempt {
  readonly task: number;
  readonly demands: TaskDemands;
  /** Key of the task's draws, and the number of the attempt from 0. */
  readonly key: number;
  readonly attempt: number;
  readonly startMs: number;
  /** Its node; of a multi-instance task all of them, the master first. */
  readonly nodes: readonly number[];
  /** Index of the step at hand. */
  step: number;
  /** When the step at hand is over, as far as is known. */
  stepEndMs: number;
  /** The event that is scheduled for it; null: none. */
  due: { readonly atMs: number; readonly code: number } | null;
  /** Of its process, once it ended. */
  exitCode: number;
  /** How it ends, once that is known. */
  outcome: Outcome | null;
  /** MI-05: how the coordination goes, on each node. */
  coordination: readonly CoordinationEnd[];
  /** Its process while it runs on a node that tasks share. */
  process: LiveProcess | null;
}

/** MI-05: the end of the coordination command on one node. */
export interface CoordinationEnd {
  readonly endMs: number;
  readonly outcome: Outcome;
}

/** A process on a node whose cores and memory are shared. */
export interface LiveProcess {
  readonly startMs: number;
  /** Cores that it keeps busy. */
  readonly cores: number;
  /** How long it runs alone, in ms. */
  readonly workMs: number;
  /** What was left of that at `sinceMs`; a fraction of a ms is kept. */
  leftMs: number;
  sinceMs: number;
  /** Share of its cores that it has had since then, above 0 and up to 1. */
  speed: number;
}

/** What a run knows of its attempts with steps. */
export class StepsState {
  /** By task. */
  readonly live = new Map<number, LiveAttempt>();
  /** Attempts whose process runs, by node, in the order of their processes' beginning. */
  readonly processes = new Map<number, LiveAttempt[]>();
  /** What was brought to the nodes. */
  readonly contents = new ContentsByNode();

  /** The event that was due for the attempt has been taken from the queue. */
  dueWasTaken(task: number): void {
    const live = this.live.get(task);
    if (live !== undefined) live.due = null;
  }
}
