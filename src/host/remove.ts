/** Tidying up after a failure. */
import { rmSync } from 'node:fs';

/** Removes a file or folder if it can. Never throws: it is called when something has failed already. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // What stays behind is harmless by its name.
  }
}
