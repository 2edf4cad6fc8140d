/**
 * Where a text stops being JSON. `JSON.parse` tells that in words that differ between versions of Node and often leave
 * the place out; this finds the place, without building values and without recursion.
 */

const WORD = /true|false|null/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside strings
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const BLANK = /[ \t\r\n]*/y;

/** The offset of the first character that cannot stand where it does (the length if the end comes too soon), or null. */
export function jsonErrorOffset(text: string): number | null {
  const open: ('[' | '{')[] = [];
  let at = skip(text, 0, BLANK);
  for (;;) {
    // A value is due.
    const start = text[at];
    if (start === '{' || start === '[') {
      const inner = skip(text, at + 1, BLANK);
      const close = start === '{' ? '}' : ']';
      if (text[inner] !== close) {
        open.push(start);
        if (start === '[') {
          at = inner;
          continue;
        }
        const afterKey = skipKey(text, inner);
        if (afterKey.error) return afterKey.at;
        at = afterKey.at;
        continue;
      }
      at = inner + 1;
    } else {
      const end = skipScalar(text, at);
      if (end === at) return at;
      at = end;
    }
    // A value has ended: close what it ends, or go on to the next.
    for (;;) {
      at = skip(text, at, BLANK);
      const container = open[open.length - 1];
      if (container === undefined) return at === text.length ? null : at;
      if (text[at] === (container === '{' ? '}' : ']')) {
        open.pop();
        at += 1;
        continue;
      }
      if (text[at] !== ',') return at;
      at = skip(text, at + 1, BLANK);
      if (container === '{') {
        const afterKey = skipKey(text, at);
        if (afterKey.error) return afterKey.at;
        at = afterKey.at;
      }
      break;
    }
  }
}

function skip(text: string, at: number, what: RegExp): number {
  what.lastIndex = at;
  return what.test(text) ? what.lastIndex : at;
}

function skipScalar(text: string, at: number): number {
  const start = text[at];
  if (start === '"') return skip(text, at, STRING);
  return skip(text, at, start !== undefined && start >= 'a' ? WORD : NUMBER);
}

function skipKey(text: string, at: number): { readonly at: number; readonly error: boolean } {
  const end = text[at] === '"' ? skip(text, at, STRING) : at;
  if (end === at) return { at, error: true };
  const colon = skip(text, end, BLANK);
  if (text[colon] !== ':') return { at: colon, error: true };
  return { at: skip(text, colon + 1, BLANK), error: false };
}
