/**
 * The columns of the tabular formats by name: what each means to us, and in which unit. CSV and NDJSON share the plain
 * names, which `--map` and the documentation use; wtf and opendc have those of their archives.
 */
import { type Diagnostic, nearest } from '../../base/index.js';
import type { TraceFormat } from './format.js';
import { problem } from './problems.js';

/** What a column is to us. */
export type ColumnRole =
  | 'id'
  | 'submit'
  | 'runtime'
  | 'processors'
  | 'slots'
  | 'memory'
  | 'exitCode'
  | 'wallClock'
  | 'displayName'
  | 'parents';

/** A named column. `unit`: milliseconds, bytes or 1 for each unit of the value. */
export interface ColumnMeaning {
  readonly role: ColumnRole;
  readonly unit: number;
  /** One line for the documentation. */
  readonly doc: string;
}

const MIB = 1024 * 1024;

/** Columns of plain CSV and NDJSON. Only a run time is required. */
export const PLAIN_COLUMNS: Readonly<Record<string, ColumnMeaning>> = {
  id: { role: 'id', unit: 1, doc: 'the id of the task; without the column, task-1, task-2, …' },
  submit_s: { role: 'submit', unit: 1000, doc: 'when the task is added: seconds on any clock, or an ISO 8601 instant' },
  submit_ms: { role: 'submit', unit: 1, doc: 'the same in milliseconds; without either, all tasks are there at once' },
  runtime_s: { role: 'runtime', unit: 1000, doc: 'how long it runs, in seconds' },
  runtime_ms: { role: 'runtime', unit: 1, doc: 'the same in milliseconds' },
  cores: { role: 'processors', unit: 1, doc: 'processors it used; `--slots processors` makes task slots of them' },
  slots: { role: 'slots', unit: 1, doc: 'requiredSlots, default 1' },
  exit_code: { role: 'exitCode', unit: 1, doc: 'default 0' },
  depends_on: { role: 'parents', unit: 1, doc: 'ids of the tasks it waits for: a;b;c, or a JSON list' },
  display_name: { role: 'displayName', unit: 1, doc: 'a name for people' },
  max_wall_clock_s: { role: 'wallClock', unit: 1000, doc: 'maxWallClockTime in seconds' },
  max_wall_clock_ms: { role: 'wallClock', unit: 1, doc: 'the same in milliseconds' },
  memory_mib: { role: 'memory', unit: MIB, doc: 'memory it used, in MiB; kept, not simulated' },
  memory_bytes: { role: 'memory', unit: 1, doc: 'the same in bytes' },
};

/** Columns of the Workflow Trace Format's task table; times are in milliseconds. */
const WTF_COLUMNS: Readonly<Record<string, ColumnMeaning>> = {
  id: { role: 'id', unit: 1, doc: '' },
  ts_submit: { role: 'submit', unit: 1, doc: '' },
  runtime: { role: 'runtime', unit: 1, doc: '' },
  cores: { role: 'processors', unit: 1, doc: '' },
  resource_amount_requested: { role: 'processors', unit: 1, doc: '' },
  parents: { role: 'parents', unit: 1, doc: '' },
};

/** Columns of OpenDC's task table; times are in milliseconds, memory in MB. */
const OPENDC_COLUMNS: Readonly<Record<string, ColumnMeaning>> = {
  id: { role: 'id', unit: 1, doc: '' },
  submission_time: { role: 'submit', unit: 1, doc: '' },
  duration: { role: 'runtime', unit: 1, doc: '' },
  cpu_count: { role: 'processors', unit: 1, doc: '' },
  mem_capacity: { role: 'memory', unit: 1_000_000, doc: '' },
  parents: { role: 'parents', unit: 1, doc: '' },
};

/** The formats that are tables. */
export type TabularFormat = Extract<TraceFormat, 'csv' | 'ndjson' | 'wtf' | 'opendc'>;

/** The columns of a format, by name. */
export function columnsOf(format: TabularFormat): Readonly<Record<string, ColumnMeaning>> {
  if (format === 'wtf') return WTF_COLUMNS;
  return format === 'opendc' ? OPENDC_COLUMNS : PLAIN_COLUMNS;
}

