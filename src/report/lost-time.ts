/** Node time of attempts whose work did not count, step by step. */
import { NODE_KINDS } from '../model/index.js';
import { groupOf, type Recording, slotShare } from '../recording/index.js';

/** Walks forward through a run. */
export class LostTime {
  readonly #recording: Recording;
  /** Rows of earlier attempts by start; those before `#next` have begun. */
  readonly #rows: Int32Array;
  #next = 0;
  #open: number[] = [];
  readonly #lostMs: Float64Array;

  constructor(recording: Recording) {
    this.#recording = recording;
    this.#rows = Int32Array.from({ length: recording.attempts.count }, (_, row) => row);
    this.#rows.sort((a, b) => this.#fromMs(a) - this.#fromMs(b) || a - b);
    this.#lostMs = new Float64Array(recording.pools.length * NODE_KINDS.length);
  }

  /** Lost node time in ms by slot share, at `pool × kinds + kind`; steps must follow each other. */
  between(fromMs: number, toMs: number): Float64Array {
    const { attempts } = this.#recording;
    this.#lostMs.fill(0);
    while (this.#next < this.#rows.length && this.#fromMs(this.#rows[this.#next] as number) < toMs) {
      this.#open.push(this.#rows[this.#next++] as number);
    }
    for (const row of this.#open) {
      const [task, node] = [attempts.task[row] as number, attempts.node[row] as number];
      const heldMs = Math.min(attempts.endMs[row] as number, toMs) - Math.max(this.#fromMs(row), fromMs);
      this.#lostMs[groupOf(this.#recording, node)]! += heldMs * slotShare(this.#recording, task, node);
    }
    this.#open = this.#open.filter((row) => (attempts.endMs[row] as number) > toMs);
    return this.#lostMs;
  }

  #fromMs(row: number): number {
    const { assignedMs, startMs } = this.#recording.attempts;
    return (assignedMs[row] as number) < 0 ? (startMs[row] as number) : (assignedMs[row] as number);
  }
}
