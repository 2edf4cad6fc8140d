// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the scenario format has references of this form
/** The scenario as it really runs, as YAML that can be run again: one file, no variables, overrides applied. */
import { stringify } from 'yaml';
import type { FileReader } from '../base/index.js';
import type { GivenScenario } from './schema/root.js';
import { type Leaf, plainOf, type Table, type Tree } from './text/tree.js';

/** Keys whose value is the path of a file. */
const PATH_KEYS = new Set(['file', 'trace']);

/** What {@link resolvedYaml} needs to know about the files. */
export interface ResolvedFiles {
  readonly files: FileReader;
  /** Folder from which the paths of the scenario's own file are taken. */
  readonly folder: string;
  /** Whether a source is an included file, whose paths count from its own folder. */
  readonly isIncluded: (sourceName: string) => boolean;
}

/** The text: includes merged, variables expanded, defaults not spelled out, keys in the order of the files. */
export function resolvedYaml(tree: Table, given: GivenScenario, around: ResolvedFiles): string {
  const entries = new Map(tree.entries);
  const paths = pathLeaves(tree);
  for (const key of ['$schema', 'base']) entries.delete(key);
  const plain = plainOf({ ...tree, entries }, (leaf) =>
    literal(paths.has(leaf) ? relocated(leaf, around) : leaf.value),
  );
  const ordered: Record<string, unknown> = { version: given.version ?? 1 };
  // Paths stay as they were written, so a file that is run from elsewhere says from which folder they count.
  if (paths.size > 0) ordered.base = around.folder;
  return stringify({ ...ordered, ...(plain as object) }, { aliasDuplicateObjects: false, lineWidth: 0 });
}

/** References are expanded already: what looks like one is meant as it stands. */
function literal(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('${', () => '$${') : value;
}

function relocated(leaf: Leaf, around: ResolvedFiles): unknown {
  const from = leaf.place.source.name;
  if (typeof leaf.value !== 'string' || !around.isIncluded(from)) return leaf.value;
  return relativePath(around.folder, around.files.resolve(from, leaf.value));
}

/** Leaves that name files: `file` and `trace` wherever they stand, except texts of Batch's own bodies. */
function pathLeaves(tree: Tree, found = new Set<Leaf>()): Set<Leaf> {
  if (tree.kind === 'list') for (const item of tree.items) pathLeaves(item, found);
  if (tree.kind !== 'table') return found;
  for (const [key, { value }] of tree.entries) {
    if (value.kind === 'leaf') {
      if (PATH_KEYS.has(key) && typeof value.value === 'string') found.add(value);
    } else if (!key.startsWith('x-')) pathLeaves(value, found);
  }
  return found;
}

/** `to` as seen from a folder; both count from the same place. */
export function relativePath(folder: string, to: string): string {
  const from = steps(folder);
  const target = steps(to);
  if (folder.startsWith('/') !== to.startsWith('/') || from.includes('..')) return to;
  let shared = 0;
  while (shared < from.length && shared < target.length - 1 && from[shared] === target[shared]) shared += 1;
  return [...from.slice(shared).map(() => '..'), ...target.slice(shared)].join('/');
}

function steps(path: string): string[] {
  return path.split('/').filter((step) => step !== '' && step !== '.');
}
