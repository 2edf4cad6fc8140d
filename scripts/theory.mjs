/**
 * Compares simulated queues with queueing theory (docs/theory.md). The exit code is 1 when one differs.
 * usage: npm run theory [-- PATTERN…] [--small]
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
/** The comparison is TypeScript and runs against the source, compiled here with the benchmarks. */
const COMPILED = join(ROOT, 'node_modules/.cache/batchsim-bench');

const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
if (node(tsc, '-p', join(ROOT, 'bench/tsconfig.json')) !== 0) {
  console.error('the comparison does not compile: npm run types says why');
  process.exitCode = 1;
} else {
  writeFileSync(join(COMPILED, 'package.json'), '{ "type": "module" }\n');
  process.exitCode = node(join(COMPILED, 'bench/theory/main.js'), ...process.argv.slice(2));
}

function node(...args) {
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
}
