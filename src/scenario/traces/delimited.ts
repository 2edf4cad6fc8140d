/**
 * Comma-separated records (RFC 4180) from chunks of text. csv-parse, which the project uses for small tables, streams
 * only through Node's stream module, which this room may not import, and its synchronous form needs the whole text at
 * once; a trace of a million rows is read here instead, record by record. Commas, semicolons and tabs are told apart
 * by the header.
 */
import { forEachLine, type LinesEnd } from './lines.js';

/** A quoted field may run over this many lines; past that its opening quote is taken for a slip in its own line. */
const MAX_LINES_OF_RECORD = 100;

/** Takes a record and the line on which it starts; null is a record whose quotes do not close. False ends reading. */
export type TakeRecord = (cells: readonly string[] | null, line: number, text: string) => boolean;

/** Calls `take` with each record that is not blank, the header first. */
export function forEachRecord(chunks: Iterable<string>, take: TakeRecord): LinesEnd {
  let delimiter: string | null = null;
  let open: string[] = [];
  let openLine = 0;

  const give = (text: string, line: number): boolean => {
    if (text.trim() === '') return true;
    delimiter ??= delimiterOf(text);
    return take(text.includes('"') ? splitQuoted(text, delimiter) : text.split(delimiter), line, text);
  };
  /** The first of the open lines is no record; the others hold no quote and are records of their own. */
  const giveUp = (): boolean => {
    const [slip, ...others] = open;
    open = [];
    if (!take(null, openLine, slip as string)) return false;
    return others.every((text, index) => give(text, openLine + 1 + index));
  };

  const end = forEachLine(chunks, (text, line) => {
    if (open.length === 0 && hasEvenQuotes(text)) return give(text, line);
    if (open.length === 0) openLine = line;
    open.push(text);
    if (open.length > 1 && !hasEvenQuotes(text)) {
      const whole = open.join('\n');
      open = [];
      return give(whole, openLine);
    }
    return open.length < MAX_LINES_OF_RECORD || giveUp();
  });
  if (end.end === 'text' && open.length > 0 && !giveUp()) return { end: 'stopped' };
  return end;
}

function hasEvenQuotes(text: string): boolean {
  let even = true;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) even = !even;
  return even;
}

function delimiterOf(header: string): string {
  if (header.includes(',')) return ',';
  if (header.includes('\t')) return '\t';
  return header.includes(';') ? ';' : ',';
}

/** Splits a record with an even number of quotes; null where text stands between a closing quote and a delimiter. */
function splitQuoted(text: string, delimiter: string): string[] | null {
  const cells: string[] = [];
  for (let at = 0; ; ) {
    if (text[at] !== '"') {
      const end = text.indexOf(delimiter, at);
      cells.push(end === -1 ? text.slice(at) : text.slice(at, end));
      if (end === -1) return cells;
      at = end + 1;
      continue;
    }
    let cell = '';
    for (at += 1; ; ) {
      const quote = text.indexOf('"', at);
      if (quote === -1) return null;
      cell += text.slice(at, quote);
      at = quote + 1;
      if (text[at] !== '"') break;
      cell += '"';
      at += 1;
    }
    cells.push(cell);
    if (at >= text.length) return cells;
    if (text[at] !== delimiter) return null;
    at += 1;
  }
}
