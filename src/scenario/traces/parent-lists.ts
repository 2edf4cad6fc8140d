/**
 * Dependencies while a trace is read: names of parents become rows as soon as the parent is known, most of the time at
 * once, since parents mostly come first. What is still unknown at the end is not in the trace.
 */
import { int32Column } from './growing-column.js';
import { detach } from './lines.js';
import type { TraceDependencies } from './trace-table.js';

/** Dependencies between rows, and what could not become one. */
export interface ResolvedParents {
  /** Null: there is none. */
  readonly dependencies: TraceDependencies | null;
  readonly unknownCount: number;
  /** `child <- parent`, the first few. */
  readonly unknown: readonly string[];
  /** Parents that a task lists more than once. */
  readonly repeatedCount: number;
}

/** Parents of all rows so far, some of them still names. */
export class ParentLists {
  readonly #rows = new Map<string, number>();
  readonly #ends = int32Column();
  /** A row, or -1 - the position in `#names` of a parent not yet known. */
  readonly #parents = int32Column();
  readonly #names: string[] = [];

  /** Ties an id to a row; false if the id has one. */
  declare(id: string, row: number): boolean {
    if (this.#rows.has(id)) return false;
    this.#rows.set(detach(id), row);
    return true;
  }

  /** Adds the parents of the next row. */
  addRow(parents: readonly string[]): void {
    for (const parent of parents) {
      const row = this.#rows.get(parent);
      if (row === undefined) this.#names.push(detach(parent));
      this.#parents.push(row ?? -this.#names.length);
    }
    this.#ends.push(this.#parents.length);
  }

  /** Compressed rows of the dependencies that exist, each once, in the order listed. */
  resolve(ids: readonly string[], maxListed: number): ResolvedParents {
    const count = this.#ends.length;
    const offsets = new Int32Array(count + 1);
    const parents = int32Column();
    const seenBy = new Int32Array(count).fill(-1);
    const unknown: string[] = [];
    let unknownCount = 0;
    let repeatedCount = 0;
    for (let row = 0, at = 0; row < count; row++) {
      for (const end = this.#ends.at(row); at < end; at++) {
        const stored = this.#parents.at(at);
        const parent = stored >= 0 ? stored : this.#rows.get(this.#names[-stored - 1] as string);
        if (parent === undefined) {
          if (unknown.length < maxListed) unknown.push(`${ids[row]} <- ${this.#names[-stored - 1]}`);
          unknownCount += 1;
        } else if (seenBy[parent] === row) {
          repeatedCount += 1;
        } else {
          seenBy[parent] = row;
          parents.push(parent);
        }
      }
      offsets[row + 1] = parents.length;
    }
    const dependencies = parents.length === 0 ? null : { offsets, parents: parents.toArray() };
    return { dependencies, unknownCount, unknown, repeatedCount };
  }
}
