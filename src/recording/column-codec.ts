/**
 * Columns to bytes. Whole numbers: the difference to the value before, zigzag, as a varint; a difference of 0 is
 * followed by how many more zeros come, so that a constant column takes a few bytes. Anything else: doubles as they are.
 */
import { ByteReader, type ByteWriter } from './bytes.js';

/** Any column of a recording. */
export type Column = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array;

/** What a column is made of. */
export type ColumnType = 'u8' | 'u16' | 'i32' | 'u32' | 'f64';

const DIFFERENCES = 0;
const DOUBLES = 1;
/** Differences of values within this bound are exact in a double, zigzag included. */
const WHOLE_LIMIT = 2 ** 51;

/** An empty column. */
export function makeColumn(type: ColumnType, count: number): Column {
  switch (type) {
    case 'u8':
      return new Uint8Array(count);
    case 'u16':
      return new Uint16Array(count);
    case 'i32':
      return new Int32Array(count);
    case 'u32':
      return new Uint32Array(count);
    case 'f64':
      return new Float64Array(count);
  }
}

/** Rows that are worked on at a time, as doubles: loops over one kind of array stay quick whatever the column is. */
const BLOCK_ROWS = 1 << 14;
/** Runs from this length on are filled in by the column itself. */
const LONG_RUN = 64;

/** Writes rows `from` to `to` (exclusive). Yields now and then, so that the caller can take what is there. */
export function* writeColumn(writer: ByteWriter, column: Column, from: number, to: number): Generator<void> {
  const whole = !(column instanceof Float64Array) || isWhole(column, from, to);
  writer.varint(whole ? DIFFERENCES : DOUBLES);
  const block = new Float64Array(Math.min(BLOCK_ROWS, to - from));
  let before = 0;
  for (let first = from; first < to; first += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, to - first);
    block.set(column.subarray(first, first + count));
    if (whole) before = writeDifferences(writer, block, count, before);
    else for (let i = 0; i < count; i++) writer.double(block[i] as number);
    yield;
  }
}

function writeDifferences(writer: ByteWriter, block: Float64Array, count: number, before: number): number {
  let last = before;
  for (let i = 0; i < count; ) {
    const value = block[i] as number;
    if (value !== last) {
      writer.signed(value - last);
      last = value;
      i += 1;
      continue;
    }
    const first = i;
    do i += 1;
    while (i < count && block[i] === last);
    writer.varint(0);
    writer.varint(i - first - 1);
  }
  return last;
}

function isWhole(column: Float64Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const value = column[i] as number;
    // -0 would come back as 0.
    if (Math.floor(value) !== value || Math.abs(value) > WHOLE_LIMIT || Object.is(value, -0)) return false;
  }
  return true;
}

/** Fills a column from row `from` to `to` (exclusive); false if the bytes do not hold exactly that many rows. */
export function readColumn(bytes: Uint8Array, column: Column, from: number, to: number): boolean {
  const reader = new ByteReader(bytes);
  const encoding = reader.varint();
  if (encoding === DIFFERENCES) return readDifferences(reader, column, from, to) && reader.done;
  if (encoding !== DOUBLES) return false;
  for (let i = from; i < to; i++) column[i] = reader.double();
  return reader.done;
}

function readDifferences(reader: ByteReader, column: Column, from: number, to: number): boolean {
  const block = new Float64Array(Math.min(BLOCK_ROWS, to - from) + LONG_RUN);
  let value = 0;
  let inBlock = 0;
  for (let row = from; row < to; ) {
    const difference = reader.signed();
    let run = 1;
    if (difference === 0) run += reader.varint();
    value += difference;
    if (row + run > to || !reader.sound) return false;
    if (run < LONG_RUN) for (let i = 0; i < run; i++) block[inBlock++] = value;
    if (run >= LONG_RUN || inBlock >= BLOCK_ROWS || row + run === to) {
      column.set(block.subarray(0, inBlock), run < LONG_RUN ? row + run - inBlock : row - inBlock);
      inBlock = 0;
    }
    if (run >= LONG_RUN) column.fill(value, row, row + run);
    row += run;
  }
  return true;
}

/** Where runs of equal codes begin. */
export function runStarts(codes: Uint8Array): number[] {
  const starts: number[] = [];
  let last = -1;
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] === last) continue;
    last = codes[i] as number;
    starts.push(i);
  }
  return starts;
}

/**
 * Writes small codes (below `levels`) as runs: a varint of (length - 1) × levels + code for each. For states, where
 * long runs of few values are the rule.
 */
export function writeRuns(writer: ByteWriter, codes: Uint8Array, levels: number, starts = runStarts(codes)): void {
  for (let run = 0; run < starts.length; run++) {
    const first = starts[run] as number;
    const length = (starts[run + 1] ?? codes.length) - first;
    writer.varint((length - 1) * levels + (codes[first] as number));
  }
}

/** Reads what {@link writeRuns} wrote; null if it does not hold exactly `count` codes. */
export function readRuns(reader: ByteReader, count: number, levels: number): Uint8Array | null {
  const codes = new Uint8Array(count);
  for (let i = 0; i < count; ) {
    const token = reader.varint();
    const end = i + 1 + Math.floor(token / levels);
    if (end > count || !reader.sound) return null;
    codes.fill(token % levels, i, end);
    i = end;
  }
  return codes;
}
