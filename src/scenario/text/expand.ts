// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the scenario format has references of this form
/**
 * `${vars.name}`, `${env.NAME}` and `${… :-otherwise}` in scalars. A scalar that is nothing but one reference takes the
 * value as it is (a number stays a number); in the middle of a text the value's text is put in. `$${` stands for `${`.
 */
import { fileSource, nearest } from '../../base/index.js';
import { parseTree } from './parse.js';
import { Problems } from './problems.js';
import { type Entry, entryOf, type Leaf, type List, type Place, type Table, type Tree } from './tree.js';

/** Longest text that expansion may make of one scalar, in UTF-16 units. */
const LONGEST_SCALAR = 100_000;
/** Variables that are made of variables, so deep. */
const DEEPEST_VARIABLES = 50;
const REFERENCE = /\$(\$\{)|\$\{([^}]*)\}?/g;
const NAME = /^(vars|env)\.([A-Za-z_][A-Za-z0-9_-]*)(?::-(.*))?$/s;

/** Where values come from, besides the file's own `vars`. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--var name=value`, as text; they win over the file's. */
  readonly vars: Readonly<Record<string, string>>;
}

/** The tree with every reference replaced and without its `vars`. */
export function expandTree(tree: Table, surroundings: Surroundings, problems: Problems): Table {
  const variables = new Variables(entryOf(tree, 'vars'), surroundings, problems);
  const entries = new Map<string, Entry>();
  for (const [key, entry] of tree.entries) {
    if (key !== 'vars') entries.set(key, { key: entry.key, value: variables.expand(entry.value) });
  }
  return { ...tree, entries };
}

/** A scalar as YAML reads it when it stands plain: for variables from the command line and the environment. */
export function plainScalar(text: string, place: Place): Leaf {
  const quiet = new Problems();
  const tree = text.length > 1000 ? null : parseTree(fileSource('', text), quiet);
  const value = tree?.kind === 'leaf' && !quiet.failed ? tree.value : text;
  return { kind: 'leaf', value: value === null ? text : value, text, quoted: typeof value === 'string', place };
}

class Variables {
  readonly #vars: Tree | null;
  readonly #surroundings: Surroundings;
  readonly #problems: Problems;
  readonly #known = new Map<string, Tree | null>();
  readonly #open = new Set<string>();

  constructor(vars: Tree | null, surroundings: Surroundings, problems: Problems) {
    this.#vars = vars;
    this.#surroundings = surroundings;
    this.#problems = problems;
    if (vars !== null && vars.kind !== 'table')
      problems.error('BS2004', vars.place, 'vars is a table of names and values');
  }

  expand(tree: Tree): Tree {
    if (tree.kind === 'leaf') return this.#leaf(tree);
    if (tree.kind === 'list') return this.#list(tree);
    const entries = new Map<string, Entry>();
    for (const [key, entry] of tree.entries) entries.set(key, { key: entry.key, value: this.expand(entry.value) });
    return { ...tree, entries };
  }

  #list(list: List): List {
    return { ...list, items: list.items.map((item) => this.expand(item)) };
  }

  #leaf(leaf: Leaf): Tree {
    if (typeof leaf.value !== 'string' || !leaf.value.includes('${')) return leaf;
    const text = leaf.value;
    const matches = [...text.matchAll(REFERENCE)];
    const only = matches.length === 1 && matches[0]?.[0] === text ? matches[0] : null;
    if (only !== null && only[1] === undefined) {
      const value = this.#resolve(only[2] as string, text.endsWith('}'), leaf.place);
      return value === null ? leaf : withPlace(value, leaf.place);
    }
    const expanded = this.#text(text, leaf.place);
    return leaf.quoted ? { ...leaf, value: expanded, text: expanded } : plainScalar(expanded, leaf.place);
  }

  #text(text: string, place: Place): string {
    let out = '';
    let from = 0;
    for (const match of text.matchAll(REFERENCE)) {
      out += text.slice(from, match.index);
      from = match.index + match[0].length;
      if (match[1] !== undefined) {
        out += '${';
        continue;
      }
      const value = this.#resolve(match[2] as string, match[0].endsWith('}'), place);
      if (value !== null && value.kind !== 'leaf') {
        this.#problems.error('BS2011', place, `${match[0]} is not a single value and cannot stand inside a text`);
      } else {
        out += value?.text ?? '';
      }
      if (out.length > LONGEST_SCALAR) {
        this.#problems.error('BS2008', place, 'variables make this text too long');
        return '';
      }
    }
    return out + text.slice(from);
  }

  #resolve(reference: string, closed: boolean, place: Place): Tree | null {
    const parts = closed ? NAME.exec(reference.trim()) : null;
    if (parts === null) {
      const hint = 'write ${vars.name}, ${env.NAME} or ${env.NAME:-otherwise}; $${ stands for the characters ${';
      this.#problems.error('BS2011', place, `\${${reference}${closed ? '}' : ''} is not a reference`, hint);
      return null;
    }
    const [, kind, name, otherwise] = parts as unknown as [string, 'vars' | 'env', string, string | undefined];
    const value = kind === 'env' ? this.#environment(name, place) : this.#variable(name, place);
    if (value !== null) return value;
    if (otherwise !== undefined) return plainScalar(otherwise, place);
    if (this.#open.size === 0 || kind === 'env' || !this.#open.has(name)) this.#missing(kind, name, place);
    return null;
  }

  #environment(name: string, place: Place): Leaf | null {
    const value = Object.hasOwn(this.#surroundings.env, name) ? this.#surroundings.env[name] : undefined;
    return value === undefined || value === '' ? null : plainScalar(value, place);
  }

  #variable(name: string, place: Place): Tree | null {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    if (this.#open.has(name) || this.#open.size >= DEEPEST_VARIABLES) {
      const wrong = this.#open.has(name) ? 'is made of itself' : 'is made of too many others';
      this.#problems.error('BS2011', place, `vars.${name} ${wrong}`);
      return null;
    }
    this.#open.add(name);
    const given = Object.hasOwn(this.#surroundings.vars, name) ? this.#surroundings.vars[name] : undefined;
    const own = entryOf(this.#vars, name);
    const value = given !== undefined ? plainScalar(given, place) : own === null ? null : this.expand(own);
    this.#open.delete(name);
    this.#known.set(name, value);
    return value;
  }

  #missing(kind: 'vars' | 'env', name: string, place: Place): void {
    if (kind === 'env') {
      const hint = `set it, or say what holds without it: \${env.${name}:-value}`;
      this.#problems.error('BS2011', place, `the environment has no variable ${name}`, hint);
      return;
    }
    const names = [...(this.#vars?.kind === 'table' ? this.#vars.entries.keys() : [])];
    const near = nearest(name, names);
    const hint =
      near === null ? `add it: vars: { ${name}: … }, or pass --var ${name}=…` : `did you mean \${vars.${near}}?`;
    this.#problems.error('BS2011', place, `there is no variable vars.${name}`, hint);
  }
}

function withPlace(tree: Tree, place: Place): Tree {
  return tree.kind === 'leaf' ? { ...tree, place } : tree;
}
