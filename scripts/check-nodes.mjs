/**
 * Shows that every file of a run has the same bytes on each Node that is supported: fetches Node 20, 22 and 24 (the
 * `node` package of the npm registry), runs the built command line on the committed examples with each and compares.
 * usage: npm run check:nodes [-- --nodes 20,22,24] [SCENARIO...]
 * Needs `npm run build`. Exits 1 when a file differs or a run fails.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = resolve(import.meta.dirname, '..');
const CLI = join(ROOT, 'dist/cli/main.js');
/** Each Node runs in another time zone, which must not show either. */
const ZONES = ['UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Chatham'];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { nodes: { type: 'string', default: '20,22,24' } },
});

const work = mkdtempSync(join(tmpdir(), 'check-nodes-'));
try {
  process.exitCode = check(values.nodes.split(','), positionals.length > 0 ? positionals : examples());
} finally {
  rmSync(work, { recursive: true, force: true });
}

function check(majors, scenarios) {
  if (!existsSync(CLI)) {
    console.error('there is no dist/cli/main.js: npm run build first');
    return 1;
  }
  if (scenarios.length === 0) {
    console.error('there is no example under scenarios/');
    return 1;
  }
  const nodes = majors.map((major) => fetchNode(major));
  let differing = 0;
  for (const scenario of scenarios) {
    const hashes = nodes.map(({ major, path }) => runWith(path, scenario, major));
    differing += compare(scenario, nodes, hashes);
  }
  console.log(differing === 0 ? '\nevery file has the same bytes' : `\n${differing} files differ`);
  return differing === 0 ? 0 : 1;
}

/** Installs a Node beside the others; returns its binary and version. */
function fetchNode(major) {
  const prefix = join(work, `node-${major}`);
  const args = ['install', '--prefix', prefix, '--no-save', '--no-audit', '--no-fund', '--silent', `node@${major}`];
  execFileSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
  const path = join(prefix, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const version = execFileSync(path, ['--version'], { encoding: 'utf8' }).trim();
  return { major, path, version };
}

/** Runs one scenario; returns the hash of each file of its folder, or null when the run failed. */
function runWith(node, scenario, major) {
  const out = mkdtempSync(join(work, `out-${major}-`));
  const folder = join(out, 'run');
  const args = [CLI, 'run', scenario, '-o', folder, '--quiet'];
  const env = { ...process.env, TZ: ZONES[major % ZONES.length] };
  const result = spawnSync(node, args, { cwd: ROOT, env, encoding: 'utf8' });
  // 4: an `expect` of the scenario does not hold; the files are there all the same.
  if (result.status !== 0 && result.status !== 4) {
    console.error(`${scenario} on Node ${major} ended with ${result.status ?? result.signal}:\n${result.stderr}`);
    return null;
  }
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
      return [relative(folder, path), hash];
    }),
  );
}

/** Prints one row a file; returns how many differ. */
function compare(scenario, nodes, hashes) {
  const names = [...new Set(hashes.flatMap((files) => [...(files?.keys() ?? [])]))].sort();
  console.log(`\n${scenario}`);
  console.log(`  ${'file'.padEnd(24)}${nodes.map(({ version }) => version.padEnd(12)).join('')}`);
  let differing = hashes.includes(null) ? 1 : 0;
  for (const name of names) {
    const cells = hashes.map((files) => files?.get(name)?.slice(0, 8) ?? 'missing');
    const full = new Set(hashes.map((files) => files?.get(name)));
    if (full.size > 1) differing += 1;
    const verdict = full.size > 1 ? 'differs' : 'same';
    console.log(`  ${name.padEnd(24)}${cells.map((cell) => cell.padEnd(12)).join('')}${verdict}`);
  }
  return differing;
}

/** The committed examples: every scenario.yaml, and the templates. */
function examples() {
  const folder = join(ROOT, 'scenarios');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((path) => path.split('\\').join('/'))
    .filter((path) => /(^|\/)scenario\.yaml$/.test(path) || /^templates\/[^/]+\.yaml$/.test(path))
    .map((path) => `scenarios/${path}`)
    .sort();
}
