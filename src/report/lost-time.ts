/** Node time of attempts whose work did not count, step by step. */
import { NODE_KINDS } from '../model/index.js';
import { groupOf, type Hold, indexAttempts, type Recording, slotShare, visitHolds } from '../recording/index.js';

/** Walks forward through a run. */
export class LostTime {
  readonly #recording: Recording;
  /** Lost holds by start; those before `#next` have begun. */
  readonly #holds: Hold[] = [];
  #next = 0;
  #open: Hold[] = [];
  readonly #lostMs: Float64Array;

  constructor(recording: Recording) {
    this.#recording = recording;
    visitHolds(recording, indexAttempts(recording), (hold) => {
      if (hold.lost) this.#holds.push(hold);
    });
    // A stable sort: holds that begin together stay in their order.
    this.#holds.sort((a, b) => a.fromMs - b.fromMs);
    this.#lostMs = new Float64Array(recording.pools.length * NODE_KINDS.length);
  }

  /** Lost node time in ms by slot share, at `pool × kinds + kind`; steps must follow each other. */
  between(fromMs: number, toMs: number): Float64Array {
    this.#lostMs.fill(0);
    for (;;) {
      const hold = this.#holds[this.#next];
      if (hold === undefined || hold.fromMs >= toMs) break;
      this.#open.push(hold);
      this.#next += 1;
    }
    for (const hold of this.#open) {
      const heldMs = Math.min(hold.toMs, toMs) - Math.max(hold.fromMs, fromMs);
      this.#lostMs[groupOf(this.#recording, hold.node)]! += heldMs * slotShare(this.#recording, hold);
    }
    this.#open = this.#open.filter((hold) => hold.toMs > toMs);
    return this.#lostMs;
  }
}
