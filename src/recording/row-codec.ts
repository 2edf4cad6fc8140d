/**
 * Tables of objects in a recording's file, as columns: a run may leave a hundred thousand rows. A field of numbers is
 * one column; a field of texts is a list of the different ones, and a column of places in it.
 */
import type { ByteWriter } from './bytes.js';
import { type Column, readColumn, writeColumn } from './column-codec.js';
import type { Sections } from './container.js';
import { readStrings, writeStrings } from './name-tables.js';
import { type FieldKind, ROW_TABLES, type RowTableName } from './row-tables.js';

/** In a column of numbers: null. A whole number, so that the column stays one of whole numbers. */
const NULL_NUMBER = 2 ** 40;

/** One section of the file in the making. */
export interface RowSection {
  readonly name: string;
  write(writer: ByteWriter): Generator<void>;
}

/** The sections of one table. */
export function* rowSections(table: RowTableName, rows: readonly object[]): Generator<RowSection> {
  for (const [field, kind] of Object.entries(ROW_TABLES[table])) {
    const values = rows.map((row) => (row as Readonly<Record<string, unknown>>)[field]);
    const name = `${table}.${field}`;
    const { column, texts } = kind.startsWith('text') ? splitTexts(values) : { column: numbers(values), texts: null };
    yield { name, write: (writer) => writeColumn(writer, column, 0, column.length) };
    if (texts === null) continue;
    yield {
      name: `${name}/texts`,
      *write(writer) {
        writeStrings(writer, texts);
        yield;
      },
    };
  }
}

/** How many different texts each field of texts has, for the header. */
export function countTexts(table: RowTableName, rows: readonly object[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [field, kind] of Object.entries(ROW_TABLES[table])) {
    if (!kind.startsWith('text')) continue;
    const values = rows.map((row) => (row as Readonly<Record<string, unknown>>)[field]);
    counts[field] = splitTexts(values).texts.length;
  }
  return counts;
}

/** The rows of one table; null if the sections do not hold exactly so many. */
export function readRows(
  sections: Sections,
  table: RowTableName,
  count: number,
  textCounts: Readonly<Record<string, number>>,
): unknown[] | null {
  const rows = Array.from({ length: count }, (): Record<string, unknown> => ({}));
  for (const [field, kind] of Object.entries(ROW_TABLES[table])) {
    const name = `${table}.${field}`;
    const column = readNumbers(sections.get(name), count);
    if (column === null) return null;
    const texts = kind.startsWith('text') ? readTexts(sections.get(`${name}/texts`), textCounts[field]) : [];
    if (texts === null) return null;
    for (const [i, row] of rows.entries()) row[field] = fieldValue(kind, column[i] as number, texts);
  }
  return rows;
}

function numbers(values: readonly unknown[]): Float64Array {
  return Float64Array.from(values, (value) => (value === null ? NULL_NUMBER : Number(value)));
}

/** Places from 1; 0 is null. */
function splitTexts(values: readonly unknown[]): { readonly column: Column; readonly texts: readonly string[] } {
  const places = new Map<unknown, number>([[null, 0]]);
  const column = Uint32Array.from(values, (value) => {
    const place = places.get(value) ?? places.size;
    places.set(value, place);
    return place;
  });
  return { column, texts: [...places.keys()].slice(1) as string[] };
}

function readNumbers(bytes: Uint8Array | undefined, count: number): Float64Array | null {
  const column = new Float64Array(count);
  return bytes !== undefined && readColumn(bytes, column, 0, count) ? column : null;
}

function readTexts(bytes: Uint8Array | undefined, count: number | undefined): string[] | null {
  return bytes === undefined || count === undefined ? null : readStrings(bytes, count);
}

function fieldValue(kind: FieldKind, number: number, texts: readonly string[]): unknown {
  if (kind === 'flag') return number === 1;
  if (kind === 'number') return number;
  if (kind === 'number?') return number === NULL_NUMBER ? null : number;
  return texts[number - 1] ?? null;
}
