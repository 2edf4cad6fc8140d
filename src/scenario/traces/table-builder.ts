/**
 * Collects rows into columns and closes them into a {@link TraceTable}: ids mapped, parents resolved, times counted
 * from the first submission. The readers of the formats know how a row is written, this knows what a row may be.
 */
import type { Diagnostic } from '../../base/index.js';
import { DroppedRows } from './dropped-rows.js';
import type { TraceFormat } from './format.js';
import { float64Column, int32Column } from './growing-column.js';
import { detach } from './lines.js';
import { MAX_TIME_MS, scaleMs } from './numbers.js';
import { ParentLists } from './parent-lists.js';
import { shorten, warning } from './problems.js';
import { mapTaskIds } from './task-ids.js';
import type { TraceRow } from './trace-row.js';
import { type DropReason, MAX_LISTED_PARENTS, type TraceNotes, type TraceTable } from './trace-table.js';

/** What all readers may be told. */
export interface BuilderOptions {
  readonly name: string;
  readonly format: TraceFormat;
  /** Keep this many tasks and stop; null: all. */
  readonly head: number | null;
  /** Multiply all times by this. */
  readonly timeScale: number;
}

/** Rows on their way to becoming a table: `add` or `drop` each, then `finish`. */
export class TableBuilder {
  readonly options: BuilderOptions;
  readonly #ids: string[] = [];
  readonly #names: string[] = [];
  readonly #submitMs = float64Column();
  readonly #runtimeMs = float64Column();
  readonly #processors = int32Column();
  readonly #slots = int32Column();
  readonly #memoryBytes = float64Column();
  readonly #exitCodes = int32Column();
  readonly #maxWallClockMs = float64Column();
  readonly #parents = new ParentLists();
  readonly #dropped: DroppedRows;
  #assumedProcessorCount = 0;
  #has = { names: false, processors: false, slots: false, memory: false, exitCodes: false, wallClocks: false };
  #roundedCount = 0;
  /** WfFormat: dependencies that one of two tasks lists. */
  mismatchCount = 0;
  /** Whether submissions have a clock at all; a workflow, or a table without that column, has none. */
  hasClock = true;
  readonly ignoredFields = new Set<string>();

  constructor(options: BuilderOptions) {
    this.options = options;
    this.#dropped = new DroppedRows(options.name, options.format !== 'wfformat');
  }

  get count(): number {
    return this.#ids.length;
  }

  /** True when `head` tasks are there. */
  get isFull(): boolean {
    return this.options.head !== null && this.count >= this.options.head;
  }

  /** Keeps a row that makes sense, else skips it with a reason. `text` is its line, for the message. */
  add(row: TraceRow, line: number, text: string): void {
    const mostMs = MAX_TIME_MS / Math.max(1, this.options.timeScale);
    if (row.submitMs > MAX_TIME_MS) this.drop(line, 'out-of-range', `submission time ${row.submitMs / 1000} s`, text);
    else if (row.runtimeMs > mostMs) this.drop(line, 'out-of-range', `run time ${row.runtimeMs / 1000} s`, text);
    else if (row.maxWallClockMs > mostMs) this.drop(line, 'out-of-range', `limit ${row.maxWallClockMs / 1000} s`, text);
    else if (this.#remembersIds() && !this.#parents.declare(row.id, this.count)) {
      this.drop(line, 'duplicate-id', `id ${shorten(row.id)} for the second time`, text);
    } else this.#keep(row);
  }

  /** Skips a row. */
  drop(line: number, reason: DropReason, detail: string, text: string): void {
    this.#dropped.add(line, reason, detail, text);
  }

