/** Rows that describe no task: counted by reason, listed as far as a list is read, and told about. */
import type { Diagnostic } from '../../base/index.js';
import { linePlace, problem, shorten, warning } from './problems.js';
import { DROP_REASONS, type DroppedRow, type DropReason, MAX_LISTED_ROWS } from './trace-table.js';

/** The rows of one trace that were skipped. */
export class DroppedRows {
  readonly #name: string;
  readonly #hasLines: boolean;
  readonly #counts = new Map<DropReason, number>();
  readonly #listed: DroppedRow[] = [];
  #firstText = '';
  #count = 0;

  /** @param hasLines false for a document whose rows are counted, not found by line */
  constructor(name: string, hasLines: boolean) {
    this.#name = name;
    this.#hasLines = hasLines;
  }

  get count(): number {
    return this.#count;
  }

  /** The first {@link MAX_LISTED_ROWS} of them. */
  get listed(): readonly DroppedRow[] {
    return this.#listed;
  }

  /** Adds a row; `text` is its line. */
  add(line: number, reason: DropReason, detail: string, text: string): void {
    if (this.#count === 0) this.#firstText = shorten(text, 2000);
    this.#count += 1;
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
    if (this.#listed.length < MAX_LISTED_ROWS) this.#listed.push({ line, reason, detail: shorten(detail) });
  }

  /** Counts of the reasons that occurred, in the order of the table of reasons. */
  byReason(): ReadonlyMap<DropReason, number> {
    const counts = DROP_REASONS.map((reason) => [reason, this.#counts.get(reason) ?? 0] as const);
    return new Map(counts.filter(([, count]) => count > 0));
  }

  /** What to say when some rows were kept: one warning, at the first that was not. */
  warnings(rowCount: number): Diagnostic[] {
    if (this.#count === 0) return [];
    const message = `${this.#count} of ${rowCount} rows of ${this.#name} skipped (${this.#reasons()}); ${this.#first()}`;
    return [warning('rowsSkipped', message, this.#place(), null)];
  }

  /** What to say when none was kept. */
  noRows(): Diagnostic {
    if (this.#count === 0) {
      const hint = 'give a file that is not empty, of the format it is read as';
      return problem('noRows', `${this.#name} holds no rows`, null, hint);
    }
    const message = `none of the ${this.#count} rows describes a task (${this.#reasons()}); ${this.#first()}`;
    const hint = 'check the format (--from) and the units and names of the columns (--map)';
    return problem('noRows', message, this.#place(), hint);
  }

  #reasons(): string {
    return [...this.byReason()].map(([reason, count]) => `${reason} ${count}`).join(', ');
  }

  #first(): string {
    const { line, detail } = this.#listed[0] as DroppedRow;
    return `${this.#hasLines ? 'here' : `task ${line}`}: ${detail}`;
  }

  #place(): Diagnostic['place'] {
    return this.#hasLines ? linePlace(this.#name, this.#firstText, (this.#listed[0] as DroppedRow).line) : null;
  }
}
