/** `batchsim/vitest`, used as docs/ci.md says: a project of its own, with the built package and its own run of vitest. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readProjectText } from './helpers/tidy/project-files.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Blocks of the page that are files, named in their first line. */
const FILE = /^```\w+\n(?:#|\/\/) ([\w.-]+)\n([\s\S]*?)^```$/gm;
const FILES = [...(readProjectText('docs/ci.md') as string).matchAll(FILE)].map(([, name = '', text = '']) => ({
  name,
  text,
}));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'batchsim-vitest-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules', 'batchsim'));
  symlinkSync(join(ROOT, 'node_modules', 'vitest'), join(folder, 'node_modules', 'vitest'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  for (const { name, text } of FILES) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the project's own tests; what they print, without colours. */
function runTests(file: string): { readonly code: number | null; readonly printed: string } {
  const program = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const env = { PATH: process.env.PATH, NO_COLOR: '1', CI: '1' };
  const words = [program, 'run', '--pool', 'threads', file];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: folder, env, encoding: 'utf8' });
  return { code: status, printed: stdout + stderr };
}

describe('the example of docs/ci.md', () => {
  test('passes as it stands', () => {
    expect(FILES.map(({ name }) => name)).toEqual(['render.test.ts', 'ci-world.yaml']);
    const { code, printed } = runTests('render.test.ts');
    expect([code, printed]).toEqual([0, expect.stringMatching(/Tests +2 passed/)]);
  });

  test('a matcher that fails says with what figures, and one that is turned around passes', () => {
    const example = FILES[0]?.text ?? '';
    writeFileSync(join(folder, 'strict.test.ts'), example.replace('toNeverExceed(40)', 'toNeverExceed(3)'));
    writeFileSync(join(folder, 'not.test.ts'), example.replace('toNeverExceed(40)', 'not.toNeverExceed(3)'));
    const { code, printed } = runTests('strict.test.ts');
    expect([code, printed]).toEqual([
      1,
      expect.stringContaining('pool render: neverAbove: 3 does not hold: its highest target was 30, at 0:10'),
    ]);
    expect(runTests('not.test.ts').code).toBe(0);
  });
});