  /** SWF numbers its records and never refers to them, but a double is still a job; elsewhere an id means one task. */
  #remembersIds(): boolean {
    return this.options.format !== 'swf';
  }

  #keep(row: TraceRow): void {
    const { timeScale } = this.options;
    this.#ids.push(detach(row.id));
    this.#names.push(row.displayName === '' ? '' : detach(row.displayName));
    this.#submitMs.push(row.submitMs);
    this.#runtimeMs.push(scaleMs(row.runtimeMs, timeScale));
    if (row.processors === 0) this.#assumedProcessorCount += 1;
    this.#processors.push(row.processors === 0 ? 1 : row.processors);
    this.#slots.push(row.slots === 0 ? 1 : row.slots);
    this.#memoryBytes.push(row.memoryBytes);
    this.#exitCodes.push(row.exitCode);
    this.#maxWallClockMs.push(row.maxWallClockMs < 0 ? -1 : scaleMs(row.maxWallClockMs, timeScale));
    this.#parents.addRow(row.parents);
    this.#roundedCount += row.roundedCount;
    const has = this.#has;
    has.names ||= row.displayName !== '';
    has.processors ||= row.processors !== 0;
    has.slots ||= row.slots !== 0;
    has.memory ||= row.memoryBytes >= 0;
    has.exitCodes ||= row.exitCode !== 0;
    has.wallClocks ||= row.maxWallClockMs >= 0;
  }

  /** The table; meaningful once at least one row was kept. */
  finish(): TraceTable {
    const { name, format, timeScale } = this.options;
    const has = this.#has;
    const mapping = mapTaskIds(this.#ids);
    const resolved = this.#parents.resolve(this.#ids, MAX_LISTED_PARENTS);
    const submitMs = this.#submitMs.toArray();
    const originMs = smallest(submitMs);
    for (let i = 0; i < submitMs.length; i++) submitMs[i] = scaleMs((submitMs[i] as number) - originMs, timeScale);
    const table: Omit<TraceTable, 'warnings'> = {
      name,
      format,
      count: this.count,
      ids: mapping.ids,
      displayNames: has.names || mapping.mappedCount > 0 ? displayNames(this.#ids, mapping.ids, this.#names) : null,
      submitMs,
      runtimeMs: this.#runtimeMs.toArray(),
      processors: has.processors ? this.#processors.toArray() : null,
      slots: has.slots ? this.#slots.toArray() : null,
      memoryBytes: has.memory ? this.#memoryBytes.toArray() : null,
      exitCodes: has.exitCodes ? this.#exitCodes.toArray() : null,
      maxWallClockMs: has.wallClocks ? this.#maxWallClockMs.toArray() : null,
      dependencies: resolved.dependencies,
      originMs: this.hasClock ? originMs : null,
      notes: {
        rowCount: this.count + this.#dropped.count,
        droppedCount: this.#dropped.count,
        droppedByReason: this.#dropped.byReason(),
        dropped: this.#dropped.listed,
        roundedCount: this.#roundedCount,
        mappedIdCount: mapping.mappedCount,
        collidingIdCount: mapping.collisionCount,
        unknownParentCount: resolved.unknownCount,
        unknownParents: resolved.unknown,
        repeatedParentCount: resolved.repeatedCount,
        mismatchCount: this.mismatchCount,
        assumedProcessorCount: has.processors ? this.#assumedProcessorCount : 0,
        ignoredFields: [...this.ignoredFields],
      },
    };
    return {
      ...table,
      warnings: [...this.#dropped.warnings(table.notes.rowCount), ...linkWarnings(name, table.notes)],
    };
  }

  /** Why there is no table: every row was skipped, or there was none. */
  noRows(): Diagnostic {
    return this.#dropped.noRows();
  }
}

function linkWarnings(name: string, notes: TraceNotes): Diagnostic[] {
  const warnings: Diagnostic[] = [];
  if (notes.unknownParentCount > 0) {
    const some = notes.unknownParents.slice(0, 3).join(', ');
    const message = `${notes.unknownParentCount} dependencies of ${name} on tasks it does not hold left out: ${some}`;
    warnings.push(warning('unknownParents', message, null, null));
  }
  if (notes.mismatchCount > 0) {
    const message = `${notes.mismatchCount} dependencies of ${name} are listed by one of their two tasks only`;
    warnings.push(warning('mismatch', message, null, 'the lists of parents are followed'));
  }
  return warnings;
}

/** ACC-17: display names hold at most so many characters. */
const MAX_DISPLAY_NAME = 1024;

/** The original id where it was mapped, in front of a name the trace gave; else that name. */
function displayNames(
  originals: readonly string[],
  ids: readonly string[],
  given: readonly string[],
): readonly string[] {
  return originals.map((original, i) => {
    const name = given[i] as string;
    if (original === ids[i]) return name.slice(0, MAX_DISPLAY_NAME);
    return (name === '' || name === original ? original : `${original} (${name})`).slice(0, MAX_DISPLAY_NAME);
  });
}

function smallest(values: Float64Array): number {
  let least = values[0] ?? 0;
  for (const value of values) if (value < least) least = value;
  return least;
}
