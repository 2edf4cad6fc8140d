/** Small files of numbers that scenarios name: one value a line, or one column of a CSV file. */
import { fileSource, parseDuration } from '../../base/index.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';

/** Headers under which a column of times or values is found; otherwise the first column counts. */
const COLUMNS = ['submit_s', 'arrival_s', 'at_s', 'runtime_s', 'value', 'at', 'submit_ms', 'runtime_ms', 'value_ms'];
/** Values that one file may hold. */
const MOST_VALUES = 20_000_000;

/**
 * The values of a file that the value at `path` names; null after a problem.
 * @param unit `ms`: a number is in seconds (in ms in a column named …_ms), and durations such as `90s` may stand too
 */
export function readValues(
  context: BuildContext,
  path: Path,
  name: string,
  unit: 'ms' | 'number',
): Float64Array | null {
  const file = context.readFile(path, name);
  if (file === null) return null;
  const values: number[] = [];
  let column = 0;
  let factor = unit === 'ms' ? 1000 : 1;
  let offset = 0;
  let isFirst = true;
  for (const line of file.text.split('\n')) {
    const start = offset;
    offset += line.length + 1;
    const cells = line.trim().split(/[,;\t]/);
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const value = readValue(cells[column] ?? '', unit, factor);
    if (value === null && isFirst) {
      column = columnOf(cells);
      if (unit === 'ms' && /_ms"?$/i.test((cells[column] ?? '').trim())) factor = 1;
    } else if (value === null || values.length >= MOST_VALUES) {
      const place = { source: fileSource(file.name, file.text), span: { start, end: start + line.length } };
      const what =
        value === null
          ? `"${line.trim().slice(0, 60)}" has no value in column ${column + 1}`
          : 'the file has too many values';
      context.problems.error('BS2005', place, what, 'write one number a line, or a CSV file with a header');
      return null;
    } else values.push(value);
    isFirst = false;
  }
  if (values.length === 0) {
    context.error('BS2005', path, `${file.name} holds no values`);
    return null;
  }
  return Float64Array.from(values);
}

function columnOf(header: readonly string[]): number {
  const names = header.map((cell) => cell.trim().replace(/"/g, '').toLowerCase());
  for (const known of COLUMNS) {
    const column = names.indexOf(known);
    if (column >= 0) return column;
  }
  return 0;
}

function readValue(cell: string, unit: 'ms' | 'number', factor: number): number | null {
  const text = cell.trim().replace(/^"|"$/g, '');
  if (/^[+-]?\d{1,16}(\.\d{1,15})?([eE][+-]?\d{1,3})?$/.test(text)) {
    const value = Number(text) * factor;
    if (unit === 'number') return Number.isFinite(value) ? value : null;
    return value >= 0 && value <= Number.MAX_SAFE_INTEGER ? Math.floor(value + 0.5) : null;
  }
  if (unit === 'number') return null;
  const read = parseDuration(text.replace(/^\+/, ''));
  return read.ok ? read.value : null;
}
