/** One row of a trace between a reader, which knows how it is written, and the table. */

/** A row as a reader found it. One object is filled again and again; the builder keeps nothing of it but the values. */
export interface TraceRow {
  /** As the trace has it. */
  id: string;
  /** On the trace's own clock, in ms. */
  submitMs: number;
  runtimeMs: number;
  /** 0: not given. */
  processors: number;
  /** 0: not given. */
  slots: number;
  /** In bytes; -1: not given. */
  memoryBytes: number;
  exitCode: number;
  /** In ms; -1: no limit. */
  maxWallClockMs: number;
  /** Empty: none. */
  displayName: string;
  /** The trace's own ids of the tasks this one waits for. */
  parents: readonly string[];
  /** How many of its times had a fraction of a millisecond. */
  roundedCount: number;
}

/** A row with nothing given. */
export function emptyRow(): TraceRow {
  return {
    id: '',
    submitMs: 0,
    runtimeMs: 0,
    processors: 0,
    slots: 0,
    memoryBytes: -1,
    exitCode: 0,
    maxWallClockMs: -1,
    displayName: '',
    parents: [],
    roundedCount: 0,
  };
}
