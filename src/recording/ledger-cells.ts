/** The cells of a ledger: slot-milliseconds by pool, kind of node, job and use, as many as a stretch needs. */
import { NODE_KINDS } from '../model/index.js';
import { NODE_USES } from './uses.js';

/** Node time of one pool, kind and job in a stretch. */
export interface LedgerCell {
  readonly pool: number;
  /** Index in `NODE_KINDS`. */
  readonly kind: number;
  /** -1: nobody's. */
  readonly job: number;
  /** Slot-milliseconds by use, in the order of `NODE_USES`. */
  readonly slotMs: Float64Array;
}

/** Cells of one stretch, made when they are first written to. */
export class LedgerCells {
  readonly #jobs: number;
  /** Group and job of a cell in one number, to its first place in `#slotMs`. */
  readonly #places = new Map<number, number>();
  #slotMs = new Float64Array(64 * NODE_USES.length);

  constructor(jobs: number) {
    this.#jobs = jobs;
  }

  /** A handle of the cell of a group and job; -1: nobody. It is good until the next `take`. */
  at(group: number, job: number): number {
    const key = group * (this.#jobs + 1) + (job < 0 ? this.#jobs : job);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.#places.size * NODE_USES.length;
    this.#places.set(key, place);
    if (place === this.#slotMs.length) {
      const grown = new Float64Array(2 * place);
      grown.set(this.#slotMs);
      this.#slotMs = grown;
    }
    return place;
  }

  add(cell: number, use: number, slotMs: number): void {
    this.#slotMs[cell + use]! += slotMs;
  }

  /** Every cell with something in it, in order; and begins anew. */
  take(): LedgerCell[] {
    const cells: LedgerCell[] = [];
    for (const [key, place] of [...this.#places].sort(([a], [b]) => a - b)) {
      const slotMs = this.#slotMs.slice(place, place + NODE_USES.length);
      const group = Math.floor(key / (this.#jobs + 1));
      const job = key % (this.#jobs + 1);
      const [pool, kind] = [Math.floor(group / NODE_KINDS.length), group % NODE_KINDS.length];
      if (slotMs.some((ms) => ms !== 0)) cells.push({ pool, kind, job: job === this.#jobs ? -1 : job, slotMs });
    }
    this.#slotMs.fill(0, 0, this.#places.size * NODE_USES.length);
    this.#places.clear();
    return cells;
  }
}
