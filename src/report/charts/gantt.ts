/** What was done where and when: a row for each node (or slot), a bar for each stretch. */
import { CHART_WIDTH, type ChartSpec, figureOf, frameOf, type LegendEntry, MARGIN, timeAxis } from './frame.js';
import { rowHeightOf, rowLabels } from './rows.js';
import type { ChartFill } from './style.js';
import { element, number } from './svg.js';

/** Bars as columns, in any order; those of one row and fill do not overlap. */
export interface GanttBars {
  readonly rows: readonly string[];
  readonly count: number;
  /** Index in `rows`. */
  readonly row: Int32Array;
  readonly fromMs: Float64Array;
  readonly toMs: Float64Array;
  /** Index in `fills`. */
  readonly fill: Uint8Array;
  readonly fills: readonly { readonly fill: ChartFill; readonly text: string }[];
}

const ROW_HEIGHT = 18;
const MOST_HEIGHT = 600;

/** The chart. Bars of one row that touch within half a pixel become one, so that a million of them stay a picture. */
export function gantt(spec: Omit<ChartSpec, 'highest' | 'unit' | 'height'>, bars: GanttBars): string {
  const { width = CHART_WIDTH } = spec;
  const rowHeight = rowHeightOf(bars.rows.length, ROW_HEIGHT, MOST_HEIGHT);
  const height = Math.ceil(MARGIN.top + MARGIN.bottom + rowHeight * bars.rows.length);
  const frame = frameOf({ ...spec, height, highest: 1, unit: 'count' });
  const legend = bars.fills.map(({ fill, text }): LegendEntry => ({ kind: 'area', className: `fill-${fill}`, text }));
  const inside = [
    ...rowLabels(bars.rows, frame, rowHeight),
    ...bars.fills.map(({ fill }, index) => {
      const d = barsOf(bars, index, frame.x, frame.top, rowHeight);
      return d === '' ? '' : element('path', { class: `fill-${fill}`, d });
    }),
    element('path', { class: 'axis', d: `M${frame.left} ${frame.bottom}H${frame.right}` }),
    timeAxis(frame),
  ];
  return figureOf(spec, legend, width, height, inside.filter((piece) => piece !== '').join('\n'));
}

/** Bars closer than this, in units of the picture, become one. */
const GAP = 0.5;

/** One path for all bars of a fill, row by row in order of time. */
function barsOf(bars: GanttBars, fill: number, x: (atMs: number) => number, top: number, rowHeight: number): string {
  const own = Array.from({ length: bars.count }, (_, bar) => bar).filter((bar) => bars.fill[bar] === fill);
  const { row, fromMs, toMs } = bars;
  own.sort((a, b) => (row[a] as number) - (row[b] as number) || (fromMs[a] as number) - (fromMs[b] as number) || a - b);
  const high = number(rowHeight * 0.8);
  let path = '';
  for (let at = 0; at < own.length; ) {
    const first = own[at] as number;
    const start = x(fromMs[first] as number);
    let end = x(toMs[first] as number);
    for (at += 1; at < own.length && row[own[at] as number] === row[first]; at++) {
      const next = own[at] as number;
      if (x(fromMs[next] as number) - end > GAP) break;
      end = Math.max(end, x(toMs[next] as number));
    }
    const y = number(top + (row[first] as number) * rowHeight + rowHeight * 0.1);
    path += `M${number(start)} ${y}h${number(Math.max(end - start, GAP))}v${high}H${number(start)}z`;
  }
  return path;
}
