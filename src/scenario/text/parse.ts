// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the scenario format has references of this form
/**
 * YAML or JSON text → tree. The text may be hostile: depth, size and what aliases expand to are bounded, and every
 * fault becomes a located problem.
 */
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type YAMLParseError,
  Scalar as YamlScalar,
} from 'yaml';
import type { Source, Span } from '../../base/index.js';
import type { Problems } from './problems.js';
import type { Entry, Leaf, Place, Table, Tree } from './tree.js';

/** Levels of lists and tables inside each other. */
export const DEEPEST_NESTING = 64;
/** Values of a whole scenario, those behind aliases counted each time. */
export const MOST_VALUES = 2_000_000;
/** Text longer than this (UTF-16 units) is read slowly; a table of tasks belongs in a file of its own. */
export const COMFORTABLE_TEXT = 1_000_000;
/** Text longer than this is refused. */
export const LONGEST_TEXT = 64_000_000;

/** The text's tree, or null after a problem that leaves none. An empty text is an empty table. */
export function parseTree(source: Source, problems: Problems): Tree | null {
  const { text } = source;
  const whole = { source, span: { start: 0, end: Math.min(1, text.length) } };
  if (text.includes('\u0000')) {
    problems.error('BS2002', placeOf(source, text.indexOf('\u0000')), 'this is not a text file: it holds a zero byte');
    return null;
  }
  if (text.length > LONGEST_TEXT || nestsTooDeep(text)) {
    problems.error(
      'BS2008',
      whole,
      text.length > LONGEST_TEXT ? 'the file is too large' : 'brackets are nested too deeply',
    );
    return null;
  }
  if (text.length > COMFORTABLE_TEXT) {
    problems.warning(
      'BS2009',
      whole,
      `the file has ${(text.length / 1e6).toFixed(1)} million characters, which are slow to read`,
      'put many tasks in a table beside it: tasks: { trace: ./tasks.ndjson }',
    );
  }
  return new Reader(source, problems).read();
}

/** Reads one document; anchors are known by name as in YAML, the latest one wins. */
class Reader {
  readonly #source: Source;
  readonly #problems: Problems;
  readonly #anchors = new Map<string, { tree: Tree; count: number }>();
  #count = 0;
  #isTooLarge = false;

  constructor(source: Source, problems: Problems) {
    this.#source = source;
    this.#problems = problems;
  }

  read(): Tree | null {
    let contents: unknown;
    try {
      const document = parseDocument(this.#source.text, {
        uniqueKeys: false, // checked below, in linear time
        prettyErrors: false,
        logLevel: 'error',
        strict: true,
      });
      reportSyntax(document.errors, this.#source, this.#problems);
      if (document.errors.length > 0) return null;
      contents = document.contents;
    } catch {
      // The parser is recursive and throws on absurd input only (stack depth, impossible escapes).
      this.#problems.error('BS2008', this.#place(null), 'the file cannot be read as YAML: it is nested too deeply');
      return null;
    }
    if (contents === null) return { kind: 'table', entries: new Map(), place: this.#place(null) };
    const tree = this.#tree(contents, 0);
    return this.#isTooLarge ? null : tree;
  }

  #tree(node: unknown, depth: number): Tree {
    this.#count += 1;
    const before = this.#count;
    const place = this.#place(node);
    if (this.#isTooLarge) return nothing(place);
    if (depth > DEEPEST_NESTING || this.#count > MOST_VALUES) {
      const what =
        depth > DEEPEST_NESTING ? `is nested more than ${DEEPEST_NESTING} levels deep` : 'has too many values';
      this.#isTooLarge = true;
      this.#problems.error('BS2008', place, `the scenario ${what}`);
      return nothing(place);
    }
    if (isAlias(node)) return this.#aliased(node.source, place);
    const tree = this.#own(node, place, depth);
    if (isNode(node) && 'anchor' in node && typeof node.anchor === 'string') {
      this.#anchors.set(node.anchor, { tree, count: this.#count - before + 1 });
    }
    return tree;
  }

  #own(node: unknown, place: Place, depth: number): Tree {
    if (isMap(node)) return this.#table(node.items as Pair[], place, depth);
    if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => this.#tree(item, depth + 1)), place };
    if (isScalar(node)) return leafOf(node, place);
    return nothing(place);
  }

