/**
 * The README is true, and so are the pages behind it: every command in a ```console block is run in a folder like a fresh
 * clone, and what it prints is what the page says. Blocks that begin with a file name in a comment are files of that
 * folder. `npm run golden` renews the printed outputs, and the page of all help texts beside them.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listFiles, readProjectText } from './helpers/tidy/project-files.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Pages with commands and what they print, and the least number of commands on each. */
const PAGES = [
  ['README.md', 10],
  ['docs/why.md', 5],
  ['docs/traces.md', 1],
  ['docs/formula.md', 5],
  ['docs/formula-tools.md', 5],
  ['docs/formula-plot.md', 1],
  ['docs/formulas.md', 3],
] as const;
const BLOCK = /^```(\S+)\n([\s\S]*?)^```$/gm;
/** `# night.yaml` or `// how-many.mjs`, alone on the first line. */
const FILE_NAME = /^(?:#|\/\/) ([\w-]+\.\w+)\n/;

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'batchsim-readme-'));
  for (const name of ['dist', 'scenarios']) symlinkSync(join(ROOT, name), join(folder, name));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules', 'batchsim'));
  for (const [page] of PAGES) for (const [, , body = ''] of textOf(page).matchAll(BLOCK)) putFile(body);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(PAGES)('%s prints what its commands print', async (name, least) => {
  const page = textOf(name).replaceAll(BLOCK, (block, language: string, body: string) =>
    language === 'console' ? `\`\`\`console\n${transcript(body)}\`\`\`` : block,
  );
  expect(page.match(/^\$ /gm)?.length).toBeGreaterThanOrEqual(least);
  await expect(page).toMatchFileSnapshot(`../${name}`);
});

test('the pages that the README and its neighbours link to exist', () => {
  const ours = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'bench/README.md', 'reports/README.md'];
  const pages = [...ours, ...listFiles('docs', ['.md'])];
  expect(pages.length).toBeGreaterThan(10);
  expect(pages.flatMap(brokenLinks)).toEqual([]);
});

test('docs/cli.md is what --help says', async () => {
  const help = (words: string) => `\`\`\`text\n$ ${words}\n${output(`npx ${words}`)}\`\`\`\n`;
  const names = [...output('npx batchsim --help').matchAll(/^ {2}([a-z]+(?: [a-z]+)?) {2,}/gm)].map(
    (match) => match[1] as string,
  );
  expect(names).toContain('run');
  const intro = '# The command line\n\nMade from the tables in `src/cli`; `npm run golden` writes it anew.\n';
  const commands = names.map((name) => `## ${name}\n\n${help(`batchsim ${name} --help`)}`);
  await expect([intro, help('batchsim --help'), ...commands].join('\n')).toMatchFileSnapshot('../docs/cli.md');
});

function textOf(page: string): string {
  return readProjectText(page) as string;
}

/** Writes a block that begins with its name. */
function putFile(body: string): void {
  const name = FILE_NAME.exec(body);
  if (name?.[1] === undefined) return;
  writeFileSync(join(folder, name[1]), isTable(name[1]) ? body.slice(name[0].length) : body);
}

/** A comment line would be a row of a table. */
function isTable(name: string): boolean {
  return name.endsWith('.csv');
}

/** Each command of a block, followed by what it prints now. */
function transcript(body: string): string {
  const commands = body.split('\n').filter((line) => line.startsWith('$ '));
  return commands.map((line) => `${line}\n${output(line.slice(2))}`).join('\n');
}

/** Both streams as a terminal shows them. */
function output(command: string): string {
  const manifest = JSON.parse(readProjectText('package.json') as string) as { scripts: { start: string } };
  const program = `"${process.execPath}" dist/cli/main.js`;
  const words = [
    `npx() { shift; ${program} "$@"; }`,
    `node() { "${process.execPath}" "$@"; }`,
    `npm() { ${manifest.scripts.start}; }`,
    `{ ${command}; } 2>&1`,
  ];
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', TERM: 'xterm', TZ: 'UTC' };
  const { stdout } = spawnSync('bash', ['--norc', '-c', words.join('\n')], { cwd: folder, env, encoding: 'utf8' });
  return stdout;
}

function brokenLinks(page: string): string[] {
  const text = readProjectText(page);
  if (text === null) return [`${page} is missing`];
  const targets = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1] as string);
  const from = new URL(page, new URL('..', import.meta.url));
  return targets
    .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(fileURLToPath(new URL(target, from))))
    .map((target) => `${page}: ${target}`);
}
