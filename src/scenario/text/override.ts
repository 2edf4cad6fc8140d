/** `--set path=value`, `--seed`, `--until`: values from the command line laid over the tree (ux: overrides). */
import { fileSource, nearest } from '../../base/index.js';
import { plainScalar } from './expand.js';
import { parseValue } from './parse.js';
import type { Problems } from './problems.js';
import { type Entry, nameOf, type Place, type Table, type Tree } from './tree.js';

/** One override: where, what, and where it was written. */
export interface Override {
  readonly path: readonly string[];
  readonly value: Tree;
  readonly place: Place;
}

/** Reads `pools.render.taskSlotsPerNode=4`; null after a problem. The value is written as in YAML. */
export function readOverride(text: string, flag: string, problems: Problems): Override | null {
  const source = fileSource(flag, text);
  const equals = text.indexOf('=');
  const path = (equals < 0 ? text : text.slice(0, equals)).trim().split('.');
  const place: Place = { source, span: { start: 0, end: equals < 0 ? text.length : equals } };
  if (equals < 0 || path.some((step) => step === '') || path.length > 20) {
    problems.error(
      'BS2012',
      place,
      'an override is written path=value',
      'such as --set pools.render.taskSlotsPerNode=4',
    );
    return null;
  }
  const value = parseValue(source, { start: equals + 1, end: text.length }, problems);
  return value === null ? null : { path, value, place };
}

/** An override of one key from a flag of its own; the text is read as YAML reads a plain scalar. */
export function flagOverride(path: readonly string[], text: string, flag: string): Override {
  const place: Place = { source: fileSource(flag, text), span: { start: 0, end: text.length } };
  return { path, value: plainScalar(text, place), place };
}

/** The tree with the override in it; unchanged after a problem. */
export function applyOverride(tree: Table, override: Override, problems: Problems): Table {
  return replaced(tree, 0) as Table;

  function replaced(at: Tree | null, depth: number): Tree {
    const step = override.path[depth];
    if (step === undefined) return override.value;
    if (at?.kind === 'list') return inList(at.items, step, depth, at);
    if (at !== null && at.kind === 'leaf' && at.value !== null) {
      const where = override.path.slice(0, depth).join('.');
      problems.error('BS2012', override.place, `${where} is a single value and has no ${step}`);
      return at;
    }
    const entries = new Map<string, Entry>(at?.kind === 'table' ? at.entries : []);
    const known = entries.get(step);
    entries.set(step, { key: known?.key ?? override.place, value: replaced(known?.value ?? null, depth + 1) });
    return { kind: 'table', entries, place: at?.place ?? override.place };
  }

  function inList(items: readonly Tree[], step: string, depth: number, list: Tree): Tree {
    const named = items.findIndex((item) => nameOf(item)?.toLowerCase() === step.toLowerCase());
    const index = named >= 0 ? named : /^\d{1,9}$/.test(step) ? Number(step) : -1;
    if (index < 0 || index >= items.length) {
      const names = items.map(nameOf).filter((name) => name !== null);
      const near = nearest(step, names);
      const where = override.path.slice(0, depth).join('.');
      const hint =
        near === null
          ? `${where} has ${names.length === 0 ? 'no named items' : names.slice(0, 10).join(', ')}`
          : `did you mean "${near}"?`;
      problems.error('BS2012', override.place, `${where} has no item "${step}"`, hint);
      return list;
    }
    const copy = items.map((item, i) => (i === index ? replaced(item, depth + 1) : item));
    return { kind: 'list', items: copy, place: list.place };
  }
}
