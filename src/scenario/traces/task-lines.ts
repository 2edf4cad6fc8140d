/** A table as NDJSON in the plain columns: one task a line, only what is not a default. */
import type { TraceTable } from './trace-table.js';

/** Lines are handed on in pieces of about this many characters. */
const PIECE_LENGTH = 64 * 1024;

/** The table's lines; `slots` of each task, null: 1 for all. Reading them back gives the same tasks. */
export function* taskTable(table: TraceTable, slots: Int32Array | null): Iterable<string> {
  let piece = '';
  for (let row = 0; row < table.count; row++) {
    piece += `${taskLine(table, row, slots)}\n`;
    if (piece.length >= PIECE_LENGTH) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}

function taskLine(table: TraceTable, row: number, slots: Int32Array | null): string {
  const name = table.displayNames?.[row] ?? '';
  const count = slots?.[row] ?? 1;
  const exitCode = table.exitCodes?.[row] ?? 0;
  const wallClockMs = table.maxWallClockMs?.[row] ?? -1;
  const memoryBytes = table.memoryBytes?.[row] ?? -1;
  let line = `{"id":"${table.ids[row]}"`;
  if (name !== '') line += `,"display_name":${JSON.stringify(name)}`;
  line += `,"submit_ms":${table.submitMs[row]},"runtime_ms":${table.runtimeMs[row]}`;
  if (table.processors !== null) line += `,"cores":${table.processors[row]}`;
  if (count !== 1) line += `,"slots":${count}`;
  if (memoryBytes >= 0) line += `,"memory_bytes":${memoryBytes}`;
  if (exitCode !== 0) line += `,"exit_code":${exitCode}`;
  if (wallClockMs >= 0) line += `,"max_wall_clock_ms":${wallClockMs}`;
  const parents = parentsOf(table, row);
  if (parents.length > 0) line += `,"depends_on":${JSON.stringify(parents)}`;
  return `${line}}`;
}

function parentsOf(table: TraceTable, row: number): readonly string[] {
  if (table.dependencies === null) return [];
  const { offsets, parents } = table.dependencies;
  return Array.from(parents.subarray(offsets[row], offsets[row + 1]), (parent) => table.ids[parent] as string);
}
