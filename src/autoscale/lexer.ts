/**
 * Text → tokens (formula 1). Every character belongs to a token, a blank or a comment; one that belongs to none is
 * reported and leaves a token `bad` behind, at which the parser gives up its statement without a second report.
 */
import type { Span } from '../base/index.js';
import { Complaint } from './complaints.js';

/** Signs of more than one character come first, so that `<=` is not read as `<`. */
const SIGNS = [
  ...['==', '!=', '<=', '>=', '&&', '||'],
  ...['=', '<', '>', '!', '+', '-', '*', '/', '?', ':', '(', ')', ',', ';', '.'],
] as const;

/** An operator or a separator. */
export type Sign = (typeof SIGNS)[number];

/** What a token is; a sign is its own kind. */
export type TokenKind = Sign | 'name' | 'number' | 'string' | 'bad' | 'end';

/** A piece of the text. */
export interface Token extends Span {
  readonly kind: TokenKind;
  /** Whether a line break stands between it and the token before. */
  readonly startsLine: boolean;
}

/** Tells a problem and its place. */
export type Report = (complaint: Complaint, span: Span) => void;

/** All tokens of a text; the last is `end`. */
export function tokensOf(text: string, report: Report): readonly Token[] {
  const tokens: Token[] = [];
  let startsLine = true;
  let at = 0;
  while (at < text.length) {
    const blank = blankEnd(text, at, report);
    if (blank > at) {
      startsLine ||= hasLineBreak(text, at, blank);
      at = blank;
      continue;
    }
    const { kind, end } = tokenAt(text, at, report);
    tokens.push({ kind, start: at, end, startsLine });
    startsLine = false;
    at = end;
  }
  tokens.push({ kind: 'end', start: text.length, end: text.length, startsLine });
  return tokens;
}

/** The end of a run of blanks, or of a comment, that starts here; `at` itself where none does. */
function blankEnd(text: string, at: number, report: Report): number {
  if (text.startsWith('//', at)) return matchEnd(REST_OF_LINE, text, at);
  if (!text.startsWith('/*', at)) return matchEnd(BLANKS, text, at);
  const close = text.indexOf('*/', at + 2);
  const end = close === -1 ? text.length : close + 2;
  const what = new Complaint('BS3006', 'the language has no block comments', 'begin each line of the comment with //');
  report(what, { start: at, end: at + 2 });
  return end;
}

function hasLineBreak(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (text[i] === '\n' || text[i] === '\r') return true;
  return false;
}

const BLANKS = /[ \t\r\n]*/y;
const REST_OF_LINE = /[^\r\n]*/y;
const NAME = /\$?[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;
const STRING = /"[^"\r\n]*("?)/y;
const SINGLE_QUOTED = /'[^'\r\n]*'?/y;

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function tokenAt(text: string, at: number, report: Report): { readonly kind: TokenKind; readonly end: number } {
  const name = matchEnd(NAME, text, at);
  if (name > at) return { kind: 'name', end: name };
  const number = matchEnd(NUMBER, text, at);
  if (number > at) return { kind: 'number', end: number };
  if (text[at] === '"') return stringAt(text, at, report);
  for (const sign of SIGNS) if (text.startsWith(sign, at)) return { kind: sign, end: at + sign.length };
  return badAt(text, at, report);
}

function stringAt(text: string, at: number, report: Report): { readonly kind: TokenKind; readonly end: number } {
  const end = matchEnd(STRING, text, at);
  const content = text.slice(at, end);
  if (end === at + 1 || !content.endsWith('"')) {
    report(new Complaint('BS3005', 'the text has no end on its line', 'close it with "'), { start: at, end });
    return { kind: 'bad', end };
  }
  const backslash = content.indexOf('\\');
  if (backslash === -1) return { kind: 'string', end };
  const place = { start: at + backslash, end: at + backslash + 1 };
  report(new Complaint('BS3005', 'a text has no escapes with \\', 'take the backslash out'), place);
  return { kind: 'bad', end };
}

/** What to write instead of a character that is none of the language's. */
const INSTEAD: Readonly<Record<string, string>> = {
  '[': 'there are no vector literals: functions take lists, such as max(1, 2)',
  '%': 'there is no remainder: x - floor(x / n) * n',
  '&': 'both conditions: &&',
  '|': 'one of two conditions: ||',
  '{': 'there are no blocks: write condition ? one : other',
  '^': 'there are no powers: write x * x',
  '#': 'a comment begins with //',
  '“': 'write a straight quote: "',
  '”': 'write a straight quote: "',
  '\u00a0': 'this is a no-break space: replace it by a blank',
  $: 'a name follows the $ directly, and begins with a letter or _',
};

/** One character outside of the language, with the same ones that follow it. */
function badAt(text: string, at: number, report: Report): { readonly kind: TokenKind; readonly end: number } {
  if (text[at] === "'") {
    const end = matchEnd(SINGLE_QUOTED, text, at);
    report(new Complaint('BS3005', 'texts stand in double quotes', 'write "…"'), { start: at, end });
    return { kind: 'bad', end };
  }
  const character = String.fromCodePoint(text.codePointAt(at) as number);
  let end = at + character.length;
  while (text.startsWith(character, end)) end += character.length;
  const hint =
    INSTEAD[character] ?? (LETTER.test(character) ? 'names have the letters A to Z, digits and _' : 'take it out');
  report(new Complaint('BS3004', `${visible(character)} is not part of the language`, hint), { start: at, end });
  return { kind: 'bad', end };
}

const LETTER = /\p{L}/u;

/** The character itself, or its number where a terminal would show nothing. */
function visible(character: string): string {
  if (/[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(character)) return character;
  return `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
}
