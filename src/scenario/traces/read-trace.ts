/** Any trace to one table: picks the reader of the format and turns what went wrong into diagnostics. */
import { type Diagnostic, err, ok, type Result } from '../../base/index.js';
import { guessTraceFormat, TRACE_FORMATS, type TraceFormat } from './format.js';
import { type LinesEnd, MAX_LINE_LENGTH } from './lines.js';
import { MAX_TIME_MS } from './numbers.js';
import { problem } from './problems.js';
import { readNdjson } from './read-ndjson.js';
import { readSwf } from './read-swf.js';
import { readTable } from './read-table.js';
import { readWfFormat } from './read-wfformat.js';
import { TableBuilder } from './table-builder.js';
import type { TraceTable } from './trace-table.js';

/** A trace to be read. */
export interface TraceSource {
  /** The file as the user named it; its ending tells the format if none is given. */
  readonly name: string;
  /** Null: by the file's name and header. */
  readonly format: TraceFormat | null;
  /** The text, unpacked, in pieces of any length. */
  readonly chunks: Iterable<string>;
  /** `theirs=ours` names of columns (tables and NDJSON only); `-` for ours ignores a column. */
  readonly map?: ReadonlyMap<string, string>;
  /** Keep so many tasks, the first of the file, and stop reading. Null or absent: all. */
  readonly head?: number | null;
  /** Multiply all times by this, after counting from the first submission; default 1. */
  readonly timeScale?: number;
}

/** Reads a trace. Rows that describe no task are skipped and noted; what leaves no table is an error. */
export function readTrace(source: TraceSource): Result<TraceTable, readonly Diagnostic[]> {
  const sniffed = source.format === null ? sniff(source) : { format: source.format, chunks: source.chunks };
  const { format, chunks } = sniffed;
  if (format === null) {
    const hint = `name the format: ${TRACE_FORMATS.join(', ')}`;
    return err([problem('unknownFormat', `the name ${source.name} does not tell its format`, null, hint)]);
  }
  const map = source.map ?? new Map();
  if (map.size > 0 && (format === 'swf' || format === 'wfformat')) {
    const message = `--map renames columns, and ${format} has none`;
    return err([problem('badMap', message, null, 'leave it out, or read the file as csv or ndjson')]);
  }
  const { name, head = null, timeScale = 1 } = source;
  const builder = new TableBuilder({ name, format, head, timeScale });
  const problems = read(format, chunks, map, builder);
  if (problems.length > 0) return err(problems);
  if (builder.count === 0) return err([builder.noRows()]);
  const table = builder.finish();
  return table.submitMs.some((ms) => ms > MAX_TIME_MS) ? err([tooFarApart(timeScale)]) : ok(table);
}

function read(
  format: TraceFormat,
  chunks: Iterable<string>,
  map: ReadonlyMap<string, string>,
  builder: TableBuilder,
): readonly Diagnostic[] {
  if (format === 'wfformat') {
    const result = readWfFormat(chunks, builder);
    return result.ok ? [] : result.error;
  }
  if (format === 'swf') return tooLong(readSwf(chunks, builder), builder);
  const table = format === 'ndjson' ? readNdjson(chunks, map, builder) : readTable(chunks, format, map, builder);
  return [...table.problems, ...tooLong(table.end, builder)];
}

function tooLong(end: LinesEnd, builder: TableBuilder): readonly Diagnostic[] {
  if (end.end !== 'tooLong') return [];
  const message = `line ${end.line} of ${builder.options.name} is longer than ${MAX_LINE_LENGTH / 1024 / 1024} MiB`;
  return [problem('tooLarge', message, null, 'is it a text file, and of the format it is read as?')];
}

function tooFarApart(timeScale: number): Diagnostic {
  const message = `times ${timeScale} as long spread submissions over more than 3,170 years`;
  return problem('badOption', message, null, 'give a smaller factor');
}

/** Looks at the first chunk and puts it back in front. */
function sniff(source: TraceSource): { readonly format: TraceFormat | null; readonly chunks: Iterable<string> } {
  const iterator = source.chunks[Symbol.iterator]();
  const first = iterator.next();
  const start = first.done === true ? '' : first.value;
  return { format: guessTraceFormat(source.name, start), chunks: resumed(start, iterator) };
}

function* resumed(start: string, rest: Iterator<string>): Iterable<string> {
  yield start;
  for (let next = rest.next(); next.done !== true; next = rest.next()) yield next.value;
}
