/** A comparison on a terminal: plots side by side where they fit, the figures below. */
import stringWidth from 'string-width';
import {
  FIGURE_HEADS,
  figureRow,
  type ScalingComparison,
  sharedAxes,
  topOf,
  valueLabel,
} from '../../../report/index.js';
import { type PlotRole, type PoolPlotPart, type PoolPlotStyle, poolPlot } from '../../../tui/index.js';
import { paints } from '../../paint.js';

/** Plots narrower than this stand below each other. */
const NARROWEST = 36;
/** Columns between plots side by side, and between those of the table. */
const GAP = 2;

/** What a terminal can show. */
export interface PlotTerminal {
  readonly width: number;
  readonly unicode: boolean;
  readonly color: boolean;
}

/** The plots of all runs and the table of their figures. */
export function plotText(comparison: ScalingComparison, { width, unicode, color }: PlotTerminal): string {
  const { runs, scenario, seed, pool } = comparison;
  const fits = Math.floor((width + GAP) / runs.length) - GAP >= NARROWEST;
  const columns = fits ? Math.floor((width + GAP) / runs.length) - GAP : width;
  const style = styleOf(comparison, Math.max(columns, NARROWEST), unicode, color);
  const paint = paints(color);
  const blocks = runs.map((run) => [
    ...(runs.length === 1 ? [] : [paint.bold(cut(run.label, style.width))]),
    ...poolPlot(run.series, style),
  ]);
  const dot = unicode ? '·' : '-';
  const [only] = runs;
  const label = runs.length === 1 && only !== undefined ? ` ${dot} ${only.label}` : '';
  const head = paint.bold(`${scenario} ${dot} pool ${pool} ${dot} seed ${seed}${label}`);
  const plots = fits ? sideBySide(blocks, style.width) : blocks.flatMap((block) => [...block, '']);
  return [head, ...plots, ...(fits ? [''] : []), ...figureTable(comparison, width, paint.bold)].join('\n');
}

function styleOf(comparison: ScalingComparison, width: number, unicode: boolean, color: boolean): PoolPlotStyle {
  const axes = sharedAxes(comparison);
  const paint = paints(color);
  const colors = { nodes: paint.green, queue: paint.magenta, cost: paint.cyan };
  const count = (highest: number) => {
    const top = topOf(highest, 'count');
    return { top, label: (value: number) => valueLabel(value, top, 'count') };
  };
  const costTop = topOf(axes.cost, 'usd');
  return {
    width,
    unicode,
    toMs: axes.toMs,
    scales: {
      nodes: count(axes.nodes),
      queue: count(axes.queue),
      cost: { top: costTop, label: (value) => valueLabel(value, costTop, 'usd') },
    },
    paint: (part: PoolPlotPart, role: PlotRole, text: string) =>
      role === 'line' ? paint.yellow.bold(text) : colors[part](text),
  };
}

function sideBySide(blocks: readonly (readonly string[])[], width: number): string[] {
  const rows = Math.max(...blocks.map((block) => block.length));
  return Array.from({ length: rows }, (_, row) =>
    blocks
      .map((block) => block[row] ?? '')
      .map((text) => text + ' '.repeat(Math.max(0, width - stringWidth(text))))
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

/** Names of formulas are cut to no less than this where the table is too wide. */
const SHORTEST_NAME = 12;

/** Columns of words to the left, of figures to the right. */
function figureTable({ runs }: ScalingComparison, width: number, bold: (text: string) => string): string[] {
  const whole = [FIGURE_HEADS as readonly string[], ...runs.map(figureRow)];
  const widest = (rows: readonly (readonly string[])[]) =>
    FIGURE_HEADS.map((_, column) => Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))));
  const figures = widest(whole).reduce((sum, one, column) => sum + (column === 0 ? 0 : one + GAP), 0);
  const rows = whole.map(([name = '', ...rest]) => [cut(name, Math.max(width - figures, SHORTEST_NAME)), ...rest]);
  const widths = widest(rows);
  const lines = rows.map((row) =>
    row
      .map((text, column) => {
        const room = ' '.repeat((widths[column] as number) - stringWidth(text));
        return column === 0 ? text + room : room + text;
      })
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
  return lines.map((line, i) => (i === 0 ? bold(line) : line));
}

/** Dots in ASCII, which any terminal has. */
function cut(text: string, width: number): string {
  return stringWidth(text) <= width ? text : `${text.slice(0, Math.max(0, width - 2))}..`;
}
