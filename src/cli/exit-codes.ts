/** What the process's exit code says. Stable: scripts depend on it. */
export const EXIT = {
  /** Done. */
  ok: 0,
  /** An internal or I/O failure: a bug, a full disk, a closed pipe. */
  failure: 1,
  /** Bad usage: an unknown command or option, a folder that cannot be written to. */
  usage: 2,
  /** An invalid scenario, formula or trace. */
  invalid: 3,
  /** An `expect` rule failed, or a refused action stopped a run that says `onActionError: fail`. */
  expectation: 4,
  /** Stopped by Ctrl-C (SIGINT). */
  interrupted: 130,
  /** Stopped by SIGTERM. */
  terminated: 143,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
