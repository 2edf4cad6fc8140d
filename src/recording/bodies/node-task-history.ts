/** What has become of start, preparation and release tasks up to a place of the log (START-07, PREP-16). */
import { NO_EXIT_CODE, type NodeTaskRow, type Recording } from '../recording.js';

/** Columns by row of `recording.nodeTasks`; times in ms, -1 where the moment has not come. */
export class NodeTaskHistory {
  /** Attempts that began. */
  readonly attempts: Int32Array;
  /** Beginning of the latest. */
  readonly startMs: Float64Array;
  /** The run is over. */
  readonly endMs: Float64Array;
  readonly #exitCode: Int32Array;
  readonly #recording: Recording;

  constructor(recording: Recording) {
    const count = recording.nodeTasks.length;
    this.#recording = recording;
    this.attempts = new Int32Array(count);
    this.startMs = new Float64Array(count).fill(-1);
    this.endMs = new Float64Array(count).fill(-1);
    this.#exitCode = new Int32Array(count).fill(NO_EXIT_CODE);
  }

  /** Takes one row of the log. */
  note(kind: 'nodeTaskStarted' | 'nodeTaskEnded', row: number, detail: number, atMs: number): void {
    if (kind === 'nodeTaskStarted') {
      this.attempts[row]! += 1;
      this.startMs[row] = atMs;
      return;
    }
    this.#exitCode[row] = detail;
    // Only the last attempt of a row has no other after it.
    const { retries } = this.#recording.nodeTasks[row] as NodeTaskRow;
    if (this.attempts[row] === retries + 1) this.endMs[row] = atMs;
  }

  /** Exit code of a run that is over; null: none. */
  exitCode(row: number): number | null {
    const code = this.#exitCode[row] as number;
    return code === NO_EXIT_CODE ? null : code;
  }
}
