/** Rows over time, each cell as full as its value: nodes by how busy they were. */
import { CHART_WIDTH, type ChartSpec, figureOf, frameOf, MARGIN, timeAxis } from './frame.js';
import { element, label, number } from './svg.js';

/** Values from 0 to 1 by row, then column; NaN: nothing is there. */
export interface HeatGrid {
  /** What a full cell means, for the legend. */
  readonly meaning: string;
  readonly rows: readonly string[];
  readonly columns: number;
  readonly values: Float64Array;
}

/** A value shows as one of so many heights: equal neighbours become one shape, and the picture stays small. */
const LEVELS = 8;
/** Height of a row where there is room, and of the whole at most, in units of the picture. */
const ROW_HEIGHT = 16;
const MOST_HEIGHT = 480;
/** Rows thinner than this have no label of their own. */
const LABEL_HEIGHT = 13;

/** The chart: a bar in each cell, as high as its value, and paler the lower it is. Height is not by `spec`. */
export function heatmap(spec: Omit<ChartSpec, 'highest' | 'unit' | 'height'>, grid: HeatGrid): string {
  const { width = CHART_WIDTH } = spec;
  const rowHeight = Math.min(ROW_HEIGHT, MOST_HEIGHT / Math.max(grid.rows.length, 1));
  const height = Math.ceil(MARGIN.top + MARGIN.bottom + rowHeight * grid.rows.length);
  const frame = frameOf({ ...spec, height, highest: 1, unit: 'share' });
  const every = Math.ceil(LABEL_HEIGHT / rowHeight);
  const inside = [
    ...grid.rows.flatMap((name, row) => {
      const y = frame.top + row * rowHeight;
      const isNamed = row % every === 0;
      return isNamed
        ? [label(frame.left - 8, y + Math.min(rowHeight, 12), shortened(name), { 'text-anchor': 'end' })]
        : [];
    }),
    ...levelPaths(grid, frame.left, frame.top, (frame.right - frame.left) / grid.columns, rowHeight),
    element('path', { class: 'axis', d: `M${frame.left} ${frame.bottom}H${frame.right}` }),
    timeAxis(frame),
  ];
  return figureOf(spec, [{ kind: 'area', className: 'heat', text: grid.meaning }], width, height, inside.join('\n'));
}

/** One path a level: a rectangle for every stretch of equal cells. */
function levelPaths(grid: HeatGrid, left: number, top: number, cellWidth: number, rowHeight: number): string[] {
  const paths = Array.from({ length: LEVELS + 1 }, () => '');
  for (let row = 0; row < grid.rows.length; row++) {
    const floor = top + (row + 1) * rowHeight;
    for (let from = 0, to = 0; from < grid.columns; from = to) {
      const level = levelAt(grid, row, from);
      while (to < grid.columns && levelAt(grid, row, to) === level) to++;
      if (level < 0) continue;
      // What is there and empty is a thin line at the floor.
      const high = Math.max((level / LEVELS) * (rowHeight - 1), rowHeight / 12);
      const width = number((to - from) * cellWidth);
      paths[level] += `M${number(left + from * cellWidth)} ${number(floor)}v${number(-high)}h${width}v${number(high)}z`;
    }
  }
  return paths.flatMap((d, level) =>
    d === '' ? [] : [element('path', { class: 'heat', 'fill-opacity': 0.4 + (0.6 * level) / LEVELS, d })],
  );
}

function levelAt({ values, columns }: HeatGrid, row: number, column: number): number {
  const value = values[row * columns + column] as number;
  if (Number.isNaN(value)) return -1;
  // Neither full nor empty is told unless it is so.
  return value <= 0 ? 0 : value >= 1 ? LEVELS : Math.min(LEVELS - 1, Math.max(1, Math.round(value * LEVELS)));
}

/** Letters that fit beside a row. */
const MOST_LETTERS = 9;

/** A name that fits beside a row. */
export function shortened(name: string): string {
  const letters = Array.from(name);
  return letters.length <= MOST_LETTERS ? name : `${letters.slice(0, MOST_LETTERS - 1).join('')}…`;
}
