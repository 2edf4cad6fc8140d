/**
 * A scenario's text as a tree that remembers where each value stands. Everything before the schema works on it:
 * includes, variables, overrides. Trees are never changed in place, so that parts may be shared (YAML aliases).
 */
import type { Source, Span } from '../../base/index.js';

/** A stretch of a text that a person wrote. */
export interface Place {
  readonly source: Source;
  readonly span: Span;
}

/** What a scalar may be. */
export type Scalar = string | number | boolean | null;

/** A single value. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly value: Scalar;
  /** As it was written, without quotes. */
  readonly text: string;
  /** True for quoted and block scalars, which are texts whatever they look like. */
  readonly quoted: boolean;
  readonly place: Place;
}

/** Values in order. */
export interface List {
  readonly kind: 'list';
  readonly items: readonly Tree[];
  readonly place: Place;
}

/** Values by key, in the order of the text. */
export interface Table {
  readonly kind: 'table';
  readonly entries: ReadonlyMap<string, Entry>;
  readonly place: Place;
}

/** A value and where its key stands. */
export interface Entry {
  readonly key: Place;
  readonly value: Tree;
}

/** A piece of a scenario's text. */
export type Tree = Leaf | List | Table;

/** Steps from a tree's root: keys of tables and positions in lists. */
export type Path = readonly (string | number)[];

/** What a path leads to, or null. */
export function treeAt(tree: Tree, path: Path): Tree | null {
  let at: Tree | null = tree;
  for (const step of path) {
    if (at.kind === 'leaf') return null;
    at = (at.kind === 'list' ? at.items[Number(step)] : at.entries.get(String(step))?.value) ?? null;
    if (at === null) return null;
  }
  return at;
}

/** A value of a table, or null. */
export function entryOf(tree: Tree | null, key: string): Tree | null {
  return tree?.kind === 'table' ? (tree.entries.get(key)?.value ?? null) : null;
}

/** Where to point for a path: its value, or where it is missing the nearest thing around it. */
export function placeAt(tree: Tree, path: Path): Place {
  for (let length = path.length; length > 0; length--) {
    const found = treeAt(tree, path.slice(0, length));
    if (found !== null) return headOf(found);
  }
  return headOf(tree);
}

/** Where to point for a whole value: a scalar's text, or the first key of a table, rather than all its lines. */
export function headOf(tree: Tree): Place {
  if (tree.kind === 'leaf') return tree.place;
  if (tree.kind === 'list') return tree.items[0] === undefined ? tree.place : headOf(tree.items[0]);
  for (const entry of tree.entries.values()) return entry.key;
  return tree.place;
}

/** Where a key of the table at `path` stands. */
export function keyPlaceAt(tree: Tree, path: Path, key: string): Place {
  const table = treeAt(tree, path);
  const entry = table?.kind === 'table' ? table.entries.get(key) : undefined;
  return entry?.key ?? placeAt(tree, path);
}

/** Keys beginning so are free for the author's use, for anchors say; nothing reads them. */
export const FREE_KEY = /^x-/;

/**
 * The tree as plain data. Null means absent, as in what `az batch pool show` prints: such keys are left out, free
 * keys too. `map` may put other data in a leaf's place.
 */
export function plainOf(tree: Tree, leafValue: (leaf: Leaf) => unknown = (leaf) => leaf.value): unknown {
  if (tree.kind === 'leaf') return leafValue(tree);
  if (tree.kind === 'list') return tree.items.map((item) => plainOf(item, leafValue));
  const plain: Record<string, unknown> = Object.create(null);
  for (const [key, { value }] of tree.entries) {
    if (FREE_KEY.test(key) || (value.kind === 'leaf' && value.value === null)) continue;
    plain[key] = plainOf(value, leafValue);
  }
  return plain;
}

/** `pools.render.vmSize`: a path for people, items of lists named by their id where they have one. */
export function pathText(tree: Tree, path: Path): string {
  let text = '';
  let at: Tree | null = tree;
  for (const step of path) {
    const next: Tree | null = at === null ? null : treeAt(at, [step]);
    if (at?.kind === 'list') {
      const name = next === null ? null : nameOf(next);
      text += name === null ? `[${step}]` : `.${name}`;
    } else {
      text += text === '' ? String(step) : `.${step}`;
    }
    at = next;
  }
  return text;
}

/** What a list's item is called: its `id`, or its `name`. */
export function nameOf(tree: Tree): string | null {
  const named = entryOf(tree, 'id') ?? entryOf(tree, 'name');
  return named?.kind === 'leaf' && named.value !== null ? String(named.value) : null;
}

/** How many values the tree has, those of shared parts counted each time; takes time by distinct parts only. */
export function treeSize(tree: Tree, known = new Map<Tree, number>()): number {
  const before = known.get(tree);
  if (before !== undefined) return before;
  let size = 1;
  if (tree.kind === 'list') for (const item of tree.items) size += treeSize(item, known);
  if (tree.kind === 'table') for (const { value } of tree.entries.values()) size += treeSize(value, known);
  known.set(tree, size);
  return size;
}
