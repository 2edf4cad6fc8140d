/** When progress is shown: a bar that redraws itself on a terminal, one plain line each ten seconds elsewhere. */
import { type ProgressData, progressBar, progressLine } from '../tui/index.js';
import type { Output } from './output.js';
import type { Terminal } from './terminal.js';

/** Work shorter than this shows nothing, in ms. */
const QUIET_MS = 1_000;
/** Time between redraws of the bar, in ms. */
const REDRAW_MS = 100;
/** Time between plain lines, in ms. */
const LINE_MS = 10_000;

const ERASE_LINE = '\r\u001b[2K';

/** Shows how far a phase is. */
export class ProgressReporter {
  readonly #output: Output;
  readonly #terminal: Terminal;
  readonly #now: () => number;
  readonly #startMs: number;
  #nextMs: number;
  #drawn = false;

  /** @param now a clock in ms that never goes back */
  constructor(output: Output, terminal: Terminal, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#terminal = terminal;
    this.#now = now;
    this.#startMs = now();
    this.#nextMs = this.#startMs + (terminal.cursor ? QUIET_MS : LINE_MS);
  }

  /** Shows the state if it is time to; `read` is asked only then. */
  tick(read: () => Omit<ProgressData, 'elapsedMs'>): void {
    const now = this.#now();
    if (now < this.#nextMs) return;
    const data = { ...read(), elapsedMs: now - this.#startMs };
    if (this.#terminal.cursor) {
      this.#output.raw(`${ERASE_LINE}${progressBar(data, this.#terminal.width - 1, this.#terminal.unicode)}`);
      this.#drawn = true;
      this.#nextMs = now + REDRAW_MS;
    } else {
      this.#output.note(progressLine(data));
      this.#nextMs = now + LINE_MS;
    }
  }

  /** Takes the bar away, so that what follows starts on an empty line. */
  clear(): void {
    if (this.#drawn) this.#output.raw(ERASE_LINE);
    this.#drawn = false;
  }
}
