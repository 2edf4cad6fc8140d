/**
 * What each node adds to the metrics of its pool. A node is looked at again only after something happened on it, so that
 * a sample costs as much as what happened since the last one, not as much as the pool is large.
 */
import { withRoom } from '../engine/columns.js';

/** Places in a node's share, and in a pool's sums. */
export const SHARE = {
  /** Tasks on their way to it (SCH-11). */
  active: 0,
  /** Tasks that prepare or run there; a task of several instances is met on each of its nodes. */
  running: 1,
  /** 1 if it is preempted. */
  preempted: 2,
  /** 1 if it is idle or running. */
  usable: 3,
  /** Cores in use, at most those that it has, in {@link CORE_UNITS}. */
  load: 4,
} as const;

/** How many numbers a share has. */
export const SHARE_SIZE = 5;

/** One core, in the whole numbers that loads are counted in: sums of them do not depend on their order. */
export const CORE_UNITS = 1_000_000;

/** The shares of all nodes of pools that follow a formula. */
export class NodeShares {
  /** The share of a node: `SHARE_SIZE` numbers from `SHARE_SIZE` × its row on. */
  shares = new Int32Array(64 * SHARE_SIZE);
  #isTouched = new Uint8Array(64);
  readonly #touched: number[] = [];

  /** Something happened on the node: its share may be another. */
  touch(node: number): void {
    this.#isTouched = withRoom(this.#isTouched, node + 1);
    if (this.#isTouched[node] === 1) return;
    this.#isTouched[node] = 1;
    this.#touched.push(node);
  }

  /** A node that was touched since it was last taken; -1: there is none. */
  takeTouched(): number {
    const node = this.#touched.pop() ?? -1;
    if (node >= 0) this.#isTouched[node] = 0;
    return node;
  }

  /** Sets a node's share, and adds the difference to sums. */
  replace(node: number, share: Int32Array, sums: Float64Array): void {
    const first = node * SHARE_SIZE;
    this.shares = withRoom(this.shares, first + SHARE_SIZE);
    for (let i = 0; i < SHARE_SIZE; i++) {
      const now = share[i] as number;
      sums[i] = (sums[i] as number) + now - (this.shares[first + i] as number);
      this.shares[first + i] = now;
    }
  }

  /** The node adds nothing to any sum that is kept. */
  forget(node: number): void {
    const first = node * SHARE_SIZE;
    if (first < this.shares.length) this.shares.fill(0, first, first + SHARE_SIZE);
  }
}
