/**
 * `reports/` holds what the examples write, so that it can be read before anything is installed: this runs each example
 * with the built program and compares byte by byte. Large files are not committed, but `run.json` has a SHA-256 of every
 * file of the folder and is compared too. `npm run golden` writes them anew.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PROGRAM = join(ROOT, 'dist/cli/main.js');

/** The commands that make each folder of `reports/`; the last one runs the example. */
const EXAMPLES = {
  'surf-week': [['run', 'scenarios/surf-week/scenario.yaml', '-o', 'reports/surf-week']],
  'batch-burst': [['run', 'scenarios/templates/batch-burst/scenario.yaml', '-o', 'reports/batch-burst']],
  'ci-farm': [['run', 'scenarios/templates/ci-farm/scenario.yaml', '-o', 'reports/ci-farm']],
  'quota-bound': [['run', 'scenarios/quota-bound/scenario.yaml', '-o', 'reports/quota-bound']],
  'spot-storm': [['run', 'scenarios/spot-storm/scenario.yaml', '-o', 'reports/spot-storm']],
  'nightly-schedule': [['run', 'scenarios/nightly-schedule/scenario.yaml', '-o', 'reports/nightly-schedule']],
  mpi: [['run', 'scenarios/mpi/scenario.yaml', '-o', 'reports/mpi']],
  'map-reduce': [['run', 'scenarios/map-reduce/scenario.yaml', '-o', 'reports/map-reduce']],
  'pool-strategies': [['run', 'scenarios/pool-strategies/scenario.yaml', '-o', 'reports/pool-strategies']],
  'start-task-failures': [['run', 'scenarios/start-task-failures/scenario.yaml', '-o', 'reports/start-task-failures']],
  'memory-slots': [['run', 'scenarios/memory-slots/scenario.yaml', '-o', 'reports/memory-slots']],
  'operator-day': [['run', 'scenarios/operator-day/scenario.yaml', '-o', 'reports/operator-day']],
  trace: [
    ['init', 'trace', '--template', 'trace'],
    ['run', 'trace/scenario.yaml', '-o', 'reports/trace'],
  ],
} as const;

/** What is committed of a run folder: short enough to read. */
const COMMITTED = ['jobs.csv', 'nodes.csv', 'run.json', 'scenario.resolved.yaml', 'summary.json', 'utilization.csv'];
/** Beside them, what the run printed. */
const PRINTED = 'printed.txt';
const MOST_BYTES = 200_000;

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'batchsim-reports-'));
  symlinkSync(join(ROOT, 'scenarios'), join(folder, 'scenarios'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.for(Object.entries(EXAMPLES))('reports/%s is what the example writes', async ([name, commands]) => {
  let printed = '';
  for (const words of commands) printed = call(words);
  await expect(printed).toMatchFileSnapshot(`../reports/${name}/${PRINTED}`);
  for (const file of COMMITTED) {
    const made = readFileSync(join(folder, 'reports', name, file), 'utf8');
    expect(made.length, file).toBeLessThan(MOST_BYTES);
    await expect(made, file).toMatchFileSnapshot(`../reports/${name}/${file}`);
  }
});

test('every committed report belongs to an example and holds nothing else', () => {
  const isRunOfSomebody = (name: string) => /-[0-9a-f]{6}$/.test(name) || name.includes('.partial-');
  const found = readdirSync(join(ROOT, 'reports'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !isRunOfSomebody(entry.name))
    .map(({ name }) => [name, readdirSync(join(ROOT, 'reports', name)).sort()]);
  const files = [...COMMITTED, PRINTED].sort();
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(Object.keys(EXAMPLES).map((name) => [name, files])));
});

/** Calls the program in the folder; what it printed to standard output. */
function call(words: readonly string[]): string {
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', TERM: 'xterm', TZ: 'UTC' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...words], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return stdout;
}
