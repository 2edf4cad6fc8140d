/** Charts that have a row for each thing, such as a node: how high the rows are, and their names. */
import type { Frame } from './frame.js';
import { label } from './svg.js';

/** Rows named closer than this would run into each other, in units of the picture. */
const LABEL_HEIGHT = 14;

/** Height of each of so many rows: the usual one, or less where all would be higher than `most`. */
export function rowHeightOf(rows: number, usual: number, most: number): number {
  return Math.min(usual, most / Math.max(rows, 1));
}

/** Names to the left of their rows, as many as have room; where the picture is narrow, half of them. */
export function rowLabels(names: readonly string[], { left, top }: Frame, rowHeight: number): readonly string[] {
  const every = Math.ceil(LABEL_HEIGHT / rowHeight);
  return names.flatMap((name, row) => {
    if (row % every !== 0) return [];
    const y = top + row * rowHeight + Math.max(rowHeight / 2, 4) + 4;
    const spare = (row / every) % 2 === 1 ? 'spare' : null;
    return [label(left - 8, y, shortened(name), { 'text-anchor': 'end', class: spare })];
  });
}

/** Letters that fit beside a row. */
const MOST_LETTERS = 9;

/** A name that fits beside a row. */
function shortened(name: string): string {
  const letters = Array.from(name);
  return letters.length <= MOST_LETTERS ? name : `${letters.slice(0, MOST_LETTERS - 1).join('')}…`;
}
