/** Changes of a text: what `--fix` does, and what editors offer. */
import type { Span } from './source.js';

/** Puts `text` in the place of a span; an empty span inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** A change that mends a problem without a decision that only the author can take. */
export interface Fix {
  /** What it does, as a clause: `write $PendingTasks`. */
  readonly title: string;
  /** Offsets count in the source of the problem's place. The edits belong together: all of them or none. */
  readonly edits: readonly TextEdit[];
}

/**
 * The text with the fixes in place, and which of them: one that changes what an earlier one changed is left for
 * another time.
 */
export function applyFixes(
  text: string,
  fixes: readonly Fix[],
): { readonly text: string; readonly done: readonly Fix[] } {
  const taken: TextEdit[] = [];
  const done: Fix[] = [];
  for (const fix of fixes) {
    if (fix.edits.some((edit) => taken.some((other) => clash(edit.span, other.span)))) continue;
    taken.push(...fix.edits);
    done.push(fix);
  }
  return { text: applyEdits(text, taken), done };
}

/** The text with all edits in place; they must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { span, text: put } of [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    pieces.push(text.slice(at, span.start), put);
    at = span.end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

/** Whether two spans share a character, or one lies within the other, or both insert at one place. */
function clash(a: Span, b: Span): boolean {
  return (a.start < b.end && b.start < a.end) || (a.start === b.start && a.end === b.end);
}
