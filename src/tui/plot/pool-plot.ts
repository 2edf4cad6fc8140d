/** A pool through a run on a terminal: nodes under their target, the queue, the cost so far. */
import { formatUsd, timeTicks } from '../../base/index.js';
import {
  columnMeans,
  highestOf,
  lastRowAt,
  type PoolSeries,
  type Series,
  straightValueAt,
} from '../../recording/index.js';
import { type AreaPlot, areaPlot, type PlotPaint } from './area-plot.js';

/** The upright axis of a plot. */
export interface PlotScale {
  /** The value at its end. */
  readonly top: number;
  /** A value as text, of at most 7 columns. */
  readonly label: (value: number) => string;
}

/** Which plot of a pool: what it says is painted by it. */
export type PoolPlotPart = 'nodes' | 'queue' | 'cost';

/** How a pool is drawn. */
export interface PoolPlotStyle {
  /** Columns in all. */
  readonly width: number;
  readonly unicode: boolean;
  /** End of the time axis, in ms: not before the run's. */
  readonly toMs: number;
  readonly scales: Readonly<Record<PoolPlotPart, PlotScale>>;
  /** Gives a piece of a plot its colour, or none. */
  readonly paint: (part: PoolPlotPart, ...about: Parameters<PlotPaint>) => string;
}

/** Columns for the labels of values and the axis. */
const GUTTER = 8;
const HEIGHTS: Readonly<Record<PoolPlotPart, number>> = { nodes: 7, queue: 4, cost: 4 };

/** Lines of text: every plot has its head above it, the time axis is the last line. */
export function poolPlot(series: PoolSeries, style: PoolPlotStyle): readonly string[] {
  const columns = style.width - GUTTER - 1;
  const { nodes, target, queue, cost, endMs } = series;
  const means = (one: Series) => cutAfter(columnMeans(one, 0, style.toMs, columns, endMs), endMs, style.toMs);
  const ends = (valueAt: (atMs: number) => number) =>
    Float64Array.from({ length: columns }, (_, column) => {
      const startMs = (column * style.toMs) / columns;
      return startMs > endMs ? Number.NaN : valueAt(Math.min(((column + 1) * style.toMs) / columns, endMs));
    });
  const held = (one: Series) => ends((atMs) => one.value[Math.max(lastRowAt(one, atMs), 0)] as number);
  const { scales, unicode } = style;
  const [full, line] = unicode ? ['█', '─'] : ['#', '-'];
  const peak = (part: PoolPlotPart, one: Series) => scales[part].label(highestOf(one));
  const nothing = new Float64Array(columns).fill(Number.NaN);
  return [
    `nodes ${full} and target ${line}: peak ${peak('nodes', nodes)}`,
    ...plotLines('nodes', { area: means(nodes), line: held(target) }, style),
    `tasks that wait: peak ${peak('queue', queue)}`,
    ...plotLines('queue', { area: means(queue), line: null }, style),
    cost === null ? 'cost: a node has no known price' : `cost so far: ${formatUsd(highestOf(cost))} at the end`,
    ...plotLines(
      'cost',
      { area: cost === null ? nothing : ends((atMs) => straightValueAt(cost, atMs)), line: null },
      style,
    ),
    timeLine(style.toMs, columns),
  ];
}

/** After the end of a run there is nothing, not even 0. */
function cutAfter(values: Float64Array, endMs: number, toMs: number): Float64Array {
  return values.map((value, column) => ((column * toMs) / values.length > endMs ? Number.NaN : value));
}

function plotLines(
  part: PoolPlotPart,
  data: Omit<AreaPlot, 'top'>,
  { scales, unicode, paint }: PoolPlotStyle,
): string[] {
  const { top, label } = scales[part];
  const height = HEIGHTS[part];
  const lines = areaPlot({ ...data, top }, height, unicode, (role, text) => paint(part, role, text));
  return lines.map((text, i) => {
    const name = i === 0 ? label(top) : i === height - 1 ? '0' : '';
    const axis = unicode ? (name === '' ? '│' : '┤') : '|';
    return `${name.padStart(GUTTER - 1)}${axis}${text}`.trimEnd();
  });
}

/** Columns that the label of a moment takes with its distance. */
const LABEL_COLUMNS = 10;

/** Labels of moments, each beginning at its place. */
function timeLine(toMs: number, columns: number): string {
  let text = ' '.repeat(GUTTER);
  for (const { atMs, label } of timeTicks(0, toMs, Math.max(2, Math.floor(columns / LABEL_COLUMNS) + 1))) {
    const at = Math.min(GUTTER + Math.round((atMs / toMs) * columns), GUTTER + columns - label.length);
    if (at < text.length && text.trim() !== '') continue;
    text = text.padEnd(at) + label;
  }
  return text;
}
