/** `include: [files]`: each file's tree is laid under the one that names it; tables merge, everything else replaces. */
import { type FileReader, fileSource, type Source } from '../../base/index.js';
import { parseTree } from './parse.js';
import type { Problems } from './problems.js';
import { type Entry, entryOf, type Leaf, type Place, type Table, type Tree } from './tree.js';

/** Files that include each other this deep are a mistake. */
export const DEEPEST_INCLUDE = 20;
/** Files in all. */
const MOST_FILES = 1000;

/** What reading a file and all that it includes gave. */
export interface Included {
  readonly tree: Table | null;
  /** The files read besides the first, in the order of reading. */
  readonly files: readonly string[];
}

/** Reads the tree of a text and of all files that it includes. */
export function readWithIncludes(source: Source, files: FileReader, problems: Problems): Included {
  const read: string[] = [];
  const tree = merged(source, [source.name]);
  return { tree, files: read };

  function merged(from: Source, chain: readonly string[]): Table | null {
    const own = parseTree(from, problems);
    if (own === null) return null;
    if (own.kind !== 'table') {
      problems.error('BS2004', own.place, 'a scenario is a table of keys such as pools and jobs, and this is not one');
      return null;
    }
    const includes = includesOf(own, problems);
    let below: Table | null = null;
    for (const include of includes) {
      const tree = included(include, from, chain);
      if (tree !== null) below = below === null ? tree : mergeTables(below, tree);
    }
    const entries = new Map(own.entries);
    entries.delete('include');
    const bare: Table = { ...own, entries };
    return below === null ? bare : mergeTables(below, bare);
  }

  function included(include: Leaf, from: Source, chain: readonly string[]): Table | null {
    const path = files.resolve(from.name, String(include.value));
    if (chain.includes(path)) {
      problems.error('BS2007', include.place, `${path} includes itself: ${[...chain, path].join(' -> ')}`);
      return null;
    }
    if (chain.length > DEEPEST_INCLUDE || read.length > MOST_FILES) {
      problems.error('BS2007', include.place, 'too many files include each other');
      return null;
    }
    const text = files.readText(path);
    if (!text.ok) {
      problems.error('BS2001', include.place, text.error, `the path is taken from the folder of ${from.name}`);
      return null;
    }
    read.push(path);
    return merged(fileSource(path, text.value.replace(/^\ufeff/, '')), [...chain, path]);
  }
}

function includesOf(tree: Table, problems: Problems): Leaf[] {
  const include = entryOf(tree, 'include');
  if (include === null || (include.kind === 'leaf' && include.value === null)) return [];
  const items = include.kind === 'list' ? include.items : [include];
  const leaves: Leaf[] = [];
  for (const item of items) {
    if (item.kind === 'leaf' && typeof item.value === 'string' && !item.value.includes('${')) leaves.push(item);
    else problems.error('BS2004', item.place, 'include takes the paths of files, without variables');
  }
  return leaves;
}

/** `over` laid on `under`: tables merge key by key, lists and scalars of `over` replace. */
export function mergeTables(under: Table, over: Table): Table {
  const entries = new Map<string, Entry>(under.entries);
  for (const [key, entry] of over.entries) {
    const below = entries.get(key)?.value;
    const value: Tree =
      below?.kind === 'table' && entry.value.kind === 'table' ? mergeTables(below, entry.value) : entry.value;
    entries.set(key, { key: entry.key, value });
  }
  const place: Place = over.place;
  return { kind: 'table', entries, place };
}
