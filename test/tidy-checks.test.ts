/** The tidy checks themselves: each must see the bad snippet it exists for, and leave the good one alone. */
import { describe, expect, test } from 'vitest';
import { checkDocumentation } from './helpers/tidy/documentation.js';
import { checkImports, findCycles, importsOf, roomOf } from './helpers/tidy/imports.js';
import { type Finding, parseFile } from './helpers/tidy/project-files.js';
import { checkDefaultExports, checkFileName, checkLeftovers, checkRefusedNames } from './helpers/tidy/refused.js';
import {
  checkCitedRules,
  checkRulePaths,
  checkRulesPage,
  checkTestedRules,
  parseRules,
  testTitles,
} from './helpers/tidy/rule-ids.js';

const MARK = ['FIX', 'ME'].join('');

function messages(findings: readonly Finding[]): string {
  return findings.map((finding) => `${finding.line}: ${finding.message}`).join('\n');
}

describe('imports', () => {
  test('every form of import is seen', () => {
    const text = `import a from 'one';
import type { B } from 'two';
export { c } from 'three';
export type { D } from 'four';
export * from 'five';
const e = await import('six');
type F = import('seven').F;
const g = require('eight');
import h = require('nine');
import 'ten';
const notOne = "import x from 'eleven'"; // import y from 'twelve'`;
    const specifiers = importsOf(parseFile('src/base/a.ts', text)).map((found) => found.specifier);
    expect(specifiers.join(' ')).toBe('one two three four five six seven eight nine ten');
  });

  test.each([
    ['src/base/random.ts', 'base'],
    ['src/sim/handlers/task.ts', 'sim'],
    ['src/sim/engine/event-queue.ts', 'sim/engine'],
    ['src/scenario/traces/swf.ts', 'scenario'],
    ['src/index.ts', 'index'],
    ['src/utils/text.ts', null],
    ['src/loose.ts', null],
  ])('%s stands in room %s', (path, room) => {
    expect(roomOf(path)).toBe(room);
  });

  test.each([
    ['src/model/a.ts', "import { x } from '../base/index.js';"],
    ['src/model/a.ts', "import { x } from './b.js';"],
    ['src/sim/a.ts', "import { x } from './engine/event-queue.js';"],
    ['src/sim/handlers/a.ts', "import { x } from '../world.js';"],
    ['src/sim/engine/a.ts', "import { x } from '../../base/index.js';"],
    ['src/scenario/load.ts', "import { x } from './traces/index.js';"],
    ['src/scenario/load.ts', "import { x } from 'yaml';"],
    ['src/base/random.ts', "import x from 'seedrandom/lib/xor128.js';"],
    ['src/host/files.ts', "import { x } from 'node:fs';"],
    ['src/index.ts', "export { x } from './sim/index.js';"],
  ])('%s may say %s', (path, text) => {
    expect(messages(checkImports(parseFile(path, text)))).toBe('');
  });

  test.each([
    ['src/base/a.ts', "import { x } from '../model/index.js';", 'base may not import model; it may import nothing'],
    ['src/model/a.ts', "import type { X } from '../sim/index.js';", 'model may not import sim; it may import base'],
    ['src/scenario/a.ts', "export * from '../sim/index.js';", 'scenario may not import sim; it may import base, model'],
    [
      'src/report/a.ts',
      "type X = import('../sim/index.js').X;",
      'report may not import sim; it may import base, model',
    ],
    ['src/sim/engine/a.ts', "import { x } from '../world.js';", 'sim/engine may not import sim; it may import base'],
    ['src/tui/a.ts', "await import('../cli/index.js');", 'tui may not import cli; it may import'],
    ['src/model/a.ts', "import { x } from '../base/random.js';", "'../base/index.js' instead of '../base/random.js'"],
    ['src/base/a.ts', "import { x } from './index.js';", 'inside a room import the file, not its index'],
    ['src/base/a.ts', "import { x } from './b';", "the import './b' ends in no '.js'"],
    ['src/base/a.ts', "import { x } from '../../test/helpers/setup.js';", 'leads out of src'],
    ['src/sim/a.ts', "import { x } from 'yaml';", "the package 'yaml' does not belong in sim, which uses no package"],
    ['src/base/a.ts', "import { x } from 'chalk';", 'base, which may use seedrandom, fastest-levenshtein'],
    ['src/report/a.ts', "import { x } from 'node:fs';", "report may not use 'node:fs'"],
    ['src/utils/a.ts', '', 'it stands in no room'],
  ])('%s may not say %s', (path, text, message) => {
    expect(messages(checkImports(parseFile(path, text)))).toContain(message);
  });

  test('a circle of three files is found, although one link is type-only', () => {
    const files = [
      parseFile('src/base/a.ts', "import { b } from './b.js';"),
      parseFile('src/base/b.ts', "import type { C } from './c.js';"),
      parseFile('src/base/c.ts', "export { a } from './a.js';"),
      parseFile('src/base/d.ts', "import { a } from './a.js';"),
    ];
    expect(findCycles(files)).toEqual([['src/base/a.ts', 'src/base/b.ts', 'src/base/c.ts', 'src/base/a.ts']]);
    expect(findCycles(files.slice(1))).toEqual([]);
  });

  test('a file that imports itself is a circle', () => {
    expect(findCycles([parseFile('src/base/a.ts', "import './a.js';")])).toHaveLength(1);
  });
});

