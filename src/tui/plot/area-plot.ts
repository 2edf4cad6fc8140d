/** An area under an optional line, in characters: eighths of a block where the terminal has them, ASCII elsewhere. */

/** What is drawn; one value for each column. */
export interface AreaPlot {
  /** Values of the area; NaN: nothing is there. */
  readonly area: Float64Array;
  /** Values of the line over it; NaN: nothing is there. null: no line. */
  readonly line: Float64Array | null;
  /** The value at the upper edge. */
  readonly top: number;
}

/** What a piece of a plot stands for. */
export type PlotRole = 'area' | 'line';
/** Gives a piece of text its colour, or none. */
export type PlotPaint = (role: PlotRole, text: string) => string;

const BLOCKS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/** A full cell is `#`, one that is half full `:`, one with anything in it `.`. */
const ASCII_BLOCKS = [' ', '.', '.', '.', ':', ':', ':', ':', '#'];
const LINE = { level: '─', floor: '_', upFrom: '╯', upTo: '╭', downFrom: '╮', downTo: '╰', upright: '│' };
const ASCII_LINE = { level: '-', floor: '_', upFrom: '+', upTo: '+', downFrom: '+', downTo: '+', upright: '|' };

const EIGHTHS = 8;

/** The plot as `height` lines from the top, each as wide as there are columns. */
export function areaPlot({ area, line, top }: AreaPlot, height: number, unicode: boolean, paint: PlotPaint): string[] {
  const blocks = unicode ? BLOCKS : ASCII_BLOCKS;
  const levels = Array.from(area, (value) => levelOf(value, top, height));
  const overlay = line === null ? new Map<number, string>() : lineCells(line, top, height, unicode);
  return Array.from({ length: height }, (_, i) => {
    const row = height - 1 - i;
    const cells = levels.map((level, column): readonly [PlotRole, string] => {
      const over = overlay.get(row * area.length + column);
      if (over !== undefined) return ['line', over];
      return ['area', blocks[Math.max(0, Math.min(level - row * EIGHTHS, EIGHTHS))] as string];
    });
    return joined(cells, paint);
  });
}

/** Height of a value in eighths of a row; what is above 0 shows. */
function levelOf(value: number, top: number, height: number): number {
  if (!(value > 0)) return 0;
  return Math.max(1, Math.round((value / top) * height * EIGHTHS));
}

/** Row of a value, the row of its upper edge; -1: the floor, which is drawn below all. */
function rowOf(value: number, top: number, height: number): number {
  if (!(value > 0)) return -1;
  return Math.min(height - 1, Math.max(0, Math.ceil((value / top) * height - 1e-9) - 1));
}

/** Characters of the line by `row × columns + column`. */
function lineCells(line: Float64Array, top: number, height: number, unicode: boolean): Map<number, string> {
  const glyphs = unicode ? LINE : ASCII_LINE;
  const cells = new Map<number, string>();
  const put = (row: number, column: number, glyph: string) => cells.set(Math.max(row, 0) * line.length + column, glyph);
  let before: number | null = null;
  line.forEach((value, column) => {
    if (Number.isNaN(value)) return;
    const row = rowOf(value, top, height);
    const from = Math.max(before ?? row, 0);
    const to = Math.max(row, 0);
    if (from === to) put(row, column, row < 0 ? glyphs.floor : glyphs.level);
    else {
      const [low, high] = [Math.min(from, to), Math.max(from, to)];
      for (let between = low + 1; between < high; between++) put(between, column, glyphs.upright);
      put(from, column, to > from ? glyphs.upFrom : glyphs.downFrom);
      put(to, column, to > from ? glyphs.upTo : glyphs.downTo);
    }
    before = row;
  });
  return cells;
}

/** Cells as text: neighbours of one role are painted together, spaces not at all. */
function joined(cells: readonly (readonly [PlotRole, string])[], paint: PlotPaint): string {
  let text = '';
  for (let from = 0, to = 0; from < cells.length; from = to) {
    const [role] = cells[from] as readonly [PlotRole, string];
    while (to < cells.length && cells[to]?.[0] === role) to++;
    const run = cells.slice(from, to).map(([, glyph]) => glyph);
    const piece = run.join('');
    text += piece.trim() === '' ? piece : paint(role, piece);
  }
  return text;
}
