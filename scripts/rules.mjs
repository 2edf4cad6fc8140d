/**
 * How far the rules of docs/rules.md are modelled, counted from its table. `--write` puts the sentence into the page, and
 * beside each rule the code that cites its ID and the tests whose titles do: both columns are made, never written by hand.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGE = `${ROOT}docs/rules.md`;
const STATUSES = ['modelled', 'simplified', 'left out', 'later'];
const PLACE = /(<!-- counts: .*? -->\n)[\s\S]*?(\n<!-- end of counts -->)/;
const ROW = /^\| ([A-Z]+-\d+) \|/;
const ID = /\b([A-Z]{2,5})-(\d{2,3})\b(?: (?:to|…) (?:\1-)?(\d{2,3})\b)?/g;
const TITLED = new Set(['describe', 'it', 'test', 'suite']);
/** Where the rule is made first: the model and the engine, and their tests. */
const HOMES = /^(?:src|test)\/(?:model|sim|autoscale|cases|rules)\//;
/** More places than these say no more. */
const MOST = 2;

const before = readFileSync(PAGE, 'utf8');
const page = process.argv.includes('--write') ? withPlaces(before) : before;
const rules = [...page.matchAll(/^\| ([A-Z]+)-\d+ \| .*? \| (modelled|simplified|left out|later)/gm)].map(
  ([, family, status]) => ({ family, status }),
);
const sentence = `${rules.length} rules: ${countsOf(rules).join(', ')}.`;

console.log(sentence);
for (const family of new Set(rules.map((rule) => rule.family))) {
  const own = rules.filter((rule) => rule.family === family);
  console.log(`${family.padEnd(6)}${String(own.length).padStart(4)}  ${countsOf(own).join(', ')}`);
}

if (process.argv.includes('--write')) {
  writeFileSync(PAGE, page.replace(PLACE, `$1${sentence}$2`));
} else if (!page.includes(sentence) || withPlaces(page) !== page) {
  console.error('docs/rules.md is not what code and tests say: npm run rules -- --write');
  process.exitCode = 1;
}

function countsOf(some) {
  const counts = STATUSES.map((status) => [status, some.filter((rule) => rule.status === status).length]);
  return counts.filter(([, count]) => count > 0).map(([status, count]) => `${count} ${status}`);
}

/** The page with the columns `where` and `test` made anew. */
function withPlaces(text) {
  const code = citations(
    'src',
    (name) => name.endsWith('.ts'),
    (path) => [read(path)],
  );
  const tests = citations('test', (name) => /\.test\.ts$/.test(name), titlesOf);
  const cases = citations(
    'test/cases',
    (name) => name.endsWith('.yaml'),
    (path) => [read(path).split('\n\n')[0] ?? ''],
  );
  return text
    .split('\n')
    .map((line) => {
      const id = ROW.exec(line)?.[1];
      if (id === undefined) return line;
      const cells = line.split(/(?<!\\)\|/);
      const found = [...(tests.get(id) ?? []), ...(cases.get(id) ?? [])].sort(byRank);
      cells[5] = ` ${(code.get(id) ?? [])
        .sort(byRank)
        .slice(0, MOST)
        .map(({ path }) => `\`${path}\``)
        .join(', ')} `;
      cells[6] = ` ${found.slice(0, MOST).map(testCell).join('; ')} `;
      return cells.join('|');
    })
    .join('\n');
}

function testCell({ path, text }) {
  const title = path.endsWith('.yaml') ? '' : `: ${text.replaceAll('|', '\\|').replaceAll('\n', ' ')}`;
  return `\`${path}\`${title}`;
}

/** By rule ID: where a text cites it, and how many others it cites (fewer: it is more about this one). */
function citations(folder, isWanted, textsOf) {
  const found = new Map();
  for (const path of filesIn(folder).filter(isWanted)) {
    const ofFile = new Map();
    for (const text of textsOf(path)) {
      const ids = new Set(idsIn(text));
      for (const id of ids) {
        const known = ofFile.get(id);
        const times = text.split(id).length - 1;
        if (known === undefined || ids.size < known.others) ofFile.set(id, { path, text, others: ids.size, times });
      }
    }
    for (const [id, place] of ofFile) found.set(id, [...(found.get(id) ?? []), place]);
  }
  return found;
}

function byRank(a, b) {
  const byHome = Number(HOMES.test(b.path)) - Number(HOMES.test(a.path));
  return byHome || b.times - a.times || a.others - b.others || (a.path < b.path ? -1 : 1);
}

/** IDs in a text; `RSZ-04 to RSZ-08` names five. */
function* idsIn(text) {
  for (const [, family, first, last] of text.matchAll(ID)) {
    for (let number = Number(first); number <= Number(last ?? first); number++)
      yield `${family}-${String(number).padStart(2, '0')}`;
  }
}

function titlesOf(path) {
  const tree = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
  const titles = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && TITLED.has(/^\w+/.exec(node.expression.getText(tree))?.[0] ?? '')) {
      const title = node.arguments[0];
      if (title !== undefined && ts.isStringLiteralLike(title)) titles.push(title.text);
      else if (title !== undefined && ts.isTemplateExpression(title))
        titles.push([title.head.text, ...title.templateSpans.map((span) => `…${span.literal.text}`)].join(''));
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return titles;
}

function read(path) {
  return readFileSync(`${ROOT}${path}`, 'utf8');
}

function filesIn(folder) {
  try {
    const entries = readdirSync(`${ROOT}${folder}`, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath.slice(ROOT.length)}/${entry.name}`)
      .sort();
  } catch {
    return [];
  }
}
