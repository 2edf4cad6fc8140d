/**
 * Who waits for whom, as a graph in columns (CSR). Besides tasks it has *gates*: nodes that stand for "all of these"
 * (what every task of a set waits for, written once) or "any of these" (ids that are the same integer, DEP-06).
 */
import { idKey, rangeMember, type TaskDependencies, type TaskSet, taskIdAt } from '../model/index.js';

/** The graph. Nodes below `taskCount` are tasks by row, the others gates. */
export interface Dependents {
  readonly taskCount: number;
  /** How many satisfactions each node still waits for; a gate passes on when it reaches exactly 0. */
  readonly left: Int32Array;
  /** Children of node i: `children[offsets[i]] … children[offsets[i + 1] - 1]`. */
  readonly offsets: Int32Array;
  readonly children: Int32Array;
}

/** The tasks of one job, as declared. */
export interface DeclaredJob {
  readonly sets: readonly TaskSet[];
  /** Number of its first task through all jobs, in order of declaration. */
  readonly firstTask: number;
}

/**
 * Builds the graph of a scenario; null when nothing depends on anything.
 * @param rowOf row of a task by its number in order of declaration
 */
export function buildDependents(
  jobs: readonly DeclaredJob[],
  taskCount: number,
  rowOf: (declared: number) => number,
): Dependents | null {
  if (!jobs.some((job) => job.sets.some((set) => set.dependsOn !== null))) return null;
  const edges = new EdgeList(taskCount, columnEdges(jobs));
  for (const job of jobs) {
    if (job.sets.some((set) => set.dependsOn !== null)) addJob(edges, job, rowOf);
  }
  return edges.build();
}

/** How many edges the columns of all sets hold. */
function columnEdges(jobs: readonly DeclaredJob[]): number {
  let count = 0;
  for (const { sets } of jobs) for (const { dependsOn } of sets) count += dependsOn?.columns?.parents.length ?? 0;
  return count;
}

/** Edges as they are found; counted and sorted by parent at the end. */
class EdgeList {
  readonly taskCount: number;
  private gates: number[] = [];
  private parents: Int32Array;
  private children: Int32Array;
  private count = 0;

  /** @param expected how many edges to make room for; more may come */
  constructor(taskCount: number, expected: number) {
    this.taskCount = taskCount;
    this.parents = new Int32Array(Math.max(16, expected));
    this.children = new Int32Array(Math.max(16, expected));
  }

  /** A node that passes on after so many satisfactions, besides those of the edges that wait for all. */
  addGate(initial: number): number {
    this.gates.push(initial);
    return this.taskCount + this.gates.length - 1;
  }

  /** Counts one more satisfaction that a gate waits for. */
  expect(gate: number): void {
    const at = gate - this.taskCount;
    this.gates[at] = (this.gates[at] as number) + 1;
  }

  add(parent: number, child: number): void {
    if (this.count === this.parents.length) {
      const parents = new Int32Array(this.count * 2);
      const children = new Int32Array(this.count * 2);
      parents.set(this.parents);
      children.set(this.children);
      this.parents = parents;
      this.children = children;
    }
    this.parents[this.count] = parent;
    this.children[this.count++] = child;
  }

  build(): Dependents {
    const nodeCount = this.taskCount + this.gates.length;
    const left = new Int32Array(nodeCount);
    const offsets = new Int32Array(nodeCount + 1);
    for (let e = 0; e < this.count; e++) {
      const child = this.children[e] as number;
      if (child < this.taskCount) left[child] = (left[child] as number) + 1;
      const after = (this.parents[e] as number) + 1;
      offsets[after] = (offsets[after] as number) + 1;
    }
    this.gates.forEach((initial, gate) => {
      left[this.taskCount + gate] = initial;
    });
    for (let i = 0; i < nodeCount; i++) offsets[i + 1] = (offsets[i + 1] as number) + (offsets[i] as number);
    const children = new Int32Array(this.count);
    const place = offsets.slice(0, nodeCount);
    for (let e = 0; e < this.count; e++) {
      const parent = this.parents[e] as number;
      const at = place[parent] as number;
      children[at] = this.children[e] as number;
      place[parent] = at + 1;
    }
    return { taskCount: this.taskCount, left, offsets, children };
  }
}

