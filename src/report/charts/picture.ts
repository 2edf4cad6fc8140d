/** Charts as a file of their own. */
import {
  CHART_HEIGHT,
  CHART_WIDTH,
  type ChartSpec,
  chartWithHead,
  HEAD_HEIGHT,
  type Mark,
  pictureOf,
} from './frame.js';
import { CHART_FILE_STYLE, chartPatterns } from './style.js';
import { element } from './svg.js';

/** A chart with what is drawn in it. */
export interface Panel {
  readonly spec: ChartSpec;
  readonly marks: readonly Mark[];
}

/** Columns of charts as one SVG file, each column from the top down; the widest chart and the highest of each row set the grid. */
export function pictureFile(
  about: Pick<ChartSpec, 'title' | 'description'>,
  columns: readonly (readonly Panel[])[],
): string {
  const width = Math.max(...columns.flat().map(({ spec }) => spec.width ?? CHART_WIDTH));
  const tops = rowTops(columns);
  const inside = columns.flatMap((column, i) =>
    column.map(({ spec, marks }, row) =>
      element('g', { transform: `translate(${i * width} ${tops[row]})` }, `\n${chartWithHead(spec, marks)}\n`),
    ),
  );
  const all = [`<style>${CHART_FILE_STYLE}</style>`, chartPatterns(), ...inside].join('\n');
  const [wide, high] = [width * columns.length, tops.at(-1) as number];
  const size = { xmlns: 'http://www.w3.org/2000/svg', width: wide, height: high };
  return `${pictureOf(about, wide, high, all, size)}\n`;
}

/** Where each row begins, and where the last one ends. */
function rowTops(columns: readonly (readonly Panel[])[]): readonly number[] {
  const rows = Math.max(...columns.map((column) => column.length));
  const tops = [0];
  for (let row = 0; row < rows; row++) {
    const heights = columns.map((column) => column[row]?.spec.height ?? CHART_HEIGHT);
    tops.push((tops[row] as number) + HEAD_HEIGHT + Math.max(...heights));
  }
  return tops;
}
