/**
 * Mechanical fixes of what the parser and the checker report: where the text leaves no doubt what was meant. What
 * takes a decision has no fix, only its hint.
 */
import type { Diagnostic, Fix, Span } from '../base/index.js';
import { BUILTINS } from './builtins.js';
import type { FormulaCode } from './codes.js';
import { INTERVAL_CONSTANTS, TIMESTAMP_MEMBERS } from './instants.js';
import { renaming } from './lints/names.js';
import type { Subject } from './lints/subject.js';
import { METHODS } from './methods.js';
import { DEALLOCATION_OPTIONS } from './values.js';
import { SERVICE_VARIABLES } from './variables.js';

/** The same diagnostics, with their fixes where they have one. */
export function withFixes(diagnostics: readonly Diagnostic[], subject: Subject): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) => {
    if (diagnostic.place === null) return diagnostic;
    const fix = FIXES[diagnostic.code as FormulaCode]?.(diagnostic.place.span, subject) ?? null;
    return fix === null ? diagnostic : { ...diagnostic, fix };
  });
}

const FIXES: Readonly<Partial<Record<FormulaCode, (span: Span, subject: Subject) => Fix | null>>> = {
  BS3004: plainCharacter,
  BS3005: doubleQuotes,
  BS3008: (span) => ({ title: 'put a semicolon', edits: [{ span, text: ';' }] }),
  BS3010: knownName,
  BS3011: (span, subject) => inKnownCase(span, subject, [...BUILTINS.keys()]),
  BS3012: (span, subject) => inKnownCase(span, subject, [...METHODS.keys(), ...TIMESTAMP_MEMBERS.keys()]),
  BS3017: bareOption,
};

/** What word processors and web pages put in the place of plain characters. */
const PLAIN: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '\u00a0': ' ',
  '\ufeff': '',
  '\u2013': '-',
  '\u2212': '-',
  '\u00d7': '*',
  '\u2264': '<=',
  '\u2265': '>=',
};

function plainCharacter(span: Span, subject: Subject): Fix | null {
  const found = textAt(span, subject);
  const plain = PLAIN[found[0] ?? ''];
  if (plain === undefined) return null;
  // Quotes come in pairs: the lexer stops at the first, which alone would open a text that never ends.
  const { text } = subject.source;
  const close = found === '“' ? text.indexOf('”', span.end) : -1;
  const pair = close === -1 ? [] : [{ span: { start: close, end: close + 1 }, text: '"' }];
  const title = plain === '' ? 'take it out' : plain === ' ' ? 'write a blank' : `write ${plain}`;
  return { title, edits: [{ span, text: plain.repeat(found.length) }, ...pair] };
}

function doubleQuotes(span: Span, subject: Subject): Fix | null {
  const quoted = /^'([^'"\\]*)'$/.exec(textAt(span, subject));
  return quoted === null ? null : { title: 'write double quotes', edits: [{ span, text: `"${quoted[1]}"` }] };
}

/** A name that is known but for its case, wherever it stands. */
function knownName(span: Span, subject: Subject): Fix | null {
  const name = textAt(span, subject);
  const assigned = subject.program.statements.flatMap((one) => (one.kind === 'assign' ? [one.name] : []));
  const known = [...assigned, ...SERVICE_VARIABLES.keys(), ...DEALLOCATION_OPTIONS, ...INTERVAL_CONSTANTS.keys()];
  const meant = onlyMatch(name, known);
  return meant === null ? null : renaming(subject, name, meant);
}

function inKnownCase(span: Span, subject: Subject, known: readonly string[]): Fix | null {
  const name = textAt(span, subject);
  const meant = onlyMatch(name, known);
  return meant === null ? null : { title: `write ${meant} for ${name}`, edits: [{ span, text: meant }] };
}

/** An option word in quotes: `"requeue"`. */
function bareOption(span: Span, subject: Subject): Fix | null {
  const quoted = /^"(\w+)"$/.exec(textAt(span, subject));
  const word = DEALLOCATION_OPTIONS.find((option) => option === quoted?.[1]);
  return word === undefined ? null : { title: `write ${word} without quotes`, edits: [{ span, text: word }] };
}

/** The one known word that is the same but for its case. */
function onlyMatch(word: string, known: readonly string[]): string | null {
  const lower = word.toLowerCase();
  const matches = new Set(known.filter((one) => one !== word && one.toLowerCase() === lower));
  const [match] = matches;
  return matches.size === 1 && match !== undefined ? match : null;
}

function textAt({ start, end }: Span, subject: Subject): string {
  return subject.source.text.slice(start, end);
}
