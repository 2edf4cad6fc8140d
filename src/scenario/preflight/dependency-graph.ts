/**
 * The dependencies of one job as a graph, in time and space linear in what the job declares: what a whole set waits
 * for is one node of the graph (a gate), and equal ranges share one, so that ten thousand tasks that each wait for the
 * same ten thousand are no hundred million edges.
 */
import { idKey, type Job, rangeMember, type TaskSet, taskIdAt } from '../../model/index.js';
import { TaskIdIndex } from '../build/task-ids.js';

/** Edges beyond this are not followed: pre-flight then says nothing about the job's dependencies. */
export const MOST_EDGES = 10_000_000;

/** A job's tasks by position (set by set), then gates; an edge leads from what must succeed to what waits. */
export interface DependencyGraph {
  readonly taskCount: number;
  readonly nodeCount: number;
  /** Edges in pairs of columns. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** By gate: the first id or number that the job never gets; null: all are there. */
  readonly missing: readonly (string | null)[];
}

/** The graph of a job, or null when nothing depends on anything or there is too much of it. */
export function dependencyGraph(job: Job): DependencyGraph | null {
  if (job.tasks.every((set) => set.dependsOn === null)) return null;
  const builder = new GraphBuilder(job);
  let first = 0;
  for (const set of job.tasks) {
    if (!builder.addSet(set, first)) return null;
    first += set.count;
  }
  return builder.finish();
}

/** The tasks of a job by position: set by set, then in the order of the set. */
export class JobTasks {
  readonly count: number;
  readonly #sets: readonly TaskSet[];
  readonly #firsts: Float64Array;

  constructor(job: Job) {
    this.#sets = job.tasks;
    this.#firsts = new Float64Array(job.tasks.length + 1);
    job.tasks.forEach((set, i) => {
      this.#firsts[i + 1] = (this.#firsts[i] as number) + set.count;
    });
    this.count = this.#firsts[job.tasks.length] as number;
  }

  /** The set that holds a position, and the position within it. */
  at(position: number): { readonly set: TaskSet; readonly index: number } {
    let low = 0;
    let high = this.#sets.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#firsts[middle] as number) <= position) low = middle;
      else high = middle - 1;
    }
    return { set: this.#sets[low] as TaskSet, index: position - (this.#firsts[low] as number) };
  }

  /** The id of the task at a position. */
  idAt(position: number): string {
    const { set, index } = this.at(position);
    return taskIdAt(set.ids, index);
  }
}

class GraphBuilder {
  readonly #taskCount: number;
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #missing: (string | null)[] = [];
  readonly #rangeGates = new Map<string, number>();
  readonly #job: Job;
  #ids: TaskIdIndex | null = null;
  #members: { readonly numbers: Float64Array; readonly positions: Int32Array } | null = null;

  constructor(job: Job) {
    this.#job = job;
    this.#taskCount = job.tasks.reduce((sum, set) => sum + set.count, 0);
  }

  /** False when there are too many edges. */
  addSet(set: TaskSet, first: number): boolean {
    const { dependsOn } = set;
    if (dependsOn === null) return true;
    const { columns, taskIds, taskIdRanges } = dependsOn;
    if (columns !== null) this.#addColumns(columns, first);
    if (taskIds.length > 0 || taskIdRanges.length > 0) {
      const gate = this.#gate();
      for (const id of taskIds) this.#addId(id, gate);
      for (const { start, end } of taskIdRanges) this.#edge(this.#rangeGate(start, end), gate);
      for (let i = 0; i < set.count; i++) this.#edge(gate, first + i);
    }
    return this.#from.length <= MOST_EDGES;
  }

  finish(): DependencyGraph {
    return {
      taskCount: this.#taskCount,
      nodeCount: this.#taskCount + this.#missing.length,
      from: Int32Array.from(this.#from),
      to: Int32Array.from(this.#to),
      missing: this.#missing,
    };
  }

  #addColumns(columns: { readonly offsets: Int32Array; readonly parents: Int32Array }, first: number): void {
    for (let i = 0; i + 1 < columns.offsets.length; i++) {
      const end = columns.offsets[i + 1] as number;
      for (let k = columns.offsets[i] as number; k < end; k++) this.#edge(columns.parents[k] as number, first + i);
    }
  }

  #addId(id: string, gate: number): void {
    const parent = this.#index().find(id);
    if (parent < 0) this.#missing[gate - this.#taskCount] ??= id;
    else this.#edge(parent, gate);
  }

  /** DEP-06: every integer of the range must be there; the first task that is that integer counts. */
  #rangeGate(start: number, end: number): number {
    const known = this.#rangeGates.get(`${start}..${end}`);
    if (known !== undefined) return known;
    const gate = this.#gate();
    this.#rangeGates.set(`${start}..${end}`, gate);
    const { numbers, positions } = this.#integerTasks();
    let wanted = start;
    for (let i = lowerBound(numbers, start); i < numbers.length && (numbers[i] as number) <= end; i++) {
      const number = numbers[i] as number;
      if (number > wanted) break;
      if (number < wanted) continue; // `4` after `04`: the same member
      this.#edge(positions[i] as number, gate);
      wanted += 1;
      if (this.#from.length > MOST_EDGES) break;
    }
    if (wanted <= end) this.#missing[gate - this.#taskCount] = String(wanted);
    return gate;
  }

  #gate(): number {
    this.#missing.push(null);
    return this.#taskCount + this.#missing.length - 1;
  }

  #edge(from: number, to: number): void {
    this.#from.push(from);
    this.#to.push(to);
  }

  #index(): TaskIdIndex {
    if (this.#ids === null) {
      this.#ids = new TaskIdIndex();
      let first = 0;
      for (const { ids, count } of this.#job.tasks) {
        this.#ids.add(ids, count, first);
        first += count;
      }
    }
    return this.#ids;
  }

  #integerTasks() {
    if (this.#members !== null) return this.#members;
    const found: { number: number; position: number }[] = [];
    let first = 0;
    for (const { ids, count } of this.#job.tasks) {
      const isNumeric = ids.kind === 'list' || /^\d*$/.test(`${ids.prefix}${ids.suffix}`);
      for (let i = 0; isNumeric && i < count; i++) {
        const number = rangeMember(idKey(taskIdAt(ids, i)));
        if (number !== null) found.push({ number, position: first + i });
      }
      first += count;
    }
    found.sort((a, b) => a.number - b.number || a.position - b.position);
    this.#members = {
      numbers: Float64Array.from(found, ({ number }) => number),
      positions: Int32Array.from(found, ({ position }) => position),
    };
    return this.#members;
  }
}

function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
