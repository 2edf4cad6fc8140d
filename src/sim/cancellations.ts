/** Events that were scheduled and will not happen: few, so that they are named here instead of searched in a queue. */
import type { EventQueue } from './engine/event-queue.js';

/** Which (time, code) are to be passed over. */
export class Cancellations {
  /** Codes by time; a code that is cancelled twice stands there twice. */
  private readonly pending = new Map<number, number[]>();
  /** How many of them are still in a queue. */
  count = 0;

  /** The event of this time and code will not happen. */
  add(atMs: number, code: number): void {
    const codes = this.pending.get(atMs);
    if (codes === undefined) this.pending.set(atMs, [code]);
    else codes.push(code);
    this.count += 1;
  }

  /** Takes the queue's next event away if it was cancelled, and says so. */
  drop(queue: EventQueue): boolean {
    if (queue.size === 0) return false;
    const codes = this.pending.get(queue.nextAt);
    const place = codes === undefined ? -1 : codes.indexOf(queue.nextCode);
    if (codes === undefined || place === -1) return false;
    if (codes.length === 1) this.pending.delete(queue.nextAt);
    else codes.splice(place, 1);
    this.count -= 1;
    queue.pop();
    return true;
  }
}
