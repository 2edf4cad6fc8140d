/** The rules of the tree, read from the source: each finding says what to use instead. */
import { expect, test } from 'vitest';
import { checkDocumentation } from './helpers/tidy/documentation.js';
import { checkImports, findCycles, MAY_IMPORT, MAY_USE } from './helpers/tidy/imports.js';
import { findingLines, listFiles, parseFolder, readProjectText } from './helpers/tidy/project-files.js';
import { checkDefaultExports, checkFileName, checkLeftovers, checkRefusedNames } from './helpers/tidy/refused.js';
import {
  checkCitedRules,
  checkRulePaths,
  checkRulesPage,
  checkTestedRules,
  parseRules,
  RULES_PAGE,
  readRulesPage,
} from './helpers/tidy/rule-ids.js';

const sources = parseFolder('src');
const tests = parseFolder('test');
const benches = parseFolder('bench', ['.ts', '.mjs']);
const scripts = parseFolder('scripts', ['.mjs']);

test('rooms import only what the table lets them, and other rooms through their index', () => {
  expect(sources.length).toBeGreaterThan(20);
  expect(findingLines(sources.flatMap(checkImports))).toEqual([]);
});

test('no file imports itself by way of others, type-only imports included', () => {
  expect(findCycles([...sources, ...tests, ...benches]).map((cycle) => cycle.join(' → '))).toEqual([]);
});

test('the table of rooms has no circle, so that data can only flow one way', () => {
  const seen: string[] = [
    'base',
    'model',
    'autoscale',
    'sim/engine',
    'recording',
    'scenario',
    'sim',
    'report',
    'tui',
    'host',
  ];
  for (const [room, allowed] of Object.entries(MAY_IMPORT)) {
    const rank = seen.indexOf(room);
    const later = allowed.filter((other) => rank !== -1 && seen.indexOf(other) >= rank);
    expect(later, room).toEqual([]);
  }
});

test('every package of a room is a dependency of the project, and every dependency has a room', () => {
  const manifest = JSON.parse(readProjectText('package.json') as string) as {
    readonly dependencies: Record<string, string>;
    /** For entries that only those import who have the package anyway. */
    readonly peerDependencies: Record<string, string>;
  };
  const used = new Set(Object.values(MAY_USE).flat());
  const declared = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)];
  expect([...used].sort()).toEqual(declared.sort());
});

test('pure rooms touch no clock, no chance, no locale and no machine', () => {
  expect(findingLines(sources.flatMap(checkRefusedNames))).toEqual([]);
});

test('nothing is left behind: no marked places, no test that runs alone', () => {
  expect(findingLines([...sources, ...tests, ...benches, ...scripts].flatMap(checkLeftovers))).toEqual([]);
});

test('exports have names', () => {
  expect(findingLines([...sources, ...tests, ...benches, ...scripts].flatMap(checkDefaultExports))).toEqual([]);
});

test('file names are kebab-case', () => {
  const paths = ['src', 'test', 'bench', 'scripts'].flatMap((folder) => listFiles(folder, ['.ts', '.tsx', '.mjs']));
  expect(findingLines(paths.flatMap(checkFileName))).toEqual([]);
});

test('every export has a doc comment, and every file opens with one', () => {
  expect(findingLines(sources.flatMap(checkDocumentation))).toEqual([]);
});

test('rules cited in the source are on the page of rules, and modelled ones have a test that cites them', () => {
  const page = readRulesPage();
  expect(
    page,
    `${RULES_PAGE} is missing: it lists every rule of Batch that is modelled, simplified or left out`,
  ).not.toBe(null);
  const rules = parseRules(page as string);
  const findings = [
    ...checkRulesPage(rules),
    ...sources.flatMap((file) => checkCitedRules(file, rules)),
    ...checkTestedRules(rules, tests),
    ...checkRulePaths(page as string, (path) => readProjectText(path) !== null),
  ];
  expect(findingLines(findings)).toEqual([]);
});
