/** What zod found → problems in our words, each at its place in the text. */
import type { z } from 'zod';
import { nearest } from '../base/index.js';
import type { ScenarioCode } from './codes.js';
import { type FaultParams, shownValue } from './schema/leaves.js';
import type { Problems } from './text/problems.js';
import { keyPlaceAt, type Path, pathText, placeAt, type Tree, treeAt } from './text/tree.js';

type Issue = z.core.$ZodIssue;

/** Where the issues of one parse stand. */
interface Subject {
  readonly tree: Tree;
  readonly problems: Problems;
  /** Keys that the table at a path may have. */
  readonly keysAt: (path: Path) => readonly string[];
  /** What the whole tree is called: `the scenario`. */
  readonly whole: string;
}

/** An issue with its whole path, once it is known which form of a value the author had in mind. */
export interface PlainIssue {
  readonly issue: Issue;
  readonly path: Path;
}

/**
 * The issues without unions: of the forms that a value may have, the author had the one in mind whose kind fits and
 * that understands most of it. A union stays where no kind fits.
 */
export function plainIssues(issues: readonly Issue[], prefix: Path = []): PlainIssue[] {
  return issues.flatMap((issue) => {
    const path = [...prefix, ...(issue.path as Path)];
    const form = issue.code === 'invalid_union' ? bestForm(issue.errors) : undefined;
    return form === undefined ? [{ issue, path }] : plainIssues(form, path);
  });
}

/** Reports every issue. A misspelled key is one problem: that the right one is missing besides is not told. */
export function reportIssues(issues: readonly Issue[], subject: Subject): void {
  const plain = plainIssues(issues);
  const strange = new Set(
    plain.filter(({ issue }) => issue.code === 'unrecognized_keys').map(({ path }) => path.join('\n')),
  );
  const meant = new Set(plain.flatMap(({ issue, path }) => meantKeys(issue, path, subject)));
  for (const { issue, path } of plain) {
    const isConsequence = issue.code === 'custom' && (issue.params as FaultParams | undefined)?.code === 'BS2013';
    if (isConsequence && strange.has(path.join('\n'))) continue;
    if (meant.has(path.join('\n')) && treeAt(subject.tree, path) === null) continue;
    report(issue, path, subject);
  }
}

/** Paths of the keys that the author most likely meant where unknown ones stand. */
function meantKeys(issue: Issue, path: Path, subject: Subject): string[] {
  if (issue.code !== 'unrecognized_keys') return [];
  const known = subject.keysAt(path);
  return issue.keys.flatMap((key) => {
    const near = nearest(key, known);
    return near === null ? [] : [[...path, near].join('\n')];
  });
}

function report(issue: Issue, path: Path, subject: Subject): void {
  switch (issue.code) {
    case 'unrecognized_keys':
      for (const key of issue.keys) reportUnknownKey(key, path, subject);
      return;
    case 'invalid_union':
      reportKind([...new Set(issue.errors.flatMap(expectedForms))].join(', or '), path, subject);
      return;
    case 'custom':
      reportCustom(issue.message, (issue.params ?? {}) as FaultParams, path, subject);
      return;
    case 'invalid_type':
      reportKind(KINDS[issue.expected] ?? issue.expected, path, subject);
      return;
    case 'invalid_key':
      reportUnknownKey(String(path[path.length - 1]), path.slice(0, -1), subject);
      return;
    case 'too_small':
      reportOther(issue.minimum === 1 ? 'it needs at least one item' : issue.message, path, subject);
      return;
    default:
      reportOther(issue.message, path, subject);
  }
}

function reportOther(message: string, path: Path, subject: Subject): void {
  subject.problems.error('BS2005', placeAt(subject.tree, path), `${whatAt(subject, path)}: ${message}`);
}

const KINDS: Readonly<Record<string, string>> = {
  object: 'a table',
  record: 'a table',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
};

function reportUnknownKey(key: string, path: Path, subject: Subject): void {
  const { tree, problems } = subject;
  const where = path.length === 0 ? '' : ` in ${pathText(tree, path)}`;
  const known = subject.keysAt(path);
  const near = nearest(key, known);
  const hint =
    near !== null
      ? `did you mean "${near}"?`
      : known.length > 0 && known.length <= 12
        ? `it may have ${known.join(', ')}`
        : null;
  problems.error('BS2003', keyPlaceAt(tree, path, key), `unknown key "${key}"${where}`, hint);
}

function reportCustom(message: string, params: FaultParams, path: Path, subject: Subject): void {
  if (params.shape !== undefined) {
    reportKind(params.shape, path, subject);
    return;
  }
  const code: ScenarioCode = params.code ?? 'BS2005';
  const place = placeAt(subject.tree, path);
  subject.problems.error(code, place, `${whatAt(subject, path)}: ${message}`, params.hint ?? null);
}

function reportKind(expected: string, path: Path, subject: Subject): void {
  const { tree, problems } = subject;
  const found = treeAt(tree, path);
  if (found === null || (found.kind === 'leaf' && found.value === null)) {
    const key = String(path[path.length - 1] ?? '');
    const parent = path.slice(0, -1);
    const where = parent.length === 0 ? subject.whole : pathText(tree, parent);
    problems.error('BS2006', placeAt(tree, path), `${where} has no ${key}`, `add ${key}: ${expected}`);
    return;
  }
  const shown = found.kind === 'leaf' ? shownValue(found.value) : `a ${found.kind}`;
  problems.error('BS2004', placeAt(tree, path), `${whatAt(subject, path)} must be ${expected}, and is ${shown}`);
}

function bestForm(forms: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const fitting = forms.filter((issues) => !issues.some(isMisfit));
  return [...fitting].sort((a, b) => strangeKeys(a) - strangeKeys(b))[0];
}

/** True for an issue that says: this value is of another kind altogether. */
function isMisfit(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_type') return true;
  if (issue.code === 'custom') return (issue.params as FaultParams | undefined)?.shape !== undefined;
  return issue.code === 'invalid_union' && issue.errors.every((branch) => branch.some(isMisfit));
}

function expectedForms(issues: readonly Issue[]): string[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'invalid_type') return [KINDS[issue.expected] ?? issue.expected];
    if (issue.code === 'custom') return [(issue.params as FaultParams | undefined)?.shape ?? issue.message];
    return issue.code === 'invalid_union' ? issue.errors.flatMap(expectedForms) : [];
  });
}

function strangeKeys(issues: readonly Issue[]): number {
  return plainIssues(issues).reduce((sum, { issue }) => {
    return sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : issue.code === 'invalid_key' ? 1 : 0);
  }, 0);
}

function whatAt({ tree, whole }: Subject, path: Path): string {
  return path.length === 0 ? whole : pathText(tree, path);
}