const NEEDED: Readonly<Record<TabularFormat, readonly ColumnRole[]>> = {
  csv: ['runtime'],
  ndjson: ['runtime'],
  wtf: ['id', 'submit', 'runtime'],
  opendc: ['id', 'submit', 'runtime'],
};

/** A column of a file that is used: its name there and what it means. */
export interface BoundColumn {
  readonly name: string;
  readonly meaning: ColumnMeaning;
}

/** The columns of one file. */
export interface BoundColumns {
  readonly byRole: ReadonlyMap<ColumnRole, BoundColumn>;
  readonly unused: readonly string[];
  readonly problems: readonly Diagnostic[];
}

/**
 * Ties the names of a header to meanings.
 * @param map `theirs=ours` pairs; `-` for ours ignores the column
 * @param place where the header stands
 */
export function bindColumns(
  names: readonly string[],
  format: TabularFormat,
  map: ReadonlyMap<string, string>,
  place: Diagnostic['place'],
): BoundColumns {
  const known = columnsOf(format);
  const byRole = new Map<ColumnRole, BoundColumn>();
  const unused: string[] = [];
  const problems = mapProblems(names, known, map, place);
  for (const name of names) {
    const ours = map.get(name) ?? (isOwn(known, name) ? name : name.toLowerCase());
    const meaning = isOwn(known, ours) ? known[ours] : undefined;
    if (meaning === undefined) {
      if (name !== '') unused.push(name);
      continue;
    }
    const other = byRole.get(meaning.role);
    if (other !== undefined) {
      const message = `columns "${other.name}" and "${name}" both give the ${ROLE_WORDS[meaning.role]}`;
      problems.push(problem('duplicateColumn', message, place, `ignore one: --map ${name}=-`));
    } else byRole.set(meaning.role, { name, meaning });
  }
  for (const role of NEEDED[format]) {
    if (!byRole.has(role)) problems.push(missing(role, names, known, format, place));
  }
  return { byRole, unused, problems };
}

const ROLE_WORDS: Readonly<Record<ColumnRole, string>> = {
  id: 'id',
  submit: 'submission time',
  runtime: 'run time',
  processors: 'number of processors',
  slots: 'number of slots',
  memory: 'memory',
  exitCode: 'exit code',
  wallClock: 'wall-clock limit',
  displayName: 'display name',
  parents: 'parents',
};

function isOwn(table: Readonly<Record<string, ColumnMeaning>>, name: string): boolean {
  return Object.hasOwn(table, name);
}

function mapProblems(
  names: readonly string[],
  known: Readonly<Record<string, ColumnMeaning>>,
  map: ReadonlyMap<string, string>,
  place: Diagnostic['place'],
): Diagnostic[] {
  const problems: Diagnostic[] = [];
  for (const [theirs, ours] of map) {
    if (ours !== '-' && !isOwn(known, ours)) {
      const guess = nearest(ours, Object.keys(known));
      const hint =
        guess === null ? `columns: ${Object.keys(known).join(', ')}, or - to ignore` : `did you mean "${guess}"?`;
      problems.push(problem('badMap', `--map ${theirs}=${ours}: there is no column "${ours}"`, null, hint));
    } else if (!names.includes(theirs)) {
      const guess = nearest(theirs, names);
      const hint = guess === null ? `columns of the file: ${names.join(', ')}` : `did you mean "${guess}"?`;
      problems.push(problem('badMap', `--map ${theirs}=${ours}: the file has no column "${theirs}"`, place, hint));
    }
  }
  return problems;
}

function missing(
  role: ColumnRole,
  names: readonly string[],
  known: Readonly<Record<string, ColumnMeaning>>,
  format: TabularFormat,
  place: Diagnostic['place'],
): Diagnostic {
  const ours = Object.keys(known).filter((name) => known[name]?.role === role);
  const guess = ours.map((name) => nearest(name, names)).find((name) => name !== null);
  const example = guess ?? names.find((name) => !isOwn(known, name)) ?? 'theirs';
  return problem(
    'missingColumn',
    `no column gives the ${ROLE_WORDS[role]}: ${format} expects ${ours.join(' or ')}`,
    place,
    `name the column that does: --map ${example}=${ours[0]}`,
  );
}
