/**
 * The layout of `recording.bin`, shared by writer and reader.
 *
 * ```
 * magic (8) · version (u32) · header length (u32) · checksum of both and of the header (u32) · header (JSON)
 * section · section · …                      each as the directory says: columns, names, log chunks, snapshots
 * directory (JSON) · its length (u32) · its checksum (u32) · end mark (8)
 * ```
 *
 * Everything is little-endian. The log is cut into chunks of about 1 % of its rows; before each but the first lies a
 * snapshot of the world, so that any moment is one snapshot and one chunk away.
 */
import type { TaskIds } from '../model/index.js';
import type { ColumnType } from './column-codec.js';
import type { AccountRow, JobRow, JobScheduleRow, PoolRow, ResizeRow, RunInfo } from './recording.js';
import type { RowTableName } from './row-tables.js';

/** Grows by one when a file of before can no longer be read by the same code. */
export const FORMAT_VERSION = 2;
/** Not text, and broken by anything that converts line ends. */
export const MAGIC = Uint8Array.of(0x89, 0x42, 0x53, 0x52, 0x45, 0x43, 0x0d, 0x0a);
/** The last eight bytes: without them the file was cut short. */
export const END_MARK = Uint8Array.of(0x42, 0x53, 0x52, 0x45, 0x43, 0x45, 0x4e, 0x44);
/** Bytes before the header: magic, version, length, checksum. */
export const PREFIX_BYTES = 20;
/** Bytes after the directory: length, checksum, end mark. */
export const SUFFIX_BYTES = 16;
/** Chunks of the log, if it has as many rows. */
export const CHUNKS = 100;

/** Tables of columns in a recording. */
export type TableName = 'nodes' | 'tasks' | 'attempts' | 'unfinished' | 'evaluations' | 'samples';

/** One column of the file. */
export interface ColumnSpec {
  readonly table: TableName;
  readonly field: string;
  readonly type: ColumnType;
}

/** Every column, in the order of the file. A column that is null in the recording is left out. */
export const COLUMNS: readonly ColumnSpec[] = [
  ...columns('nodes', {
    pool: 'i32',
    ordinal: 'i32',
    kind: 'u8',
    state: 'u8',
    requestedMs: 'f64',
    createdMs: 'f64',
    readyMs: 'f64',
    goneMs: 'f64',
    endReason: 'u8',
    preemptions: 'u32',
    bootingMs: 'f64',
    idleMs: 'f64',
    runningMs: 'f64',
    failedMs: 'f64',
    tasksRun: 'i32',
    slotMs: 'f64',
  }),
  ...columns('tasks', {
    job: 'i32',
    state: 'u8',
    failure: 'u8',
    exitCode: 'i32',
    slots: 'u16',
    retries: 'i32',
    requeues: 'u32',
    interruptions: 'u32',
    node: 'i32',
    submitMs: 'f64',
    readyMs: 'f64',
    assignedMs: 'f64',
    startMs: 'f64',
    endMs: 'f64',
    deletedMs: 'f64',
    stretchedMs: 'f64',
  }),
  ...columns('attempts', {
    task: 'i32',
    node: 'i32',
    readyMs: 'f64',
    assignedMs: 'f64',
    startMs: 'f64',
    endMs: 'f64',
    exitCode: 'i32',
    outcome: 'u8',
  }),
  ...columns('unfinished', { task: 'i32', cause: 'u8' }),
  ...columns('evaluations', {
    atMs: 'f64',
    formula: 'i32',
    outcome: 'i32',
    targetDedicated: 'i32',
    targetLowPriority: 'i32',
    wantedDedicated: 'i32',
    wantedLowPriority: 'i32',
    option: 'u8',
    effect: 'u8',
    currentDedicated: 'i32',
    currentLowPriority: 'i32',
    samplePercent: 'u8',
  }),
  ...columns('samples', { formula: 'i32', metric: 'u8', number: 'i32', value: 'i32' }),
];

/** Columns that a recording may hold as null. */
export const NULLABLE: ReadonlySet<string> = new Set([
  'nodes.preemptions',
  'tasks.requeues',
  'tasks.interruptions',
  'tasks.assignedMs',
  'tasks.deletedMs',
  'tasks.stretchedMs',
]);

/** Tables that a file leaves out where they are empty: runs without autoscale have none of them. */
export const OPTIONAL_TABLES: ReadonlySet<TableName | RowTableName> = new Set([
  'evaluations',
  'samples',
  'formulas',
  'outcomes',
]);

/** Columns of the log, each of which has a section in every chunk. */
export const LOG_COLUMNS = [
  { field: 'atMs', type: 'f64' },
  { field: 'kind', type: 'u8' },
  { field: 'subject', type: 'i32' },
  { field: 'detail', type: 'i32' },
] as const;

/** What stands in the header: everything small. */
export interface FileHeader {
  readonly run: RunInfo;
  readonly accounts: readonly AccountRow[];
  readonly pools: readonly PoolRow[];
  readonly jobs: readonly JobRow[];
  readonly jobSchedules: readonly JobScheduleRow[];
  readonly resizes: readonly ResizeRow[];
  /** Rows of each table of columns; an optional one that is empty is not named. */
  readonly counts: Readonly<Partial<Record<TableName, number>>>;
  /** Rows of the tables of objects, and how many different texts their fields have; likewise. */
  readonly rows: Readonly<
    Partial<Record<RowTableName, { readonly count: number; readonly texts: Readonly<Record<string, number>> }>>
  >;
  readonly names: NameTables;
  /** null: the run was recorded without its log. */
  readonly log: { readonly count: number; readonly chunks: readonly ChunkInfo[] } | null;
}

/** One chunk of the log: rows from `from` to the next chunk's; `fromMs` is the first row's time. */
export interface ChunkInfo {
  readonly from: number;
  readonly fromMs: number;
}

/** Task names; lists of strings have sections of their own, `names/0` and on. */
export interface NameTables {
  readonly ids: readonly (Exclude<TaskIds, { kind: 'list' }> | { readonly kind: 'list'; readonly list: number })[];
  /** Lengths of the lists. */
  readonly lists: readonly number[];
  /** Count, index in `ids`, index of the display names' list or -1. */
  readonly sets: readonly (readonly [number, number, number])[];
  /** How many values the section `names/order` has; null: there is none. */
  readonly order: number | null;
}

/** Where a section lies, and its checksum. */
export interface SectionEntry {
  readonly name: string;
  readonly at: number;
  readonly bytes: number;
  readonly crc: number;
}

function columns(table: TableName, fields: Readonly<Record<string, ColumnType>>): ColumnSpec[] {
  return Object.entries(fields).map(([field, type]) => ({ table, field, type }));
}