function addJob(edges: EdgeList, job: DeclaredJob, rowOf: (declared: number) => number): void {
  const names = new JobNames(job, rowOf, edges);
  let first = job.firstTask;
  for (const set of job.sets) {
    if (set.dependsOn !== null) addSet(edges, job, set, set.dependsOn, first, rowOf, names);
    first += set.count;
  }
}

function addSet(
  edges: EdgeList,
  job: DeclaredJob,
  set: TaskSet,
  dependsOn: TaskDependencies,
  first: number,
  rowOf: (declared: number) => number,
  names: JobNames,
): void {
  if (dependsOn.taskIds.length > 0 || dependsOn.taskIdRanges.length > 0) {
    const gate = edges.addGate(0);
    for (const id of dependsOn.taskIds) {
      edges.expect(gate); // one that is never added leaves the gate shut (DEP-05)
      const parent = names.rowOfId(id);
      if (parent !== null) edges.add(parent, gate);
    }
    for (const range of dependsOn.taskIdRanges) {
      const parents = names.membersOf(range.start, range.end);
      for (const parent of parents) {
        edges.expect(gate);
        edges.add(parent, gate);
      }
      if (parents.length < range.end - range.start + 1) edges.expect(gate); // missing members (DEP-07)
    }
    for (let i = 0; i < set.count; i++) edges.add(gate, rowOf(first + i));
  }
  const columns = dependsOn.columns;
  if (columns === null) return;
  for (let i = 0; i < set.count; i++) {
    const child = rowOf(first + i);
    for (let at = columns.offsets[i] as number; at < (columns.offsets[i + 1] as number); at++) {
      edges.add(rowOf(job.firstTask + (columns.parents[at] as number)), child);
    }
  }
}

/** The ids of one job's tasks, looked up only by jobs that name ids or ranges. */
class JobNames {
  private readonly job: DeclaredJob;
  private readonly rowOf: (declared: number) => number;
  private readonly edges: EdgeList;
  private ids: Map<string, number> | null = null;
  private integers: { readonly values: number[]; readonly nodes: number[] } | null = null;

  constructor(job: DeclaredJob, rowOf: (declared: number) => number, edges: EdgeList) {
    this.job = job;
    this.rowOf = rowOf;
    this.edges = edges;
  }

  rowOfId(id: string): number | null {
    if (this.ids === null) {
      const ids = new Map<string, number>();
      this.each((taskId, row) => {
        ids.set(idKey(taskId), row);
      });
      this.ids = ids;
    }
    return this.ids.get(idKey(id)) ?? null;
  }

  /** One node for each integer of the inclusive range that is the id of a task. */
  membersOf(start: number, end: number): number[] {
    this.integers ??= this.findIntegers();
    const { values, nodes } = this.integers;
    let at = lowerBound(values, start);
    const members: number[] = [];
    for (; at < values.length && (values[at] as number) <= end; at++) members.push(nodes[at] as number);
    return members;
  }

  private findIntegers(): { readonly values: number[]; readonly nodes: number[] } {
    const byValue = new Map<number, number[]>();
    this.each((taskId, row) => {
      const value = rangeMember(taskId);
      if (value === null) return;
      const rows = byValue.get(value);
      if (rows === undefined) byValue.set(value, [row]);
      else rows.push(row);
    });
    const values = [...byValue.keys()].sort((a, b) => a - b);
    const nodes = values.map((value) => this.nodeOf(byValue.get(value) as number[]));
    return { values, nodes };
  }

  /** DEP-06: of several ids that are the same integer the first to satisfy counts. */
  private nodeOf(rows: readonly number[]): number {
    if (rows.length === 1) return rows[0] as number;
    const gate = this.edges.addGate(1);
    for (const row of rows) this.edges.add(row, gate);
    return gate;
  }

  private each(visit: (id: string, row: number) => void): void {
    let first = this.job.firstTask;
    for (const set of this.job.sets) {
      for (let i = 0; i < set.count; i++) visit(taskIdAt(set.ids, i), this.rowOf(first + i));
      first += set.count;
    }
  }
}

function lowerBound(values: readonly number[], value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
