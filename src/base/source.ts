/**
 * A text that a person wrote, and places in it. A `Source` may be part of a file: a formula in a YAML block scalar
 * keeps the file's name and the line and column at which it starts, so that problems are reported where the eye is.
 */
export interface Source {
  /** The file as the user named it, or a pointer such as `night.yaml#/pools/0/autoScaleFormula`. */
  readonly name: string;
  readonly text: string;
  /** Line of the file on which `text` starts; 1 for a whole file. */
  readonly firstLine: number;
  /** Column at which the first line of `text` starts; 1 for a whole file. */
  readonly firstColumn: number;
}

/** Half-open range of UTF-16 offsets in a source's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place for people: both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A whole file as a source. */
export function fileSource(name: string, text: string): Source {
  return { name, text, firstLine: 1, firstColumn: 1 };
}

/** Where an offset of the source's text lies. Offsets outside the text are moved to its nearest end. */
export function positionAt(source: Source, offset: number): Position {
  const at = Math.max(0, Math.min(offset, source.text.length));
  let line = 0;
  let lineStart = 0;
  for (let next = source.text.indexOf('\n'); next !== -1 && next < at; next = source.text.indexOf('\n', lineStart)) {
    line += 1;
    lineStart = next + 1;
  }
  const column = at - lineStart;
  return {
    line: source.firstLine + line,
    column: (line === 0 ? source.firstColumn : 1) + column,
  };
}

/** The line of the source's text that holds `offset`, without its end, and the offset at which it starts. */
export function lineAt(source: Source, offset: number): { readonly text: string; readonly start: number } {
  const at = Math.max(0, Math.min(offset, source.text.length));
  const start = source.text.lastIndexOf('\n', at - 1) + 1;
  const next = source.text.indexOf('\n', start);
  const text = source.text.slice(start, next === -1 ? undefined : next);
  return { text: text.endsWith('\r') ? text.slice(0, -1) : text, start };
}
