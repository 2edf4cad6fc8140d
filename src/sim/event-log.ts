/** The log of everything that changes, as growing columns; {@link EventLog} describes the rows. */
import { codesOf } from '../base/index.js';
import { EVENT_KINDS, type EventLog } from '../recording/index.js';
import { withRoom } from './engine/columns.js';

/** The number of a kind of log row: its place in `EVENT_KINDS`. */
export const LOGGED = codesOf(EVENT_KINDS);

/** Collects log rows. */
export class EventLogWriter implements EventLog {
  count = 0;
  atMs = new Float64Array(1024);
  kind = new Uint8Array(1024);
  subject = new Int32Array(1024);
  detail = new Int32Array(1024);

  /** Adds a row; `kind` is a number of {@link LOGGED}. */
  add(atMs: number, kind: number, subject: number, detail: number): void {
    const row = this.count++;
    if (row === this.kind.length) this.grow();
    this.atMs[row] = atMs;
    this.kind[row] = kind;
    this.subject[row] = subject;
    this.detail[row] = detail;
  }

  private grow(): void {
    this.atMs = withRoom(this.atMs, this.count);
    this.kind = withRoom(this.kind, this.count);
    this.subject = withRoom(this.subject, this.count);
    this.detail = withRoom(this.detail, this.count);
  }
}
