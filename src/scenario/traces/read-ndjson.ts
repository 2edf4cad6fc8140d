/** One JSON object a line, with the columns of plain CSV as keys; also what `import` writes. */
import type { Diagnostic } from '../../base/index.js';
import { type BoundColumn, bindColumns } from './columns.js';
import { setField } from './field-values.js';
import { forEachLine } from './lines.js';
import { linePlace, shorten } from './problems.js';
import type { TableEnd } from './read-table.js';
import type { TableBuilder } from './table-builder.js';
import { emptyRow } from './trace-row.js';

/** Reads rows into the builder. Keys are looked up once; the first row decides whether a required one is there. */
export function readNdjson(
  chunks: Iterable<string>,
  map: ReadonlyMap<string, string>,
  builder: TableBuilder,
): TableEnd {
  const reader = new RowReader(map, builder);
  const end = forEachLine(chunks, (line, number) => {
    if (line.trim() === '') return true;
    if (builder.isFull) return false;
    reader.read(line, number);
    return reader.problems.length === 0;
  });
  builder.hasClock = reader.sawSubmit;
  return { end, problems: reader.problems };
}

class RowReader {
  readonly #map: ReadonlyMap<string, string>;
  readonly #builder: TableBuilder;
  /** What a key means; null: nothing to us. */
  readonly #columns = new Map<string, BoundColumn | null>();
  #started = false;
  /** A table whose first row has a submission time needs one in every row: nothing says when the others came. */
  #needsSubmit = false;
  problems: readonly Diagnostic[] = [];
  sawSubmit = false;

  constructor(map: ReadonlyMap<string, string>, builder: TableBuilder) {
    this.#map = map;
    this.#builder = builder;
  }

  read(text: string, line: number): void {
    const object = parseObject(text);
    if (object === null) {
      this.#builder.drop(line, 'malformed', `not a JSON object: ${shorten(text, 60)}`, text);
      return;
    }
    if (!this.#started) this.#start(Object.keys(object), text, line);
    if (this.problems.length === 0) this.#add(object, text, line);
  }

  #start(keys: readonly string[], text: string, line: number): void {
    this.#started = true;
    const bound = bindColumns(keys, 'ndjson', this.#map, linePlace(this.#builder.options.name, text, line));
    this.problems = bound.problems;
    for (const column of bound.byRole.values()) this.#columns.set(column.name, column);
    for (const key of bound.unused) this.#ignore(key);
    this.#needsSubmit = bound.byRole.has('submit');
  }

  #ignore(key: string): void {
    this.#columns.set(key, null);
    this.#builder.ignoredFields.add(key);
  }

  /** A key that first turns up in a later row means what it would have meant in the first. */
  #column(key: string): BoundColumn | null {
    const seen = this.#columns.get(key);
    if (seen !== undefined) return seen;
    const bound = bindColumns([key], 'ndjson', new Map(), null);
    const column = [...bound.byRole.values()][0] ?? null;
    if (column === null) this.#ignore(key);
    else this.#columns.set(key, column);
    return column;
  }

  #add(object: Readonly<Record<string, unknown>>, text: string, line: number): void {
    const row = emptyRow();
    let hasRuntime = false;
    let hasSubmit = false;
    for (const key in object) {
      const column = this.#column(key);
      if (column === null) continue;
      const value = object[key];
      const { role } = column.meaning;
      if (role === 'runtime') hasRuntime = true;
      if (role === 'submit') hasSubmit = true;
      if (role === 'parents' && Array.isArray(value) && value.every(isIdLike)) {
        row.parents = value.map(String);
        continue;
      }
      const cell = cellOf(value);
      const outcome = cell === null ? 'bad-value' : setField(row, column, cell, false);
      if (outcome === 'rounded') row.roundedCount += 1;
      else if (outcome !== 'ok') {
        this.#builder.drop(line, outcome, `${key} is ${shorten(JSON.stringify(value), 60)}`, text);
        return;
      }
    }
    if (!hasRuntime || (this.#needsSubmit && !hasSubmit)) {
      const what = hasRuntime ? 'submission' : 'run';
      this.#builder.drop(line, hasRuntime ? 'no-submit-time' : 'no-runtime', `no ${what} time`, text);
      return;
    }
    this.sawSubmit ||= hasSubmit;
    if (row.id === '') row.id = `task-${this.#builder.count + 1}`;
    this.#builder.add(row, line, text);
  }
}

function isIdLike(value: unknown): value is string | number {
  return typeof value === 'string' || (typeof value === 'number' && Number.isSafeInteger(value));
}

/** The text that CSV would have for a value; null for what has none. */
function cellOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  return value === null ? '' : null;
}

/**
 * The object of a line, or null. Whole numbers beyond 2^53, which ids of some traces are, come out of `JSON.parse`
 * rounded; a line that holds so many digits in a row is read with them as texts.
 */
function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  const value = tryParse(LONG_INTEGER.test(text) ? quoteLongIntegers(text) : text);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

const LONG_INTEGER = /\d{16}/;

/** Puts quotes around bare whole numbers of 16 digits and more; texts in quotes are passed over. */
function quoteLongIntegers(text: string): string {
  return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.])-?\d{16,}(?![\d.eE])/g, (piece) =>
    piece.startsWith('"') ? piece : `"${piece}"`,
  );
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
