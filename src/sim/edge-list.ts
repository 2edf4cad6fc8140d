/** Collects who waits for whom and lays it out by parent, in columns (CSR). */
import { withRoom } from './engine/columns.js';

/** The graph. Nodes below `taskCount` are tasks by row, the others gates. */
export interface Dependents {
  readonly taskCount: number;
  /** How many satisfactions each node still waits for; a gate passes on when it reaches exactly 0. */
  readonly left: Int32Array;
  /** Children of node i: `children[offsets[i]] … children[offsets[i + 1] - 1]`. */
  readonly offsets: Int32Array;
  readonly children: Int32Array;
}

/** Edges that a scenario holds as columns, by child: kept as they are, for there may be millions. */
export interface EdgeBlock {
  /** Parents of the block's task i: `parents[offsets[i]] … parents[offsets[i + 1] - 1]`, counted from `firstParent`. */
  readonly offsets: Int32Array;
  readonly parents: Int32Array;
  readonly count: number;
  readonly firstChild: number;
  readonly firstParent: number;
  /** Row by number; null: the same. */
  readonly rows: Int32Array | null;
}

/** Edges as they are found. Nodes from `taskCount` on are gates. */
export class EdgeList {
  readonly taskCount: number;
  private readonly gates: number[] = [];
  private readonly blocks: EdgeBlock[] = [];
  private parents = new Int32Array(16);
  private children = new Int32Array(16);
  private count = 0;

  constructor(taskCount: number) {
    this.taskCount = taskCount;
  }

  /** A node that passes on after so many satisfactions. */
  addGate(initial: number): number {
    this.gates.push(initial);
    return this.taskCount + this.gates.length - 1;
  }

  /** Counts one more satisfaction that a gate waits for. */
  expect(gate: number): void {
    const at = gate - this.taskCount;
    this.gates[at] = (this.gates[at] as number) + 1;
  }

  /** The child waits for the parent. */
  add(parent: number, child: number): void {
    const edge = this.count++;
    this.parents = withRoom(this.parents, this.count);
    this.children = withRoom(this.children, this.count);
    this.parents[edge] = parent;
    this.children[edge] = child;
  }

  /** Adds many at once. */
  addBlock(block: EdgeBlock): void {
    this.blocks.push(block);
  }

  /** The graph by parent. */
  build(): Dependents {
    const { taskCount } = this;
    const nodeCount = taskCount + this.gates.length;
    const left = new Int32Array(nodeCount);
    const offsets = new Int32Array(nodeCount + 1);
    left.set(this.gates, taskCount);
    for (let e = 0; e < this.count; e++) {
      const child = this.children[e] as number;
      if (child < taskCount) left[child] = (left[child] as number) + 1;
      count(offsets, (this.parents[e] as number) + 1);
    }
    for (const block of this.blocks) countBlock(block, left, offsets);
    for (let i = 0; i < nodeCount; i++) offsets[i + 1] = (offsets[i + 1] as number) + (offsets[i] as number);
    const children = new Int32Array(offsets[nodeCount] as number);
    const place = offsets.slice(0, nodeCount);
    for (let e = 0; e < this.count; e++) {
      children[count(place, this.parents[e] as number)] = this.children[e] as number;
    }
    for (const block of this.blocks) placeBlock(block, place, children);
    return { taskCount, left, offsets, children };
  }
}

/** Raises a counter and returns what it was. */
function count(counters: Int32Array, at: number): number {
  const before = counters[at] as number;
  counters[at] = before + 1;
  return before;
}

function countBlock(block: EdgeBlock, left: Int32Array, after: Int32Array): void {
  const { offsets, parents, firstChild, firstParent, rows } = block;
  for (let i = 0; i < block.count; i++) {
    const child = rows === null ? firstChild + i : (rows[firstChild + i] as number);
    left[child] = (left[child] as number) + (offsets[i + 1] as number) - (offsets[i] as number);
  }
  for (let at = offsets[0] as number, end = offsets[block.count] as number; at < end; at++) {
    const parent = firstParent + (parents[at] as number);
    count(after, (rows === null ? parent : (rows[parent] as number)) + 1);
  }
}

function placeBlock(block: EdgeBlock, place: Int32Array, children: Int32Array): void {
  const { offsets, parents, firstChild, firstParent, rows } = block;
  for (let i = 0; i < block.count; i++) {
    const child = rows === null ? firstChild + i : (rows[firstChild + i] as number);
    const end = offsets[i + 1] as number;
    for (let at = offsets[i] as number; at < end; at++) {
      const parent = firstParent + (parents[at] as number);
      children[count(place, rows === null ? parent : (rows[parent] as number))] = child;
    }
  }
}
