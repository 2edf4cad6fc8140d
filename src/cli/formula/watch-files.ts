/** Waits for the change of any of some files. */
import { statSync } from 'node:fs';

/** How often files are looked at, in ms: editors replace files, so that what watches a file loses it. */
const LOOK_EVERY_MS = 200;

/** Files under watch, until they are let go. A change after {@link set} is never missed: the first look is taken there. */
export class FileWatch {
  readonly #seen = new Map<string, string>();
  #timer: NodeJS.Timeout | null = null;
  #changed: string | null = null;
  #wake: (() => void) | null = null;

  /** Watches these files and no others. */
  set(files: readonly string[]): void {
    const wanted = new Set(files);
    for (const file of [...this.#seen.keys()]) if (!wanted.has(file)) this.#seen.delete(file);
    for (const file of wanted) if (!this.#seen.has(file)) this.#seen.set(file, lookOf(file));
    this.#timer ??= setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  /** The first file that has changed since the last call, once one has; null after {@link stop}. */
  async next(): Promise<string | null> {
    if (this.#changed === null && this.#timer !== null) {
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
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#wake?.();
  }

  #look(): void {
    for (const [file, seen] of this.#seen) {
      const now = lookOf(file);
      if (now === seen) continue;
      this.#seen.set(file, now);
      this.#changed ??= file;
      this.#wake?.();
    }
  }
}

/** What tells one state of a file from another; a file that is not there has a look of its own. */
function lookOf(file: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return 'absent';
  }
}
