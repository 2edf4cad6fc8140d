/** Charts as a file of their own. */
import { CHART_HEIGHT, CHART_WIDTH, type ChartSpec, chartInside, type Mark, pictureOf } from './frame.js';
import { CHART_FILE_STYLE, chartPatterns } from './style.js';
import { element } from './svg.js';

/** A chart with what is drawn in it. */
export interface Panel {
  readonly spec: ChartSpec;
  readonly marks: readonly Mark[];
}

/** Columns of charts as one SVG file, each column from the top down; the widest and highest chart sets the grid. */
export function pictureFile(
  about: Pick<ChartSpec, 'title' | 'description'>,
  columns: readonly (readonly Panel[])[],
): string {
  const panels = columns.flat();
  const width = Math.max(...panels.map(({ spec }) => spec.width ?? CHART_WIDTH));
  const height = Math.max(...panels.map(({ spec }) => spec.height ?? CHART_HEIGHT));
  const rows = Math.max(...columns.map((column) => column.length));
  const inside = columns.flatMap((column, i) =>
    column.map(({ spec, marks }, row) =>
      element('g', { transform: `translate(${i * width} ${row * height})` }, `\n${chartInside(spec, marks)}\n`),
    ),
  );
  const all = [`<style>${CHART_FILE_STYLE}</style>`, chartPatterns(), ...inside].join('\n');
  const size = { xmlns: 'http://www.w3.org/2000/svg', width: width * columns.length, height: height * rows };
  return `${pictureOf(about, width * columns.length, height * rows, all, size)}\n`;
}
