/** The queues of a pool: lanes of waiting tasks by job, grouped by priority and by the room that they need (SCH-04 to SCH-06). */
import { IndexSet } from './engine/index-set.js';
import type { ReadyLane } from './engine/ready-lane.js';

/** Jobs of one priority in one pool: between them placement goes round robin (SCH-05). */
export class Level {
  readonly priority: number;
  /** Jobs with waiting tasks, by how many slots those need, fewest slots first. */
  readonly classes: SlotClass[] = [];
  /** The job that placed last. */
  cursor = -1;

  constructor(priority: number) {
    this.priority = priority;
  }

  /** The class for tasks of so many slots. */
  classOf(slots: number): SlotClass {
    const found = this.classes.find((candidate) => candidate.slots === slots);
    if (found !== undefined) return found;
    const made: SlotClass = { slots, jobs: new IndexSet() };
    this.classes.push(made);
    this.classes.sort((a, b) => a.slots - b.slots);
    return made;
  }
}

/** Jobs, by their place in order of creation, that have waiting tasks of this many slots and are below `maxParallelTasks`. */
export interface SlotClass {
  readonly slots: number;
  readonly jobs: IndexSet;
}

/**
 * The waiting tasks of a job that need the same room: one that cannot be placed speaks for all. The job manager, and
 * multi-instance tasks by the number of their instances, wait in lanes of their own.
 */
export interface Lane {
  readonly slots: number;
  /** Nodes that each task needs: more than one for multi-instance tasks alone (MI-03). */
  readonly nodes: number;
  readonly isManager: boolean;
  /** Whether its tasks are multi-instance tasks, also those of one instance (MI-01). */
  readonly isGang: boolean;
  readonly queue: ReadyLane;
  /** null while its tasks cannot be placed at all: the job is not active, or its pool does not exist (JOB-03). */
  slotClass: SlotClass | null;
  /** Whether another lane of the job needs as many slots: then both stand in one class. */
  isShared: boolean;
  /** Found in this pass that no node can take its first task; room only shrinks, so it is passed over until the next. */
  isSetAside: boolean;
}
