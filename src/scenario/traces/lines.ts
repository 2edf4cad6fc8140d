/** Text that arrives in chunks, taken line by line: memory holds one chunk and one line, however long the file. */

/** No row of a trace is longer than this, in UTF-16 units; a longer one is not a text with lines. */
export const MAX_LINE_LENGTH = 4 * 1024 * 1024;

/** How reading ended: at the end of the text, where the reader had enough, or at a line that is too long. */
export type LinesEnd =
  | { readonly end: 'text' }
  | { readonly end: 'stopped' }
  | { readonly end: 'tooLong'; readonly line: number };

/**
 * Calls `take` with each line, without its end (LF or CRLF) and counted from 1, until it returns false. A byte-order
 * mark at the start is left out; text after the last line end is a line unless it is empty.
 */
export function forEachLine(chunks: Iterable<string>, take: (line: string, number: number) => boolean): LinesEnd {
  let rest = '';
  let number = 0;
  let first = true;
  for (const arrived of chunks) {
    const chunk = first && arrived.startsWith('\ufeff') ? arrived.slice(1) : arrived;
    if (arrived.length > 0) first = false;
    let from = 0;
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', from)) {
      const piece = chunk.slice(from, end);
      from = end + 1;
      number += 1;
      const line = rest === '' ? piece : rest + piece;
      rest = '';
      if (line.length > MAX_LINE_LENGTH) return { end: 'tooLong', line: number };
      if (!take(line.endsWith('\r') ? line.slice(0, -1) : line, number)) return { end: 'stopped' };
    }
    if (from < chunk.length) rest += chunk.slice(from);
    if (rest.length > MAX_LINE_LENGTH) return { end: 'tooLong', line: number + 1 };
  }
  if (rest !== '') {
    const line = rest.endsWith('\r') ? rest.slice(0, -1) : rest;
    if (!take(line, number + 1)) return { end: 'stopped' };
  }
  return { end: 'text' };
}

/**
 * The same text with storage of its own. Engines keep a piece of a longer text as a window on it, so one id kept from
 * a chunk would keep the whole chunk; short pieces are copied anyway.
 */
export function detach(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}
