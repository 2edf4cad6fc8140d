/** One value of a row, written as a text (CSV) or as a JSON value (NDJSON), put where it belongs in the row. */
import { parseInstant } from '../../base/index.js';
import type { BoundColumn } from './columns.js';
import { MAX_PROCESSORS, parseDecimal, parseMs, wasRounded } from './numbers.js';
import type { TraceRow } from './trace-row.js';
import type { DropReason } from './trace-table.js';

/** What setting a value came to: `ok`, `rounded` (a time with a fraction of a ms), or why the row is of no use. */
export type FieldOutcome = 'ok' | 'rounded' | DropReason;

/** A memory of a million GiB is a slip. */
const MAX_BYTES = 2 ** 50;

/** Puts one value into the row. An empty text is a value that is not given. `loose`: parents also split at blanks. */
export function setField(row: TraceRow, column: BoundColumn, text: string, loose: boolean): FieldOutcome {
  const { role, unit } = column.meaning;
  switch (role) {
    case 'id':
      row.id = text;
      return text === '' ? 'no-id' : 'ok';
    case 'submit':
      return setSubmit(row, text, unit as 1 | 1000);
    case 'runtime':
      return setRuntime(row, text, unit as 1 | 1000);
    case 'processors':
      return setProcessors(row, text);
    case 'slots':
      return setWhole(text, 1, MAX_PROCESSORS, (value) => {
        row.slots = value;
      });
    case 'exitCode':
      return setWhole(text, -2147483648, 2147483647, (value) => {
        row.exitCode = value;
      });
    case 'wallClock':
      return setWallClock(row, text, unit as 1 | 1000);
    case 'memory': {
      const value = text === '' ? -1 : parseDecimal(text);
      if (Number.isNaN(value)) return 'bad-value';
      row.memoryBytes = value < 0 ? -1 : Math.round(value * unit);
      return row.memoryBytes > MAX_BYTES ? 'out-of-range' : 'ok';
    }
    case 'displayName':
      row.displayName = text;
      return 'ok';
    case 'parents':
      row.parents = splitParents(text, loose);
      return 'ok';
  }
}

function setSubmit(row: TraceRow, text: string, unit: 1 | 1000): FieldOutcome {
  if (text === '') return 'no-submit-time';
  const ms = parseMs(text, unit);
  if (Number.isNaN(ms)) {
    const instant = parseInstant(text);
    if (!instant.ok) return 'bad-value';
    row.submitMs = instant.value;
    return instant.value < 0 ? 'no-submit-time' : 'ok';
  }
  row.submitMs = ms;
  if (ms < 0) return 'no-submit-time';
  return wasRounded(text, unit, ms) ? 'rounded' : 'ok';
}

function setRuntime(row: TraceRow, text: string, unit: 1 | 1000): FieldOutcome {
  if (text === '') return 'no-runtime';
  row.runtimeMs = parseMs(text, unit);
  if (Number.isNaN(row.runtimeMs)) return 'bad-value';
  if (row.runtimeMs < 0) return 'no-runtime';
  return wasRounded(text, unit, row.runtimeMs) ? 'rounded' : 'ok';
}

/** -1 and nothing mean that the count is unknown; a fraction of a processor takes a whole one. */
function setProcessors(row: TraceRow, text: string): FieldOutcome {
  const value = text === '' ? -1 : parseDecimal(text);
  if (Number.isNaN(value)) return 'bad-value';
  if (value > MAX_PROCESSORS) return 'out-of-range';
  row.processors = value === -1 ? 0 : Math.ceil(value);
  return value === -1 || value > 0 ? 'ok' : 'no-processors';
}

function setWallClock(row: TraceRow, text: string, unit: 1 | 1000): FieldOutcome {
  const ms = text === '' ? -1 : parseMs(text, unit);
  row.maxWallClockMs = ms;
  if (Number.isNaN(ms)) return 'bad-value';
  return text !== '' && wasRounded(text, unit, ms) ? 'rounded' : 'ok';
}

function setWhole(text: string, least: number, most: number, set: (value: number) => void): FieldOutcome {
  if (text === '') return 'ok';
  const value = parseDecimal(text);
  if (!Number.isInteger(value)) return 'bad-value';
  if (value < least || value > most) return 'out-of-range';
  set(value);
  return 'ok';
}

const NONE: readonly string[] = [];

/** `a;b`, and in brackets or where `loose` also `a,b` and `a b`; quotes around each are taken off. */
export function splitParents(text: string, loose: boolean): readonly string[] {
  if (text === '') return NONE;
  const inner = /^[[({](.*)[\])}]$/s.exec(text)?.[1] ?? null;
  const list = inner ?? text;
  const separator = inner !== null || loose ? /[;,\s]+/ : ';';
  return list
    .split(separator)
    .map((part) => part.trim().replace(/^(['"])(.*)\1$/, '$2'))
    .filter((part) => part !== '');
}
