/** The tasks of a set that are still to come, in the order of their addition. */
import type { SetInstance } from './declaration.js';

/** A cursor over a set; tasks that never come are not in it. */
export class SetFeed {
  readonly instance: SetInstance;
  /** Indices in order of addition; null: as they stand. */
  private readonly order: Int32Array | null;
  private readonly count: number;
  private next = 0;

  constructor(instance: SetInstance) {
    const { submitMs, count } = instance;
    this.instance = instance;
    this.order = submitMs instanceof Float64Array ? orderOf(submitMs, count) : null;
    this.count = this.order?.length ?? count;
  }

  /** When the next task comes, in ms; Infinity: none is left. */
  get nextAt(): number {
    if (this.next === this.count) return Number.POSITIVE_INFINITY;
    const { submitMs } = this.instance;
    return typeof submitMs === 'number' ? submitMs : (submitMs[this.index] as number);
  }

  /** Takes the next task and returns its index in the set. */
  take(): number {
    const { index } = this;
    this.next += 1;
    return index;
  }

  private get index(): number {
    return this.order === null ? this.next : (this.order[this.next] as number);
  }
}

function orderOf(submitMs: Float64Array, count: number): Int32Array {
  const indices: number[] = [];
  for (let i = 0; i < count; i++) if ((submitMs[i] as number) < Number.POSITIVE_INFINITY) indices.push(i);
  return Int32Array.from(indices.sort((a, b) => (submitMs[a] as number) - (submitMs[b] as number) || a - b));
}
