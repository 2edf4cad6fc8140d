/**
 * Problems in what the user wrote. A diagnostic says what was found, what was expected and what to do; its code is
 * stable and explained by `batchsim explain CODE`, its wording may improve.
 */
import { lineAt, positionAt, type Source, type Span } from './source.js';
import type { Fix } from './text-edit.js';

/** `error` stops the run; `warning` does not (unless `--strict`); `note` only tells. */
export type Severity = 'error' | 'warning' | 'note';

/** One problem, at one place. */
export interface Diagnostic {
  /** `BS` and four digits. */
  readonly code: string;
  readonly severity: Severity;
  /** What was found and what was expected, in one sentence without a full stop. */
  readonly message: string;
  /** Where it stands; null for a problem of the whole run (a flag, a missing file). */
  readonly place: { readonly source: Source; readonly span: Span } | null;
  /** What to do about it. */
  readonly hint: string | null;
  /** The change that mends it, where that is mechanical; its offsets count in the source of the place. */
  readonly fix?: Fix;
}

/** `file:line:column`, or null for a diagnostic without a place. */
export function placeText(diagnostic: Diagnostic): string | null {
  if (diagnostic.place === null) return null;
  const { line, column } = positionAt(diagnostic.place.source, diagnostic.place.span.start);
  return `${diagnostic.place.source.name}:${line}:${column}`;
}

/** The whole diagnostic as text: place, code and message, the line with a caret under the span, the hint. */
export function renderDiagnostic(diagnostic: Diagnostic): string {
  const place = placeText(diagnostic);
  const head = `${place === null ? '' : `${place}: `}${diagnostic.severity} ${diagnostic.code}: ${diagnostic.message}`;
  const lines = [printable(head)];
  if (diagnostic.place !== null) lines.push(...excerpt(diagnostic.place.source, diagnostic.place.span));
  if (diagnostic.hint !== null) {
    const indent = diagnostic.place === null ? '  ' : `${' '.repeat(gutterWidth(diagnostic))} `;
    lines.push(`${indent}= hint: ${printable(diagnostic.hint)}`);
  }
  return lines.join('\n');
}

/** Longest piece of a source line shown in an excerpt, in UTF-16 units. */
const EXCERPT_WIDTH = 160;

function gutterWidth(diagnostic: Diagnostic): number {
  if (diagnostic.place === null) return 0;
  return String(positionAt(diagnostic.place.source, diagnostic.place.span.start).line).length;
}

function excerpt(source: Source, span: Span): string[] {
  const line = lineAt(source, span.start);
  const number = String(positionAt(source, span.start).line);
  const blank = ' '.repeat(number.length);
  const offset = Math.max(0, Math.min(span.start - line.start, line.text.length));
  const width = Math.max(1, Math.min(span.end, line.start + line.text.length) - (line.start + offset));
  // A very long line (a minified file) is shown around the place only.
  const from = offset > EXCERPT_WIDTH - 40 ? offset - 40 : 0;
  const shown = printable(line.text.slice(from, from + EXCERPT_WIDTH));
  const caretAt = offset - from;
  const carets = '^'.repeat(Math.max(1, Math.min(width, EXCERPT_WIDTH - caretAt)));
  return [`${blank} |`, `${number} | ${shown}`, `${blank} | ${' '.repeat(caretAt)}${carets}`];
}

/** Control characters of a hostile file must not reach the terminal; each is replaced by one visible character. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, (c) => (c === '\t' ? ' ' : '\ufffd'));
}
