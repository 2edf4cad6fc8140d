/** CSV as text in pieces, and how its values are written. */
import { stringify } from 'csv-stringify/sync';
import { USD_DECIMALS } from '../recording/index.js';
import { type CsvName, headerOf } from './columns.js';

/** Rows that are made to text at a time: enough to be quick, few enough that memory stays flat. */
const BATCH_ROWS = 1000;

/** One row; absent values are empty. */
export type CsvRow = readonly (string | number)[];

/** The text of a file, header first; also with no rows at all. */
export function* csvChunks(file: CsvName, rows: Iterable<CsvRow>): Generator<string> {
  yield stringify([headerOf(file)]);
  let batch: CsvRow[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH_ROWS) continue;
    yield stringify(batch);
    batch = [];
  }
  if (batch.length > 0) yield stringify(batch);
}

/** Milliseconds as seconds with up to 3 decimals; empty for a moment that never came. */
export function seconds(ms: number): string {
  return ms < 0 ? '' : decimal(ms / 1000, 3);
}

/** USD with up to 9 decimals; empty where a price is missing. */
export function usd(amount: number | null): string {
  return amount === null || Number.isNaN(amount) ? '' : decimal(amount, USD_DECIMALS);
}

/** A number with at most so many decimals and never an exponent. */
export function decimal(value: number, decimals: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value + 0);
  const text = value.toFixed(decimals).replace(/\.?0+$/, '');
  return text === '-0' || text === '' ? '0' : text;
}