  #aliased(name: string, place: Place): Tree {
    const known = this.#anchors.get(name);
    if (known === undefined) {
      this.#problems.error('BS2002', place, `there is no anchor &${name} above this alias`);
      return nothing(place);
    }
    this.#count += known.count;
    return known.tree;
  }

  #table(pairs: readonly Pair[], place: Place, depth: number): Table {
    const entries = new Map<string, Entry>();
    for (const pair of pairs) {
      const keyPlace = this.#place(pair.key);
      if (!isScalar(pair.key)) {
        this.#problems.error('BS2002', keyPlace, 'a key must be a plain word');
        continue;
      }
      const key = scalarText(pair.key);
      const value = pair.value === null ? nothing(keyPlace) : this.#tree(pair.value, depth + 1);
      if (key === '<<' && pair.key.type === YamlScalar.PLAIN) {
        this.#merge(entries, value);
        continue;
      }
      const known = entries.get(key);
      if (known !== undefined && !this.#merged.has(known)) {
        this.#problems.error('BS2002', keyPlace, `the key "${key}" stands twice in this table`, 'keep one of the two');
        continue;
      }
      entries.set(key, { key: keyPlace, value });
    }
    return { kind: 'table', entries, place };
  }

  readonly #merged = new WeakSet<Entry>();

  /** YAML's merge key: what it brings gives way to keys that stand in the table itself. */
  #merge(entries: Map<string, Entry>, value: Tree): void {
    const tables = value.kind === 'list' ? value.items : [value];
    for (const table of tables) {
      if (table.kind !== 'table') {
        this.#problems.error('BS2002', table.place, '"<<" needs a table, or a list of tables, to merge');
        continue;
      }
      for (const [key, entry] of table.entries) {
        if (entries.has(key)) continue;
        const copy = { ...entry };
        this.#merged.add(copy);
        entries.set(key, copy);
      }
    }
  }

  #place(node: unknown): Place {
    const range = isNode(node) ? (node as Node).range : null;
    const span: Span = range ? { start: range[0], end: range[1] } : { start: 0, end: 0 };
    return { source: this.#source, span };
  }
}

function leafOf(node: YamlScalar, place: Place): Leaf {
  const quoted = node.type !== undefined && node.type !== YamlScalar.PLAIN;
  const { value } = node;
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return {
    kind: 'leaf',
    value: isPlain ? value : value === null ? null : String(value),
    text: scalarText(node),
    quoted,
    place,
  };
}

function scalarText(node: YamlScalar): string {
  return node.source ?? (node.value === null ? '' : String(node.value));
}

function nothing(place: Place): Leaf {
  return { kind: 'leaf', value: null, text: '', quoted: false, place };
}

function placeOf(source: Source, offset: number): Place {
  return { source, span: { start: offset, end: offset + 1 } };
}

/** What the parser's own words do not say. */
const SYNTAX_HINTS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  BAD_INDENT: 'line the keys of one table up under each other',
  BLOCK_AS_IMPLICIT_KEY: 'a text with ": " in it needs quotes; otherwise check the indent',
  MULTILINE_IMPLICIT_KEY: 'is a colon missing after the key?',
  MULTIPLE_DOCS: 'a scenario is one document: take the line --- out',
};

/** The parser goes on after a fault and finds more because of it: only what it says first, and of other kinds, counts. */
function reportSyntax(errors: readonly YAMLParseError[], source: Source, problems: Problems): void {
  errors.forEach((error, i) => {
    if (i > 4 || (i > 0 && error.code === 'UNEXPECTED_TOKEN')) return;
    const [start, end] = error.pos;
    const isReference = source.text.slice(Math.max(0, start - 1), start + 1) === '${';
    const message = isReference ? 'inside [ ] and { } a reference needs quotes' : plainSentence(error.message);
    const hint = isReference ? 'write "${vars.name}" with the quotes' : (SYNTAX_HINTS[error.code] ?? null);
    problems.error('BS2002', { source, span: { start, end } }, message, hint);
  });
}

/** The parser's sentence without its final full stop and without line numbers of its own. */
function plainSentence(message: string): string {
  const first = message.split('\n')[0] as string;
  return first.replace(/\.$/, '').replace(/ at line \d+, column \d+:?$/, '');
}

/** True if brackets stand more than 500 deep: refused before the parser, which is recursive, sees them. */
function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x5b || unit === 0x7b) depth += 1;
    else if ((unit === 0x5d || unit === 0x7d) && depth > 0) depth -= 1;
    if (depth > 500) return true;
  }
  return false;
}

/** Reads one value as YAML would write it inside a table: for variables, defaults and `--set`. */
export function parseValue(source: Source, span: Span, problems: Problems): Tree | null {
  const inner: Source = { ...source, text: source.text.slice(0, span.end), firstLine: source.firstLine };
  const blanked = inner.text.slice(0, span.start).replace(/[^\n]/g, ' ') + inner.text.slice(span.start);
  const tree = parseTree({ ...inner, text: blanked }, problems);
  return tree === null ? null : relocate(tree, source);
}

/** The same tree with its places in `source`, whose offsets are the same. */
function relocate(tree: Tree, source: Source): Tree {
  const place = { source, span: tree.place.span };
  if (tree.kind === 'leaf') return { ...tree, place };
  if (tree.kind === 'list') return { ...tree, items: tree.items.map((item) => relocate(item, source)), place };
  const entries = new Map<string, Entry>();
  for (const [key, entry] of tree.entries) {
    entries.set(key, { key: { source, span: entry.key.span }, value: relocate(entry.value, source) });
  }
  return { ...tree, entries, place };
}
