/** Making this room's diagnostics from its table of codes. */
import { type Diagnostic, fileSource } from '../../base/index.js';
import { TRACE_CODES } from './codes.js';

/** An error with its code. */
export function problem(
  key: keyof typeof TRACE_CODES,
  message: string,
  place: Diagnostic['place'],
  hint: string | null,
): Diagnostic {
  return { code: TRACE_CODES[key].code, severity: 'error', message, place, hint };
}

/** The same as a warning. */
export function warning(
  key: keyof typeof TRACE_CODES,
  message: string,
  place: Diagnostic['place'],
  hint: string | null,
): Diagnostic {
  return { ...problem(key, message, place, hint), severity: 'warning' };
}

/** A whole line of a file as a place; the rest of the file need not be kept for it. */
export function linePlace(name: string, text: string, line: number): Diagnostic['place'] {
  return { source: { ...fileSource(name, text), firstLine: line }, span: { start: 0, end: text.length } };
}

/** A text cut to what fits a message. */
export function shorten(text: string, length = 120): string {
  return text.length <= length ? text : `${text.slice(0, length - 3)}...`;
}
