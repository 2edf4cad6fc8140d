/** Events that were scheduled and will not happen: few, so that they are named here instead of searched in the queue. */
import type { EventQueue } from './engine/event-queue.js';

/** How many times each (time, code) is to be passed over. */
export class Cancellations {
  private readonly pending = new Map<string, number>();
  /** How many of them are still in the queue. */
  count = 0;

  /** The event of this time and code will not happen. */
  add(atMs: number, code: number): void {
    const key = `${atMs}/${code}`;
    this.pending.set(key, (this.pending.get(key) ?? 0) + 1);
    this.count += 1;
  }

  /** Takes the queue's next event away if it was cancelled, and says so. */
  drop(queue: EventQueue): boolean {
    if (queue.size === 0) return false;
    const key = `${queue.nextAt}/${queue.nextCode}`;
    const times = this.pending.get(key);
    if (times === undefined) return false;
    if (times === 1) this.pending.delete(key);
    else this.pending.set(key, times - 1);
    this.count -= 1;
    queue.pop();
    return true;
  }
}
