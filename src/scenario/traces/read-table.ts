/** Tables in CSV: wtf, opendc and plain, which differ in the names of their columns alone. */
import type { Diagnostic } from '../../base/index.js';
import { type BoundColumn, bindColumns, type TabularFormat } from './columns.js';
import { forEachRecord } from './delimited.js';
import { setField } from './field-values.js';
import type { LinesEnd } from './lines.js';
import { linePlace, shorten } from './problems.js';
import type { TableBuilder } from './table-builder.js';
import { emptyRow } from './trace-row.js';

/** How reading a table ended; problems are those of its header. */
export interface TableEnd {
  readonly end: LinesEnd;
  readonly problems: readonly Diagnostic[];
}

/** Reads a table into the builder. The first record names the columns. */
export function readTable(
  chunks: Iterable<string>,
  format: TabularFormat,
  map: ReadonlyMap<string, string>,
  builder: TableBuilder,
): TableEnd {
  let problems: readonly Diagnostic[] = [];
  let columns: (BoundColumn | null)[] | null = null;
  let hasIds = false;
  const end = forEachRecord(chunks, (cells, line, text) => {
    if (columns === null) {
      const names = (cells ?? text.split(',')).map((name) => name.trim());
      const bound = bindColumns(names, format, map, linePlace(builder.options.name, text, line));
      problems = bound.problems;
      for (const name of bound.unused) builder.ignoredFields.add(name);
      const used = new Map([...bound.byRole.values()].map((column) => [column.name, column]));
      columns = names.map((name, index) => (names.indexOf(name) === index ? (used.get(name) ?? null) : null));
      hasIds = bound.byRole.has('id');
      builder.hasClock = bound.byRole.has('submit');
      return problems.length === 0;
    }
    if (builder.isFull) return false;
    if (cells === null) builder.drop(line, 'malformed', 'quotes that do not close', text);
    else if (cells.length !== columns.length) {
      builder.drop(line, 'malformed', `${cells.length} cells under ${columns.length} columns`, text);
    } else addRecord(cells, columns, hasIds, line, text, builder, format === 'wtf');
    return true;
  });
  return { end, problems };
}

function addRecord(
  cells: readonly string[],
  columns: readonly (BoundColumn | null)[],
  hasIds: boolean,
  line: number,
  text: string,
  builder: TableBuilder,
  loose: boolean,
): void {
  const row = emptyRow();
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i];
    if (column === null || column === undefined) continue;
    const cell = (cells[i] as string).trim();
    const outcome = setField(row, column, cell, loose);
    if (outcome === 'rounded') row.roundedCount += 1;
    else if (outcome !== 'ok') {
      builder.drop(line, outcome, `${column.name} is ${cell === '' ? 'empty' : shorten(cell, 60)}`, text);
      return;
    }
  }
  if (!hasIds) row.id = `task-${builder.count + 1}`;
  builder.add(row, line, text);
}
