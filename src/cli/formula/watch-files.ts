/** Waits for the change of any of some files. */
import { type StatWatcher, unwatchFile, watchFile } from 'node:fs';

/** How often files are looked at, in ms: editors replace files, so that what watches a file loses it. */
const LOOK_EVERY_MS = 200;

/** Files under watch, until they are let go. */
export class FileWatch {
  readonly #watchers = new Map<string, StatWatcher>();
  #changed: string | null = null;
  #wake: (() => void) | null = null;

  /** Watches these files and no others. */
  set(files: readonly string[]): void {
    const wanted = new Set(files);
    for (const file of [...this.#watchers.keys()].filter((known) => !wanted.has(known))) this.#drop(file);
    for (const file of wanted) {
      if (this.#watchers.has(file)) continue;
      const listener = () => this.#notice(file);
      this.#watchers.set(file, watchFile(file, { interval: LOOK_EVERY_MS }, listener));
    }
  }

  /** The first file that has changed since the last call, once one has; null after {@link stop}. */
  async next(): Promise<string | null> {
    if (this.#changed === null && this.#watchers.size > 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const changed = this.#changed;
    this.#changed = null;
    return changed;
  }

  /** Ends all watching; who waits is woken. */
  stop(): void {
    for (const file of [...this.#watchers.keys()]) this.#drop(file);
    this.#wake?.();
  }

  #notice(file: string): void {
    this.#changed ??= file;
    this.#wake?.();
  }

  #drop(file: string): void {
    unwatchFile(file);
    this.#watchers.delete(file);
  }
}
