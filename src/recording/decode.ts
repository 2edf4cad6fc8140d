/** `recording.bin` back to a recording, whole or moment by moment; a file that is not sound is refused in a sentence. */
import { assert, err, ok, type Result } from '../base/index.js';
import { type Column, makeColumn, readColumn } from './column-codec.js';
import { DAMAGED, readDirectory, readHeader, type Sections } from './container.js';
import {
  type ChunkInfo,
  COLUMNS,
  type FileHeader,
  LOG_COLUMNS,
  NULLABLE,
  OPTIONAL_TABLES,
  type TableName,
} from './file-format.js';
import { readStrings, restoreSets } from './name-tables.js';
import type { EventLog, Recording, TaskNames } from './recording.js';
import { applyRow } from './replay.js';
import { readRows } from './row-codec.js';
import { ROW_TABLE_NAMES, type RowTableName } from './row-tables.js';
import { readSnapshot } from './snapshot.js';
import { makeTaskNames } from './task-names.js';
import { WorldState } from './world-state.js';

/** Reads a whole recording, its log included. */
export function decodeRecording(bytes: Uint8Array): Result<Recording, string> {
  const file = openRecording(bytes);
  if (!file.ok) return file;
  const log = file.value.log();
  return log.ok ? ok({ ...file.value.recording, log: log.value }) : log;
}

/** Opens a recording for seeking: checks every byte and reads all but the log. */
export function openRecording(bytes: Uint8Array): Result<RecordingFile, string> {
  const header = readHeader(bytes);
  if (!header.ok) return header;
  const sections = readDirectory(bytes);
  if (!sections.ok) return sections;
  const recording = readTables(header.value, sections.value);
  return recording === null ? err(DAMAGED) : ok(new RecordingFile(header.value, sections.value, recording));
}

/** An open recording. Its parts were checked when it was opened. */
export class RecordingFile {
  /** All but the log, which is null here. */
  readonly recording: Recording;
  /** Rows of the log; 0 where the run was recorded without it. */
  readonly logCount: number;
  readonly #chunks: readonly ChunkInfo[];
  readonly #hasLog: boolean;
  readonly #sections: Sections;

  constructor(header: FileHeader, sections: Sections, recording: Recording) {
    this.recording = recording;
    this.logCount = header.log?.count ?? 0;
    this.#hasLog = header.log !== null;
    this.#chunks = header.log?.chunks ?? [];
    this.#sections = sections;
  }

  /** The whole log; null where the run was recorded without it. */
  log(): Result<EventLog | null, string> {
    if (!this.#hasLog) return ok(null);
    const log = makeLog(this.logCount);
    for (let i = 0; i < this.#chunks.length; i++) {
      const { from, to } = this.#rangeOf(i);
      if (!this.#readChunk(i, log, from, to)) return err(DAMAGED);
    }
    return ok(log);
  }

  /** The world after so many rows, from the nearest snapshot. */
  stateAt(position: number): Result<WorldState, string> {
    assert(position >= 0 && position <= this.logCount, `the log has no position ${position}`);
    return this.#stateIn(
      this.#chunkBy((chunk) => chunk.from <= position),
      (state) => state.position < position,
    );
  }

  /** The world after everything up to a moment, that moment's own changes included. */
  stateAtTime(atMs: number): Result<WorldState, string> {
    return this.#stateIn(
      this.#chunkBy((chunk) => chunk.fromMs <= atMs),
      (_, nextMs) => nextMs <= atMs,
    );
  }

  /** The last chunk for which a condition holds that holds for a first part of them; 0 if for none. */
  #chunkBy(holds: (chunk: ChunkInfo) => boolean): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (holds(this.#chunks[middle] as ChunkInfo)) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #stateIn(chunk: number, goOn: (state: WorldState, nextMs: number) => boolean): Result<WorldState, string> {
    if (this.#chunks.length === 0) return ok(new WorldState(this.recording));
    const snapshot = this.#sections.get(`snapshot/${chunk}`);
    const state = chunk === 0 ? new WorldState(this.recording) : snapshot && readSnapshot(snapshot, this.recording);
    const { from, to } = this.#rangeOf(chunk);
    const log = makeLog(to - from);
    if (!state || !this.#readChunk(chunk, log, 0, to - from)) return err(DAMAGED);
    for (let row = 0; row < log.count && goOn(state, log.atMs[row] as number); row++) applyRow(state, log, row);
    return ok(state);
  }

  #rangeOf(chunk: number): { from: number; to: number } {
    const from = (this.#chunks[chunk] as ChunkInfo).from;
    return { from, to: this.#chunks[chunk + 1]?.from ?? this.logCount };
  }

  #readChunk(chunk: number, into: EventLog, from: number, to: number): boolean {
    return LOG_COLUMNS.every(({ field }) => {
      const bytes = this.#sections.get(`log/${chunk}/${field}`);
      return bytes !== undefined && readColumn(bytes, into[field], from, to);
    });
  }
}

function makeLog(count: number): EventLog {
  return {
    count,
    atMs: new Float64Array(count),
    kind: new Uint8Array(count),
    subject: new Int32Array(count),
    detail: new Int32Array(count),
  };
}

function readTables(header: FileHeader, sections: Sections): Recording | null {
  const { run, accounts, pools, jobs, jobSchedules, resizes, counts } = header;
  const tables: Record<string, Record<string, unknown>> = {};
  for (const { table, field, type } of COLUMNS) {
    const name = `${table}.${field}`;
    const count = counts[table] ?? 0;
    const bytes = sections.get(name);
    const isLeftOut = bytes === undefined && !isEmpty(table, count);
    const column: Column | null = isLeftOut ? null : makeColumn(type, count);
    if (column === null && !NULLABLE.has(name)) return null;
    if (column !== null && bytes !== undefined && !readColumn(bytes, column, 0, count)) return null;
    tables[table] = { ...tables[table], count, [field]: column };
  }
  const taskNames = readNames(header, sections);
  if (taskNames === null) return null;
  const columns = tables as unknown as Pick<Recording, TableName>;
  const rows = readRowTables(header, sections);
  if (rows === null) return null;
  return { run, accounts, pools, jobs, jobSchedules, resizes, ...columns, ...rows, taskNames, log: null };
}

/** Whether the table is left out of the file for having no rows. */
function isEmpty(table: TableName | RowTableName, count: number): boolean {
  return count === 0 && OPTIONAL_TABLES.has(table);
}

function readRowTables(header: FileHeader, sections: Sections): Pick<Recording, RowTableName> | null {
  const tables: Partial<Record<string, unknown>> = {};
  for (const table of ROW_TABLE_NAMES) {
    const { count, texts } = header.rows[table] ?? { count: 0, texts: {} };
    const rows = isEmpty(table, count) ? [] : readRows(sections, table, count, texts);
    if (rows === null) return null;
    tables[table] = rows;
  }
  return tables as Pick<Recording, RowTableName>;
}

function readNames(header: FileHeader, sections: Sections): TaskNames | null {
  const lists: string[][] = [];
  for (const [i, count] of header.names.lists.entries()) {
    const list = readStrings(sections.get(`names/${i}`) ?? new Uint8Array(0), count);
    if (list === null) return null;
    lists.push(list);
  }
  const sets = restoreSets(header.names, lists);
  if (sets === null) return null;
  if (header.names.order === null) return makeTaskNames(sets, null);
  const order = new Int32Array(header.names.order);
  const bytes = sections.get('names/order');
  return bytes !== undefined && readColumn(bytes, order, 0, order.length) ? makeTaskNames(sets, order) : null;
}