describe('refused names', () => {
  test.each([
    ['Math.random()', 'Math.random', 'Uniforms or namedStream'],
    ["Math['random']()", 'Math.random', 'Uniforms or namedStream'],
    ['globalThis.Math.random()', 'Math.random', 'Uniforms or namedStream'],
    ['const now = Date.now;', 'Date.now', 'event.atMs'],
    ['new Date()', 'new Date()', 'epoch'],
    ['new Date', 'new Date()', 'epoch'],
    ['Date()', 'Date()', 'epoch'],
    ['performance.now()', 'performance.now', 'no wall clock'],
    ['setTimeout(f, 1)', 'setTimeout', 'schedule an event'],
    ['globalThis.setInterval(f, 1)', 'globalThis.setInterval', 'schedule an event'],
    ['setImmediate(f)', 'setImmediate', 'schedule an event'],
    ['process.exit(1)', 'process', 'cli reads the environment and exits'],
    ['f({ process })', 'process', 'cli reads the environment and exits'],
    ["console.log('x')", 'console', 'cli prints'],
    ['a.localeCompare(b)', 'localeCompare', 'compare with < and >'],
    ['n.toLocaleString()', 'toLocaleString', 'compare with < and >'],
    ["new Intl.NumberFormat('en')", 'Intl', 'base/units'],
    ['Math.log(x)', 'Math.log', 'base/portable-math'],
  ])('%s is refused in a pure room', (text, name, instead) => {
    const found = messages(checkRefusedNames(parseFile('src/model/a.ts', text)));
    expect(found).toContain(`${name} is refused in model`);
    expect(found).toContain(instead);
  });

  test.each([
    'Math.imul(a, b); Math.sqrt(x); Math.floor(x);',
    'new Date(epochMs); new Date(Date.UTC(2026, 0, 1));',
    'event.process; const steps = { process: 1, console: 2 };',
    'interface Row { process: string }',
    '// Math.random() and Date.now() are refused here',
    "const text = 'console.log(process.argv)';",
    'const process = given.poisson; rateOf(process);',
    'function report(console: Sink) { console.write(1); }',
  ])('%s is fine', (text) => {
    expect(messages(checkRefusedNames(parseFile('src/model/a.ts', text)))).toBe('');
  });

  test('the rooms that touch the machine may use its names', () => {
    for (const room of ['cli', 'host', 'tui']) {
      expect(checkRefusedNames(parseFile(`src/${room}/a.ts`, 'process.exit(Date.now())'))).toEqual([]);
    }
  });
});

describe('leftovers and names', () => {
  test.each([
    [`// ${MARK}: later`, `${MARK} is left behind`],
    ["test.only('x', f)", 'test.only runs one test alone'],
    ["describe.only('x', f)", 'describe.only runs one test alone'],
    ["it.concurrent.only('x', f)", 'it.only runs one test alone'],
    ['test.only.each(rows)(f)', 'test.only runs one test alone'],
  ])('%s is found', (text, message) => {
    expect(messages(checkLeftovers(parseFile('test/a.test.ts', text)))).toContain(message);
  });

  test('a field called only is not a leftover', () => {
    expect(checkLeftovers(parseFile('test/a.test.ts', 'options.only; const only = 1;'))).toEqual([]);
  });

  test.each([
    'export default 1;',
    'export default function f() {}',
    'export default class {}',
    'export { f as default };',
    "export { default } from './b.js';",
  ])('%s is a default export', (text) => {
    expect(messages(checkDefaultExports(parseFile('src/base/a.ts', text)))).toContain('use a named export');
  });

  test('named exports and a switch with a default are no default exports', () => {
    const text = 'export const a = 1; export function f(x) { switch (x) { default: return a; } }';
    expect(checkDefaultExports(parseFile('src/base/a.ts', text))).toEqual([]);
  });

  test.each([
    ['src/sim/eventQueue.ts', "for example 'event-queue.ts'"],
    ['src/sim/EventQueue.ts', "for example 'event-queue.ts'"],
    ['src/sim/event_queue.ts', "for example 'event-queue.ts'"],
  ])('%s is not kebab-case', (path, message) => {
    expect(messages(checkFileName(path))).toContain(message);
  });

  test.each(['src/sim/event-queue.ts', 'test/sim/oracle.prop.test.ts', 'scripts/check-nodes.mjs', 'src/base/x.d.ts'])(
    '%s is kebab-case',
    (path) => {
      expect(checkFileName(path)).toEqual([]);
    },
  );
});

