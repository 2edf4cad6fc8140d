/** Lines: a value that jumps, and one that grows evenly. */
import { line } from 'd3-shape';
import { reduceSteps, reduceStraight, type Series } from '../../recording/index.js';
import type { Frame, Mark } from './frame.js';
import type { ChartLine } from './style.js';
import { element, number } from './svg.js';

/** A stepped line, from the beginning of the axis to the end of the data; each column of pixels keeps its lowest and highest value. */
export function stepLine(series: Series, kind: ChartLine, text: string): Mark {
  return {
    draw: (frame) => {
      const { fromMs } = frame.spec;
      const reduced = reduceSteps(series, fromMs, Math.max(frame.endMs, fromMs + 1), frame.columns);
      return element('path', { class: `line ${kind}`, d: stepPath(reduced, frame) });
    },
    legend: { kind: 'line', className: kind, text },
  };
}

/** Levels and jumps only: `H` and `V` are the shortest words there are for a step. */
function stepPath({ count, atMs, value }: Series, { x, y, endMs }: Frame): string {
  let path = `M${number(x(atMs[0] as number))} ${number(y(value[0] as number))}`;
  for (let row = 1; row < count; row++) {
    const isSame = atMs[row] === atMs[row - 1];
    path += `${isSame ? '' : `H${number(x(atMs[row] as number))}`}V${number(y(value[row] as number))}`;
  }
  return `${path}H${number(x(endMs))}`;
}

/** A line through the points of a series, such as what a pool has cost so far. */
export function straightLine(series: Series, kind: ChartLine, text: string): Mark {
  return {
    draw: (frame) => {
      const { fromMs, toMs } = frame.spec;
      const { count, atMs, value } = reduceStraight(series, fromMs, toMs, frame.columns);
      const rows = Array.from({ length: count }, (_, row) => row).filter((row) => (atMs[row] as number) <= frame.endMs);
      const path = line<number>(
        (row) => frame.x(atMs[row] as number),
        (row) => frame.y(value[row] as number),
      ).digits(2);
      return element('path', { class: `line ${kind}`, d: path(rows) ?? '' });
    },
    legend: { kind: 'line', className: kind, text },
  };
}

/** Small crosses on the axis where something failed, such as an evaluation. */
export function missMarks(atMs: readonly number[], text: string): Mark {
  return {
    draw: ({ x, bottom }) => {
      const columns = [...new Set(atMs.map((at) => Math.round(x(at))))];
      const path = columns.map((at) => `M${at - 3} ${bottom - 9}l6 6m0 -6l-6 6`).join('');
      return path === '' ? '' : element('path', { class: 'miss', d: path });
    },
    legend: atMs.length === 0 ? null : { kind: 'cross', className: 'miss', text },
  };
}
