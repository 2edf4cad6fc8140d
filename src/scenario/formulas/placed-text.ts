/**
 * A text inside a scenario, and where each piece of it stands in the file: what a formula gets wrong is shown on its
 * true line, with the block's indentation in place, and mended there.
 *
 * Found by laying the value beside the file, line by line. YAML drops the indentation of blocks and joins the lines of
 * folded (`>`), plain and quoted texts with blanks; whatever it does else (escapes, doubled quotes), or what `${…}` put
 * in, has no place in the file. Such a text is a source of its own, named by file and path.
 */
import { type Diagnostic, type Fix, fileSource, type Source, type Span } from '../../base/index.js';
import type { Leaf, Path, Place } from '../text/tree.js';

/** A stretch that reads alike in the value and in the file. */
interface Piece {
  /** Offset in the value. */
  readonly from: number;
  /** Offset in the file. */
  readonly at: number;
  readonly length: number;
}

/** A text with its way back to where it was written. */
export interface PlacedText {
  /** The text alone. Diagnostics that are made on it go through {@link placed}. */
  readonly source: Source;
  /** The same diagnostic where its author sees it. */
  readonly placed: (diagnostic: Diagnostic) => Diagnostic;
}

/** A text that is a whole file, or that has no place in one. */
export function wholeText(source: Source): PlacedText {
  return { source, placed: (diagnostic) => diagnostic };
}

/** The text of a scalar. `path` names it where the file does not show it as it is. */
export function placedText(leaf: Leaf, path: Path): PlacedText {
  const value = String(leaf.value ?? '');
  const { source: file, span } = leaf.place;
  const own = fileSource(`${file.name}#/${path.join('/')}`, value);
  const pieces = piecesOf(value, leaf.place);
  if (pieces === null) {
    return { source: own, placed: ({ fix: _, ...diagnostic }) => diagnostic };
  }
  const isQuoted = file.text[span.start] === '"';
  const placed = (diagnostic: Diagnostic): Diagnostic => {
    if (diagnostic.place?.source !== own) return diagnostic;
    const { fix, ...rest } = diagnostic;
    const moved = { ...rest, place: { source: file, span: inFile(pieces, diagnostic.place.span) } };
    return fix === undefined || (isQuoted && breaksQuotes(fix)) ? moved : { ...moved, fix: movedFix(fix, pieces) };
  };
  return { source: own, placed };
}

function movedFix({ title, edits }: Fix, pieces: readonly Piece[]): Fix {
  return { title, edits: edits.map(({ span, text }) => ({ span: inFile(pieces, span), text })) };
}

/** Inside of YAML's own double quotes such a change would end the text. */
function breaksQuotes({ edits }: Fix): boolean {
  return edits.some(({ text }) => /["\\]/.test(text));
}

function inFile(pieces: readonly Piece[], { start, end }: Span): Span {
  const from = offsetInFile(pieces, start);
  // The last character's place, and one more: an end may stand where the next line begins.
  return { start: from, end: end > start ? offsetInFile(pieces, end - 1) + 1 : from };
}

function offsetInFile(pieces: readonly Piece[], offset: number): number {
  let found = pieces[0] as Piece;
  for (const piece of pieces) if (piece.from <= offset) found = piece;
  return found.at + Math.max(0, Math.min(offset - found.from, found.length));
}

/** The value's lines in the file, or null where they cannot be found there. */
function piecesOf(value: string, { source: { text }, span }: Place): readonly Piece[] | null {
  const isBlock = text[span.start] === '|' || text[span.start] === '>';
  const lines = isBlock ? blockLines(text, span, value) : flowLines(text, span);
  const pieces: Piece[] = [];
  let from = 0;
  for (const { at, text: line } of lines) {
    if (line === '') continue;
    const start = lineStart(value, line, from);
    if (start === null) return null;
    pieces.push({ from: start, at, length: line.length });
    from = start + line.length;
  }
  return pieces.length > 0 && value.slice(from).trim() === '' ? pieces : null;
}

/** Where a line begins in the value: at once, or after the blanks and line breaks that YAML put between lines. */
function lineStart(value: string, line: string, from: number): number | null {
  for (let at = from; ; at++) {
    if (value.startsWith(line, at)) return at;
    if (value[at] !== ' ' && value[at] !== '\n') return null;
  }
}

interface Line {
  readonly at: number;
  readonly text: string;
}

function linesOf(text: string, start: number, end: number): readonly Line[] {
  const lines: Line[] = [];
  for (let at = start; at < end; ) {
    const next = text.indexOf('\n', at);
    const stop = next === -1 || next > end ? end : next;
    lines.push({ at, text: text.slice(at, stop).replace(/\r$/, '') });
    at = stop + 1;
  }
  return lines;
}

/** The lines under the indicator, without the block's indentation. */
function blockLines(text: string, span: Span, value: string): readonly Line[] {
  const head = text.indexOf('\n', span.start);
  if (head === -1) return [];
  const lines = linesOf(text, head + 1, span.end);
  const first = lines.find((line) => line.text.trim() !== '')?.text ?? '';
  const indent = Math.max(0, leadingBlanks(first) - leadingBlanks(value.replace(/^\n+/, '')));
  return lines.map(({ at, text: line }) => {
    const cut = Math.min(indent, leadingBlanks(line));
    return { at: at + cut, text: line.slice(cut) };
  });
}

/** The lines of a plain or quoted text, without quotes and the blanks around them. */
function flowLines(text: string, span: Span): readonly Line[] {
  const isQuoted = text[span.start] === '"' || text[span.start] === "'";
  const edge = isQuoted ? 1 : 0;
  return linesOf(text, span.start + edge, span.end - edge).map(({ at, text: line }) => {
    const cut = leadingBlanks(line);
    return { at: at + cut, text: line.slice(cut).trimEnd() };
  });
}

function leadingBlanks(line: string): number {
  return line.length - line.trimStart().length;
}
