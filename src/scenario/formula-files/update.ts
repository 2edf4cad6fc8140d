/**
 * Writes what came out of a formula's cases into their `expect`. Values are changed where they stand, so that comments and
 * layout stay; only where the form changes (success and failure) is an `expect` written anew.
 */
import { type Evaluation, type EvaluationSuccess, isVector, type Value, valueText } from '../../autoscale/index.js';
import { entryOf, type Path, type Tree, treeAt } from '../text/tree.js';
import type { FormulaCase, FormulaTest } from './read-test.js';

/** A case and what came out of it. */
export interface CaseOutcome {
  readonly case: FormulaCase;
  readonly evaluation: Evaluation;
}

/** One replacement in the file's text; `start` and `end` are offsets. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text of the test file with the outcomes in place of what was expected. */
export function updatedText({ source, tree }: FormulaTest, outcomes: readonly CaseOutcome[]): string {
  const edits = outcomes.flatMap((outcome) => editsOf(source.text, tree, outcome));
  let { text } = source;
  for (const { start, end, text: by } of [...edits].sort((a, b) => b.start - a.start)) {
    text = text.slice(0, start) + by + text.slice(end);
  }
  return text;
}

function editsOf(text: string, tree: Tree, { case: { path }, evaluation }: CaseOutcome): readonly Edit[] {
  const expect = treeAt(tree, [...path, 'expect']);
  if (expect?.kind !== 'table') return [insertion(text, treeAt(tree, path) as Tree, evaluation)];
  const error = entryOf(expect, 'error');
  const expectsError = error !== null && !(error.kind === 'leaf' && error.value === null);
  const values = evaluation.ok && !expectsError ? valueEdits(expect, evaluation) : null;
  return values ?? [{ ...wholeOf(text, expect), text: expectText(evaluation) }];
}

/** The values that stand under `expect`, each replaced; null where one cannot be. */
function valueEdits(expect: Tree, evaluation: EvaluationSuccess): readonly Edit[] | null {
  const outputs: readonly (readonly [Path, string])[] = [
    [['TargetDedicatedNodes'], String(evaluation.targetDedicatedNodes)],
    [['TargetLowPriorityNodes'], String(evaluation.targetLowPriorityNodes)],
    [['NodeDeallocationOption'], evaluation.nodeDeallocationOption],
    [['results'], JSON.stringify(evaluation.results)],
  ];
  const edits: Edit[] = [];
  const variables = treeAt(expect, ['variables']);
  const names = variables?.kind === 'table' ? [...variables.entries.keys()] : [];
  for (const name of names) {
    const value = evaluation.variables.get(name);
    if (value === undefined) return null;
    edits.push(...replaced(expect, ['variables', name], yamlText(value)));
  }
  return [...edits, ...outputs.flatMap(([path, text]) => replaced(expect, path, text))];
}

/** A value that is one anyway is left as it was written. */
function replaced(expect: Tree, path: Path, text: string): readonly Edit[] {
  const found = treeAt(expect, path);
  if (found === null || (found.kind === 'leaf' && String(found.value) === text)) return [];
  return [{ ...found.place.span, text }];
}

function yamlText(value: Value): string {
  if (typeof value === 'number') return String(value);
  return isVector(value) ? `[${value.join(', ')}]` : JSON.stringify(valueText(value));
}

function expectText(evaluation: Evaluation): string {
  if (!evaluation.ok) return `{ error: ${evaluation.error.kind} }`;
  const { targetDedicatedNodes, targetLowPriorityNodes } = evaluation;
  return `{ TargetDedicatedNodes: ${targetDedicatedNodes}, TargetLowPriorityNodes: ${targetLowPriorityNodes} }`;
}

/** A new `expect` at the end of a case that has none. */
function insertion(text: string, given: Tree, evaluation: Evaluation): Edit {
  const { start, end } = wholeOf(text, given);
  const entry = `expect: ${expectText(evaluation)}`;
  if (text[start] === '{') {
    const last = text.slice(0, end - 1).trimEnd().length;
    return { start: last, end: last, text: `, ${entry}` };
  }
  const lineEnd = text.indexOf('\n', end - 1);
  const at = lineEnd === -1 ? text.length : lineEnd;
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  return { start: at, end: at, text: `\n${indent}${entry}` };
}

/** Where a value begins and ends; tables and lists in blocks end with their last value. */
function wholeOf(text: string, tree: Tree): { readonly start: number; readonly end: number } {
  const { start, end } = tree.place.span;
  if (tree.kind === 'leaf' || text[start] === '{' || text[start] === '[') return { start, end };
  const inner = tree.kind === 'list' ? tree.items : [...tree.entries.values()].map(({ value }) => value);
  return { start, end: Math.max(start, ...inner.map((part) => wholeOf(text, part).end)) };
}
