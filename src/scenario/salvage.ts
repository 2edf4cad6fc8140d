/**
 * After problems of form the rest of a scenario is still looked at, so that one run tells all: what the schema refused
 * is cut out of the tree until the remainder fits, and the remainder is built for the sake of its problems.
 */
import type { z } from 'zod';
import { formulaCodeStory } from '../autoscale/index.js';
import type { Diagnostic } from '../base/index.js';
import type { ScenarioCode } from './codes.js';
import { type PlainIssue, plainIssues } from './issues.js';
import { type GivenScenario, root } from './schema/root.js';
import type { Problems } from './text/problems.js';
import { type Entry, type Path, plainOf, type Table, type Tree, treeAt } from './text/tree.js';

/** Rounds of cutting; each takes at least one value away, and what is left after so many is past help. */
const MOST_ROUNDS = 10;

/** Problems that stand on their own. Others (a missing target, say) may come from what was cut. */
const INDEPENDENT: ReadonlySet<ScenarioCode> = new Set<ScenarioCode>([
  'BS2001',
  'BS2005',
  'BS2101',
  'BS2102',
  'BS2105',
  'BS2106',
  'BS2107',
  'BS2109',
  'BS2110',
  'BS2112',
  'BS2113',
  'BS2114',
  'BS2115',
  'BS2116',
  'BS2117',
  'BS2122',
  'BS2123',
  'BS2126',
]);

/** A tree that fits the schema, and its data. */
export interface Remainder {
  readonly tree: Table;
  readonly given: GivenScenario;
}

/** What is left of a tree without all that the issues are about; null when nothing useful is. */
export function salvage(tree: Table, issues: readonly z.core.$ZodIssue[]): Remainder | null {
  let rest = tree;
  let found = issues;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const cuts = plainIssues(found).flatMap((one) => cutsOf(rest, one));
    if (cuts.some((cut) => cut.length === 0)) return null;
    rest = without(rest, [], new Set(cuts.map(keyOfPath))) as Table;
    const shape = root.safeParse(plainOf(rest));
    if (shape.success) return { tree: rest, given: shape.data };
    found = shape.error.issues;
  }
  return null;
}

/** Adds the problems of a remainder that are no consequence of what was cut; those of formulas never are. */
export function addIndependent(found: Problems, to: Problems): void {
  const isIndependent = ({ code, severity }: Diagnostic) =>
    formulaCodeStory(code) !== null || (severity === 'error' && INDEPENDENT.has(code as ScenarioCode));
  to.addAll(found.list().filter(isIndependent));
}

/** What to cut for an issue: the keys or the value itself, or where something is missing all that misses it. */
function cutsOf(tree: Table, { issue, path }: PlainIssue): Path[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...path, key]);
  const isThere = treeAt(tree, path) !== null;
  return [isThere ? path : path.slice(0, -1)];
}

function without(tree: Tree, at: Path, cuts: ReadonlySet<string>): Tree {
  if (tree.kind === 'leaf') return tree;
  if (tree.kind === 'list') {
    const kept = tree.items
      .map((item, i) => ({ item, path: [...at, i] }))
      .filter(({ path }) => !cuts.has(keyOfPath(path)));
    return { ...tree, items: kept.map(({ item, path }) => without(item, path, cuts)) };
  }
  const entries = new Map<string, Entry>();
  for (const [key, entry] of tree.entries) {
    const path = [...at, key];
    if (!cuts.has(keyOfPath(path))) entries.set(key, { key: entry.key, value: without(entry.value, path, cuts) });
  }
  return { ...tree, entries };
}

function keyOfPath(path: Path): string {
  return JSON.stringify(path.map(String));
}
