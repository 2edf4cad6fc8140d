/** Recorded evictions: a CSV file with instants, and how many spot nodes are taken at each (NODE-11). */
import { fileSource, parseDuration } from '../../base/index.js';
import type { Preemption } from '../../model/index.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';

/** Columns of the instants; without a header the first column. */
const TIME_COLUMNS = ['at_s', 'at', 't_s', 'time_s', 'at_ms'];
/** Columns of the counts; without one each line takes one node. */
const COUNT_COLUMNS = ['count', 'nodes'];
/** Nodes that one line may take. */
const MOST_NODES = 1_000_000;

interface Eviction {
  readonly atMs: number;
  readonly count: number;
}

/** The evictions of the file that the value at `path` names, by time; null after a problem. */
export function readEvictions(context: BuildContext, path: Path, name: string): Preemption | null {
  const file = context.readFile(path, name);
  if (file === null) return null;
  const found: Eviction[] = [];
  let columns: readonly [time: number, count: number, msPerUnit: number] = [0, 1, 1000];
  let isFirst = true;
  let offset = 0;
  for (const line of file.text.split('\n')) {
    const span = { start: offset, end: offset + line.length };
    offset += line.length + 1;
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const cells = line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"|"$/g, ''));
    const eviction = readLine(cells, ...columns);
    if (eviction !== null) found.push(eviction);
    else if (isFirst) columns = columnsOf(cells);
    else {
      const place = { source: fileSource(file.name, file.text), span };
      const message = `"${line.trim().slice(0, 60)}" is not a time and a count of nodes`;
      context.problems.error('BS2005', place, message, 'write 90,3 or 1m30s,3 under the header at_s,count');
      return null;
    }
    isFirst = false;
  }
  if (found.length === 0) {
    context.error('BS2005', path, `${file.name} holds no evictions`);
    return null;
  }
  found.sort((a, b) => a.atMs - b.atMs);
  return {
    kind: 'trace',
    atMs: Float64Array.from(found, ({ atMs }) => atMs),
    count: Int32Array.from(found, ({ count }) => count),
  };
}

function columnsOf(header: readonly string[]): readonly [number, number, number] {
  const names = header.map((cell) => cell.toLowerCase());
  const time = TIME_COLUMNS.map((name) => names.indexOf(name)).find((column) => column >= 0) ?? 0;
  const count = COUNT_COLUMNS.map((name) => names.indexOf(name)).find((column) => column >= 0) ?? -1;
  return [time, count, names[time]?.endsWith('_ms') ? 1 : 1000];
}

function readLine(cells: readonly string[], time: number, count: number, msPerUnit: number): Eviction | null {
  const at = cells[time] ?? '';
  const nodes = cells[count] ?? '1';
  const atMs = /^\d{1,15}(\.\d{1,9})?$/.test(at) ? Math.floor(Number(at) * msPerUnit + 0.5) : durationOf(at);
  if (atMs === null || !/^\d{1,7}$/.test(nodes) || Number(nodes) > MOST_NODES) return null;
  return { atMs, count: Number(nodes) };
}

function durationOf(text: string): number | null {
  const read = parseDuration(text.replace(/^\+/, ''));
  return read.ok ? read.value : null;
}
