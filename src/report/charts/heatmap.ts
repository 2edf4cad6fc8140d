/** Rows over time, each cell as full as its value: nodes by how busy they were. */
import { CHART_WIDTH, type ChartSpec, figureOf, frameOf, MARGIN, timeAxis } from './frame.js';
import { rowHeightOf, rowLabels } from './rows.js';
import { element, number } from './svg.js';

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

/** More rows than this are drawn in groups: each is then 2 units high, the least that shows how full it is. */
const MOST_ROWS = MOST_HEIGHT / 2;

/**
 * The chart: a bar in each cell, as high as its value, and paler the lower it is. Rows beyond what can be seen are drawn
 * in groups by their mean, and the legend says so. Height is not by `spec`.
 */
export function heatmap(spec: Omit<ChartSpec, 'highest' | 'unit' | 'height'>, given: HeatGrid): string {
  const { width = CHART_WIDTH } = spec;
  const grid = grouped(given, Math.ceil(given.rows.length / MOST_ROWS));
  const rowHeight = rowHeightOf(grid.rows.length, ROW_HEIGHT, MOST_HEIGHT);
  const height = Math.ceil(MARGIN.top + MARGIN.bottom + rowHeight * grid.rows.length);
  const frame = frameOf({ ...spec, height, highest: 1, unit: 'share' });
  const inside = [
    ...rowLabels(grid.rows, frame, rowHeight),
    ...levelPaths(grid, frame.left, frame.top, (frame.right - frame.left) / grid.columns, rowHeight),
    element('path', { class: 'axis', d: `M${frame.left} ${frame.bottom}H${frame.right}` }),
    timeAxis(frame),
  ];
  return figureOf(spec, [{ kind: 'area', className: 'heat', text: grid.meaning }], width, height, inside.join('\n'));
}

/** Every `size` rows as one, named for the first: the mean of what is there. */
function grouped(grid: HeatGrid, size: number): HeatGrid {
  if (size <= 1) return grid;
  const rows = grid.rows.filter((_, row) => row % size === 0);
  const sums = new Float64Array(rows.length * grid.columns);
  const counts = new Uint32Array(sums.length);
  grid.values.forEach((value, cell) => {
    if (Number.isNaN(value)) return;
    const into = Math.floor(Math.floor(cell / grid.columns) / size) * grid.columns + (cell % grid.columns);
    sums[into]! += value;
    counts[into]! += 1;
  });
  const values = sums.map((sum, cell) => (counts[cell] === 0 ? Number.NaN : sum / (counts[cell] as number)));
  return { meaning: `${grid.meaning}; each row is the mean of ${size}`, rows, columns: grid.columns, values };
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
      const high = Math.max((level / LEVELS) * rowHeight * 0.94, rowHeight / 12);
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
