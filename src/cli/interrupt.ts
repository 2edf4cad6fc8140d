/** Ctrl-C and SIGTERM: the first asks the run to stop and report, the second ends the process at once. */
import { EXIT, type ExitCode } from './exit-codes.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const CODES: Readonly<Record<(typeof SIGNALS)[number], ExitCode>> = {
  SIGINT: EXIT.interrupted,
  SIGTERM: EXIT.terminated,
};

/** Listens while it is held. Without one the system's own rule holds: a signal ends the process. */
export class Interrupt {
  readonly #onFirst: () => void;
  readonly #onSecond: () => void;
  readonly #listeners = new Map<(typeof SIGNALS)[number], () => void>();
  #code: ExitCode | null = null;

  /**
   * @param onFirst told once, when the first signal comes
   * @param onSecond tidies up before the process ends at the second
   */
  constructor(onFirst: () => void, onSecond: () => void) {
    this.#onFirst = onFirst;
    this.#onSecond = onSecond;
    for (const signal of SIGNALS) {
      const listener = () => this.#receive(CODES[signal]);
      this.#listeners.set(signal, listener);
      process.on(signal, listener);
    }
  }

  /** Exit code of the signal that came; null while none has. */
  get code(): ExitCode | null {
    return this.#code;
  }

  /** Stops listening. */
  release(): void {
    for (const [signal, listener] of this.#listeners) process.off(signal, listener);
  }

  #receive(code: ExitCode): void {
    if (this.#code === null) {
      this.#code = code;
      this.#onFirst();
      return;
    }
    this.#onSecond();
    process.exit(code);
  }
}

/** Lets signals (and timers) in: long work calls it now and then. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
