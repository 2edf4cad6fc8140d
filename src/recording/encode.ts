/** A run to the bytes of `recording.bin`, piece by piece: memory stays flat however long the run was. */
import { ByteWriter } from './bytes.js';
import { crc32 } from './checksum.js';
import { type Column, writeColumn } from './column-codec.js';
import {
  CHUNKS,
  type ChunkInfo,
  COLUMNS,
  type ColumnSpec,
  END_MARK,
  type FileHeader,
  FORMAT_VERSION,
  LOG_COLUMNS,
  MAGIC,
  OPTIONAL_TABLES,
  type SectionEntry,
  type TableName,
} from './file-format.js';
import { type PlannedNames, planNames, writeStrings } from './name-tables.js';
import type { EventLog, Recording, Run } from './recording.js';
import { Replay } from './replay.js';
import { countTexts, rowSections } from './row-codec.js';
import { ROW_TABLE_NAMES, type RowTableName } from './row-tables.js';
import { writeSnapshot } from './snapshot.js';

/** Pieces are handed out when they have grown to this many bytes, or a section ends. */
const PIECE_BYTES = 1 << 18;

/** The whole file, in order. The same run gives the same bytes on every machine. */
export function* encodeRecording(run: Run): Generator<Uint8Array> {
  const { recording } = run;
  const names = planNames(recording.taskNames);
  const sections = new SectionWriter();
  yield sections.prefix(headerOf(recording, names));
  for (const spec of COLUMNS) {
    const column = columnOf(recording, spec);
    if (column === null) continue;
    const { count } = recording[spec.table];
    if (count === 0 && OPTIONAL_TABLES.has(spec.table)) continue;
    yield* sections.section(`${spec.table}.${spec.field}`, (writer) => writeColumn(writer, column, 0, count));
  }
  for (const table of writtenRowTables(recording)) {
    for (const { name, write } of rowSections(table, recording[table])) yield* sections.section(name, write);
  }
  yield* writeNames(sections, recording, names);
  if (recording.log !== null) yield* writeLog(sections, recording, recording.log);
  yield sections.suffix();
}

/** A column of a recording by its place in the file; null where the recording has none. */
export function columnOf(recording: Recording, spec: ColumnSpec): Column | null {
  const table: object = recording[spec.table];
  return (table as Readonly<Record<string, Column | null>>)[spec.field] ?? null;
}

function headerOf(recording: Recording, names: PlannedNames): FileHeader {
  const { run, accounts, pools, jobs, jobSchedules, resizes, log } = recording;
  const counts = {
    nodes: recording.nodes.count,
    tasks: recording.tasks.count,
    attempts: recording.attempts.count,
    unfinished: recording.unfinished.count,
    ...countsOf(recording, 'evaluations'),
    ...countsOf(recording, 'samples'),
  };
  const plan = log === null ? null : { count: log.count, chunks: planChunks(log) };
  const rows = Object.fromEntries(
    writtenRowTables(recording).map((table) => [
      table,
      { count: recording[table].length, texts: countTexts(table, recording[table]) },
    ]),
  ) as FileHeader['rows'];
  return { run, accounts, pools, jobs, jobSchedules, resizes, counts, rows, names: names.tables, log: plan };
}

function countsOf(recording: Recording, table: TableName): FileHeader['counts'] {
  const { count } = recording[table];
  return count === 0 ? {} : { [table]: count };
}

function writtenRowTables(recording: Recording): RowTableName[] {
  return ROW_TABLE_NAMES.filter((table) => recording[table].length > 0 || !OPTIONAL_TABLES.has(table));
}

function planChunks(log: EventLog): ChunkInfo[] {
  const count = Math.min(CHUNKS, log.count);
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * log.count) / count);
    return { from, fromMs: log.atMs[from] as number };
  });
}

function* writeNames(sections: SectionWriter, recording: Recording, names: PlannedNames): Generator<Uint8Array> {
  for (const [i, list] of names.lists.entries()) {
    yield* sections.section(`names/${i}`, function* (writer) {
      for (let first = 0; first < list.length; first += 4096) {
        writeStrings(writer, list.slice(first, first + 4096));
        yield;
      }
    });
  }
  const { order } = recording.taskNames;
  if (order === null) return;
  yield* sections.section('names/order', (writer) => writeColumn(writer, order, 0, order.length));
}

function* writeLog(sections: SectionWriter, recording: Recording, log: EventLog): Generator<Uint8Array> {
  const chunks = planChunks(log);
  const replay = new Replay(recording);
  for (const [i, { from }] of chunks.entries()) {
    const to = chunks[i + 1]?.from ?? log.count;
    if (i > 0) {
      replay.toPosition(from);
      yield* sections.section(`snapshot/${i}`, function* (writer) {
        writeSnapshot(writer, replay.state);
        yield;
      });
    }
    for (const { field } of LOG_COLUMNS) {
      yield* sections.section(`log/${i}/${field}`, (writer) => writeColumn(writer, log[field], from, to));
    }
  }
}

/** Keeps the directory while sections go by. */
class SectionWriter {
  readonly #writer = new ByteWriter();
  readonly #directory: SectionEntry[] = [];
  #at = 0;

  prefix(header: FileHeader): Uint8Array {
    const json = new TextEncoder().encode(JSON.stringify(header));
    this.#writer.uint32(FORMAT_VERSION);
    this.#writer.uint32(json.length);
    const checked = this.#writer.take();
    this.#writer.raw(MAGIC);
    this.#writer.raw(checked);
    this.#writer.uint32(crc32(json, crc32(checked)));
    this.#writer.raw(json);
    return this.#taken();
  }

  *section(name: string, write: (writer: ByteWriter) => Generator<void>): Generator<Uint8Array> {
    const at = this.#at;
    let crc = 0;
    for (const _ of write(this.#writer)) {
      if (this.#writer.length < PIECE_BYTES) continue;
      const piece = this.#taken();
      crc = crc32(piece, crc);
      yield piece;
    }
    const piece = this.#taken();
    crc = crc32(piece, crc);
    this.#directory.push({ name, at, bytes: this.#at - at, crc });
    if (piece.length > 0) yield piece;
  }

  suffix(): Uint8Array {
    const json = new TextEncoder().encode(JSON.stringify(this.#directory));
    this.#writer.uint32(json.length);
    const length = this.#writer.take();
    this.#writer.raw(json);
    this.#writer.raw(length);
    this.#writer.uint32(crc32(length, crc32(json)));
    this.#writer.raw(END_MARK);
    return this.#taken();
  }

  #taken(): Uint8Array {
    const piece = this.#writer.take();
    this.#at += piece.length;
    return piece;
  }
}
