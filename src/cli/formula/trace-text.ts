/** The trace of an evaluation as indented lines: outer expressions first, what they are made of below them. Pure. */
import { type ChoiceTrace, type ExpressionTrace, FIXED_NAMES, type StatementTrace } from '../../autoscale/index.js';
import { samplesText, shownValue } from './value-text.js';

/** One line before it is lined up with the others. */
interface Line {
  readonly text: string;
  readonly value: string;
  readonly note: string;
}

/** Longer expressions and values than these push the rest of their line to the right. */
const WIDEST_TEXT = 64;
const WIDEST_VALUE = 16;

/** The lines of statements, numbered. */
export function traceText(statements: readonly StatementTrace[]): string {
  return aligned(statements.flatMap((statement, index) => statementLines(statement, `${index + 1}`)));
}

/** The lines of one expression and its parts. */
export function expressionText(root: ExpressionTrace): string {
  return aligned(expressionLines(root, 0));
}

function statementLines(statement: StatementTrace, number: string): readonly Line[] {
  const { text, outcome, root } = statement;
  const margin = number.padStart(3);
  const head = { ...lineOf(root, 0), text: `${margin}  ${text}` };
  if (outcome === 'notReached') return [{ ...head, value: '', note: 'not reached' }];
  if (outcome === 'stopped')
    return [{ ...head, value: '', note: 'stop(): what was assigned stands' }, ...partLines(root, 3)];
  const blamed = outcome === 'failed' && root.outcome === 'value' ? joined(head.note, 'failed') : head.note;
  return [{ ...head, note: blamed }, ...partLines(root, 3)];
}

function partLines(root: ExpressionTrace, depth: number): readonly Line[] {
  return root.parts.flatMap((part) => expressionLines(part, depth));
}

/** Without recursion: a chain of thousands of terms is as deep as it is long. */
function expressionLines(root: ExpressionTrace, depth: number): readonly Line[] {
  const lines: Line[] = [];
  const left: { readonly trace: ExpressionTrace; readonly depth: number }[] = [{ trace: root, depth }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { trace, depth: at } = next;
    if (saysNothing(trace)) continue;
    lines.push(lineOf(trace, at));
    if (trace.outcome === 'skipped') continue;
    for (const part of [...trace.parts].reverse()) left.push({ trace: part, depth: at + 1 });
  }
  return lines;
}

/** What is written is what it is: numbers, texts, constants. */
function saysNothing({ kind, text }: ExpressionTrace): boolean {
  return kind === 'number' || kind === 'string' || (kind === 'name' && FIXED_NAMES.has(text));
}

function lineOf(trace: ExpressionTrace, depth: number): Line {
  const { text, outcome, value, samples, choice } = trace;
  const notes = [samples === null ? '' : samplesText(samples), choice === null ? '' : choiceText(choice)];
  const state = outcome === 'skipped' ? 'not evaluated' : outcome === 'failed' ? 'failed' : '';
  return {
    text: `${'  '.repeat(Math.min(depth, 20))}${text}`,
    value: value === null ? '' : `= ${shownValue(value)}`,
    note: joined(state, ...notes),
  };
}

function choiceText(choice: ChoiceTrace): string {
  const truth = choice.value === 0 ? 'false' : 'true';
  const because = `${choice.because} is ${choice.value} (${truth})`;
  if (choice.kind === 'decided') return `${because}, which decides ${choice.operator}`;
  return `${because}: the part ${choice.taken === 'true' ? 'before' : 'after'} the colon`;
}

function joined(...notes: readonly string[]): string {
  return notes.filter((note) => note !== '').join('; ');
}

function aligned(lines: readonly Line[]): string {
  const textWidth = widthOf(
    lines.map(({ text }) => text),
    WIDEST_TEXT,
  );
  const valueWidth = widthOf(
    lines.map(({ value }) => value),
    WIDEST_VALUE,
  );
  return lines
    .map(({ text, value, note }) =>
      `${text.padEnd(textWidth)}  ${value === '' ? '' : `${value.padEnd(valueWidth)}  `}${note}`.trimEnd(),
    )
    .join('\n');
}

function widthOf(texts: readonly string[], most: number): number {
  return Math.max(0, ...texts.map((text) => text.length).filter((length) => length <= most));
}
