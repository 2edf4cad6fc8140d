/**
 * Who waits for whom, as a graph in columns (CSR). Besides tasks it has *gates*: nodes that stand for "all of these"
 * (what every task of a set waits for, written once) or "any of these" (ids that are the same integer, DEP-06).
 */
import { idKey, rangeMember, type TaskDependencies, type TaskSet, taskIdAt } from '../model/index.js';
import { type Dependents, EdgeList } from './edge-list.js';

/** The tasks of one job, as declared. */
export interface DeclaredJob {
  readonly sets: readonly TaskSet[];
  /** Number of its first task through all jobs, in order of declaration. */
  readonly firstTask: number;
  /** 1 if the first of them is the job's manager, which indices of traces do not count; else 0. */
  readonly managers: number;
}

/**
 * Builds the graph of a scenario; null when nothing depends on anything.
 * @param rows row of each task by its number in order of declaration; null: the same
 */
export function buildDependents(
  jobs: readonly DeclaredJob[],
  taskCount: number,
  rows: Int32Array | null,
): Dependents | null {
  if (!jobs.some((job) => job.sets.some((set) => set.dependsOn !== null))) return null;
  const edges = new EdgeList(taskCount);
  for (const job of jobs) {
    if (job.sets.some((set) => set.dependsOn !== null)) addJob(edges, job, rows);
  }
  return edges.build();
}

function addJob(edges: EdgeList, job: DeclaredJob, rows: Int32Array | null): void {
  const names = new JobNames(job, rows, edges);
  let first = job.firstTask;
  for (const set of job.sets) {
    if (set.dependsOn !== null) addSet(edges, job, set, set.dependsOn, first, rows, names);
    first += set.count;
  }
}

function addSet(
  edges: EdgeList,
  job: DeclaredJob,
  set: TaskSet,
  dependsOn: TaskDependencies,
  first: number,
  rows: Int32Array | null,
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
    for (let i = 0; i < set.count; i++) edges.add(gate, rowOf(rows, first + i));
  }
  const columns = dependsOn.columns;
  if (columns === null) return;
  edges.addBlock({ ...columns, count: set.count, firstChild: first, firstParent: job.firstTask + job.managers, rows });
}

function rowOf(rows: Int32Array | null, declared: number): number {
  return rows === null ? declared : (rows[declared] as number);
}

/** The ids of one job's tasks, looked up only by jobs that name ids or ranges. */
class JobNames {
  private readonly job: DeclaredJob;
  private readonly rows: Int32Array | null;
  private readonly edges: EdgeList;
  private ids: Map<string, number> | null = null;
  private integers: { readonly values: number[]; readonly nodes: number[] } | null = null;

  constructor(job: DeclaredJob, rows: Int32Array | null, edges: EdgeList) {
    this.job = job;
    this.rows = rows;
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
      for (let i = 0; i < set.count; i++) visit(taskIdAt(set.ids, i), rowOf(this.rows, first + i));
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
