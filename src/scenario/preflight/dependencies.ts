/** Which tasks of a job can never run because of what they wait for (DEP-03, DEP-05, DEP-07, DEP-10). */
import type { Job } from '../../model/index.js';
import { type DependencyGraph, dependencyGraph, JobTasks } from './dependency-graph.js';
import type { Finding } from './findings.js';
import { failsForCertain } from './outcomes.js';

/** Ids of a circle that are named; longer ones are cut. */
const NAMED_IDS = 8;

/**
 * The findings about a job's dependencies.
 * @param grows whether tasks may be added to the job later, which nobody knows to be missing then
 * @param neverRuns 1 for tasks that cannot run for another reason (their slots), by position in the job
 */
export function dependencyFindings(
  about: { readonly account: string; readonly job: string },
  job: Job,
  neverRuns: Uint8Array | null,
  grows = false,
): Finding[] {
  const graph = dependencyGraph(job);
  if (graph === null) return [];
  const waits = new Waits(graph);
  const tasks = new JobTasks(job);
  const findings: Finding[] = [];

  const inCircles = waits.stuck(() => false);
  const circleCount = countTasks(inCircles, graph.taskCount);
  if (circleCount > 0)
    findings.push({ kind: 'cycle', ...about, tasks: circleCount, circle: circleOf(tasks, graph, inCircles) });

  const lacks = (node: number) => node >= graph.taskCount && graph.missing[node - graph.taskCount] !== null;
  const lacking = waits.stuck(lacks);
  const missing = firstNew(lacking, graph.taskCount, inCircles);
  if (missing !== null && !grows) {
    const name = graph.missing[waits.firstCause(missing.first, lacks) - graph.taskCount] ?? '';
    findings.push({
      kind: 'missingParents',
      ...about,
      tasks: missing.count,
      example: tasks.idAt(missing.first),
      missing: name,
    });
  }

  const fails = (node: number) => node < graph.taskCount && (neverRuns?.[node] === 1 || failsAt(job, tasks, node));
  const failing = firstNew(waits.stuck(fails), graph.taskCount, lacking, inCircles);
  if (failing !== null) {
    const parent = tasks.idAt(waits.firstCause(failing.first, fails));
    findings.push({
      kind: 'failingParents',
      ...about,
      tasks: failing.count,
      example: tasks.idAt(failing.first),
      parent,
    });
  }
  return findings;
}

function failsAt(job: Job, tasks: JobTasks, position: number): boolean {
  const { set, index } = tasks.at(position);
  return failsForCertain(job, set, index);
}

/** Walks the graph from what waits for nothing. */
class Waits {
  readonly #graph: DependencyGraph;
  readonly #children: Neighbours;

  constructor(graph: DependencyGraph) {
    this.#graph = graph;
    this.#children = neighbours(graph.nodeCount, graph.from, graph.to);
  }

  /** 1 for each node that is never released when nodes of which `blocks` holds release nobody; those themselves are 0. */
  stuck(blocks: (node: number) => boolean): Uint8Array {
    const { nodeCount } = this.#graph;
    const { offsets, nodes } = this.#children;
    const left = new Int32Array(nodeCount);
    for (const child of this.#graph.to) left[child] = (left[child] as number) + 1;
    const stuck = new Uint8Array(nodeCount).fill(1);
    const queue = new Int32Array(nodeCount);
    let size = 0;
    for (let node = 0; node < nodeCount; node++) if (left[node] === 0) queue[size++] = node;
    for (let i = 0; i < size; i++) {
      const node = queue[i] as number;
      stuck[node] = 0;
      if (blocks(node)) continue;
      const end = offsets[node + 1] as number;
      for (let e = offsets[node] as number; e < end; e++) {
        const child = nodes[e] as number;
        left[child] = (left[child] as number) - 1;
        if (left[child] === 0) queue[size++] = child;
      }
    }
    return stuck;
  }

  /** A node of which `blocks` holds, on the way back from `node` through what it waits for. */
  firstCause(node: number, blocks: (node: number) => boolean): number {
    const { nodeCount, from, to } = this.#graph;
    const { offsets, nodes } = neighbours(nodeCount, to, from);
    const seen = new Set([node]);
    for (const at of seen) {
      const end = offsets[at + 1] as number;
      for (let e = offsets[at] as number; e < end; e++) {
        const parent = nodes[e] as number;
        if (blocks(parent)) return parent;
        seen.add(parent);
      }
    }
    return node;
  }
}

/** For node i: `nodes[offsets[i]] … nodes[offsets[i + 1] - 1]`. */
interface Neighbours {
  readonly offsets: Int32Array;
  readonly nodes: Int32Array;
}

function neighbours(nodeCount: number, from: Int32Array, to: Int32Array): Neighbours {
  const offsets = new Int32Array(nodeCount + 1);
  for (const node of from) offsets[node + 1] = (offsets[node + 1] as number) + 1;
  for (let i = 0; i < nodeCount; i++) offsets[i + 1] = (offsets[i + 1] as number) + (offsets[i] as number);
  const nodes = new Int32Array(from.length);
  const next = offsets.slice();
  for (let e = 0; e < from.length; e++) {
    const node = from[e] as number;
    nodes[next[node] as number] = to[e] as number;
    next[node] = (next[node] as number) + 1;
  }
  return { offsets, nodes };
}

function countTasks(stuck: Uint8Array, taskCount: number): number {
  let count = 0;
  for (let task = 0; task < taskCount; task++) count += stuck[task] as number;
  return count;
}

/** Tasks that are stuck and in none of the `known`: how many, and the first. */
function firstNew(stuck: Uint8Array, taskCount: number, ...known: readonly Uint8Array[]) {
  let count = 0;
  let first = -1;
  for (let task = 0; task < taskCount; task++) {
    if (stuck[task] === 0 || known.some((before) => before[task] === 1)) continue;
    if (first < 0) first = task;
    count += 1;
  }
  return count === 0 ? null : { count, first };
}

/** One circle: walking back from a stuck node through stuck ones must come round. */
function circleOf(jobTasks: JobTasks, graph: DependencyGraph, stuck: Uint8Array): string[] {
  const parent = new Int32Array(graph.nodeCount).fill(-1);
  for (let e = 0; e < graph.to.length; e++) {
    const from = graph.from[e] as number;
    if (stuck[from] === 1) parent[graph.to[e] as number] = from;
  }
  let at = stuck.indexOf(1);
  const seen = new Set<number>();
  while (!seen.has(at)) {
    seen.add(at);
    at = parent[at] as number;
  }
  const circle: number[] = [];
  for (let node = at; circle.length === 0 || node !== at; node = parent[node] as number) circle.push(node);
  const tasks = circle.filter((node) => node < graph.taskCount).reverse();
  return tasks.slice(0, NAMED_IDS).map((task) => jobTasks.idAt(task));
}
