/**
 * The cookbook of formulas does what it says: no formula has a problem but those that teach one, every test file passes, what
 * a mistake violates is held by the formula that it names, and docs/formulas.md is what was measured.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = 'scenarios/formulas';

const FILES = readdirSync(`${ROOT}${FOLDER}`).sort();
const NAMES = FILES.filter((name) => name.endsWith('.autoscale')).map((name) => name.replace('.autoscale', ''));
const MISTAKES = NAMES.filter((name) => name.startsWith('mistake-'));

/** Calls node in the project's folder. */
function node(...words: readonly string[]) {
  return spawnSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' });
}

function batchsim(...words: readonly string[]) {
  return node('dist/cli/main.js', ...words);
}

function read(name: string): string {
  return readFileSync(`${ROOT}${FOLDER}/${name}`, 'utf8');
}

/** A diagnostic of `--json`. */
interface Diagnosed {
  readonly code: string;
  readonly place: { readonly file: string };
}

/** What a test file asks of its run. */
function asked(name: string): Record<'properties' | 'violates', Record<string, unknown>> & { simulate: string } {
  return { properties: {}, violates: {}, ...(parse(read(`${name}.test.yaml`)) as object) } as never;
}

test('there are at least twelve formulas, four of them mistakes, each with a test file beside it', () => {
  expect(NAMES.length).toBeGreaterThanOrEqual(12);
  expect(MISTAKES.length).toBe(4);
  expect(FILES.filter((name) => name.endsWith('.test.yaml'))).toEqual(NAMES.map((name) => `${name}.test.yaml`));
});

test('formula check finds nothing but what a mistake says of itself', () => {
  const paths = NAMES.map((name) => `${FOLDER}/${name}.autoscale`);
  const { status, stderr, stdout } = batchsim('formula', 'check', '--json', ...paths);
  expect(status, stderr).toBe(0);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly Diagnosed[] };
  const foretold = MISTAKES.flatMap((name) =>
    [...new Set(read(`${name}.autoscale`).match(/BS\d{4}/g))].map((code) => [`${FOLDER}/${name}.autoscale`, code]),
  );
  expect(foretold.length).toBeGreaterThan(0);
  expect(diagnostics.map(({ place, code }) => [place.file, code])).toEqual(foretold);
});

test('every test file passes', () => {
  const paths = NAMES.map((name) => `${FOLDER}/${name}.test.yaml`);
  const { status, stdout, stderr } = batchsim('formula', 'test', ...paths);
  expect(status, `${stdout}${stderr}`).toBe(0);
  expect(stdout).toMatch(/\n\d{2,} passed, 0 failed\n$/);
});

describe('a mistake violates what its mended twin holds, in the same world', () => {
  test.each(MISTAKES)('%s', (name) => {
    const twin = /(\S+)\.autoscale is what was meant/.exec(read(`${name}.autoscale`))?.[1] ?? '';
    expect(NAMES).toContain(twin);
    const [mistake, mended] = [asked(name), asked(twin)];
    expect(mistake.simulate).toBe(mended.simulate);
    expect(Object.keys(mistake.violates).length).toBeGreaterThan(0);
    expect(mended.properties).toMatchObject(mistake.violates);
  });
});

test('the worlds load without a warning', () => {
  const worlds = FILES.filter((name) => name.endsWith('.yaml') && !name.endsWith('.test.yaml'));
  for (const world of worlds) {
    const { status, stdout } = batchsim('validate', `${FOLDER}/${world}`, '--strict');
    expect([world, status, stdout]).toEqual([world, 0, expect.stringContaining('0 warnings')]);
  }
});

test('docs/formulas.md holds what was measured: npm run cookbook -- --write', () => {
  expect(node('scripts/cookbook.mjs')).toMatchObject({ status: 0, stderr: '' });
});
