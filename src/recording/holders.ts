/** Who holds slots of each node at a place of the log: one list a node, in columns, so that nothing is made for an event. */

/** Lists of handles, small whole numbers that the caller gives a meaning. A handle stands in one list at most. */
export class Holders {
  /** First handle on each node, -1: none. */
  readonly #first: Int32Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;

  constructor(nodes: number, handles: number) {
    this.#first = new Int32Array(nodes).fill(-1);
    this.#next = new Int32Array(handles).fill(-1);
    this.#previous = new Int32Array(handles).fill(-1);
  }

  /** First handle on a node; -1: none. */
  first(node: number): number {
    return this.#first[node] as number;
  }

  /** The handle after one of them; -1: it is the last. */
  after(handle: number): number {
    return this.#next[handle] as number;
  }

  /** Puts a handle on a node. */
  add(node: number, handle: number): void {
    const next = this.#first[node] as number;
    this.#first[node] = handle;
    this.#next[handle] = next;
    this.#previous[handle] = -1;
    if (next >= 0) this.#previous[next] = handle;
  }

  /** Takes a handle off its node. */
  remove(node: number, handle: number): void {
    const next = this.#next[handle] as number;
    const previous = this.#previous[handle] as number;
    if (previous < 0) this.#first[node] = next;
    else this.#next[previous] = next;
    if (next >= 0) this.#previous[next] = previous;
  }
}