describe('documentation', () => {
  const headed = (body: string) =>
    parseFile('src/base/a.ts', `/** What lives here. */\nimport { x } from './x.js';\n${body}`);

  test.each([
    'export function f() {}',
    'export class C {}',
    'export interface I {}',
    'export type T = string;',
    'export const C = 1;',
    'const later = 1;\nexport { later };',
    '/** */\nexport const C = 1;',
    '// not a doc comment\nexport const C = 1;',
    '/** Of something else. */\n\nexport const C = 1;',
    '/** A. */\nexport const A = [1];\nexport type B = number;',
  ])('%s needs a doc comment', (body) => {
    expect(messages(checkDocumentation(headed(body)))).toContain('has no doc comment');
  });

  test.each([
    '/** Says what it is. */\nexport function f() {}',
    '/** Two at once. */\nexport function f(a: string): void;\nexport function f(a: number): void;',
    "/** The states. */\nexport const STATES = ['a'] as const;\nexport type State = (typeof STATES)[number];",
    '/** By name. */\nexport const TABLE = { a: 1 };\nexport type Name = keyof typeof TABLE;',
    "export * from './b.js';",
    'function own() {}',
  ])('%s is documented', (body) => {
    expect(messages(checkDocumentation(headed(body)))).toBe('');
  });

  test('the comment of a file is not the comment of its first export', () => {
    const file = parseFile('src/base/a.ts', '/** What lives here. */\n\nexport const A = 1;');
    expect(messages(checkDocumentation(file))).toContain('export A has no doc comment');
  });

  test('a file without an opening comment is found', () => {
    const file = parseFile('src/base/a.ts', "import { x } from './x.js';\n/** A. */\nexport const A = 1;");
    expect(messages(checkDocumentation(file))).toContain('opens without a comment');
  });
});

describe('rules', () => {
  const page = [
    '| ID | rule | status | source | where | test |',
    '|---|---|---|---|---|---|',
    '| SIM-02 | phases | modelled | docs | `src/sim/events.ts` | `test/sim/events.test.ts` |',
    '| [RSZ-06](#x) | cut | **modelled** | docs | | |',
    '| JOB-12 | later | left out (why) | docs | | |',
  ].join('\n');
  const rules = parseRules(page);

  test('the table is read with its statuses', () => {
    expect(rules.map(({ id, status, line }) => `${id} ${status} ${line}`)).toEqual([
      'SIM-02 modelled 3',
      'RSZ-06 modelled 4',
      'JOB-12 left 5',
    ]);
    expect(checkRulesPage(rules)).toEqual([]);
  });

  test('an empty page, a rule listed twice and an unknown status are found', () => {
    expect(messages(checkRulesPage([]))).toContain('no row of the table');
    expect(messages(checkRulesPage([...rules, ...rules.slice(0, 1)]))).toContain('SIM-02 stands on the page twice');
    expect(messages(checkRulesPage(parseRules('| SIM-02 | a | maybe | b | c | d |')))).toContain("status 'maybe'");
  });

  test('a rule cited in the source and not on the page is found, once, where it stands', () => {
    const file = parseFile('src/sim/a.ts', '// SIM-02 is known\n// SIM-03 is not\n// SIM-03 again; UTF-16 is no rule');
    expect(messages(checkCitedRules(file, rules))).toBe('2: SIM-03 is not in docs/rules.md: add its row');
  });

  test('a modelled rule whose test cites it only in a comment is found', () => {
    const tests = [parseFile('test/a.test.ts', "test('SIM-02 phases', f); // RSZ-06")];
    expect(messages(checkTestedRules(rules, tests))).toContain(
      '4: RSZ-06 is called modelled, but no test title cites it',
    );
    expect(messages(checkTestedRules(rules, tests))).not.toContain('SIM-02');
  });

  test('titles are read in every form', () => {
    const text = `test('SIM-01 a', f);
it.each(rows)('SIM-02 %s', f);
describe(\`SIM-03 \${x} SIM-04\`, f);
test.each([['SIM-09']])("SIM-05", f);
test.skipIf(c)('SIM-06', f);`;
    expect(testTitles(parseFile('test/a.test.ts', text)).join('|')).toBe(
      'SIM-01 a|SIM-02 %s|SIM-03  SIM-04|SIM-05|SIM-06',
    );
  });

  test('a file that the page names must exist', () => {
    expect(messages(checkRulePaths(page, (path) => path.startsWith('test/')))).toBe(
      '3: there is no file src/sim/events.ts',
    );
  });
});
